// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/limits_form.h"

#include "ui/settings/ramp_chart.h"
#include "ui/text/names.h"
#include "ui/widgets/combo.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QGridLayout>
#include <QScopedValueRollback>

#include <algorithm>

namespace outrider::settings {

using widgets::Ink;
using widgets::Label;
using widgets::NumberField;

namespace {

constexpr int mostADay = 2000;
constexpr int longestHold = 600;
constexpr int longestSpacing = 3600;
constexpr int usualBouncePercent = 3; // when it is switched on
constexpr int usualErrorPercent = 1;

widgets::Card* card(const QString& title) {
    auto* made = new widgets::Card;
    const theme::Tokens& t = theme::tokens(made);
    made->setAccessibleName(title);
    widgets::column(made, t.space.s, {t.space.l, t.space.m, t.space.l, t.space.m});
    return made;
}

} // namespace

LimitsForm::LimitsForm(QWidget* parent)
    : QWidget(parent),
      m_dailyLimit(new NumberField(tr("In 24 hours"), 0, mostADay)),
      m_hourly(new NumberField(tr("In one hour"), 0, mostADay)),
      m_weekly(new NumberField(tr("In one week"), 0, 7 * mostADay)),
      m_company(new NumberField(tr("Same company in one hour"), 0, mostADay)),
      m_spacing(new NumberField(tr("Spacing"), 0, longestSpacing)),
      m_spacingUpTo(new NumberField(tr("Spacing up to"), 0, longestSpacing)),
      m_hold(new NumberField(tr("Hold to undo"), 0, longestHold)),
      m_rampStart(new NumberField(tr("Ramp, first day"), 0, mostADay)),
      m_rampStep(new NumberField(tr("Ramp, more each day"), 0, mostADay)),
      m_chart(new RampChart),
      m_rampText(new Label(theme::TextStyle::Body, Ink::Muted)),
      m_onBounces(new QCheckBox(tr("bounces pass"))),
      m_bounces(new NumberField(tr("Pause above this share of bounces"), 1, 100)),
      m_onErrors(new QCheckBox(tr("refusals pass"))),
      m_errors(new NumberField(tr("Pause above this share of refusals"), 1, 100)),
      m_onPolicy(new QCheckBox(tr("its server answers 5.7.x"))) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = widgets::column(this, t.space.m);
    buildLimits(column);
    buildPauses(column);
    for (NumberField* number : {m_dailyLimit, m_hold, m_spacing, m_spacingUpTo, m_hourly, m_weekly, m_company, m_rampStart,
                                m_rampStep, m_bounces, m_errors})
        connect(number, &QSpinBox::valueChanged, this, &LimitsForm::changed);
    for (NumberField* number : {m_hourly, m_weekly, m_company, m_rampStart})
        number->setSpecialValueText(tr("none"));
    // A ramp that never rises is none; the spacing is drawn between the two.
    connect(m_rampStart, &QSpinBox::valueChanged, this, [this](int first) {
        m_rampStep->setEnabled(first > 0);
        m_rampStep->setMinimum(first > 0 ? 1 : 0);
    });
    connect(m_spacing, &QSpinBox::valueChanged, m_spacingUpTo, &QSpinBox::setMinimum);
    for (QCheckBox* box : {m_onBounces, m_onErrors, m_onPolicy})
        connect(box, &QCheckBox::toggled, this, &LimitsForm::changed);
    connect(m_onBounces, &QCheckBox::toggled, m_bounces, &QWidget::setEnabled);
    connect(m_onErrors, &QCheckBox::toggled, m_errors, &QWidget::setEnabled);
}

void LimitsForm::buildLimits(QVBoxLayout* column) {
    const theme::Tokens& t = theme::tokens(this);
    auto* limits = card(tr("Limits"));
    m_sides = new QBoxLayout(QBoxLayout::LeftToRight);
    m_sides->setSpacing(t.space.xl);
    const auto side = [&](const QString& title) {
        auto* made = new QVBoxLayout;
        made->setSpacing(t.space.s);
        made->addWidget(new Label(theme::TextStyle::Section, Ink::Text, title));
        m_sides->addLayout(made, 1);
        return made;
    };
    const auto number = [](QGridLayout* grid, const QString& label, NumberField* input, const QString& unit) {
        const int row = grid->rowCount();
        grid->addWidget(new Label(theme::TextStyle::Body, Ink::Muted, label), row, 0);
        grid->addWidget(input, row, 1);
        auto* what = new Label(theme::TextStyle::Body, Ink::Muted, unit);
        what->setEliding(true);
        what->setToolTip(unit);
        grid->addWidget(what, row, 2);
        grid->setColumnStretch(2, 1);
    };
    const auto grid = [&] {
        auto* made = new QGridLayout;
        made->setHorizontalSpacing(t.space.s);
        made->setVerticalSpacing(t.space.s);
        return made;
    };
    QVBoxLayout* left = side(tr("Limits"));
    auto* numbers = grid();
    number(numbers, tr("In 24 hours"), m_dailyLimit, tr("messages at most"));
    number(numbers, tr("In one hour"), m_hourly, tr("messages at most"));
    number(numbers, tr("In one week"), m_weekly, tr("messages at most"));
    number(numbers, tr("Same company"), m_company, tr("an hour, from all mailboxes"));
    number(numbers, tr("Spacing"), m_spacing, tr("seconds at least"));
    number(numbers, tr("Up to"), m_spacingUpTo, tr("seconds, drawn for each"));
    number(numbers, tr("Hold to undo"), m_hold, tr("seconds"));
    left->addLayout(numbers);
    left->addStretch(1);
    QVBoxLayout* right = side(tr("Ramp"));
    auto* ramp = grid();
    number(ramp, tr("First day"), m_rampStart, tr("messages"));
    number(ramp, tr("More each day"), m_rampStep, tr("until the limit is reached"));
    right->addLayout(ramp);
    right->addWidget(m_chart);
    m_rampText->setWordWrap(true);
    right->addWidget(m_rampText);
    right->addStretch(1);
    static_cast<QVBoxLayout*>(limits->layout())->addLayout(m_sides);
    column->addWidget(limits);
}

void LimitsForm::buildPauses(QVBoxLayout* column) {
    const theme::Tokens& t = theme::tokens(this);
    auto* pauses = card(tr("Pauses by itself when"));
    pauses->layout()->addWidget(new Label(theme::TextStyle::Section, Ink::Text, tr("Pauses by itself when")));
    m_conditions = new QBoxLayout(QBoxLayout::LeftToRight);
    m_conditions->setSpacing(t.space.xl);
    for (NumberField* percent : {m_bounces, m_errors})
        percent->setSuffix(tr(" %"));
    const auto condition = [&](QCheckBox* box, NumberField* input, const QString& name) {
        auto* pair = new QHBoxLayout;
        pair->setSpacing(t.space.s);
        box->setAccessibleName(name);
        pair->addWidget(box);
        if (input != nullptr)
            pair->addWidget(input);
        pair->addStretch(1);
        m_conditions->addLayout(pair);
    };
    condition(m_onBounces, m_bounces, tr("Pause when bounces pass a share"));
    condition(m_onErrors, m_errors, tr("Pause when refusals pass a share"));
    condition(m_onPolicy, nullptr, tr("Pause when its server answers 5.7.x"));
    m_conditions->addStretch(1);
    m_onBounces->setToolTip(tr("Hard bounces of what was sent in seven days, from 20 messages on"));
    m_onErrors->setToolTip(tr("What servers refused of what was tried in seven days, from 20 messages on"));
    m_onPolicy->setToolTip(tr("It refuses the mailbox as a sender; at once"));
    static_cast<QVBoxLayout*>(pauses->layout())->addLayout(m_conditions);
    column->addWidget(pauses);
}

void LimitsForm::setMailbox(const Mailbox& mailbox) {
    const QScopedValueRollback loading(m_loading, true);
    m_stored = mailbox;
    m_dailyLimit->setValue(mailbox.dailyLimit);
    m_hold->setValue(mailbox.holdSeconds);
    m_spacing->setValue(mailbox.spacingSeconds);
    m_spacingUpTo->setValue(mailbox.limits.spacingUpTo);
    m_hourly->setValue(mailbox.limits.perHour);
    m_weekly->setValue(mailbox.limits.perWeek);
    m_company->setValue(mailbox.limits.perDomainAndHour);
    m_rampStart->setValue(mailbox.limits.rampStart);
    m_rampStep->setValue(mailbox.limits.rampStep);
    m_rampStep->setEnabled(mailbox.limits.rampStart > 0);
    const PauseRules& pauses = mailbox.pauses;
    m_onBounces->setChecked(pauses.bouncePercent > 0);
    m_bounces->setValue(pauses.bouncePercent > 0 ? pauses.bouncePercent : usualBouncePercent);
    m_bounces->setEnabled(pauses.bouncePercent > 0);
    m_onErrors->setChecked(pauses.errorPercent > 0);
    m_errors->setValue(pauses.errorPercent > 0 ? pauses.errorPercent : usualErrorPercent);
    m_errors->setEnabled(pauses.errorPercent > 0);
    m_onPolicy->setChecked(pauses.onPolicy);
    drawRamp();
}

void LimitsForm::apply(Mailbox& mailbox) const {
    mailbox.dailyLimit = m_dailyLimit->value();
    mailbox.holdSeconds = m_hold->value();
    mailbox.spacingSeconds = m_spacing->value();
    // As it was while it says the same: 0 and the least spacing are one.
    if (std::max(mailbox.limits.spacingUpTo, mailbox.spacingSeconds) != m_spacingUpTo->value())
        mailbox.limits.spacingUpTo = m_spacingUpTo->value();
    mailbox.limits.perHour = m_hourly->value();
    mailbox.limits.perWeek = m_weekly->value();
    mailbox.limits.perDomainAndHour = m_company->value();
    if (mailbox.limits.rampStart != m_rampStart->value())
        mailbox.limits.rampBegan.reset(); // a ramp begins when it is set
    mailbox.limits.rampStart = m_rampStart->value();
    mailbox.limits.rampStep = m_rampStart->value() > 0 ? m_rampStep->value() : m_stored.limits.rampStep;
    mailbox.pauses.bouncePercent = m_onBounces->isChecked() ? m_bounces->value() : 0;
    mailbox.pauses.errorPercent = m_onErrors->isChecked() ? m_errors->value() : 0;
    mailbox.pauses.onPolicy = m_onPolicy->isChecked();
}

void LimitsForm::setNarrow(bool narrow) {
    const auto direction = narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight;
    m_sides->setDirection(direction);
    m_conditions->setDirection(direction);
    m_conditions->setSpacing(narrow ? theme::tokens(this).space.s : theme::tokens(this).space.xl);
}

void LimitsForm::setNow(Instant now) {
    m_now = now;
    drawRamp();
}

void LimitsForm::changed() {
    if (m_loading)
        return;
    drawRamp();
    Q_EMIT edited();
}

void LimitsForm::drawRamp() {
    Mailbox shown = m_stored;
    apply(shown);
    const Ramp ramp = rampOf(shown, m_now);
    m_chart->setRamp(ramp);
    m_chart->setVisible(!ramp.days.empty());
    const int days = int(ramp.days.size());
    if (ramp.days.empty())
        m_rampText->setText(tr("No ramp: the limit counts from the first day. A new mailbox that sends much at once is taken "
                               "for spam; 5 on the first day and 4 more each day is careful."));
    else if (ramp.today < 0)
        m_rampText->setText(tr("Begins when it is saved and reaches %1 after %2.")
                                .arg(ramp.days.back())
                                .arg(text::counted(days - 1, tr("day"), tr("days"))));
    else if (ramp.today >= days - 1)
        m_rampText->setText(tr("Has reached %1.").arg(ramp.days.back()));
    else
        m_rampText->setText(tr("Day %1: %2 today. Reaches %3 in %4.")
                                .arg(ramp.today + 1)
                                .arg(ramp.days[std::size_t(ramp.today)])
                                .arg(ramp.days.back())
                                .arg(text::counted(days - 1 - ramp.today, tr("day"), tr("days"))));
}

} // namespace outrider::settings
