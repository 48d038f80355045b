// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/mailbox_words.h"
#include "ui/settings/panel.h"

#include <QPointer>

#include <optional>

class QBoxLayout;
class QListView;

namespace outrider::widgets {
class Banner;
class Button;
class ChipLabel;
class EmptyState;
class Sheet;
} // namespace outrider::widgets

class QStackedWidget;

namespace outrider::settings {

class AccountSignIn;
class CheckCard;
class DnsCard;
class HealthCard;
class MailboxForm;
class MailboxListModel;

// Mailboxes: the list with their states, and the one chosen with its test, its servers and its limits.
class MailboxesPanel : public Panel {
    Q_OBJECT

public:
    explicit MailboxesPanel(const frame::Context& context, QWidget* parent = nullptr);

    // None: a new one.
    void openMailbox(std::optional<MailboxId> id);

    void read() override;
    bool concerns(const ChangeSet& changes) const override;
    bool mayLeave() override;
    bool hasUnsaved() const override;
    void takeFocus() override;

    bool isAdding() const { return m_new; }
    MailboxForm* form() const { return m_form; }
    CheckCard* checkCard() const { return m_check; }
    DnsCard* dnsCard() const { return m_dns; }
    HealthCard* healthCard() const { return m_health; }
    AccountSignIn* signIn() const { return m_account; }
    void save();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildList();
    QWidget* buildDetail();
    void addCommands();
    void showMailbox(const Mailbox& mailbox, bool isNew);
    void showRow(int row);
    void addNew();
    void updateHead();
    void updateButtons();
    void followKind();
    void showUsage();
    void test();
    void togglePaused();
    void remove();
    void discard();
    void askAboutEdits(const std::function<void()>& then);

    MailboxListModel* m_model;
    QBoxLayout* m_sides = nullptr; // list and detail; one below the other when there is no room
    QBoxLayout* m_head = nullptr;  // title and buttons
    QWidget* m_side = nullptr;
    QListView* m_list;
    widgets::Label* m_count;
    widgets::Button* m_add;
    QStackedWidget* m_stack;
    widgets::EmptyState* m_empty;
    widgets::Label* m_title;
    widgets::ChipLabel* m_state;
    widgets::Label* m_signs;
    widgets::Banner* m_banner;
    widgets::Button* m_pause;
    widgets::Button* m_remove;
    widgets::Button* m_test;
    AccountSignIn* m_account;
    CheckCard* m_check;
    DnsCard* m_dns;
    HealthCard* m_health;
    QBoxLayout* m_cards; // test and DNS beside each other while there is room
    MailboxForm* m_form;
    QWidget* m_foot;
    widgets::Button* m_save;
    widgets::Button* m_discard;
    QAction* m_saveAction = nullptr;
    QAction* m_testAction = nullptr;
    QAction* m_pauseAction = nullptr;
    QAction* m_probeAction = nullptr;

    Mailbox m_mailbox;
    bool m_new = false;
    bool m_selecting = false; // the list follows, it is not being used
    std::optional<MailboxId> m_wanted;
    int m_generation = 0;
    int m_testGeneration = 0;
    ProgressPtr m_testProgress;
    QPointer<widgets::Sheet> m_sheet;
};

} // namespace outrider::settings
