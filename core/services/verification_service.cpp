// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/verification_service.h"

#include "core/contact/email_address.h"
#include "core/services/account_tokens.h"
#include "core/services/address_survey.h"
#include "core/services/rest.h"
#include "core/services/service_context.h"
#include "core/store/repositories/secret_repository.h"
#include "core/store/repositories/setting_repository.h"
#include "core/store/repositories/verification_repository.h"
#include "core/transport/address_verifier.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <set>
#include <span>

namespace outrider {

using namespace outrider::store;
using nlohmann::json;

namespace {

constexpr const char* verifierSetting = "verification.verifier";
constexpr const char* targetSetting = "verification.weekly_target";
constexpr const char* keyName = "verifier/key";
constexpr std::size_t leadsAtOnce = 500;
constexpr std::size_t keptAtOnce = 25; // answers of the verifier: what is paid for is not lost by a crash
constexpr int mostTries = 4;
constexpr std::int64_t usualTarget = 200;
constexpr auto domainFreshFor = std::chrono::days(30);

VerificationService::Verifier verifierOf(Connection& db) {
    VerificationService::Verifier verifier;
    const json kept = json::parse(SettingRepository(db).get(verifierSetting), nullptr, false);
    if (kept.is_object()) {
        verifier.url = kept.value("url", verifier.url);
        verifier.mostADay = kept.value("most_a_day", std::int64_t(0));
    }
    verifier.hasKey = SecretRepository(db).exists(keyName);
    return verifier;
}

bool isFresh(const AddressVerdict& verdict, Instant now) { return verdict.checkedAt >= now - VerificationService::freshFor; }

// Whether the verifier could still change something: what is known to be wrong is not paid for.
bool isWorthAsking(const AddressVerdict& verdict) {
    return verdict.state != AddressState::Invalid && verdict.finding != AddressFinding::Disposable;
}

struct Work {
    std::vector<std::string> toCheck; // here
    std::vector<std::string> toAsk;   // at the verifier, as far as is known by now
    VerificationCounts counts;
};

// In the order of the leads, each address once.
Result<Work> workOf(ServiceContext& context, const VerificationService::Wish& wish, const Progress* progress) {
    OUTRIDER_ASSIGN(const std::vector<LeadId> leads, leadsOf(context, wish.leads)());
    Work work;
    std::set<std::string> seen;
    for (std::span<const LeadId> rest(leads); !rest.empty();) {
        if (progress != nullptr && progress->cancelled())
            return fail(ErrorCode::Cancelled);
        const auto some = rest.first(std::min(rest.size(), leadsAtOnce));
        rest = rest.subspan(some.size());
        OUTRIDER_TRY(wait(context.store().read([&](ReadContext& r) -> Result<> {
            VerificationRepository known(r.db);
            known.count(work.counts, some, r.now - VerificationService::freshFor);
            for (std::string& address : known.addressesOf(some)) {
                if (!seen.insert(address).second)
                    continue;
                const auto verdict = known.verdict(address);
                const bool fresh = verdict && isFresh(*verdict, r.now) && !wish.again;
                // A verifier's word is not overruled by what can be found out here, but for what is certain.
                if (wish.paid && (!fresh || (!verdict->paid && isWorthAsking(*verdict))))
                    work.toAsk.push_back(address);
                if (!fresh)
                    work.toCheck.push_back(std::move(address));
            }
            return {};
        })));
    }
    return work;
}

} // namespace

VerificationService::VerificationService(ServiceContext& context)
    : m_context(context),
      m_worker(std::make_unique<Worker>("verification", context.environment().workers)) {}

VerificationService::~VerificationService() { finish(); }

void VerificationService::finish() {
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& one : m_running) {
            if (const ProgressPtr progress = one.lock())
                progress->cancel();
        }
    }
    m_worker.reset();
}

ProgressPtr VerificationService::started(ProgressPtr progress) {
    if (!progress)
        progress = std::make_shared<Progress>();
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_running, [](const auto& one) { return one.expired(); });
    m_running.push_back(progress);
    return progress;
}

QFuture<Result<VerificationService::Plan>> VerificationService::plan(Wish wish) {
    return m_context.counting().run([this, wish = std::move(wish)]() -> Result<Plan> {
        OUTRIDER_ASSIGN(const Work work, workOf(m_context, wish, nullptr));
        return Plan{work.counts, std::int64_t(work.toCheck.size()), std::int64_t(work.toAsk.size())};
    });
}

QFuture<Result<VerificationCounts>> VerificationService::counts(LeadSelection leads) {
    return m_context.counting().run(
        [this, wish = Wish{.leads = std::move(leads), .mostCredits = {}}]() -> Result<VerificationCounts> {
            OUTRIDER_ASSIGN(const Work work, workOf(m_context, wish, nullptr));
            return work.counts;
        });
}

QFuture<Result<std::optional<AddressVerdict>>> VerificationService::verdict(std::string address) {
    return m_context.store().read([address = std::move(address)](ReadContext& r) -> Result<std::optional<AddressVerdict>> {
        const auto parsed = contact::parseEmailAddress(address);
        return parsed ? VerificationRepository(r.db).verdict(parsed->key) : std::nullopt;
    });
}

namespace {

// What can be found out here, for all of them, kept as it comes.
Result<std::int64_t> checkHere(ServiceContext& context, const std::vector<std::string>& addresses, Progress& progress) {
    progress.setPhase(Progress::Phase::Checking);
    std::set<std::string> wanted;
    for (const std::string& address : addresses) {
        if (std::string domain = domainToAsk(address); !domain.empty())
            wanted.insert(std::move(domain));
    }
    DomainFindings domains;
    OUTRIDER_TRY(wait(context.store().read([&](ReadContext& r) -> Result<> {
        VerificationRepository known(r.db);
        for (auto at = wanted.begin(); at != wanted.end();) {
            const auto found = known.domain(*at, r.now - domainFreshFor);
            if (found && *found != AddressFinding::NoAnswer) {
                domains[*at] = *found;
                at = wanted.erase(at);
            } else {
                ++at;
            }
        }
        return {};
    })));
    if (context.isPractice()) { // nothing in it reaches the network: every invented domain takes mail
        for (const std::string& domain : wanted)
            domains[domain] = AddressFinding::Good;
    } else {
        progress.setTotal(std::int64_t(wanted.size()));
        std::int64_t answered = 0;
        const DomainFindings asked =
            surveyDomains({wanted.begin(), wanted.end()}, context.environment().dnsServers, context.environment().workers,
                          progress, [&] { progress.setDone(++answered); });
        OUTRIDER_TRY(wait(context.store().writeSilently([&](WriteContext& write) -> Result<> {
            VerificationRepository known(write.db);
            for (const auto& [domain, finding] : asked)
                known.setDomain(write, domain, finding);
            return {};
        })));
        domains.insert(asked.begin(), asked.end());
    }
    if (progress.cancelled())
        return fail(ErrorCode::Cancelled);
    progress.setPhase(Progress::Phase::Writing);
    progress.setTotal(std::int64_t(addresses.size()));
    std::int64_t done = 0;
    for (std::span<const std::string> rest(addresses); !rest.empty();) {
        const auto some = rest.first(std::min(rest.size(), leadsAtOnce));
        rest = rest.subspan(some.size());
        OUTRIDER_TRY(wait(context.store().writeSilently([&](WriteContext& write) -> Result<> {
            VerificationRepository known(write.db);
            for (const std::string& address : some) {
                const auto domain = domains.find(domainToAsk(address));
                AddressVerdict verdict =
                    judgeAddress(address, domain == domains.end() ? AddressFinding::NoAnswer : domain->second);
                verdict.key = address;
                const auto before = known.verdict(address);
                if (before && before->paid && isFresh(*before, write.now) && verdict.state != AddressState::Invalid)
                    continue;
                known.set(write, verdict);
            }
            write.touched(EntityKind::Lead, 0);
            return {};
        })));
        progress.setDone(done += std::int64_t(some.size()));
        if (progress.cancelled())
            return fail(ErrorCode::Cancelled);
    }
    return done;
}

// Asks the verifier for one address after the other; what it says is kept, and what it charged, every few answers.
class Asking {
public:
    Asking(ServiceContext& context, transport::AddressVerifier& verifier, VerificationService::Report& report)
        : m_context(context),
          m_verifier(verifier),
          m_report(report) {}

    Result<> run(const std::vector<std::string>& addresses, std::int64_t mostCredits, Progress& progress) {
        progress.setPhase(Progress::Phase::Receiving);
        progress.setTotal(std::int64_t(addresses.size()));
        for (const std::string& address : addresses) {
            if (progress.cancelled())
                break;
            if (m_report.charged >= mostCredits) {
                m_report.stopped = Error(ErrorCode::Conflict, "credits: " + std::to_string(mostCredits));
                break;
            }
            auto answer = patiently(address, progress);
            if (!answer) {
                m_report.stopped = answer.error();
                break;
            }
            ++m_report.asked;
            ++m_report.charged;
            m_report.balance = answer->balance ? answer->balance : m_report.balance;
            answer->verdict.key = address;
            m_new.push_back(std::move(answer->verdict));
            if (m_new.size() >= keptAtOnce)
                OUTRIDER_TRY(keep());
            progress.setDone(m_report.asked);
        }
        return keep();
    }

private:
    Result<transport::AddressVerifier::Answer> patiently(const std::string& address, const Progress& progress) {
        for (int tried = 1;; ++tried) {
            auto answer = m_verifier.ask(address, progress);
            const bool again = !answer && answer.error().code == ErrorCode::RefusedSoft && tried < mostTries;
            if (!again || progress.cancelled())
                return answer;
            rest(std::min<Millis>(m_verifier.retryAfter() * tried, std::chrono::minutes(2)), progress);
        }
    }

    Result<> keep() {
        if (m_new.empty())
            return {};
        OUTRIDER_TRY(wait(m_context.store().writeSilently([this](WriteContext& write) -> Result<> {
            VerificationRepository known(write.db);
            for (const AddressVerdict& verdict : m_new)
                known.set(write, verdict);
            known.charge(write, {.at = write.now,
                                 .asked = std::int64_t(m_new.size()),
                                 .charged = std::int64_t(m_new.size()),
                                 .balance = m_report.balance});
            write.touched(EntityKind::Lead, 0);
            return {};
        })));
        m_new.clear();
        return {};
    }

    ServiceContext& m_context;
    transport::AddressVerifier& m_verifier;
    VerificationService::Report& m_report;
    std::vector<AddressVerdict> m_new;
};

Result<SecureBytes> verifierKey(ServiceContext& context, const char* why) {
    return wait(context.store().writeSilently([why](WriteContext& write) -> Result<SecureBytes> {
        auto key = SecretRepository(write.db).read(write, keyName, why);
        if (!key || key->empty())
            return fail(ErrorCode::SecretMissing, "the verifier's key");
        return std::move(*key);
    }));
}

} // namespace

QFuture<Result<VerificationService::Report>> VerificationService::verify(Wish wish, ProgressPtr progress) {
    return m_worker->run([this, wish = std::move(wish), progress = started(std::move(progress))]() -> Result<Report> {
        if (wish.paid && m_context.isPractice())
            return fail(ErrorCode::Unsupported, "the practice workspace asks no verifier");
        Report report;
        OUTRIDER_ASSIGN(const Work work, workOf(m_context, wish, progress.get()));
        OUTRIDER_ASSIGN(report.checked, checkHere(m_context, work.toCheck, *progress));
        if (wish.paid) {
            Verifier settings;
            std::int64_t mostCredits = wish.mostCredits.value_or(std::numeric_limits<std::int64_t>::max());
            std::vector<std::string> toAsk;
            OUTRIDER_TRY(wait(m_context.store().read([&](ReadContext& r) -> Result<> {
                VerificationRepository known(r.db);
                settings = verifierOf(r.db);
                if (settings.mostADay > 0)
                    mostCredits =
                        std::min(mostCredits, std::max(std::int64_t(0),
                                                       settings.mostADay - known.chargedSince(r.now - std::chrono::hours(24))));
                for (const std::string& address : work.toAsk) {
                    const auto verdict = known.verdict(address);
                    if (!verdict || isWorthAsking(*verdict))
                        toAsk.push_back(address);
                }
                return {};
            })));
            OUTRIDER_ASSIGN(const SecureBytes key, verifierKey(m_context, "to verify addresses"));
            transport::AddressVerifier verifier(settings.url, key, {}, httpTimeouts());
            OUTRIDER_TRY(Asking(m_context, verifier, report).run(toAsk, mostCredits, *progress));
        }
        if (progress->cancelled())
            return fail(ErrorCode::Cancelled);
        OUTRIDER_ASSIGN(const Work after, workOf(m_context, {.leads = wish.leads, .mostCredits = {}}, progress.get()));
        report.after = after.counts;
        return report;
    });
}

QFuture<Result<std::vector<AddressVerdict>>> VerificationService::look(std::vector<std::string> addresses, ProgressPtr progress) {
    return m_worker->run([this, addresses = std::move(addresses),
                          progress = started(std::move(progress))]() -> Result<std::vector<AddressVerdict>> {
        std::set<std::string> wanted;
        for (const std::string& address : addresses) {
            if (std::string domain = domainToAsk(address); !domain.empty())
                wanted.insert(std::move(domain));
        }
        DomainFindings domains;
        if (m_context.isPractice()) {
            for (const std::string& domain : wanted)
                domains[domain] = AddressFinding::Good;
        } else {
            domains = surveyDomains({wanted.begin(), wanted.end()}, m_context.environment().dnsServers,
                                    m_context.environment().workers, *progress);
        }
        if (progress->cancelled())
            return fail(ErrorCode::Cancelled);
        std::vector<AddressVerdict> verdicts;
        for (const std::string& address : addresses) {
            const auto domain = domains.find(domainToAsk(address));
            verdicts.push_back(judgeAddress(address, domain == domains.end() ? AddressFinding::NoAnswer : domain->second));
            verdicts.back().checkedAt = m_context.clock().now();
        }
        return verdicts;
    });
}

QFuture<Result<VerificationService::Verifier>> VerificationService::verifier() {
    return m_context.store().read([](ReadContext& r) -> Result<Verifier> { return verifierOf(r.db); });
}

QFuture<Result<>> VerificationService::setVerifier(Verifier verifier, SecureBytes key) {
    auto secret = std::make_shared<SecureBytes>(std::move(key));
    return m_context.store().write(m_context.action("settings.verifier"),
                                   [verifier = std::move(verifier), secret](WriteContext& write) -> Result<> {
                                       OUTRIDER_TRY(transport::checkUrl(verifier.url));
                                       if (verifier.mostADay < 0)
                                           return fail(ErrorCode::InvalidArgument, std::to_string(verifier.mostADay));
                                       const json kept{{"url", verifier.url}, {"most_a_day", verifier.mostADay}};
                                       SettingRepository(write.db).set(write, verifierSetting, kept.dump());
                                       if (!secret->empty())
                                           SecretRepository(write.db).set(write, keyName, *secret);
                                       return {};
                                   });
}

QFuture<Result<>> VerificationService::removeVerifier() {
    return m_context.store().writeSilently([](WriteContext& write) -> Result<> {
        SecretRepository(write.db).remove(write, keyName);
        write.touched(EntityKind::Setting, 0);
        return {};
    });
}

QFuture<Result<std::int64_t>> VerificationService::balance() {
    return m_worker->run([this, progress = started({})]() -> Result<std::int64_t> {
        if (m_context.isPractice())
            return fail(ErrorCode::Unsupported, "the practice workspace asks no verifier");
        OUTRIDER_ASSIGN(const Verifier settings,
                        wait(m_context.store().read([](ReadContext& r) -> Result<Verifier> { return verifierOf(r.db); })));
        OUTRIDER_ASSIGN(const SecureBytes key, verifierKey(m_context, "to ask for the balance"));
        return transport::AddressVerifier(settings.url, key, {}, httpTimeouts()).balance(*progress);
    });
}

QFuture<Result<std::vector<VerifierUse>>> VerificationService::ledger(int limit) {
    return m_context.store().read(
        [limit](ReadContext& r) -> Result<std::vector<VerifierUse>> { return VerificationRepository(r.db).uses(limit); });
}

QFuture<Result<VerificationService::Pipeline>> VerificationService::pipeline(int weeks) {
    return m_context.counting().run([this, weeks]() -> Result<Pipeline> {
        Pipeline pipeline;
        const auto today = m_context.today().date;
        auto monday = today - (std::chrono::weekday(today) - std::chrono::Monday);
        for (int i = 0; i < weeks; ++i, monday -= std::chrono::weeks(1)) {
            const Instant from = m_context.day(monday).start;
            const Instant to = m_context.day(monday + std::chrono::weeks(1)).start;
            OUTRIDER_ASSIGN(PipelineWeek week, wait(m_context.store().read([&](ReadContext& r) -> Result<PipelineWeek> {
                                return VerificationRepository(r.db).pipeline(from, to);
                            })));
            week.monday = monday;
            pipeline.weeks.push_back(week);
        }
        OUTRIDER_ASSIGN(pipeline.target, wait(m_context.store().read([](ReadContext& r) -> Result<std::int64_t> {
                            const json kept = json::parse(SettingRepository(r.db).get(targetSetting), nullptr, false);
                            return kept.is_number_integer() ? kept.get<std::int64_t>() : usualTarget;
                        })));
        return pipeline;
    });
}

QFuture<Result<>> VerificationService::setTarget(std::int64_t leadsAWeek) {
    return m_context.store().write(m_context.action("settings.weekly_target"), [leadsAWeek](WriteContext& write) -> Result<> {
        if (leadsAWeek < 0)
            return fail(ErrorCode::InvalidArgument, std::to_string(leadsAWeek));
        SettingRepository(write.db).set(write, targetSetting, std::to_string(leadsAWeek));
        return {};
    });
}

} // namespace outrider
