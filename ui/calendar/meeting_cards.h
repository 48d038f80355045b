// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/calendar.h"
#include "core/domain/meeting.h"
#include "ui/text/dates.h"

#include <QWidget>

#include <functional>
#include <vector>

namespace outrider::calendar {

// A meeting where it lies in a week: in one column, from minute to minute of that day.
struct MeetingPlace {
    Meeting meeting;
    int day = 0; // column
    int minute = 0;
    int minutes = 0;
    int lane = 0; // beside others of the same time
    int lanes = 1;
};

// Those of these days that have hours, one for each day they touch. Pure, so that it is tested without a window.
std::vector<MeetingPlace> meetingPlaces(const std::vector<CalendarDay>& days, const std::vector<Meeting>& meetings,
                                        const text::Dates& dates);

// Meetings that touch a day.
std::vector<Meeting> meetingsOf(const CalendarDay& day, const std::vector<Meeting>& meetings);

// The meetings of a week, as cards over the grid that asks for them. They are not moved here: they belong to a calendar.
class MeetingCards {
public:
    explicit MeetingCards(QWidget* grid) : m_grid(grid) {}

    void set(std::vector<MeetingPlace> places, const text::Dates& dates);
    // `room`: the part of its day's column a meeting has, whose other part tasks of the same time have.
    void arrange(int hourHeight, const std::function<QRect(const MeetingPlace&)>& room);
    bool overlaps(int day, int minute, int minutes) const;

private:
    QWidget* m_grid;
    std::vector<MeetingPlace> m_places;
    std::vector<QWidget*> m_cards;
};

} // namespace outrider::calendar
