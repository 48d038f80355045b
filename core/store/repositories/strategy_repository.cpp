// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/strategy_repository.h"

#include "core/contact/text.h"
#include "core/store/journal/journaled_tables.h"

namespace outrider::store {

namespace {

const std::string columns = "SELECT id, name, state, version_id, mailbox_id, created_at FROM strategy";
const std::string stepColumns = "SELECT id, position, channel, day_offset, window_days, window_start, window_end,"
                                " thread, subject, body FROM step";

Strategy read(const Statement& row) {
    return {.id = row.id<StrategyId>(0),
            .name = row.text(1),
            .state = row.value<StrategyState>(2),
            .currentVersion = row.id<StrategyVersionId>(3),
            .mailbox = row.id<MailboxId>(4),
            .createdAt = row.instant(5)};
}

Window readWindow(const Statement& row, int first) {
    return {.days = Weekdays(static_cast<std::uint8_t>(row.integer(first))),
            .startMinute = static_cast<int>(row.integer(first + 1)),
            .endMinute = static_cast<int>(row.integer(first + 2))};
}

Step readStep(const Statement& row) {
    Step step{.id = row.id<StepId>(0),
              .position = static_cast<int>(row.integer(1)),
              .channel = row.value<Channel>(2),
              .dayOffset = static_cast<int>(row.integer(3)),
              .thread = row.value<Thread>(7),
              .subject = row.text(8),
              .body = row.text(9)};
    if (!row.isNull(4))
        step.window = readWindow(row, 4);
    return step;
}

std::string nameKey(std::string_view name) { return contact::unaccented(contact::collapsed(name)); }

} // namespace

std::vector<StrategySummary> StrategyRepository::all() { return summaries(" ORDER BY s.state = 2, s.name_key", std::nullopt); }

std::optional<StrategySummary> StrategyRepository::summary(StrategyId id) {
    auto found = summaries(" WHERE s.id = ?1", id);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<StrategySummary> StrategyRepository::summaries(const std::string& where, std::optional<StrategyId> id) {
    std::vector<StrategySummary> out;
    Statement rows =
        m_db.prepare("SELECT s.id, s.name, s.state, s.version_id, s.mailbox_id, s.created_at, v.number,"
                     " (SELECT count(*) FROM step x WHERE x.version_id = s.version_id),"
                     " (SELECT count(*) FROM enrolment e WHERE e.strategy_id = s.id AND e.state IN (0, 1)),"
                     " (SELECT count(*) FROM enrolment e WHERE e.strategy_id = s.id),"
                     " (SELECT count(*) FROM enrolment e WHERE e.strategy_id = s.id AND e.state = 3 AND e.stop_reason = 2),"
                     " (SELECT count(*) FROM enrolment e WHERE e.strategy_id = s.id AND e.state = 2)"
                     " FROM strategy s LEFT JOIN strategy_version v ON v.id = s.version_id"
                     + where);
    if (id)
        rows.bind(*id);
    while (rows.step())
        out.push_back({.strategy = read(rows),
                       .versionNumber = static_cast<int>(rows.integer(6)),
                       .stepCount = static_cast<int>(rows.integer(7)),
                       .running = rows.integer(8),
                       .enrolled = rows.integer(9),
                       .replied = rows.integer(10),
                       .finished = rows.integer(11)});
    return out;
}

std::optional<Strategy> StrategyRepository::find(StrategyId id) {
    Statement row = m_db.query(columns + " WHERE id = ?1", id);
    return row.step() ? std::optional(read(row)) : std::nullopt;
}

std::optional<Strategy> StrategyRepository::findByName(std::string_view name) {
    Statement row = m_db.query(columns + " WHERE name_key = ?1", nameKey(name));
    return row.step() ? std::optional(read(row)) : std::nullopt;
}

std::optional<StrategyVersion> StrategyRepository::version(StrategyVersionId id) {
    StrategyVersion version;
    {
        Statement row = m_db.query("SELECT id, strategy_id, number, offset_base, business_days, window_days, window_start,"
                                   " window_end, published_at FROM strategy_version WHERE id = ?1",
                                   id);
        if (!row.step())
            return std::nullopt;
        version.id = row.id<StrategyVersionId>(0);
        version.strategy = row.id<StrategyId>(1);
        version.number = static_cast<int>(row.integer(2));
        version.offsetBase = row.value<OffsetBase>(3);
        version.businessDays = row.integer(4) != 0;
        version.window = readWindow(row, 5);
        version.publishedAt = row.instant(8);
    }
    Statement steps = m_db.query(stepColumns + " WHERE version_id = ?1 ORDER BY position", id);
    while (steps.step())
        version.steps.push_back(readStep(steps));
    return version;
}

std::optional<Step> StrategyRepository::step(StepId id) {
    Statement row = m_db.query(stepColumns + " WHERE id = ?1", id);
    return row.step() ? std::optional(readStep(row)) : std::nullopt;
}

std::vector<StrategyRepository::StepCounts> StrategyRepository::stepCounts(StrategyVersionId id) {
    std::vector<StepCounts> counts;
    Statement rows =
        m_db.query("SELECT (SELECT count(*) FROM enrolment e WHERE e.version_id = s.version_id AND e.next_step > s.position),"
                   " (SELECT count(*) FROM enrolment e WHERE e.version_id = s.version_id AND e.state = 3"
                   "  AND e.stop_reason = 2 AND e.next_step = s.position + 1)"
                   " FROM step s WHERE s.version_id = ?1 ORDER BY s.position",
                   id);
    while (rows.step())
        counts.push_back({rows.integer(0), rows.integer(1)});
    return counts;
}

void StrategyRepository::insert(WriteContext& write, Strategy& strategy) {
    if (findByName(strategy.name))
        throw StoreException(Error(ErrorCode::AlreadyExists, strategy.name));
    strategy.id = write.newId<StrategyId>();
    if (strategy.createdAt == Instant{})
        strategy.createdAt = write.now;
    m_db.run("INSERT INTO strategy(id, name, name_key, state, version_id, mailbox_id, created_at)"
             " VALUES (?1, ?2, ?3, ?4, NULL, ?5, ?6)",
             strategy.id, strategy.name, nameKey(strategy.name), strategy.state, orNull(strategy.mailbox), strategy.createdAt);
}

void StrategyRepository::rename(WriteContext&, StrategyId id, std::string_view name) {
    const auto other = findByName(name);
    if (other && other->id != id)
        throw StoreException(Error(ErrorCode::AlreadyExists, std::string(name)));
    m_db.run("UPDATE strategy SET name = ?2, name_key = ?3 WHERE id = ?1", id, name, nameKey(name));
}

void StrategyRepository::setState(WriteContext&, StrategyId id, StrategyState state) {
    m_db.run("UPDATE strategy SET state = ?2 WHERE id = ?1 AND state <> ?2", id, state);
}

void StrategyRepository::setMailbox(WriteContext&, StrategyId id, MailboxId mailbox) {
    m_db.run("UPDATE strategy SET mailbox_id = ?2 WHERE id = ?1", id, orNull(mailbox));
}

void StrategyRepository::publish(WriteContext& write, StrategyVersion& version) {
    version.id = write.newId<StrategyVersionId>();
    version.number =
        1 + static_cast<int>(m_db.integer("SELECT max(number) FROM strategy_version WHERE strategy_id = ?1", version.strategy));
    version.publishedAt = write.now;
    m_db.run("INSERT INTO strategy_version(id, strategy_id, number, offset_base, business_days, window_days,"
             " window_start, window_end, published_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
             version.id, version.strategy, version.number, version.offsetBase, version.businessDays, version.window.days.bits(),
             version.window.startMinute, version.window.endMinute, version.publishedAt);
    int position = 0;
    for (Step& step : version.steps) {
        step.id = write.newId<StepId>();
        step.position = position++;
        Statement insert = m_db.prepare("INSERT INTO step(id, version_id, position, channel, day_offset, window_days,"
                                        " window_start, window_end, thread, subject, body)"
                                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
        insert.bind(step.id, version.id, step.position, step.channel, step.dayOffset, nullptr, nullptr, nullptr, step.thread,
                    step.subject, step.body);
        if (step.window) {
            insert.bindInteger(6, step.window->days.bits());
            insert.bindInteger(7, step.window->startMinute);
            insert.bindInteger(8, step.window->endMinute);
        }
        insert.run();
    }
    m_db.run("UPDATE strategy SET version_id = ?2 WHERE id = ?1", version.strategy, version.id);
}

} // namespace outrider::store
