// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/pace.h"

#include "core/store/store.h"

#include <algorithm>

namespace outrider {

void Pace::begin() { m_watch.restart(); }

bool Pace::goesOn() { return !m_store.isAwaited() && m_watch.milliseconds() < m_budget; }

void Pace::worked() {
    m_worked = m_watch.milliseconds();
    m_committing.restart();
}

void Pace::committed() {
    const double took = std::max(0.1, m_committing.milliseconds());
    const double fitting = std::max(m_worked * double(commit.count()) / took, took * 2);
    // Never more than twice as long as was seen to be short enough.
    m_budget = std::clamp(std::min(fitting, std::max(m_worked, double(atLeast.count())) * 2), double(atLeast.count()),
                          double(atMost.count()));
}

} // namespace outrider
