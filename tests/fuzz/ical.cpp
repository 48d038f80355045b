// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/contact/text.h"
#include "core/exchange/ical_reader.h"

#include "fuzz.h"

using namespace outrider;
using namespace outrider::exchange;

// A calendar of unknown origin: what is read of it lies in the window, is text, and is bounded.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const IcalWindow window{.from = *parseIso8601("2026-11-01"), .to = *parseIso8601("2027-02-01"), .zone = "Europe/Berlin"};
    const IcalReading reading = readIcal(fuzz::textOf(data, size), window);
    std::size_t meetings = 0;
    for (const IcalEvent& event : reading.events) {
        FUZZ_REQUIRE(event.occurrences.size() <= mostOccurrences + 1);
        meetings += event.occurrences.size();
        for (const Meeting& meeting : event.occurrences) {
            FUZZ_REQUIRE(meeting.uid == event.uid && !meeting.uid.empty());
            FUZZ_REQUIRE(meeting.endsAt >= meeting.startsAt);
            if (reading.method != "REPLY")
                FUZZ_REQUIRE(meeting.startsAt < window.to && meeting.endsAt >= window.from);
            FUZZ_REQUIRE(contact::isUtf8(meeting.title) && contact::isUtf8(meeting.location) && contact::isUtf8(meeting.uid));
            FUZZ_REQUIRE(meeting.attendees.size() <= mostAttendees);
            for (const MeetingAttendee& person : meeting.attendees)
                FUZZ_REQUIRE(!person.address.empty() && contact::isUtf8(person.name));
        }
    }
    FUZZ_REQUIRE(meetings <= mostMeetings + mostOccurrences + 1);
    return 0;
}
