// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/import_matching.h"

#include "core/contact/text.h"
#include "core/store/repositories/lead_repository.h"

#include <algorithm>

namespace outrider {

using namespace outrider::store;
using exchange::LeadRow;

// ── The index ────────────────────────────────────────────────────────────────────────────────

std::optional<std::uint32_t> ImportMatcher::Index::find(std::uint64_t key, const std::vector<Person>& people,
                                                        std::size_t way) const {
    if (key == 0 || m_slots.empty())
        return std::nullopt;
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t at = key & mask; m_slots[at] != 0; at = (at + 1) & mask) {
        if (people[m_slots[at] - 1].keys[way] == key)
            return m_slots[at] - 1;
    }
    return std::nullopt;
}

void ImportMatcher::Index::insert(std::uint64_t key, std::uint32_t person, const std::vector<Person>& people, std::size_t way) {
    if (key == 0 || find(key, people, way))
        return; // the first with a key keeps it
    if ((m_count + 1) * 2 > m_slots.size())
        grow(people, way);
    const std::size_t mask = m_slots.size() - 1;
    std::size_t at = key & mask;
    while (m_slots[at] != 0)
        at = (at + 1) & mask;
    m_slots[at] = person + 1;
    ++m_count;
}

void ImportMatcher::Index::grow(const std::vector<Person>& people, std::size_t way) {
    std::vector<std::uint32_t> old = std::move(m_slots);
    m_slots.assign(std::max<std::size_t>(1024, old.size() * 2), 0);
    const std::size_t mask = m_slots.size() - 1;
    for (const std::uint32_t slot : old) {
        if (slot == 0)
            continue;
        std::size_t at = people[slot - 1].keys[way] & mask;
        while (m_slots[at] != 0)
            at = (at + 1) & mask;
        m_slots[at] = slot;
    }
}

// ── Matching ─────────────────────────────────────────────────────────────────────────────────

ImportMatcher::ImportMatcher(ImportKey key) {
    constexpr std::array<std::pair<ImportKey, Way>, 4> chosen{
        std::pair{ImportKey::Email, Email}, std::pair{ImportKey::ExternalId, ExternalId},
        std::pair{ImportKey::LinkedIn, LinkedIn}, std::pair{ImportKey::Phone, Phone}};
    for (const auto& [which, way] : chosen) {
        if (which == key)
            m_ways.push_back(way);
    }
    for (const Way way : {LinkedIn, Email, ExternalId, Phone, NameAndCompany}) {
        if (way != m_ways.front())
            m_ways.push_back(way);
    }
}

void ImportMatcher::begin(Connection& db) {
    LeadRepository leads(db);
    m_storeIsEmpty = leads.countAll() == 0;
    switch (m_ways.front()) {
    case Email:
        m_keyDecides = leads.allHaveEmail();
        break;
    case ExternalId:
        m_keyDecides = leads.allHaveExternalId();
        break;
    case LinkedIn:
        m_keyDecides = leads.allHaveLinkedIn();
        break;
    case Phone:
        m_keyDecides = leads.allHavePhone();
        break;
    case NameAndCompany:
    case Ways:
        break;
    }
}

std::uint64_t ImportMatcher::hashOf(std::string_view text) {
    if (text.empty())
        return 0;
    const std::uint64_t hash = std::hash<std::string_view>()(text);
    return hash == 0 ? 1 : hash;
}

ImportMatcher::Person ImportMatcher::personOf(const Lead& lead) {
    Person person;
    person.keys[Email] = hashOf(lead.emailKey);
    person.keys[ExternalId] = hashOf(lead.externalId);
    person.keys[LinkedIn] = hashOf(lead.linkedinUrl);
    person.keys[Phone] = hashOf(lead.phoneKey);
    if (!lead.firstName.empty() || !lead.lastName.empty()) {
        const std::string name = contact::unaccented(fullName(lead));
        person.name = hashOf(name);
        person.keys[NameAndCompany] = hashOf(name + '\n' + contact::unaccented(lead.companyName));
    }
    person.hasFullName = !lead.firstName.empty() && !lead.lastName.empty();
    person.hasCompany = !lead.companyName.empty();
    person.hasBrokenEmail = !lead.email.empty() && lead.emailKey.empty();
    return person;
}

// A row is asked for several times in a row.
const ImportMatcher::Person& ImportMatcher::personOf(const LeadRow& row) {
    if (m_asked.row != row.number) {
        m_asked = personOf(row.lead);
        m_asked.row = row.number;
    }
    return m_asked;
}

// Whether what is known of the two besides `way` lets them be one.
bool ImportMatcher::mayBe(const Person& a, const Person& b, Way way) const {
    const auto differ = [&](Way other) { return a.keys[other] != 0 && b.keys[other] != 0 && a.keys[other] != b.keys[other]; };
    if (way == m_ways.front())
        return true;
    if (differ(m_ways.front()))
        return false;
    if (way == LinkedIn || way == Email)
        return true;
    if (a.name == 0 || a.name != b.name || differ(Email) || differ(LinkedIn) || differ(ExternalId))
        return false;
    if (way != NameAndCompany || (a.hasCompany && a.hasFullName))
        return true;
    // A name alone, or half of one, is one person only when that is all there is, or an address was to be mended.
    const auto hasNone = [](const Person& p) {
        return p.keys[Email] == 0 && p.keys[LinkedIn] == 0 && p.keys[ExternalId] == 0 && p.keys[Phone] == 0;
    };
    return a.hasBrokenEmail || b.hasBrokenEmail || (hasNone(a) && hasNone(b));
}

std::optional<LeadId> ImportMatcher::stored(Connection& db, const Lead& lead, Way way) const {
    LeadRepository leads(db);
    switch (way) {
    case Email:
        return leads.findByEmailKey(lead.emailKey);
    case ExternalId:
        return leads.findByExternalId(lead.externalId);
    case LinkedIn:
        return leads.findByLinkedInUrl(lead.linkedinUrl);
    case Phone:
        return leads.findByPhoneKey(lead.phoneKey);
    case NameAndCompany:
        return lead.firstName.empty() && lead.lastName.empty() ? std::nullopt
                                                               : leads.findByNameAndCompany(fullName(lead), lead.companyName);
    case Ways:
        break;
    }
    return std::nullopt;
}

ImportMatcher::Match ImportMatcher::find(Connection& db, const LeadRow& row) {
    const Person& wanted = personOf(row);
    LeadRepository leads(db);
    for (const Way way : m_ways) {
        auto inFile = m_index[way].find(wanted.keys[way], m_people, way);
        if (!inFile && (way == Email || way == Phone) && wanted.keys[way] != 0) {
            const auto& seconds = m_seconds[way == Email ? 0 : 1];
            if (const auto second = seconds.find(wanted.keys[way]); second != seconds.end())
                inFile = second->second;
        }
        if (inFile && mayBe(wanted, m_people[*inFile], way))
            return {.kind = Match::Kind::InFile, .person = *inFile};
        if (way != m_ways.front() && m_keyDecides && wanted.keys[m_ways.front()] != 0)
            continue;                                // whoever it finds has another key
        if (m_storeIsEmpty && way != NameAndCompany) // a company's name may be known from elsewhere
            continue;
        const auto known = stored(db, row.lead, way);
        if (!known)
            continue;
        // An earlier row was that lead by another key, or made it.
        if (const auto earlier = earlierRowOf(*known)) {
            if (mayBe(wanted, m_people[*earlier], way))
                return {.kind = Match::Kind::InFile, .person = *earlier};
            continue;
        }
        if (way != m_ways.front()) {
            const auto lead = leads.find(*known);
            if (!lead || !mayBe(wanted, personOf(*lead), way))
                continue;
        }
        return {.kind = Match::Kind::Stored, .lead = *known};
    }
    return {};
}

void ImportMatcher::remember(std::uint32_t person, const LeadRow& row) {
    for (std::size_t way = 0; way < Ways; ++way)
        m_index[way].insert(m_people[person].keys[way], person, m_people, way);
    for (const ContactPoint& contact : row.lead.otherContacts) {
        if (contact.kind != ContactKind::Url && !contact.key.empty())
            m_seconds[contact.kind == ContactKind::Email ? 0 : 1].emplace(hashOf(contact.key), person);
    }
}

std::uint32_t ImportMatcher::add(const LeadRow& row, LeadId lead) {
    const auto person = static_cast<std::uint32_t>(m_people.size());
    m_people.push_back(personOf(row));
    remember(person, row);
    if (lead) {
        m_people[person].lead = lead;
        m_known.emplace(lead.value, person);
    }
    return person;
}

void ImportMatcher::extend(std::uint32_t person, const LeadRow& row) {
    const Person& more = personOf(row);
    Person& known = m_people[person];
    for (std::size_t way = 0; way < Ways; ++way) {
        if (known.keys[way] == 0)
            known.keys[way] = more.keys[way];
    }
    if (known.name == 0) {
        known.name = more.name;
        known.hasFullName = more.hasFullName;
    }
    known.hasBrokenEmail &= more.keys[Email] == 0;
    for (const Way way : {Email, Phone}) {
        if (more.keys[way] != 0 && more.keys[way] != known.keys[way])
            m_seconds[way == Email ? 0 : 1].emplace(more.keys[way], person);
    }
    remember(person, row);
}

bool ImportMatcher::isNamedOtherwise(std::uint32_t person, const LeadRow& row) {
    const Person& other = personOf(row);
    const Person& known = m_people[person];
    return known.hasFullName && other.hasFullName && known.name != other.name;
}

void ImportMatcher::setLead(std::uint32_t person, LeadId lead) {
    m_people[person].lead = lead;
    m_added.push_back(person);
}

std::optional<std::uint32_t> ImportMatcher::earlierRowOf(LeadId lead) const {
    if (const auto known = m_known.find(lead.value); known != m_known.end())
        return known->second;
    const auto added =
        std::lower_bound(m_added.begin(), m_added.end(), lead.value,
                         [this](std::uint32_t person, std::int64_t id) { return m_people[person].lead.value < id; });
    return added != m_added.end() && m_people[*added].lead == lead ? std::optional(*added) : std::nullopt;
}

} // namespace outrider
