// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/today_page.h"

#include "core/base/deliver.h"
#include "ui/lead_view/flow_layout.h"
#include "ui/lead_view/lead_pane.h"
#include "ui/paint/domain_looks.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/today/day_done.h"
#include "ui/today/filter_bar.h"
#include "ui/today/queue_view.h"
#include "ui/today/task_words.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"
#include "ui/widgets/segmented.h"

#include <QResizeEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace outrider::today {

using text::toQt;
using theme::Icon;
using theme::TextStyle;
using widgets::Button;
using widgets::Ink;
using widgets::Label;

namespace {

constexpr int soonMs = 80;       // several commits in a row are one reading
constexpr int detailSoonMs = 40; // a held J reads the lead it stops at

const QString columnsKey = QStringLiteral("today/columns");
const QString splitterKey = QStringLiteral("today/splitter");
const QString closedKey = QStringLiteral("today/closed");

} // namespace

TodayPage::TodayPage(const frame::Context& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_toolbar(new widgets::Toolbar),
      m_filterBar(new FilterBar),
      m_stack(new QStackedWidget),
      m_done(new DayDone),
      m_nothing(new widgets::EmptyState),
      m_filtered(new widgets::EmptyState) {
    auto* column = widgets::column(this, 0);
    column->addWidget(m_toolbar);
    column->addWidget(m_filterBar);
    column->addWidget(m_stack, 1);

    makeList();
    makeCommands();
    makeToolbar();
    connect(m_filterBar, &FilterBar::changed, this, [this] { setFilter(m_filterBar->filter()); });
    connect(m_filterBar, &FilterBar::searchDone, this, [this] { m_list->setFocus(); });
    m_pane->setActions(makeActions());

    m_nothing->setText(tr("Nothing is due yet"), tr("Put leads into a strategy and their first steps appear here."));
    auto* choose = m_nothing->addButton(tr("Choose a strategy"), true);
    connect(choose, &Button::clicked, this, [this] { m_context.go.go(frame::Navigator::Place::Strategies); });
    auto* import = m_nothing->addButton(tr("Import leads"), false);
    connect(import, &Button::clicked, this, [this] { m_context.go.openImport(); });
    m_filtered->setText(tr("No task matches"), {});
    auto* takeOff = m_filtered->addButton(tr("Take the filter off"), false);
    connect(takeOff, &Button::clicked, this, [this] { setFilter({}); });

    connect(m_done, &DayDone::workAhead, m_aheadAction, &QAction::trigger);
    connect(m_done, &DayDone::answerReplies, this, [this] { m_context.go.go(frame::Navigator::Place::Inbox); });
    connect(m_done, &DayDone::giveNextSteps, this, [this] { m_context.go.openLeads(QStringLiteral("due:none status:open")); });

    m_stack->addWidget(new QWidget); // until the queue has been read
    m_stack->addWidget(m_splitter);
    m_stack->addWidget(m_done);
    m_stack->addWidget(m_nothing);
    m_stack->addWidget(m_filtered);
    m_filterBar->hide();

    m_soon.setSingleShot(true);
    m_soon.setInterval(soonMs);
    connect(&m_soon, &QTimer::timeout, this, &TodayPage::read);
    m_detailSoon.setSingleShot(true);
    m_detailSoon.setInterval(detailSoonMs);
    connect(&m_detailSoon, &QTimer::timeout, this, &TodayPage::readDetail);
    m_minute.setInterval(60 * 1000);
    connect(&m_minute, &QTimer::timeout, this, [this] { // the day may have ended
        if (isVisible() && !m_context.dates().isToday(m_readAt))
            read();
    });
    m_minute.start();
    connect(&m_context.workspace, &Workspace::changed, this, &TodayPage::touched);
}

// ── Making it ─────────────────────────────────────────────────────────────────────────────────────

void TodayPage::makeToolbar() {
    m_toolbar->setTitle(tr("Today"));
    m_views = new widgets::Segmented(tr("View of today"), {tr("List"), tr("Calendar"), tr("Process")});
    connect(m_views, &widgets::Segmented::chosen, this, [this](int index) {
        m_views->setCurrent(0);
        if (index == 1)
            m_context.go.go(frame::Navigator::Place::Calendar);
        else if (index == 2)
            process(true);
    });
    m_toolbar->addRight(m_views);
    m_process = new Button(Button::Kind::Primary, {});
    m_process->setGlyph(Icon::Play);
    m_process->bind(m_processAction);
    m_toolbar->addRight(m_process);
}

void TodayPage::makeList() {
    m_splitter = new QSplitter(Qt::Horizontal);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(theme::tokens(this).size.hairline);
    m_list = new QueueView;
    m_list->setQueueModel(&m_model);
    m_list->setColumnWidths(m_context.preferences.text(columnsKey));
    m_list->setClosedGroups(m_context.preferences.text(closedKey));
    m_pane = new lead_view::LeadPane(m_context);
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(m_pane);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_paneMoved = m_splitter->restoreState(m_context.preferences.viewState(splitterKey));

    connect(m_list, &QueueView::currentTaskChanged, this, [this] {
        refreshActions();
        m_detailSoon.start();
    });
    connect(m_list, &QueueView::taskActivated, this, [this] { process(true); });
    connect(m_list, &QueueView::catchUpClicked, this, &TodayPage::catchUp);
    connect(m_list, &QueueView::closedGroupsChanged, this,
            [this] { m_context.preferences.setText(closedKey, m_list->closedGroups()); });
    connect(m_list, &QueueView::columnWidthsChanged, this,
            [this] { m_context.preferences.setText(columnsKey, m_list->columnWidths()); });
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] {
        m_paneMoved = true;
        m_context.preferences.setViewState(splitterKey, m_splitter->saveState());
    });
    connect(m_pane, &lead_view::LeadPane::openRequested, this, [this](LeadId lead) { m_context.go.openLead(lead); });
    connect(m_pane, &lead_view::LeadPane::closeRequested, this, [this] { showPane(false); });
}

void TodayPage::makeCommands() {
    const QString group = tr("Task");
    const auto add = [&](const char* id, const QString& text, Icon icon, const QList<QKeySequence>& keys,
                         std::function<void()> run, const QString& keywords = {}) {
        return m_context.commands.add(this, {QString::fromLatin1(id), text, group, icon, keys, keywords}, std::move(run));
    };
    const auto onTask = [&](QAction* action) {
        m_taskActions << action;
        return action;
    };
    m_processAction =
        add("today.process", tr("Process tasks"), Icon::Play, {QKeySequence(tr("Ctrl+P"))}, [this] { process(false); });
    m_startAction = onTask(add("today.start", tr("Process from this task"), Icon::Play, {QKeySequence(Qt::Key_Return)}, [this] {
        if (m_stack->currentWidget() == m_done)
            m_aheadAction->trigger();
        else
            process(true);
    }));
    auto* next = add("today.next", tr("Next task"), Icon::ChevronDown, {QKeySequence(Qt::Key_J)}, [this] { m_list->moveBy(1); });
    auto* previous =
        add("today.previous", tr("Previous task"), Icon::ChevronUp, {QKeySequence(Qt::Key_K)}, [this] { m_list->moveBy(-1); });
    next->setAutoRepeat(true);
    previous->setAutoRepeat(true);
    m_snoozeAction = onTask(add(
        "today.snooze", tr("Snooze"), Icon::Clock, {QKeySequence(Qt::Key_S)}, [this] { snooze(); }, tr("later postpone")));
    m_skipAction = onTask(add(
        "today.skip", tr("Skip"), Icon::Skip, {QKeySequence(Qt::Key_X)}, [this] { skip(); }, tr("leave out step")));
    onTask(add(
        "today.doNotContact", tr("Do not contact"), Icon::Ban, {QKeySequence(Qt::Key_D)}, [this] { doNotContact(); },
        tr("opt out suppress")));
    onTask(add("today.note", tr("Write a note"), Icon::StickyNote, {QKeySequence(Qt::Key_N)}, [this] {
        showPane(true);
        m_pane->writeNote();
    }));
    onTask(add("today.open", tr("Open lead"), Icon::User, {QKeySequence(Qt::Key_O)}, [this] {
        if (const auto* item = current())
            m_context.go.openLead(item->lead);
    }));
    for (const auto& [disposition, unused] : dispositionNames.entries) {
        if (disposition == Disposition::None)
            continue;
        const int number = int(disposition);
        m_outcomeActions << add(
            QStringLiteral("today.outcome%1").arg(number).toLatin1().constData(), text::dispositionName(disposition), Icon::Phone,
            {QKeySequence(Qt::Key(Qt::Key_0 + number))}, [this, disposition = disposition] { complete(disposition); },
            tr("outcome of a call"));
    }
    add("today.undo", tr("Undo"), Icon::Undo, {QKeySequence(Qt::Key_U), QKeySequence(QKeySequence::Undo)}, [this] { undo(); });
    add(
        "today.catchUp", tr("Catch up: move what is overdue…"), Icon::Clock, {}, [this] { catchUp(); }, tr("snooze all overdue"));
    add("today.filter", tr("Filter tasks"), Icon::Filter, {QKeySequence(Qt::Key_Slash)},
        [this] { m_filterBar->search()->setFocus(Qt::ShortcutFocusReason); });
    add("today.pane", tr("Show or hide the lead beside the list"), Icon::Panel, {QKeySequence(Qt::Key_F4)},
        [this] { showPane(m_pane->isHidden()); });
    m_aheadAction = add("today.ahead", tr("Work ahead: what is due tomorrow"), Icon::Calendar, {}, [this] {
        QueueFilter filter;
        filter.due = QueueFilter::Due::Tomorrow;
        setFilter(filter);
    });
    m_done->setAheadKey(tr("Enter"));
}

QWidget* TodayPage::makeActions() {
    const theme::Tokens& t = theme::tokens(this);
    auto* holder = new QWidget;
    auto* column = widgets::column(holder, t.space.s);
    auto* buttons = new QWidget;
    auto* row = new lead_view::FlowLayout(buttons, t.space.s);
    m_actionStart = new Button(Button::Kind::Primary, {});
    m_actionStart->setKeyHint(frame::keyText(m_startAction));
    connect(m_actionStart, &Button::clicked, m_startAction, &QAction::trigger);
    m_actionSnooze = new Button(Button::Kind::Secondary, {});
    m_actionSnooze->bind(m_snoozeAction);
    auto* skip = new Button(Button::Kind::Secondary, {});
    skip->bind(m_skipAction);
    row->addWidget(m_actionStart);
    row->addWidget(m_actionSnooze);
    row->addWidget(skip);
    column->addWidget(buttons);
    m_skipText = new Label(TextStyle::Meta, Ink::Muted);
    m_skipText->setWordWrap(true);
    column->addWidget(m_skipText);
    return holder;
}

// ── Reading ───────────────────────────────────────────────────────────────────────────────────────

QString TodayPage::pageTitle() const { return tr("Today"); }

QString TodayPage::subject() const {
    const auto* item = current();
    return item != nullptr ? toQt(item->leadName) : QString();
}

void TodayPage::enter() {
    if (m_stale)
        read();
    if (m_stack->currentWidget() == m_done)
        m_done->takeFocus();
    else
        m_list->setFocus();
}

bool TodayPage::stepBack() {
    if (m_filterBar->search()->hasFocus() && m_filterBar->search()->text().isEmpty()) {
        m_list->setFocus();
        return true;
    }
    if (m_filter.isOn()) {
        setFilter({});
        m_list->setFocus();
        return true;
    }
    return false;
}

void TodayPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    if (m_stale)
        read();
}

void TodayPage::touched(const ChangeSet& changes) {
    if (!changes.touches(EntityKind::Task) && !changes.touches(EntityKind::Lead) && !changes.touches(EntityKind::Strategy)
        && !changes.touches(EntityKind::Outbox) && !changes.touches(EntityKind::Message) && !changes.touches(EntityKind::Setting))
        return;
    m_stale = true;
    if (isVisible())
        m_soon.start();
}

void TodayPage::read() {
    m_soon.stop();
    m_stale = false;
    const int question = ++m_question;
    if (m_writes > 0) { // read again when they are over
        m_stale = true;
        return;
    }
    deliver(m_context.workspace.queue().today(), this, [this, question](Result<Today> today) {
        if (question != m_question)
            return;
        if (!today) {
            m_context.tell.failed(today.error(), tr("Today's tasks could not be read"));
            return;
        }
        if (m_writes > 0)
            m_stale = true;
        else
            received(*today);
    });
}

void TodayPage::received(const Today& today) {
    m_today = today;
    m_known = true;
    m_readAt = m_context.workspace.clock().now();
    if (m_filter.due != QueueFilter::Due::Tomorrow) {
        show(m_today.items);
        return;
    }
    const int question = m_question;
    deliver(m_context.workspace.queue().onDate(today.date + std::chrono::days(1)), this,
            [this, question](Result<Today> tomorrow) {
                if (question != m_question || m_filter.due != QueueFilter::Due::Tomorrow)
                    return;
                if (!tomorrow) {
                    m_context.tell.failed(tomorrow.error(), tr("Tomorrow's tasks could not be read"));
                    return;
                }
                m_tomorrow = tomorrow->items;
                show(m_tomorrow);
            });
}

void TodayPage::show(const std::vector<QueueItem>& items) {
    const text::Dates dates = m_context.dates();
    const std::vector<QueueItem> shown = m_filter.applied(items);
    m_model.setQueue(shown, m_filter.isOn() ? std::nullopt : std::optional(m_today.counts), dates);
    if (m_select && m_model.indexOf(*m_select).isValid()) {
        m_list->setCurrentTask(*m_select);
        m_select.reset();
    } else if (!m_list->currentTask() && m_model.firstTask().isValid()) {
        m_list->setCurrentIndex(m_model.firstTask());
    }
    m_toolbar->setSubtitle(dates.longDate(m_readAt));
    const int count = m_model.taskCount();
    m_processAction->setText(tr("Process %1").arg(text::counted(count, tr("task"), tr("tasks"))));
    m_processAction->setEnabled(count > 0);
    m_filterBar->setQueue(m_today, items);
    chooseView();
    refreshActions();
    m_detailSoon.start();
}

void TodayPage::chooseView() {
    QWidget* view = m_splitter;
    const bool tomorrow = m_filter.due == QueueFilter::Due::Tomorrow;
    if (m_model.taskCount() == 0) {
        if (m_filter.isOn() && (tomorrow || !m_today.items.empty())) {
            view = m_filtered;
        } else {
            view = m_today.summary.done + m_today.summary.skipped > 0 ? static_cast<QWidget*>(m_done) : m_nothing;
        }
    }
    const bool wasInside = m_stack->currentWidget() != nullptr && m_stack->currentWidget()->isAncestorOf(focusWidget());
    const bool changes = view != m_stack->currentWidget();
    if (view == m_done) {
        m_done->showDay(m_today, m_context.dates(), m_readAt);
        readAside();
    }
    m_stack->setCurrentWidget(view);
    const bool working = view == m_splitter || view == m_filtered;
    m_filterBar->setVisible(working);
    m_process->setVisible(working);
    if (changes && isVisible() && (wasInside || focusWidget() == nullptr || focusWidget() == this)) {
        if (view == m_done)
            m_done->takeFocus();
        else if (view == m_splitter)
            m_list->setFocus();
    }
}

void TodayPage::readAside() {
    const int question = m_question;
    deliver(m_context.workspace.outbox().counts(), this, [this, question](Result<OutboxCounts> counts) {
        if (question == m_question && counts)
            m_done->setOutbox(*counts, m_context.dates());
    });
    deliver(m_context.workspace.conversations().counts(), this, [this, question](Result<ConversationCounts> counts) {
        if (question == m_question && counts)
            m_done->setReplies(counts->toAnswer);
    });
}

void TodayPage::readDetail() {
    const auto task = m_list->currentTask();
    if (!task) {
        if (m_model.taskCount() == 0) {
            m_detailTask = {};
            m_detail.reset();
            m_pane->clear();
        }
        return;
    }
    if (!isVisible() || m_pane->isHidden())
        return;
    const int question = ++m_detailQuestion;
    const bool other = *task != m_detailTask;
    if (other)
        m_skipText->setText({});
    deliver(m_context.workspace.queue().open(*task), this, [this, question](Result<TaskDetail> detail) {
        if (question != m_detailQuestion || !detail) // gone meanwhile: the list is read again and says so
            return;
        m_detailTask = detail->task.id;
        m_detail = std::move(*detail);
        m_pane->showTask(*m_detail);
        showSkipPreview();
    });
    deliver(m_context.workspace.queue().previewSkip(*task), this, [this, question, task = *task](Result<TaskOutcome> outcome) {
        if (question != m_detailQuestion || !outcome)
            return;
        m_skipped = *outcome;
        m_skippedTask = task;
        showSkipPreview();
    });
}

void TodayPage::showSkipPreview() {
    const bool known = m_detail && m_detail->task.id == m_skippedTask;
    m_skipText->setText(known ? skipPreview(m_skipped, *m_detail, m_context.dates()) : QString());
}

void TodayPage::refreshActions() {
    const auto* item = current();
    for (QAction* action : std::as_const(m_taskActions))
        action->setEnabled(item != nullptr);
    if (m_stack->currentWidget() == m_done) // its Enter works ahead
        m_startAction->setEnabled(m_today.tomorrow.total() > 0);
    for (QAction* action : std::as_const(m_outcomeActions))
        action->setEnabled(item != nullptr && item->channel == Channel::Call);
    if (item == nullptr)
        return;
    m_actionStart->setGlyph(paint::channelIcon(item->channel));
    m_actionStart->setText(item->channel == Channel::Call    ? tr("Call")
                           : item->channel == Channel::Email ? tr("Send…")
                                                             : tr("Open"));
}

// ── Acting ────────────────────────────────────────────────────────────────────────────────────────

const QueueItem* TodayPage::current() const {
    const auto* row = m_model.rowAt(m_list->currentIndex());
    return row != nullptr && m_stack->currentWidget() == m_splitter ? &row->item : nullptr;
}

void TodayPage::process(bool fromCurrent) { m_context.go.process(fromCurrent ? m_list->currentTask() : std::nullopt); }

void TodayPage::setFilter(QueueFilter filter) {
    const bool otherDay = (filter.due == QueueFilter::Due::Tomorrow) != (m_filter.due == QueueFilter::Due::Tomorrow);
    m_filter = std::move(filter);
    m_filterBar->setFilter(m_filter);
    if (!m_known)
        return;
    if (otherDay) {
        m_tomorrow.clear();
        read();
    } else {
        show(m_filter.due == QueueFilter::Due::Tomorrow ? m_tomorrow : m_today.items);
    }
}

// ── The pane ──────────────────────────────────────────────────────────────────────────────────────

void TodayPage::showPane(bool on) {
    m_paneWanted = on;
    m_paneForced = on;
    m_pane->setVisible(on);
    if (on)
        readDetail();
}

void TodayPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    // Beside a narrow list it would take the reasons away: then it is there only when asked for.
    const theme::Tokens& t = theme::tokens(this);
    if (!m_paneMoved) {
        const int pane = std::clamp(event->size().width() * 35 / 100, t.size.detailPaneMin, t.size.detailPane);
        m_splitter->setSizes({event->size().width() - pane, pane});
    }
    const bool fits = event->size().width() >= t.size.textColumn + t.size.detailPaneMin;
    const bool show = m_paneWanted && (fits || m_paneForced);
    if (show == m_pane->isHidden()) {
        m_pane->setVisible(show);
        if (show)
            m_detailSoon.start();
    }
}

} // namespace outrider::today
