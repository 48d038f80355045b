// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/practice_meetings.h"

#include "core/domain/filter.h"
#include "core/outreach/meeting_flow.h"
#include "core/store/repositories/lead_list_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/meeting_repository.h"

#include <array>

namespace outrider::practice {

using namespace outrider::store;

namespace {

struct Slot {
    int workdays; // from today on
    int minute;
    int length;
    const char* title; // of one with a lead; else only a time
};

constexpr std::array plan{
    Slot{-3, 10 * 60, 30, "First call"},
    Slot{-1, 14 * 60, 60, "Demo"},
    Slot{0, 14 * 60, 60, "Demo"},
    Slot{0, 16 * 60, 30, nullptr},
    Slot{1, 14 * 60, 60, "Gate audit"},
    Slot{2, 9 * 60 + 30, 60, nullptr},
    Slot{3, 11 * 60, 45, "Pilot, second talk"},
    Slot{6, 15 * 60, 60, "Demo"},
};

outreach::LocalDay workday(outreach::LocalDay today, int steps) {
    outreach::LocalDay day = today;
    const int direction = steps < 0 ? -1 : 1;
    while (outreach::isoWeekday(day) > 5)
        day += std::chrono::days(1);
    for (int left = std::abs(steps); left > 0;) {
        day += std::chrono::days(direction);
        left -= outreach::isoWeekday(day) <= 5 ? 1 : 0;
    }
    return day;
}

} // namespace

void addPracticeMeetings(WriteContext& write, const PracticeStage& stage) {
    const outreach::Zone& zone = stage.surroundings.zone;
    const auto filter = parseFilter("status:qualified");
    if (!filter)
        return;
    const auto leads = LeadListRepository(write.db).ids(*filter, {});
    CalendarSource source{.kind = CalendarKind::File, .name = "Mara's calendar"};
    source.approvedAt = stage.now;
    MeetingRepository(write.db).insertSource(write, source);
    CalendarReport report;
    outreach::MeetingFlow flow(write, report);
    std::size_t next = 0;
    for (std::size_t i = 0; i < plan.size(); ++i) {
        const Slot& slot = plan[i];
        const outreach::LocalDay day = workday(zone.dayOf(stage.now), slot.workdays);
        Meeting meeting{.uid = "practice-" + std::to_string(i)};
        meeting.startsAt = zone.at(day, slot.minute);
        meeting.endsAt = meeting.startsAt + std::chrono::minutes(slot.length);
        const auto lead =
            slot.title != nullptr && next < leads.size() ? LeadRepository(write.db).find(leads[next++]) : std::nullopt;
        if (lead && !lead->emailKey.empty()) {
            meeting.title = std::string(slot.title) + ", " + displayName(*lead);
            meeting.location = "Video call";
            meeting.attendees.push_back({.address = lead->emailKey,
                                         .name = displayName(*lead),
                                         .answer = Attendance::Accepted,
                                         .isOrganizer = false,
                                         .lead = lead->id,
                                         .leadName = {}});
        }
        flow.keep(source.id, {.uid = meeting.uid, .remote = {}, .isWhole = true, .occurrences = {meeting}}, stage.now, true);
    }
}

} // namespace outrider::practice
