// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/leads/filter_words.h"
#include "ui/widgets/bars.h"

namespace outrider::leads {

// What the list says when it is empty: how leads get here, or which condition stands in the way.
class NoLeads : public widgets::EmptyState {
    Q_OBJECT

public:
    explicit NoLeads(const frame::Context& context, QWidget* parent = nullptr);

    void explain(const Filter& filter, const Vocabulary& words);

Q_SIGNALS:
    void filterWanted(const outrider::Filter& filter);

private:
    void addClear();
    void advise(const std::vector<FilterNode>& parts, const Vocabulary& words);

    const frame::Context& m_context;
    int m_question = 0; // late answers about another list are dropped
};

} // namespace outrider::leads
