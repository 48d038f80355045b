// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/outbox_page.h"

#include "core/base/deliver.h"
#include "ui/inbox/message_words.h"
#include "ui/inbox/outbox_facts.h"
#include "ui/inbox/outbox_groups.h"
#include "ui/inbox/row_list.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"
#include "ui/widgets/sheet.h"

#include <QAction>
#include <QBoxLayout>
#include <QLocale>
#include <QScrollArea>
#include <QStackedWidget>

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>

namespace outrider::inbox {

using text::isolated;
using text::toQt;
using theme::Icon;
using theme::TextStyle;
using widgets::Button;
using widgets::Ink;
using widgets::Label;

namespace {

constexpr int mostWaiting = 5000;
constexpr int mostSettled = 500; // of each kind; the heading says how many there are
constexpr int mostAtOnce = 50;

} // namespace

OutboxPage::OutboxPage(const frame::Context& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_toolbar(new widgets::Toolbar),
      m_banner(new widgets::Banner),
      m_stack(new QStackedWidget),
      m_list(new RowList(tr("Outbox list"))),
      m_empty(new widgets::EmptyState),
      m_holdAll(new Button(Button::Kind::Secondary, tr("Hold everything"))),
      m_bar(new widgets::Bar(widgets::Bar::Kind::Action)) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = widgets::column(this, 0);
    m_toolbar->setTitle(tr("Outbox"));
    column->addWidget(m_toolbar);
    column->addWidget(m_banner);
    connect(m_banner, &widgets::Banner::verbClicked, this, &OutboxPage::lowerFence);
    auto* ground = new widgets::Area(widgets::Area::Ground::Surface);
    widgets::column(ground, 0)->addWidget(m_stack);
    column->addWidget(ground, 1);
    column->addWidget(m_bar);

    auto* both = new QWidget;
    auto* row = widgets::row(both, 0);
    auto* left = new QWidget;
    auto* listed = widgets::column(left, 0);
    listed->addWidget(new RowHeader(m_list));
    listed->addWidget(m_list, 1);
    row->addWidget(left, 1);
    row->addWidget(new widgets::Line(Qt::Vertical));
    auto* scroll = new QScrollArea; // at 200 % the pane is taller than the window
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFixedWidth(t.size.detailPane);
    scroll->setWidget(makePane());
    row->addWidget(scroll);
    m_stack->addWidget(both);
    m_empty->setText(tr("Nothing waits"), tr("What a strategy or you write waits here until it may leave."));
    m_stack->addWidget(m_empty);

    addCommands();
    auto* sendButton = new Button(Button::Kind::Secondary, m_send->text());
    sendButton->bind(m_send);
    m_toolbar->addRight(sendButton);
    m_holdAll->setGlyph(Icon::Pause);
    if (constexpr qreal large = 1.5; t.scale < large) // the title needs the room
        m_holdAll->setKeyHint(QStringLiteral("Ctrl+Shift+H"));
    m_toolbar->addRight(m_holdAll);
    connect(m_holdAll, &QAbstractButton::clicked, this, &OutboxPage::holdEverything);
    const auto addButton = [this](QAction* action) {
        auto* button = new Button(Button::Kind::Secondary, action->text());
        button->bind(action);
        connect(action, &QAction::changed, button, [button, action] { button->setVisible(action->isEnabled()); });
        button->setVisible(action->isEnabled());
        m_bar->add(button);
    };
    for (QAction* action : std::as_const(m_resolutions))
        addButton(action);
    addButton(m_hold);
    addButton(m_drop);
    m_bar->addStretch();
    addButton(m_open);

    connect(m_list, &RowList::currentRowChanged, this, &OutboxPage::showCurrent);
    connect(m_list, &RowList::rowActivated, this, &OutboxPage::openLead);
    connect(&context.workspace, &Workspace::changed, this, [this](const ChangeSet& changes) {
        if (!changes.touches(EntityKind::Outbox) && !changes.touches(EntityKind::Mailbox)
            && !changes.touches(EntityKind::Setting))
            return;
        if (isVisible())
            read();
        else
            m_stale = true;
    });
    showCurrent();
}

QWidget* OutboxPage::makePane() {
    const theme::Tokens& t = theme::tokens(this);
    auto* pane = new widgets::Area(widgets::Area::Ground::Surface);
    auto* column = widgets::column(pane, t.space.s, QMargins(t.space.l, t.space.m, t.space.l, t.space.m));
    const auto label = [column](TextStyle style, Ink ink) {
        auto* made = new Label(style, ink);
        made->setWordWrap(true);
        column->addWidget(made);
        return made;
    };
    m_name = label(TextStyle::Title, Ink::Text);
    m_company = label(TextStyle::Body, Ink::Muted);
    column->addWidget(new widgets::Line);
    m_state = label(TextStyle::Section, Ink::Text);
    m_why = label(TextStyle::Body, Ink::Text);
    m_answer = label(TextStyle::Meta, Ink::Muted);
    m_checks = new FactList(tr("Why it waits"));
    column->addWidget(m_checks);
    column->addWidget(new widgets::Line);
    m_subject = label(TextStyle::BodyStrong, Ink::Text);
    m_words = label(TextStyle::Body, Ink::Muted);
    m_route = label(TextStyle::Body, Ink::Muted);
    m_origin = label(TextStyle::Body, Ink::Muted);
    column->addWidget(new widgets::Line);
    m_trace = new FactList(tr("Trace"));
    column->addWidget(m_trace);
    column->addStretch(1);
    return pane;
}

void OutboxPage::addCommands() {
    const auto add = [this](const char* id, const QString& text, Icon icon, const QList<QKeySequence>& keys,
                            std::function<void()> run) {
        return m_context.commands.add(
            this,
            {.id = QLatin1String("outbox.") + QLatin1String(id), .text = text, .group = tr("Outbox"), .icon = icon, .keys = keys},
            std::move(run));
    };
    using Resolution = OutboxService::Resolution;
    m_resolutions = {add("was_sent", tr("Was sent"), Icon::Check, {QKeySequence(Qt::Key_M)},
                         [this] { resolve(Resolution::WasSent, tr("was sent")); }),
                     add("send_again", tr("Send again"), Icon::Send, {QKeySequence(Qt::Key_R)},
                         [this] { resolve(Resolution::SendAgain, tr("is sent again")); })};
    m_hold = add("hold", tr("Hold"), Icon::Pause, {QKeySequence(Qt::Key_H)}, [this] { toggleHold(); });
    m_drop = add("drop", tr("Drop"), Icon::Trash, {QKeySequence(Qt::Key_X)}, [this] { drop(); });
    m_open =
        add("open", tr("Open lead"), Icon::User, {QKeySequence(Qt::Key_O), QKeySequence(Qt::Key_Return)}, [this] { openLead(); });
    m_send = add("send_now", tr("Send what is due"), Icon::Send, {QKeySequence(Qt::Key_F5)}, [this] { sendNow(); });
    add("next", tr("Next message"), Icon::ChevronDown, {QKeySequence(Qt::Key_J)}, [this] {
        m_list->moveBy(1);
    })->setAutoRepeat(true);
    add("previous", tr("Previous message"), Icon::ChevronUp, {QKeySequence(Qt::Key_K)}, [this] {
        m_list->moveBy(-1);
    })->setAutoRepeat(true);
}

void OutboxPage::enter() {
    if (m_stale)
        read();
    m_list->setFocus(Qt::OtherFocusReason);
}

void OutboxPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    if (m_stale)
        read();
}

QString OutboxPage::subject() const {
    const OutboxRow* row = current();
    return row != nullptr ? toQt(row->leadName) : QString();
}

void OutboxPage::read() {
    m_stale = false;
    const int generation = ++m_generation;
    deliver(m_context.workspace.outbox().isEverythingHeld(), this, [this](Result<bool> held) {
        if (held) {
            m_everythingHeld = *held;
            showHeld();
        }
    });
    deliver(m_context.workspace.outbox().fence(), this, [this](Result<FenceReason> reason) {
        if (reason)
            showFence(*reason);
    });
    // Four questions at once; what the last to be answered completes is shown.
    struct Answers {
        std::vector<OutboxRow> waiting, refused, sent;
        OutboxCounts counts;
        int open = 4;
    };
    const auto answers = std::make_shared<Answers>();
    const auto take = [this, generation, answers](auto member) {
        return [this, generation, answers, member](auto result) {
            if (generation != m_generation)
                return;
            if (!result) {
                ++m_generation; // the others are of no use alone
                m_context.tell.failed(result.error(), tr("The outbox could not be read."));
                return;
            }
            (*answers).*member = std::move(*result);
            if (--answers->open > 0)
                return;
            std::vector<OutboxRow> rows = std::move(answers->waiting);
            for (auto* settled : {&answers->refused, &answers->sent})
                std::move(settled->begin(), settled->end(), std::back_inserter(rows));
            m_counts = answers->counts;
            fill(std::move(rows));
        };
    };
    OutboxService& outbox = m_context.workspace.outbox();
    deliver(
        outbox.list({OutboxState::Unknown, OutboxState::Queued, OutboxState::Held, OutboxState::Claimed, OutboxState::Sending},
                    mostWaiting),
        this, take(&Answers::waiting));
    deliver(outbox.settledToday(OutboxState::Refused, mostSettled), this, take(&Answers::refused));
    deliver(outbox.settledToday(OutboxState::Sent, mostSettled), this, take(&Answers::sent));
    deliver(outbox.counts(), this, take(&Answers::counts));
}

QString OutboxPage::whyText(const OutboxRow& row, const text::Dates& dates) const {
    const OutboxItem& item = row.item;
    switch (item.state) {
    case OutboxState::Unknown:
        return unknownSentence(row);
    case OutboxState::Claimed:
    case OutboxState::Sending:
        return tr("Being sent now");
    case OutboxState::Refused:
        return item.refusedHard ? tr("Refused for good: the address does not take mail") : tr("Refused by the server");
    case OutboxState::Sent:
        return item.settledAt ? tr("Sent at %1").arg(dates.time(*item.settledAt)) : tr("Sent");
    default:
        break;
    }
    if (!row.mailboxState)
        return tr("Its mailbox is gone: it cannot leave");
    const WaitReason wait = waitOf(row);
    const QString reason = text::waitReasonText(wait);
    if (wait == WaitReason::MailboxPaused || wait == WaitReason::MailboxSignedOut)
        return reason;
    if (isHeldForGood(item) || item.earliestAt <= m_context.workspace.clock().now())
        return reason;
    return tr("%1. Not before %2").arg(reason, dates.moment(item.earliestAt));
}

void OutboxPage::fill(std::vector<OutboxRow> rows) {
    m_rows = std::move(rows);
    const text::Dates dates = m_context.dates();
    const std::array<QString, Groups> titles{
        tr("Needs your word"), tr("Being sent"),           tr("Next in turn"),  tr("Your hold"), tr("Their hours"),
        tr("Your limits"),     tr("Something is missing"), tr("Refused today"), tr("Sent today")};
    std::array<std::vector<ListRow>, Groups> groups;
    for (const OutboxRow& row : m_rows) {
        const Group group = groupOf(row);
        groups.at(group).push_back(
            {.kind = ListRow::Kind::Send,
             .id = row.item.id.value,
             .unread = group == Unknown,
             .warn = group == Unknown,
             .title = toQt(row.leadName),
             .company = toQt(row.companyName),
             .when = group == Refused || group == Sent ? dates.time(*row.item.settledAt)
                     : isHeldForGood(row.item)         ? QString()
                                                       : dates.brief(row.item.earliestAt),
             .line = group == Sent && !row.item.subject.empty() ? toQt(row.item.subject) : whyText(row, dates),
             .why = group < Refused && group != Unknown && group != UnderWay ? text::waitReasonText(waitOf(row)) : QString(),
             .step = row.strategyName.empty() ? tr("By hand")
                     : row.step < 0           ? toQt(row.strategyName)
                                              : tr("%1, step %2").arg(toQt(row.strategyName)).arg(row.step + 1),
             .from = shortAddress(row),
             .tone = group == YourHold                      ? paint::Tone::Accent
                     : group == Missing || group == Unknown ? paint::Tone::Warn
                     : group == Refused                     ? paint::Tone::Bad
                                                            : paint::Tone::Neutral});
    }
    std::vector<ListRow> all;
    for (int group = 0; group < Groups; ++group) {
        auto& members = groups.at(std::size_t(group));
        if (members.empty())
            continue;
        const int shown = int(members.size());
        const int there = group == Sent ? m_counts.sentToday : group == Refused ? m_counts.refused : shown;
        all.push_back({.kind = ListRow::Kind::Heading,
                       .id = group,
                       .title = titles.at(std::size_t(group)),
                       .line = there <= shown
                                   ? QLocale().toString(shown)
                                   : tr("%1, the last %2 shown").arg(QLocale().toString(there), QLocale().toString(shown))});
        std::move(members.begin(), members.end(), std::back_inserter(all));
    }
    const int waiting = m_counts.waiting;
    m_toolbar->setSubtitle(waiting == 0 ? QString() : text::counted(waiting, tr("message waits"), tr("messages wait")));
    m_stack->setCurrentIndex(all.empty() ? 1 : 0);
    m_list->setRows(std::move(all));
}

const OutboxRow* OutboxPage::current() const {
    const ListRow* row = m_list->currentRow();
    if (row == nullptr || row->kind != ListRow::Kind::Send)
        return nullptr;
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [row](const OutboxRow& r) { return r.item.id.value == row->id; });
    return found == m_rows.end() ? nullptr : &*found;
}

void OutboxPage::showCurrent() {
    const OutboxRow* row = current();
    const OutboxState state = row != nullptr ? row->item.state : OutboxState::Dropped;
    const bool unknown = state == OutboxState::Unknown;
    const bool waits = state == OutboxState::Queued || state == OutboxState::Held;
    for (QAction* action : std::as_const(m_resolutions))
        action->setEnabled(unknown);
    if (unknown && !row->mailboxState)
        m_resolutions[1]->setEnabled(false); // there is nothing to send it from
    m_hold->setEnabled(waits);
    m_hold->setText(row != nullptr && isHeldForGood(row->item) ? tr("Release") : tr("Hold"));
    m_drop->setEnabled(unknown || waits);
    m_open->setEnabled(row != nullptr);
    const auto show = [](Label* label, const QString& text) {
        label->setText(text);
        label->setVisible(!text.isEmpty());
    };
    const int generation = ++m_detailGeneration;
    if (row == nullptr) {
        for (Label* label : {m_name, m_company, m_state, m_why, m_answer, m_subject, m_words, m_route, m_origin})
            show(label, {});
        m_checks->setFacts({});
        m_trace->setFacts({});
        return;
    }
    deliver(m_context.workspace.outbox().detail(row->item.id), this, [this, generation](Result<OutboxDetail> detail) {
        if (detail && generation == m_detailGeneration)
            showDetail(*detail);
    });
    show(m_name, toQt(row->leadName));
    show(m_company, toQt(row->companyName));
    show(m_state, unknown ? tr("Needs your word") : text::outboxStateName(state));
    show(m_why, whyText(*row, m_context.dates()));
    show(m_answer, toQt(row->item.serverAnswer));
    show(m_subject, toQt(row->item.subject));
    const QString to = isolated(toQt(row->item.recipient));
    show(m_route, row->mailboxState ? tr("To %1, from %2").arg(to, isolated(toQt(row->mailboxAddress))) : tr("To %1").arg(to));
    show(m_origin, row->strategyName.empty() ? tr("Written by hand")
                   : row->step < 0           ? toQt(row->strategyName)
                                             : tr("%1, step %2").arg(isolated(toQt(row->strategyName))).arg(row->step + 1));
}

void OutboxPage::showDetail(const OutboxDetail& detail) {
    constexpr int enough = 240; // the message itself is on the lead's page
    const text::Dates dates = m_context.dates();
    m_checks->setFacts(checkFacts(detail, dates));
    m_trace->setFacts(traceFacts(detail, dates));
    if (!detail.checks.empty()) { // they say why; this is left to say when
        const QString earliest = earliestText(detail, dates);
        m_why->setText(earliest);
        m_why->setVisible(!earliest.isEmpty());
    }
    QString words = toQt(detail.text).simplified();
    if (words.size() > enough)
        words = words.left(enough) + QChar(0x2026);
    m_words->setText(words);
    m_words->setVisible(!words.isEmpty());
}

void OutboxPage::showHeld() {
    m_holdAll->setText(m_everythingHeld ? tr("Release everything") : tr("Hold everything"));
    m_holdAll->setGlyph(m_everythingHeld ? Icon::Play : Icon::Pause);
}

void OutboxPage::showFence(FenceReason reason) {
    if (reason == FenceReason::None)
        m_banner->hide();
    else
        // Why, the window says on every page.
        m_banner->show(widgets::Banner::Tone::Info, tr("Look through what waits: each message can be released alone."),
                       tr("Release everything…"));
}

void OutboxPage::lowerFence() {
    const auto held = std::count_if(m_rows.begin(), m_rows.end(),
                                    [](const OutboxRow& row) { return row.item.waitReason == WaitReason::SendFence; });
    auto* sheet = new widgets::Sheet(this, tr("Release everything?"));
    auto* words =
        new Label(TextStyle::Body, Ink::Text,
                  tr("%1 here. If the original, or another copy, has sent some of them since, the people in it receive them "
                     "twice. What you release one by one leaves alone.")
                      .arg(text::counted(held, tr("message waits"), tr("messages wait"))));
    words->setWordWrap(true);
    sheet->body()->addWidget(words);
    // What the servers know: whatever was sent since and lies among the sent mail needs no releasing.
    auto* found =
        new Label(TextStyle::Body, Ink::Muted,
                  tr("Outrider can look for each of them among the sent mail on the server; what it finds there is marked as "
                     "sent and never leaves twice."));
    found->setWordWrap(true);
    sheet->body()->addWidget(found);
    auto* look = new Button(Button::Kind::Secondary, tr("Look among the sent mail"));
    sheet->body()->addWidget(look, 0, Qt::AlignLeft);
    auto* cancel = sheet->addCancel(tr("Look through them first"));
    auto* go = sheet->addButton(Button::Kind::Primary, tr("Release everything"));
    sheet->setDefault(cancel);
    const auto progress = std::make_shared<Progress>();
    connect(sheet, &widgets::Sheet::closed, sheet, [progress] { progress->cancel(); });
    connect(look, &QAbstractButton::clicked, sheet, [this, look, found, go, words, sheet, progress] {
        look->setEnabled(false);
        go->setEnabled(false);
        found->setText(tr("Looking…"));
        deliver(m_context.workspace.outbox().lookAmongSent(progress), sheet,
                [look, found, go, words](const Result<OutboxService::SentSearch>& search) {
                    look->setEnabled(true);
                    go->setEnabled(true);
                    if (!search) {
                        found->setText(text::sentence(search.error()));
                        return;
                    }
                    QString said =
                        tr("%1 had left and are marked as sent.").arg(text::counted(search->sent, tr("message"), tr("messages")));
                    if (!search->errors.empty())
                        said +=
                            QLatin1Char(' ') + tr("Not every server could tell: %1").arg(text::sentence(search->errors.front()));
                    found->setText(said);
                    words->setText(tr("%1 here. A server that keeps no copies cannot tell of them.")
                                       .arg(text::counted(search->held, tr("message waits"), tr("messages wait"))));
                    if (search->errors.empty())
                        look->hide();
                });
    });
    connect(go, &QAbstractButton::clicked, sheet, [this, sheet] {
        sheet->finish();
        act(m_context.workspace.outbox().lowerFence(), tr("This workspace sends again."), tr("Nothing was released."), false);
    });
    sheet->open(cancel);
}

void OutboxPage::act(QFuture<Result<>> future, const QString& done, const QString& failed, bool undoable) {
    deliver(std::move(future), this, [this, done, failed, undoable](Result<> result) {
        if (result)
            m_context.tell.done(done, undoable);
        else
            m_context.tell.failed(result.error(), failed);
        read();
    });
}

void OutboxPage::toggleHold() {
    const OutboxRow* row = current();
    if (row == nullptr)
        return;
    const QString name = isolated(toQt(row->leadName));
    OutboxService& outbox = m_context.workspace.outbox();
    if (isHeldForGood(row->item))
        act(outbox.release(row->item.id), tr("%1: released").arg(name), tr("The message to %1 is still held.").arg(name), false);
    else
        act(outbox.hold(row->item.id), tr("%1: held").arg(name), tr("The message to %1 was not held.").arg(name), false);
}

void OutboxPage::drop() {
    const OutboxRow* row = current();
    if (row == nullptr)
        return;
    if (row->item.state == OutboxState::Unknown) {
        resolve(OutboxService::Resolution::Drop, tr("dropped"));
        return;
    }
    const QString name = isolated(toQt(row->leadName));
    act(m_context.workspace.outbox().drop(row->item.id), tr("%1: dropped, its task is open again").arg(name),
        tr("The message to %1 could not be taken back.").arg(name), true);
}

void OutboxPage::resolve(OutboxService::Resolution resolution, const QString& said) {
    const OutboxRow* row = current();
    if (row == nullptr)
        return;
    const QString name = isolated(toQt(row->leadName));
    const bool waits = resolution == OutboxService::Resolution::SendAgain && row->mailboxState != MailboxState::Active;
    act(m_context.workspace.outbox().resolve(row->item.id, resolution),
        tr("%1: %2").arg(name, waits ? tr("waits for its mailbox") : said), tr("The message to %1 was not settled.").arg(name),
        false);
}

void OutboxPage::openLead() {
    if (const OutboxRow* row = current())
        m_context.go.openLead(row->item.lead);
}

void OutboxPage::sendNow() {
    m_send->setEnabled(false);
    const auto progress = std::make_shared<Progress>();
    const int job = m_context.tell.startJob(tr("Sending what is due"), progress);
    deliver(m_context.workspace.outbox().runOnce(mostAtOnce, progress), this,
            [this, job](Result<OutboxService::SendReport> report) {
                m_context.tell.endJob(job);
                m_send->setEnabled(true);
                if (!report)
                    m_context.tell.failed(report.error(), tr("Nothing was sent."));
                else if (!report->errors.empty())
                    m_context.tell.failed(report->errors.front(), tr("A mailbox could not send."));
                else
                    m_context.tell.info(report->sent == 0
                                            ? tr("Nothing is due now.")
                                            : tr("Sent %1.").arg(text::counted(report->sent, tr("message"), tr("messages"))));
                read();
            });
}

void OutboxPage::holdEverything() {
    // The window's own command also tells its banner.
    for (const frame::Commands::Entry& entry : m_context.commands.all()) {
        if (entry.command.id == QLatin1String("outbox.hold_all") && entry.action) {
            entry.action->trigger();
            return;
        }
    }
    const bool hold = !m_everythingHeld;
    act(m_context.workspace.outbox().holdEverything(hold),
        hold ? tr("Everything is held: nothing leaves until you release it.") : tr("Sending goes on."),
        hold ? tr("Nothing was held.") : tr("Everything is still held."), false);
}

} // namespace outrider::inbox
