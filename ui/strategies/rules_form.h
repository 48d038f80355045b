// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/outreach_rules.h"
#include "ui/strategies/strategy_draft.h"
#include "ui/widgets/basics.h"

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace outrider::strategies {

// What ends a draft's strategy for a lead, what a colleague's answer does, and how many begin at once.
class RulesForm : public QWidget {
    Q_OBJECT

public:
    explicit RulesForm(StrategyDraft& draft, QWidget* parent = nullptr);

    // Open statuses one of which may end it, by their ids.
    void setStatuses(const QList<std::pair<StatusId, QString>>& statuses);

    // Of the whole workspace: not the draft's, saved at once.
    void setContactRules(const OutreachRules& rules);
    OutreachRules contactRules() const;

Q_SIGNALS:
    void contactRulesEdited();

private:
    void refresh();
    void put();

    StrategyDraft& m_draft;
    bool m_loading = false;
    OutreachRules m_saved;
    QCheckBox* m_reply;
    QCheckBox* m_meeting;
    QCheckBox* m_talked;
    QComboBox* m_status;
    QComboBox* m_colleague;
    QSpinBox* m_colleagueDays;
    QSpinBox* m_canary;
    QSpinBox* m_perWeekday;
    QCheckBox* m_oneStrategy;
    QCheckBox* m_holidays;
    QSpinBox* m_leadGap;
    QSpinBox* m_companyGap;
};

} // namespace outrider::strategies
