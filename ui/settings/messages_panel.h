// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/message_parts.h"
#include "ui/settings/panel.h"

#include <QPointer>

#include <vector>

class QLineEdit;

namespace outrider::widgets {
class Button;
class Combo;
class Sheet;
class TextArea;
} // namespace outrider::widgets

namespace outrider::settings {

// How messages are written: the form each mailbox sends them in, what the law wants under them, and the snippets.
class MessagesPanel : public Panel {
    Q_OBJECT

public:
    explicit MessagesPanel(const frame::Context& context, QWidget* parent = nullptr);

    void read() override;
    bool concerns(const ChangeSet& changes) const override;
    bool hasUnsaved() const override;

private:
    QWidget* buildWriting();
    QWidget* buildSnippets();
    void readWriting();
    void showWriting(const MailboxWriting& writing);
    MailboxWriting written() const;
    void saveWriting();
    void readSnippets();
    void showSnippets();
    void editSnippet(Snippet snippet); // no id: a new one

    int m_generation = 0;
    MailboxWriting m_stored;
    std::vector<Snippet> m_snippets;

    widgets::Combo* m_mailbox;
    widgets::Combo* m_format;
    widgets::TextArea* m_postal;
    QLineEdit* m_url;
    widgets::Field* m_urlField;
    widgets::Button* m_save;
    QWidget* m_writing;
    widgets::Label* m_noMailbox;
    QWidget* m_list;
    widgets::Button* m_add;
    QPointer<widgets::Sheet> m_sheet;
};

} // namespace outrider::settings
