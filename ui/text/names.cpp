// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/names.h"

#include "core/domain/field.h"
#include "ui/text/tr.h"

#include <QHash>
#include <QLocale>

namespace outrider::text {

QString isolated(const QString& value) { return QChar(0x2068) + value + QChar(0x2069); }

QString fieldName(std::string_view key) {
    static const QHash<QString, QString> names{
        {QStringLiteral("salutation"), Tr::tr("Salutation")},
        {QStringLiteral("first_name"), Tr::tr("First name")},
        {QStringLiteral("middle_name"), Tr::tr("Middle name")},
        {QStringLiteral("last_name"), Tr::tr("Last name")},
        {QStringLiteral("full_name"), Tr::tr("Full name")},
        {QStringLiteral("name"), Tr::tr("Name")},
        {QStringLiteral("job_title"), Tr::tr("Title")},
        {QStringLiteral("department"), Tr::tr("Department")},
        {QStringLiteral("language"), Tr::tr("Language")},
        {QStringLiteral("email"), Tr::tr("E-mail")},
        {QStringLiteral("email_2"), Tr::tr("E-mail, second")},
        {QStringLiteral("email_3"), Tr::tr("E-mail, third")},
        {QStringLiteral("phone"), Tr::tr("Phone")},
        {QStringLiteral("phone_work"), Tr::tr("Phone, work")},
        {QStringLiteral("phone_mobile"), Tr::tr("Phone, mobile")},
        {QStringLiteral("phone_home"), Tr::tr("Phone, home")},
        {QStringLiteral("phone_other"), Tr::tr("Phone, other")},
        {QStringLiteral("phone_by_label"), Tr::tr("Phone, by its label")},
        {QStringLiteral("linkedin_url"), Tr::tr("LinkedIn")},
        {QStringLiteral("sales_nav_url"), Tr::tr("Sales Navigator")},
        {QStringLiteral("street"), Tr::tr("Street")},
        {QStringLiteral("city"), Tr::tr("City")},
        {QStringLiteral("region"), Tr::tr("Region")},
        {QStringLiteral("postal_code"), Tr::tr("Postal code")},
        {QStringLiteral("country"), Tr::tr("Country")},
        {QStringLiteral("location"), Tr::tr("Place")},
        {QStringLiteral("time_zone"), Tr::tr("Time zone")},
        {QStringLiteral("company"), Tr::tr("Company")},
        {QStringLiteral("company_short"), Tr::tr("Company, short")},
        {QStringLiteral("company_domain"), Tr::tr("Company domain")},
        {QStringLiteral("company_website"), Tr::tr("Company website")},
        {QStringLiteral("company_industry"), Tr::tr("Industry")},
        {QStringLiteral("company_employees"), Tr::tr("Employees")},
        {QStringLiteral("company_revenue"), Tr::tr("Revenue")},
        {QStringLiteral("company_phone"), Tr::tr("Company phone")},
        {QStringLiteral("company_linkedin_url"), Tr::tr("Company on LinkedIn")},
        {QStringLiteral("company_city"), Tr::tr("Company city")},
        {QStringLiteral("company_region"), Tr::tr("Company region")},
        {QStringLiteral("company_country"), Tr::tr("Company country")},
        {QStringLiteral("company_external_id"), Tr::tr("Company id")},
        {QStringLiteral("company_external_ids"), Tr::tr("Company ids")},
        {QStringLiteral("status"), Tr::tr("Status")},
        {QStringLiteral("reach"), Tr::tr("Contact allowed")},
        {QStringLiteral("no_contact"), Tr::tr("Not to be reached by")},
        {QStringLiteral("consent_source"), Tr::tr("Consent from")},
        {QStringLiteral("consent_on"), Tr::tr("Consent of")},
        {QStringLiteral("score"), Tr::tr("Score")},
        {QStringLiteral("owner"), Tr::tr("Owner")},
        {QStringLiteral("tags"), Tr::tr("Tags")},
        {QStringLiteral("tag"), Tr::tr("Tag")},
        {QStringLiteral("strategy"), Tr::tr("Strategy")},
        {QStringLiteral("notes"), Tr::tr("Note")},
        {QStringLiteral("created"), Tr::tr("Created")},
        {QStringLiteral("due"), Tr::tr("Next step")},
        {QStringLiteral("last_touch"), Tr::tr("Last touch")},
        {QStringLiteral("archived"), Tr::tr("Archived")},
        {QStringLiteral("trashed"), Tr::tr("In the trash")},
        {QStringLiteral("source"), Tr::tr("Source")},
        {QStringLiteral("external_id"), Tr::tr("External id")},
        {QStringLiteral("source_status"), Tr::tr("Status there")},
        {QStringLiteral("source_stage"), Tr::tr("Stage there")},
        {QStringLiteral("source_created_at"), Tr::tr("Created there")},
        {QStringLiteral("source_consent_status"), Tr::tr("Marketing status there")},
        {QStringLiteral("linkedin_connected_on"), Tr::tr("Connected on LinkedIn")},
        {QStringLiteral("email_verification"), Tr::tr("E-mail check")},
        {QStringLiteral("suppress_email"), Tr::tr("Suppression: e-mail")},
        {QStringLiteral("suppress_phone"), Tr::tr("Suppression: phone")},
        {QStringLiteral("history_bounced"), Tr::tr("Has bounced")},
        {QStringLiteral("history_replied"), Tr::tr("Has replied")},
        {QStringLiteral("my.name"), Tr::tr("My name")},
        {QStringLiteral("my.first_name"), Tr::tr("My first name")},
        {QStringLiteral("my.email"), Tr::tr("My e-mail")},
    };
    if (const auto custom = customFieldKey(key)) {
        QString name = toQt(*custom).replace(QLatin1Char('_'), QLatin1Char(' '));
        if (!name.isEmpty())
            name[0] = name[0].toUpper();
        return name;
    }
    return names.value(toQt(key), toQt(key));
}

QString channelName(Channel channel) {
    switch (channel) {
    case Channel::Email:
        return Tr::tr("E-mail");
    case Channel::Call:
        return Tr::tr("Call");
    case Channel::LinkedIn:
        return Tr::tr("LinkedIn");
    case Channel::Sms:
        return Tr::tr("SMS");
    case Channel::Task:
        return Tr::tr("To-do");
    }
    return {};
}

QString counted(qint64 n, const QString& one, const QString& many) {
    return QLocale().toString(n) + QLatin1Char(' ') + (n == 1 ? one : many);
}

QString channelPlural(Channel channel, int n) {
    switch (channel) {
    case Channel::Email:
        return counted(n, Tr::tr("e-mail"), Tr::tr("e-mails"));
    case Channel::Call:
        return counted(n, Tr::tr("call"), Tr::tr("calls"));
    case Channel::LinkedIn:
        return counted(n, Tr::tr("LinkedIn touch"), Tr::tr("LinkedIn touches"));
    case Channel::Sms:
        return counted(n, Tr::tr("message"), Tr::tr("messages"));
    case Channel::Task:
        return counted(n, Tr::tr("to-do"), Tr::tr("to-dos"));
    }
    return {};
}

QString statusName(const Status& status) {
    if (status.id == statuses::newLead)
        return Tr::tr("New");
    if (status.id == statuses::inProgress)
        return Tr::tr("In progress");
    if (status.id == statuses::replied)
        return Tr::tr("Replied");
    if (status.id == statuses::qualified)
        return Tr::tr("Qualified");
    if (status.id == statuses::disqualified)
        return Tr::tr("Disqualified");
    return toQt(status.name);
}

QString reachName(Reach reach) {
    switch (reach) {
    case Reach::Ok:
        return Tr::tr("Contact allowed");
    case Reach::Bounced:
        return Tr::tr("Bounced");
    case Reach::OptedOut:
        return Tr::tr("Opted out");
    case Reach::DoNotContact:
        return Tr::tr("Do not contact");
    }
    return {};
}

QString dispositionName(Disposition disposition) {
    switch (disposition) {
    case Disposition::None:
        return Tr::tr("Done");
    case Disposition::NoAnswer:
        return Tr::tr("No answer");
    case Disposition::Voicemail:
        return Tr::tr("Voicemail");
    case Disposition::Talked:
        return Tr::tr("Talked");
    case Disposition::Meeting:
        return Tr::tr("Meeting");
    case Disposition::NotNow:
        return Tr::tr("Not now");
    case Disposition::Never:
        return Tr::tr("Never");
    }
    return {};
}

QString stopReasonText(StopReason reason) {
    switch (reason) {
    case StopReason::None:
        return {};
    case StopReason::TerminalStatus:
        return Tr::tr("status is final");
    case StopReason::Reply:
        return Tr::tr("replied");
    case StopReason::Bounce:
        return Tr::tr("bounced");
    case StopReason::OptOut:
        return Tr::tr("opted out");
    case StopReason::DoNotContact:
        return Tr::tr("asked us to");
    case StopReason::Removed:
        return Tr::tr("taken out");
    case StopReason::Trashed:
        return Tr::tr("in the trash");
    case StopReason::Colleague:
        return Tr::tr("a colleague answered");
    case StopReason::CallOutcome:
        return Tr::tr("you spoke");
    case StopReason::Status:
        return Tr::tr("status ends it");
    case StopReason::Meeting:
        return Tr::tr("meeting");
    }
    return {};
}

QString activityTitle(const Activity& activity) {
    const QString subject = toQt(activity.subject);
    switch (activity.kind) {
    case ActivityKind::Note:
        return Tr::tr("Note");
    case ActivityKind::EmailSent:
        return Tr::tr("E-mail sent");
    case ActivityKind::EmailSentElsewhere:
        return Tr::tr("E-mail sent elsewhere");
    case ActivityKind::EmailReceived:
        return Tr::tr("Replied");
    case ActivityKind::AutoReply:
        return Tr::tr("Out of office");
    case ActivityKind::Bounce:
        return Tr::tr("Bounced");
    case ActivityKind::Call: {
        QString title = activity.disposition == Disposition::None ? Tr::tr("Called") : dispositionName(activity.disposition);
        if (activity.durationSeconds && *activity.durationSeconds > 0)
            title += QStringLiteral(", ") + duration(*activity.durationSeconds);
        return title;
    }
    case ActivityKind::LinkedInTouch:
        return Tr::tr("LinkedIn touch");
    case ActivityKind::Sms:
        return Tr::tr("SMS sent");
    case ActivityKind::TaskDone:
        return subject.isEmpty() ? Tr::tr("To-do done") : Tr::tr("Done: %1").arg(isolated(subject));
    case ActivityKind::StepSkipped:
        return Tr::tr("Step skipped");
    case ActivityKind::StatusChanged:
        return Tr::tr("Status changed");
    case ActivityKind::Enrolled:
        return Tr::tr("Enrolled in %1").arg(isolated(subject));
    case ActivityKind::StrategyStopped:
        return Tr::tr("%1 stopped").arg(isolated(subject));
    case ActivityKind::StrategyFinished:
        return Tr::tr("%1 finished").arg(isolated(subject));
    case ActivityKind::Imported:
        return Tr::tr("Imported");
    case ActivityKind::Created:
        return Tr::tr("Added");
    case ActivityKind::OptOut:
        return Tr::tr("Not to be contacted");
    case ActivityKind::SendFailed:
        return Tr::tr("E-mail refused");
    case ActivityKind::SendUnknown:
        return Tr::tr("E-mail: fate unknown");
    case ActivityKind::Meeting:
        return Tr::tr("Meeting agreed");
    case ActivityKind::Snoozed:
        return Tr::tr("Snoozed");
    case ActivityKind::Merged:
        return Tr::tr("Merged");
    }
    return {};
}

QString waitReasonText(WaitReason reason) {
    switch (reason) {
    case WaitReason::None:
        return Tr::tr("Waits for its turn");
    case WaitReason::UndoWindow:
        return Tr::tr("Held so you can undo");
    case WaitReason::HeldByUser:
        return Tr::tr("Held by you");
    case WaitReason::OutsideHours:
        return Tr::tr("Outside their hours");
    case WaitReason::DailyLimit:
        return Tr::tr("The mailbox's daily limit is reached");
    case WaitReason::Spacing:
        return Tr::tr("Spacing between two messages");
    case WaitReason::MailboxPaused:
        return Tr::tr("The mailbox is paused");
    case WaitReason::MailboxSignedOut:
        return Tr::tr("The mailbox is signed out");
    case WaitReason::Offline:
        return Tr::tr("No network");
    case WaitReason::RetryLater:
        return Tr::tr("The server said later");
    case WaitReason::SendFence:
        return Tr::tr("This is a copy: nothing leaves until you say so");
    case WaitReason::MissingField:
        return Tr::tr("Something is missing in the message");
    case WaitReason::HourlyLimit:
        return Tr::tr("The mailbox's limit for an hour is reached");
    case WaitReason::MinuteLimit:
        return Tr::tr("The mailbox's limit for a minute is reached");
    case WaitReason::WeeklyLimit:
        return Tr::tr("The mailbox's limit for a week is reached");
    case WaitReason::DomainLimit:
        return Tr::tr("Enough went to that company this hour");
    case WaitReason::ProviderLimit:
        return Tr::tr("The mailbox's provider takes no more for now");
    case WaitReason::RampLimit:
        return Tr::tr("The mailbox is new and sends more every day");
    case WaitReason::DayOff:
        return Tr::tr("A holiday there, or a day off");
    case WaitReason::LeadGap:
        return Tr::tr("Contacted a short while ago");
    case WaitReason::CompanyGap:
        return Tr::tr("A colleague was contacted a short while ago");
    }
    return {};
}

QString fenceText(FenceReason reason) {
    switch (reason) {
    case FenceReason::None:
        break;
    case FenceReason::Restored:
        return Tr::tr(
            "This workspace was restored: something may have left since the backup was made, so nothing leaves until you "
            "release it.");
    case FenceReason::Copy:
        return Tr::tr(
            "This file is a copy, or an older state of it: something may have left elsewhere since, so nothing leaves until "
            "you release it.");
    case FenceReason::ClockBack:
        return Tr::tr("The computer's clock is behind what has already left, so nothing leaves until you release it.");
    }
    return {};
}

QString outboxStateName(OutboxState state) {
    switch (state) {
    case OutboxState::Queued:
        return Tr::tr("Queued");
    case OutboxState::Held:
        return Tr::tr("Held");
    case OutboxState::Claimed:
    case OutboxState::Sending:
        return Tr::tr("Sending");
    case OutboxState::Sent:
        return Tr::tr("Sent");
    case OutboxState::Refused:
        return Tr::tr("Refused");
    case OutboxState::Unknown:
        return Tr::tr("Unknown");
    case OutboxState::Dropped:
        return Tr::tr("Taken back");
    }
    return {};
}

QString suppressionReasonText(SuppressionReason reason) {
    switch (reason) {
    case SuppressionReason::Manual:
        return Tr::tr("Added by hand");
    case SuppressionReason::HardBounce:
        return Tr::tr("Bounced");
    case SuppressionReason::OptOut:
        return Tr::tr("Opted out");
    case SuppressionReason::Imported:
        return Tr::tr("From an import");
    case SuppressionReason::DoNotContact:
        return Tr::tr("Do not contact");
    case SuppressionReason::Complaint:
        return Tr::tr("Complained");
    }
    return {};
}

QString planReasonText(std::string_view reason) {
    static const QHash<QString, QString> texts{
        {QStringLiteral("starts_at_once"), Tr::tr("The first step")},
        {QStringLiteral("days_after_step"), Tr::tr("Its days after the last step")},
        {QStringLiteral("days_after_start"), Tr::tr("Its days after the start")},
        {QStringLiteral("waits_for_return"), Tr::tr("Back from an absence")},
        {QStringLiteral("outside_hours"), Tr::tr("Their hours have begun")},
        {QStringLiteral("weekday_excluded"), Tr::tr("Moved over the weekend")},
        {QStringLiteral("day_off"), Tr::tr("Moved over a day off")},
        {QStringLiteral("holiday"), Tr::tr("Moved over a holiday there")},
        {QStringLiteral("lead_gap"), Tr::tr("Contacted a short while ago")},
        {QStringLiteral("company_gap"), Tr::tr("A colleague was contacted a short while ago")},
        {QStringLiteral("drip"), Tr::tr("Begins when it is their turn")},
        {QStringLiteral("canary"), Tr::tr("Waits until you have looked at the first ones")},
        {QStringLiteral("colleague_replied"), Tr::tr("A colleague answered")},
        {QStringLiteral("paused_by_person"), Tr::tr("Paused by you until then")},
        {QStringLiteral("window_never_opens"), Tr::tr("Its hours never open")},
        {QStringLiteral("strategy_paused"), Tr::tr("The strategy is paused")},
        {QStringLiteral("enrolment_paused"), Tr::tr("Paused for this lead")},
        {QStringLiteral("all_steps_done"), Tr::tr("All steps are done")},
        {QStringLiteral("stopped"), Tr::tr("Stopped")},
    };
    return texts.value(toQt(reason), toQt(reason));
}

QString planReasonWithDetail(const QString& reason, const Dates& dates) {
    const QString plain = reason.section(QLatin1Char(':'), 0, 0);
    const QString detail = reason.section(QLatin1Char(':'), 1);
    if (plain == QLatin1String("holiday") && !detail.isEmpty())
        return Tr::tr("Moved over a holiday there: %1").arg(isolated(detail));
    if ((plain == QLatin1String("lead_gap") || plain == QLatin1String("company_gap")) && !detail.isEmpty()) {
        const QString ago = dates.ago(fromEpochMillis(detail.section(QLatin1Char('/'), 0, 0).toLongLong()));
        const QString until = dates.moment(fromEpochMillis(detail.section(QLatin1Char('/'), 1).toLongLong()));
        return plain == QLatin1String("lead_gap") ? Tr::tr("Contacted %1 ago, earliest %2").arg(ago, until)
                                                  : Tr::tr("A colleague was contacted %1 ago, earliest %2").arg(ago, until);
    }
    return planReasonText(plain.toStdString());
}

QString checkStepTitle(std::string_view step) {
    static const QHash<QString, QString> titles{
        {QStringLiteral("smtp_connect"), Tr::tr("Find the server to send")},
        {QStringLiteral("smtp_tls"), Tr::tr("Encryption to send")},
        {QStringLiteral("smtp_sign_in"), Tr::tr("Sign in to send")},
        {QStringLiteral("imap_connect"), Tr::tr("Find the server to read")},
        {QStringLiteral("imap_tls"), Tr::tr("Encryption to read")},
        {QStringLiteral("imap_sign_in"), Tr::tr("Sign in to read")},
        {QStringLiteral("inbox"), Tr::tr("Read the inbox")},
        {QStringLiteral("sent"), Tr::tr("Folder for copies")},
        {QStringLiteral("idle"), Tr::tr("New mail at once")},
        {QStringLiteral("api_sign_in"), Tr::tr("Sign in with the provider")},
    };
    return titles.value(toQt(step), toQt(step));
}

} // namespace outrider::text
