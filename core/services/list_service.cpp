// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/list_service.h"

#include "core/contact/text.h"
#include "core/services/service_context.h"
#include "core/store/repositories/list_repository.h"
#include "core/store/repositories/strategy_repository.h"

namespace outrider {

using namespace outrider::store;

namespace {

// Describes the running action by the list it is about.
Result<PersonList> listOf(WriteContext& write, ListId id) {
    auto list = ListRepository(write.db).find(id);
    if (!list)
        return fail(ErrorCode::NotFound, "list " + std::to_string(id.value));
    write.describe(list->name);
    return *std::move(list);
}

} // namespace

QFuture<Result<std::vector<PersonList>>> ListService::all(bool withArchived) {
    return m_context.store().read(
        [withArchived](ReadContext& r) -> Result<std::vector<PersonList>> { return ListRepository(r.db).all(withArchived); });
}

QFuture<Result<PersonList>> ListService::find(std::string name) {
    return m_context.store().read([name = std::move(name)](ReadContext& r) -> Result<PersonList> {
        auto list = ListRepository(r.db).findByName(name);
        if (!list)
            return fail(ErrorCode::NotFound, "list " + name);
        return *std::move(list);
    });
}

QFuture<Result<ListId>> ListService::create(std::string name) {
    return m_context.store().write(m_context.action("list.create", name), [name](WriteContext& write) -> Result<ListId> {
        if (contact::trimmed(name).empty())
            return fail(ErrorCode::InvalidArgument, "a list without a name");
        return ListRepository(write.db).insert(write, name);
    });
}

QFuture<Result<>> ListService::rename(ListId id, std::string name) {
    return m_context.store().write(m_context.action("list.rename", name), [id, name](WriteContext& write) -> Result<> {
        if (contact::trimmed(name).empty())
            return fail(ErrorCode::InvalidArgument, "a list without a name");
        OUTRIDER_TRY(listOf(write, id));
        ListRepository(write.db).rename(write, id, name);
        return {};
    });
}

QFuture<Result<>> ListService::setArchived(ListId id, bool archived) {
    return m_context.store().write(m_context.action(archived ? "list.archive" : "list.unarchive"),
                                   [id, archived](WriteContext& write) -> Result<> {
                                       OUTRIDER_TRY(listOf(write, id));
                                       ListRepository(write.db).setArchived(write, id, archived);
                                       return {};
                                   });
}

QFuture<Result<>> ListService::remove(ListId id) {
    return m_context.store().write(m_context.action("list.remove"), [id](WriteContext& write) -> Result<> {
        OUTRIDER_TRY(listOf(write, id));
        ListRepository(write.db).remove(write, id);
        return {};
    });
}

QFuture<Result<std::int64_t>> ListService::add(ListId id, LeadSelection leads, ProgressPtr progress) {
    return m_context.forLeads(
        m_context.action("list.add"), leadsOf(m_context, std::move(leads)),
        [id](WriteContext& write, std::span<const LeadId> these) -> Result<std::int64_t> {
            OUTRIDER_TRY(listOf(write, id));
            return ListRepository(write.db).add(write, id, these);
        },
        std::move(progress));
}

QFuture<Result<std::int64_t>> ListService::take(ListId id, LeadSelection leads, ProgressPtr progress) {
    return m_context.forLeads(
        m_context.action("list.take"), leadsOf(m_context, std::move(leads)),
        [id](WriteContext& write, std::span<const LeadId> these) -> Result<std::int64_t> {
            OUTRIDER_TRY(listOf(write, id));
            return ListRepository(write.db).take(write, id, these);
        },
        std::move(progress));
}

QFuture<Result<std::vector<LeadId>>> ListService::members(ListId id) {
    return m_context.store().read(
        [id](ReadContext& r) -> Result<std::vector<LeadId>> { return ListRepository(r.db).members(id); });
}

QFuture<Result<std::vector<PersonList>>> ListService::ofLead(LeadId lead) {
    return m_context.store().read(
        [lead](ReadContext& r) -> Result<std::vector<PersonList>> { return ListRepository(r.db).ofLead(lead); });
}

QFuture<Result<std::vector<StrategySource>>> ListService::sourcesOf(StrategyId strategy) {
    return m_context.counting().run([&context = m_context, strategy]() -> Result<std::vector<StrategySource>> {
        return wait(context.store().read([strategy](ReadContext& r) -> Result<std::vector<StrategySource>> {
            if (!StrategyRepository(r.db).find(strategy))
                return fail(ErrorCode::NotFound, "strategy " + std::to_string(strategy.value));
            return ListRepository(r.db).sourcesOf(strategy);
        }));
    });
}

} // namespace outrider
