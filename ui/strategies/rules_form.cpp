// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/rules_form.h"

#include "ui/text/tr.h"
#include "ui/widgets/combo.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QSpinBox>

namespace outrider::strategies {

using widgets::Field;
using widgets::Ink;
using widgets::Label;

namespace {

constexpr int mostDays = 365;
constexpr int mostPercent = 99;
constexpr int mostPerDay = 10000;

} // namespace

RulesForm::RulesForm(StrategyDraft& draft, QWidget* parent)
    : QWidget(parent),
      m_draft(draft),
      m_reply(new QCheckBox(tr("They reply"))),
      m_meeting(new QCheckBox(tr("A meeting is agreed"))),
      m_talked(new QCheckBox(tr("You spoke on the phone"))),
      m_status(new widgets::Combo(tr("Status that ends it"))),
      m_colleague(new widgets::Combo(tr("When a colleague replies"))),
      m_colleagueDays(new widgets::NumberField(tr("Days of delay"), 1, mostDays)),
      m_canary(new widgets::NumberField(tr("Percent that begin"), 0, mostPercent)),
      m_perWeekday(new widgets::NumberField(tr("Leads a weekday"), 0, mostPerDay)),
      m_oneStrategy(new QCheckBox(tr("A lead is in one strategy at a time"))),
      m_holidays(new QCheckBox(tr("Nobody is contacted on holidays of their country"))),
      m_leadGap(new widgets::NumberField(tr("Days between contacts with a lead"), 0, mostDays)),
      m_companyGap(new widgets::NumberField(tr("Days between contacts with a company"), 0, mostDays)) {
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

    const auto section = [&](const QString& title) { column->addWidget(new Label(theme::TextStyle::Section, Ink::Text, title)); };
    const auto explain = [&](const QString& what) {
        auto* label = new Label(theme::TextStyle::Meta, Ink::Muted, what);
        label->setWordWrap(true);
        column->addWidget(label);
    };
    section(tr("It stops for a lead when"));
    for (QCheckBox* box : {m_reply, m_meeting, m_talked})
        column->addWidget(box);
    column->addWidget(new Field(tr("The status becomes"), m_status));
    explain(tr("A hard bounce, an opt-out, “never” and a final status always stop it."));

    section(tr("When somebody at their company replies"));
    m_colleague->addItem(tr("Nothing happens"), int(ColleagueReply::Nothing));
    m_colleague->addItem(tr("The others wait"), int(ColleagueReply::Delay));
    m_colleague->addItem(tr("It stops for the others"), int(ColleagueReply::Stop));
    column->addWidget(m_colleague);
    column->addWidget(new Field(tr("Days they wait"), m_colleagueDays));

    section(tr("How many begin"));
    column->addWidget(new Field(tr("Percent that begin first"), m_canary));
    explain(tr("The others wait until you have looked at how the first ones go, and let them begin. 0: everybody begins."));
    column->addWidget(new Field(tr("Leads that begin on a weekday"), m_perWeekday));
    explain(tr("Who is enrolled beyond that takes the next free weekday. 0: any number."));

    section(tr("For all strategies"));
    column->addWidget(m_oneStrategy);
    column->addWidget(m_holidays);
    column->addWidget(new Field(tr("Days after another contact with the lead"), m_leadGap));
    column->addWidget(new Field(tr("Days after a contact with a colleague"), m_companyGap));
    explain(tr("Saved at once. Your own days off are in Settings, Hours."));
    column->addStretch(1);
    for (QCheckBox* box : {m_oneStrategy, m_holidays})
        connect(box, &QCheckBox::clicked, this, &RulesForm::contactRulesEdited);
    for (QSpinBox* box : {m_leadGap, m_companyGap}) {
        connect(box, &QSpinBox::editingFinished, this, [this] {
            if (contactRules() != m_saved)
                Q_EMIT contactRulesEdited();
        });
    }
    setStatuses({});

    for (QCheckBox* box : {m_reply, m_meeting, m_talked})
        connect(box, &QCheckBox::toggled, this, &RulesForm::put);
    for (QComboBox* box : {m_status, m_colleague})
        connect(box, &QComboBox::activated, this, &RulesForm::put);
    for (QSpinBox* box : {m_colleagueDays, m_canary, m_perWeekday})
        connect(box, &QSpinBox::valueChanged, this, &RulesForm::put);
    setFocusProxy(m_reply);
    connect(&draft, &StrategyDraft::changed, this, &RulesForm::refresh);
    refresh();
}

void RulesForm::setStatuses(const QList<std::pair<StatusId, QString>>& statuses) {
    m_status->clear();
    m_status->addItem(tr("Final, and only then"), qlonglong(0));
    for (const auto& [id, name] : statuses)
        m_status->addItem(name, qlonglong(id.value));
    refresh();
}

void RulesForm::setContactRules(const OutreachRules& rules) {
    m_saved = rules;
    m_oneStrategy->setChecked(rules.oneStrategyAtATime);
    m_holidays->setChecked(rules.holidays);
    m_leadGap->setValue(rules.leadGapDays);
    m_companyGap->setValue(rules.companyGapDays);
}

OutreachRules RulesForm::contactRules() const {
    return {.oneStrategyAtATime = m_oneStrategy->isChecked(),
            .leadGapDays = m_leadGap->value(),
            .companyGapDays = m_companyGap->value(),
            .holidays = m_holidays->isChecked()};
}

void RulesForm::put() {
    if (m_loading)
        return;
    StrategyRules rules = m_draft.version().rules;
    rules.stops = {.reply = m_reply->isChecked(),
                   .meeting = m_meeting->isChecked(),
                   .talked = m_talked->isChecked(),
                   .status = StatusId{m_status->currentData().toLongLong()}};
    rules.colleague = ColleagueReply(m_colleague->currentData().toInt());
    rules.colleagueDays = m_colleagueDays->value();
    rules.canaryPercent = m_canary->value();
    rules.perWeekday = m_perWeekday->value();
    m_draft.setRules(rules);
}

void RulesForm::refresh() {
    const QScopedValueRollback loading(m_loading, true);
    const StrategyRules& rules = m_draft.version().rules;
    m_reply->setChecked(rules.stops.reply);
    m_meeting->setChecked(rules.stops.meeting);
    m_talked->setChecked(rules.stops.talked);
    m_status->setCurrentIndex(std::max(0, m_status->findData(qlonglong(rules.stops.status.value))));
    m_colleague->setCurrentIndex(m_colleague->findData(int(rules.colleague)));
    m_colleagueDays->setValue(rules.colleagueDays);
    m_colleagueDays->setEnabled(rules.colleague == ColleagueReply::Delay);
    m_canary->setValue(rules.canaryPercent);
    m_perWeekday->setValue(rules.perWeekday);
}

} // namespace outrider::strategies
