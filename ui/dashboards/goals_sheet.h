// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/insight.h"
#include "ui/widgets/sheet.h"

class QSpinBox;

namespace outrider::dashboards {

// What to reach in a week; 0 is no goal.
class GoalsSheet : public widgets::Sheet {
    Q_OBJECT

public:
    GoalsSheet(QWidget* over, const Goals& goals);

    void start(); // opens it, with the focus on the first

Q_SIGNALS:
    void accepted(const outrider::Goals& goals);

private:
    Goals goals() const;

    QSpinBox* m_replies;
    QSpinBox* m_meetings;
    QSpinBox* m_sent;
    QSpinBox* m_calls;
    QSpinBox* m_worked;
};

} // namespace outrider::dashboards
