// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/mailbox.h"
#include "ui/strategies/strategy_draft.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/hours_edit.h"

#include <vector>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QRadioButton;

namespace outrider::strategies {

// What holds for all steps of a draft: what their days count from, which days and hours are fine, and
// which mailbox the e-mails leave from. Name and mailbox belong to the strategy, not to a version: they
// are told by signals and saved at once.
class ScheduleForm : public QWidget {
    Q_OBJECT

public:
    explicit ScheduleForm(StrategyDraft& draft, QWidget* parent = nullptr);

    void setName(const QString& name);
    QString name() const;
    void setMailboxes(const std::vector<Mailbox>& mailboxes, MailboxId current);
    MailboxId mailbox() const;
    void focusName();

Q_SIGNALS:
    void nameEdited();
    void mailboxChosen(outrider::MailboxId id);

private:
    void refresh();

    StrategyDraft& m_draft;
    bool m_loading = false;
    QLineEdit* m_name;
    QRadioButton* m_completion;
    QRadioButton* m_enrolment;
    QCheckBox* m_businessDays;
    widgets::HoursEdit* m_hours;
    QComboBox* m_mailbox;
};

} // namespace outrider::strategies
