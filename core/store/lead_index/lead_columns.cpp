// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/lead_index/lead_columns.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace outrider::store {

namespace {

constexpr std::size_t mostTexts = 131'072; // different ones that are kept
constexpr std::size_t mostTextBytes = 4 * 1024 * 1024;

std::int64_t momentOf(const Statement& row, int column) { return row.isNull(column) ? LeadColumns::none : row.integer(column); }

std::uint32_t secondsOf(std::int64_t millis) {
    return std::uint32_t(std::clamp<std::int64_t>(millis / 1000, 0, std::numeric_limits<std::uint32_t>::max()));
}

} // namespace

const LeadTextColumn& columnOf(LeadText text) {
    static constexpr std::array<LeadTextColumn, leadTexts> columns{{
        {"name_key", "lead_by_name", {}},
        {"last_name_key", "lead_by_last_name", {}},
        {"company_key", "lead_by_company", "company_name"}, // folded once or twice is the same
        {"email_key", "lead_by_email", {}},
        {"job_title", "lead_by_title", "job_title"},
        {"city", "lead_by_city", "city"},
        {"country", "lead_by_country", "country"},
    }};
    return columns.at(std::size_t(text));
}

std::string toJsonArray(const std::vector<std::int64_t>& ids) {
    std::string json = "[";
    for (const std::int64_t id : ids) {
        if (json.size() > 1)
            json += ',';
        json += std::to_string(id);
    }
    return json + ']';
}

void SortedTexts::append(std::string_view text) {
    m_text += text;
    m_ends.push_back(std::uint32_t(m_text.size()));
}

std::string_view SortedTexts::at(std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : m_ends[i - 1];
    return std::string_view(m_text).substr(begin, m_ends[i] - begin);
}

std::optional<std::size_t> SortedTexts::find(std::string_view text) const {
    std::size_t low = 0;
    std::size_t high = size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (at(middle) < text)
            low = middle + 1;
        else
            high = middle;
    }
    return low < size() && at(low) == text ? std::optional(low) : std::nullopt;
}

std::optional<LeadOrdinal> LeadColumns::find(std::int64_t id) const {
    const auto at = std::lower_bound(ids.begin(), ids.end(), id);
    return at == ids.end() || *at != id ? std::nullopt : std::optional(LeadOrdinal(at - ids.begin()));
}

std::size_t LeadColumns::bytes() const {
    std::size_t bytes = live.bytes() + (ids.capacity() + due.capacity() + touch.capacity()) * sizeof(std::int64_t)
                        + created.capacity() * sizeof(std::uint32_t) + score.capacity() + reach.capacity() + status.capacity();
    for (const auto* postings : {&owners, &tags, &strategies}) {
        for (const auto& [key, posting] : *postings)
            bytes += posting.bytes();
    }
    for (const auto& text : texts)
        bytes += text ? (text->ranks.capacity() + text->order.capacity()) * sizeof(std::uint32_t) + text->unranked.bytes()
                            + text->texts.bytes()
                      : 0;
    for (const auto& order : orders)
        bytes += order ? order->leads.capacity() * sizeof(LeadOrdinal) + order->moved.bytes() : 0;
    for (const auto& [field, custom] : customs)
        bytes += custom.codes.capacity() * sizeof(std::uint32_t);
    return bytes;
}

bool LeadColumns::load(Connection& db) {
    {
        Statement rows = db.prepare("SELECT id FROM status ORDER BY id");
        while (rows.step())
            statuses.push_back(rows.integer(0));
        if (statuses.size() > std::numeric_limits<std::uint8_t>::max())
            return false;
    }
    const auto count = std::size_t(db.integer("SELECT count(*) FROM lead"));
    for (auto* moments : {&ids, &due, &touch})
        moments->reserve(count);
    created.reserve(count);
    for (auto* bytes : {&score, &reach, &status})
        bytes->reserve(count);
    {
        Statement rows = db.prepare("SELECT id, status_id, owner_id, score, reach, next_task_at, last_touch_at, created_at,"
                                    " archived_at IS NULL AND trashed_at IS NULL FROM lead INDEXED BY lead_facet ORDER BY id");
        while (rows.step()) {
            const auto lead = LeadOrdinal(ids.size());
            ids.push_back(rows.integer(0));
            std::uint8_t code = 0;
            if (!statusCode(rows.integer(1), code))
                return false;
            status.push_back(code);
            if (!rows.isNull(2))
                owners[rows.integer(2)].append(lead);
            score.push_back(std::uint8_t(rows.integer(3)));
            reach.push_back(std::uint8_t(rows.integer(4)));
            due.push_back(momentOf(rows, 5));
            touch.push_back(momentOf(rows, 6));
            created.push_back(secondsOf(rows.integer(7)));
            if (rows.integer(8) != 0)
                live.set(lead);
        }
    }
    const auto postings = [this, &db](std::map<std::int64_t, LeadPosting>& all, std::string_view sql) {
        Statement rows = db.prepare(sql);
        while (rows.step()) {
            if (const auto lead = find(rows.integer(1)))
                all[rows.integer(0)].append(*lead);
        }
    };
    postings(tags, "SELECT tag_id, lead_id FROM lead_tag INDEXED BY lead_tag_tag ORDER BY tag_id, lead_id");
    postings(strategies, "SELECT DISTINCT strategy_id, lead_id FROM enrolment WHERE state < 2 ORDER BY strategy_id, lead_id");
    return true;
}

bool LeadColumns::statusCode(std::int64_t id, std::uint8_t& code) {
    auto at = std::lower_bound(statuses.begin(), statuses.end(), id);
    if (at == statuses.end() || *at != id) {
        // Codes stand in for ids when leads are sorted.
        if (at != statuses.end() || statuses.size() >= std::numeric_limits<std::uint8_t>::max())
            return false;
        at = statuses.insert(at, id);
    }
    code = std::uint8_t(at - statuses.begin());
    return true;
}

LeadTextRanks LeadColumns::loadText(Connection& db, LeadText text) const {
    const LeadTextColumn& column = columnOf(text);
    const std::string name(column.column);
    LeadTextRanks found;
    found.ranks.assign(ids.size(), 0);
    found.order.reserve(live.count());
    bool keepsTexts = !column.filtered.empty();
    std::size_t bytes = 0;
    std::string last;
    std::uint32_t rank = 0;
    Statement rows = db.prepare("SELECT id, " + name + " FROM lead INDEXED BY " + std::string(column.index)
                                + " WHERE archived_at IS NULL AND trashed_at IS NULL ORDER BY " + name + ", id");
    while (rows.step()) {
        const std::string_view value = rows.view(1);
        if (rank == 0 || value != last) {
            ++rank;
            last = value;
            bytes += value.size();
            if (keepsTexts && (rank > mostTexts || bytes > mostTextBytes)) {
                keepsTexts = false;
                found.texts = {};
            }
            if (keepsTexts)
                found.texts.append(value);
        }
        if (const auto lead = find(rows.integer(0))) {
            found.ranks[*lead] = rank;
            found.order.push_back(*lead);
        }
    }
    live.forEach([&found](LeadOrdinal lead) { // not in the file any more, or not yet in the columns
        if (found.ranks[lead] == 0) {
            found.unranked.set(lead);
            ++found.unrankedCount;
        }
    });
    return found;
}

LeadNumberOrder LeadColumns::sorted(LeadNumber number) const {
    LeadNumberOrder found;
    found.leads.resize(ids.size());
    std::iota(found.leads.begin(), found.leads.end(), LeadOrdinal(0));
    const auto sort = [&found](const auto& keys) { // those of the same key stay in their order
        std::stable_sort(found.leads.begin(), found.leads.end(),
                         [&keys](LeadOrdinal a, LeadOrdinal b) { return keys[a] < keys[b]; });
    };
    switch (number) {
    case LeadNumber::Status:
        sort(status);
        break;
    case LeadNumber::Score:
        sort(score);
        break;
    case LeadNumber::Due:
        sort(due);
        break;
    case LeadNumber::LastTouch:
        sort(touch);
        break;
    }
    return found;
}

LeadCustomValues LeadColumns::loadCustom(Connection& db, std::int64_t field) const {
    LeadCustomValues found;
    found.codes.assign(ids.size(), 0);
    found.type = CustomFieldType(db.integer("SELECT type FROM custom_field WHERE id = ?1", field));
    Statement rows = db.query("SELECT value, lead_id FROM custom_value INDEXED BY custom_value_field WHERE field_id = ?1"
                              " ORDER BY "
                                  + customOrderSql(found.type, "value") + ", value",
                              field);
    while (rows.step()) {
        if (found.values.empty() || found.values.back() != rows.view(0))
            found.values.push_back(rows.text(0));
        if (const auto lead = find(rows.integer(1)))
            found.codes[*lead] = std::uint32_t(found.values.size());
    }
    found.sorted = found.values.size();
    return found;
}

bool isNumber(CustomFieldType type) { return type == CustomFieldType::Number || type == CustomFieldType::Money; }

std::string customOrderSql(CustomFieldType type, std::string_view value) {
    const std::string column(value);
    return isNumber(type) ? "CAST(" + column + " AS REAL)" : "fold(" + column + ") || char(1) || " + column;
}

LeadPatch LeadColumns::readPatch(Connection& db, const std::map<std::int64_t, bool>& touched) const {
    LeadPatch patch;
    std::vector<std::int64_t> all;
    for (const auto& [id, textsToo] : touched) {
        all.push_back(id);
        patch.leads.push_back({.id = id, .textsChanged = textsToo});
    }
    const std::string json = toJsonArray(all);
    {
        Statement rows = db.query("SELECT id, status_id, owner_id, score, reach, next_task_at, last_touch_at, created_at,"
                                  " archived_at IS NULL AND trashed_at IS NULL FROM lead INDEXED BY lead_facet WHERE id IN "
                                  "(SELECT value FROM json_each(?1)) ORDER BY id",
                                  json);
        auto at = patch.leads.begin();
        while (rows.step()) {
            while (at->id != rows.integer(0))
                ++at;
            at->exists = true;
            at->status = rows.integer(1);
            at->owner = rows.integer(2);
            at->score = std::uint8_t(rows.integer(3));
            at->reach = std::uint8_t(rows.integer(4));
            at->due = momentOf(rows, 5);
            at->touch = momentOf(rows, 6);
            at->created = rows.integer(7);
            at->live = rows.integer(8) != 0;
        }
    }
    const auto lists = [&](std::map<std::int64_t, std::vector<std::int64_t>>& out, std::string_view sql) {
        Statement rows = db.query(sql, json);
        while (rows.step()) {
            auto& leads = out[rows.integer(1)];
            if (leads.empty() || leads.back() != rows.integer(0))
                leads.push_back(rows.integer(0));
        }
    };
    lists(patch.tags, "SELECT lead_id, tag_id FROM lead_tag WHERE lead_id IN (SELECT value FROM json_each(?1)) ORDER BY lead_id");
    lists(patch.strategies, "SELECT lead_id, strategy_id FROM enrolment INDEXED BY enrolment_lead"
                            " WHERE lead_id IN (SELECT value FROM json_each(?1)) AND state < 2 ORDER BY lead_id");
    if (!customs.empty()) {
        Statement rows = db.query("SELECT lead_id, field_id, value FROM custom_value"
                                  " WHERE lead_id IN (SELECT value FROM json_each(?1))",
                                  json);
        while (rows.step())
            patch.customs.push_back({rows.integer(0), rows.integer(1), rows.text(2)});
    }
    return patch;
}

void LeadColumns::put(LeadOrdinal lead, const LeadPatch::Facts& facts) {
    const std::array<bool, leadNumbers> moves{false, score[lead] != facts.score, due[lead] != facts.due,
                                              touch[lead] != facts.touch};
    for (std::size_t i = 0; i < leadNumbers; ++i) {
        if (moves.at(i) && orders.at(i))
            orders.at(i)->move(lead);
    }
    due[lead] = facts.due;
    touch[lead] = facts.touch;
    created[lead] = secondsOf(facts.created);
    score[lead] = facts.score;
    reach[lead] = facts.reach;
    if (facts.live)
        live.set(lead);
    else
        live.reset(lead);
}

bool LeadColumns::apply(const LeadPatch& patch) {
    LeadSet patched(ids.size());
    std::map<std::int64_t, std::vector<LeadOrdinal>> ownerLists;
    for (const LeadPatch::Facts& facts : patch.leads) {
        auto lead = find(facts.id);
        if (!lead && !facts.exists)
            continue;
        std::uint8_t code = lead ? status[*lead] : 0;
        if (facts.exists && !statusCode(facts.status, code))
            return false;
        if (!lead) {
            if (!ids.empty() && facts.id < ids.back())
                return false;
            lead = LeadOrdinal(ids.size());
            ids.push_back(facts.id);
            for (auto* moments : {&due, &touch})
                moments->push_back(none);
            created.push_back(0);
            for (auto* bytes : {&score, &reach, &status})
                bytes->push_back(0);
            for (auto& text : texts) {
                if (text)
                    text->ranks.push_back(0);
            }
            for (auto& [field, custom] : customs)
                custom.codes.push_back(0);
            for (auto& order : orders) {
                if (order)
                    order->move(*lead);
            }
        }
        patched.set(*lead);
        if (facts.exists) {
            put(*lead, facts);
            if (auto& order = orders.at(std::size_t(LeadNumber::Status)); order && status[*lead] != code)
                order->move(*lead);
            status[*lead] = code;
            if (facts.owner != 0)
                ownerLists[facts.owner].push_back(*lead);
        } else {
            live.reset(*lead);
        }
        for (auto& text : texts) {
            if (!text)
                continue;
            if (facts.textsChanged)
                text->ranks[*lead] = 0;
            if (text->unranked.test(*lead))
                --text->unrankedCount;
            text->unranked.reset(*lead);
            if (facts.live && text->ranks[*lead] == 0) {
                text->unranked.set(*lead);
                ++text->unrankedCount;
            }
        }
        for (auto& [field, custom] : customs)
            custom.codes[*lead] = 0;
    }
    const auto put = [&patched](std::map<std::int64_t, LeadPosting>& all, const auto& lists) {
        for (auto& [key, posting] : all)
            posting.remove(patched);
        for (const auto& [key, leads] : lists)
            all[key].add(leads);
    };
    const auto ordinals = [this](const std::map<std::int64_t, std::vector<std::int64_t>>& lists) {
        std::map<std::int64_t, std::vector<LeadOrdinal>> out;
        for (const auto& [key, leads] : lists) {
            for (const std::int64_t id : leads) {
                if (const auto lead = find(id))
                    out[key].push_back(*lead);
            }
        }
        return out;
    };
    put(owners, ownerLists);
    put(tags, ordinals(patch.tags));
    put(strategies, ordinals(patch.strategies));
    for (const LeadPatch::Custom& custom : patch.customs) {
        const auto column = customs.find(custom.field);
        const auto lead = find(custom.lead);
        if (column == customs.end() || !lead)
            continue;
        auto& values = column->second.values;
        auto at = std::find(values.begin(), values.end(), custom.value);
        if (at == values.end())
            at = values.insert(at, custom.value);
        column->second.codes[*lead] = std::uint32_t(at - values.begin()) + 1;
    }
    return true;
}

bool LeadColumns::takeTexts(LeadColumns& before, const std::map<std::int64_t, bool>& touched) {
    if (before.ids.size() > ids.size() || !std::equal(before.ids.begin(), before.ids.end(), ids.begin()))
        return false;
    texts = std::move(before.texts);
    for (auto& text : texts) {
        if (!text)
            continue;
        text->ranks.resize(ids.size(), 0);
        for (const auto& [lead, textsToo] : touched) {
            if (const auto at = find(lead); at && textsToo)
                text->ranks[*at] = 0;
        }
        text->unranked = {};
        text->unrankedCount = 0;
        live.forEach([&text](LeadOrdinal lead) {
            if (text->ranks[lead] == 0) {
                text->unranked.set(lead);
                ++text->unrankedCount;
            }
        });
    }
    return true;
}

} // namespace outrider::store
