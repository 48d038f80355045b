// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/mail_form.h"

#include "core/base/deliver.h"
#include "core/services/writing_service.h"
#include "ui/lead_view/attachment_row.h"
#include "ui/lead_view/growing_text.h"
#include "ui/text/error_text.h"
#include "ui/text/tr.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/popup.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace outrider::lead_view {

using text::isolated;
using text::toQt;
using theme::TextStyle;
using widgets::Button;
using widgets::Ink;
using widgets::Label;

namespace {

constexpr int leastLines = 3;
constexpr int mostLines = 10;
constexpr int longestHint = 40;

} // namespace

MailForm::MailForm(const frame::Context& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_to(new Label(TextStyle::Meta, Ink::Muted, {}, this)),
      m_subject(new QLineEdit(this)),
      m_body(new GrowingText(TextStyle::Body, leastLines, mostLines, this)),
      m_files(new AttachmentRow(context, this)),
      m_footer(new Label(TextStyle::Meta, Ink::Muted, {}, this)),
      m_problemRow(new QWidget(this)),
      m_problem(new Label(TextStyle::Meta, Ink::Danger, {}, m_problemRow)),
      m_mailbox(new Button(Button::Kind::Secondary, tr("Add a mailbox"), m_problemRow)),
      m_attach(new Button(theme::Icon::File, tr("Attach files"), this)),
      m_snippet(new Button(theme::Icon::StickyNote, tr("Insert a snippet"), this)),
      m_discard(new Button(Button::Kind::Ghost, tr("Discard"), this)),
      m_send(new Button(Button::Kind::Secondary, tr("Send"), this)) {
    const theme::Tokens& tokens = theme::tokens(this);
    auto* column =
        widgets::column(this, tokens.space.xs, QMargins(tokens.space.m, tokens.space.s, tokens.space.m, tokens.space.s));
    m_to->setEliding(true);
    m_subject->setAccessibleName(tr("Subject"));
    m_subject->setPlaceholderText(tr("Subject"));
    m_body->setAccessibleName(tr("Message"));
    m_footer->setEliding(true);
    column->addWidget(m_to);
    column->addWidget(m_subject);
    column->addWidget(m_body);
    column->addWidget(m_files);

    auto* problem = widgets::row(m_problemRow, tokens.space.s);
    problem->addWidget(new widgets::IconLabel(theme::Icon::CircleAlert, Ink::Danger, tokens.size.iconSmall, m_problemRow));
    m_problem->setWordWrap(true);
    m_mailbox->setSize(Button::Size::Small);
    m_mailbox->hide();
    problem->addWidget(m_problem, 1);
    problem->addWidget(m_mailbox);
    m_problemRow->hide();
    column->addWidget(m_problemRow);

    auto* last = new QHBoxLayout;
    last->setSpacing(tokens.space.s);
    m_send->setGlyph(theme::Icon::Send);
    m_send->setKeyHint(QStringLiteral("Ctrl+Enter"));
    last->addWidget(m_footer, 1);
    last->addWidget(m_snippet);
    last->addWidget(m_attach);
    last->addWidget(m_discard);
    last->addWidget(m_send);
    column->addLayout(last);

    const auto typed = [this] {
        if (m_filling)
            return;
        m_draft.subject = m_subject->text();
        m_draft.body = m_body->toPlainText();
        m_draft.touched = true;
        showProblem();
        Q_EMIT edited();
    };
    connect(m_subject, &QLineEdit::textChanged, this, typed);
    connect(m_body, &GrowingText::textChanged, this, typed);
    connect(m_files, &AttachmentRow::changed, this, [this] {
        if (!m_draft.base)
            return;
        m_draft.base->attachments = m_files->files();
        m_draft.touched = true;
        Q_EMIT edited();
    });
    m_files->takeDrops(this);
    m_files->takeDrops(m_body->viewport());
    connect(m_attach, &Button::clicked, m_files, &AttachmentRow::choose);
    connect(m_snippet, &Button::clicked, this, &MailForm::chooseSnippet);
    connect(m_body, &GrowingText::submitted, this, &MailForm::send);
    connect(m_body, &GrowingText::escaped, this, &MailForm::closed);
    connect(m_send, &Button::clicked, this, &MailForm::send);
    connect(m_mailbox, &Button::clicked, this, [this] { m_context.go.openMailbox(); });
    connect(m_discard, &Button::clicked, this, [this] {
        show({});
        Q_EMIT edited();
        Q_EMIT closed();
    });
    show({});
}

void MailForm::start(LeadId lead, const QString& leadName, Draft draft) {
    ++m_generation;
    m_lead = lead;
    m_leadName = leadName;
    setSending(false);
    show(draft);
}

MailForm::Draft MailForm::draft() const { return m_draft; }

void MailForm::begin() {
    (m_draft.subject.isEmpty() ? static_cast<QWidget*>(m_subject) : m_body)->setFocus(Qt::ShortcutFocusReason);
}

template <typename T, typename Fn>
void MailForm::ask(QFuture<Result<T>> future, Fn use) {
    deliver(std::move(future), this, [this, generation = ++m_generation, use](Result<T> answer) {
        if (generation != m_generation)
            return;
        if (answer) {
            use(std::move(*answer));
            return;
        }
        m_problem->setText(text::sentence(answer.error()));
        m_mailbox->setVisible(answer.error().code == ErrorCode::NoMailbox);
        m_problemRow->show();
        m_send->setEnabled(false);
    });
}

void MailForm::writeNew() {
    if (m_draft.base && !m_draft.task && !m_draft.base->inThread)
        return; // begun already
    ask(m_context.workspace.queue().newMail(m_lead), [this](MailDraft base) { use(std::move(base), {}); });
}

void MailForm::writeAnswer(MessageId message) {
    ask(m_context.workspace.queue().answer(message), [this](MailDraft base) { use(std::move(base), {}); });
}

void MailForm::writeStep(TaskId task) {
    if (m_draft.task == task && m_draft.touched)
        return;
    ask(m_context.workspace.queue().open(task), [this, task](TaskDetail detail) {
        if (detail.draft)
            use(std::move(*detail.draft), task);
    });
}

// A text the person has typed stays; whom it answers and its subject are those of the new beginning.
void MailForm::use(MailDraft base, TaskId task) {
    Draft draft{.task = task, .subject = toQt(base.subject), .body = toQt(base.body)};
    if (m_draft.touched && !m_draft.body.trimmed().isEmpty()) {
        draft.body = m_draft.body;
        draft.touched = true;
    }
    if (m_draft.touched && !m_draft.files().empty())
        base.attachments = m_draft.files();
    draft.base = std::move(base);
    show(draft);
    begin();
}

void MailForm::show(const Draft& draft) {
    m_filling = true;
    m_draft = draft;
    m_subject->setText(draft.subject);
    if (m_body->toPlainText() != draft.body)
        m_body->setPlainText(draft.body);
    m_to->setText(draft.base
                      ? tr("To %1, from %2").arg(isolated(toQt(draft.base->toAddress)), isolated(toQt(draft.base->fromAddress)))
                      : QString());
    m_to->setVisible(draft.base.has_value());
    m_footer->setText(draft.base ? toQt(draft.base->footer).simplified() : QString());
    m_files->setFiles(draft.files());
    m_filling = false;
    showProblem();
}

void MailForm::showProblem() {
    QString sentence;
    if (m_draft.base && m_draft.base->problem) {
        // What a template lacked, the person may have written meanwhile.
        const auto bare = [](const QString& text) { return text.contains(QLatin1String("{{")); };
        const bool written = m_draft.touched && m_draft.base->problem->code == ErrorCode::MissingVariable
                             && !bare(m_draft.subject) && !bare(m_draft.body);
        if (!written)
            sentence = text::sentence(*m_draft.base->problem);
    }
    m_problem->setText(sentence);
    m_problemRow->setVisible(!sentence.isEmpty());
    m_mailbox->setVisible(m_draft.base && m_draft.base->problem && m_draft.base->problem->code == ErrorCode::NoMailbox);
    const bool complete = !m_draft.subject.trimmed().isEmpty() && !m_draft.body.trimmed().isEmpty();
    m_send->setEnabled(m_draft.base && sentence.isEmpty() && complete && !m_sending);
    m_discard->setVisible(m_draft.base.has_value());
    m_attach->setEnabled(m_draft.base && !m_sending);
    m_snippet->setEnabled(m_draft.base && !m_sending);
    m_files->setEnabled(!m_sending);
}

void MailForm::setSending(bool sending) {
    m_sending = sending;
    m_subject->setReadOnly(sending);
    m_body->setReadOnly(sending);
    showProblem();
}

void MailForm::send() {
    if (!m_send->isEnabled())
        return;
    setSending(true);
    const LeadId lead = m_lead;
    const QString name = m_leadName;
    const auto refused = [this, lead](const Error& error) {
        if (m_lead == lead)
            setSending(false);
        m_context.tell.failed(error, tr("The e-mail was not sent; it is still here"));
    };
    const auto accepted = [this, lead] {
        if (m_lead == lead) {
            setSending(false);
            show({});
        }
        Q_EMIT sent(lead);
    };
    if (m_draft.task) {
        TaskCompletion completion{
            .subject = m_draft.subject.toStdString(), .body = m_draft.body.toStdString(), .attachments = m_draft.files()};
        deliver(m_context.workspace.queue().complete(m_draft.task, std::move(completion)), this,
                [this, name, refused, accepted](Result<TaskOutcome> outcome) {
                    if (!outcome) {
                        refused(outcome.error());
                        return;
                    }
                    accepted();
                    if (outcome->leavesAt)
                        m_context.tell.sending(name, *outcome->leavesAt);
                });
        return;
    }
    MailDraft draft = *m_draft.base;
    draft.subject = m_draft.subject.toStdString();
    draft.body = m_draft.body.toStdString();
    deliver(m_context.workspace.queue().send(lead, std::move(draft)), this,
            [this, lead, name, refused, accepted](Result<OutboxId> outbox) {
                if (!outbox) {
                    refused(outbox.error());
                    return;
                }
                accepted();
                sayWhenItLeaves(lead, name);
            });
}

void MailForm::chooseSnippet() {
    deliver(m_context.workspace.writing().snippets(), this, [this](Result<std::vector<Snippet>> snippets) {
        QList<widgets::Popup::Entry> entries;
        if (snippets) {
            for (const Snippet& one : *snippets)
                entries.append({.text = toQt(one.name),
                                .hint = toQt(one.text).simplified().left(longestHint),
                                .run = [this, name = toQt(one.name)] { insertSnippet(name); }});
        }
        if (entries.isEmpty())
            entries.append({.text = tr("No snippet yet: Settings, Messages"), .enabled = false});
        widgets::Popup::open(m_snippet, tr("Snippets"), entries);
    });
}

// Filled for the lead, where the cursor is.
void MailForm::insertSnippet(const QString& name) {
    deliver(m_context.workspace.writing().snippetFor(m_lead, name.toStdString()), this,
            [this, lead = m_lead](Result<std::string> filled) {
                if (lead != m_lead || !m_draft.base)
                    return;
                if (!filled) {
                    m_context.tell.failed(filled.error(), tr("The snippet was not put in"));
                    return;
                }
                m_body->insertPlainText(toQt(*filled));
                m_body->setFocus(Qt::OtherFocusReason);
            });
}

void MailForm::sayWhenItLeaves(LeadId lead, const QString& name) {
    deliver(m_context.workspace.leads().detail(lead), this, [this, name](Result<LeadDetail> detail) {
        if (detail && detail->outboxAt)
            m_context.tell.sending(name, *detail->outboxAt);
        else
            m_context.tell.done(tr("E-mail to %1").arg(isolated(name)), true, theme::Icon::Send);
    });
}

} // namespace outrider::lead_view
