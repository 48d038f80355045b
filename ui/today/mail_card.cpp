// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/mail_card.h"

#include "ui/paint/text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/today/reading_text.h"
#include "ui/widgets/button.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QRegularExpression>

namespace outrider::today {

using text::toQt;
using theme::TextStyle;
using widgets::Button;
using widgets::Ink;
using widgets::Label;

namespace {

int wordCount(const QString& text) {
    static const QRegularExpression spaces(QStringLiteral("\\s+"));
    return int(text.split(spaces, Qt::SkipEmptyParts).size());
}

const Window* windowOf(const TaskDetail& task) {
    if (task.step && task.step->window)
        return &*task.step->window;
    for (const EnrolmentDetail& enrolment : task.lead.enrolments) {
        if (enrolment.enrolment.id == task.task.enrolment)
            return &enrolment.version.window;
    }
    return nullptr;
}

QWidget* pair(Label* strong, Label* muted, const theme::Tokens& t) {
    auto* holder = new QWidget;
    auto* row = widgets::row(holder, t.space.xs);
    muted->setEliding(true, Qt::ElideMiddle);
    row->addWidget(strong);
    row->addWidget(muted, 1);
    return holder;
}

// What stands below the text: the footer, and the files that go along.
QString belowText(const MailDraft& draft) {
    QStringList files;
    for (const MailAttachment& one : draft.attachments)
        files.append(toQt(one.name));
    const QString footer = toQt(draft.footer);
    if (files.isEmpty())
        return footer;
    const QString line = MailCard::tr("With %1").arg(files.join(QStringLiteral(", ")));
    return footer.isEmpty() ? line : footer + QStringLiteral("\n\n") + line;
}

} // namespace

MailCard::MailCard(QWidget* parent)
    : TaskCard(parent),
      m_toName(new Label),
      m_toAddress(new Label(TextStyle::Body, Ink::Muted)),
      m_fromName(new Label),
      m_fromAddress(new Label(TextStyle::Body, Ink::Muted)),
      m_subjectText(new Label(TextStyle::BodyStrong)),
      m_subjectEdit(new QLineEdit),
      m_limit(new Label(TextStyle::Meta, Ink::Muted)),
      m_thread(new Label(TextStyle::Meta, Ink::Muted)),
      m_text(new ReadingText),
      m_footer(new Label(TextStyle::Body, Ink::Muted)),
      m_checkIcon(new widgets::IconLabel(theme::Icon::CircleCheck, Ink::Ok)),
      m_checks(new Label(TextStyle::Meta, Ink::Muted)),
      m_edit(new Button(Button::Kind::Ghost, {})) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = widgets::column(this, 0);

    auto* head = new QWidget;
    auto* grid = new QGridLayout(head);
    grid->setContentsMargins(t.space.l, t.space.m, t.space.l, t.space.m);
    grid->setHorizontalSpacing(t.space.l);
    grid->setVerticalSpacing(t.space.xs);
    grid->addWidget(new Label(TextStyle::Body, Ink::Muted, tr("To")), 0, 0);
    grid->addWidget(pair(m_toName, m_toAddress, t), 0, 1);
    grid->addWidget(new Label(TextStyle::Body, Ink::Muted, tr("From")), 1, 0);
    grid->addWidget(pair(m_fromName, m_fromAddress, t), 1, 1);
    grid->addWidget(new Label(TextStyle::Body, Ink::Muted, tr("Subject")), 2, 0);
    m_subjectText->setEliding(true);
    m_subjectEdit->setAccessibleName(tr("Subject"));
    m_subjectEdit->hide();
    m_subjectEdit->installEventFilter(this);
    grid->addWidget(m_subjectText, 2, 1);
    grid->addWidget(m_subjectEdit, 2, 1);
    grid->addWidget(m_limit, 0, 2);
    grid->addWidget(m_thread, 1, 2);
    grid->setColumnMinimumWidth(0, paint::textWidth(t, TextStyle::Body, tr("Subject")));
    grid->setColumnStretch(1, 1);
    column->addWidget(head);
    column->addWidget(new widgets::Line);

    auto* reading = new QWidget;
    auto* readingColumn = widgets::column(reading, t.space.s, {t.space.l, t.space.m, t.space.l, t.space.m});
    readingColumn->addWidget(m_text, 1);
    m_footer->setWordWrap(true);
    m_footer->hide();
    readingColumn->addWidget(m_footer);
    column->addWidget(reading, 1);

    column->addWidget(problemStrip());
    column->addWidget(new widgets::Line);
    auto* foot = new QWidget;
    auto* footRow = widgets::row(foot, t.space.s, {t.space.l, t.space.xs, t.space.s, t.space.xs});
    foot->setMinimumHeight(t.size.control + 2 * t.space.xs); // also without the button
    footRow->addWidget(m_checkIcon);
    m_checks->setEliding(true);
    footRow->addWidget(m_checks, 1);
    m_edit->setGlyph(theme::Icon::Pencil);
    footRow->addWidget(m_edit);
    column->addWidget(foot);

    connect(m_text, &ReadingText::escaped, this, [this] { setEditing(false); });
    connect(m_text, &ReadingText::textChanged, this, [this] {
        if (m_text->isEditing())
            check();
    });
}

void MailCard::setEditAction(QAction* action) { m_edit->bind(action); }

void MailCard::showPending(const QueueItem& item) {
    stopEditing();
    m_subject.reset();
    m_body.reset();
    m_draft = {};
    m_toName->setText(toQt(item.leadName));
    for (Label* label : {m_toAddress, m_fromName, m_fromAddress, m_subjectText, m_limit, m_thread})
        label->setText({});
    m_text->setText({});
    m_checks->setText({});
    m_checkIcon->setIcon(theme::Icon::None, Ink::Muted);
    setProblem({});
}

void MailCard::showTask(const TaskDetail& task, const text::Dates&, bool fresh) {
    if (fresh) {
        stopEditing();
        m_subject.reset();
        m_body.reset();
    }
    m_draft = task.draft.value_or(MailDraft{});
    m_window.clear();
    if (const Window* window = windowOf(task))
        m_window = tr("Window %1 to %2, %3.")
                       .arg(text::clockTime(window->startMinute), text::clockTime(window->endMinute), toQt(task.lead.zone));
    m_toName->setText(toQt(m_draft.toName));
    m_toAddress->setText(toQt(m_draft.toAddress));
    m_fromName->setText(toQt(m_draft.fromName));
    m_fromAddress->setText(toQt(m_draft.fromAddress));
    m_limit->setText(task.dailyLimit > 0 ? tr("%1 of %2 today").arg(task.sentToday).arg(task.dailyLimit) : QString());
    m_thread->setText(m_draft.inThread ? tr("In thread") : QString());
    setProblem(problemOf(task));
    if (!isEditing())
        refresh();
}

void MailCard::refresh() {
    m_subjectText->setText(m_subject ? toQt(*m_subject) : toQt(m_draft.subject));
    m_text->setText(m_body ? toQt(*m_body) : toQt(m_draft.body), belowText(m_draft));
    m_footer->setText(belowText(m_draft));
    setAccessibleDescription(tr("E-mail to %1: %2").arg(m_toName->text(), m_subjectText->text()));
    check();
}

void MailCard::check() {
    QStringList parts;
    const bool own = m_subject || m_body || m_text->isEditing();
    if (m_text->isEditing())
        parts << tr("Esc ends editing, Ctrl+Enter sends.");
    else if (own)
        parts << tr("Edited by you.");
    else if (m_draft.variables > 0 && problem().sentence.isEmpty())
        parts << (m_draft.variables == 1 ? tr("The variable is filled.") : tr("All %1 variables filled.").arg(m_draft.variables));
    parts << text::counted(wordCount(m_text->body()), tr("word."), tr("words."));
    if (m_draft.optOutHeader)
        parts << tr("Unsubscribe line added.");
    if (!m_window.isEmpty())
        parts << m_window;
    m_checks->setText(parts.join(QLatin1Char(' ')));
    const bool fine = problem().sentence.isEmpty() || (own && problem().way == Problem::Way::FillIn);
    m_checkIcon->setIcon(fine ? theme::Icon::CircleCheck : theme::Icon::TriangleAlert, fine ? Ink::Ok : Ink::Warn);
}

bool MailCard::isEditing() const { return m_text->isEditing(); }

void MailCard::setEditing(bool editing) {
    if (editing == m_text->isEditing())
        return;
    if (!editing) {
        m_subject = editedSubject();
        m_body = editedBody();
        stopEditing();
        refresh();
        Q_EMIT editingEnded();
        return;
    }
    m_subjectEdit->setText(m_subjectText->text());
    m_text->setEditing(true);
    m_textBefore = m_text->body();
    m_subjectText->hide();
    m_subjectEdit->show();
    m_footer->setVisible(!m_footer->text().isEmpty());
    m_edit->hide();
    check();
    (m_subjectText->text().isEmpty() ? static_cast<QWidget*>(m_subjectEdit) : m_text)->setFocus(Qt::ShortcutFocusReason);
}

void MailCard::stopEditing() {
    m_text->setEditing(false);
    m_subjectEdit->hide();
    m_subjectText->show();
    m_footer->hide();
    m_edit->show();
}

std::optional<std::string> MailCard::editedSubject() const {
    if (!isEditing() || m_subjectEdit->text() == m_subjectText->text())
        return m_subject;
    return m_subjectEdit->text().trimmed().toStdString();
}

std::optional<std::string> MailCard::editedBody() const {
    if (!isEditing() || m_text->body() == m_textBefore)
        return m_body;
    return m_text->body().toStdString();
}

void MailCard::setEdited(const std::optional<std::string>& subject, const std::optional<std::string>& body) {
    m_subject = subject;
    m_body = body;
    refresh();
}

bool MailCard::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_subjectEdit && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Escape) {
            setEditing(false);
            return true;
        }
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && key->modifiers() == Qt::NoModifier) {
            m_text->setFocus();
            return true;
        }
    }
    return TaskCard::eventFilter(watched, event);
}

} // namespace outrider::today
