// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/note_field.h"

#include "core/base/deliver.h"
#include "ui/lead_view/growing_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/button.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QTimeZone>
#include <QVBoxLayout>

namespace outrider::lead_view {

using widgets::Button;

namespace {

constexpr int leastLines = 1;
constexpr int mostLines = 8;

} // namespace

NoteField::NoteField(const frame::Context& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_text(new GrowingText(theme::TextStyle::Body, leastLines, mostLines, this)),
      m_alsoTask(new QCheckBox(this)),
      m_save(new Button(Button::Kind::Secondary, tr("Save note"), this)) {
    const theme::Tokens& tokens = theme::tokens(this);
    auto* column =
        widgets::column(this, tokens.space.xs, QMargins(tokens.space.m, tokens.space.s, tokens.space.m, tokens.space.s));
    auto* first = new QHBoxLayout;
    first->setSpacing(tokens.space.s);
    m_text->setAccessibleName(tr("Note"));
    m_text->setPlaceholderText(tr("Write a note. “call tue 14:00” also sets the next step"));
    m_save->setKeyHint(QStringLiteral("Ctrl+Enter"));
    first->addWidget(m_text, 1, Qt::AlignVCenter);
    first->addWidget(m_save, 0, Qt::AlignBottom);
    column->addLayout(first);
    column->addWidget(m_alsoTask);
    m_alsoTask->setChecked(true);
    m_alsoTask->hide();
    m_save->setEnabled(false);

    connect(m_text, &GrowingText::textChanged, this, [this] {
        m_save->setEnabled(!m_saving && !draft().isEmpty());
        lookForTask();
        Q_EMIT edited();
    });
    connect(m_text, &GrowingText::submitted, this, &NoteField::save);
    connect(m_text, &GrowingText::escaped, this, &NoteField::closed);
    connect(m_save, &Button::clicked, this, &NoteField::save);
}

void NoteField::setFramed(bool framed) { m_text->setFramed(framed); }

void NoteField::start(LeadId lead, const QString& draft) {
    m_lead = lead;
    m_saving = false;
    if (m_text->toPlainText() != draft)
        m_text->setPlainText(draft);
    m_alsoTask->setChecked(true);
}

void NoteField::begin() { m_text->setFocus(Qt::ShortcutFocusReason); }

QString NoteField::draft() const {
    const QString text = m_text->toPlainText();
    return text.trimmed().isEmpty() ? QString() : text;
}

void NoteField::lookForTask() {
    const QTimeZone zone(QByteArray::fromStdString(m_context.workspace.zone()));
    m_task = text::taskInNote(m_text->toPlainText(), m_context.workspace.clock().now(), zone);
    m_alsoTask->setVisible(m_task.has_value());
    if (m_task)
        m_alsoTask->setText(
            tr("Also set the next step: %1, %2").arg(text::isolated(m_task->title), m_context.dates().moment(m_task->dueAt)));
}

void NoteField::save() {
    const QString text = draft();
    if (text.isEmpty() || m_saving || !m_lead)
        return;
    m_saving = true;
    m_save->setEnabled(false);
    const LeadId lead = m_lead;
    const auto task = m_task && m_alsoTask->isChecked() ? m_task : std::nullopt;
    // Trailing blank lines are not meant.
    const std::string stored = text.trimmed().toStdString();
    deliver(m_context.workspace.leads().addNote(lead, stored), this, [this, lead, text, task](Result<ActivityId> note) {
        if (m_lead == lead)
            m_saving = false;
        m_save->setEnabled(!m_saving && !draft().isEmpty());
        if (!note) {
            m_context.tell.failed(note.error(), tr("The note was not saved; it is still here"));
            return;
        }
        if (m_lead == lead && draft() == text)
            m_text->clear();
        Q_EMIT saved(lead);
        if (!task) {
            m_context.tell.done(tr("Note saved"), true, theme::Icon::StickyNote);
            return;
        }
        const QString sentence = tr("Note saved. %1: %2").arg(text::isolated(task->title), m_context.dates().moment(task->dueAt));
        deliver(m_context.workspace.leads().addTask(lead, task->channel, task->title.toStdString(), task->dueAt), this,
                [this, sentence](Result<TaskId> added) {
                    if (!added)
                        m_context.tell.failed(added.error(), tr("The note is saved, its next step is not"));
                    else
                        m_context.tell.done(sentence, true, theme::Icon::StickyNote);
                });
    });
}

} // namespace outrider::lead_view
