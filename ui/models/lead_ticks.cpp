// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/lead_ticks.h"

#include <algorithm>

namespace outrider::models {

qint64 LeadTicks::count(qint64 total) const {
    const auto ids = qint64(m_ids.size());
    return m_all ? std::max<qint64>(0, total - ids) : ids;
}

void LeadTicks::set(std::span<const LeadId> ids, bool on) {
    bool changes = false;
    for (const LeadId id : ids)
        changes |= on != m_all ? m_ids.insert(id).second : m_ids.erase(id) > 0;
    if (changes)
        Q_EMIT changed();
}

void LeadTicks::setAll() {
    m_all = true;
    m_ids.clear();
    Q_EMIT changed();
}

void LeadTicks::clear() {
    if (isEmpty())
        return;
    m_all = false;
    m_ids.clear();
    Q_EMIT changed();
}

LeadSelection LeadTicks::selection(const Filter& filter) const {
    std::vector<LeadId> ids(m_ids.begin(), m_ids.end());
    std::sort(ids.begin(), ids.end());
    if (m_all)
        return {{}, filter, std::move(ids)};
    return {std::move(ids), std::nullopt, {}};
}

} // namespace outrider::models
