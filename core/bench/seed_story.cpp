// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/seed_story.h"

#include "core/bench/seed_words.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace outrider::bench {

namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr auto storyLength = days(700);
constexpr std::int64_t leadsPerCompany = 12;
constexpr std::int64_t sharedBlock = 16; // leads that share out their activities among them

Millis millis(double value) { return Millis(static_cast<std::int64_t>(value)); }

std::vector<SeedStory::StrategyText> makeStrategies() {
    constexpr std::array names{
        "Q4 logistics, DACH", "Cold chain", "Trade fair follow-up",  "Renewals",     "Warehouse managers", "Nordics, first",
        "Win back",           "Referrals",  "Manufacturing, spring", "UK retailers", "Partners",           "Small fleets"};
    constexpr std::array pattern{Channel::Email, Channel::Call, Channel::Email, Channel::LinkedIn, Channel::Email, Channel::Task};
    std::vector<SeedStory::StrategyText> all;
    SeedDice dice(7);
    for (const char* name : names) {
        SeedStory::StrategyText text{.name = name, .version = {}};
        const auto steps = dice.between(4, 7);
        for (int i = 0; i < steps; ++i) {
            const Channel channel = pattern[std::size_t(i) % pattern.size()];
            text.version.steps.push_back(
                {.position = i,
                 .channel = channel,
                 .dayOffset = i == 0 ? 0 : int(dice.between(2, 5)),
                 .thread = channel == Channel::Email && i > 0 ? Thread::Reply : Thread::New,
                 .subject = channel == Channel::Email ? "Dock times at {{company}}" : "Ask about the yard",
                 .body = "Hello {{first_name}},\n\nhow do you plan the dock at {{company}} today?"});
        }
        all.push_back(std::move(text));
    }
    return all;
}

} // namespace

SeedDice::SeedDice(std::uint64_t seed, std::uint64_t number) : m_state(seed * 0x9E3779B97F4A7C15U + number) {
    m_state = next() ^ (number * 0xD1B54A32D192ED03U);
}

std::uint64_t SeedDice::next() {
    m_state += 0x9E3779B97F4A7C15U;
    std::uint64_t z = m_state;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
}

std::int64_t SeedDice::below(std::int64_t bound) { return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(bound)); }

double SeedDice::share() { return double(next() >> 11U) / double(std::uint64_t(1) << 53U); }

ZipfDraw::ZipfDraw(std::size_t count, double exponent) {
    m_upTo.reserve(count);
    double sum = 0;
    for (std::size_t k = 1; k <= count; ++k) {
        sum += 1.0 / std::pow(double(k), exponent);
        m_upTo.push_back(sum);
    }
}

std::size_t ZipfDraw::draw(SeedDice& dice) const {
    const auto at = std::upper_bound(m_upTo.begin(), m_upTo.end(), dice.share() * m_upTo.back());
    return std::min(std::size_t(at - m_upTo.begin()), m_upTo.size() - 1);
}

SeedStory::SeedStory(std::uint64_t seed, std::int64_t leads, std::int64_t activities, std::chrono::sys_days today)
    : m_seed(seed),
      m_leads(leads),
      m_activities(activities),
      m_today(today),
      m_companies(std::size_t(leads / leadsPerCompany + 1), 0.75),
      m_owners(colleagues().size() + 1, 1.0),
      m_strategies(strategies().size(), 0.9),
      m_tags(tags().size(), 1.0),
      m_places(seedPlaces().size(), 0.8),
      m_firstNames(seedFirstNames().size(), 0.6),
      m_lastNames(seedLastNameCount(), 0.5),
      m_titles(seedTitles().size(), 0.7) {}

const std::vector<std::string>& SeedStory::colleagues() {
    static const std::vector<std::string> names{"Mara Lindqvist", "Tom Becker",   "Aisha Rahman", "Julien Moreau",
                                                "Nina Kowalska",  "Sam Whitford", "Lars Holm",    "Elif Demir",
                                                "Paul Okafor",    "Greta Sommer", "Iris Vandamme"};
    return names;
}

const std::vector<std::string>& SeedStory::tags() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all{
            "newsletter",      "customer",        "cold-chain", "met-at-breakbulk", "key-account", "partner",
            "enterprise",      "small-fleet",     "referral",   "webinar",          "competitor",  "champion",
            "price-sensitive", "german-speaking", "pilot",      "former-customer",  "vip",         "press"};
        for (int list = 1; list <= 22; ++list)
            all.push_back("list-" + std::to_string(list));
        return all;
    }();
    return names;
}

const std::vector<SeedStory::StrategyText>& SeedStory::strategies() {
    static const std::vector<StrategyText> all = makeStrategies();
    return all;
}

std::int64_t SeedStory::companyCount() const { return m_leads / leadsPerCompany + 1; }

Company SeedStory::company(std::int64_t number) const {
    SeedDice dice(m_seed ^ 0xC0FFEEU, std::uint64_t(number));
    const SeedPlace& place = seedPlaces()[m_places.draw(dice)];
    Company company{.domain = seedCompanyDomain(number),
                    .name = seedCompanyName(number),
                    .industry = std::string(dice.pick(seedIndustries())),
                    .website = "https://" + seedCompanyDomain(number),
                    .city = std::string(place.city),
                    .country = std::string(place.country),
                    .createdAt = m_today - storyLength};
    if (dice.chance(70))
        company.employees = std::int64_t(std::pow(10.0, 0.7 + 3.5 * dice.share()));
    return company;
}

std::int64_t SeedStory::activitiesBefore(std::int64_t lead) const {
    // Not m_activities * lead: that overflows only beyond any store, but a double would round.
    return m_leads == 0 ? 0 : m_activities / m_leads * lead + m_activities % m_leads * lead / m_leads;
}

// One lead's story. The lists are the chunk's.
struct SeedStory::Teller {
    const SeedStory& story;
    SeedChunk& out;
    SeedDice dice;
    int lead;
    Instant created;

    Lead& person() { return out.leads[std::size_t(lead)]; }

    void introduce(std::int64_t number) {
        const SeedPlace& place = seedPlaces()[story.m_places.draw(dice)];
        const auto company = std::int64_t(story.m_companies.draw(dice));
        Lead person;
        person.firstName = seedFirstNames()[story.m_firstNames.draw(dice)];
        person.lastName = seedLastName(story.m_lastNames.draw(dice));
        person.companyName = seedCompanyName(company);
        person.jobTitle = seedTitles()[story.m_titles.draw(dice)];
        person.city = place.city;
        person.country = place.country;
        person.timeZone = dice.chance(50) ? place.zone : std::string_view();
        if (dice.chance(92)) {
            person.emailKey = "p" + std::to_string(number) + "@" + seedCompanyDomain(company);
            person.email = person.emailKey;
        }
        if (dice.chance(55)) {
            const std::string digits = std::to_string(30000000 + number);
            person.phoneKey = std::string(place.calling) + digits;
            person.phone = std::string(place.calling) + " " + digits.substr(0, 2) + " " + digits.substr(2);
        }
        if (dice.chance(60))
            person.linkedinUrl = "https://www.linkedin.com/in/p" + std::to_string(number);
        if (dice.chance(40))
            person.externalId = "003-" + std::to_string(1000000 + number);
        person.source = dice.chance(70) ? "list " + std::to_string(dice.between(1, 40)) : "web";
        person.score = int((dice.below(101) + dice.below(101)) / 2);
        person.createdAt = created;
        if (dice.chance(35))
            person.custom["segment"] = std::string(1, char('A' + std::min(dice.below(6), dice.below(6))));
        if (dice.chance(20))
            person.custom["dock_count"] = std::to_string(dice.between(1, 60));
        if (dice.chance(4))
            person.custom["contract_end"] = toIsoDate(std::chrono::floor<days>(story.m_today) + days(dice.between(-200, 500)));
        out.leads.push_back(std::move(person));
        out.companies.push_back(company);
        out.owners.push_back(dice.chance(93) ? int(story.m_owners.draw(dice)) : SeedChunk::none);
        std::array<int, 3> had{SeedChunk::none, SeedChunk::none, SeedChunk::none};
        const auto wanted = std::max<std::int64_t>(dice.below(5) - 1, 0);
        for (std::size_t i = 0; i < std::size_t(wanted); ++i) {
            const int tag = int(story.m_tags.draw(dice));
            if (std::find(had.begin(), had.end(), tag) == had.end())
                out.tags.push_back({lead, had[i] = tag});
        }
    }

    void happened(ActivityKind kind, Instant at, int enrolment, int mail, std::string subject, std::string text) {
        SeedChunk::Happened one{.activity = {.at = at, .kind = kind, .subject = std::move(subject), .text = std::move(text)},
                                .lead = lead,
                                .enrolment = enrolment,
                                .mail = mail};
        if (kind == ActivityKind::Call) {
            one.activity.disposition = Disposition(dice.between(1, 5));
            if (one.activity.disposition == Disposition::Talked)
                one.activity.durationSeconds = int(dice.between(20, 900));
        }
        out.activities.push_back(std::move(one));
    }

    int mail(Direction direction, MessageClass kind, Instant at, const std::string& subject, std::string text, int answers) {
        const Lead& to = person();
        const bool sent = direction == Direction::Outbound;
        Message message{.direction = direction,
                        .messageClass = kind,
                        .from = sent ? "mara@harborline.example" : to.email,
                        .to = sent ? to.email : "mara@harborline.example",
                        .subject = subject,
                        .text = std::move(text),
                        .at = at,
                        .rule = sent ? "" : "seed",
                        .handled = true};
        out.mails.push_back({std::move(message), lead, answers});
        return int(out.mails.size()) - 1;
    }

    // What the lead has become, after `count` activities.
    void decide(std::int64_t count) {
        const auto draw = dice.below(100);
        if (count < 3)
            person().status = draw < 85 ? statuses::newLead : statuses::disqualified;
        else
            person().status = draw < 8    ? statuses::newLead
                              : draw < 62 ? statuses::inProgress
                              : draw < 74 ? statuses::replied
                              : draw < 84 ? statuses::qualified
                                          : statuses::disqualified;
        if (person().status == statuses::disqualified && dice.chance(20))
            person().reach = Reach::OptedOut;
        else if (!person().email.empty() && dice.chance(2))
            person().reach = Reach::Bounced;
        if (dice.chance(4))
            person().archivedAt = story.m_today - days(dice.between(0, 90));
        if (person().status != statuses::inProgress && dice.chance(2))
            person().trashedAt = story.m_today - days(dice.between(0, 25));
    }

    bool isOpen() { return person().status == statuses::newLead || person().status == statuses::inProgress; }

    // Returns its place; the open task of its next step comes with it.
    int enrol(Instant at, Instant lastStep) {
        const int strategy = int(story.m_strategies.draw(dice));
        const auto steps = int(strategies()[std::size_t(strategy)].version.steps.size());
        Enrolment enrolment{.enrolledAt = at, .lastStepAt = lastStep};
        if (isOpen() && person().reach == Reach::Ok) {
            const auto draw = dice.below(100);
            enrolment.nextStep = int(dice.below(steps));
            enrolment.state = draw < 88 ? EnrolmentState::Active : draw < 93 ? EnrolmentState::Paused : EnrolmentState::Finished;
            if (enrolment.state == EnrolmentState::Paused)
                enrolment.pausedUntil = story.m_today + days(dice.between(1, 20));
        } else {
            enrolment.state = dice.chance(25) ? EnrolmentState::Finished : EnrolmentState::Stopped;
            enrolment.nextStep = int(dice.between(1, steps));
        }
        if (enrolment.state == EnrolmentState::Finished)
            enrolment.nextStep = steps;
        if (enrolment.state == EnrolmentState::Stopped)
            enrolment.stopReason = person().status == statuses::replied ? StopReason::Reply
                                   : person().reach == Reach::Bounced   ? StopReason::Bounce
                                   : person().reach == Reach::OptedOut  ? StopReason::OptOut
                                                                        : StopReason::TerminalStatus;
        if (!enrolment.isRunning())
            enrolment.endedAt = lastStep;
        out.enrolments.push_back({enrolment, lead, strategy});
        const int place = int(out.enrolments.size()) - 1;
        const auto& text = strategies()[std::size_t(strategy)].version.steps;
        if (enrolment.nextStep > 0) {
            Task done{.channel = text[std::size_t(enrolment.nextStep - 1)].channel,
                      .state = TaskState::Done,
                      .dueAt = lastStep - hours(3),
                      .createdAt = at,
                      .closedAt = lastStep};
            out.tasks.push_back({done, lead, place});
            out.tasks.back().task.step = StepId{enrolment.nextStep}; // its number, until ids are known
        }
        if (enrolment.state == EnrolmentState::Active && !person().trashedAt && !person().archivedAt) {
            Task open{.channel = text[std::size_t(enrolment.nextStep)].channel, .dueAt = dueMoment(), .createdAt = lastStep};
            out.tasks.push_back({open, lead, place});
            out.tasks.back().task.step = StepId{enrolment.nextStep + 1};
        }
        return place;
    }

    // Some overdue, most in the weeks to come, at quarters of working hours.
    Instant dueMoment() {
        const auto draw = dice.below(1000);
        const auto day = draw < 25 ? -dice.between(1, 20) : draw < 45 ? 0 : dice.between(0, 45);
        return story.m_today + days(day) + std::chrono::minutes(7 * 60 + 15 * dice.below(40));
    }

    void tell(std::int64_t count) {
        decide(count);
        const Instant now = story.m_today;
        const double gap = std::min(double((now - created).count()) / double(count + 1), double(Millis(days(9)).count()));
        // The moments first: an enrolment has to know the last one.
        std::vector<Instant> moments;
        moments.reserve(std::size_t(count));
        Instant at = created;
        for (std::int64_t i = 0; i < count; ++i) {
            at += millis(gap * (0.1 + 0.9 * dice.share()));
            moments.push_back(std::min(at, now));
        }
        int enrolment = SeedChunk::none;
        int lastSent = SeedChunk::none;
        for (std::int64_t i = 0; i < count; ++i) {
            at = moments[std::size_t(i)];
            if (i == 0) {
                happened(ActivityKind::Imported, at, SeedChunk::none, SeedChunk::none, person().source, {});
            } else if (i == 1 && dice.chance(85)) {
                enrolment = enrol(at, moments.back());
                happened(ActivityKind::Enrolled, at, enrolment, SeedChunk::none,
                         strategies()[std::size_t(out.enrolments.back().strategy)].name, {});
            } else {
                lastSent = anything(at, enrolment, lastSent);
            }
        }
        if (isOpen() && !person().trashedAt && !person().archivedAt && dice.chance(3)) {
            Task byHand{.channel = Channel::Task, .title = "Send the comparison", .dueAt = dueMoment(), .createdAt = created};
            out.tasks.push_back({byHand, lead, SeedChunk::none});
        }
    }

    int anything(Instant at, int enrolment, int lastSent) {
        const auto draw = dice.below(1000);
        const bool reachable = !person().email.empty();
        if (draw < 330 && reachable) {
            const std::string subject = seedSubject(dice, person().companyName);
            const int sent = mail(Direction::Outbound, MessageClass::Other, at, subject,
                                  seedMail(dice, person().firstName, person().companyName), lastSent);
            happened(ActivityKind::EmailSent, at, enrolment, sent, subject, {});
            return sent;
        }
        if (draw < 400 && lastSent != SeedChunk::none) {
            const std::string subject = "Re: " + out.mails[std::size_t(lastSent)].message.subject;
            const bool machine = draw < 345;
            const int got = mail(Direction::Inbound, machine ? MessageClass::AutoReply : MessageClass::Reply, at, subject,
                                 machine ? "I am out of the office and back on Monday." : seedReply(dice), lastSent);
            out.mails.back().message.handled = machine || !dice.chance(2);
            happened(machine ? ActivityKind::AutoReply : ActivityKind::EmailReceived, at, enrolment, got, subject, {});
        } else if (draw < 600) {
            happened(ActivityKind::Call, at, enrolment, SeedChunk::none, {}, dice.chance(30) ? seedNote(dice) : std::string());
        } else if (draw < 700) {
            happened(ActivityKind::LinkedInTouch, at, enrolment, SeedChunk::none, {}, {});
        } else if (draw < 850) {
            happened(ActivityKind::Note, at, SeedChunk::none, SeedChunk::none, {}, seedNote(dice));
        } else if (draw < 910) {
            happened(ActivityKind::TaskDone, at, enrolment, SeedChunk::none, "Send the comparison", {});
        } else if (draw < 950) {
            happened(ActivityKind::Snoozed, at, SeedChunk::none, SeedChunk::none, {}, {});
        } else if (draw < 980) {
            happened(ActivityKind::StatusChanged, at, SeedChunk::none, SeedChunk::none, "New → In progress", {});
        } else {
            happened(ActivityKind::Meeting, at, enrolment, SeedChunk::none, {}, seedNote(dice));
        }
        return lastSent;
    }
};

SeedChunk SeedStory::chunk(std::int64_t first, std::int64_t last) const {
    SeedChunk out;
    const Instant begun = m_today - storyLength;
    const double span = double(Millis(storyLength).count()) / double(std::max<std::int64_t>(m_leads, 1));
    for (std::int64_t number = first; number < last; ++number) {
        // A block's activities are dealt out unequally among its leads; every lead of it deals the same way.
        const std::int64_t block = number / sharedBlock;
        const std::int64_t from = block * sharedBlock;
        const std::int64_t to = std::min(from + sharedBlock, m_leads);
        const std::int64_t all = activitiesBefore(to) - activitiesBefore(from);
        SeedDice shares(m_seed ^ 0xB10CU, std::uint64_t(block));
        std::array<double, std::size_t(sharedBlock) + 1> upTo{};
        for (std::size_t i = 0; i < std::size_t(to - from); ++i) {
            const double share = shares.share();
            upTo[i + 1] = upTo[i] + share * share + 0.02;
        }
        const double sum = upTo[std::size_t(to - from)];
        const auto dealt = [&](std::int64_t lead) {
            return lead == to ? all : std::int64_t(double(all) * upTo[std::size_t(lead - from)] / sum);
        };
        Teller teller{.story = *this,
                      .out = out,
                      .dice = SeedDice(m_seed, std::uint64_t(number)),
                      .lead = int(number - first),
                      .created = begun + millis(span * double(number))};
        teller.introduce(number);
        teller.tell(dealt(number + 1) - dealt(number));
    }
    return out;
}

} // namespace outrider::bench
