// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <set>

namespace outrider {

// What a committed transaction touched, for whoever shows it.
enum class EntityKind {
    Lead,
    Company,
    Strategy, // with its versions and steps
    Enrolment,
    Task,
    Timeline, // activities; the ids are those of the leads
    Message,
    Outbox,
    Mailbox,
    Suppression,
    Import,
    Setting,
    Status,
    Tag,
    SavedView,
    Meeting, // and the calendars they come from
    List,    // lists of leads, and who is on them
    Merge,   // leads merged, pairs that are no duplicates
    Action,  // the journal: undo and redo have changed
};

class ChangeSet {
public:
    // Beyond this many rows of a kind, "all" is said instead.
    static constexpr std::size_t maxIds = 2048;

    void add(EntityKind kind, std::int64_t id) {
        if (m_all.contains(kind))
            return;
        auto& ids = m_ids[kind];
        ids.insert(id);
        if (ids.size() > maxIds)
            addAll(kind);
    }
    void addAll(EntityKind kind) {
        m_all.insert(kind);
        m_ids.erase(kind);
    }

    bool empty() const { return m_all.empty() && m_ids.empty(); }
    bool touches(EntityKind kind) const { return m_all.contains(kind) || m_ids.contains(kind); }
    bool all(EntityKind kind) const { return m_all.contains(kind); }
    bool touches(EntityKind kind, std::int64_t id) const {
        const auto ids = m_ids.find(kind);
        return m_all.contains(kind) || (ids != m_ids.end() && ids->second.contains(id));
    }
    std::set<std::int64_t> ids(EntityKind kind) const {
        const auto ids = m_ids.find(kind);
        return ids == m_ids.end() ? std::set<std::int64_t>() : ids->second;
    }

private:
    std::set<EntityKind> m_all;
    std::map<EntityKind, std::set<std::int64_t>> m_ids;
};

} // namespace outrider
