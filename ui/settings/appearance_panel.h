// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/panel.h"

class QSlider;

namespace outrider::widgets {
class NumberField;
class Segmented;
} // namespace outrider::widgets

namespace outrider::settings {

// How the program looks on this computer. Everything is in force at once.
class AppearancePanel : public Panel {
    Q_OBJECT

public:
    explicit AppearancePanel(const frame::Context& context, QWidget* parent = nullptr);
    void read() override;

    widgets::NumberField* fontSize() const { return m_percent; }

private:
    void setPercent(int percent);

    widgets::Segmented* m_mode;
    widgets::Segmented* m_density;
    QSlider* m_slider;
    widgets::NumberField* m_percent;
};

} // namespace outrider::settings
