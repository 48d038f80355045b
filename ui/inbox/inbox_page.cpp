// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/inbox_page.h"

#include "core/base/deliver.h"
#include "ui/inbox/conversation.h"
#include "ui/inbox/ingest_banner.h"
#include "ui/inbox/message_words.h"
#include "ui/inbox/row_list.h"
#include "ui/lead_view/flow_layout.h"
#include "ui/paint/domain_looks.h"
#include "ui/text/tr.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"
#include "ui/widgets/segmented.h"

#include <QAction>
#include <QApplication>
#include <QBoxLayout>
#include <QStackedWidget>

#include <algorithm>

namespace outrider::inbox {

using text::isolated;
using text::toQt;
using theme::Icon;
using theme::TextStyle;
using widgets::Button;
using widgets::Ink;
using widgets::Label;

namespace {

constexpr int mostOfConversation = 12;
constexpr int readAfterMs = 700;

// Shown while its action can be run.
Button* actionButton(QAction* action, Button::Kind kind) {
    auto* button = new Button(kind, action->text());
    button->bind(action);
    QObject::connect(action, &QAction::changed, button, [button, action] { button->setVisible(action->isEnabled()); });
    button->setVisible(action->isEnabled());
    return button;
}

} // namespace

InboxPage::InboxPage(const frame::Context& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_toolbar(new widgets::Toolbar),
      m_search(new widgets::SearchField(tr("Names and words"), tr("Search the inbox"))),
      m_tabs(new widgets::TabBar(tr("Inbox views"))),
      m_stack(new QStackedWidget),
      m_list(new RowList(tr("Inbox list"))),
      m_empty(new widgets::EmptyState) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = widgets::column(this, 0);
    m_toolbar->setTitle(tr("Inbox"));
    m_search->setKeyHint(QStringLiteral("/"));
    m_search->setClearButtonEnabled(false);
    m_toolbar->addRight(m_search);
    column->addWidget(m_toolbar);
    column->addWidget(new IngestBanner(context));
    column->addWidget(m_tabs);
    auto* ground = new widgets::Area(widgets::Area::Ground::Surface);
    widgets::column(ground, 0)->addWidget(m_stack);
    column->addWidget(ground, 1);
    m_bar = new widgets::Area(widgets::Area::Ground::Surface, Qt::TopEdge); // across the page: beside the list it is too narrow
    column->addWidget(m_bar);

    auto* both = new QWidget;
    auto* row = widgets::row(both, 0);
    m_list->setMaximumWidth(t.size.detailPane);
    m_list->setMinimumWidth(t.size.detailPane / 2);
    row->addWidget(m_list, 1);
    row->addWidget(new widgets::Line(Qt::Vertical));
    auto* pane = new QWidget;
    row->addWidget(pane, 2);
    m_stack->addWidget(both);
    m_stack->addWidget(m_empty);
    addCommands();
    addListCommands();
    auto* paneColumn = widgets::column(pane, 0);
    buildPane();
    auto* head = new widgets::Area(widgets::Area::Ground::Surface, Qt::BottomEdge);
    buildHead(head);
    paneColumn->addWidget(head);
    paneColumn->addWidget(m_conversation, 1);
    auto* formPlace = new QWidget;
    widgets::column(formPlace, 0, QMargins(t.space.xl, 0, t.space.xl, t.space.m))->addWidget(m_formCard);
    paneColumn->addWidget(formPlace);
    buildBar();

    m_readTimer.setSingleShot(true);
    m_readTimer.setInterval(readAfterMs);
    m_backTimer.setSingleShot(true);
    connect(&m_readTimer, &QTimer::timeout, this, &InboxPage::readSoon);
    connect(&m_backTimer, &QTimer::timeout, this, &InboxPage::read);
    connect(m_tabs, &widgets::TabBar::chosen, this, &InboxPage::chooseTab);
    connect(m_search, &QLineEdit::textChanged, this, &InboxPage::search);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { m_list->setFocus(Qt::OtherFocusReason); });
    connect(m_list, &RowList::currentRowChanged, this, &InboxPage::showCurrent);
    connect(m_list, &RowList::rowActivated, this, &InboxPage::openLead);
    connect(m_list, &RowList::nearEnd, this, &InboxPage::readMore);
    connect(&context.workspace, &Workspace::changed, this, [this](const ChangeSet& changes) {
        if (!changes.touches(EntityKind::Message) && !changes.touches(EntityKind::Outbox) && !changes.touches(EntityKind::Lead)
            && !changes.touches(EntityKind::Status))
            return;
        if (isVisible())
            read();
        else
            m_stale = true;
    });
    showTabs();
    showCurrent();
}

void InboxPage::buildPane() {
    m_name = new Label(TextStyle::Title);
    m_name->setEliding(true);
    m_chip = new widgets::ChipLabel;
    m_title = new Label(TextStyle::Body, Ink::Muted);
    m_title->setEliding(true);
    m_effect = new Label(TextStyle::Body);
    m_effect->setWordWrap(true);
    m_effect->hide();

    m_conversation = new ConversationView(m_context);

    m_formCard = new widgets::Card;
    m_formCard->setAccessibleName(tr("Answer"));
    m_form = new lead_view::MailForm(m_context);
    widgets::column(m_formCard, 0)->addWidget(m_form);
    m_formCard->hide();
    connect(m_form, &lead_view::MailForm::closed, this, [this] {
        keepDraft();
        if (!m_form->draft().base)
            m_formCard->hide();
        m_list->setFocus(Qt::OtherFocusReason);
    });
    connect(m_form, &lead_view::MailForm::sent, this, [this] {
        m_drafts.erase(m_writing);
        m_writing = {};
        m_formCard->hide();
        m_list->setFocus(Qt::OtherFocusReason);
    });
}

void InboxPage::buildHead(QWidget* head) {
    const theme::Tokens& t = theme::tokens(this);
    auto* headColumn = widgets::column(head, t.space.xs, QMargins(t.space.xl, t.space.m, t.space.xl, t.space.m));
    auto* headRow = new QHBoxLayout;
    headRow->setSpacing(t.space.s);
    headColumn->addLayout(headRow);
    headColumn->addWidget(m_effect);
    m_suggestions = new QWidget;
    m_suggestions->setAccessibleName(tr("Whose it may be"));
    auto* suggested = widgets::column(m_suggestions, t.space.xs, QMargins(0, t.space.xs, 0, 0));
    for (QAction* action : std::as_const(m_suggest))
        suggested->addWidget(actionButton(action, Button::Kind::Secondary), 0, Qt::AlignLeading);
    headColumn->addWidget(m_suggestions);
    m_suggestions->hide();
    auto* names = new QVBoxLayout;
    names->setSpacing(0);
    auto* firstLine = new QHBoxLayout;
    firstLine->setSpacing(t.space.s);
    firstLine->addWidget(m_name);
    firstLine->addWidget(m_chip);
    firstLine->addStretch(1);
    names->addLayout(firstLine);
    names->addWidget(m_title);
    headRow->addLayout(names, 1);
    for (QAction* action : {m_isReply, m_reply, m_open})
        headRow->addWidget(actionButton(action, Button::Kind::Secondary));
}

void InboxPage::buildBar() {
    const theme::Tokens& t = theme::tokens(this);
    m_bar->setMinimumHeight(t.size.actionBar);
    auto* row = widgets::row(m_bar, t.space.m, QMargins(t.space.l, t.space.xs, t.space.l, t.space.xs));
    auto* acts = new QWidget; // on a second line where letters are large
    auto* flow = new lead_view::FlowLayout(acts, t.space.xs);
    row->addWidget(acts, 1, Qt::AlignVCenter);
    for (QAction* action : std::as_const(m_verdicts))
        flow->addWidget(actionButton(action, Button::Kind::Ghost));
    for (QAction* action : std::as_const(m_resolutions))
        flow->addWidget(actionButton(action, Button::Kind::Secondary));
    for (QAction* action : {m_match, m_newLead})
        flow->addWidget(actionButton(action, Button::Kind::Ghost));
    for (QAction* action : {m_snooze, m_done})
        row->addWidget(actionButton(action, Button::Kind::Ghost), 0, Qt::AlignVCenter);
    auto* fetchButton = new Button(Button::Kind::Secondary, m_fetch->text());
    fetchButton->bind(m_fetch);
    m_toolbar->addRight(fetchButton);
}

void InboxPage::addCommands() {
    const auto add = [this](const char* id, const QString& text, Icon icon, const QList<QKeySequence>& keys,
                            std::function<void()> run) {
        return m_context.commands.add(
            this,
            {.id = QLatin1String("inbox.") + QLatin1String(id), .text = text, .group = tr("Inbox"), .icon = icon, .keys = keys},
            std::move(run));
    };
    const auto verdict = [&](const char* id, const QString& text, Icon icon, int key, Verdict meant) {
        m_verdicts.append(add(id, text, icon, {QKeySequence(key)}, [this, meant, text] { judge(meant, text); }));
    };
    verdict("interested", tr("Interested"), Icon::Check, Qt::Key_1, Verdict::Interested);
    verdict("meeting", tr("Meeting"), Icon::CalendarCheck, Qt::Key_2, Verdict::Meeting);
    verdict("not_now", tr("Not now"), Icon::Clock, Qt::Key_3, Verdict::NotNow);
    verdict("wrong_person", tr("Wrong person"), Icon::User, Qt::Key_4, Verdict::WrongPerson);
    verdict("no", tr("No"), Icon::Cross, Qt::Key_5, Verdict::No);
    verdict("opt_out", tr("Opt out"), Icon::Ban, Qt::Key_6, Verdict::OptOut);
    // The keys of verdicts, where there is no verdict to be given.
    constexpr int mostSuggested = 5;
    for (int number = 0; number < mostSuggested; ++number) {
        m_suggest.append(add(qPrintable(QStringLiteral("suggestion_%1").arg(number + 1)),
                             tr("Match to suggestion %1").arg(number + 1), Icon::Link, {QKeySequence(Qt::Key_1 + number)},
                             [this, number] { takeSuggestion(number); }));
        m_suggest.last()->setEnabled(false);
    }
    m_done = add("done", tr("Done"), Icon::Archive, {QKeySequence(Qt::Key_E)}, [this] { setDone(); });
    m_snooze = add("snooze", tr("Snooze"), Icon::Clock, {QKeySequence(Qt::Key_S)}, [this] { snooze(); });
    m_unread = add("unread", tr("Mark as unread"), Icon::CircleDot, {QKeySequence(Qt::Key_U)}, [this] { toggleRead(); });
    m_reply = add("reply", tr("Reply"), Icon::Reply, {QKeySequence(Qt::Key_R)}, [this] { reply(); });
    m_match =
        add("match", tr("Match to a lead"), Icon::Link, {QKeySequence(Qt::Key_M), QKeySequence(Qt::Key_G)}, [this] { match(); });
    m_newLead = add("new_lead", tr("New lead"), Icon::Plus, {QKeySequence(Qt::Key_N)}, [this] { addSender(); });
    m_isReply = add("is_reply", tr("It is a reply"), Icon::Inbox, {QKeySequence(Qt::Key_A)}, [this] { takeAsReply(); });
    m_open = add("open", tr("Open lead"), Icon::User, {QKeySequence(Qt::Key_O)}, [this] { openLead(); });
    using Resolution = OutboxService::Resolution;
    m_resolutions = {
        add("was_sent", tr("Was sent"), Icon::Check, {QKeySequence(Qt::Key_M)},
            [this] { resolve(Resolution::WasSent, tr("was sent")); }),
        add("send_again", tr("Send again"), Icon::Send, {QKeySequence(Qt::Key_R)},
            [this] { resolve(Resolution::SendAgain, tr("is sent again")); }),
        add("drop", tr("Drop"), Icon::Trash, {QKeySequence(Qt::Key_X)}, [this] { resolve(Resolution::Drop, tr("dropped")); })};
}

void InboxPage::addListCommands() {
    const auto add = [this](const char* id, const QString& text, Icon icon, const QList<QKeySequence>& keys,
                            std::function<void()> run) {
        return m_context.commands.add(
            this,
            {.id = QLatin1String("inbox.") + QLatin1String(id), .text = text, .group = tr("Inbox"), .icon = icon, .keys = keys},
            std::move(run));
    };
    add("next", tr("Next message"), Icon::ChevronDown, {QKeySequence(Qt::Key_J)}, [this] {
        m_list->moveBy(1);
    })->setAutoRepeat(true);
    add("previous", tr("Previous message"), Icon::ChevronUp, {QKeySequence(Qt::Key_K)}, [this] {
        m_list->moveBy(-1);
    })->setAutoRepeat(true);
    add("read", tr("Read the conversation"), Icon::Eye, {QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)},
        [this] { openConversation(); });
    add("search", tr("Search the inbox"), Icon::Search, {QKeySequence(Qt::Key_Slash)}, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    add("next_tab", tr("Next tab"), Icon::ChevronRight, {QKeySequence(Qt::CTRL | Qt::Key_PageDown)}, [this] { stepTab(1); });
    add("previous_tab", tr("Previous tab"), Icon::ChevronLeft, {QKeySequence(Qt::CTRL | Qt::Key_PageUp)},
        [this] { stepTab(-1); });
    m_fetch = add("fetch", tr("Read now"), Icon::Refresh, {QKeySequence(Qt::Key_F5)}, [this] { fetch(); });
}

// ── Being shown ───────────────────────────────────────────────────────────────────────────────────

void InboxPage::enter() {
    if (m_stale)
        read();
    if (m_stack->currentIndex() == 0)
        m_list->setFocus(Qt::OtherFocusReason);
    else
        focusTabs();
}

void InboxPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    if (m_stale)
        read();
}

bool InboxPage::hasUnsaved() const {
    return (m_writing && m_form->draft().isWorthKeeping())
           || std::any_of(m_drafts.begin(), m_drafts.end(),
                          [this](const auto& entry) { return entry.first != m_writing && entry.second.isWorthKeeping(); });
}

bool InboxPage::stepBack() {
    const QWidget* focus = QApplication::focusWidget();
    if (m_formCard->isAncestorOf(focus) || m_conversation == focus || m_conversation->isAncestorOf(focus)) {
        m_list->setFocus(Qt::OtherFocusReason);
        return true;
    }
    if (m_words.isEmpty() && !m_search->hasFocus())
        return false;
    m_search->clear();
    m_list->setFocus(Qt::OtherFocusReason);
    return true;
}

QString InboxPage::subject() const {
    const ListRow* row = m_list->currentRow();
    return row != nullptr ? row->title : QString();
}

// ── What is current ───────────────────────────────────────────────────────────────────────────────

const Conversation* InboxPage::currentConversation() const {
    const ListRow* row = m_list->currentRow();
    if (row == nullptr || row->kind != ListRow::Kind::Conversation)
        return nullptr;
    const auto found = std::find_if(m_conversations.begin(), m_conversations.end(),
                                    [row](const Conversation& one) { return one.lead.value == row->id; });
    return found == m_conversations.end() ? nullptr : &*found;
}

const InboxItem* InboxPage::currentMessage() const {
    const ListRow* row = m_list->currentRow();
    if (row == nullptr || row->kind != ListRow::Kind::Message)
        return nullptr;
    const auto found = std::find_if(m_messages.begin(), m_messages.end(),
                                    [row](const InboxItem& item) { return item.message.id.value == row->id; });
    return found == m_messages.end() ? nullptr : &*found;
}

const OutboxRow* InboxPage::currentSend() const {
    const ListRow* row = m_list->currentRow();
    if (row == nullptr || row->kind != ListRow::Kind::Send)
        return nullptr;
    const auto found =
        std::find_if(m_sends.begin(), m_sends.end(), [row](const OutboxRow& send) { return send.item.id.value == row->id; });
    return found == m_sends.end() ? nullptr : &*found;
}

LeadId InboxPage::currentLead() const {
    if (const Conversation* one = currentConversation())
        return one->lead;
    if (const InboxItem* item = currentMessage())
        return item->message.lead;
    const OutboxRow* send = currentSend();
    return send != nullptr ? send->item.lead : LeadId{};
}

QString InboxPage::currentName() const {
    if (const Conversation* one = currentConversation())
        return toQt(one->leadName);
    if (const InboxItem* item = currentMessage())
        return senderOf(*item);
    const OutboxRow* send = currentSend();
    return send != nullptr ? toQt(send->leadName) : QString();
}

MessageId InboxPage::toAnswer() const {
    const Conversation* one = currentConversation();
    return one != nullptr && one->last.messageClass == MessageClass::Reply ? one->last.id : MessageId{};
}

void InboxPage::keepDraft() {
    if (!m_writing)
        return;
    lead_view::MailForm::Draft draft = m_form->draft();
    if (draft.isWorthKeeping())
        m_drafts[m_writing] = std::move(draft);
    else
        m_drafts.erase(m_writing);
}

// The answer that was begun to whoever is current.
void InboxPage::showDraft() {
    const LeadId lead = toAnswer() ? currentLead() : LeadId{};
    if (lead == m_writing && lead)
        return;
    keepDraft();
    m_writing = {};
    m_formCard->hide();
    const auto kept = m_drafts.find(lead);
    if (!lead || kept == m_drafts.end())
        return;
    m_writing = lead;
    m_form->start(lead, currentName(), kept->second);
    m_formCard->show();
}

void InboxPage::showActions() {
    const Conversation* one = currentConversation();
    const InboxItem* item = currentMessage();
    const OutboxRow* send = currentSend();
    const bool unsure = item != nullptr && item->message.messageClass == MessageClass::Other;
    const bool automatic = item != nullptr && !unsure;
    for (QAction* action : std::as_const(m_verdicts))
        action->setEnabled(one != nullptr && one->last.messageClass == MessageClass::Reply);
    for (QAction* action : std::as_const(m_resolutions))
        action->setEnabled(send != nullptr);
    if (send != nullptr && !send->mailboxState)
        m_resolutions[1]->setEnabled(false);
    m_reply->setEnabled(bool(toAnswer()));
    m_match->setEnabled(unsure);
    m_newLead->setEnabled(unsure);
    m_isReply->setEnabled(automatic && item->message.lead && item->message.messageClass != MessageClass::OptOut);
    m_open->setEnabled(bool(currentLead()));
    const bool toAnswerNow = one != nullptr && one->waiting > 0;
    const bool isDone = one != nullptr && one->tab == ConversationTab::Done;
    m_snooze->setEnabled(toAnswerNow);
    m_snooze->setText(one != nullptr && one->tab == ConversationTab::Snoozed ? tr("Back now") : tr("Snooze"));
    m_unread->setEnabled(toAnswerNow);
    m_unread->setText(one != nullptr && one->unread > 0 ? tr("Mark as read") : tr("Mark as unread"));
    m_done->setEnabled((one != nullptr && one->last.messageClass == MessageClass::Reply) || unsure);
    m_done->setText(isDone ? tr("Not done yet") : tr("Done"));
    m_bar->setVisible(send != nullptr || unsure || m_done->isEnabled());
}

QString InboxPage::effectNow() const {
    const text::Dates dates = m_context.dates();
    if (const Conversation* one = currentConversation())
        return standingSentence(*one, dates);
    const InboxItem* item = currentMessage();
    if (item == nullptr)
        return {};
    if (item->message.messageClass != MessageClass::Other)
        return effectSentence(*item, dates);
    if (!item->message.lead)
        return tr("It matches nobody. Whose is it?");
    return tr("%1 wrote, not %2, so the strategy goes on. Is it their reply all the same?")
        .arg(isolated(writerOf(item->message)), isolated(senderOf(*item)));
}

void InboxPage::showCurrent() {
    showActions();
    showDraft();
    ++m_paneGeneration;
    const LeadId lead = currentLead();
    if (lead != m_keptUnread)
        m_keptUnread = {};
    const QString effect = effectNow();
    m_effect->setText(effect);
    m_effect->setVisible(!effect.isEmpty());
    m_name->setText(currentName());
    showSuggestions();
    m_chip->hide();
    if (const Conversation* one = currentConversation()) {
        m_title->setText(toQt(one->companyName));
        showHead();
        showMessages(lead, one->last.id);
        if (one->unread > 0 && !m_keptUnread)
            m_readTimer.start();
    } else if (const InboxItem* item = currentMessage()) {
        m_title->setText(toQt(item->message.lead ? item->companyName : item->message.from));
        if (item->message.lead) {
            showHead();
            showMessages(lead, item->message.id);
        } else {
            m_conversation->showMessages({item->message}, item->message.id);
        }
    } else if (const OutboxRow* send = currentSend()) {
        m_title->setText(toQt(send->companyName));
        m_conversation->showSend(*send, unknownSentence(*send));
    } else {
        m_title->setText({});
        m_conversation->clear();
    }
}

// What is known of the lead.
void InboxPage::showHead() {
    deliver(m_context.workspace.leads().detail(currentLead()), this,
            [this, generation = m_paneGeneration](Result<LeadDetail> detail) {
                if (generation != m_paneGeneration || !detail)
                    return;
                const Lead& lead = detail->lead;
                QStringList parts{toQt(lead.jobTitle), toQt(lead.companyName)};
                parts.removeAll(QString());
                m_title->setText(parts.join(QLatin1String(", ")));
                const auto status =
                    std::find_if(m_statuses.begin(), m_statuses.end(), [&lead](const Status& s) { return s.id == lead.status; });
                if (status != m_statuses.end())
                    m_chip->setChip(paint::standingChip(*status, lead.reach));
                m_chip->setVisible(status != m_statuses.end());
            });
}

void InboxPage::showMessages(LeadId lead, MessageId wanted) {
    deliver(m_context.workspace.inbox().conversation(lead, mostOfConversation), this,
            [this, generation = m_paneGeneration, wanted](Result<std::vector<Message>> messages) {
                if (generation != m_paneGeneration)
                    return;
                if (!messages) {
                    m_context.tell.failed(messages.error(), tr("The conversation could not be read."));
                    return;
                }
                std::reverse(messages->begin(), messages->end()); // read downwards, as it went
                m_conversation->showMessages(*messages, wanted);
            });
}

} // namespace outrider::inbox
