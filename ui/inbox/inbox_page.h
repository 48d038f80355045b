// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/frame/page.h"
#include "ui/inbox/row_list.h"
#include "ui/lead_view/mail_form.h"

#include <map>
#include <vector>

class QStackedWidget;

namespace outrider::widgets {
class Bar;
class Button;
class Card;
class ChipLabel;
class EmptyState;
class Label;
class TabBar;
class Toolbar;
} // namespace outrider::widgets

namespace outrider::inbox {

class Conversation;

// The tabs.
namespace tab {
inline const QString replies = QStringLiteral("replies");
inline const QString review = QStringLiteral("review");
inline const QString away = QStringLiteral("away");
inline const QString bounces = QStringLiteral("bounces");
inline const QString done = QStringLiteral("done");
} // namespace tab

// What came back: replies to judge and to answer; what needs the person's word (messages nobody knows the
// fate of, mail that is not surely somebody's); what was dealt with by itself, and what that did. An answer
// being written is kept per message, in memory.
class InboxPage : public frame::Page {
    Q_OBJECT

public:
    explicit InboxPage(const frame::Context& context, QWidget* parent = nullptr);

    QString pageTitle() const override { return tr("Inbox"); }
    void enter() override;
    bool hasUnsaved() const override;
    bool stepBack() override;
    QString subject() const override;

protected:
    void showEvent(QShowEvent* event) override;

private:

    void buildPane();
    void addCommands();
    void chooseTab(const QString& id);
    void stepTab(int direction);
    void focusTabs();
    void read();
    void readCounts();
    void readMessages(int generation);
    void fill();
    void showEmpty();
    void showTabs();
    void failedToRead(const Error& error);
    void showCurrent();
    void showMessage(const InboxItem& item);
    void showActions();
    static QString effectOf(const InboxItem& item, const text::Dates& dates);
    ListRow rowOf(const InboxItem& item, const text::Dates& dates) const;
    void keepDraft();

    void judge(Verdict verdict, const QString& said);
    void setHandled();
    void reply();
    void resolve(OutboxService::Resolution resolution, const QString& said);
    void match();
    void takeAsReply();
    void applyMatch(MessageId id, LeadId lead, const QString& name);
    void openLead();
    void fetch();
    void takeAway(); // the current row, before the store says so

    const InboxItem* currentMessage() const;
    const OutboxRow* currentSend() const;
    LeadId currentLead() const;

    const frame::Context& m_context;
    QString m_tab;
    InboxCounts m_counts;
    std::vector<InboxItem> m_messages;
    std::vector<OutboxRow> m_sends;
    std::vector<Status> m_statuses;
    std::map<MessageId, lead_view::MailForm::Draft> m_drafts;
    MessageId m_writing; // whose answer the form shows
    int m_generation = 0;
    int m_paneGeneration = 0;
    bool m_stale = true;

    widgets::Toolbar* m_toolbar;
    widgets::TabBar* m_tabs;
    QStackedWidget* m_stack;
    RowList* m_list;
    widgets::EmptyState* m_empty;
    widgets::Label* m_name = nullptr;
    widgets::ChipLabel* m_chip = nullptr;
    widgets::Label* m_title = nullptr;
    widgets::Label* m_effect = nullptr;
    Conversation* m_conversation = nullptr;
    widgets::Card* m_formCard = nullptr;
    lead_view::MailForm* m_form = nullptr;
    widgets::Bar* m_bar = nullptr;

    QList<QAction*> m_verdicts;
    QList<QAction*> m_resolutions;
    QAction* m_reply = nullptr;
    QAction* m_done = nullptr;
    QAction* m_match = nullptr;
    QAction* m_isReply = nullptr;
    QAction* m_open = nullptr;
    QAction* m_fetch = nullptr;
};

} // namespace outrider::inbox
