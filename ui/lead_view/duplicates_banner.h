// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/duplicate.h"
#include "core/domain/merge.h"
#include "ui/frame/context.h"
#include "ui/widgets/bars.h"

#include <vector>

namespace outrider::lead_view {

// Under a lead's toolbar: who may be the same, and, of a lead that was merged away, into whom. Hidden while there is
// neither.
class DuplicatesBanner : public widgets::Banner {
    Q_OBJECT

public:
    explicit DuplicatesBanner(const frame::Context& context, QWidget* parent = nullptr);

    void show(const LeadDetail& detail);
    void openSheet(); // the pairs side by side, also when there are none

private:
    void read();
    void showPairs(const std::vector<DuplicatePair>& pairs);
    void readMerge();

    const frame::Context m_context;
    LeadId m_lead;
    bool m_isTrashed = false;
    LeadId m_survivor; // set: it was merged into that one
    bool m_isStale = true;
};

} // namespace outrider::lead_view
