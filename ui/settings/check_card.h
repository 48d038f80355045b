// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/mailbox_service.h"
#include "ui/text/dates.h"
#include "ui/widgets/basics.h"

namespace outrider::widgets {
class Button;
}

namespace outrider::settings {

// A connection test as check lines: what passed, how long it took, what failed and what to do about it.
class CheckCard : public widgets::Card {
    Q_OBJECT

public:
    explicit CheckCard(QWidget* parent = nullptr);

    // Nothing tried yet; `when` says when it last passed.
    void showIdle(const QString& when);
    void showRunning();
    void showSteps(const std::vector<MailboxCheckStep>& steps, const text::Dates& dates);
    void showError(const Error& error);
    QStringList lines() const;

Q_SIGNALS:
    void cancelAsked();

private:
    void clear();
    void addLine(theme::Icon icon, widgets::Ink ink, const QString& title, const QString& result, const QString& time);

    widgets::Label* m_when;
    widgets::Button* m_cancel;
    QVBoxLayout* m_lines;
    QStringList m_texts;
};

// "TLSv1.3, valid to 2 Feb", "INBOX, 12 mails"; for a failure its sentence.
QString checkResultText(const MailboxCheckStep& step, const text::Dates& dates);

} // namespace outrider::settings
