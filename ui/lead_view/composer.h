// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/lead_service.h"
#include "ui/frame/context.h"
#include "ui/lead_view/call_form.h"
#include "ui/lead_view/mail_form.h"
#include "ui/lead_view/todo_form.h"
#include "ui/widgets/basics.h"

#include <array>
#include <map>
#include <optional>

namespace outrider::widgets {
class TabBar;
}

namespace outrider::lead_view {

class NoteField;

// Where one writes on a lead's page: note, e-mail, call log, to-do. What is typed is kept per lead, in
// memory, until it is saved: going to another lead and back loses nothing.
class Composer : public widgets::Card {
    Q_OBJECT

public:
    explicit Composer(const frame::Context& context, QWidget* parent = nullptr);

    void open(const LeadDetail& detail);
    void close(); // keeps what is typed

    void writeNote();
    void writeMail();
    void answer(MessageId message);
    void sendStep(TaskId task);
    void logCall(TaskId task = {}, bool goingOn = false);
    void addTodo(Channel channel = Channel::Task);

    // Of any lead: asked before the program ends.
    bool hasUnsaved() const;

Q_SIGNALS:
    void left();                        // Esc: the focus goes back to the page
    void worked(outrider::LeadId lead); // something was stored or sent

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    enum Tab { Note, Mail, Call, Todo };
    struct Draft {
        Tab tab = Note;
        QString note;
        MailForm::Draft mail;
        CallForm::Draft call;
        TodoForm::Draft todo;

        bool isWorthKeeping() const {
            return !note.isEmpty() || mail.isWorthKeeping() || call.isWorthKeeping() || todo.isWorthKeeping();
        }
    };
    std::array<QWidget*, 4> forms() const; // by tab
    Draft current() const;
    void keep();
    void choose(Tab tab);
    void markTabs();

    const frame::Context m_context;
    LeadId m_lead;
    std::map<LeadId, Draft> m_drafts;
    Tab m_tab = Note;
    std::optional<std::array<bool, 4>> m_marked;
    widgets::TabBar* m_tabs;
    NoteField* m_note;
    MailForm* m_mail;
    CallForm* m_call;
    TodoForm* m_todo;
};

} // namespace outrider::lead_view
