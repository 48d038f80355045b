// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/appearance_panel.h"

#include "ui/widgets/combo.h"
#include "ui/widgets/segmented.h"

#include <QBoxLayout>
#include <QSignalBlocker>
#include <QSlider>

namespace outrider::settings {

using widgets::Ink;
using widgets::Label;

namespace {

constexpr int smallest = 80;
constexpr int largest = 200;
constexpr int step = 10;

} // namespace

AppearancePanel::AppearancePanel(const frame::Context& context, QWidget* parent)
    : Panel(context, tr("Appearance"), theme::Icon::Sun, tr("theme dark light font size density rows zoom colours"), parent),
      m_mode(new widgets::Segmented(tr("Appearance"), {tr("System"), tr("Light"), tr("Dark")})),
      m_density(new widgets::Segmented(tr("Density"), {tr("Compact"), tr("Cosy"), tr("Roomy")})),
      m_slider(new QSlider(Qt::Horizontal)),
      m_percent(new widgets::NumberField(tr("Font size in percent"), smallest, largest)) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = page({});
    const auto titled = [&](const QString& title, QWidget* widget) {
        column->addWidget(new Label(theme::TextStyle::Section, Ink::Text, title));
        auto* line = new QHBoxLayout;
        line->addWidget(widget);
        line->addStretch(1);
        column->addLayout(line);
    };
    titled(tr("Light or dark"), m_mode);
    titled(tr("Rows"), m_density);
    column->addWidget(explanation(tr("How high the rows of lists are.")));
    column->addWidget(new Label(theme::TextStyle::Section, Ink::Text, tr("Font size")));
    auto* size = new QHBoxLayout;
    size->setSpacing(t.space.s);
    m_slider->setRange(smallest / step, largest / step);
    m_slider->setPageStep(2);
    m_slider->setAccessibleName(tr("Font size"));
    m_slider->setMinimumWidth(t.size.rail);
    m_percent->setSingleStep(step);
    size->addWidget(m_slider);
    size->addWidget(m_percent);
    size->addWidget(new Label(theme::TextStyle::Body, Ink::Muted, tr("%")));
    size->addStretch(1);
    column->addLayout(size);
    column->addWidget(explanation(tr("Rows, buttons and fields grow along with it.")));
    column->addStretch(1);

    frame::Preferences& preferences = context.preferences;
    connect(m_mode, &widgets::Segmented::chosen, this,
            [&preferences](int index) { preferences.setAppearance(frame::Preferences::Appearance(index)); });
    connect(m_density, &widgets::Segmented::chosen, this,
            [&preferences](int index) { preferences.setDensity(theme::Density(index)); });
    connect(m_slider, &QSlider::valueChanged, this, [this](int value) { setPercent(value * step); });
    // Typing 150 passes through 1 and 15: only a whole number counts.
    m_percent->setKeyboardTracking(false);
    connect(m_percent, &QSpinBox::valueChanged, this, &AppearancePanel::setPercent);
    connect(&preferences, &frame::Preferences::appearanceChanged, this, &AppearancePanel::read);
    read();
}

void AppearancePanel::read() {
    const frame::Preferences& preferences = context().preferences;
    const QSignalBlocker quietSlider(m_slider);
    const QSignalBlocker quietPercent(m_percent);
    m_mode->setCurrent(int(preferences.appearance()));
    m_density->setCurrent(int(preferences.density()));
    m_slider->setValue(preferences.fontPercent() / step);
    m_percent->setValue(preferences.fontPercent());
}

void AppearancePanel::setPercent(int percent) {
    if (percent != context().preferences.fontPercent())
        context().preferences.setFontPercent(percent);
}

} // namespace outrider::settings
