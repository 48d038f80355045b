// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/history_text.h"

#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QDateTime>
#include <QHash>
#include <QRegularExpression>

#include <chrono>

namespace outrider::text {

QString actionText(const ActionInfo& action) {
    const QString name = toQt(action.name);
    const QString who = isolated(toQt(action.subject));
    bool isNumber = false;
    const qint64 number = toQt(action.subject).toLongLong(&isNumber);
    const QString leads = isNumber ? counted(number, Tr::tr("lead"), Tr::tr("leads")) : who;
    static const QHash<QString, QString> texts{
        {QStringLiteral("task.done"), Tr::tr("Done with %1")},
        {QStringLiteral("task.skip"), Tr::tr("Skipped %1")},
        {QStringLiteral("task.snooze"), Tr::tr("Snoozed %1")},
        {QStringLiteral("task.move"), Tr::tr("Moved %1")},
        {QStringLiteral("task.add"), Tr::tr("To-do for %1")},
        {QStringLiteral("mail.send"), Tr::tr("E-mail to %1")},
        {QStringLiteral("text.send"), Tr::tr("Text message to %1")},
        {QStringLiteral("note.add"), Tr::tr("Note on %1")},
        {QStringLiteral("call.log"), Tr::tr("Call with %1")},
        {QStringLiteral("lead.add"), Tr::tr("Added %1")},
        {QStringLiteral("lead.edit"), Tr::tr("Edited %1")},
        {QStringLiteral("lead.status"), Tr::tr("Status of %1")},
        {QStringLiteral("lead.owner"), Tr::tr("Owner of %1")},
        {QStringLiteral("lead.tag"), Tr::tr("Tagged %1")},
        {QStringLiteral("lead.untag"), Tr::tr("Tag taken off %1")},
        {QStringLiteral("lead.archive"), Tr::tr("Archived %1")},
        {QStringLiteral("lead.unarchive"), Tr::tr("Back from the archive: %1")},
        {QStringLiteral("lead.trash"), Tr::tr("Deleted %1")},
        {QStringLiteral("lead.restore"), Tr::tr("Back from the trash: %1")},
        {QStringLiteral("lead.merge"), Tr::tr("Merged %1")},
        {QStringLiteral("lead.split"), Tr::tr("Split again: %1")},
        {QStringLiteral("duplicate.dismiss"), Tr::tr("Not duplicates: %1")},
        {QStringLiteral("settings.duplicates"), Tr::tr("Merging without asking: %1")},
        {QStringLiteral("list.create"), Tr::tr("New list %1")},
        {QStringLiteral("list.rename"), Tr::tr("List is now called %1")},
        {QStringLiteral("list.archive"), Tr::tr("List archived: %1")},
        {QStringLiteral("list.unarchive"), Tr::tr("List back from the archive: %1")},
        {QStringLiteral("list.remove"), Tr::tr("List removed: %1")},
        {QStringLiteral("list.add"), Tr::tr("Put on a list: %1")},
        {QStringLiteral("list.take"), Tr::tr("Taken off a list: %1")},
        {QStringLiteral("lead.do_not_contact"), Tr::tr("%1 will not be contacted")},
        {QStringLiteral("import"), Tr::tr("Imported %1")},
        {QStringLiteral("status.add"), Tr::tr("New status %1")},
        {QStringLiteral("strategy.create"), Tr::tr("New strategy %1")},
        {QStringLiteral("strategy.publish"), Tr::tr("New version of %1")},
        {QStringLiteral("strategy.rename"), Tr::tr("Strategy is now called %1")},
        {QStringLiteral("strategy.mailbox"), Tr::tr("Mailbox of %1")},
        {QStringLiteral("strategy.pause"), Tr::tr("Paused %1")},
        {QStringLiteral("strategy.release"), Tr::tr("Let everybody in %1 begin")},
        {QStringLiteral("strategy.resume"), Tr::tr("Resumed %1")},
        {QStringLiteral("strategy.archive"), Tr::tr("Archived %1")},
        {QStringLiteral("strategy.enrol"), Tr::tr("Enrolled %1")},
        {QStringLiteral("strategy.attach"), Tr::tr("Files of a step: %1")},
        {QStringLiteral("strategy.format"), Tr::tr("Form of the messages of %1")},
        {QStringLiteral("snippet.add"), Tr::tr("New snippet %1")},
        {QStringLiteral("snippet.edit"), Tr::tr("Snippet %1")},
        {QStringLiteral("snippet.remove"), Tr::tr("Snippet removed: %1")},
        {QStringLiteral("strategy.remove"), Tr::tr("Taken out of its strategy: %1")},
        {QStringLiteral("field.add"), Tr::tr("New field %1")},
        {QStringLiteral("field.edit"), Tr::tr("Field %1")},
        {QStringLiteral("field.archive"), Tr::tr("Field put away: %1")},
        {QStringLiteral("field.unarchive"), Tr::tr("Field offered again: %1")},
        {QStringLiteral("field.order"), Tr::tr("Order of the fields")},
        {QStringLiteral("settings.retention"), Tr::tr("How long leads without contact are kept")},
        {QStringLiteral("view.save"), Tr::tr("View %1")},
        {QStringLiteral("view.remove"), Tr::tr("View removed")},
        {QStringLiteral("suppress.add"), Tr::tr("Suppressed %1")},
        {QStringLiteral("suppress.remove"), Tr::tr("No longer suppressed: %1")},
        {QStringLiteral("mailbox.connect"), Tr::tr("Signed in to %1")},
        {QStringLiteral("provider.edit"), Tr::tr("Settings of a provider: %1")},
        {QStringLiteral("mailbox.add"), Tr::tr("New mailbox %1")},
        {QStringLiteral("mailbox.edit"), Tr::tr("Mailbox %1")},
        {QStringLiteral("mailbox.pause"), Tr::tr("Mailbox paused")},
        {QStringLiteral("mailbox.resume"), Tr::tr("Mailbox sends again")},
        {QStringLiteral("mailbox.remove"), Tr::tr("Mailbox removed: %1")},
        {QStringLiteral("outbox.hold_all"), Tr::tr("Held everything")},
        {QStringLiteral("outbox.release_all"), Tr::tr("Released everything")},
        {QStringLiteral("outbox.lower_fence"), Tr::tr("Let a copy send")},
        {QStringLiteral("settings.backup"), Tr::tr("Changed the backups")},
        {QStringLiteral("outbox.hold"), Tr::tr("Held the message to %1")},
        {QStringLiteral("outbox.release"), Tr::tr("Released the message to %1")},
        {QStringLiteral("outbox.drop"), Tr::tr("Took back the message to %1")},
        {QStringLiteral("outbox.resolve"), Tr::tr("Settled the message to %1")},
        {QStringLiteral("inbox.reply"), Tr::tr("Reply from %1")},
        {QStringLiteral("inbox.bounce"), Tr::tr("Bounce of %1")},
        {QStringLiteral("inbox.auto_reply"), Tr::tr("Out of office: %1")},
        {QStringLiteral("inbox.elsewhere"), Tr::tr("E-mail sent elsewhere: %1")},
        {QStringLiteral("inbox.ingest"), Tr::tr("Filed earlier mail of %1")},
        {QStringLiteral("inbox.reclassify"), Tr::tr("Judged mail anew: %1")},
        {QStringLiteral("inbox.opt_out"), Tr::tr("Opt-out of %1")},
        {QStringLiteral("inbox.handle"), Tr::tr("Answered %1")},
        {QStringLiteral("inbox.judge"), Tr::tr("Reply of %1")},
        {QStringLiteral("inbox.match"), Tr::tr("Matched to %1")},
        {QStringLiteral("inbox.snooze"), Tr::tr("Snoozed %1")},
        {QStringLiteral("inbox.add_lead"), Tr::tr("Added %1 from the inbox")},
        {QStringLiteral("calendar.add"), Tr::tr("New calendar %1")},
        {QStringLiteral("calendar.ingest"), Tr::tr("Meetings of %1")},
        {QStringLiteral("calendar.read"), Tr::tr("Meetings of %1 have changed")},
        {QStringLiteral("calendar.remove"), Tr::tr("Calendar removed: %1")},
        {QStringLiteral("send"), Tr::tr("Sent to %1")},
        {QStringLiteral("settings.me"), Tr::tr("Profile")},
        {QStringLiteral("settings.zone"), Tr::tr("Time zone")},
        {QStringLiteral("settings.hours"), Tr::tr("Working hours")},
        {QStringLiteral("settings.outreach_rules"), Tr::tr("Rules of contact")},
        {QStringLiteral("settings.days_off"), Tr::tr("Days off")},
        {QStringLiteral("settings.goals"), Tr::tr("Goals")},
        {QStringLiteral("settings.backup"), Tr::tr("Backups")},
        {QStringLiteral("settings.verifier"), Tr::tr("Verifier of addresses")},
        {QStringLiteral("settings.weekly_target"), Tr::tr("Leads to enrol a week")},
        {QStringLiteral("settings.journal"), Tr::tr("How long the history is kept")},
        {QStringLiteral("workspace.create"), Tr::tr("Workspace %1 created")},
        {QStringLiteral("practice.create"), Tr::tr("Practice workspace created")},
        {QStringLiteral("enrol"), Tr::tr("Enrolled %1")},
        {QStringLiteral("outbox.lower_fence"), Tr::tr("Sending goes on after a copy")},
        {QStringLiteral("seed"), Tr::tr("Made up: %1")},
        {QStringLiteral("undo"), Tr::tr("Taken back")},
        {QStringLiteral("redo"), Tr::tr("Done again")},
    };
    const QString text = texts.value(name, name);
    return text.contains(QLatin1String("%1")) ? text.arg(leads) : text;
}

QString historyText(const HistoryEntry& entry) {
    const QString act = actionText(entry.action);
    switch (entry.kind) {
    case HistoryEntry::Kind::Undo:
        return entry.action.subject.empty() ? Tr::tr("Taken back")
                                            : Tr::tr("Taken back: %1").arg(isolated(toQt(entry.action.subject)));
    case HistoryEntry::Kind::Redo:
        return entry.action.subject.empty() ? Tr::tr("Done again")
                                            : Tr::tr("Done again: %1").arg(isolated(toQt(entry.action.subject)));
    case HistoryEntry::Kind::Done:
        break;
    }
    return act;
}

QString whoText(const HistoryEntry& entry) {
    switch (entry.action.origin) {
    case Origin::Inbound:
        return Tr::tr("incoming mail");
    case Origin::Engine:
        return Tr::tr("sending");
    case Origin::System:
        return Tr::tr("the program");
    case Origin::Sync:
        return entry.actorName.empty() ? Tr::tr("another computer") : toQt(entry.actorName);
    case Origin::Window:
    case Origin::CommandLine:
    case Origin::Api:
    case Origin::Import:
        break;
    }
    return entry.actorName.empty() ? Tr::tr("somebody") : toQt(entry.actorName);
}

QString columnText(std::string_view column) {
    static const QHash<QString, std::string_view> fields{
        {QStringLiteral("company_name"), "company"}, {QStringLiteral("company_id"), "company"},
        {QStringLiteral("status_id"), "status"},     {QStringLiteral("owner_id"), "owner"},
        {QStringLiteral("created_at"), "created"},
    };
    static const QHash<QString, QString> others{
        {QStringLiteral("archived_at"), Tr::tr("Archived")}, {QStringLiteral("trashed_at"), Tr::tr("In the trash")},
        {QStringLiteral("due_at"), Tr::tr("Due")},           {QStringLiteral("closed_at"), Tr::tr("Closed")},
        {QStringLiteral("state"), Tr::tr("State")},          {QStringLiteral("next_step"), Tr::tr("Next step")},
        {QStringLiteral("version_id"), Tr::tr("Version")},   {QStringLiteral("value"), Tr::tr("Value")},
        {QStringLiteral("handled"), Tr::tr("Answered")},     {QStringLiteral("snoozed"), Tr::tr("Snoozed")},
    };
    const QString name = toQt(column);
    const QString other = others.value(name);
    return other.isEmpty() ? fieldName(fields.value(name, column)) : other;
}

namespace {

// What a row of a table is called.
QString rowText(std::string_view table) {
    static const QHash<QString, QString> texts{
        {QStringLiteral("lead"), Tr::tr("the lead")},
        {QStringLiteral("company"), Tr::tr("a company")},
        {QStringLiteral("contact_point"), Tr::tr("an address or number")},
        {QStringLiteral("lead_tag"), Tr::tr("a tag")},
        {QStringLiteral("tag"), Tr::tr("a tag")},
        {QStringLiteral("custom_value"), Tr::tr("a field")},
        {QStringLiteral("custom_field"), Tr::tr("a field")},
        {QStringLiteral("strategy"), Tr::tr("a strategy")},
        {QStringLiteral("strategy_version"), Tr::tr("a version of a strategy")},
        {QStringLiteral("step"), Tr::tr("a step")},
        {QStringLiteral("enrolment"), Tr::tr("an enrolment")},
        {QStringLiteral("task"), Tr::tr("a task")},
        {QStringLiteral("activity"), Tr::tr("an entry of the timeline")},
        {QStringLiteral("message"), Tr::tr("a message")},
        {QStringLiteral("outbox"), Tr::tr("a message that has left")},
        {QStringLiteral("suppression"), Tr::tr("a suppressed address")},
        {QStringLiteral("mailbox"), Tr::tr("a mailbox")},
        {QStringLiteral("setting"), Tr::tr("a setting")},
        {QStringLiteral("saved_view"), Tr::tr("a view")},
    };
    return texts.value(toQt(table), toQt(table));
}

QString shortened(const std::string& value) {
    constexpr qsizetype most = 60;
    QString text = toQt(value).simplified();
    if (text.size() > most)
        text = text.left(most - 1) + QChar(0x2026);
    return text.isEmpty() ? Tr::tr("empty") : isolated(text);
}

} // namespace

QString conflictText(const UndoConflict& conflict) {
    const QString row = rowText(conflict.table);
    QString text = !conflict.leadName.empty() ? isolated(toQt(conflict.leadName)) : row;
    if (!conflict.leadName.empty() && conflict.table != "lead")
        text = Tr::tr("%1, %2").arg(text, row);
    if (!conflict.field.empty())
        text = Tr::tr("%1: %2 is now %3, would be %4")
                   .arg(text, columnText(conflict.field), shortened(conflict.now), shortened(conflict.before));
    if (conflict.later.id)
        text += Tr::tr(" (%1, %2)").arg(historyText(conflict.later), whoText(conflict.later));
    return text;
}

QString originText(const FieldOrigin& origin) {
    QString text = origin.entry.id ? historyText(origin.entry) : Tr::tr("Before the history begins");
    if (!origin.importFile.empty())
        text = origin.importRow > 0 ? Tr::tr("Row %1 of %2").arg(origin.importRow).arg(isolated(toQt(origin.importFile)))
                                    : Tr::tr("From %1").arg(isolated(toQt(origin.importFile)));
    else if (origin.message)
        text = origin.messageSubject.empty() ? Tr::tr("A message without a subject")
                                             : Tr::tr("Message “%1”").arg(isolated(toQt(origin.messageSubject)));
    if (origin.entry.id)
        text = Tr::tr("%1, by %2").arg(text, whoText(origin.entry));
    return text;
}

QString originBrief(const FieldOrigin& origin) {
    if (!origin.importFile.empty())
        return origin.importRow > 0 ? Tr::tr("import, row %1").arg(origin.importRow) : Tr::tr("import");
    if (origin.message)
        return Tr::tr("a message");
    return origin.entry.id ? whoText(origin.entry) : QString();
}

std::optional<Instant> parsePast(const QString& text, Instant now, const QTimeZone& zone) {
    static const QRegularExpression ago(QStringLiteral("^(\\d{1,4})\\s*([mhdw])(\\s+ago)?$"));
    static const QRegularExpression day(QStringLiteral("^(\\d{4}-\\d{2}-\\d{2}|today|yesterday)(?:[ t]+(\\d{1,2}:\\d{2}))?$"));
    const QString typed = text.simplified().toLower();
    if (const auto match = ago.match(typed); match.hasMatch()) {
        const int number = match.captured(1).toInt();
        switch (match.captured(2).front().toLatin1()) {
        case 'm':
            return now - std::chrono::minutes(number);
        case 'h':
            return now - std::chrono::hours(number);
        case 'd':
            return now - std::chrono::days(number);
        default:
            return now - std::chrono::weeks(number);
        }
    }
    const auto match = day.match(typed);
    if (!match.hasMatch())
        return std::nullopt;
    const QDate today = QDateTime::fromMSecsSinceEpoch(toEpochMillis(now), zone).date();
    const QString named = match.captured(1);
    const QDate date = named == QLatin1String("today")       ? today
                       : named == QLatin1String("yesterday") ? today.addDays(-1)
                                                             : QDate::fromString(named, Qt::ISODate);
    const bool timed = !match.captured(2).isEmpty();
    const QTime time = timed ? QTime::fromString(match.captured(2), QStringLiteral("H:mm")) : QTime(23, 59, 59, 999);
    if (!date.isValid() || !time.isValid())
        return std::nullopt;
    const Instant moment = fromEpochMillis(QDateTime(date, time, zone).toMSecsSinceEpoch());
    if (moment <= now)
        return moment;
    return !timed && date == today ? std::optional(now) : std::nullopt;
}

} // namespace outrider::text
