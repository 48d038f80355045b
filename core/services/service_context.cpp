// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/service_context.h"

#include "core/services/outreach_rules_setting.h"

#include "core/services/pace.h"
#include "core/services/search_indexer.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/member_repository.h"
#include "core/store/repositories/setting_repository.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace outrider {

using namespace outrider::store;
using nlohmann::json;

namespace {
constexpr std::size_t leadsTogether = 100;  // by one statement, which no waiting write interrupts
constexpr std::size_t leadsFinished = 1000; // whoever closes waits for
} // namespace

ServiceContext::ServiceContext(Environment& environment, std::unique_ptr<Store> store, bool practice)
    : m_environment(environment),
      m_practice(practice),
      m_store(std::move(store)),
      m_mail(makeMailAccess(*m_store, environment, practice)),
      m_background(std::make_unique<Worker>("background", environment.workers)),
      m_undoing(std::make_unique<Worker>("undo", environment.workers)),
      m_counting(std::make_unique<Worker>("counting", environment.workers)),
      m_searchIndexer(std::make_unique<SearchIndexer>(*m_store)) {
    // A command is over before it would be idle; what it leaves, the window indexes.
    if (environment.origin == Origin::Window && environment.workers == WorkerMode::Thread && !m_store->isReadOnly()) {
        m_searchIndexer->start();
        m_store->indexLeads();
    }
}

ServiceContext::~ServiceContext() = default;

outreach::Surroundings ServiceContext::surroundings() const {
    const std::lock_guard lock(m_mutex);
    return m_surroundings;
}

outreach::Zone ServiceContext::zone() const {
    const std::lock_guard lock(m_mutex);
    return m_surroundings.zone;
}

MemberId ServiceContext::me() const {
    const std::lock_guard lock(m_mutex);
    return m_me;
}

FilterContext ServiceContext::filterContext() const {
    const outreach::Zone zone = this->zone();
    return {.today = zone.dayOf(clock().now()),
            .startOfDay = [zone](std::chrono::sys_days day) { return zone.startOf(day); },
            .me = me()};
}

Result<> ServiceContext::loadSettings() {
    struct Loaded {
        std::string zone;
        std::string daysOff;
        std::string rules;
        MemberId me;
    };
    OUTRIDER_ASSIGN(const Loaded loaded, wait(m_store->read([](ReadContext& r) -> Result<Loaded> {
                        SettingRepository settings(r.db);
                        const auto me = MemberRepository(r.db).me();
                        return Loaded{settings.get("zone"), settings.get("days_off"), settings.get("outreach_rules"),
                                      me ? me->id : MemberId{}};
                    })));
    outreach::Surroundings surroundings;
    const json zoneSetting = json::parse(loaded.zone, nullptr, false);
    auto zone = outreach::Zone::find(zoneSetting.is_string() ? zoneSetting.get<std::string>() : std::string());
    if (!zone)
        zone = outreach::Zone::find(m_environment.timeZone);
    surroundings.zone = zone.value_or(outreach::Zone::system());
    const json daysOff = json::parse(loaded.daysOff, nullptr, false);
    if (daysOff.is_array()) {
        for (const json& day : daysOff) {
            const auto date = parseIso8601(day.is_string() ? day.get<std::string>() : std::string());
            if (date)
                surroundings.daysOff.insert(std::chrono::floor<std::chrono::days>(*date));
        }
    }
    surroundings.rules = outreachRulesFrom(loaded.rules);
    const std::lock_guard lock(m_mutex);
    m_surroundings = std::move(surroundings);
    m_me = loaded.me;
    return {};
}

ServiceContext::Day ServiceContext::day(std::chrono::sys_days date) const {
    const outreach::Zone zone = this->zone();
    return {date, zone.startOf(date), zone.startOf(date + std::chrono::days(1))};
}

ServiceContext::Day ServiceContext::today() const { return day(zone().dayOf(clock().now())); }

ActionInfo ServiceContext::action(std::string name, std::string subject) const {
    return {.name = std::move(name), .subject = std::move(subject), .origin = m_environment.origin, .actor = me()};
}

QFuture<Result<std::int64_t>> ServiceContext::forEachLead(ActionInfo action, LeadSource leads, ForLead fn, ProgressPtr progress) {
    const auto each = [fn = std::move(fn)](WriteContext& write, std::span<const LeadId> lead) -> Result<std::int64_t> {
        OUTRIDER_ASSIGN(const bool did, fn(write, lead.front()));
        return did ? 1 : 0;
    };
    return background().run([this, work = LeadWork{std::move(action), std::move(leads), each, 1, std::move(progress)}]() mutable {
        return workThrough(std::move(work));
    });
}

QFuture<Result<std::int64_t>> ServiceContext::forLeads(ActionInfo action, LeadSource leads, ForLeads fn, ProgressPtr progress) {
    const auto inOrder = [leads = std::move(leads)]() -> Result<std::vector<LeadId>> {
        OUTRIDER_ASSIGN(std::vector<LeadId> ids, leads());
        std::sort(ids.begin(), ids.end());
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
        return ids;
    };
    LeadWork work{std::move(action), inOrder, std::move(fn), leadsTogether, std::move(progress)};
    return background().run([this, work = std::move(work)]() mutable { return workThrough(std::move(work)); });
}

Result<std::int64_t> ServiceContext::workThrough(LeadWork work) {
    OUTRIDER_ASSIGN(const std::vector<LeadId> ids, work.leads());
    const ProgressPtr& progress = work.progress;
    if (progress) {
        progress->setPhase(Progress::Phase::Writing);
        progress->setTotal(std::int64_t(ids.size()));
    }
    if (ids.size() > 1)
        work.action.subject = std::to_string(ids.size());
    struct Chunk {
        ActionId action;
        std::int64_t changed = 0;
        std::size_t done = 0;
    };
    Pace pace(*m_store);
    ActionId running;
    std::int64_t changed = 0;
    for (std::size_t from = 0; from < ids.size();) {
        if ((progress && progress->cancelled()) || (m_isStopping && ids.size() > leadsFinished)) {
            if (running) // the history says how many it really was
                OUTRIDER_TRY(wait(m_store->writeMore(running, [from](WriteContext& write) -> Result<> {
                    write.describeAnew(std::to_string(from));
                    return {};
                })));
            return fail(ErrorCode::Cancelled);
        }
        const auto some = [&](WriteContext& write) -> Result<Chunk> {
            Chunk chunk{.action = write.action};
            pace.begin();
            while (from + chunk.done < ids.size() && (chunk.done == 0 || pace.goesOn())) {
                const std::span<const LeadId> rest = std::span(ids).subspan(from + chunk.done);
                const auto batch = rest.first(std::min(rest.size(), work.together));
                OUTRIDER_ASSIGN(const std::int64_t did, work.fn(write, batch));
                chunk.done += batch.size();
                chunk.changed += did;
            }
            if (ids.size() == 1) { // one is named, many are counted
                if (const auto lead = LeadRepository(write.db).find(ids.front()))
                    write.describe(displayName(*lead));
            }
            pace.worked();
            return chunk;
        };
        OUTRIDER_ASSIGN(const Chunk chunk, wait(running ? m_store->writeMore(running, some) : m_store->write(work.action, some)));
        pace.committed();
        if (chunk.changed > 0) // an action that changed nothing leaves no trace to go on with
            running = chunk.action;
        changed += chunk.changed;
        from += chunk.done;
        if (progress)
            progress->setDone(std::int64_t(from));
    }
    return changed;
}

} // namespace outrider
