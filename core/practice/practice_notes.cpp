// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/practice_notes.h"

#include <algorithm>
#include <array>

namespace outrider::practice {

namespace {

constexpr std::array<std::string_view, 7> talked{
    "Plans berths in a spreadsheet, two people full time. Wants numbers in writing first.",
    "Knows Westküste Frische. Asked what happens when a driver has no smartphone.",
    "Budget is with the plant, not with headquarters. Send something that can be forwarded.",
    "Mondays are the problem. Call again after the quarter has closed.",
    "Has a tool from 2019 that nobody likes. Contract ends in spring.",
    "Interested in the list for the crew, less in the gate. Ask for the shift lead.",
    "Short on time, friendly. Prefers mail, reads it in the evening.",
};

constexpr std::array<std::string_view, 5> replyNotes{
    "Answered with price and the reference. Wants to talk to the yard first.",
    "Sent the security sheet. Their IT looks at it until the end of the month.",
    "Passed on to the yard manager, who decides with her.",
    "Good fit. Three sites, the smallest one first.",
    "Asked for a call with somebody at Westküste Frische; arranged.",
};

struct Why {
    std::string_view lastName;
    std::string_view note;
};

constexpr std::array whys{
    Why{"Diallo", "Asked to be called after the quarter has closed"},
    Why{"Brandt", "Hiring three dispatchers"},
    Why{"Kőszegi", "Read on the train, wants it short"},
    Why{"Conceição", "Accept her request, then write"},
    Why{"Ní Bhriain", "Changed job in October"},
    Why{"Weißmüller", "Last step, closes the loop"},
    Why{"Lefèvre", "Asked for a price in 2024"},
    Why{"Öberg", "Picked up last time at 10:15"},
    Why{"Németh", "Gatekeeper: Erika, be kind"},
    Why{"Wójcik", "New gate since September"},
    Why{"Kjærgaard", "Wants figures, no adjectives"},
};

constexpr std::array<std::string_view, 9> mailWhys{
    "Hiring dispatchers",
    "Opened a second yard",
    "Met at the Hamburg fair",
    "Asked for a security sheet",
    "New terminal manager since summer",
    "Lost a customer over waiting times",
    "Audit in the spring",
    "Tender out for yard software",
    "Their neighbour is a customer",
};
constexpr std::array<std::string_view, 8> callWhys{
    "Voicemail on the first try",           "Best before ten, says the front desk",
    "Ask for the yard, not for the office", "Speaks German too",
    "Said to call on a quiet day",          "Gatekeeper: ask for the shift lead",
    "Left a message with the colleague",    "Back from parental leave",
};

constexpr std::array<PracticeToDo, 12> todos{{
    {"Çağlar", "Send the Rotterdam case study you promised", "She shows it to her board", -1, 9 * 60},
    {"Großkreutz", "Prepare the demo with her gate data", "She brings two dispatchers", 0, 10 * 60},
    {"Köhler", "Send the contract draft", "Twelve months, one site", 0, 11 * 60},
    {"", "Answer the question about drivers without a phone", "", 0, 13 * 60},
    {"", "Send the price for three sites", "Smallest one first", 0, 14 * 60},
    {"", "Ask how the test week went", "", 0, 15 * 60 + 30},
    {"Großkreutz", "Demo, 14:00", "Link is in the invitation", 5, 14 * 60},
    {"Köhler", "Call about the contract", "", 4, 10 * 60},
    {"", "Look at their yard plan together", "", 2, 9 * 60 + 30},
    {"", "Introduce them to Westküste Frische", "", 3, 11 * 60},
    {"", "Send the audit checklist", "", 6, 9 * 60},
    {"Öztürk", "Find out who runs the Linz yard", "", 7, 9 * 60},
}};

} // namespace

TaskCompletion practiceCall(std::uint32_t seed, const std::string& name) {
    switch (seed % 5) {
    case 0:
    case 1:
        return {.disposition = Disposition::NoAnswer};
    case 2:
        return {.disposition = Disposition::Voicemail,
                .note = "Left a message for " + name + ": waiting times, will call again.",
                .durationSeconds = 32};
    default:
        return {.disposition = Disposition::Talked,
                .note = std::string(talked[seed / 5 % talked.size()]),
                .durationSeconds = 90 + int(seed / 64 % 320)};
    }
}

std::string_view practiceReplyNote(std::uint32_t seed) { return replyNotes[seed / 3 % replyNotes.size()]; }

std::string_view practiceWhy(std::string_view lastName, Channel channel, std::uint32_t seed) {
    const auto named = std::find_if(whys.begin(), whys.end(), [&](const Why& why) { return why.lastName == lastName; });
    if (named != whys.end())
        return named->note;
    if (seed % 3 == 0)
        return {};
    if (channel == Channel::Email)
        return mailWhys[seed / 3 % mailWhys.size()];
    return channel == Channel::Call ? callWhys[seed / 3 % callWhys.size()] : std::string_view();
}

std::span<const PracticeToDo> practiceToDos() { return todos; }

} // namespace outrider::practice
