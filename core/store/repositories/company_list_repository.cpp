// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/company_list_repository.h"

#include "core/contact/text.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/lead_list_repository.h"
#include "core/store/repositories/search_words.h"

#include <algorithm>
#include <charconv>
#include <compare>
#include <map>
#include <queue>

namespace outrider::store {

namespace {

constexpr int passedAtOnce = 1000; // companies passed over because they were in a part before

// The list is walked part after part, each in an index of its own.
enum class Part { Named, Unnamed, NameBegins, DomainBegins, HasWords };

// From its start; or from a company on: those of the same name after it, then the names beyond. ?1: a name or a domain
// (or the words), ?2: the company, or where the names that begin so end.
enum class Step { Start, Same, Beyond };

std::string partSql(Part part, Step step) {
    const std::string after = step == Step::Start ? " >= ?1" : " > ?1";
    switch (part) {
    case Part::Named:
    case Part::NameBegins:
        if (step == Step::Same)
            return "SELECT id, name_key FROM company INDEXED BY company_name WHERE name_key <> '' AND name_key = ?1 AND id > ?2"
                   " ORDER BY id";
        return "SELECT id, name_key FROM company INDEXED BY company_name WHERE name_key <> '' AND name_key" + after
               + (part == Part::NameBegins ? " AND name_key < ?2" : "") + " ORDER BY name_key, id";
    case Part::Unnamed: // domains are unique
        return "SELECT id, domain FROM company INDEXED BY company_unnamed WHERE name_key = '' AND domain" + after
               + " ORDER BY domain, id";
    case Part::DomainBegins:
        return "SELECT id, domain FROM company INDEXED BY company_domain WHERE domain <> '' AND domain" + after
               + " AND domain < ?2 ORDER BY domain";
    case Part::HasWords:
        break;
    }
    return "SELECT rowid, '' FROM company_search WHERE company_search MATCH ?1 AND rowid < ?2 ORDER BY rowid DESC";
}

constexpr const char* listed = "SELECT id, name, domain, industry, city, country FROM company WHERE id = ?1";
constexpr const char* keysOf = "SELECT name_key, domain FROM company WHERE id = ?1";

const std::string peopleOf = " FROM lead c INDEXED BY lead_company JOIN lead f INDEXED BY lead_facet ON f.id = c.id"
                             " WHERE c.company_id = ?1 AND f.archived_at IS NULL AND f.trashed_at IS NULL";
const std::string counted =
    "SELECT count(*), max(last_touch_at), min(next_task_at), sum(tasks) FROM (SELECT f.last_touch_at, f.next_task_at,"
    " (SELECT count(*) FROM task t INDEXED BY task_lead_open WHERE t.lead_id = c.id AND t.state = 0) AS tasks"
    + peopleOf + " LIMIT ?2)";
// Sorted are at most as many as are counted.
const std::string lately = "SELECT id FROM (SELECT c.id AS id, f.last_touch_at AS touch, f.score AS score" + peopleOf
                           + " LIMIT ?2) ORDER BY touch IS NULL, touch DESC, score DESC, id LIMIT ?3";
constexpr const char* nextOf = "SELECT at, id FROM activity WHERE lead_id = ?1 AND (at, id) < (?2, ?3)"
                               " ORDER BY at DESC, id DESC LIMIT ?4";
constexpr int placesAtOnce = 8; // of one's history, without what they say

// One past every text that begins so.
std::string beyond(const std::string& beginning) { return beginning + "\xF4\x8F\xBF\xBF"; }

bool number(std::string_view digits, std::int64_t& out) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    return error == std::errc() && end == digits.data() + digits.size();
}

std::string matchOf(const SearchWords& words) {
    std::string query;
    for (const SearchWords::Word& word : words.words)
        query += (query.empty() ? "\"" : " \"") + word.text + "\"*";
    return query;
}

} // namespace

// Where a list has come to: "part,id,key".
struct CompanyListRepository::Place {
    Part part = Part::Named;
    std::int64_t id = 0;
    std::string key;

    static std::optional<Place> read(std::string_view text) {
        const auto first = text.find(',');
        const auto second = first == std::string_view::npos ? first : text.find(',', first + 1);
        std::int64_t part = 0;
        Place place;
        if (second == std::string_view::npos || !number(text.substr(0, first), part) || part < 0
            || part > std::int64_t(Part::HasWords) || !number(text.substr(first + 1, second - first - 1), place.id))
            return std::nullopt;
        place.part = Part(part);
        place.key = text.substr(second + 1);
        return place;
    }
    std::string text() const { return std::to_string(int(part)) + ',' + std::to_string(id) + ',' + key; }
};

Result<CompanyPage> CompanyListRepository::page(const CompanyQuery& query) {
    const SearchWords words(query.words);
    const std::string name = contact::unaccented(contact::collapsed(query.words));
    const std::string domain = contact::asciiLower(contact::collapsed(query.words));
    const bool searched = !name.empty();
    std::vector<Part> parts =
        searched ? std::vector{Part::NameBegins, Part::DomainBegins, Part::HasWords} : std::vector{Part::Named, Part::Unnamed};
    if (searched && words.empty())
        parts.pop_back();
    std::optional<Place> from;
    if (!query.after.empty()) {
        from = Place::read(query.after);
        if (!from || std::find(parts.begin(), parts.end(), from->part) == parts.end())
            return fail(ErrorCode::InvalidArgument, "a cursor of another list");
        parts.erase(parts.begin(), std::find(parts.begin(), parts.end(), from->part));
    }
    std::vector<Place> found;
    std::optional<Place> last; // looked at
    int passed = 0;
    bool left = false;
    // Whether a part before has shown it.
    const auto shownBefore = [&](Part part, CompanyId id) {
        if (part != Part::DomainBegins && part != Part::HasWords)
            return false;
        Statement keys = m_db.query(keysOf, id);
        return keys.step() && (keys.view(0).starts_with(name) || (part == Part::HasWords && keys.view(1).starts_with(domain)));
    };
    const auto walk = [&](Part part, Step step, const std::string& key, std::int64_t id) {
        if (left || int(found.size()) > query.limit)
            return;
        Statement rows = m_db.prepare(partSql(part, step));
        rows.bindText(1, key);
        if (step == Step::Same || part == Part::HasWords)
            rows.bindInteger(2, id);
        else if (part == Part::NameBegins || part == Part::DomainBegins)
            rows.bindText(2, beyond(part == Part::NameBegins ? name : domain));
        while (int(found.size()) <= query.limit && !left && rows.step()) {
            last = Place{part, rows.integer(0), rows.text(1)};
            if (!shownBefore(part, CompanyId{last->id}))
                found.push_back(*last);
            else
                left = ++passed >= passedAtOnce;
        }
    };
    for (const Part part : parts) {
        const bool goesOn = from && from->part == part;
        if (part == Part::HasWords) {
            walk(part, Step::Start, matchOf(words), goesOn ? from->id : INT64_MAX);
        } else if (goesOn) {
            if (part == Part::Named || part == Part::NameBegins)
                walk(part, Step::Same, from->key, from->id);
            walk(part, Step::Beyond, from->key, 0);
        } else {
            walk(part, Step::Start, part == Part::NameBegins ? name : part == Part::DomainBegins ? domain : std::string(), 0);
        }
    }
    CompanyPage page;
    if (int(found.size()) > query.limit) {
        found.resize(std::size_t(query.limit));
        page.next = found.back().text();
    } else if (left) {
        page.next = last->text();
    }
    for (const Place& place : found) {
        if (auto one = row(CompanyId{place.id}))
            page.rows.push_back(std::move(*one));
    }
    return page;
}

std::optional<CompanyListRow> CompanyListRepository::row(CompanyId id) {
    CompanyListRow row;
    {
        Statement read = m_db.query(listed, id);
        if (!read.step())
            return std::nullopt;
        row = {.id = id,
               .name = read.text(1),
               .domain = read.text(2),
               .industry = read.text(3),
               .city = read.text(4),
               .country = read.text(5),
               .people = {}};
    }
    row.people = people(id);
    return row;
}

CompanyPeople CompanyListRepository::people(CompanyId id) {
    Statement read = m_db.query(counted, id, CompanyPeople::mostCounted + 1);
    CompanyPeople people;
    if (!read.step())
        return people;
    people.more = read.integer(0) > CompanyPeople::mostCounted;
    people.count = int(std::min<std::int64_t>(read.integer(0), CompanyPeople::mostCounted));
    people.lastTouchAt = read.optionalInstant(1);
    people.nextTaskAt = read.optionalInstant(2);
    people.openTasks = int(read.integer(3));
    return people;
}

std::vector<LeadId> CompanyListRepository::leadIds(CompanyId id, int limit) {
    std::vector<LeadId> ids;
    Statement rows = m_db.query(lately, id, CompanyPeople::mostCounted, limit);
    while (rows.step())
        ids.push_back(rows.id<LeadId>(0));
    return ids;
}

std::vector<LeadListRow> CompanyListRepository::leads(CompanyId id, int limit) {
    std::vector<LeadListRow> leads;
    LeadListRepository list(m_db);
    for (const LeadId lead : leadIds(id, limit)) {
        if (auto row = list.row(lead))
            leads.push_back(std::move(*row));
    }
    return leads;
}

Result<CompanyTimelinePage> CompanyListRepository::timeline(CompanyId id, std::string_view after, int limit) {
    std::int64_t at = INT64_MAX;
    std::int64_t entry = INT64_MAX;
    if (!after.empty()) {
        const auto comma = after.find(',');
        if (comma == std::string_view::npos || !number(after.substr(0, comma), at) || !number(after.substr(comma + 1), entry))
            return fail(ErrorCode::InvalidArgument, "a cursor of another list");
    }
    // The newest few of each, and of whoever has none left the next few; what they say is read of those shown alone.
    struct Waiting {
        std::int64_t at = 0;
        std::int64_t id = 0;
        LeadId lead;
        bool isLast = false; // of those read
        auto operator<=>(const Waiting&) const = default;
    };
    std::priority_queue<Waiting> newest;
    const auto look = [&](LeadId lead, std::int64_t beforeAt, std::int64_t beforeId) {
        Statement rows = m_db.query(nextOf, lead, beforeAt, beforeId, placesAtOnce);
        for (int read = 1; rows.step(); ++read)
            newest.push({rows.integer(0), rows.integer(1), lead, read == placesAtOnce});
    };
    const std::vector<LeadId> leads = leadIds(id, CompanyTimelinePage::merged + 1);
    CompanyTimelinePage page;
    page.partial = leads.size() > CompanyTimelinePage::merged;
    for (std::size_t i = 0; i < std::min<std::size_t>(leads.size(), CompanyTimelinePage::merged); ++i)
        look(leads[i], at, entry);

    ActivityRepository activities(m_db);
    LeadListRepository list(m_db);
    std::map<LeadId, std::string> names;
    while (!newest.empty()) {
        const Waiting next = newest.top();
        newest.pop();
        if (int(page.entries.size()) == limit) {
            const Activity& last = page.entries.back().entry.activity;
            page.next = std::to_string(toEpochMillis(last.at)) + ',' + std::to_string(last.id.value);
            break;
        }
        OUTRIDER_ASSIGN(TimelinePage one,
                        activities.timeline(next.lead, std::to_string(next.at) + ',' + std::to_string(next.id + 1), 1));
        if (!names.contains(next.lead)) {
            const auto row = list.row(next.lead);
            names[next.lead] = row ? row->name : std::string();
        }
        if (!one.entries.empty())
            page.entries.push_back({std::move(one.entries.front()), names[next.lead]});
        if (next.isLast)
            look(next.lead, next.at, next.id);
    }
    return page;
}

std::vector<std::string> CompanyListRepository::statements() {
    std::vector<std::string> all{listed, keysOf, counted, lately, nextOf};
    for (const Part part : {Part::Named, Part::Unnamed, Part::NameBegins, Part::DomainBegins, Part::HasWords}) {
        for (const Step step : {Step::Start, Step::Same, Step::Beyond})
            all.push_back(partSql(part, step));
    }
    return all;
}

} // namespace outrider::store
