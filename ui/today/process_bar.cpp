// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/process_bar.h"

#include <QLayout>

#include <algorithm>
#include <utility>

namespace outrider::today {

using widgets::Button;

ProcessBar::ProcessBar(QWidget* parent)
    : Bar(Kind::Action, parent),
      m_primary(new Button(Button::Kind::Primary, {})),
      m_toastSlot(new QWidget) {
    const theme::Tokens& t = theme::tokens(this);
    layout()->setContentsMargins(t.space.xl, 0, t.space.xl, 0);
    add(m_primary);
    m_toastSlot->setFixedSize(t.size.detailPane - t.space.xl - t.space.l, t.size.toast);
}

void ProcessBar::setPrimary(QAction* action) { m_primary->bind(action); }

Button* ProcessBar::addAct(QAction* action, Button::Kind kind, int rank, const QString& keys) {
    auto* button = new Button(kind, {});
    button->bind(action);
    if (!keys.isEmpty())
        button->setKeyHint(keys);
    add(button);
    m_acts.append({button, rank, true});
    std::ranges::sort(m_acts, {}, &Act::rank);
    return button;
}

void ProcessBar::addToastSlot() {
    addStretch();
    add(m_toastSlot);
}

void ProcessBar::setShown(Button* button, bool shown) {
    for (Act& act : m_acts) {
        if (act.button == button)
            act.wanted = shown;
    }
    fit();
}

void ProcessBar::fit() {
    const theme::Tokens& t = theme::tokens(this);
    int room = width() - 2 * t.space.xl - m_toastSlot->width() - m_primary->sizeHint().width() - t.space.xl;
    for (const Act& act : std::as_const(m_acts)) {
        if (act.wanted)
            room -= act.button->sizeHint().width() + t.space.m;
        act.button->setVisible(act.wanted && room >= 0);
    }
}

void ProcessBar::resizeEvent(QResizeEvent* event) {
    Bar::resizeEvent(event);
    fit();
}

} // namespace outrider::today
