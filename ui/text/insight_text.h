// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/insight.h"

#include <QString>

#include <optional>
#include <vector>

namespace outrider::text {

// The words of the dashboards, on screen and on the command line.

// One of the five numbers a period is told by.
struct Indicator {
    enum class Tone { Neutral, Good, Bad };

    QString key;    // stable, for names: "replies"
    QString name;   // "Replies"
    QString value;  // "61"
    QString goal;   // "of 80"; empty: none was set
    QString change; // against the period before: "+12", "−31 %"; empty: nothing to compare with
    Tone tone = Tone::Neutral;
    double reached = 0; // of the goal, 0 to 1
    double pace = 0;    // where it should be today, 0 to 1
    QString sentence;   // all of it, for who listens
};
std::vector<Indicator> indicators(const Dashboard& dashboard);

QString number(std::int64_t n);                                 // "1,234", with the language's separators
QString dayText(std::chrono::sys_days day);                     // "26 Oct"
QString periodText(const Dashboard& dashboard);                 // "26 October to 19 November, 19 working days"
QString percentText(std::int64_t part, std::int64_t whole);     // "4.7 %"; "–" of nothing
QString weekdayText(int weekHour);                              // "Wed"
QString hourText(int weekHour);                                 // "Wed 10:00"
QString hourSentence(int weekHour, const HourNumbers& numbers); // "Wed 10:00: 12 % of 184 answered"
QString bestHourText(const Dashboard& dashboard);               // "Best: Wed 10:00, 12 % of 184. Hours under…"
QString intervalText(const Interval& interval);                 // "3.4–6.4"
// "4.7 %, 3.4–6.4", or that it is too early to say.
QString rateText(bool canTell, std::int64_t part, std::int64_t whole, const Interval& interval);
QString tooEarly(); // "Too early to say"

QString healthName(const MailboxNumbers& mailbox); // "Good", "Paused", "Bounces"
QString healthText(const MailboxNumbers& mailbox); // why, and what it means
enum class Health { Good, Warn, Bad };
Health healthOf(const MailboxNumbers& mailbox);

} // namespace outrider::text
