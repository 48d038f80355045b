// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/json_values.h"

namespace outrider::cli {

using nlohmann::json;

namespace {

std::string keyOf(const StatusKeys& statuses, StatusId id) {
    const auto found = statuses.find(id);
    return found == statuses.end() ? std::string() : found->second;
}

json orNull(const std::string& text) { return text.empty() ? json() : json(text); }

} // namespace

json idJson(std::int64_t id) { return id == 0 ? json() : json(std::to_string(id)); }

json momentJson(std::optional<Instant> at) { return at ? json(toIso8601(*at)) : json(); }

json toJson(const Lead& lead, const StatusKeys& statuses) {
    json out{{"id", idJson(lead.id.value)},
             {"salutation", lead.salutation},
             {"first_name", lead.firstName},
             {"middle_name", lead.middleName},
             {"last_name", lead.lastName},
             {"name", displayName(lead)},
             {"job_title", lead.jobTitle},
             {"department", lead.department},
             {"company", lead.companyName},
             {"email", lead.email},
             {"phone", lead.phone},
             {"linkedin_url", lead.linkedinUrl},
             {"street", lead.street},
             {"city", lead.city},
             {"region", lead.region},
             {"postal_code", lead.postalCode},
             {"country", lead.country},
             {"time_zone", lead.timeZone},
             {"language", lead.language},
             {"status", keyOf(statuses, lead.status)},
             {"reach", name(lead.reach)},
             {"no_contact", toText(lead.noContact)},
             {"consent_source", lead.consentSource},
             {"consent_on", lead.consentOn},
             {"score", lead.score},
             {"source", lead.source},
             {"external_id", lead.externalId},
             {"tags", lead.tags},
             {"created", momentJson(lead.createdAt)},
             {"due", momentJson(lead.nextTaskAt)},
             {"last_touch", momentJson(lead.lastTouchAt)},
             {"archived", lead.archivedAt.has_value()},
             {"trashed", lead.trashedAt.has_value()}};
    json contacts = json::array();
    for (const ContactPoint& contact : lead.otherContacts)
        contacts.push_back({{"kind", contactKindNames.name(contact.kind)}, {"label", contact.label}, {"value", contact.value}});
    out["contacts"] = std::move(contacts);
    for (const auto& [key, value] : lead.custom)
        out["custom:" + key] = value;
    return out;
}

json toJson(const LeadListRow& row, const StatusKeys& statuses) {
    return {{"id", idJson(row.id.value)},
            {"name", row.name},
            {"job_title", row.jobTitle},
            {"company", row.companyName},
            {"email", row.email},
            {"country", row.country},
            {"status", keyOf(statuses, row.status)},
            {"reach", name(row.reach)},
            {"score", row.score},
            {"created", momentJson(row.createdAt)},
            {"due", momentJson(row.nextTaskAt)},
            {"last_touch", momentJson(row.lastTouchAt)},
            {"strategy", orNull(row.strategyName)},
            {"strategy_step", row.strategy ? json(row.nextStep + 1) : json()},
            {"strategy_steps", row.strategy ? json(row.stepCount) : json()},
            {"strategy_state", row.strategy ? json(name(row.enrolmentState)) : json()},
            {"stop_reason", row.strategy && row.stopReason != StopReason::None ? json(name(row.stopReason)) : json()}};
}

json toJson(const LeadDetail& detail, const StatusKeys& statuses) {
    json out = toJson(detail.lead, statuses);
    out["owner"] = orNull(detail.ownerName);
    out["zone"] = detail.zone;
    out["zone_origin"] = detail.zoneOrigin;
    out["inside_hours"] = detail.insideHours;
    if (detail.company) {
        out["company_domain"] = detail.company->domain;
        out["company_industry"] = detail.company->industry;
        out["company_website"] = detail.company->website;
        out["company_employees"] = detail.company->employees ? json(*detail.company->employees) : json();
    }
    out["suppressed"] = detail.emailSuppression || detail.phoneSuppression;
    out["outbox_at"] = momentJson(detail.outboxAt);
    json enrolments = json::array();
    for (const EnrolmentDetail& enrolment : detail.enrolments) {
        json steps = json::array();
        for (std::size_t i = 0; i < enrolment.steps.size(); ++i) {
            using Kind = EnrolmentDetail::StepState::Kind;
            const Kind kind = enrolment.steps[i].kind;
            steps.push_back({{"channel", name(enrolment.version.steps.at(i).channel)},
                             {"subject", enrolment.version.steps.at(i).subject},
                             {"state", kind == Kind::Done      ? "done"
                                       : kind == Kind::Skipped ? "skipped"
                                       : kind == Kind::Current ? "current"
                                       : kind == Kind::Coming  ? "coming"
                                                               : "removed"},
                             {"at", momentJson(enrolment.steps[i].at)}});
        }
        enrolments.push_back({{"id", idJson(enrolment.enrolment.id.value)},
                              {"strategy", enrolment.strategyName},
                              {"version", enrolment.version.number},
                              {"state", name(enrolment.enrolment.state)},
                              {"stop_reason", name(enrolment.enrolment.stopReason)},
                              {"step", enrolment.enrolment.nextStep + 1},
                              {"paused_until", momentJson(enrolment.enrolment.pausedUntil)},
                              {"steps", std::move(steps)}});
    }
    out["enrolments"] = std::move(enrolments);
    json tasks = json::array();
    for (const Task& task : detail.openTasks)
        tasks.push_back({{"id", idJson(task.id.value)},
                         {"channel", name(task.channel)},
                         {"title", task.title},
                         {"note", task.note},
                         {"due", momentJson(task.dueAt)}});
    out["tasks"] = std::move(tasks);
    return out;
}

json toJson(const TimelineEntry& entry) {
    const Activity& activity = entry.activity;
    json out{{"id", idJson(activity.id.value)},
             {"at", momentJson(activity.at)},
             {"kind", name(activity.kind)},
             {"subject", activity.subject},
             {"text", activity.text},
             {"strategy", orNull(entry.strategyName)},
             {"step", entry.step >= 0 ? json(entry.step + 1) : json()}};
    if (activity.disposition != Disposition::None)
        out["disposition"] = name(activity.disposition);
    if (activity.durationSeconds)
        out["duration_seconds"] = *activity.durationSeconds;
    if (entry.message) {
        out["message"] = {{"id", idJson(entry.message->id.value)},
                          {"message_id", entry.message->messageIdHeader},
                          {"from", entry.message->from},
                          {"to", entry.message->to},
                          {"subject", entry.message->subject},
                          {"text", entry.message->text},
                          {"class", name(entry.message->messageClass)}};
    }
    return out;
}

json toJson(const QueueItem& item) {
    return {{"task", idJson(item.task.value)},
            {"lead", idJson(item.lead.value)},
            {"name", item.leadName},
            {"company", item.companyName},
            {"channel", name(item.channel)},
            {"due", momentJson(item.dueAt)},
            {"overdue", item.overdue},
            {"score", item.score},
            {"title", item.title},
            {"note", item.note},
            {"strategy", orNull(item.strategyName)},
            {"step", item.strategy ? json(item.step + 1) : json()},
            {"steps", item.strategy ? json(item.stepCount) : json()},
            {"subject", item.stepSubject}};
}

json toJson(const QueueCounts& counts) {
    json out{{"total", counts.total()}, {"overdue", counts.overdue}};
    for (const Channel channel : channels)
        out[std::string(name(channel))] = counts.byChannel.at(std::size_t(channel));
    return out;
}

json toJson(const TaskOutcome& outcome) {
    const auto next = [&] {
        switch (outcome.next) {
        case TaskOutcome::Next::Step:
            return "step";
        case TaskOutcome::Next::AfterSend:
            return "after_send";
        case TaskOutcome::Next::Finished:
            return "finished";
        case TaskOutcome::Next::Stopped:
            return "stopped";
        case TaskOutcome::Next::Nothing:
            break;
        }
        return "nothing";
    };
    return {{"action", idJson(outcome.action.value)},
            {"outbox", idJson(outcome.outbox.value)},
            {"leaves_at", momentJson(outcome.leavesAt)},
            {"next", next()},
            {"next_step", outcome.next == TaskOutcome::Next::Step ? json(outcome.nextStep + 1) : json()},
            {"next_at", momentJson(outcome.nextAt)}};
}

json toJson(const SearchHit& hit) {
    switch (hit.kind) {
    case SearchHit::Kind::Lead:
        return {{"kind", "lead"}, {"id", idJson(hit.lead.value)}, {"title", hit.title}, {"detail", hit.detail}};
    case SearchHit::Kind::Company:
        return {{"kind", "company"},
                {"id", idJson(hit.company.value)},
                {"title", hit.title},
                {"detail", hit.detail},
                {"leads", hit.count}};
    case SearchHit::Kind::Strategy:
        return {{"kind", "strategy"}, {"id", idJson(hit.strategy.value)}, {"title", hit.title}, {"running", hit.count}};
    case SearchHit::Kind::Text:
        break;
    }
    return {{"kind", "text"},
            {"id", idJson(hit.activity.value)},
            {"message", idJson(hit.message.value)},
            {"lead", idJson(hit.lead.value)},
            {"title", hit.title},
            {"detail", hit.detail},
            {"at", momentJson(hit.at)}};
}

json toJson(const StrategySummary& summary) {
    return {{"id", idJson(summary.strategy.id.value)},
            {"name", summary.strategy.name},
            {"state", strategyStateNames.name(summary.strategy.state)},
            {"version", summary.versionNumber},
            {"steps", summary.stepCount},
            {"running", summary.running},
            {"enrolled", summary.enrolled},
            {"replied", summary.replied},
            {"finished", summary.finished}};
}

json toJson(const EnrolReport& report) {
    json skipped = json::array();
    for (const auto& one : report.skipped)
        skipped.push_back({{"lead", idJson(one.lead.value)},
                           {"name", one.name},
                           {"code", name(one.reason.code)},
                           {"detail", one.reason.detail}});
    json waiting = json::array();
    for (const auto& one : report.waiting)
        waiting.push_back(
            {{"lead", idJson(one.lead.value)}, {"name", one.name}, {"reason", one.reason}, {"until", momentJson(one.until)}});
    return {{"enrolled", report.enrolled}, {"skipped", std::move(skipped)}, {"waiting", std::move(waiting)}};
}

json toJson(const Mailbox& mailbox) {
    const PhoneLine& line = mailbox.phone;
    const auto server = [](const ServerAddress& address) {
        return json{{"host", address.host}, {"port", address.port}, {"tls", tlsModeNames.name(address.tls)}};
    };
    return {
        {"id", idJson(mailbox.id.value)},
        {"address", mailbox.address},
        {"display_name", mailbox.displayName},
        {"kind", mailbox.kind == MailboxKind::Practice ? mailboxKindNames.name(mailbox.kind) : name(mailbox.account)},
        {"smtp", server(mailbox.smtp)},
        {"imap", server(mailbox.imap)},
        {"auth", authMethodNames.name(mailbox.auth)},
        {"user_name", mailbox.userName},
        {"phone", isPhoneLine(mailbox.account) ? json{{"account_sid", line.accountSid},
                                                      {"key_sid", orNull(line.keySid)},
                                                      {"number", orNull(line.number)},
                                                      {"service_sid", orNull(line.serviceSid)},
                                                      {"own_number", orNull(line.ownNumber)}}
                                               : json()},
        {"daily_limit", mailbox.dailyLimit},
        {"hold_seconds", mailbox.holdSeconds},
        {"spacing_seconds", json::array({mailbox.spacingSeconds, std::max(mailbox.spacingSeconds, mailbox.limits.spacingUpTo)})},
        {"minute_limit", mailbox.limits.perMinute},
        {"hour_limit", mailbox.limits.perHour},
        {"week_limit", mailbox.limits.perWeek},
        {"domain_hour_limit", mailbox.limits.perDomainAndHour},
        {"ramp", mailbox.limits.rampStart > 0
                     ? json{{"start", mailbox.limits.rampStart},
                            {"step", mailbox.limits.rampStep},
                            {"began_at", momentJson(mailbox.limits.rampBegan.value_or(mailbox.createdAt))}}
                     : json()},
        {"pause_bounce_percent", mailbox.pauses.bouncePercent},
        {"pause_error_percent", mailbox.pauses.errorPercent},
        {"pause_on_policy", mailbox.pauses.onPolicy},
        {"dkim_selector", orNull(mailbox.dkimSelector)},
        {"state", mailboxStateNames.name(mailbox.state)},
        {"state_reason", orNull(mailbox.stateReason)},
        {"state_detail", orNull(mailbox.stateDetail)},
        {"checked_at", momentJson(mailbox.checkedAt)},
        {"fetched_at", momentJson(mailbox.fetchedAt)}};
}

json toJson(const ReadingState& state) {
    return {{"read_at", momentJson(state.readAt)},
            {"failures", state.failures},
            {"error", orNull(state.error)},
            {"detail", orNull(state.detail)},
            {"next_try_at", momentJson(state.nextTryAt)},
            {"circuit", isCircuitOpen(state) ? "open" : "closed"}};
}

json toJson(const MailboxCheckStep& step) {
    using State = MailboxCheckStep::State;
    json out{{"step", step.name},
             {"state", step.state == State::Passed    ? "passed"
                       : step.state == State::Failed  ? "failed"
                       : step.state == State::Missing ? "missing"
                                                      : "skipped"},
             {"detail", step.detail},
             {"milliseconds", step.milliseconds}};
    if (step.error)
        out["error"] = toJson(*step.error);
    return out;
}

json toJson(const OutboxRow& row) {
    return {{"id", idJson(row.item.id.value)},
            {"lead", idJson(row.item.lead.value)},
            {"name", row.leadName},
            {"channel", name(row.item.channel)},
            {"recipient", row.item.recipient},
            {"subject", row.item.subject},
            {"message_id", row.item.messageIdHeader},
            {"state", name(row.item.state)},
            {"wait_reason", name(row.item.waitReason)},
            {"earliest", momentJson(row.item.earliestAt)},
            {"attempts", row.item.attempts},
            {"hard", row.item.state == OutboxState::Refused ? json(row.item.refusedHard) : json()},
            {"server_answer", orNull(row.item.serverAnswer)},
            {"strategy", orNull(row.strategyName)},
            {"step", row.step >= 0 ? json(row.step + 1) : json()},
            {"mailbox", row.mailboxAddress}};
}

json toJson(const OutboxDetail& detail) {
    json all = toJson(detail.row);
    all["text"] = detail.text;
    all["files"] = json::array();
    for (const MailAttachment& file : detail.files)
        all["files"].push_back({{"name", file.name}, {"media_type", file.mediaType}, {"size", file.size}});
    all["zone"] = detail.zone;
    all["checks"] = json::array();
    for (const SendCheck& check : detail.checks)
        all["checks"].push_back({{"check", name(check.what)},
                                 {"state", name(check.state)},
                                 {"reason", check.reason == WaitReason::None ? json() : json(name(check.reason))},
                                 {"until", check.until ? momentJson(*check.until) : json()},
                                 {"free", check.free ? json(*check.free) : json()},
                                 {"most", check.most ? json(*check.most) : json()}});
    all["trace"] = json::array();
    for (const OutboxTraceEntry& entry : detail.trace)
        all["trace"].push_back({{"at", momentJson(entry.at)},
                                {"state", name(entry.state)},
                                {"reason", entry.reason == WaitReason::None ? json() : json(name(entry.reason))},
                                {"until", entry.until > Instant{} ? momentJson(entry.until) : json()},
                                {"evidence", orNull(entry.evidence)}});
    return all;
}

json toJson(const InboxItem& item, const StatusKeys& statuses) {
    return {{"id", idJson(item.message.id.value)},
            {"lead", idJson(item.message.lead.value)},
            {"name", item.leadName},
            {"company", item.companyName},
            {"status", keyOf(statuses, item.leadStatus)},
            {"class", name(item.message.messageClass)},
            {"from", item.message.from},
            {"subject", item.message.subject},
            {"text", item.message.text},
            {"at", momentJson(item.message.at)},
            {"handled", item.message.handled},
            {"returns_on", item.returnsOn ? json(toIsoDate(*item.returnsOn)) : json()},
            {"reason", orNull(item.reason)},
            {"suppressed", item.suppressed},
            {"rule", item.message.rule}};
}

json toJson(const Conversation& one, const StatusKeys& statuses) {
    return {{"lead", idJson(one.lead.value)},
            {"name", one.leadName},
            {"company", one.companyName},
            {"status", keyOf(statuses, one.leadStatus)},
            {"stands", name(one.tab)},
            {"verdict", one.verdict == Verdict::None ? json() : json(name(one.verdict))},
            {"message", idJson(one.last.id.value)},
            {"class", name(one.last.messageClass)},
            {"from", one.last.from},
            {"subject", one.last.subject},
            {"text", one.last.text},
            {"received", momentJson(one.last.at)},
            {"at", momentJson(one.lastAt)},
            {"waiting", one.waiting},
            {"unread", one.unread},
            {"snoozed_until", one.snoozedUntil ? momentJson(*one.snoozedUntil) : json()}};
}

json toJson(const JudgedMail& mail) {
    const Message& message = mail.message;
    return {{"id", idJson(message.id.value)},
            {"lead", idJson(message.lead.value)},
            {"name", orNull(mail.leadName)},
            {"class", name(message.messageClass)},
            {"from", message.from},
            {"to", message.to},
            {"subject", message.subject},
            {"text", message.text},
            {"at", momentJson(message.at)},
            {"handled", message.handled},
            {"rule", orNull(message.rule)},
            {"evidence", orNull(message.evidence)},
            {"matched_by", orNull(message.matchedBy)},
            {"match_evidence", orNull(message.matchEvidence)},
            {"effect", orNull(mail.effect)}};
}

json toJson(const FetchReport& report) {
    json errors = json::array();
    for (const Error& error : report.errors)
        errors.push_back(toJson(error));
    return {{"fetched", report.fetched},
            {"replies", report.replies},
            {"bounces", report.bounces},
            {"auto_replies", report.autoReplies},
            {"opt_outs", report.optOuts},
            {"other", report.other},
            {"sent_elsewhere", report.sentElsewhere},
            {"errors", std::move(errors)}};
}

json toJson(const ClassifiedMail& mail) {
    return {{"class", name(mail.messageClass)},
            {"hard", mail.hard ? json(*mail.hard) : json()},
            {"reason", mail.reason},
            {"recipient", orNull(mail.recipient)},
            {"original_message_id", orNull(mail.originalMessageId)},
            {"kind", orNull(mail.kind)},
            {"return_date", orNull(mail.returnDate)},
            {"contact", orNull(mail.contact)},
            {"reply_text", mail.replyText},
            {"rule", mail.rule},
            {"evidence", orNull(mail.evidence)}};
}

json toJson(const HistoryEntry& entry) {
    return {{"id", idJson(entry.id.value)},
            {"name", entry.action.name},
            {"subject", entry.action.subject},
            {"origin", name(entry.action.origin)},
            {"at", momentJson(entry.at)},
            {"kind", entry.kind == HistoryEntry::Kind::Done   ? "done"
                     : entry.kind == HistoryEntry::Kind::Undo ? "undo"
                                                              : "redo"},
            {"undone", entry.undone},
            {"undoable", entry.action.undoable},
            {"changes", entry.changeCount},
            {"who", orNull(entry.actorName)}};
}

json toJson(const UndoConflict& conflict) {
    json out{{"table", conflict.table},
             {"row", idJson(conflict.rowId)},
             {"field", orNull(conflict.field)},
             {"lead", conflict.lead ? idJson(conflict.lead.value) : json()},
             {"lead_name", orNull(conflict.leadName)},
             {"later", conflict.later.id ? toJson(conflict.later) : json()}};
    if (!conflict.field.empty()) {
        out["before"] = conflict.before;
        out["now"] = conflict.now;
    }
    return out;
}

json toJson(const UndoReport& report) {
    return {{"undone", toJson(report.undone)}, {"restored", report.restored}, {"kept", listJson(report.conflicts)}};
}

json toJson(const FieldOrigin& origin) {
    json out{{"field", origin.field}, {"value", origin.value}, {"action", origin.entry.id ? toJson(origin.entry) : json()}};
    if (!origin.importFile.empty())
        out["import"] = {{"file", origin.importFile}, {"row", origin.importRow > 0 ? json(origin.importRow) : json()}};
    if (origin.message)
        out["message"] = {{"id", idJson(origin.message.value)}, {"subject", origin.messageSubject}};
    return out;
}

json toJson(const Suppression& suppression) {
    return {{"kind", suppressionKindNames.name(suppression.kind)},
            {"key", suppression.key},
            {"reason", suppressionReasonNames.name(suppression.reason)},
            {"source", suppression.source},
            {"created", momentJson(suppression.createdAt)}};
}

json toJson(const Error& error) { return {{"code", name(error.code)}, {"detail", error.detail}}; }

} // namespace outrider::cli
