// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/todo_form.h"

#include "core/base/deliver.h"
#include "ui/lead_view/moment_field.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/segmented.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace outrider::lead_view {

using widgets::Button;

namespace {

QStringList channelLabels() {
    QStringList labels;
    for (const Channel channel : channels)
        labels.append(text::channelName(channel));
    return labels;
}

int indexOf(Channel channel) { return int(std::find(channels.begin(), channels.end(), channel) - channels.begin()); }

} // namespace

TodoForm::TodoForm(const frame::Context& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_channel(new widgets::Segmented(tr("Channel"), channelLabels(), this)),
      m_title(new QLineEdit(this)),
      m_when(new MomentField(context, tr("When"), this)),
      m_save(new Button(Button::Kind::Secondary, tr("Add to-do"), this)) {
    const theme::Tokens& tokens = theme::tokens(this);
    auto* column =
        widgets::column(this, tokens.space.s, QMargins(tokens.space.m, tokens.space.s, tokens.space.m, tokens.space.s));
    auto* first = new QHBoxLayout;
    first->setSpacing(tokens.space.s);
    first->addWidget(m_channel);
    first->addStretch(1);
    column->addLayout(first);
    m_title->setAccessibleName(tr("What to do"));
    m_title->setPlaceholderText(tr("What to do"));
    column->addWidget(m_title);
    auto* last = new QHBoxLayout;
    last->setSpacing(tokens.space.s);
    m_save->setKeyHint(QStringLiteral("Enter"));
    last->addWidget(m_when, 1);
    last->addWidget(m_save);
    column->addLayout(last);
    m_channel->setCurrent(indexOf(Channel::Task));

    const auto changed = [this] {
        check();
        Q_EMIT edited();
    };
    connect(m_channel, &widgets::Segmented::chosen, this, changed);
    connect(m_title, &QLineEdit::textEdited, this, changed);
    connect(m_when, &MomentField::edited, this, changed);
    connect(m_title, &QLineEdit::returnPressed, this, [this] {
        if (m_save->isEnabled())
            save();
        else
            m_when->input()->setFocus(Qt::TabFocusReason);
    });
    connect(m_when, &MomentField::submitted, this, &TodoForm::save);
    connect(m_save, &Button::clicked, this, &TodoForm::save);
    check();
}

void TodoForm::start(LeadId lead, const QString& leadName, const Draft& draft) {
    m_lead = lead;
    m_leadName = leadName;
    m_saving = false;
    m_channel->setCurrent(indexOf(draft.channel));
    m_title->setText(draft.title);
    m_when->setText(draft.when);
    check();
}

void TodoForm::setChannel(Channel channel) {
    m_channel->setCurrent(indexOf(channel));
    check();
}

TodoForm::Draft TodoForm::draft() const {
    const auto at = std::size_t(std::clamp(m_channel->current(), 0, int(channels.size()) - 1));
    return {.channel = channels[at], .title = m_title->text(), .when = m_when->text()};
}

void TodoForm::begin() { m_title->setFocus(Qt::ShortcutFocusReason); }

void TodoForm::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closed();
    else
        QWidget::keyPressEvent(event);
}

void TodoForm::check() {
    const Draft now = draft();
    // A call needs no words; "to-do" does.
    const bool said = now.channel != Channel::Task || !now.title.trimmed().isEmpty();
    m_save->setEnabled(said && m_when->moment() && !m_saving);
}

void TodoForm::save() {
    check();
    if (!m_save->isEnabled())
        return;
    const Draft wanted = draft();
    const Instant due = *m_when->moment();
    const QString title = wanted.title.trimmed().isEmpty() ? text::channelName(wanted.channel) : wanted.title.trimmed();
    m_saving = true;
    check();
    const QString sentence =
        tr("Next step for %1: %2, %3").arg(text::isolated(m_leadName), text::isolated(title), m_context.dates().moment(due));
    deliver(m_context.workspace.leads().addTask(m_lead, wanted.channel, title.toStdString(), due), this,
            [this, lead = m_lead, wanted, sentence](Result<TaskId> task) {
                if (m_lead == lead) {
                    m_saving = false;
                    if (task)
                        start(lead, m_leadName, {.channel = wanted.channel});
                    check();
                }
                if (!task) {
                    m_context.tell.failed(task.error(), tr("The to-do was not added; it is still here"));
                    return;
                }
                m_context.tell.done(sentence, true, theme::Icon::SquareCheck);
                Q_EMIT added(lead);
            });
}

} // namespace outrider::lead_view
