// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"

#include <QPointer>
#include <QScrollArea>

#include <optional>
#include <vector>

class QVBoxLayout;

namespace outrider::inbox {

// What was written to and fro, read downwards, with the message asked for in sight; or one message of the
// outbox that needs the person's word.
class ConversationView : public QScrollArea {
    Q_OBJECT

public:
    explicit ConversationView(const frame::Context& context, QWidget* parent = nullptr);

    void showMessages(const std::vector<Message>& messages, MessageId wanted);
    void showSend(const OutboxRow& row, const QString& sentence);
    void clear();

private:
    void showSource(MessageId id, const QString& title);
    void clearCards();

    const frame::Context& m_context;
    QVBoxLayout* m_cards;
    QPointer<QWidget> m_scrollTo; // the message asked for, until the person scrolls
    std::optional<std::pair<int, std::int64_t>> m_shown;
};

} // namespace outrider::inbox
