// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/lead_words.h"

#include "ui/paint/domain_looks.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace outrider::lead_view {

using text::isolated;
using text::toQt;

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(LeadView)
};

// "E-mail" at the start of a sentence, "e-mail" in one; LinkedIn and SMS are names.
QString channelInSentence(Channel channel) {
    switch (channel) {
    case Channel::Email:
        return Tr::tr("e-mail");
    case Channel::Call:
        return Tr::tr("call");
    case Channel::Task:
        return Tr::tr("to-do");
    case Channel::LinkedIn:
    case Channel::Sms:
        break;
    }
    return text::channelName(channel);
}

const EnrolmentDetail* enrolmentOf(const LeadDetail& detail, EnrolmentId id) {
    const auto found = std::find_if(detail.enrolments.begin(), detail.enrolments.end(),
                                    [id](const EnrolmentDetail& e) { return id && e.enrolment.id == id; });
    return found == detail.enrolments.end() ? nullptr : &*found;
}

int positionOf(const EnrolmentDetail& enrolment, StepId step) {
    const auto& steps = enrolment.version.steps;
    const auto found = std::find_if(steps.begin(), steps.end(), [step](const Step& s) { return s.id == step; });
    return found == steps.end() ? -1 : int(found - steps.begin());
}

// "on Mon 23 Nov", but "tomorrow".
QString onDay(Instant at, const text::Dates& dates) {
    const QString day = dates.day(at);
    const bool isDate = std::any_of(day.begin(), day.end(), [](QChar c) { return c.isDigit(); });
    return isDate ? Tr::tr("on %1").arg(day) : day;
}

QString joined(const QStringList& parts, const QString& between) {
    QStringList filled;
    std::copy_if(parts.begin(), parts.end(), std::back_inserter(filled), [](const QString& part) { return !part.isEmpty(); });
    return filled.join(between);
}

QString sentenceOf(const QString& text) {
    if (text.isEmpty())
        return text;
    const QChar last = text.back();
    return last == QLatin1Char('.') || last == QLatin1Char('!') || last == QLatin1Char('?') ? text : text + QLatin1Char('.');
}

NextStep stepOfTask(const LeadDetail& detail, const Task& task, const text::Dates& dates) {
    NextStep next{.kind = NextStep::Kind::Task, .icon = paint::channelIcon(task.channel), .channel = task.channel};
    next.task = task.id;
    next.enrolment = task.enrolment;
    const EnrolmentDetail* enrolment = enrolmentOf(detail, task.enrolment);
    const int position = enrolment != nullptr ? positionOf(*enrolment, task.step) : -1;
    if (position >= 0)
        next.title = Tr::tr("%1, step %2 of %3")
                         .arg(text::channelName(task.channel))
                         .arg(position + 1)
                         .arg(enrolment->version.steps.size());
    else
        next.title = task.title.empty() ? text::channelName(task.channel) : toQt(task.title);
    next.when = dates.late(task.dueAt);
    next.late = !next.when.isEmpty();
    if (!next.late)
        next.when = dates.moment(task.dueAt);
    next.why = joined({enrolment != nullptr ? sentenceOf(isolated(toQt(enrolment->strategyName))) : QString(),
                       sentenceOf(toQt(task.note)), afterwards(detail, task.enrolment, task.channel, dates)},
                      QStringLiteral(" "));
    return next;
}

std::optional<NextStep> waiting(const LeadDetail& detail, const text::Dates& dates) {
    for (const EnrolmentDetail& enrolment : detail.enrolments) {
        if (!enrolment.enrolment.isRunning())
            continue;
        NextStep next{.kind = NextStep::Kind::Waits, .icon = theme::Icon::Clock};
        next.enrolment = enrolment.enrolment.id;
        const auto step = std::size_t(std::max(0, enrolment.enrolment.nextStep));
        next.title = step < enrolment.version.steps.size() ? Tr::tr("%1, step %2 of %3")
                                                                 .arg(text::channelName(enrolment.version.steps[step].channel))
                                                                 .arg(step + 1)
                                                                 .arg(enrolment.version.steps.size())
                                                           : toQt(enrolment.strategyName);
        if (enrolment.enrolment.pausedUntil)
            next.why = Tr::tr("%1 is paused until %2.")
                           .arg(isolated(toQt(enrolment.strategyName)), dates.day(*enrolment.enrolment.pausedUntil));
        else
            next.why = Tr::tr("%1 waits.").arg(isolated(toQt(enrolment.strategyName)));
        if (step < enrolment.steps.size() && enrolment.steps[step].at)
            next.when = dates.moment(*enrolment.steps[step].at);
        return next;
    }
    return std::nullopt;
}

Permission permission(const LeadDetail& detail, const std::optional<Suppression>& suppression, bool hasAddress, bool mail,
                      const text::Dates& dates) {
    const QString blocked = mail ? Tr::tr("No e-mail: %1") : Tr::tr("No calls: %1");
    const Reach reach = detail.lead.reach;
    if (reach == Reach::DoNotContact || (mail && reach != Reach::Ok)) {
        QString reason = text::reachName(reach).toLower();
        if (suppression)
            reason += QStringLiteral(", ") + dates.shortDay(suppression->createdAt);
        return {false, blocked.arg(reason)};
    }
    if (suppression) {
        QString reason = text::suppressionReasonText(suppression->reason).toLower() + QStringLiteral(", ")
                         + dates.shortDay(suppression->createdAt);
        if (suppression->kind == SuppressionKind::Domain)
            reason = Tr::tr("all of %1, %2").arg(isolated(toQt(suppression->key)), reason);
        return {false, blocked.arg(reason)};
    }
    if (!hasAddress)
        return {false, mail ? Tr::tr("No e-mail address") : Tr::tr("No phone number")};
    return {true, mail ? Tr::tr("E-mail allowed") : Tr::tr("Call allowed")};
}

} // namespace

QString afterwards(const LeadDetail& detail, EnrolmentId id, Channel channel, const text::Dates& dates) {
    const EnrolmentDetail* enrolment = enrolmentOf(detail, id);
    if (enrolment == nullptr)
        return {};
    const auto following = std::size_t(enrolment->enrolment.nextStep) + 1;
    if (following >= enrolment->version.steps.size())
        return Tr::tr("This is the last step.");
    const QString step =
        Tr::tr("step %1 (%2)").arg(following + 1).arg(channelInSentence(enrolment->version.steps[following].channel));
    const auto& at = following < enrolment->steps.size() ? enrolment->steps[following].at : std::nullopt;
    const QString follows = at ? Tr::tr("%1 follows %2.").arg(step, onDay(*at, dates)) : Tr::tr("%1 follows.").arg(step);
    if (channel == Channel::Call)
        return Tr::tr("If nobody answers, %1").arg(follows);
    if (channel == Channel::Email)
        return Tr::tr("Without a reply, %1").arg(follows);
    return Tr::tr("Then %1").arg(follows);
}

NextStep nextStepOf(const LeadDetail& detail, const TimelineEntry* unanswered, const Task* chosen, const text::Dates& dates) {
    if (chosen != nullptr)
        return stepOfTask(detail, *chosen, dates);
    if (unanswered != nullptr) {
        NextStep next{.kind = NextStep::Kind::Reply, .icon = theme::Icon::Reply, .channel = Channel::Email};
        next.title = Tr::tr("Answer the reply");
        next.when = dates.brief(unanswered->activity.at);
        next.message = unanswered->message->id;
        next.why = toQt(unanswered->message->text).simplified();
        return next;
    }
    if (!detail.openTasks.empty())
        return stepOfTask(detail, detail.openTasks.front(), dates);
    if (detail.outboxAt) {
        NextStep next{.kind = NextStep::Kind::Leaving, .icon = theme::Icon::Send, .channel = Channel::Email};
        next.title = Tr::tr("An e-mail is on its way");
        next.when = dates.moment(*detail.outboxAt);
        next.why = Tr::tr("The next step is planned when it has left.");
        return next;
    }
    if (const auto next = waiting(detail, dates))
        return *next;
    NextStep none{.icon = theme::Icon::CircleInfo};
    none.title = Tr::tr("No next step");
    none.why = Tr::tr("Nothing brings this lead back by itself.");
    return none;
}

QString outcomeSentence(const QString& who, const TaskOutcome& outcome, const text::Dates& dates) {
    const QString done = Tr::tr("Done with %1.").arg(isolated(who));
    QString next;
    switch (outcome.next) {
    case TaskOutcome::Next::Step: {
        const QString step = Tr::tr("Step %1 (%2)").arg(outcome.nextStep + 1).arg(channelInSentence(outcome.nextChannel));
        next =
            outcome.nextAt ? Tr::tr("%1 follows %2.").arg(step, onDay(*outcome.nextAt, dates)) : Tr::tr("%1 follows.").arg(step);
        break;
    }
    case TaskOutcome::Next::Finished:
        next = Tr::tr("The strategy is finished.");
        break;
    case TaskOutcome::Next::Stopped:
        next = outcome.nextAt ? Tr::tr("The strategy has stopped; a reminder comes %1.").arg(onDay(*outcome.nextAt, dates))
                              : Tr::tr("The strategy has stopped.");
        break;
    case TaskOutcome::Next::AfterSend:
    case TaskOutcome::Next::Nothing:
        break;
    }
    return next.isEmpty() ? done : done + QLatin1Char(' ') + next;
}

QString titleAndCompany(const Lead& lead) { return joined({toQt(lead.jobTitle), toQt(lead.companyName)}, QStringLiteral(", ")); }

LocalTime localTime(const LeadDetail& detail, Instant now) {
    const auto minutes = std::chrono::floor<std::chrono::minutes>(now.time_since_epoch()).count() + detail.zoneOffsetMinutes;
    constexpr std::int64_t day = 24 * 60;
    const QString time = text::clockTime(int(((minutes % day) + day) % day));
    QString place = toQt(detail.lead.city);
    if (place.isEmpty() && detail.zoneOrigin != "person")
        place = toQt(detail.zone).section(QLatin1Char('/'), -1).replace(QLatin1Char('_'), QLatin1Char(' '));
    return {place, time};
}

QList<paint::Chip> leadChips(const LeadDetail& detail, const Status& status) {
    QList<paint::Chip> chips;
    const paint::Chip standing = paint::standingChip(status, detail.lead.reach);
    if (!standing.text.isEmpty())
        chips.append(standing);
    chips.append({Tr::tr("Score %1").arg(detail.lead.score)});
    if (detail.lead.trashedAt)
        chips.append({Tr::tr("In the trash"), paint::Tone::Bad});
    else if (detail.lead.archivedAt)
        chips.append({Tr::tr("Archived"), paint::Tone::Warn});
    return chips;
}

QString companyFacts(const Company& company) {
    const QString people = company.employees ? text::counted(*company.employees, Tr::tr("person"), Tr::tr("people")) : QString();
    return joined({toQt(company.industry), people, toQt(company.revenue), toQt(company.city), toQt(company.domain)},
                  QStringLiteral(", "));
}

QString companyFilter(const LeadDetail& detail) {
    const bool byDomain = detail.company && !detail.company->domain.empty();
    QString value = toQt(byDomain ? detail.company->domain : detail.lead.companyName);
    value.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('"'), QLatin1String("\\\""));
    return (byDomain ? QStringLiteral("company_domain=\"%1\"") : QStringLiteral("company=\"%1\"")).arg(value);
}

Permission mailPermission(const LeadDetail& detail, const text::Dates& dates) {
    return permission(detail, detail.emailSuppression, !detail.lead.emailKey.empty(), true, dates);
}

Permission callPermission(const LeadDetail& detail, const text::Dates& dates) {
    return permission(detail, detail.phoneSuppression, !detail.lead.phone.empty(), false, dates);
}

} // namespace outrider::lead_view
