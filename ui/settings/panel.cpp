// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/panel.h"

#include <QBoxLayout>
#include <QScrollArea>

namespace outrider::settings {

using widgets::Ink;
using widgets::Label;

Label* explanation(const QString& text) {
    auto* label = new Label(theme::TextStyle::Body, Ink::Muted, text);
    label->setWordWrap(true);
    return label;
}

Panel::Panel(const frame::Context& context, const QString& title, theme::Icon icon, const QString& keywords, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_title(title),
      m_icon(icon),
      m_keywords(keywords) {
    setAccessibleName(title);
}

bool Panel::matches(const QString& words) const {
    const QString text = m_title + QLatin1Char(' ') + m_keywords;
    for (const QString& word : words.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        if (!text.contains(word, Qt::CaseInsensitive))
            return false;
    }
    return true;
}

void Panel::takeFocus() {
    for (QWidget* child = nextInFocusChain(); child != nullptr && child != this; child = child->nextInFocusChain()) {
        if (isAncestorOf(child) && child->isVisible() && child->isEnabled() && (child->focusPolicy() & Qt::TabFocus) != 0
            && qobject_cast<QScrollArea*>(child) == nullptr) {
            child->setFocus(Qt::OtherFocusReason);
            return;
        }
    }
}

QVBoxLayout* Panel::page(const QString& text) {
    const theme::Tokens& t = theme::tokens(this);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    widgets::column(this, 0)->addWidget(scroll);
    auto* content = new QWidget;
    scroll->setWidget(content);
    content->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    auto* row = widgets::row(content, 0, {t.space.xl, t.space.l, t.space.xl, t.space.xl});
    auto* inner = new QWidget;
    inner->setMaximumWidth(t.size.textColumn);
    row->addWidget(inner, 1);
    row->addStretch(0);
    auto* column = widgets::column(inner, t.space.m);
    column->addWidget(new Label(theme::TextStyle::Title, Ink::Text, m_title));
    if (!text.isEmpty())
        column->addWidget(explanation(text));
    return column;
}

void Panel::told(const Result<>& result, const QString& done, const QString& what) {
    if (result)
        m_context.tell.done(done);
    else
        m_context.tell.failed(result.error(), what);
}

} // namespace outrider::settings
