// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/deliverability_service.h"
#include "ui/frame/context.h"
#include "ui/widgets/basics.h"

#include <QPointer>

namespace outrider::widgets {
class Banner;
class Button;
class Sheet;
} // namespace outrider::widgets

namespace outrider::settings {

// How a mailbox looks from outside: what the DNS says of its domain, record by record with what to do, and how a message
// of its arrives. Reads what was found last; asks anew on lookAgain() and probe().
class DnsCard : public widgets::Card {
    Q_OBJECT

public:
    explicit DnsCard(const frame::Context& context, QWidget* parent = nullptr);

    // What is under way for another one is given up.
    void setMailbox(const Mailbox& mailbox);
    void read();
    void lookAgain();
    void probe();
    widgets::Button* probeButton() const { return m_probeButton; } // bound by the panel, which has the keys
    bool isLooking() const { return m_looking != nullptr; }
    bool isProbing() const { return m_probing != nullptr; }
    // As shown: "SPF, Pass, v=spf1 …".
    QStringList lines() const;
    // The records of one topic in full, what they mean and what to put there.
    void showTopic(DnsTopic topic);

Q_SIGNALS:
    void healthChanged(const outrider::MailboxHealth& health);
    void changed(); // whether it is looking or probing

private:
    class Row;

    void showFound();
    void copy(const QString& text);
    void setSelector(const QString& selector);

    const frame::Context& m_context;
    Mailbox m_mailbox;
    std::optional<DnsReport> m_dns;
    std::optional<ProbeReport> m_probe;
    ProgressPtr m_looking;
    ProgressPtr m_probing;
    int m_generation = 0; // a late answer is for another mailbox, or another question
    QPointer<widgets::Sheet> m_sheet;

    widgets::Label* m_domain;
    widgets::Label* m_when;
    widgets::Button* m_cancel;
    QWidget* m_rows;
    QList<Row*> m_all;
    widgets::Banner* m_advice;
    widgets::IconLabel* m_probeMark;
    widgets::Label* m_probeText;
    widgets::Button* m_probeButton;
};

} // namespace outrider::settings
