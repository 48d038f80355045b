// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deliverability.h"
#include "ui/widgets/basics.h"

class QGridLayout;

namespace outrider::settings {

// A mailbox's health: the score, and each point of it with its reason.
class HealthCard : public widgets::Card {
    Q_OBJECT

public:
    explicit HealthCard(QWidget* parent = nullptr);
    void setHealth(const MailboxHealth& health);
    void setNarrow(bool narrow);
    QStringList lines() const { return m_texts; }

private:
    void build();

    MailboxHealth m_health;
    bool m_narrow = false;
    widgets::Label* m_score;
    widgets::ChipLabel* m_word;
    QWidget* m_lines = nullptr;
    QStringList m_texts;
};

} // namespace outrider::settings
