// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/conversation.h"

#include "ui/lead_view/mail_view.h"
#include "ui/text/tr.h"
#include "ui/widgets/mail_card.h"
#include "ui/widgets/sheet.h"

#include <QBoxLayout>
#include <QScrollBar>

namespace outrider::inbox {

using text::isolated;
using text::toQt;
using theme::TextStyle;
using widgets::Ink;
using widgets::Label;

ConversationView::ConversationView(const frame::Context& context, QWidget* parent) : QScrollArea(parent), m_context(context) {
    const theme::Tokens& t = theme::tokens(this);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Conversation"));
    auto* cards = new widgets::Area(widgets::Area::Ground::Surface);
    m_cards = widgets::column(cards, t.space.m, QMargins(t.space.xl, t.space.l, t.space.xl, t.space.l));
    setWidget(cards);
    // The cards get their heights after they are made, some of them twice: until the person scrolls, what
    // is asked for stays at the top.
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, [this] {
        if (m_scrollTo)
            verticalScrollBar()->setValue(m_scrollTo->y() - theme::tokens(this).space.l);
    });
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] { m_scrollTo = nullptr; });
}

void ConversationView::clear() {
    m_shown.reset();
    clearCards();
}

void ConversationView::clearCards() {
    while (QLayoutItem* item = m_cards->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

void ConversationView::showMessages(const std::vector<Message>& messages, MessageId wanted) {
    const std::pair<int, std::int64_t> shown(int(messages.size()), wanted.value);
    if (m_shown == shown) // read again, and nothing has come: what was scrolled to stays
        return;
    m_shown = shown;
    clearCards();
    const text::Dates dates = m_context.dates();
    QWidget* target = nullptr;
    for (const Message& message : messages) {
        auto* when = new Label(TextStyle::Meta, Ink::Muted, dates.moment(message.at));
        m_cards->addWidget(when);
        auto* card = new widgets::MailCard(message);
        connect(card, &widgets::MailCard::wholeWanted, this,
                [this, id = message.id, title = toQt(message.subject)] { showSource(id, title); });
        m_cards->addWidget(card);
        if (message.id == wanted)
            target = when;
    }
    m_cards->addStretch(1);
    m_scrollTo = target;
}

void ConversationView::showSend(const OutboxRow& row, const QString& sentence) {
    m_shown.reset();
    clearCards();
    const theme::Tokens& t = theme::tokens(this);
    auto* card = new widgets::Area(widgets::Area::Ground::WarnSoft);
    auto* column = widgets::column(card, t.space.s, QMargins(t.space.l, t.space.m, t.space.l, t.space.m));
    const auto line = [column](TextStyle style, Ink ink, const QString& text) {
        if (text.isEmpty())
            return;
        auto* label = new Label(style, ink, text);
        label->setWordWrap(true);
        column->addWidget(label);
    };
    line(TextStyle::BodyStrong, Ink::Text, toQt(row.item.subject));
    line(TextStyle::Body, Ink::Text, sentence);
    line(TextStyle::Body, Ink::Muted,
         tr("To %1, from %2").arg(isolated(toQt(row.item.recipient)), isolated(toQt(row.mailboxAddress))));
    line(TextStyle::Meta, Ink::Muted, toQt(row.item.serverAnswer));
    m_cards->addWidget(card);
    m_cards->addStretch(1);
}

void ConversationView::showSource(MessageId id, const QString& title) {
    auto* sheet = new widgets::Sheet(this, title);
    sheet->setWide(true);
    auto* source = new lead_view::MailView(m_context);
    sheet->body()->addWidget(source);
    connect(source, &lead_view::MailView::closed, sheet, &widgets::Sheet::finish);
    source->show(id, title);
    sheet->open(source);
}

} // namespace outrider::inbox
