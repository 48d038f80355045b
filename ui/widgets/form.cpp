// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/form.h"

#include <QGridLayout>
#include <QMouseEvent>
#include <QVBoxLayout>

namespace outrider::widgets {

CheckRow::CheckRow(const QString& text, const QString& help, QWidget* parent)
    : QWidget(parent),
      m_box(new QCheckBox(text)),
      m_help(new Label(theme::TextStyle::Meta, Ink::Muted)) {
    const theme::Tokens& t = theme::tokens(this);
    auto* all = column(this, 0);
    m_box->setAccessibleName(text);
    all->addWidget(m_box);
    m_help->setWordWrap(true);
    m_help->setContentsMargins(t.size.checkbox + t.space.s, 0, 0, 0);
    all->addWidget(m_help);
    setHelp(help);
    setFocusProxy(m_box);
    connect(m_box, &QCheckBox::clicked, this, &CheckRow::changed);
}

void CheckRow::setHelp(const QString& help) {
    m_help->setText(help);
    m_help->setVisible(!help.isEmpty());
    m_box->setAccessibleDescription(help);
}

void CheckRow::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && m_box->isEnabled() && rect().contains(event->position().toPoint()))
        m_box->click();
}

Form::Form(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this)) {
    const theme::Spacing& space = theme::tokens(this).space;
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(space.l);
    m_grid->setVerticalSpacing(space.s);
    m_grid->setColumnStretch(1, 1);
}

void Form::addRow(const QString& label, QWidget* control, const QString& help) {
    const theme::Tokens& t = theme::tokens(this);
    const int row = m_grid->rowCount();
    auto* name = new Label(theme::TextStyle::Body, Ink::Muted, label);
    name->setMinimumHeight(t.size.control);
    m_grid->addWidget(name, row, 0, Qt::AlignTop | Qt::AlignLeading);
    auto* cell = new QVBoxLayout;
    cell->setSpacing(t.space.xs);
    cell->addWidget(control);
    if (!help.isEmpty()) {
        auto* text = new Label(theme::TextStyle::Meta, Ink::Muted, help);
        text->setWordWrap(true);
        cell->addWidget(text);
        control->setAccessibleDescription(help);
    }
    m_grid->addLayout(cell, row, 1);
    if (control->accessibleName().isEmpty())
        control->setAccessibleName(label);
}

void Form::addWide(QWidget* widget) { m_grid->addWidget(widget, m_grid->rowCount(), 0, 1, 2); }

void Form::addGap() { m_grid->addItem(new QSpacerItem(0, theme::tokens(this).space.s), m_grid->rowCount(), 0); }

} // namespace outrider::widgets
