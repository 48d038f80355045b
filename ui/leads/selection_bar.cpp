// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/leads/selection_bar.h"

#include "ui/text/names.h"
#include "ui/widgets/popup.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLocale>
#include <QScopedValueRollback>

namespace outrider::leads {

using widgets::Button;

SelectionBar::SelectionBar(QWidget* parent)
    : Bar(Kind::Selection, parent),
      m_count(new widgets::Label(theme::TextStyle::BodyStrong)),
      m_all(new frame::LinkButton({})),
      m_line(new widgets::Line(Qt::Vertical)),
      m_more(new Button(theme::Icon::More, tr("More actions"))),
      m_clear(new Button(Button::Kind::Ghost, tr("Clear"))),
      m_items(new QWidget) {
    setAccessibleName(tr("Chosen leads"));
    widgets::row(m_items, theme::tokens(this).space.s);
    add(m_count);
    add(m_all);
    add(m_line);
    add(m_items);
    add(m_more);
    addStretch();
    m_line->setFixedHeight(theme::tokens(this).size.control);
    m_clear->setKeyHint(QStringLiteral("Esc"));
    m_clear->setAccessibleName(tr("Clear the choice"));
    connect(m_all, &QAbstractButton::clicked, this, &SelectionBar::allClicked);
    connect(m_clear, &QAbstractButton::clicked, this, &SelectionBar::clearClicked);
    connect(m_more, &QAbstractButton::clicked, this, &SelectionBar::openMore);
}

void SelectionBar::addAction(QAction* action, theme::Icon icon, bool important) {
    auto* button = new Button(Button::Kind::Secondary, {});
    button->bind(action);
    button->setGlyph(icon);
    m_items->layout()->addWidget(button);
    m_list.append({action, icon, button, important});
}

void SelectionBar::setDelete(QAction* action) {
    auto* button = new Button(Button::Kind::Danger, {});
    button->bind(action);
    button->setGlyph(theme::Icon::Trash);
    add(button);
    add(m_clear);
    m_list.append({action, theme::Icon::Trash, button, true});
}

void SelectionBar::setCount(qint64 chosen, qint64 total, bool all) {
    const QLocale locale;
    m_count->setText(tr("%1 selected").arg(locale.toString(chosen)));
    m_all->setText(tr("Select all %1").arg(locale.toString(total)));
    m_all->setVisible(!all && total > chosen);
    makeRoom();
}

QWidget* SelectionBar::buttonOf(const QAction* action) const {
    for (const Item& item : m_list) {
        if (item.action == action && item.button->isVisible())
            return item.button;
    }
    return m_more->isVisible() ? static_cast<QWidget*>(m_more) : m_clear;
}

void SelectionBar::makeRoom() {
    if (!isVisible())
        return;
    for (const Item& item : std::as_const(m_list))
        item.button->setVisible(true);
    m_more->setVisible(false);
    const auto needed = [this] {
        layout()->invalidate();
        m_items->layout()->invalidate();
        return layout()->minimumSize().width();
    };
    for (const bool important : {false, true}) {
        for (auto item = m_list.rbegin(); item != m_list.rend() && needed() > width(); ++item) {
            if (item->important != important || item->button->kind() == Button::Kind::Danger)
                continue;
            item->button->setVisible(false);
            m_more->setVisible(true);
        }
    }
}

void SelectionBar::openMore() {
    QList<widgets::Popup::Entry> entries;
    for (const Item& item : std::as_const(m_list)) {
        if (item.button->isVisible())
            continue;
        entries.append({.text = item.action->text(), .icon = item.icon, .run = [action = item.action] { action->trigger(); }});
    }
    widgets::Popup::open(m_more, tr("More actions"), entries);
}

void SelectionBar::resizeEvent(QResizeEvent* event) {
    Bar::resizeEvent(event);
    makeRoom();
}

void SelectionBar::showEvent(QShowEvent* event) {
    Bar::showEvent(event);
    makeRoom();
}

} // namespace outrider::leads
