// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/widgets/sheet.h"

#include <QTimer>

class QComboBox;
class QLineEdit;

namespace outrider::lead_view {
class EnrolWarnings;
}

namespace outrider::strategies {

// Puts the leads a filter finds into a strategy. What it would do is tried first and shown: how many, and
// who cannot be enrolled and why.
class EnrolSheet : public widgets::Sheet {
    Q_OBJECT

public:
    EnrolSheet(QWidget* over, const frame::Context& context, StrategyId strategy, const QString& name);

    QLineEdit* filterEdit() const { return m_filter; }
    widgets::Button* enrolButton() const { return m_enrol; }

private:
    void read();
    void showReport(const EnrolReport& report, std::int64_t found);
    void enrol();
    void updateButton();

    const frame::Context& m_context;
    const StrategyId m_strategy;
    const QString m_name;
    QComboBox* m_views;
    QLineEdit* m_filter;
    widgets::Field* m_filterField;
    widgets::Label* m_result;
    widgets::Label* m_skipped;
    lead_view::EnrolWarnings* m_warnings;
    widgets::Button* m_enrol;
    bool m_some = false; // can be enrolled
    QTimer m_delay;
    int m_generation = 0;
};

} // namespace outrider::strategies
