// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/lead_selection.h"

#include <QObject>

#include <span>
#include <unordered_set>

namespace outrider::models {

// Which leads of a list are chosen: by id, so that sorting and reading again change nothing; or all the
// list finds, however many, without some.
class LeadTicks : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    bool contains(LeadId id) const { return m_all != m_ids.contains(id); }
    bool isAll() const { return m_all; }
    bool isEmpty() const { return !m_all && m_ids.empty(); }
    // Of a list of `total` leads.
    qint64 count(qint64 total) const;

    void set(LeadId id, bool on) { set(std::span(&id, 1), on); }
    void set(std::span<const LeadId> ids, bool on);
    void setAll();
    void clear();

    // For an action; `filter`: the list's.
    LeadSelection selection(const Filter& filter) const;

Q_SIGNALS:
    void changed();

private:
    bool m_all = false;
    std::unordered_set<LeadId> m_ids; // the chosen; with m_all those not
};

} // namespace outrider::models
