// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/frame/page.h"
#include "ui/inbox/row_list.h"
#include "ui/lead_view/mail_form.h"

#include <QTimer>

#include <map>
#include <optional>
#include <vector>

class QStackedWidget;

namespace outrider::widgets {
class Area;
class Button;
class Card;
class ChipLabel;
class EmptyState;
class Label;
class SearchField;
class TabBar;
class Toolbar;
} // namespace outrider::widgets

namespace outrider::inbox {

class ConversationView;

// The tabs.
namespace tab {
inline const QString answer = QStringLiteral("answer");
inline const QString snoozed = QStringLiteral("snoozed");
inline const QString waiting = QStringLiteral("waiting");
inline const QString review = QStringLiteral("review");
inline const QString automatic = QStringLiteral("automatic");
inline const QString done = QStringLiteral("done");
} // namespace tab

// What came back, by conversations: who waits for an answer, who was put off, from whom an answer is awaited; what needs
// the person's word (messages nobody knows the fate of, mail that is not surely somebody's); what was dealt with by itself,
// and what that did. Everything by keys. An answer being written is kept per lead, in memory.
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
    void buildHead(QWidget* head);
    void buildBar();
    void addCommands();
    void addListCommands();

    void chooseTab(const QString& id);
    void stepTab(int direction);
    void focusTabs();
    void search(const QString& words);
    void read();
    void readCounts();
    void readConversations(int generation);
    void readMore();
    void readReview(int generation);
    void readAutomatic(int generation);
    void fill();
    void showEmpty();
    void showTabs();
    void failedToRead(const Error& error);
    ListRow rowOf(const Conversation& one, const text::Dates& dates) const;
    ListRow rowOf(const InboxItem& item, const text::Dates& dates) const;

    void showCurrent();
    void showHead();
    void showMessages(LeadId lead, MessageId wanted);
    void showActions();
    void showSuggestions();
    QString effectNow() const;
    void readSoon();
    void keepDraft();
    void showDraft();

    void judge(Verdict verdict, const QString& said);
    void judgeAs(LeadId lead, const QString& name, const Judgement& judgement, const QString& said);
    void notNow(const QString& said);
    void wrongPerson(const QString& said);
    void setDone();
    void snooze();
    void snoozeUntil(LeadId lead, const QString& name, std::optional<Instant> until);
    void toggleRead();
    void reply();
    void resolve(OutboxService::Resolution resolution, const QString& said);
    void match();
    void takeSuggestion(int number);
    void takeAsReply();
    void addSender();
    void applyMatch(MessageId id, LeadId lead, const QString& name);
    void openConversation();
    void openLead();
    void fetch();
    void takeAway(); // the current row, before the store says so

    bool listsConversations() const;
    const Conversation* currentConversation() const;
    const InboxItem* currentMessage() const;
    const OutboxRow* currentSend() const;
    LeadId currentLead() const;
    QString currentName() const;
    MessageId toAnswer() const; // the message a reply answers; none: nothing to reply to

    const frame::Context& m_context;
    QString m_tab = tab::answer;
    QString m_words; // looked for; empty: a tab is shown
    InboxCounts m_counts;
    ConversationCounts m_standing;
    std::vector<Conversation> m_conversations;
    std::optional<ConversationKey> m_next; // where the list goes on
    bool m_readingMore = false;
    std::vector<InboxItem> m_messages;
    std::vector<OutboxRow> m_sends;
    std::vector<Status> m_statuses;
    std::vector<MatchSuggestion> m_suggested;
    std::map<LeadId, lead_view::MailForm::Draft> m_drafts;
    LeadId m_writing;    // to whom the form writes
    LeadId m_keptUnread; // by the person's word, until another one is current
    int m_generation = 0;
    int m_paneGeneration = 0;
    bool m_stale = true;
    QTimer m_readTimer; // what is looked at for a moment counts as read
    QTimer m_backTimer; // when the next snoozed conversation comes back

    widgets::Toolbar* m_toolbar;
    widgets::SearchField* m_search;
    widgets::TabBar* m_tabs;
    QStackedWidget* m_stack;
    RowList* m_list;
    widgets::EmptyState* m_empty;
    widgets::Label* m_name = nullptr;
    widgets::ChipLabel* m_chip = nullptr;
    widgets::Label* m_title = nullptr;
    widgets::Label* m_effect = nullptr;
    QWidget* m_suggestions = nullptr;
    ConversationView* m_conversation = nullptr;
    widgets::Card* m_formCard = nullptr;
    lead_view::MailForm* m_form = nullptr;
    widgets::Area* m_bar = nullptr;

    QList<QAction*> m_verdicts;
    QList<QAction*> m_resolutions;
    QList<QAction*> m_suggest;
    QAction* m_reply = nullptr;
    QAction* m_done = nullptr;
    QAction* m_snooze = nullptr;
    QAction* m_unread = nullptr;
    QAction* m_match = nullptr;
    QAction* m_isReply = nullptr;
    QAction* m_newLead = nullptr;
    QAction* m_open = nullptr;
    QAction* m_fetch = nullptr;
};

} // namespace outrider::inbox
