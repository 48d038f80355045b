// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/examples.h"

#include <QCoreApplication>

namespace outrider::strategies {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(StrategyExamples)
};

constexpr Window calls{.days = Weekdays::mondayToFriday(), .startMinute = 9 * 60 + 30, .endMinute = 12 * 60};

Step email(int days, Thread thread, const QString& subject, const QString& body) {
    return {.channel = Channel::Email,
            .dayOffset = days,
            .thread = thread,
            .subject = subject.toStdString(),
            .body = body.toStdString()};
}

Step byHand(Channel channel, int days, const QString& title, const QString& body) {
    Step step{.channel = channel, .dayOffset = days, .subject = title.toStdString(), .body = body.toStdString()};
    if (channel == Channel::Call)
        step.window = calls;
    return step;
}

Example example(const QString& name, const QString& what, std::vector<Step> steps) {
    Example made{.name = name, .what = what};
    int position = 0;
    for (Step& step : steps)
        step.position = position++;
    made.version.steps = std::move(steps);
    return made;
}

Example coldEmail() {
    return example(Words::tr("Cold e-mail, four touches"),
                   Words::tr("E-mail only, three weeks. For a list of people who do not know you."),
                   {email(0, Thread::New, Words::tr("A question about {{company_short|your team}}"),
                          Words::tr("Hi {{first_name|there}},\n\n"
                                    "teams like yours{{#city}} in {{city}}{{/city}} tell us that [the problem, in their words] "
                                    "costs them [a number].\n\n"
                                    "We help with exactly that: [one sentence, no adjectives]. [Customer] went from [before] to "
                                    "[after] in [time].\n\n"
                                    "Is that something you are looking at this quarter?\n\n"
                                    "{{my.first_name}}")),
                    email(3, Thread::Reply, {},
                          Words::tr("Hi {{first_name|there}},\n\n"
                                    "one thing I left out: [the strongest single fact, with its number].\n\n"
                                    "If somebody else{{#company_short}} at {{company_short}}{{/company_short}} looks after this, "
                                    "would you point me to them?\n\n"
                                    "{{my.first_name}}")),
                    email(5, Thread::New, Words::tr("How [customer] did it"),
                          Words::tr("Hi {{first_name|there}},\n\n"
                                    "[customer] had the same question. What they changed, in three lines:\n\n"
                                    "1. [first]\n2. [second]\n3. [third]\n\n"
                                    "Shall I show you how that would look for {{company_short|you}}? 15 minutes are enough.\n\n"
                                    "{{my.first_name}}")),
                    email(7, Thread::Reply, {},
                          Words::tr("Hi {{first_name|there}},\n\n"
                                    "I have not heard from you, so I will not write again. If the timing is wrong, reply "
                                    "\"later\" and tell me when.\n\n"
                                    "All the best,\n{{my.first_name}}"))});
}

Example emailAndPhone() {
    return example(
        Words::tr("E-mail and phone, two weeks"), Words::tr("Six touches on three channels. For accounts worth a call."),
        {email(
             0, Thread::New, Words::tr("{{company_short|Your team}} and [topic]"),
             Words::tr("Hi {{first_name|there}},\n\n"
                       "[What you saw at their company, and why it made you write.]\n\n"
                       "We do [one sentence]. I will call you on one of the next days; is there a time that suits you better?\n\n"
                       "{{my.name}}")),
         byHand(Channel::Call, 2, Words::tr("First call"),
                Words::tr("Opener: I wrote to you about [topic]. Is this a bad moment?\n"
                          "Ask: how do you do [task] today? What happens when it goes wrong?\n"
                          "Aim: 20 minutes next week.\n"
                          "Voicemail: name, one reason, the e-mail is in the inbox.")),
         email(0, Thread::Reply, {},
               Words::tr("Hi {{first_name|there}},\n\n"
                         "I tried to reach you by phone just now. [One line: the reason it is worth calling back.]\n\n"
                         "{{my.first_name}}")),
         byHand(Channel::LinkedIn, 2, Words::tr("Connect on LinkedIn"),
                Words::tr("Hi {{first_name|there}}, I wrote to you about [topic] this week. Glad to be in touch here, too.")),
         byHand(Channel::Call, 3, Words::tr("Second call"),
                Words::tr("Another time of day than the first.\nOffer the case of [customer]: what changed, in one number.")),
         email(3, Thread::Reply, {},
               Words::tr("Hi {{first_name|there}},\n\n"
                         "I could not reach you, so I leave it with this: [link or one page] shows what we would do for "
                         "{{company_short|you}}.\n\n"
                         "A reply with one word is enough if I should try again next quarter.\n\n"
                         "{{my.first_name}}"))});
}

Example afterAnEvent() {
    return example(
        Words::tr("After an event"), Words::tr("Warm, ten days. For people you met at a fair, a talk, a webinar."),
        {email(0, Thread::New, Words::tr("Good to meet you at [event]"),
               Words::tr("Hi {{first_name|there}},\n\n"
                         "thank you for stopping by at [event]. You asked about [topic]; here is what I promised: [link].\n\n"
                         "Does Tuesday or Thursday suit you for 20 minutes, to look at it with your own numbers?\n\n"
                         "{{my.first_name}}")),
         byHand(Channel::LinkedIn, 1, Words::tr("Connect on LinkedIn"),
                Words::tr("Hi {{first_name|there}}, good to have met you at [event].")),
         byHand(Channel::Call, 3, Words::tr("Call about [event]"),
                Words::tr(
                    "Open your notes from [event] first.\nAsk what they saw there that they liked.\nAim: a date for the demo.")),
         email(4, Thread::Reply, {},
               Words::tr("Hi {{first_name|there}},\n\n"
                         "before the event is too far away: shall we find a date, or should I ask again in spring?\n\n"
                         "{{my.first_name}}"))});
}

Example answerARequest() {
    Example made = example(
        Words::tr("Answer a request"), Words::tr("Call first, one week. For people who asked for a demo or a price."),
        {byHand(Channel::Call, 0, Words::tr("Call back now"),
                Words::tr("They asked today: the first to call usually wins.\n"
                          "Ask what made them look for this now.\nAim: the demo, within two days.")),
         email(
             0, Thread::New, Words::tr("Your request"),
             Words::tr("Hi {{first_name|there}},\n\n"
                       "thank you for your request. I just tried to call you{{#phone}} at {{phone}}{{/phone}}.\n\n"
                       "When can I reach you today or tomorrow? If you would rather choose a time yourself: [calendar link].\n\n"
                       "{{my.name}}")),
         byHand(Channel::Call, 1, Words::tr("Second try"), Words::tr("Another time of day. Leave a voicemail this time.")),
         byHand(
             Channel::Sms, 1, Words::tr("Short message"),
             Words::tr("Hi {{first_name|there}}, {{my.first_name}} here about your request. Shall I call at 10 or at 14 today?")),
         email(3, Thread::Reply, {},
               Words::tr("Hi {{first_name|there}},\n\n"
                         "I did not reach you, and I do not want to leave your request open. Is it still of interest?\n\n"
                         "{{my.first_name}}"))});
    made.version.steps.front().window.reset(); // at once, within the usual hours
    return made;
}

} // namespace

std::vector<Example> examples() { return {coldEmail(), emailAndPhone(), afterAnEvent(), answerARequest()}; }

} // namespace outrider::strategies
