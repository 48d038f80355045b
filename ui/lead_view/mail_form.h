// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/mail_draft.h"
#include "ui/frame/context.h"

#include <QFuture>
#include <QWidget>

#include <optional>

class QLineEdit;

namespace outrider::widgets {
class Button;
class Label;
} // namespace outrider::widgets

namespace outrider::lead_view {

class AttachmentRow;
class GrowingText;

// Writing an e-mail to one lead: a new one, an answer, or the one a task is about. What was typed is
// kept when the kind changes; it leaves through the outbox, held for the undo window first.
class MailForm : public QWidget {
    Q_OBJECT

public:
    // What is unsaved, to be put back later.
    struct Draft {
        std::optional<MailDraft> base; // none: nothing was begun
        TaskId task;
        QString subject;
        QString body;
        bool touched = false; // by the person

        bool isWorthKeeping() const {
            return touched && !(subject.trimmed().isEmpty() && body.trimmed().isEmpty() && files().empty());
        }
        std::vector<MailAttachment> files() const { return base ? base->attachments : std::vector<MailAttachment>(); }
    };

    explicit MailForm(const frame::Context& context, QWidget* parent = nullptr);

    void start(LeadId lead, const QString& leadName, Draft draft);
    Draft draft() const;
    void begin();

    void writeNew();
    void writeAnswer(MessageId message);
    void writeStep(TaskId task);

Q_SIGNALS:
    void edited();
    void sent(outrider::LeadId lead);
    void closed(); // Esc

private:
    template <typename T, typename Fn>
    void ask(QFuture<Result<T>> future, Fn use);
    void use(MailDraft base, TaskId task);
    void show(const Draft& draft);
    void showProblem();
    void send();
    void sayWhenItLeaves(LeadId lead, const QString& name);
    void setSending(bool sending);
    void chooseSnippet();
    void insertSnippet(const QString& name);

    const frame::Context m_context;
    LeadId m_lead;
    QString m_leadName;
    Draft m_draft;
    int m_generation = 0;
    bool m_filling = false;
    bool m_sending = false;

    widgets::Label* m_to;
    QLineEdit* m_subject;
    GrowingText* m_body;
    AttachmentRow* m_files;
    widgets::Label* m_footer;
    QWidget* m_problemRow;
    widgets::Label* m_problem;
    widgets::Button* m_mailbox;
    widgets::Button* m_attach;
    widgets::Button* m_snippet;
    widgets::Button* m_discard;
    widgets::Button* m_send;
};

} // namespace outrider::lead_view
