// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/mailbox.h"
#include "ui/widgets/basics.h"

class QBoxLayout;
class QCheckBox;

namespace outrider::widgets {
class NumberField;
}

namespace outrider::settings {

class RampChart;

// How much may leave a mailbox: its limits beside the curve of its ramp, and what makes it pause by itself.
class LimitsForm : public QWidget {
    Q_OBJECT

public:
    explicit LimitsForm(QWidget* parent = nullptr);

    void setMailbox(const Mailbox& mailbox);
    // The fields of `mailbox` this form is about, as filled in.
    void apply(Mailbox& mailbox) const;
    void setNarrow(bool narrow);
    // For which day the ramp is drawn.
    void setNow(Instant now);

Q_SIGNALS:
    void edited();

private:
    void buildLimits(QVBoxLayout* column);
    void buildPauses(QVBoxLayout* column);
    void changed();
    void drawRamp();

    Mailbox m_stored;
    Instant m_now{};
    bool m_loading = false;
    QBoxLayout* m_sides = nullptr; // limits and ramp
    QBoxLayout* m_conditions = nullptr;
    widgets::NumberField* m_dailyLimit;
    widgets::NumberField* m_hourly; // of these 0 is no limit
    widgets::NumberField* m_weekly;
    widgets::NumberField* m_company;
    widgets::NumberField* m_spacing;
    widgets::NumberField* m_spacingUpTo;
    widgets::NumberField* m_hold;
    widgets::NumberField* m_rampStart;
    widgets::NumberField* m_rampStep;
    RampChart* m_chart;
    widgets::Label* m_rampText;
    QCheckBox* m_onBounces;
    widgets::NumberField* m_bounces;
    QCheckBox* m_onErrors;
    widgets::NumberField* m_errors;
    QCheckBox* m_onPolicy;
};

} // namespace outrider::settings
