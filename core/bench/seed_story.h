// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/activity.h"
#include "core/domain/company.h"
#include "core/domain/enrolment.h"
#include "core/domain/lead.h"
#include "core/domain/message.h"
#include "core/domain/strategy.h"
#include "core/domain/task.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::bench {

// What a seeded workspace tells, as plain values: no store, no clock. Everything is a function of the seed and
// of a lead's number, so that any part can be made before any other.

// SplitMix64 (Steele, Lea, Flood 2014): a generator for every lead, cheap to start.
class SeedDice {
public:
    explicit SeedDice(std::uint64_t seed, std::uint64_t number = 0);

    std::uint64_t next();
    std::int64_t below(std::int64_t bound); // bound > 0
    std::int64_t between(std::int64_t first, std::int64_t last) { return first + below(last - first + 1); }
    bool chance(int percent) { return below(100) < percent; }
    double share(); // [0, 1)
    template <typename List>
    auto pick(const List& list) {
        return list[std::size_t(below(std::int64_t(std::size(list))))];
    }

private:
    std::uint64_t m_state;
};

// Few are large, many are small: the k-th of n is drawn with a weight of 1/k^exponent.
class ZipfDraw {
public:
    ZipfDraw(std::size_t count, double exponent);
    std::size_t draw(SeedDice& dice) const;

private:
    std::vector<double> m_upTo;
};

// Some leads with all that is theirs. Links between them are places in these lists.
struct SeedChunk {
    static constexpr int none = -1;

    std::vector<Lead> leads;
    std::vector<std::int64_t> companies; // a lead's company: its number
    std::vector<int> owners;             // a lead's owner: its number; none
    struct Tagged {
        int lead;
        int tag;
    };
    std::vector<Tagged> tags;
    struct Enrolled {
        Enrolment enrolment;
        int lead;
        int strategy;
    };
    std::vector<Enrolled> enrolments;
    struct Due {
        Task task;
        int lead;
        int enrolment; // none: by hand
    };
    std::vector<Due> tasks;
    struct Mail {
        Message message;
        int lead;
        int answers; // the mail it answers; none
    };
    std::vector<Mail> mails;
    struct Happened {
        Activity activity;
        int lead;
        int enrolment;
        int mail;
    };
    std::vector<Happened> activities; // by lead, oldest first
};

class SeedStory {
public:
    // `today`: the day tasks are due around; everything that happened did before.
    SeedStory(std::uint64_t seed, std::int64_t leads, std::int64_t activities, std::chrono::sys_days today);

    std::int64_t leadCount() const { return m_leads; }
    std::int64_t companyCount() const;
    Company company(std::int64_t number) const;

    static const std::vector<std::string>& colleagues(); // the owners beside the person themselves
    static const std::vector<std::string>& tags();
    struct StrategyText {
        std::string name;
        StrategyVersion version;
    };
    static const std::vector<StrategyText>& strategies();

    // The leads [first, last), oldest first over the whole story.
    SeedChunk chunk(std::int64_t first, std::int64_t last) const;

private:
    struct Teller;
    std::int64_t activitiesBefore(std::int64_t lead) const;

    const std::uint64_t m_seed;
    const std::int64_t m_leads;
    const std::int64_t m_activities;
    const Instant m_today;
    ZipfDraw m_companies;
    ZipfDraw m_owners;
    ZipfDraw m_strategies;
    ZipfDraw m_tags;
    ZipfDraw m_places;
    ZipfDraw m_firstNames;
    ZipfDraw m_lastNames;
    ZipfDraw m_titles;
};

} // namespace outrider::bench
