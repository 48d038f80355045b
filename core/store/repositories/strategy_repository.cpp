// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/strategy_repository.h"

#include "core/store/repositories/attachment_repository.h"

#include <utility>

#include "core/contact/text.h"
#include "core/store/journal/journaled_tables.h"

namespace outrider::store {

namespace {

const std::string columns = "SELECT id, name, state, version_id, mailbox_id, created_at FROM strategy";
const std::string stepColumns = "SELECT id, position, channel, day_offset, window_days, window_start, window_end,"
                                " thread, subject, body, weight FROM step";

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
              .body = row.text(9),
              .weight = static_cast<int>(row.integer(10))};
    if (!row.isNull(4))
        step.window = readWindow(row, 4);
    return step;
}

StrategyRules readRules(const Statement& row, int first) {
    return {.stops = {.reply = row.integer(first) != 0,
                      .meeting = row.integer(first + 1) != 0,
                      .talked = row.integer(first + 2) != 0,
                      .status = row.id<StatusId>(first + 3)},
            .colleague = row.value<ColleagueReply>(first + 4),
            .colleagueDays = static_cast<int>(row.integer(first + 5)),
            .canaryPercent = static_cast<int>(row.integer(first + 6)),
            .perWeekday = static_cast<int>(row.integer(first + 7))};
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
                                   " window_end, published_at, stop_on_reply, stop_on_meeting, stop_on_talked, stop_status_id,"
                                   " colleague_reply, colleague_days, canary_percent, per_weekday, released_at"
                                   " FROM strategy_version WHERE id = ?1",
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
        version.rules = readRules(row, 9);
        version.releasedAt = row.optionalInstant(17);
    }
    Statement steps = m_db.query(stepColumns + " WHERE version_id = ?1 ORDER BY position", id);
    while (steps.step())
        version.steps.push_back(readStep(steps));
    for (Step& step : version.steps)
        readVariants(step);
    return version;
}

std::optional<Step> StrategyRepository::step(StepId id) {
    Statement row = m_db.query(stepColumns + " WHERE id = ?1", id);
    if (!row.step())
        return std::nullopt;
    Step step = readStep(row);
    readVariants(step);
    return step;
}

void StrategyRepository::readVariants(Step& step) {
    if (step.channel != Channel::Email)
        return;
    Statement rows = m_db.query("SELECT weight, subject, body FROM step_variant WHERE step_id = ?1 ORDER BY position", step.id);
    while (rows.step())
        step.variants.push_back({.weight = static_cast<int>(rows.integer(0)), .subject = rows.text(1), .body = rows.text(2)});
}

std::vector<StrategyVersionId> StrategyRepository::versionsOf(StrategyId id) {
    std::vector<StrategyVersionId> ids;
    Statement rows = m_db.query("SELECT id FROM strategy_version WHERE strategy_id = ?1 ORDER BY number", id);
    while (rows.step())
        ids.push_back(rows.id<StrategyVersionId>(0));
    return ids;
}

std::vector<StrategyRepository::SentStep> StrategyRepository::sentSteps(StrategyVersionId id) {
    std::vector<SentStep> sent;
    Statement rows = m_db.query("SELECT s.position, e.id, e.state = 3 AND e.stop_reason = 2 AND e.next_step = s.position + 1"
                                " FROM step s JOIN enrolment e ON e.version_id = s.version_id AND e.strategy_id ="
                                "  (SELECT strategy_id FROM strategy_version WHERE id = ?1)"
                                " JOIN outbox o ON o.enrolment_id = e.id AND o.step_id = s.id AND o.state = 4"
                                " WHERE s.version_id = ?1 AND s.channel = 0",
                                id);
    while (rows.step())
        sent.push_back({static_cast<int>(rows.integer(0)), rows.id<EnrolmentId>(1), rows.integer(2) != 0});
    return sent;
}

void StrategyRepository::setReleased(WriteContext& write, StrategyVersionId id) {
    m_db.run("UPDATE strategy_version SET released_at = ?2 WHERE id = ?1 AND released_at IS NULL", id, write.now);
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
             " window_start, window_end, published_at, stop_on_reply, stop_on_meeting, stop_on_talked, stop_status_id,"
             " colleague_reply, colleague_days, canary_percent, per_weekday)"
             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
             version.id, version.strategy, version.number, version.offsetBase, version.businessDays, version.window.days.bits(),
             version.window.startMinute, version.window.endMinute, version.publishedAt, version.rules.stops.reply,
             version.rules.stops.meeting, version.rules.stops.talked, orNull(version.rules.stops.status), version.rules.colleague,
             version.rules.colleagueDays, version.rules.canaryPercent, version.rules.perWeekday);
    version.releasedAt.reset();
    int position = 0;
    for (Step& step : version.steps) {
        const StepId before = std::exchange(step.id, write.newId<StepId>());
        step.position = position++;
        Statement insert = m_db.prepare("INSERT INTO step(id, version_id, position, channel, day_offset, window_days,"
                                        " window_start, window_end, thread, subject, body, weight)"
                                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
        insert.bind(step.id, version.id, step.position, step.channel, step.dayOffset, nullptr, nullptr, nullptr, step.thread,
                    step.subject, step.body, step.weight);
        if (step.window) {
            insert.bindInteger(6, step.window->days.bits());
            insert.bindInteger(7, step.window->startMinute);
            insert.bindInteger(8, step.window->endMinute);
        }
        insert.run();
        if (before)
            AttachmentRepository(m_db).copyStep(write, before, step.id);
        int letter = 0;
        for (const Variant& variant : step.variants)
            m_db.run("INSERT INTO step_variant(id, step_id, position, weight, subject, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                     write.newId<StepId>(), step.id, ++letter, variant.weight, variant.subject, variant.body);
    }
    m_db.run("UPDATE strategy SET version_id = ?2 WHERE id = ?1", version.strategy, version.id);
}

} // namespace outrider::store
