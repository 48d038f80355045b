// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/step_form.h"

#include "ui/strategies/step_words.h"
#include "ui/strategies/variant_bar.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QScopedValueRollback>

namespace outrider::strategies {

using widgets::Ink;
using widgets::Label;

namespace {

constexpr int mostDays = 365;

} // namespace

StepForm::StepForm(StrategyDraft& draft, QWidget* parent)
    : QWidget(parent),
      m_draft(draft),
      m_channel(new widgets::Combo(tr("Channel"))),
      m_days(new widgets::NumberField(tr("Days"), 0, mostDays)),
      m_daysText(new Label(theme::TextStyle::Body, Ink::Muted)),
      m_variants(new VariantBar(draft)),
      m_insert(new widgets::Button(widgets::Button::Kind::Ghost, tr("Insert"))),
      m_thread(new widgets::Segmented(tr("Thread"), {tr("New thread"), tr("In the thread")})),
      m_ownHours(new QCheckBox(tr("Own hours"))),
      m_hours(new widgets::HoursEdit(tr("Hours of this step"))),
      m_subjectLabel(new Label(theme::TextStyle::Body, Ink::Muted)),
      m_subject(new TemplateEdit(TemplateEdit::Kind::OneLine)),
      m_body(new TemplateEdit(TemplateEdit::Kind::Text)),
      m_lastText(m_body) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = widgets::column(this, t.space.s, {t.space.l, t.space.s, t.space.l, t.space.l});

    auto* when = new QHBoxLayout;
    when->setSpacing(t.space.s);
    for (const Channel channel : channels)
        m_channel->addItem(text::channelName(channel), int(channel));
    m_daysText->setEliding(true);
    m_insert->setAccessibleName(tr("Insert field"));
    when->addWidget(m_channel);
    when->addWidget(m_days);
    when->addWidget(m_daysText, 1);
    column->addLayout(when);

    auto* how = new QHBoxLayout;
    how->setSpacing(t.space.m);
    how->addWidget(m_thread);
    how->addWidget(m_ownHours);
    how->addStretch(1);
    how->addWidget(m_insert);
    column->addLayout(how);
    column->addWidget(m_hours);
    column->addWidget(m_variants);

    auto* subject = new QHBoxLayout;
    subject->setSpacing(t.space.s);
    subject->addWidget(m_subjectLabel);
    subject->addWidget(m_subject, 1);
    column->addLayout(subject);
    m_subject->setAccessibleName(tr("Subject"));
    column->addWidget(m_body, 1);
    m_body->setAccessibleName(tr("Text"));

    connect(m_channel, &QComboBox::activated, this, [this](int index) {
        put(QStringLiteral("channel"), [&](Step& step) { step.channel = Channel(m_channel->itemData(index).toInt()); });
        refresh();
    });
    connect(m_days, &QSpinBox::valueChanged, this,
            [this](int days) { put(QStringLiteral("days"), [&](Step& step) { step.dayOffset = days; }); });
    connect(m_thread, &widgets::Segmented::chosen, this, [this](int index) {
        put(QStringLiteral("thread"), [&](Step& step) { step.thread = index == 1 ? Thread::Reply : Thread::New; });
    });
    connect(m_ownHours, &QCheckBox::toggled, this, [this](bool own) {
        put(QStringLiteral("hours"),
            [&](Step& step) { step.window = own ? std::optional(m_draft.version().window) : std::nullopt; });
        refresh();
    });
    connect(m_hours, &widgets::HoursEdit::edited, this,
            [this] { put(QStringLiteral("hours"), [&](Step& step) { step.window = m_hours->hours(); }); });
    connect(m_subject, &TemplateEdit::edited, this, [this] {
        m_lastText = m_subject;
        putText(QStringLiteral("subject"), &Step::subject, &Variant::subject, m_subject->templateText().toStdString());
    });
    connect(m_body, &TemplateEdit::edited, this, [this] {
        m_lastText = m_body;
        putText(QStringLiteral("body"), &Step::body, &Variant::body, m_body->templateText().toStdString());
    });
    setVariables(templateVariables()); // the workspace's own come when they are read
    connect(m_variants, &VariantBar::chosen, this, &StepForm::refresh);
    connect(&draft, &StrategyDraft::changed, this, &StepForm::refresh);
    refresh();
}

void StepForm::showStep(int position) {
    m_position = position;
    m_lastText = m_body;
    m_draft.seal();
    m_variants->showStep(position);
    refresh();
}

void StepForm::setVariables(const QList<Variable>& variables) {
    m_subject->setVariables(variables);
    m_body->setVariables(variables);
}

void StepForm::setMissing(const QSet<QString>& fields) {
    m_subject->setMissing(fields);
    m_body->setMissing(fields);
}

void StepForm::focusText() { m_body->setFocus(Qt::OtherFocusReason); }

void StepForm::focusSubject() {
    m_subject->setFocus(Qt::OtherFocusReason);
    m_subject->moveCursor(QTextCursor::End);
}

void StepForm::insertVariable() { (m_subject->hasFocus() ? m_subject : m_lastText)->insertVariable(); }

// Of the text that is shown: the step's own, or a variant's.
void StepForm::putText(const QString& what, std::string Step::*own, std::string Variant::*other, const std::string& text) {
    const int variant = m_variants->current();
    put(what + QString::number(variant), [&](Step& step) {
        if (variant == 0)
            step.*own = text;
        else if (variant < textCount(step))
            step.variants[std::size_t(variant - 1)].*other = text;
    });
}

void StepForm::put(const QString& what, const std::function<void(Step&)>& change) {
    if (m_loading || m_position < 0 || m_position >= m_draft.stepCount())
        return;
    Step step = m_draft.step(m_position);
    change(step);
    m_draft.edit(m_position, std::move(step), what);
}

// Only what differs is set, so that typing keeps its cursor and the field its own undo.
void StepForm::refresh() {
    const bool some = m_position >= 0 && m_position < m_draft.stepCount();
    setEnabled(some);
    if (!some || m_loading)
        return;
    const QScopedValueRollback loading(m_loading, true);
    const Step& step = m_draft.step(m_position);
    const StrategyVersion& version = m_draft.version();
    m_channel->setCurrentIndex(m_channel->findData(int(step.channel)));
    m_days->setValue(step.dayOffset);
    const QString unit = daysText(step.dayOffset, version.businessDays).section(QLatin1Char(' '), 1);
    m_daysText->setText(m_position > 0 && version.offsetBase == OffsetBase::Completion ? tr("%1 after the step before").arg(unit)
                                                                                       : tr("%1 after the start").arg(unit));
    const bool email = step.channel == Channel::Email;
    m_thread->setVisible(email && m_position > 0);
    m_channel->setMinimumWidth(m_channel->sizeHint().width());
    m_thread->setCurrent(step.thread == Thread::Reply ? 1 : 0);
    m_ownHours->setChecked(step.window.has_value());
    m_hours->setVisible(step.window.has_value());
    if (step.window && m_hours->hours() != *step.window)
        m_hours->setWindow(*step.window);
    m_subjectLabel->setText(email ? tr("Subject") : tr("Title"));
    m_subject->setAccessibleName(m_subjectLabel->text());
    const bool inThread = email && step.thread == Thread::Reply && m_position > 0;
    m_subject->setPlaceholderText(inThread ? stepSubject(version, m_position) : QString());
    m_body->setPlaceholderText(email ? tr("Hi {{first_name|there}}, …") : tr("What to do or say"));
    m_body->setAccessibleName(email ? tr("Text") : tr("Instructions"));
    const QString subject = text::toQt(subjectOf(step, m_variants->current()));
    if (m_subject->templateText() != subject)
        m_subject->setTemplate(subject);
    const QString body = text::toQt(bodyOf(step, m_variants->current()));
    if (m_body->templateText() != body)
        m_body->setTemplate(body);
}

} // namespace outrider::strategies
