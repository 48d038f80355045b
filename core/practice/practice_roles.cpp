// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/practice_roles.h"

#include "core/practice/practice_people.h"
#include "core/practice/practice_prospects.h"

#include <algorithm>
#include <array>

namespace outrider::practice {

namespace {

using Part = PracticeRole::Part;
using S = PracticeStrategy;

// The cast, in the order of the names.
constexpr std::array castRoles{
    PracticeRole{Part::Overdue, S::DockDelays, 2},
    PracticeRole{Part::DueToday, S::DockDelays, 1},
    PracticeRole{Part::Replied, S::ColdChain, 3, 0, false},
    PracticeRole{Part::DueToday, S::PortOperators, 0},
    PracticeRole{Part::DueToday, S::DockDelays, 5},
    PracticeRole{Part::DueToday, S::ColdChain, 2},
    PracticeRole{Part::DueToday, S::DockDelays, 5},
    PracticeRole{Part::DueToday, S::DockDelays, 0},
    PracticeRole{Part::DueToday, S::PortOperators, 0},
    PracticeRole{Part::DueToday, S::DockDelays, 1},
    PracticeRole{Part::Replied, S::PortOperators, 1, 2, false},
    PracticeRole{Part::Overdue, S::ColdChain, 2},
    PracticeRole{Part::Overdue, S::ColdChain, 1},
    PracticeRole{Part::DueLater, S::ColdChain, 2},
    PracticeRole{Part::DueToday, S::ColdChain, 3},
    PracticeRole{Part::Replied, S::ColdChain, 3, 1, false},
    PracticeRole{Part::DueToday, S::PortOperators, 1},
    PracticeRole{Part::DueToday, S::DockDelays, 2},
    PracticeRole{Part::Meeting, S::ColdChain, 4},
    PracticeRole{Part::DueLater, S::DockDelays, 2},
    PracticeRole{Part::DueLater, S::DockDelays, 0},
    PracticeRole{Part::NotNow, S::DockDelays, 3},
    PracticeRole{Part::DueLater, S::ColdChain, 3},
    PracticeRole{Part::DueLater, S::DockDelays, 0},
    PracticeRole{Part::DueLater, S::ColdChain, 3},
    PracticeRole{Part::Bounced, S::ColdChain, 1},
    PracticeRole{Part::DueLater, S::DockDelays, 1},
    PracticeRole{Part::DueLater, S::DockDelays, 1},
    PracticeRole{Part::Meeting, S::DockDelays, 3},
    PracticeRole{Part::New},
    PracticeRole{Part::OptedOut, S::ColdChain, 1},
    PracticeRole{Part::DueLater, S::DockDelays, 2},
    PracticeRole{Part::DueLater, S::ColdChain, 1},
    PracticeRole{Part::New},
    PracticeRole{Part::DueToday, S::DockDelays, 3},
    PracticeRole{Part::Away, S::ColdChain, 1},
    PracticeRole{Part::New},
    PracticeRole{Part::DueLater, S::DockDelays, 1},
    PracticeRole{Part::Finished, S::DockDelays, 6},
    PracticeRole{Part::Replied, S::PortOperators, 1, 1, false},
};

bool isPacific(const PracticePerson& person) {
    return person.isIn({"JP", "CN", "SG", "KR", "IN", "VN", "AU", "NZ", "ID", "MY", "TH", "PH", "HK"});
}

bool suits(const PracticePerson& person, PracticeStrategy strategy) {
    switch (strategy) {
    case S::ColdChain:
        return person.hasTag("cold-chain") && !isPacific(person);
    case S::PortOperators:
        return isPacific(person);
    case S::DockDelays:
        break;
    }
    return !isPacific(person) && !person.isIn({"US", "CA", "BR"});
}

// How many people play a part, and how those react who do.
struct Casting {
    int count = 0;
    PracticeRole role;
    ProspectKind kind = ProspectKind::Silent;
};

// Today's e-mails are chosen so that a morning of sending meets everybody: answers, a bounce, a holiday.
constexpr std::array castings{
    // What has happened
    Casting{1, {Part::Replied, S::DockDelays, 2, 2, false}, ProspectKind::Replies},
    Casting{4, {Part::Replied, S::DockDelays, 2, 6, true}, ProspectKind::Replies},
    Casting{3, {Part::Replied, S::ColdChain, 1, 8, true}, ProspectKind::Replies},
    Casting{1, {Part::Replied, S::PortOperators, 1, 5, true}, ProspectKind::Replies},
    Casting{2, {Part::Bounced, S::DockDelays, 1}, ProspectKind::Gone},
    Casting{2, {Part::Away, S::DockDelays, 1}, ProspectKind::Away},
    Casting{1, {Part::Away, S::ColdChain, 1}, ProspectKind::Away},
    Casting{1, {Part::Away, S::PortOperators, 1}, ProspectKind::Away},
    // Today's e-mails
    Casting{2, {Part::DueToday, S::DockDelays, 0}, ProspectKind::Gone},
    Casting{1, {Part::DueToday, S::DockDelays, 0}, ProspectKind::Full},
    Casting{2, {Part::DueToday, S::DockDelays, 0}},
    Casting{3, {Part::DueToday, S::DockDelays, 1}, ProspectKind::Replies},
    Casting{1, {Part::DueToday, S::DockDelays, 1}, ProspectKind::OptsOut},
    Casting{1, {Part::DueToday, S::DockDelays, 1}, ProspectKind::Away},
    Casting{3, {Part::DueToday, S::DockDelays, 1}},
    Casting{3, {Part::DueToday, S::DockDelays, 5}},
    Casting{1, {Part::DueToday, S::ColdChain, 0}, ProspectKind::Away},
    Casting{2, {Part::DueToday, S::ColdChain, 0}},
    Casting{1, {Part::DueToday, S::ColdChain, 2}, ProspectKind::Replies},
    Casting{3, {Part::DueToday, S::ColdChain, 2}},
    Casting{2, {Part::DueToday, S::ColdChain, 4}},
    Casting{2, {Part::DueToday, S::PortOperators, 0}},
    Casting{3, {Part::DueToday, S::PortOperators, 2}},
    Casting{1, {Part::DueToday, S::PortOperators, 4}},
    // Today's calls
    Casting{10, {Part::DueToday, S::DockDelays, 2}},
    Casting{6, {Part::DueToday, S::DockDelays, 4}},
    Casting{6, {Part::DueToday, S::ColdChain, 3}},
    Casting{4, {Part::DueToday, S::PortOperators, 1}},
    // Today's LinkedIn
    Casting{4, {Part::DueToday, S::DockDelays, 3}},
    Casting{3, {Part::DueToday, S::ColdChain, 1}},
    Casting{1, {Part::DueToday, S::PortOperators, 3}},
    // The coming days
    Casting{1, {Part::DueLater, S::DockDelays, 1}, ProspectKind::Full},
    Casting{22, {Part::DueLater, S::DockDelays, 1}},
    Casting{18, {Part::DueLater, S::DockDelays, 2}},
    Casting{10, {Part::DueLater, S::DockDelays, 4}},
    Casting{9, {Part::DueLater, S::ColdChain, 1}},
    Casting{9, {Part::DueLater, S::ColdChain, 2}},
    Casting{5, {Part::DueLater, S::ColdChain, 4}},
    Casting{8, {Part::DueLater, S::PortOperators, 1}},
    Casting{6, {Part::DueLater, S::PortOperators, 2}},
    Casting{4, {Part::DueLater, S::PortOperators, 3}},
    // What came of it
    Casting{4, {Part::Meeting, S::DockDelays, 3}},
    Casting{1, {Part::Meeting, S::ColdChain, 4}},
    Casting{3, {Part::NotNow, S::DockDelays, 5}},
    Casting{3, {Part::Never, S::DockDelays, 3}},
    Casting{7, {Part::Finished, S::DockDelays, 6}},
    Casting{2, {Part::Finished, S::ColdChain, 5}},
    Casting{2, {Part::Finished, S::PortOperators, 5}},
};

} // namespace

std::vector<PracticeRole> practiceRoles() {
    const auto& people = practicePeople();
    std::vector<PracticeRole> roles(people.size());
    std::vector<bool> taken(people.size());
    for (std::size_t i = 0; i < castRoles.size() && i < people.size(); ++i) {
        roles[i] = castRoles[i];
        taken[i] = true;
    }
    // A walk that visits everybody once and mixes the countries.
    constexpr std::size_t stride = 89;
    std::vector<std::size_t> order(people.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i * stride % order.size();
    for (const Casting& casting : castings) {
        int missing = casting.count;
        for (const std::size_t i : order) {
            if (missing == 0)
                break;
            if (taken[i] || !suits(people[i], casting.role.strategy) || prospectAt(people[i].email).kind != casting.kind)
                continue;
            roles[i] = casting.role;
            taken[i] = true;
            --missing;
        }
    }
    return roles;
}

} // namespace outrider::practice
