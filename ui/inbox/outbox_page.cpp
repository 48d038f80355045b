// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/outbox_page.h"

#include "core/base/deliver.h"
#include "ui/inbox/row_list.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"

#include <QAction>
#include <QBoxLayout>
#include <QLocale>
#include <QScrollArea>
#include <QStackedWidget>

#include <algorithm>
#include <array>

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
constexpr int mostSettled = 100'000; // the list is by time; only today's are shown
constexpr int mostAtOnce = 50;

enum Group { Unknown, Waiting, Refused, Sent, Groups };

Group groupOf(OutboxState state) {
    switch (state) {
    case OutboxState::Unknown:
        return Unknown;
    case OutboxState::Refused:
        return Refused;
    case OutboxState::Sent:
        return Sent;
    default:
        return Waiting;
    }
}

// The undo window holds a message too, but only for its seconds.
bool isHeldForGood(const OutboxItem& item) {
    return item.state == OutboxState::Held && item.waitReason != WaitReason::UndoWindow;
}

} // namespace

OutboxPage::OutboxPage(const frame::Context& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_toolbar(new widgets::Toolbar),
      m_stack(new QStackedWidget),
      m_list(new RowList(tr("Outbox list"))),
      m_empty(new widgets::EmptyState),
      m_holdAll(new Button(Button::Kind::Secondary, tr("Hold everything"))),
      m_bar(new widgets::Bar(widgets::Bar::Kind::Action)) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = widgets::column(this, 0);
    m_toolbar->setTitle(tr("Outbox"));
    column->addWidget(m_toolbar);
    auto* ground = new widgets::Area(widgets::Area::Ground::Surface);
    widgets::column(ground, 0)->addWidget(m_stack);
    column->addWidget(ground, 1);
    column->addWidget(m_bar);

    auto* both = new QWidget;
    auto* row = widgets::row(both, 0);
    row->addWidget(m_list, 1);
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
    column->addWidget(new widgets::Line);
    m_subject = label(TextStyle::BodyStrong, Ink::Text);
    m_route = label(TextStyle::Body, Ink::Muted);
    m_origin = label(TextStyle::Body, Ink::Muted);
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
    const auto failed = [this](const Error& error) { m_context.tell.failed(error, tr("The outbox could not be read.")); };
    deliver(m_context.workspace.outbox().isEverythingHeld(), this, [this](Result<bool> held) {
        if (held) {
            m_everythingHeld = *held;
            showHeld();
        }
    });
    deliver(m_context.workspace.outbox().list(
                {OutboxState::Unknown, OutboxState::Queued, OutboxState::Held, OutboxState::Claimed, OutboxState::Sending},
                mostWaiting),
            this, [this, generation, failed](Result<std::vector<OutboxRow>> waiting) {
                if (generation != m_generation)
                    return;
                if (!waiting) {
                    failed(waiting.error());
                    return;
                }
                deliver(m_context.workspace.outbox().list({OutboxState::Refused, OutboxState::Sent}, mostSettled), this,
                        [this, generation, failed, rows = std::move(*waiting)](Result<std::vector<OutboxRow>> settled) mutable {
                            if (generation != m_generation)
                                return;
                            if (!settled) {
                                failed(settled.error());
                                return;
                            }
                            const text::Dates dates = m_context.dates();
                            std::copy_if(settled->rbegin(), settled->rend(), std::back_inserter(rows),
                                         [&dates](const OutboxRow& row) {
                                             return row.item.settledAt && dates.isToday(*row.item.settledAt);
                                         });
                            fill(std::move(rows));
                        });
            });
}

QString OutboxPage::whyText(const OutboxRow& row, const text::Dates& dates) const {
    const OutboxItem& item = row.item;
    switch (item.state) {
    case OutboxState::Unknown:
        return tr("The server may have taken this message, but its answer never came. It was not sent again.");
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
    const QString reason = text::waitReasonText(
        item.state == OutboxState::Held && item.waitReason == WaitReason::None ? WaitReason::HeldByUser : item.waitReason);
    if (isHeldForGood(item) || item.earliestAt <= m_context.workspace.clock().now())
        return reason;
    return tr("%1. Not before %2").arg(reason, dates.moment(item.earliestAt));
}

void OutboxPage::fill(std::vector<OutboxRow> rows) {
    m_rows = std::move(rows);
    const text::Dates dates = m_context.dates();
    const std::array<QString, Groups> titles{tr("Needs your word"), tr("Waiting"), tr("Refused today"), tr("Sent today")};
    std::array<std::vector<ListRow>, Groups> groups;
    for (const OutboxRow& row : m_rows) {
        const Group group = groupOf(row.item.state);
        groups.at(group).push_back(
            {.kind = ListRow::Kind::Send,
             .id = row.item.id.value,
             .unread = group == Unknown,
             .warn = group == Unknown,
             .title = toQt(row.leadName),
             .company = toQt(row.companyName),
             .when = group == Refused || group == Sent ? dates.time(*row.item.settledAt) : dates.brief(row.item.earliestAt),
             .line = whyText(row, dates)});
    }
    std::vector<ListRow> all;
    for (int group = 0; group < Groups; ++group) {
        auto& members = groups.at(std::size_t(group));
        if (members.empty())
            continue;
        all.push_back({.kind = ListRow::Kind::Heading,
                       .id = group,
                       .title = titles.at(std::size_t(group)),
                       .line = QLocale().toString(int(members.size()))});
        std::move(members.begin(), members.end(), std::back_inserter(all));
    }
    const int waiting = int(groups[Waiting].size());
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
    m_hold->setEnabled(waits);
    m_hold->setText(row != nullptr && isHeldForGood(row->item) ? tr("Release") : tr("Hold"));
    m_drop->setEnabled(unknown || waits);
    m_open->setEnabled(row != nullptr);
    const auto show = [](Label* label, const QString& text) {
        label->setText(text);
        label->setVisible(!text.isEmpty());
    };
    if (row == nullptr) {
        for (Label* label : {m_name, m_company, m_state, m_why, m_answer, m_subject, m_route, m_origin})
            show(label, {});
        return;
    }
    show(m_name, toQt(row->leadName));
    show(m_company, toQt(row->companyName));
    show(m_state, unknown ? tr("Needs your word") : text::outboxStateName(state));
    show(m_why, whyText(*row, m_context.dates()));
    show(m_answer, toQt(row->item.serverAnswer));
    show(m_subject, toQt(row->item.subject));
    show(m_route, tr("To %1, from %2").arg(isolated(toQt(row->item.recipient)), isolated(toQt(row->mailboxAddress))));
    show(m_origin, row->strategyName.empty() ? tr("Written by hand")
                   : row->step < 0           ? toQt(row->strategyName)
                                             : tr("%1, step %2").arg(isolated(toQt(row->strategyName))).arg(row->step + 1));
}

void OutboxPage::showHeld() {
    m_holdAll->setText(m_everythingHeld ? tr("Release everything") : tr("Hold everything"));
    m_holdAll->setGlyph(m_everythingHeld ? Icon::Play : Icon::Pause);
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
    act(m_context.workspace.outbox().resolve(row->item.id, resolution), tr("%1: %2").arg(name, said),
        tr("The message to %1 was not settled.").arg(name), true);
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
