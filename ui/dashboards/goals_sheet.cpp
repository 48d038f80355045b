// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboards/goals_sheet.h"

#include "ui/widgets/form.h"

#include <QBoxLayout>
#include <QSpinBox>

namespace outrider::dashboards {

using widgets::Button;

namespace {

constexpr int most = 100000;

QSpinBox* field(const QString& accessibleName, std::optional<int> goal) {
    auto* box = new QSpinBox;
    box->setRange(0, most);
    box->setSpecialValueText(GoalsSheet::tr("no goal"));
    box->setAlignment(Qt::AlignTrailing);
    box->setValue(goal.value_or(0));
    box->setAccessibleName(accessibleName);
    return box;
}

std::optional<int> goalOf(const QSpinBox* box) { return box->value() == 0 ? std::nullopt : std::optional(box->value()); }

} // namespace

GoalsSheet::GoalsSheet(QWidget* over, const Goals& goals)
    : Sheet(over, tr("Goals for a week")),
      m_replies(field(tr("Replies a week"), goals.replies)),
      m_meetings(field(tr("Meetings a week"), goals.meetings)),
      m_sent(field(tr("E-mails a week"), goals.sent)),
      m_calls(field(tr("Calls a week"), goals.calls)),
      m_worked(field(tr("New leads a week"), goals.worked)) {
    auto* form = new widgets::Form;
    form->addRow(tr("Replies"), m_replies);
    form->addRow(tr("Meetings"), m_meetings);
    form->addRow(tr("E-mails sent"), m_sent);
    form->addRow(tr("Calls"), m_calls);
    form->addRow(tr("New leads worked"), m_worked);
    body()->addWidget(form);
    addCancel(tr("Cancel"));
    connect(addButton(Button::Kind::Primary, tr("Set goals")), &Button::clicked, this, [this] {
        Q_EMIT accepted(this->goals());
        finish();
    });
}

void GoalsSheet::start() {
    open(m_replies);
    m_replies->selectAll();
}

Goals GoalsSheet::goals() const {
    return {.replies = goalOf(m_replies),
            .meetings = goalOf(m_meetings),
            .sent = goalOf(m_sent),
            .calls = goalOf(m_calls),
            .worked = goalOf(m_worked)};
}

} // namespace outrider::dashboards
