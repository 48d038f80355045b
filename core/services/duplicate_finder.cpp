// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/duplicate_finder.h"

#include "core/contact/domain_name.h"
#include "core/contact/similarity.h"

#include <algorithm>
#include <functional>
#include <map>
#include <unordered_map>

namespace outrider {

namespace {

using Reason = DuplicateReason;

constexpr std::size_t largestRun = 48;    // of leads all compared with one another
constexpr std::size_t neighbours = 6;     // of a larger run, each is compared with so many
constexpr std::size_t betweenLooks = 512; // at whether somebody cancelled

std::uint64_t hashOf(std::string_view text) {
    if (text.empty())
        return 0;
    const auto hash = static_cast<std::uint64_t>(std::hash<std::string_view>()(text));
    return hash == 0 ? 1 : hash;
}

std::uint64_t joined(std::uint64_t a, std::uint64_t b) { return a ^ (b + 0x9e3779b97f4a7c15ULL + (a << 6) + (a >> 2)); }

constexpr std::uint32_t bit(Reason reason) { return 1U << static_cast<unsigned>(reason); }

// An address of an office, not of a person.
bool isRole(std::string_view local) {
    constexpr std::string_view roles[]{"info",    "office",    "kontakt", "contact",  "mail",  "hello",   "sales",     "support",
                                       "admin",   "team",      "service", "post",     "email", "buero",   "zentrale",  "contacto",
                                       "empfang", "reception", "jobs",    "vertrieb", "hallo", "bonjour", "commercial"};
    return std::ranges::find(roles, local) != std::end(roles);
}

std::string_view localOf(std::string_view emailKey) { return emailKey.substr(0, emailKey.rfind('@')); }

std::string_view domainPart(std::string_view emailKey) {
    const auto at = emailKey.rfind('@');
    return at == std::string_view::npos ? std::string_view() : emailKey.substr(at + 1);
}

// Whether two local parts may be two ways to write one name, "j.doe" and "john.doe", not "anna.b" and "otto.b".
bool sayTheSame(std::string_view a, std::string_view b, std::string_view last) {
    if (a.empty() || b.empty() || a == b)
        return true;
    const std::string_view family = last.substr(last.rfind(' ') == std::string_view::npos ? 0 : last.rfind(' ') + 1);
    const bool both = family.size() >= 3 && a.find(family) != std::string_view::npos && b.find(family) != std::string_view::npos;
    return both && (a.front() == b.front() || a.starts_with(family) || b.starts_with(family));
}

} // namespace

void DuplicateFinder::reserve(std::size_t leads) {
    m_leads.reserve(leads);
    m_text.reserve(leads * 44);
}

void DuplicateFinder::add(const Facts& facts) {
    Entry entry{.id = facts.id,
                .email = hashOf(contact::mailboxOf(facts.emailKey)),
                .phone = hashOf(facts.phoneKey),
                .profile = hashOf(facts.linkedinUrl),
                .external = hashOf(facts.externalId),
                .city = static_cast<std::uint32_t>(hashOf(contact::likenessKey(facts.city)))};
    std::string_view domain = facts.domain;
    if (domain.empty() && !facts.emailKey.empty())
        domain = domainPart(facts.emailKey);
    if (contact::isFreeMailDomain(domain))
        domain = {};
    const std::array<std::string, TextCount> texts{contact::likenessKey(facts.first), contact::likenessKey(facts.last),
                                                   contact::companyLikenessKey(facts.company), std::string(domain),
                                                   std::string(localOf(facts.emailKey))};
    for (std::size_t i = 0; i < TextCount; ++i) {
        entry.at[i] = static_cast<std::uint32_t>(m_text.size());
        m_text += texts[i];
    }
    entry.at[TextCount] = static_cast<std::uint32_t>(m_text.size());
    m_leads.push_back(entry);
}

std::optional<std::uint32_t> DuplicateFinder::indexOf(LeadId lead) const {
    const auto found = std::ranges::lower_bound(m_leads, lead, {}, &Entry::id);
    if (found == m_leads.end() || found->id != lead)
        return std::nullopt;
    return static_cast<std::uint32_t>(found - m_leads.begin());
}

void DuplicateFinder::addContact(LeadId lead, ContactKind kind, std::string_view key) {
    const auto index = indexOf(lead);
    if (!index || key.empty())
        return;
    const std::string same = kind == ContactKind::Url     ? contact::normalisedLinkedInUrl(key)
                             : kind == ContactKind::Email ? contact::mailboxOf(key)
                                                          : std::string(key);
    m_aliases.push_back({hashOf(same), *index});
}

bool DuplicateFinder::sharesAlias(std::uint32_t a, std::uint32_t b) const {
    const auto has = [&](std::uint64_t key, std::uint32_t lead) {
        return key != 0 && std::ranges::binary_search(m_aliases, Alias{key, lead});
    };
    const Entry& one = m_leads[a];
    const Entry& other = m_leads[b];
    if (has(one.email, b) || has(one.profile, b) || has(other.email, a) || has(other.profile, a))
        return true;
    return has(one.phone, b) || has(other.phone, a);
}

DuplicateFinder::Found DuplicateFinder::compare(std::uint32_t a, std::uint32_t b) const {
    const Entry& one = m_leads[a];
    const Entry& other = m_leads[b];
    const auto names = contact::nameLikeness(text(one, First), text(one, Last), text(other, First), text(other, Last));
    const bool namesFit = !names.known || names.score >= 75;
    const auto same = [](std::uint64_t x, std::uint64_t y) { return x != 0 && x == y; };

    Found found{.a = a, .b = b, .score = 0, .reasons = 0};
    int proofs = 0;
    const auto proof = [&](Reason reason, int fits, int doesNot) {
        found.score = std::max(found.score, namesFit ? fits : doesNot);
        found.reasons |= bit(reason);
        ++proofs;
    };
    if (same(one.email, other.email))
        isRole(text(one, Local)) ? proof(Reason::SameEmail, 96, 50) : proof(Reason::SameEmail, 99, 85);
    else if (!m_aliases.empty() && sharesAlias(a, b))
        proof(Reason::SameAlias, 95, 65);
    if (same(one.profile, other.profile))
        proof(Reason::SameProfile, 98, 85);
    if (same(one.external, other.external))
        proof(Reason::SameExternalId, 97, 72);
    if (same(one.phone, other.phone)) // a number may be a switchboard's
        proof(Reason::SamePhone, names.known ? 92 : 70, 40);

    const std::string_view domain = text(one, Domain);
    const bool sameDomain = !domain.empty() && domain == text(other, Domain);
    const int company = contact::companyLikeness(text(one, Company), text(other, Company));
    const bool knowBoth = !text(one, Company).empty() && !text(other, Company).empty();
    const bool sameCity = one.city != 0 && one.city == other.city;
    if (sameDomain)
        found.reasons |= bit(Reason::SameDomain);
    if (company == 100)
        found.reasons |= bit(Reason::SameCompany);
    else if (company > 0)
        found.reasons |= bit(Reason::SimilarCompany);
    if (sameCity)
        found.reasons |= bit(Reason::SameCity);

    if (names.known && names.score >= 75) {
        int score = 0;
        if (company == 100 || sameDomain)
            score = 60 + (names.score - 75) * 6 / 5;
        else if (company >= 80)
            score = 52 + (names.score - 75) * 6 / 5 + (company - 80) / 4;
        else if (!knowBoth)
            score = names.score < 94 ? 0 : sameCity ? 66 : 60;
        // Two addresses of one company that say two people, and two numbers as well.
        const bool twoLocals = one.email != 0 && other.email != 0 && one.email != other.email;
        if (score > 0 && twoLocals && sameDomain && !sayTheSame(text(one, Local), text(other, Local), text(one, Last))) {
            score -= names.score == 100 ? 6 : names.swapped || names.nickname ? 10 : 18;
            found.reasons |= bit(Reason::OtherEmail);
        }
        if (score > 0 && one.phone != 0 && other.phone != 0 && one.phone != other.phone) {
            score -= names.score == 100 ? 2 : 5;
            found.reasons |= bit(Reason::OtherPhone);
        }
        if (score > 0 && sameCity)
            score += 2;
        found.score = std::max(found.score, score);
        if (proofs > 0 && score >= 60)
            ++proofs;
    }
    if (names.known) {
        if (names.score == 100 && !names.swapped)
            found.reasons |= bit(Reason::SameName);
        else if (names.score < 75)
            found.reasons |= bit(Reason::OtherName);
        else {
            if (names.swapped)
                found.reasons |= bit(Reason::SwappedNames);
            if (names.nickname)
                found.reasons |= bit(Reason::Nickname);
            if (names.initial)
                found.reasons |= bit(Reason::Initial);
            if (!names.swapped && !names.nickname && !names.initial)
                found.reasons |= bit(Reason::SimilarName);
        }
    }
    if (proofs > 1)
        found.score = std::min(100, found.score + proofs - 1);
    return found;
}

void DuplicateFinder::tryPair(std::uint32_t a, std::uint32_t b, int minScore, std::vector<Found>& found) const {
    if (a == b)
        return;
    const Found pair = compare(std::min(a, b), std::max(a, b));
    if (pair.score >= minScore)
        found.push_back(pair);
}

void DuplicateFinder::compareRun(const Block* begin, const Block* end, int minScore, std::vector<Found>& found) {
    const auto count = static_cast<std::size_t>(end - begin);
    if (count <= largestRun) {
        for (const Block* one = begin; one != end; ++one) {
            for (const Block* other = one + 1; other != end; ++other)
                tryPair(one->lead, other->lead, minScore, found);
        }
        return;
    }
    // Whoever is most alike stands next to each other, by what the key did not say: once by name, once by company.
    std::vector<std::uint32_t> leads;
    leads.reserve(count);
    for (const Block* each = begin; each != end; ++each)
        leads.push_back(each->lead);
    for (const bool byName : {true, false}) {
        std::ranges::sort(leads, [&](std::uint32_t x, std::uint32_t y) {
            const Entry& one = m_leads[x];
            const Entry& other = m_leads[y];
            for (const Text which : byName ? std::array{First, Last, Company} : std::array{Company, First, Last}) {
                if (const int order = text(one, which).compare(text(other, which)); order != 0)
                    return order < 0;
            }
            return x < y;
        });
        for (std::size_t i = 0; i < leads.size(); ++i) {
            for (std::size_t j = i + 1; j < std::min(leads.size(), i + 1 + neighbours); ++j)
                tryPair(leads[i], leads[j], minScore, found);
            if (i % betweenLooks == 0 && m_progress != nullptr && m_progress->cancelled()) {
                m_isCancelled = true;
                return;
            }
        }
    }
}

void DuplicateFinder::compareBlocks(std::vector<Block>& blocks, int minScore, std::vector<Found>& found) {
    std::ranges::sort(blocks);
    std::size_t looked = 0;
    for (std::size_t begin = 0; begin < blocks.size() && !m_isCancelled;) {
        std::size_t end = begin + 1;
        while (end < blocks.size() && blocks[end].key == blocks[begin].key)
            ++end;
        if (end - begin > 1)
            compareRun(blocks.data() + begin, blocks.data() + end, minScore, found);
        begin = end;
        if (++looked % betweenLooks == 0 && m_progress != nullptr && m_progress->cancelled())
            m_isCancelled = true;
    }
    blocks.clear();
    // The same two may share several things.
    std::ranges::sort(found, [](const Found& x, const Found& y) { return std::pair(x.a, x.b) < std::pair(y.a, y.b); });
    const auto same = [](const Found& x, const Found& y) { return x.a == y.a && x.b == y.b; };
    found.erase(std::unique(found.begin(), found.end(), same), found.end());
}

DuplicatePair DuplicateFinder::pairOf(const Found& found) const {
    DuplicatePair pair{.first = m_leads[found.a].id, .second = m_leads[found.b].id, .score = found.score, .reasons = {}};
    for (unsigned i = 0; i < 32; ++i) {
        if ((found.reasons >> i & 1U) != 0)
            pair.reasons.push_back(static_cast<Reason>(i));
    }
    return pair;
}

Result<std::vector<DuplicatePair>> DuplicateFinder::find(int minScore, const std::vector<std::pair<LeadId, LeadId>>& except,
                                                         const ProgressPtr& progress) {
    m_progress = progress.get();
    m_isCancelled = false;
    std::ranges::sort(m_aliases);
    std::vector<Found> found;
    std::vector<Block> blocks;
    const auto count = static_cast<std::uint32_t>(m_leads.size());
    const auto sounds = [this](const Entry& entry, Text which) {
        const std::string_view whole = text(entry, which);
        // Of "van der heijden" the last word, of "anna maria" the first.
        const auto space = which == Last ? whole.rfind(' ') : whole.find(' ');
        const std::string_view word = space == std::string_view::npos ? whole
                                      : which == Last                 ? whole.substr(space + 1)
                                                                      : whole.substr(0, space);
        return hashOf(contact::soundOf(which == First ? contact::givenNameOf(word) : word));
    };
    // What each round has in common; a round at a time, so that only one needs its memory.
    const std::array<std::function<void(std::uint32_t, const Entry&)>, 4> rounds{
        [&](std::uint32_t i, const Entry& entry) {
            for (const std::uint64_t key : {entry.email, entry.phone, entry.profile}) {
                if (key != 0)
                    blocks.push_back({key, i});
            }
            if (entry.external != 0)
                blocks.push_back({joined(entry.external, 3), i});
        },
        [&](std::uint32_t i, const Entry& entry) {
            if (const auto company = hashOf(text(entry, Company)); company != 0) {
                for (const auto sound : {sounds(entry, First), sounds(entry, Last)}) {
                    if (sound != 0)
                        blocks.push_back({joined(company, sound), i});
                }
            }
        },
        [&](std::uint32_t i, const Entry& entry) {
            if (const auto domain = hashOf(text(entry, Domain)); domain != 0) {
                for (const auto sound : {sounds(entry, First), sounds(entry, Last)}) {
                    if (sound != 0)
                        blocks.push_back({joined(domain, sound), i});
                }
            }
        },
        [&](std::uint32_t i, const Entry& entry) {
            const auto first = sounds(entry, First);
            const auto last = sounds(entry, Last);
            if (first != 0 && last != 0)
                blocks.push_back({joined(std::min(first, last), std::max(first, last)), i});
        },
    };
    if (progress)
        progress->setTotal(std::int64_t(rounds.size()) * count);
    for (std::size_t round = 0; round < rounds.size() && !m_isCancelled; ++round) {
        for (std::uint32_t i = 0; i < count; ++i)
            rounds.at(round)(i, m_leads[i]);
        if (round == 0) {
            for (const Alias& alias : m_aliases)
                blocks.push_back({alias.key, alias.lead});
        }
        compareBlocks(blocks, minScore, found);
        if (progress)
            progress->setDone(std::int64_t(round + 1) * count);
    }
    m_progress = nullptr;
    if (m_isCancelled)
        return fail(ErrorCode::Cancelled);
    std::vector<DuplicatePair> pairs;
    pairs.reserve(found.size());
    for (const Found& each : found) {
        const auto ids = std::pair(m_leads[each.a].id, m_leads[each.b].id);
        if (!std::ranges::binary_search(except, ids))
            pairs.push_back(pairOf(each));
    }
    std::ranges::stable_sort(pairs, std::ranges::greater(), &DuplicatePair::score);
    return pairs;
}

std::vector<DuplicatePair> DuplicateFinder::findOf(LeadId lead, int minScore, const std::vector<LeadId>& except) {
    std::ranges::sort(m_aliases);
    std::vector<Found> found;
    const auto index = indexOf(lead);
    for (std::uint32_t i = 0; index && i < m_leads.size(); ++i) {
        if (std::ranges::find(except, m_leads[i].id) == except.end())
            tryPair(*index, i, minScore, found);
    }
    std::vector<DuplicatePair> pairs;
    for (const Found& each : found)
        pairs.push_back(pairOf(each));
    std::ranges::stable_sort(pairs, std::ranges::greater(), &DuplicatePair::score);
    return pairs;
}

std::vector<DuplicateCluster> clustersOf(const std::vector<DuplicatePair>& pairs, std::size_t mostLeads) {
    std::unordered_map<LeadId, std::size_t> placeOf;
    std::vector<DuplicateCluster> clusters;
    const auto clusterOf = [&](LeadId lead) {
        const auto [place, isNew] = placeOf.try_emplace(lead, clusters.size());
        if (isNew)
            clusters.push_back({.leads = {lead}, .pairs = {}});
        return place->second;
    };
    for (const DuplicatePair& pair : pairs) {
        const std::size_t a = clusterOf(pair.first);
        const std::size_t b = clusterOf(pair.second);
        if (a != b) {
            if (clusters[a].leads.size() + clusters[b].leads.size() > mostLeads)
                continue; // they still stand in theirs
            const std::size_t into = std::min(a, b);
            DuplicateCluster& gone = clusters[std::max(a, b)];
            for (const LeadId lead : gone.leads) {
                placeOf[lead] = into;
                clusters[into].leads.push_back(lead);
            }
            std::ranges::move(gone.pairs, std::back_inserter(clusters[into].pairs));
            gone = {};
        }
        clusters[placeOf[pair.first]].pairs.push_back(pair);
    }
    std::erase_if(clusters, [](const DuplicateCluster& cluster) { return cluster.pairs.empty(); });
    for (DuplicateCluster& cluster : clusters) {
        std::ranges::sort(cluster.leads);
        std::ranges::stable_sort(cluster.pairs, std::ranges::greater(), &DuplicatePair::score);
    }
    std::ranges::stable_sort(clusters, [](const DuplicateCluster& a, const DuplicateCluster& b) {
        return a.pairs.front().score > b.pairs.front().score;
    });
    return clusters;
}

} // namespace outrider
