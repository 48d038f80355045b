// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/variant.h"
#include "ui/strategies/strategy_draft.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/button.h"

#include <vector>

class QSpinBox;

namespace outrider::widgets {
class TabBar;
}

namespace outrider::strategies {

// The texts of an e-mail step as tabs, each with its share of the leads; and what is known of how they do.
class VariantBar : public QWidget {
    Q_OBJECT

public:
    explicit VariantBar(StrategyDraft& draft, QWidget* parent = nullptr);

    void showStep(int position);              // -1: none
    int current() const { return m_current; } // 0 is A
    void setCurrent(int variant);
    void add();
    void removeCurrent();
    // By step and text, of the strategy as it is published.
    void setResults(std::vector<std::vector<VariantResult>> results);
    widgets::Button* addButton() const { return m_add; }
    // "B 3.9 % (1.8 to 8.1) to A 2.9 %: too early to call"; empty: one text, or nothing sent.
    static QString resultText(const std::vector<VariantResult>& results);

Q_SIGNALS:
    void chosen(int variant);

private:
    void refresh();

    StrategyDraft& m_draft;
    int m_position = -1;
    int m_current = 0;
    bool m_loading = false;
    std::vector<std::vector<VariantResult>> m_results;
    widgets::TabBar* m_tabs;
    QSpinBox* m_weight;
    widgets::Button* m_add;
    widgets::Button* m_remove;
    widgets::Label* m_result;
};

} // namespace outrider::strategies
