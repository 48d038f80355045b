// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/calendar/calendar_blocks.h"
#include "ui/text/dates.h"

#include <QString>

#include <vector>

class QWidget;

namespace outrider::calendar {

// What the calendar says; pure, but for nameDays().

QString rangeTitle(std::chrono::sys_days first, std::chrono::sys_days last); // "16 to 20 November"
QString monthTitle(std::chrono::sys_days day);                               // "November 2026"
QString dayTitle(std::chrono::sys_days day);                                 // "Friday 20 November"
QString dayHead(std::chrono::sys_days day);                                  // "Fri 20"

QString plannedText(const CalendarDay& day);                  // "66 tasks planned, 3 done"
QString meetingsText(int count);                              // "1 meeting"
QString loadText(int count, int cap);                         // "57 / 50", "9"
QString overText(const CalendarDay& day, int cap);            // "57 e-mails, cap 50"
QString dayName(const CalendarDay& day, int cap, bool today); // read out: "Friday 20 November, 57 e-mails of 50, 9 calls"
// Replaces `names` by children of a view that paints its days, one a day with nothing to see: they are there to be named.
void nameDays(QWidget* view, std::vector<QWidget*>& names, const std::vector<CalendarDay>& days, std::chrono::sys_days today,
              int cap);
QString blockTitle(const Block& block);                                 // "Amina Diallo", "22 e-mails"
QString blockName(const Block& block, const CalendarDay& day, int cap); // read out

// When a lead may be reached, on a day and in the person's time: "09:00 to 17:00 in Yokohama, here 01:00 to 09:00".
QString hoursText(const TaskHours& hours, const QDate& day, const text::Dates& dates);

// Whether a moment is within a task's hours; nothing to say without a window.
enum class Fit { Unknown, Inside, Outside };
Fit fitOf(const TaskHours& hours, Instant at);

// What dropping there means: "Fri 12:00, call 10, inside their hours".
// `minute`: none in a month, where the time of the day stays.
QString dropText(const CalendarDay& day, std::optional<int> minute, const Block& block, const std::optional<TaskHours>& hours,
                 int mailCap, const text::Dates& dates);

// The moment the clock on the person's wall shows that minute.
Instant momentOf(std::chrono::sys_days day, int minute, const text::Dates& dates);

QString movedText(const CalendarMoved& moved, const QString& who, const text::Dates& dates);

} // namespace outrider::calendar
