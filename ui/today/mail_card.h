// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/today/task_card.h"

#include <optional>

class QLineEdit;

namespace outrider::widgets {
class Button;
}

namespace outrider::today {

class ReadingText;

// An e-mail about to be sent: to whom, from whom, subject and text as they will arrive, and a line that
// says what was checked. The text can be edited in place.
class MailCard : public TaskCard {
    Q_OBJECT

public:
    explicit MailCard(QWidget* parent = nullptr);

    void showPending(const QueueItem& item) override;
    void showTask(const TaskDetail& task, const text::Dates& dates, bool fresh) override;
    QString primaryText() const override { return tr("Send and next"); }
    theme::Icon primaryIcon() const override { return theme::Icon::Send; }

    void setEditAction(QAction* action);
    bool isEditing() const;
    void setEditing(bool editing);
    // What the person wrote themselves; nullopt: as filled from the template.
    std::optional<std::string> editedSubject() const;
    std::optional<std::string> editedBody() const;
    void setEdited(const std::optional<std::string>& subject, const std::optional<std::string>& body);

Q_SIGNALS:
    void editingEnded();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    void check();
    void stopEditing(); // without keeping what was written

    MailDraft m_draft;
    QString m_window; // when it may leave
    std::optional<std::string> m_subject;
    std::optional<std::string> m_body;
    QString m_textBefore; // the text when editing began

    widgets::Label* m_toName;
    widgets::Label* m_toAddress;
    widgets::Label* m_fromName;
    widgets::Label* m_fromAddress;
    widgets::Label* m_subjectText;
    QLineEdit* m_subjectEdit;
    widgets::Label* m_limit;
    widgets::Label* m_thread;
    ReadingText* m_text;
    widgets::Label* m_footer; // while editing
    widgets::IconLabel* m_checkIcon;
    widgets::Label* m_checks;
    widgets::Button* m_edit;
};

} // namespace outrider::today
