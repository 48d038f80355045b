// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/process_page.h"

#include "core/base/deliver.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/today/call_card.h"
#include "ui/today/mail_card.h"
#include "ui/today/process_bar.h"
#include "ui/today/process_head.h"
#include "ui/today/process_side.h"
#include "ui/today/task_note.h"
#include "ui/today/task_reader.h"
#include "ui/today/task_words.h"
#include "ui/today/touch_card.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <set>
#include <utility>

namespace outrider::today {

using text::isolated;
using text::toQt;
using theme::Icon;
using widgets::Button;

namespace {

constexpr int soonMs = 80;
constexpr int readAheadTasks = 2;
constexpr int shownAhead = 3;

} // namespace

ProcessPage::ProcessPage(const frame::Context& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_reader(new TaskReader(context, this)),
      m_top(new ProcessTop),
      m_banner(new widgets::Banner),
      m_head(new ProcessHead),
      m_actionBar(new ProcessBar) {
    auto* column = widgets::column(this, 0);
    column->addWidget(m_top);
    column->addWidget(m_banner);
    column->addWidget(m_head);
    column->addWidget(makeBody(), 1);
    column->addWidget(m_actionBar);
    m_banner->hide();
    makeCommands();

    connect(m_reader, &TaskReader::read, this, [this](TaskId task, bool fresh) {
        if (task == m_shown)
            showDetail(*m_reader->detail(task), fresh);
    });
    connect(m_reader, &TaskReader::previewed, this, [this](TaskId task) {
        if (task == m_shown)
            showSkipPreview();
    });
    connect(m_reader, &TaskReader::failed, this, [this](TaskId task, const Error& error) {
        if (task == m_shown)
            m_banner->show(widgets::Banner::Tone::Bad, text::sentence(error));
    });
    m_soon.setSingleShot(true);
    m_soon.setInterval(soonMs);
    connect(&m_soon, &QTimer::timeout, this, &ProcessPage::refreshQueue);
    m_clock.setInterval(20 * 1000);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        if (isVisible() && current() != nullptr) {
            showHead();
            showProgress();
        }
    });
    m_clock.start();
    connect(&m_context.workspace, &Workspace::changed, this, &ProcessPage::touched);
}

ProcessPage::~ProcessPage() = default;

// ── Making it ─────────────────────────────────────────────────────────────────────────────────────

QWidget* ProcessPage::makeBody() {
    const theme::Tokens& t = theme::tokens(this);
    auto* body = new widgets::Area(widgets::Area::Ground::Surface);
    auto* row = widgets::row(body, 0);
    auto* work = new QWidget;
    auto* column = widgets::column(work, t.space.m, {t.space.xl, t.space.l, t.space.xl, t.space.m});
    m_cards = new QStackedWidget;
    m_mail = new MailCard;
    m_call = new CallCard;
    m_touch = new TouchCard;
    for (TaskCard* each : {static_cast<TaskCard*>(m_mail), static_cast<TaskCard*>(m_call), static_cast<TaskCard*>(m_touch)}) {
        m_cards->addWidget(each);
        connect(each, &TaskCard::primaryChanged, this, &ProcessPage::refreshPrimary);
        connect(each, &TaskCard::filled, this, &ProcessPage::fillIn);
        connect(each, &TaskCard::wayOut, this, &ProcessPage::takeWayOut);
    }
    connect(m_mail, &MailCard::editingEnded, this, [this] { m_mail->setFocus(); });
    m_note = new TaskNote;
    connect(m_note, &TaskNote::paused, this, [this](const QString& text) {
        if (!m_shown)
            return;
        deliver(m_context.workspace.queue().keepNote(m_shown, text.toStdString()), this, [this](Result<> kept) {
            if (!kept)
                m_context.tell.failed(kept.error(), tr("The note is not saved yet"));
        });
    });
    connect(m_note, &TaskNote::left, this, [this] { card()->setFocus(); });
    connect(m_note, &TaskNote::submitted, this, &ProcessPage::primary);
    column->addWidget(m_cards, 1);
    column->addWidget(m_note);
    row->addWidget(work, 1);
    row->addWidget(new widgets::Line(Qt::Vertical));
    m_side = new ProcessSide;
    row->addWidget(m_side);
    return body;
}

void ProcessPage::makeCommands() {
    const QString group = tr("Task");
    const auto add = [&](const QString& id, const QString& text, Icon icon, const QList<QKeySequence>& keys,
                         std::function<void()> run, const QString& keywords = {}) {
        return m_context.commands.add(this, {id, text, group, icon, keys, keywords}, std::move(run));
    };
    m_primaryAction = add(
        QStringLiteral("process.primary"), tr("Do it, then the next"), Icon::Check,
        {QKeySequence(Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Return)}, [this] { primary(); }, tr("send call done"));
    auto* snoozeAction = add(
        QStringLiteral("process.snooze"), tr("Snooze"), Icon::Clock, {QKeySequence(Qt::Key_S)}, [this] { snooze(); },
        tr("later postpone"));
    auto* skipAction = add(
        QStringLiteral("process.skip"), tr("Skip step"), Icon::Skip, {QKeySequence(Qt::Key_X)}, [this] { skip(); },
        tr("leave out"));
    auto* noteAction =
        add(QStringLiteral("process.note"), tr("Note"), Icon::StickyNote, {QKeySequence(Qt::Key_N)}, [this] { m_note->write(); });
    auto* nextAction =
        add(QStringLiteral("process.next"), tr("Next"), Icon::ChevronDown, {QKeySequence(Qt::Key_J)}, [this] { move(1); });
    auto* previousAction =
        add(QStringLiteral("process.previous"), tr("Previous"), Icon::ChevronUp, {QKeySequence(Qt::Key_K)}, [this] { move(-1); });
    auto* banAction = add(
        QStringLiteral("process.doNotContact"), tr("Do not contact"), Icon::Ban, {QKeySequence(Qt::Key_D)},
        [this] { doNotContact(); }, tr("opt out suppress"));
    m_editAction = add(
        QStringLiteral("process.edit"), tr("Edit"), Icon::Pencil, {QKeySequence(Qt::Key_E)}, [this] { edit(); },
        tr("text message"));
    auto* historyAction =
        add(QStringLiteral("process.history"), tr("Timeline"), Icon::History, {QKeySequence(Qt::Key_H)}, [this] {
            if (m_side->timeline()->hasFocus())
                card()->setFocus();
            else
                m_side->timeline()->setFocus(Qt::ShortcutFocusReason);
        });
    add(QStringLiteral("process.open"), tr("Open lead"), Icon::User, {QKeySequence(Qt::Key_O)}, [this] {
        if (const auto* item = current())
            m_context.go.openLead(item->lead);
    });
    add(QStringLiteral("process.undo"), tr("Undo"), Icon::Undo, {QKeySequence(Qt::Key_U), QKeySequence(QKeySequence::Undo)},
        [this] { undo(); });
    for (const auto& [disposition, unused] : dispositionNames.entries) {
        if (disposition == Disposition::None)
            continue;
        const int number = int(disposition);
        m_outcomes << add(
            QStringLiteral("process.outcome%1").arg(number), text::dispositionName(disposition), Icon::Phone,
            {QKeySequence(Qt::Key(Qt::Key_0 + number))}, [this, disposition = disposition] { complete(disposition); },
            tr("outcome of a call"));
    }
    auto* leaveAction =
        add(QStringLiteral("process.leave"), tr("Leave"), Icon::ArrowLeft, {QKeySequence(Qt::Key_Escape)}, [this] {
            if (!stepBack())
                leave();
        });
    auto* outcomeAction = add(QStringLiteral("process.outcome"), tr("Outcome"), Icon::Phone, {}, [this] { askOutcome(); });

    m_top->setLeaveAction(leaveAction);
    m_mail->setEditAction(m_editAction);
    m_call->setOutcomeActions(m_outcomes);
    m_note->setKeyHint(frame::keyText(noteAction));
    m_side->setHistoryKey(frame::keyText(historyAction));
    m_actionBar->setPrimary(m_primaryAction);
    m_snooze = m_actionBar->addAct(snoozeAction, Button::Kind::Ghost, 1);
    m_actionBar->addAct(skipAction, Button::Kind::Ghost, 2);
    m_outcome = m_actionBar->addAct(outcomeAction, Button::Kind::Ghost, 4, tr("1–6"));
    m_actionBar->addAct(noteAction, Button::Kind::Ghost, 7); // its field says N, too
    m_actionBar->addAct(nextAction, Button::Kind::Ghost, 5);
    m_actionBar->addAct(previousAction, Button::Kind::Ghost, 6);
    m_actionBar->addAct(banAction, Button::Kind::Danger, 3);
    m_actionBar->addToastSlot();
}

// ── Reading ───────────────────────────────────────────────────────────────────────────────────────

void ProcessPage::start(std::optional<TaskId> first) {
    const int generation = ++m_generation;
    m_filter = m_scope ? m_scope() : QueueFilter{};
    m_session.start({});
    m_reader->clear();
    m_back.clear();
    m_deeds.clear();
    m_shown = {};
    m_doneHere = 0;
    m_finishing = false;
    m_since.restart();
    m_banner->hide();
    readStatuses();
    readQueue([this, generation, first](Result<std::vector<QueueItem>> items) {
        if (generation != m_generation)
            return;
        if (!items) {
            m_banner->show(widgets::Banner::Tone::Bad, text::sentence(items.error()));
            return;
        }
        const auto known = [&] { return std::ranges::find(*items, *first, &QueueItem::task) != items->end(); };
        if (!first || known()) {
            m_session.start(std::move(*items), first);
            showCurrent();
            return;
        }
        // One that is not due yet, or that the filter leaves out: it comes first.
        deliver(m_context.workspace.queue().open(*first), this,
                [this, generation, items = std::move(*items)](Result<TaskDetail> task) mutable {
                    if (generation != m_generation)
                        return;
                    if (task && task->task.state == TaskState::Open)
                        items.insert(items.begin(), task->item);
                    m_session.start(std::move(items));
                    showCurrent();
                });
    });
}

void ProcessPage::readStatuses() {
    deliver(m_context.workspace.leads().statuses(), this, [this](Result<std::vector<Status>> statuses) {
        if (!statuses)
            return;
        m_statuses = std::move(*statuses);
        if (current() != nullptr)
            showHead();
    });
}

void ProcessPage::readQueue(Answer answer) {
    auto filtered = [filter = m_filter, answer](Result<Today> today) {
        if (today)
            answer(filter.applied(today->items));
        else
            answer(fail(today.error()));
    };
    QueueService& queue = m_context.workspace.queue();
    if (m_filter.due != QueueFilter::Due::Tomorrow) {
        deliver(queue.today(), this, std::move(filtered));
        return;
    }
    const auto tomorrow = m_context.dates().local(m_context.workspace.clock().now()).date().addDays(1);
    deliver(queue.onDate(std::chrono::sys_days(std::chrono::days(QDate(1970, 1, 1).daysTo(tomorrow)))), this,
            std::move(filtered));
}

void ProcessPage::refreshQueue() {
    if (m_writes > 0 || !m_shown)
        return; // read when they are stored
    const int generation = m_generation;
    const int writes = m_writeCount;
    readQueue([this, generation, writes](Result<std::vector<QueueItem>> items) {
        if (generation != m_generation || !items)
            return;
        if (m_writes > 0 || writes != m_writeCount) {
            m_soon.start();
            return;
        }
        // Taken back elsewhere in the window: that one is looked at again.
        const std::vector<TaskId> reopened = m_session.refresh(*items, true);
        const auto deed = std::find_if(m_deeds.rbegin(), m_deeds.rend(), [&](const Deed& each) {
            return std::ranges::find(reopened, each.task) != reopened.end();
        });
        if (deed != m_deeds.rend()) {
            const Deed back = *deed;
            m_deeds.erase(std::next(deed).base());
            bringBack(back);
            return;
        }
        const auto* entry = m_session.current();
        if (entry == nullptr)
            return;
        if (entry->state == ProcessSession::State::Gone && m_shown == entry->item.task) {
            m_context.tell.info(tr("%1 is no longer to be done.").arg(isolated(toQt(entry->item.leadName))));
            flushNote();
            next();
            return;
        }
        if (m_finishing && m_session.open() > 0) {
            m_finishing = false;
            next();
            return;
        }
        showProgress();
        m_side->setUpcoming(m_session.upcoming(shownAhead), m_context.dates());
    });
    m_reader->readStale();
}

void ProcessPage::readAhead() {
    std::set<TaskId> kept{m_shown};
    for (const QueueItem& item : m_session.upcoming(readAheadTasks))
        kept.insert(item.task);
    m_reader->keep(kept);
}

void ProcessPage::touched(const ChangeSet& changes) {
    if (!m_shown)
        return;
    m_reader->touched(changes, m_shown);
    if (changes.touches(EntityKind::Status))
        readStatuses();
    if (isVisible())
        m_soon.start();
}

// ── Showing ───────────────────────────────────────────────────────────────────────────────────────

QWidget* ProcessPage::toastSlot() const { return m_actionBar->toastSlot(); }

QString ProcessPage::pageTitle() const { return tr("Process"); }

QString ProcessPage::subject() const {
    const auto* item = current();
    return item != nullptr ? toQt(item->leadName) : QString();
}

void ProcessPage::enter() {
    if (m_shown) {
        card()->setFocus();
        m_soon.start();
    }
}

bool ProcessPage::mayLeave() {
    flushNote();
    return true;
}

// The note saves itself; a message that was changed is saved by being sent.
bool ProcessPage::hasUnsaved() const { return m_shown && card() == m_mail && (m_mail->editedSubject() || m_mail->editedBody()); }

bool ProcessPage::stepBack() {
    if (m_cards->currentWidget() == m_mail && m_mail->isEditing()) {
        m_mail->setEditing(false);
        return true;
    }
    QWidget* focus = focusWidget();
    if (m_note->isWriting() || m_side->timeline()->hasFocus()
        || (focus != nullptr && focus != card() && card()->isAncestorOf(focus))) {
        card()->setFocus();
        return true;
    }
    return false;
}

void ProcessPage::leave() {
    flushNote();
    m_context.go.back();
}

void ProcessPage::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    flushNote();
}

TaskCard* ProcessPage::card() const { return static_cast<TaskCard*>(m_cards->currentWidget()); }

const QueueItem* ProcessPage::current() const {
    const auto* entry = m_session.current();
    return entry != nullptr && entry->state == ProcessSession::State::Open && entry->item.task == m_shown ? &entry->item
                                                                                                          : nullptr;
}

const TaskDetail* ProcessPage::detail() const { return m_reader->detail(m_shown); }

void ProcessPage::showCurrent() {
    const auto* entry = m_session.current();
    if (entry == nullptr || entry->state != ProcessSession::State::Open) {
        m_finishing = true;
        finishWhenStored();
        return;
    }
    const QueueItem& item = entry->item;
    m_shown = item.task;
    const bool typed = item.channel == Channel::Email && item.stepCount > 0;
    m_cards->setCurrentWidget(typed                           ? static_cast<QWidget*>(m_mail)
                              : item.channel == Channel::Call ? static_cast<QWidget*>(m_call)
                                                              : m_touch);
    const text::Dates dates = m_context.dates();
    showProgress();
    m_side->setUpcoming(m_session.upcoming(shownAhead), dates);
    const auto back = m_back.find(m_shown);
    m_note->setText(back != m_back.end() ? back->second.note : QString());
    showHead();
    if (detail() != nullptr) {
        showDetail(*detail(), true);
    } else {
        card()->showPending(item);
        m_side->showPending(item, dates);
        refreshPrimary();
    }
    readAhead();
    if (isVisible())
        card()->setFocus();
    Q_EMIT titleChanged();
}

void ProcessPage::showDetail(const TaskDetail& task, bool fresh) {
    if (task.task.state != TaskState::Open) { // done elsewhere; the queue says so in a moment
        m_soon.start();
        return;
    }
    const text::Dates dates = m_context.dates();
    showHead();
    card()->showTask(task, dates, fresh);
    m_side->showTask(task, dates);
    showSkipPreview();
    if (fresh) {
        const auto back = m_back.find(m_shown);
        if (back != m_back.end() && card() == m_mail && (back->second.subject || back->second.body))
            m_mail->setEdited(back->second.subject, back->second.body);
        if (m_note->text().isEmpty() && !m_note->isWriting())
            m_note->setText(back != m_back.end() ? back->second.note : toQt(task.noteDraft));
    }
    refreshPrimary();
}

void ProcessPage::showSkipPreview() {
    const TaskDetail* task = detail();
    const TaskOutcome* outcome = m_reader->skipped(m_shown);
    m_side->setSkipPreview(task != nullptr && outcome != nullptr ? skipPreview(*outcome, *task, m_context.dates()) : QString());
}

void ProcessPage::showHead() {
    const TaskDetail* task = detail();
    if (const auto* entry = m_session.current())
        m_head->show(task != nullptr ? task->item : entry->item, task, m_statuses, m_context.workspace.clock().now());
}

void ProcessPage::showProgress() { m_top->showProgress(m_session, m_doneHere, int(m_since.milliseconds() / 1000)); }

void ProcessPage::refreshPrimary() {
    m_primaryAction->setText(card()->primaryText());
    m_actionBar->primary()->setGlyph(card()->primaryIcon());
    const bool isMail = card() == m_mail;
    m_editAction->setEnabled(isMail && detail() != nullptr);
    m_outcome->setEnabled(detail() != nullptr);
    m_actionBar->setShown(m_outcome, card() != m_call); // the call's card has them
}

void ProcessPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    const theme::Tokens& t = theme::tokens(this);
    const bool narrow = width() < t.size.textColumn + t.size.detailPaneMin + t.space.xxl;
    m_side->setFixedWidth(std::min(narrow ? t.size.detailPaneMin : t.size.detailPane, width() * 2 / 5));
}

} // namespace outrider::today
