// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/inbox_page.h"

#include "core/base/deliver.h"
#include "ui/inbox/conversation.h"
#include "ui/inbox/message_words.h"
#include "ui/inbox/row_list.h"
#include "ui/paint/domain_looks.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"
#include "ui/widgets/segmented.h"

#include <QAction>
#include <QApplication>
#include <QBoxLayout>
#include <QLocale>
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

constexpr int mostListed = 1000;
constexpr int mostDone = 200;
constexpr int mostOfConversation = 12;

const QString replies = QStringLiteral("replies");
const QString review = QStringLiteral("review");
const QString done = QStringLiteral("done");

QString unknownSentence() {
    return InboxPage::tr("The server may have taken this message, but its answer never came. It was not sent again.");
}

} // namespace

InboxPage::InboxPage(const frame::Context& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_tab(replies),
      m_toolbar(new widgets::Toolbar),
      m_tabs(new widgets::TabBar(tr("Inbox views"))),
      m_stack(new QStackedWidget),
      m_list(new RowList(tr("Inbox list"))),
      m_empty(new widgets::EmptyState) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = widgets::column(this, 0);
    m_toolbar->setTitle(tr("Inbox"));
    column->addWidget(m_toolbar);
    column->addWidget(m_tabs);
    auto* ground = new widgets::Area(widgets::Area::Ground::Surface);
    widgets::column(ground, 0)->addWidget(m_stack);
    column->addWidget(ground, 1);

    auto* both = new QWidget;
    auto* row = widgets::row(both, 0);
    m_list->setFixedWidth(t.size.detailPane);
    row->addWidget(m_list);
    row->addWidget(new widgets::Line(Qt::Vertical));
    auto* pane = new QWidget;
    row->addWidget(pane, 1);
    m_stack->addWidget(both);
    m_stack->addWidget(m_empty);
    addCommands();
    auto* paneColumn = widgets::column(pane, 0);
    buildPane();
    auto* head = new widgets::Area(widgets::Area::Ground::Surface, Qt::BottomEdge);
    auto* headRow = widgets::row(head, t.space.s, QMargins(t.space.xl, t.space.m, t.space.xl, t.space.m));
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
    for (QAction* action : {m_match, m_reply, m_open}) {
        auto* button = new Button(Button::Kind::Secondary, action->text());
        button->bind(action);
        connect(action, &QAction::changed, button, [button, action] { button->setVisible(action->isEnabled()); });
        button->setVisible(action->isEnabled());
        headRow->addWidget(button);
    }
    paneColumn->addWidget(head);
    paneColumn->addWidget(m_conversation, 1);
    auto* formPlace = new QWidget;
    widgets::column(formPlace, 0, QMargins(t.space.xl, 0, t.space.xl, t.space.m))->addWidget(m_formCard);
    paneColumn->addWidget(formPlace);
    paneColumn->addWidget(m_bar);

    m_tabs->setTabs(
        {{.id = replies, .label = tr("Replies")}, {.id = review, .label = tr("To review")}, {.id = done, .label = tr("Done")}});
    m_tabs->setCurrent(replies);
    connect(m_tabs, &widgets::TabBar::chosen, this, &InboxPage::chooseTab);
    connect(m_list, &RowList::currentRowChanged, this, &InboxPage::showCurrent);
    connect(m_list, &RowList::rowActivated, this, &InboxPage::openLead);
    connect(&context.workspace, &Workspace::changed, this, [this](const ChangeSet& changes) {
        if (!changes.touches(EntityKind::Message) && !changes.touches(EntityKind::Outbox) && !changes.touches(EntityKind::Lead)
            && !changes.touches(EntityKind::Status))
            return;
        if (isVisible())
            read();
        else
            m_stale = true;
    });
    showCurrent();
}

void InboxPage::buildPane() {
    m_name = new Label(TextStyle::Title);
    m_name->setEliding(true);
    m_chip = new widgets::ChipLabel;
    m_title = new Label(TextStyle::Body, Ink::Muted);
    m_title->setEliding(true);

    m_conversation = new Conversation(m_context);

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

    m_bar = new widgets::Bar(widgets::Bar::Kind::Action);
    const auto addButton = [this](QAction* action, Button::Kind kind) {
        auto* button = new Button(kind, action->text());
        button->bind(action);
        connect(action, &QAction::changed, button, [button, action] { button->setVisible(action->isEnabled()); });
        button->setVisible(action->isEnabled());
        m_bar->add(button);
    };
    for (QAction* action : std::as_const(m_verdicts))
        addButton(action, Button::Kind::Ghost);
    for (QAction* action : std::as_const(m_resolutions))
        addButton(action, Button::Kind::Secondary);
    m_bar->addStretch();
    addButton(m_done, Button::Kind::Ghost);
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
    m_done = add("done", tr("Done"), Icon::Archive, {QKeySequence(Qt::Key_E)}, [this] { setHandled(); });
    m_reply = add("reply", tr("Reply"), Icon::Reply, {QKeySequence(Qt::Key_R)}, [this] { reply(); });
    m_match = add("match", tr("Match to a lead"), Icon::Link, {QKeySequence(Qt::Key_G)}, [this] { match(); });
    m_open = add("open", tr("Open lead"), Icon::User, {QKeySequence(Qt::Key_O)}, [this] { openLead(); });
    using Resolution = OutboxService::Resolution;
    m_resolutions = {
        add("was_sent", tr("Was sent"), Icon::Check, {QKeySequence(Qt::Key_M)},
            [this] { resolve(Resolution::WasSent, tr("was sent")); }),
        add("send_again", tr("Send again"), Icon::Send, {QKeySequence(Qt::Key_R)},
            [this] { resolve(Resolution::SendAgain, tr("is sent again")); }),
        add("drop", tr("Drop"), Icon::Trash, {QKeySequence(Qt::Key_X)}, [this] { resolve(Resolution::Drop, tr("dropped")); })};
    add("next", tr("Next message"), Icon::ChevronDown, {QKeySequence(Qt::Key_J)}, [this] {
        m_list->moveBy(1);
    })->setAutoRepeat(true);
    add("previous", tr("Previous message"), Icon::ChevronUp, {QKeySequence(Qt::Key_K)}, [this] {
        m_list->moveBy(-1);
    })->setAutoRepeat(true);
    m_fetch = add("fetch", tr("Read now"), Icon::Refresh, {QKeySequence(Qt::Key_F5)}, [this] { fetch(); });
}

// ── Reading ───────────────────────────────────────────────────────────────────────────────────────

void InboxPage::enter() {
    if (m_stale)
        read();
    (m_stack->currentIndex() == 0 ? static_cast<QWidget*>(m_list) : m_tabs)->setFocus(Qt::OtherFocusReason);
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
    if (!m_formCard->isAncestorOf(QApplication::focusWidget()))
        return false;
    m_list->setFocus(Qt::OtherFocusReason);
    return true;
}

QString InboxPage::subject() const {
    const ListRow* row = m_list->currentRow();
    return row != nullptr ? row->title : QString();
}

void InboxPage::chooseTab(const QString& id) {
    if (m_tab == id)
        return;
    m_tab = id;
    m_tabs->setCurrent(id);
    m_list->setRows({});
    read();
}

void InboxPage::readCounts() {
    deliver(m_context.workspace.inbox().counts(), this, [this](Result<InboxCounts> counts) {
        if (!counts)
            return;
        const auto number = [](int n) { return n > 0 ? QLocale().toString(n) : QString(); };
        const int toReview = counts->unknownSends + counts->unmatched;
        m_tabs->setTabs({{.id = replies, .label = tr("Replies"), .count = number(counts->replies)},
                         {.id = review, .label = tr("To review"), .count = number(toReview), .changed = counts->unknownSends > 0},
                         {.id = done, .label = tr("Done")}});
        m_tabs->setCurrent(m_tab);
        QStringList parts{text::counted(counts->replies, tr("reply waits"), tr("replies wait"))};
        if (counts->unknownSends > 0)
            parts.append(text::counted(counts->unknownSends, tr("send to settle"), tr("sends to settle")));
        m_toolbar->setSubtitle(parts.join(QLatin1String(", ")));
    });
}

void InboxPage::read() {
    m_stale = false;
    const int generation = ++m_generation;
    readCounts();
    const bool reviewing = m_tab == review;
    const bool handled = m_tab == done;
    const auto failed = [this](const Error& error) { m_context.tell.failed(error, tr("The inbox could not be read.")); };
    const auto readMessages = [this, generation, reviewing, handled, failed] {
        deliver(m_context.workspace.inbox().list(reviewing ? MessageClass::Other : MessageClass::Reply, handled,
                                                 handled ? mostDone : mostListed),
                this, [this, generation, failed](Result<std::vector<InboxItem>> items) {
                    if (generation != m_generation)
                        return;
                    if (!items) {
                        failed(items.error());
                        return;
                    }
                    m_messages = std::move(*items);
                    fill();
                });
    };
    deliver(m_context.workspace.leads().statuses(), this,
            [this, generation, reviewing, failed, readMessages](Result<std::vector<Status>> statuses) {
                if (generation != m_generation)
                    return;
                if (statuses)
                    m_statuses = std::move(*statuses);
                if (!reviewing) {
                    m_sends.clear();
                    readMessages();
                    return;
                }
                deliver(m_context.workspace.outbox().list({OutboxState::Unknown}, mostListed), this,
                        [this, generation, failed, readMessages](Result<std::vector<OutboxRow>> rows) {
                            if (generation != m_generation)
                                return;
                            if (!rows) {
                                failed(rows.error());
                                return;
                            }
                            m_sends = std::move(*rows);
                            readMessages();
                        });
            });
}

void InboxPage::fill() {
    const text::Dates dates = m_context.dates();
    std::vector<ListRow> rows;
    if (!m_sends.empty())
        rows.push_back({.kind = ListRow::Kind::Heading,
                        .id = 1,
                        .title = tr("Needs your word"),
                        .line = QLocale().toString(int(m_sends.size()))});
    for (const OutboxRow& send : m_sends)
        rows.push_back({.kind = ListRow::Kind::Send,
                        .id = send.item.id.value,
                        .unread = true,
                        .warn = true,
                        .title = toQt(send.leadName),
                        .company = toQt(send.companyName),
                        .when = dates.brief(send.item.earliestAt),
                        .line = unknownSentence()});
    if (m_tab == review && !m_messages.empty())
        rows.push_back({.kind = ListRow::Kind::Heading,
                        .id = 2,
                        .title = tr("Matches nobody"),
                        .line = QLocale().toString(int(m_messages.size()))});
    for (const InboxItem& item : m_messages) {
        ListRow row{.id = item.message.id.value,
                    .unread = !item.message.handled,
                    .title = senderOf(item),
                    .company = toQt(item.companyName),
                    .when = dates.brief(item.message.at),
                    .line = firstWords(item.message)};
        const auto status =
            std::find_if(m_statuses.begin(), m_statuses.end(), [&item](const Status& s) { return s.id == item.leadStatus; });
        if (m_tab == done && status != m_statuses.end())
            row.chip = paint::standingChip(*status, Reach::Ok);
        rows.push_back(std::move(row));
    }
    const bool empty = rows.empty();
    if (empty && m_tab == replies)
        m_empty->setText(tr("No replies waiting"),
                         tr("Answers appear here as soon as they are read. The strategy of who answers stops by itself."));
    else if (empty && m_tab == review)
        m_empty->setText(tr("Nothing to review"), tr("Every message's fate is known, and all mail belongs to somebody."));
    else if (empty)
        m_empty->setText(tr("Nothing handled yet"), tr("Replies you have dealt with are kept here."));
    const bool hadFocus = m_list->hasFocus() || m_tabs->isAncestorOf(QApplication::focusWidget()) || m_tabs->hasFocus();
    m_stack->setCurrentIndex(empty ? 1 : 0);
    m_list->setRows(std::move(rows));
    if (hadFocus && !empty)
        m_list->setFocus(Qt::OtherFocusReason);
}

// ── What is current ───────────────────────────────────────────────────────────────────────────────

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
    if (const InboxItem* item = currentMessage())
        return item->message.lead;
    const OutboxRow* send = currentSend();
    return send != nullptr ? send->item.lead : LeadId{};
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

void InboxPage::showActions() {
    const InboxItem* item = currentMessage();
    const bool reply = item != nullptr && item->message.lead;
    for (QAction* action : std::as_const(m_verdicts))
        action->setEnabled(reply);
    for (QAction* action : std::as_const(m_resolutions))
        action->setEnabled(currentSend() != nullptr);
    m_reply->setEnabled(reply);
    m_match->setEnabled(item != nullptr && !item->message.lead);
    m_open->setEnabled(bool(currentLead()));
    m_done->setEnabled(item != nullptr);
    m_done->setText(item != nullptr && item->message.handled ? tr("Not done yet") : tr("Done"));
}

void InboxPage::showCurrent() {
    showActions();
    const InboxItem* item = currentMessage();
    const OutboxRow* send = currentSend();
    const MessageId writing = item != nullptr ? item->message.id : MessageId{};
    if (writing != m_writing || !writing) {
        keepDraft();
        m_writing = {};
        m_formCard->hide();
        if (const auto kept = m_drafts.find(writing); writing && kept != m_drafts.end()) {
            m_writing = writing;
            m_form->start(item->message.lead, senderOf(*item), kept->second);
            m_formCard->show();
        }
    }
    ++m_paneGeneration;
    if (item != nullptr) {
        showMessage(*item);
    } else if (send != nullptr) {
        m_name->setText(toQt(send->leadName));
        m_title->setText(toQt(send->companyName));
        m_chip->hide();
        m_conversation->showSend(*send, unknownSentence());
    } else {
        m_conversation->clear();
        m_name->setText({});
        m_title->setText({});
        m_chip->hide();
    }
}

void InboxPage::showMessage(const InboxItem& item) {
    const int generation = m_paneGeneration;
    m_name->setText(senderOf(item));
    const Message message = item.message;
    if (!message.lead) {
        m_title->setText(toQt(message.from));
        m_chip->hide();
        m_conversation->showMessages({message}, message.id);
        return;
    }
    m_title->setText(toQt(item.companyName));
    deliver(m_context.workspace.leads().detail(message.lead), this, [this, generation](Result<LeadDetail> detail) {
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
    deliver(m_context.workspace.inbox().conversation(message.lead, mostOfConversation), this,
            [this, generation, message](Result<std::vector<Message>> messages) {
                if (generation != m_paneGeneration)
                    return;
                if (!messages) {
                    m_context.tell.failed(messages.error(), tr("The conversation could not be read."));
                    return;
                }
                std::reverse(messages->begin(), messages->end()); // read downwards, as it went
                m_conversation->showMessages(*messages, message.id);
            });
}

} // namespace outrider::inbox
