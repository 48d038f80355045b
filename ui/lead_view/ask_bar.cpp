// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/ask_bar.h"

#include "ui/lead_view/moment_field.h"
#include "ui/widgets/button.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace outrider::lead_view {

using theme::TextStyle;
using widgets::Ink;
using widgets::Label;

AskBar::AskBar(const frame::Context& context, QWidget* parent)
    : Area(Ground::Surface, Qt::BottomEdge, parent),
      m_question(new Label(TextStyle::BodyStrong, Ink::Text, {}, this)),
      m_stack(new QStackedWidget(this)),
      m_textPage(new QWidget(m_stack)),
      m_text(new QLineEdit(m_textPage)),
      m_offer(new Label(TextStyle::Meta, Ink::Muted, {}, m_textPage)),
      m_moment(new MomentField(context, tr("Moment"), m_stack)) {
    const theme::Tokens& tokens = theme::tokens(this);
    setFixedHeight(tokens.size.filterBar);
    auto* line = widgets::row(this, tokens.space.m, QMargins(tokens.space.l, 0, tokens.space.l, 0));
    auto* text = widgets::row(m_textPage, tokens.space.s);
    m_offer->setEliding(true);
    text->addWidget(m_text, 1);
    text->addWidget(m_offer, 1);
    m_stack->addWidget(m_textPage);
    m_stack->addWidget(m_moment);
    auto* close = new widgets::Button(theme::Icon::Cross, tr("Ask no more"), this);
    line->addWidget(m_question);
    line->addWidget(m_stack, 1);
    line->addWidget(close);
    hide();
    connect(close, &widgets::Button::clicked, this, &AskBar::finish);
    connect(m_text, &QLineEdit::textChanged, this, [this] {
        const QString offer = offered();
        m_offer->setText(offer.isEmpty() ? QString() : tr("Tab: %1").arg(offer));
    });
    connect(m_text, &QLineEdit::returnPressed, this, [this] {
        const QString answer = m_text->text().simplified();
        if (answer.isEmpty())
            return;
        const auto answered = m_textAnswered;
        finish();
        answered(answer);
    });
    connect(m_moment, &MomentField::submitted, this, [this] {
        const auto at = m_moment->moment();
        if (!at)
            return;
        const auto answered = m_momentAnswered;
        finish();
        answered(*at);
    });
    m_text->installEventFilter(this);
    m_moment->input()->installEventFilter(this);
}

void AskBar::askText(const QString& question, const QStringList& known, std::function<void(const QString&)> answered) {
    m_known = known;
    m_textAnswered = std::move(answered);
    m_text->clear();
    m_text->setAccessibleName(question);
    ask(question, m_textPage, m_text);
}

void AskBar::askMoment(const QString& question, std::function<void(Instant)> answered) {
    m_momentAnswered = std::move(answered);
    m_moment->setText({});
    ask(question, m_moment, m_moment->input());
}

void AskBar::ask(const QString& question, QWidget* page, QLineEdit* input) {
    if (!isVisible())
        m_returnFocus = QApplication::focusWidget();
    m_question->setText(question);
    m_stack->setCurrentWidget(page);
    show();
    input->setFocus(Qt::OtherFocusReason);
}

void AskBar::finish() {
    if (!isVisible())
        return;
    const bool hadFocus = isAncestorOf(QApplication::focusWidget());
    hide();
    if (hadFocus && m_returnFocus)
        m_returnFocus->setFocus(Qt::OtherFocusReason);
}

QString AskBar::offered() const {
    const QString typed = m_text->text().trimmed();
    if (typed.isEmpty())
        return {};
    const auto found = std::find_if(m_known.begin(), m_known.end(), [&](const QString& known) {
        return known.startsWith(typed, Qt::CaseInsensitive) && known.size() > typed.size();
    });
    return found == m_known.end() ? QString() : *found;
}

bool AskBar::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return Area::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool takesOffer = key->key() == Qt::Key_Tab && watched == m_text && !offered().isEmpty();
    if (key->key() != Qt::Key_Escape && !takesOffer)
        return Area::eventFilter(watched, event);
    if (event->type() == QEvent::ShortcutOverride)
        event->accept();
    else if (takesOffer)
        m_text->setText(offered());
    else
        finish();
    return true;
}

} // namespace outrider::lead_view
