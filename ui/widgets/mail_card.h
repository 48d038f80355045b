// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/message.h"
#include "ui/widgets/basics.h"

namespace outrider::widgets {

// A message as a card inside a timeline: who and what about, the text, and a button for the lines it
// quotes, which are read from the message only when asked for.
class MailCard : public Card {
    Q_OBJECT

public:
    explicit MailCard(const Message& message, QWidget* parent = nullptr);

Q_SIGNALS:
    void wholeWanted(); // the quoted lines' button
};

} // namespace outrider::widgets
