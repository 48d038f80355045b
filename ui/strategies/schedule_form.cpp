// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/schedule_form.h"

#include "ui/text/tr.h"
#include "ui/widgets/combo.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QLineEdit>
#include <QRadioButton>
#include <QScopedValueRollback>
#include <QScrollArea>

namespace outrider::strategies {

using widgets::Field;
using widgets::Ink;
using widgets::Label;

ScheduleForm::ScheduleForm(StrategyDraft& draft, QWidget* parent)
    : QWidget(parent),
      m_draft(draft),
      m_name(new QLineEdit),
      m_completion(new QRadioButton(tr("The step before"))),
      m_enrolment(new QRadioButton(tr("The start"))),
      m_businessDays(new QCheckBox(tr("Count Monday to Friday only"))),
      m_hours(new widgets::HoursEdit(tr("Usual hours"))),
      m_mailbox(new widgets::Combo(tr("Mailbox"))) {
    const theme::Tokens& t = theme::tokens(this);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    widgets::column(this, 0)->addWidget(scroll);
    auto* content = new QWidget;
    scroll->setWidget(content);
    content->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    auto* column = widgets::column(content, t.space.m, {t.space.l, t.space.l, t.space.l, t.space.l});

    m_name->setAccessibleName(tr("Name of the strategy"));
    column->addWidget(new Field(tr("Name"), m_name));

    const auto explained = [&](QRadioButton* button, const QString& what) {
        auto* both = new QVBoxLayout;
        both->setSpacing(0);
        column->addLayout(both);
        both->addWidget(button);
        auto* label = new Label(theme::TextStyle::Meta, Ink::Muted, what);
        label->setWordWrap(true);
        label->setContentsMargins(t.size.checkbox + t.space.s, 0, 0, 0);
        both->addWidget(label);
        button->setAccessibleDescription(what);
    };
    column->addWidget(new Label(theme::TextStyle::Section, Ink::Text, tr("Days count from")));
    explained(m_completion, tr("A step done late moves the ones after it. Nobody gets two at once to catch up."));
    explained(m_enrolment, tr("Every step keeps its day after the lead was enrolled. Late steps can fall on the same day."));
    column->addWidget(m_businessDays);

    column->addWidget(new Label(theme::TextStyle::Section, Ink::Text, tr("Usual hours, in the lead's own time")));
    column->addWidget(m_hours);
    auto* hours = new Label(theme::TextStyle::Meta, Ink::Muted,
                            tr("An e-mail waits until these hours open where the lead is. A step can have hours of its own."));
    hours->setWordWrap(true);
    column->addWidget(hours);

    column->addWidget(new Field(tr("E-mails leave from"), m_mailbox));
    column->addStretch(1);

    connect(m_name, &QLineEdit::editingFinished, this, &ScheduleForm::nameEdited);
    connect(m_completion, &QRadioButton::toggled, this, [this](bool on) {
        if (!m_loading)
            m_draft.setOffsetBase(on ? OffsetBase::Completion : OffsetBase::Enrolment);
    });
    connect(m_businessDays, &QCheckBox::toggled, this, [this](bool on) {
        if (!m_loading)
            m_draft.setBusinessDays(on);
    });
    connect(m_hours, &widgets::HoursEdit::edited, this, [this] {
        if (!m_loading)
            m_draft.setWindow(m_hours->hours());
    });
    connect(m_mailbox, &QComboBox::activated, this, [this] { Q_EMIT mailboxChosen(mailbox()); });
    connect(&draft, &StrategyDraft::changed, this, &ScheduleForm::refresh);
    refresh();
}

void ScheduleForm::setName(const QString& name) { m_name->setText(name); }

QString ScheduleForm::name() const { return m_name->text().simplified(); }

void ScheduleForm::setMailboxes(const std::vector<Mailbox>& mailboxes, MailboxId current) {
    m_mailbox->clear();
    m_mailbox->addItem(tr("The first that can send"), qlonglong(0));
    for (const Mailbox& mailbox : mailboxes)
        m_mailbox->addItem(text::toQt(mailbox.address), qlonglong(mailbox.id.value));
    m_mailbox->setCurrentIndex(std::max(0, m_mailbox->findData(qlonglong(current.value))));
}

MailboxId ScheduleForm::mailbox() const { return MailboxId{m_mailbox->currentData().toLongLong()}; }

void ScheduleForm::focusName() {
    m_name->setFocus(Qt::OtherFocusReason);
    m_name->selectAll();
}

void ScheduleForm::refresh() {
    const QScopedValueRollback loading(m_loading, true);
    const StrategyVersion& version = m_draft.version();
    m_completion->setChecked(version.offsetBase == OffsetBase::Completion);
    m_enrolment->setChecked(version.offsetBase == OffsetBase::Enrolment);
    m_businessDays->setChecked(version.businessDays);
    if (m_hours->hours() != version.window)
        m_hours->setWindow(version.window);
}

} // namespace outrider::strategies
