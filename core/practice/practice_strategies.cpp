// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/practice_strategies.h"

namespace outrider::practice {

namespace {

Step email(int days, Thread thread, std::string subject, std::string body) {
    return {
        .channel = Channel::Email, .dayOffset = days, .thread = thread, .subject = std::move(subject), .body = std::move(body)};
}

Step call(int days, std::string title, std::string guide, int fromMinute, int toMinute) {
    return {.channel = Channel::Call,
            .dayOffset = days,
            .window = Window{.startMinute = fromMinute, .endMinute = toMinute},
            .subject = std::move(title),
            .body = std::move(guide)};
}

Step linkedIn(int days, std::string title, std::string text) {
    return {.channel = Channel::LinkedIn, .dayOffset = days, .subject = std::move(title), .body = std::move(text)};
}

constexpr int hour = 60;

NamedVersion dockDelays() {
    NamedVersion strategy{.name = "Dock delays, EMEA"};
    strategy.version.steps = {
        email(0, Thread::New, "Trucks waiting at {{custom:gate|the gate}}",
              "Hi {{first_name}},\n\n"
              "at most yards we look at, one truck that comes ten minutes late costs the next three their berth. "
              "{{#custom:docks}}With {{custom:docks}} docks in {{city|your yard}} that is easily somebody's whole morning on the "
              "phone.{{/custom:docks}}{{^custom:docks}}In a yard like yours that is easily somebody's whole morning on the "
              "phone.{{/custom:docks}}\n\n"
              "Harborline gives each truck a berth time and moves the others when one is late. At Westküste Frische the average "
              "wait "
              "fell from 94 to 31 minutes in six weeks, with the same crew.\n\n"
              "Would a 15-minute look at your own gate data be useful?\n\n"
              "{{my.first_name}}"),
        email(3, Thread::Reply, "Trucks waiting at {{custom:gate|the gate}}",
              "Hi {{first_name}},\n\n"
              "one number to my last mail: when {{company_short|a yard}} has a busy Monday, about half of the dispatchers' hours "
              "go into "
              "phoning drivers who wait outside the gate. That half is what we take over.\n\n"
              "I am free on Tuesday between 10 and 12. Shall I send you an invitation?\n\n"
              "{{my.first_name}}"),
        call(2, "Call: how do they book berths today?",
             "Ask how trucks get their slot today, and who phones whom when one is late. Name the 94 to 31 minutes. Goal: 15 "
             "minutes "
             "with their gate data.",
             9 * hour + 30, 12 * hour),
        linkedIn(2, "Connect with {{first_name|them}}",
                 "Hi {{first_name}}, I wrote to you about the waiting times at {{company_short|your gate}}. Glad to connect, "
                 "whatever you "
                 "think of slots."),
        call(3, "Call again, after lunch",
             "Second try, another time of day. If the front desk answers: ask when {{first_name|they}} can be reached, and note "
             "the name "
             "of whoever helps.",
             13 * hour, 16 * hour + 30),
        email(2, Thread::New, "The Westküste numbers",
              "Hi {{first_name}},\n\n"
              "this is my last mail on this. Attached in words, what six weeks at Westküste Frische looked like: 94 minutes of "
              "waiting "
              "became 31, late trucks no longer cost anybody else their berth, and nobody was hired.\n\n"
              "If dock times ever become a topic at {{company_short|your place}}, a short \"yes\" is enough and I will be in "
              "touch.\n\n"
              "{{my.first_name}}"),
    };
    return strategy;
}

NamedVersion coldChain() {
    NamedVersion strategy{.name = "Cold chain Q4"};
    strategy.version.steps = {
        email(0, Thread::New, "Reefers that wait with the door open",
              "Hi {{first_name}},\n\n"
              "every minute a reefer stands at the ramp with its door open shows up in the temperature "
              "log.{{#custom:reefer_plugs}} With "
              "{{custom:reefer_plugs}} plugs that adds up before anybody notices.{{/custom:reefer_plugs}}\n\n"
              "Harborline books the ramp so that the door opens when the crew is there. Westküste Frische cut the open-door time "
              "by two "
              "thirds before its last audit.\n\n"
              "Is that worth 15 minutes before the season starts?\n\n"
              "{{my.first_name}}"),
        linkedIn(3, "Connect with {{first_name|them}}",
                 "Hi {{first_name}}, we help cold stores keep reefers off the yard. I would be glad to stay in touch."),
        email(4, Thread::Reply, "Reefers that wait with the door open",
              "Hi {{first_name}},\n\n"
              "the question I hear most from cold stores is whether this needs new hardware at the ramp. It does not: drivers "
              "get their "
              "time by text message, your crew sees a list.\n\n"
              "Shall I show you the list of a normal Monday at {{company_industry|cold storage}} of your size?\n\n"
              "{{my.first_name}}"),
        call(2, "Call: open-door minutes and the next audit",
             "Ask who reads the temperature log, and when the next audit is. Goal: a look at one week of ramp data.", 9 * hour,
             11 * hour + 30),
        email(5, Thread::Reply, "Reefers that wait with the door open",
              "Hi {{first_name}},\n\n"
              "I do not want to fill your inbox before the holidays. Should I come back to this in January, or is it not for "
              "{{company_short|you}}?\n\n"
              "{{my.first_name}}"),
    };
    return strategy;
}

NamedVersion portOperators() {
    NamedVersion strategy{.name = "Port operators APAC"};
    strategy.version.steps = {
        email(0, Thread::New, "Berth times at {{company_short|your terminal}}",
              "Dear {{first_name}},\n\n"
              "terminals in {{city|your region}} tell us that the queue outside the gate is longest when the vessel is already "
              "being "
              "worked. Harborline moves the truck times when the vessel's plan moves.\n\n"
              "May I show you how a terminal of your size did it, in 20 minutes?\n\n"
              "Kind regards,\n{{my.name}}"),
        call(2, "Call: vessel plan and truck times", "Ask how the gate learns that a vessel is late. Mind the hour there.",
             10 * hour, 16 * hour),
        email(3, Thread::Reply, "Berth times at {{company_short|your terminal}}",
              "Dear {{first_name}},\n\n"
              "a short addition: the first month runs beside what you have, so nothing has to be switched off. The data stays in "
              "your "
              "country.\n\n"
              "Would next Wednesday suit you for a short call?\n\n"
              "Kind regards,\n{{my.name}}"),
        linkedIn(3, "Connect with {{first_name|them}}",
                 "Dear {{first_name}}, I wrote to you about truck times at {{company_short|your terminal}} and would be glad to "
                 "connect."),
        email(5, Thread::New, "One question before I stop",
              "Dear {{first_name}},\n\n"
              "I will not write again after this. Is there somebody else at {{company_short|your terminal}} who looks after the "
              "gate?\n\n"
              "Kind regards,\n{{my.name}}"),
    };
    return strategy;
}

} // namespace

std::array<NamedVersion, 3> practiceStrategies(bool always) {
    std::array<NamedVersion, 3> all{dockDelays(), coldChain(), portOperators()};
    for (NamedVersion& strategy : all) {
        int position = 0;
        for (Step& step : strategy.version.steps) {
            step.position = position++;
            if (always)
                step.window.reset();
        }
        if (always) {
            strategy.version.window = {.days = Weekdays::all(), .startMinute = 0, .endMinute = 24 * hour};
            strategy.version.businessDays = false;
        }
    }
    return all;
}

} // namespace outrider::practice
