// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/duplicate_service.h"

#include "core/services/duplicate_finder.h"
#include "core/services/service_context.h"
#include "core/store/repositories/duplicate_repository.h"
#include "core/store/repositories/setting_repository.h"

#include <charconv>
#include <unordered_map>

namespace outrider {

using namespace outrider::store;

namespace {

constexpr int leadsAtOnce = 20'000; // a read of some milliseconds each
constexpr const char* autoMergeSetting = "duplicates.auto_merge";

DuplicateFinder::Facts factsOf(const DuplicateRepository::LeadRow& row, std::string_view domain) {
    return {.id = row.id,
            .first = row.first,
            .last = row.last,
            .company = row.companyName,
            .domain = domain,
            .emailKey = row.emailKey,
            .phoneKey = row.phoneKey,
            .linkedinUrl = row.linkedinUrl,
            .externalId = row.externalId,
            .city = row.city};
}

Result<DuplicateReport> findAll(ServiceContext& context, int minScore, const ProgressPtr& progress) {
    const auto isLeft = [&] { return (progress && progress->cancelled()) || context.isStopping(); };
    DuplicateFinder finder;
    std::unordered_map<CompanyId, std::string> domains;
    std::vector<std::pair<LeadId, LeadId>> dismissed;
    OUTRIDER_TRY(wait(context.store().read([&](ReadContext& r) -> Result<> {
        DuplicateRepository repository(r.db);
        const auto count = repository.countAll();
        finder.reserve(std::size_t(count));
        if (progress) {
            progress->setPhase(Progress::Phase::Reading);
            progress->setTotal(count);
        }
        repository.readDomains([&](CompanyId id, std::string_view domain) { domains.emplace(id, domain); });
        dismissed = repository.dismissed();
        return {};
    })));
    for (LeadId after;;) {
        if (isLeft())
            return fail(ErrorCode::Cancelled);
        OUTRIDER_TRY(wait(context.store().read([&](ReadContext& r) -> Result<> {
            after = DuplicateRepository(r.db).read(after, leadsAtOnce, [&](const DuplicateRepository::LeadRow& row) {
                const auto domain = domains.find(row.company);
                finder.add(factsOf(row, domain == domains.end() ? std::string_view() : std::string_view(domain->second)));
            });
            return {};
        })));
        if (progress)
            progress->setDone(std::int64_t(finder.size()));
        if (!after)
            break;
    }
    domains.clear();
    OUTRIDER_TRY(wait(context.store().read([&](ReadContext& r) -> Result<> {
        DuplicateRepository(r.db).readContacts(
            [&](const DuplicateRepository::ContactRow& row) { finder.addContact(row.lead, row.kind, row.key); });
        return {};
    })));
    if (isLeft())
        return fail(ErrorCode::Cancelled);
    if (progress)
        progress->setPhase(Progress::Phase::Checking);
    OUTRIDER_ASSIGN(const std::vector<DuplicatePair> pairs, finder.find(minScore, dismissed, progress));
    std::vector<DuplicateCluster> clusters = clustersOf(pairs);
    DuplicateReport report{.groups = {},
                           .looked = std::int64_t(finder.size()),
                           .pairs = std::int64_t(pairs.size()),
                           .groupCount = std::int64_t(clusters.size())};
    if (clusters.size() > DuplicateReport::mostGroups)
        clusters.resize(DuplicateReport::mostGroups);
    OUTRIDER_TRY(wait(context.store().read([&](ReadContext& r) -> Result<> {
        for (DuplicateCluster& cluster : clusters)
            report.groups.push_back({.score = cluster.pairs.front().score,
                                     .leads = DuplicateRepository(r.db).leads(cluster.leads),
                                     .pairs = std::move(cluster.pairs)});
        return {};
    })));
    return report;
}

} // namespace

QFuture<Result<DuplicateReport>> DuplicateService::find(int minScore, ProgressPtr progress) {
    return m_context.background().run(
        [&context = m_context, minScore, progress = std::move(progress)] { return findAll(context, minScore, progress); });
}

QFuture<Result<std::vector<DuplicatePair>>> DuplicateService::ofLead(LeadId lead, int limit) {
    return m_context.store().read([lead, limit](ReadContext& r) -> Result<std::vector<DuplicatePair>> {
        DuplicateRepository repository(r.db);
        std::vector<LeadId> ids = repository.near(lead);
        ids.push_back(lead);
        std::ranges::sort(ids);
        DuplicateFinder finder;
        std::unordered_map<CompanyId, std::string> domains;
        repository.readSome(ids, [&](const DuplicateRepository::LeadRow& row) {
            auto domain = domains.find(row.company);
            if (domain == domains.end())
                domain = domains.emplace(row.company, repository.domainOf(row.company)).first;
            finder.add(factsOf(row, domain->second));
        });
        for (const LeadId id : ids)
            repository.readContacts(
                id, [&](const DuplicateRepository::ContactRow& row) { finder.addContact(row.lead, row.kind, row.key); });
        auto pairs = finder.findOf(lead, leastDuplicateScore, repository.dismissedOf(lead));
        if (pairs.size() > std::size_t(limit))
            pairs.resize(std::size_t(limit));
        return pairs;
    });
}

QFuture<Result<std::vector<DuplicateLead>>> DuplicateService::leads(std::vector<LeadId> ids) {
    return m_context.store().read([ids = std::move(ids)](ReadContext& r) -> Result<std::vector<DuplicateLead>> {
        return DuplicateRepository(r.db).leads(ids);
    });
}

QFuture<Result<>> DuplicateService::dismiss(LeadId a, LeadId b) {
    return m_context.store().write(m_context.action("duplicate.dismiss"), [a, b](WriteContext& write) -> Result<> {
        if (a == b)
            return fail(ErrorCode::InvalidArgument, "a lead and itself");
        DuplicateRepository repository(write.db);
        const auto leads = repository.leads({a, b});
        if (leads.size() != 2)
            return fail(ErrorCode::NotFound, "lead");
        write.describe(leads[0].name + ", " + leads[1].name);
        repository.dismiss(write, a, b);
        return {};
    });
}

QFuture<Result<std::optional<int>>> DuplicateService::autoMergeFrom() {
    return m_context.store().read([](ReadContext& r) -> Result<std::optional<int>> {
        const std::string stored = SettingRepository(r.db).get(autoMergeSetting);
        int score = 0;
        std::from_chars(stored.data(), stored.data() + stored.size(), score);
        return score > 0 ? std::optional(score) : std::nullopt;
    });
}

QFuture<Result<>> DuplicateService::setAutoMergeFrom(std::optional<int> score) {
    return m_context.store().write(m_context.action("settings.duplicates", score ? std::to_string(*score) : "never"),
                                   [score](WriteContext& write) -> Result<> {
                                       if (score && (*score < leastDuplicateScore || *score > 100))
                                           return fail(ErrorCode::InvalidArgument, "score: " + std::to_string(*score));
                                       SettingRepository(write.db).set(write, autoMergeSetting,
                                                                       std::to_string(score.value_or(0)));
                                       return {};
                                   });
}

} // namespace outrider
