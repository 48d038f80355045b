// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/insight_text.h"

#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QDate>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace outrider::text {

namespace {

QDate toDate(std::chrono::sys_days day) {
    const std::chrono::year_month_day date(day);
    return {int(date.year()), int(unsigned(date.month())), int(unsigned(date.day()))};
}

QString oneDecimal(double percent) { return QLocale().toString(percent, 'f', 1); }

QString signedNumber(std::int64_t n) {
    return (n > 0 ? QStringLiteral("+") : n < 0 ? QStringLiteral("−") : QString()) + number(std::abs(n));
}

// What a mailbox's state says, an error's machine name, as a sentence.
QString attention(const std::string& reason) {
    for (int i = 0; i < errorCodeCount(); ++i) {
        const Error error(static_cast<ErrorCode>(i));
        if (name(error.code) == reason)
            return sentence(error);
    }
    return Tr::tr("It cannot send.");
}

// Few are compared by their number, many by their share.
void compare(Indicator& one, std::int64_t now, std::int64_t before, bool byShare) {
    constexpr double worthTelling = 0.05;
    if (before == 0 && now == 0)
        return;
    if (!byShare || before < leastToTell) { // shares of few say nothing
        one.change = now == before ? QStringLiteral("±0") : signedNumber(now - before);
        one.tone = now > before ? Indicator::Tone::Good : now < before ? Indicator::Tone::Bad : Indicator::Tone::Neutral;
        return;
    }
    const double share = double(now - before) / double(before);
    const auto percent = std::int64_t(std::llround(share * 100));
    one.change = percent == 0 ? QStringLiteral("±0 %") : signedNumber(percent) + QStringLiteral(" %");
    if (std::abs(share) >= worthTelling)
        one.tone = share > 0 ? Indicator::Tone::Good : Indicator::Tone::Bad;
}

} // namespace

QString number(std::int64_t n) { return QLocale().toString(qlonglong(n)); }

QString dayText(std::chrono::sys_days day) { return QLocale().toString(toDate(day), QStringLiteral("d MMM")); }

QString periodText(const Dashboard& d) {
    const QLocale locale;
    const QDate from = toDate(d.from);
    const QDate to = toDate(d.to);
    const QString days = counted(d.workdaysDone, Tr::tr("working day"), Tr::tr("working days"));
    if (from == to)
        return Tr::tr("%1, %2").arg(locale.toString(from, QStringLiteral("d MMMM")), days);
    const QString first =
        locale.toString(from, from.year() == to.year() ? QStringLiteral("d MMMM") : QStringLiteral("d MMMM yyyy"));
    return Tr::tr("%1 to %2, %3").arg(first, locale.toString(to, QStringLiteral("d MMMM")), days);
}

std::vector<Indicator> indicators(const Dashboard& d) {
    struct Measure {
        const char* key;
        QString name;
        std::int64_t ActivityTotals::*value;
        std::optional<int> Goals::*goal;
        bool byShare;
    };
    const Measure measures[]{
        {"replies", Tr::tr("Replies"), &ActivityTotals::replies, &Goals::replies, false},
        {"meetings", Tr::tr("Meetings"), &ActivityTotals::meetings, &Goals::meetings, false},
        {"sent", Tr::tr("E-mails sent"), &ActivityTotals::sent, &Goals::sent, true},
        {"calls", Tr::tr("Calls"), &ActivityTotals::calls, &Goals::calls, true},
        {"worked", Tr::tr("New leads worked"), &ActivityTotals::worked, &Goals::worked, true},
    };
    std::vector<Indicator> out;
    for (const Measure& measure : measures) {
        const std::int64_t now = d.totals.*measure.value;
        Indicator one{.key = QString::fromLatin1(measure.key),
                      .name = measure.name,
                      .value = number(now),
                      .goal = {},
                      .change = {},
                      .sentence = {}};
        compare(one, now, d.before.*measure.value, measure.byShare);
        one.sentence = Tr::tr("%1: %2").arg(one.name, one.value);
        if (const std::optional<int>& weekly = d.goals.*measure.goal) {
            const std::int64_t goal = std::int64_t(*weekly) * d.weeks();
            one.goal = Tr::tr("of %1").arg(number(goal));
            one.reached = std::clamp(double(now) / double(std::max<std::int64_t>(goal, 1)), 0.0, 1.0);
            one.pace = d.workdays > 0 ? double(d.workdaysDone) / double(d.workdays) : 0;
            one.sentence +=
                QLatin1Char(' ') + one.goal + Tr::tr(", pace for today %1").arg(number(std::llround(double(goal) * one.pace)));
        }
        if (!one.change.isEmpty())
            one.sentence += Tr::tr(", %1 against the period before").arg(one.change);
        out.push_back(std::move(one));
    }
    return out;
}

QString percentText(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? QStringLiteral("–") : oneDecimal(100.0 * double(part) / double(whole)) + QStringLiteral(" %");
}

QString weekdayText(int weekHour) { return QLocale().dayName(weekHour / 24 + 1, QLocale::ShortFormat); }

QString hourText(int weekHour) {
    return weekdayText(weekHour) + QLatin1Char(' ') + QString::number(weekHour % 24) + QStringLiteral(":00");
}

QString hourSentence(int weekHour, const HourNumbers& numbers) {
    if (numbers.sent == 0)
        return Tr::tr("%1: nothing sent").arg(hourText(weekHour));
    return Tr::tr("%1: %2 % of %3 answered")
        .arg(hourText(weekHour), QString::number(std::llround(100.0 * double(numbers.answered) / double(numbers.sent))),
             number(numbers.sent));
}

QString bestHourText(const Dashboard& d) {
    const auto best = d.bestHour();
    if (!best)
        return Tr::tr("No hour has %1 e-mails yet: too early for advice.").arg(leastForAdvice);
    const HourNumbers& numbers = d.hours[std::size_t(*best)];
    return Tr::tr("Best: %1, %2 % of %3. Hours under %4 e-mails are left out of advice.")
        .arg(hourText(*best), QString::number(std::llround(100.0 * double(numbers.answered) / double(numbers.sent))),
             number(numbers.sent), QString::number(leastForAdvice));
}

QString intervalText(const Interval& interval) {
    return Tr::tr("%1–%2").arg(oneDecimal(100 * interval.low), oneDecimal(100 * interval.high));
}

QString tooEarly() { return Tr::tr("Too early to say"); }

QString rateText(bool canTell, std::int64_t part, std::int64_t whole, const Interval& interval) {
    return canTell ? Tr::tr("%1, %2").arg(percentText(part, whole), intervalText(interval)) : tooEarly();
}

Health healthOf(const MailboxNumbers& mailbox) {
    if (mailbox.state == MailboxState::NeedsAttention || mailbox.bouncesMuch())
        return Health::Bad;
    return mailbox.state == MailboxState::Paused ? Health::Warn : Health::Good;
}

QString healthName(const MailboxNumbers& mailbox) {
    switch (mailbox.state) {
    case MailboxState::NeedsAttention:
        return mailbox.stateReason == name(ErrorCode::AuthFailed) ? Tr::tr("Signed out") : Tr::tr("Stopped");
    case MailboxState::Paused:
        return Tr::tr("Paused");
    case MailboxState::Active:
        break;
    }
    return mailbox.bouncesMuch() ? Tr::tr("Bounces") : Tr::tr("Good");
}

QString healthText(const MailboxNumbers& mailbox) {
    QStringList parts;
    if (mailbox.state == MailboxState::NeedsAttention) {
        parts << attention(mailbox.stateReason);
    }
    if (mailbox.bouncesMuch())
        parts << Tr::tr("%1 of %2 bounced, 3 % is where servers begin to refuse.")
                     .arg(percentText(mailbox.bounces, mailbox.sent), number(mailbox.sent));
    if (mailbox.waiting > 0 && mailbox.state != MailboxState::Active)
        parts << Tr::tr("%1 wait.")
                     .arg(mailbox.waiting >= MailboxNumbers::manyWaiting
                              ? Tr::tr("Over %1 messages").arg(number(MailboxNumbers::manyWaiting))
                              : counted(mailbox.waiting, Tr::tr("message"), Tr::tr("messages")));
    if (mailbox.state == MailboxState::Active && mailbox.dailyLimit > 0 && mailbox.usedToday >= mailbox.dailyLimit)
        parts << Tr::tr("The day's limit is used up; the rest leaves as it frees.");
    if (parts.isEmpty())
        parts << (mailbox.canTell() ? Tr::tr("Nothing stands out.") : tooEarly() + QLatin1Char('.'));
    return parts.join(QLatin1Char(' '));
}

} // namespace outrider::text
