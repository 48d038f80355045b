// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/process_page.h"

#include "core/base/deliver.h"
#include "ui/lead_view/lead_words.h"
#include "ui/paint/domain_looks.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/today/call_card.h"
#include "ui/today/mail_card.h"
#include "ui/today/process_side.h"
#include "ui/today/snooze.h"
#include "ui/today/task_note.h"
#include "ui/today/task_words.h"
#include "ui/today/touch_card.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"
#include "ui/widgets/popup.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace outrider::today {

using text::isolated;
using text::toQt;
using theme::Icon;
using theme::TextStyle;
using widgets::Button;
using widgets::Ink;
using widgets::Label;

namespace {

constexpr int soonMs = 80;
constexpr int readAheadTasks = 2;
constexpr int shownAhead = 3;

// Day 3 of its strategy: what the step's days add up to.
std::optional<int> dayOf(const TaskDetail& task) {
    for (const EnrolmentDetail& enrolment : task.lead.enrolments) {
        const auto& steps = enrolment.version.steps;
        if (enrolment.enrolment.id != task.task.enrolment || std::size_t(task.item.step) >= steps.size())
            continue;
        if (enrolment.version.offsetBase == OffsetBase::Enrolment)
            return steps[std::size_t(task.item.step)].dayOffset;
        int days = 0;
        for (int i = 0; i <= task.item.step; ++i)
            days += steps[std::size_t(i)].dayOffset;
        return days;
    }
    return std::nullopt;
}

} // namespace

ProcessPage::ProcessPage(const frame::Context& context, QWidget* parent)
    : Page(parent), m_context(context), m_banner(new widgets::Banner), m_actionBar(new widgets::Bar(widgets::Bar::Kind::Action)) {
    auto* column = widgets::column(this, 0);
    column->addWidget(makeTop());
    column->addWidget(m_banner);
    column->addWidget(makeHead());
    column->addWidget(makeBody(), 1);
    column->addWidget(m_actionBar);
    m_banner->hide();
    makeCommands();
    makeActionBar();

    m_soon.setSingleShot(true);
    m_soon.setInterval(soonMs);
    connect(&m_soon, &QTimer::timeout, this, &ProcessPage::refreshQueue);
    m_clock.setInterval(20 * 1000);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        if (isVisible() && current() != nullptr) {
            showHead(*current(), detail());
            showProgress();
        }
    });
    m_clock.start();
    connect(&m_context.workspace, &Workspace::changed, this, &ProcessPage::touched);
}

ProcessPage::~ProcessPage() = default;

// ── Making it ─────────────────────────────────────────────────────────────────────────────────────

QWidget* ProcessPage::makeTop() {
    const theme::Tokens& t = theme::tokens(this);
    auto* top = new widgets::Area(widgets::Area::Ground::Surface, Qt::BottomEdge);
    top->setFixedHeight(t.size.toolbar);
    auto* row = widgets::row(top, t.space.l, {t.space.l, 0, t.space.l, 0});
    m_progressText = new Label(TextStyle::Title);
    m_progress = new widgets::ProgressLine;
    m_progress->setMaximumWidth(t.size.paletteWidth / 2);
    m_progress->setAccessibleName(tr("Tasks done"));
    row->addWidget(m_progressText);
    row->addWidget(m_progress, 2);
    for (const Channel channel : channels) {
        Count& count = m_counts.at(std::size_t(channel));
        count.holder = new QWidget;
        auto* pair = widgets::row(count.holder, t.space.iconGap);
        pair->addWidget(new widgets::IconLabel(paint::channelIcon(channel)));
        count.number = new Label(TextStyle::Meta, Ink::Muted);
        pair->addWidget(count.number);
        row->addWidget(count.holder);
    }
    row->addStretch(1);
    m_left = new Label(TextStyle::Meta, Ink::Muted);
    row->addWidget(m_left);
    m_leave = new Button(Button::Kind::Ghost, {});
    row->addWidget(m_leave);
    return top;
}

QWidget* ProcessPage::makeHead() {
    const theme::Tokens& t = theme::tokens(this);
    auto* head = new widgets::Area(widgets::Area::Ground::Surface, Qt::BottomEdge);
    auto* row = widgets::row(head, t.space.l, {t.space.xl, t.space.m, t.space.xl, t.space.m});
    auto* who = new QWidget;
    auto* whoColumn = widgets::column(who, t.space.xs);
    auto* nameLine = new QWidget;
    auto* nameRow = widgets::row(nameLine, t.space.s);
    m_name = new Label(TextStyle::Display);
    m_name->setEliding(true);
    m_status = new widgets::ChipLabel;
    m_score = new widgets::ChipLabel;
    m_time = new widgets::ChipLabel;
    nameRow->addWidget(m_name);
    nameRow->addSpacing(t.space.xs);
    for (auto* chip : {m_status, m_score, m_time})
        nameRow->addWidget(chip);
    nameRow->addStretch(1);
    auto* jobLine = new QWidget;
    auto* jobRow = widgets::row(jobLine, t.space.xs);
    m_job = new Label(TextStyle::Body, Ink::Muted);
    m_company = new Label;
    m_facts = new Label(TextStyle::Body, Ink::Muted);
    for (Label* each : {m_job, m_company, m_facts}) {
        each->setEliding(true);
        jobRow->addWidget(each, each == m_facts ? 1 : 0);
    }
    m_facts->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // gives way first
    whoColumn->addWidget(nameLine);
    whoColumn->addWidget(jobLine);
    row->addWidget(who, 1);

    auto* what = new QWidget;
    auto* whatColumn = widgets::column(what, t.space.xs);
    auto* stepLine = new QWidget;
    auto* stepRow = widgets::row(stepLine, t.space.iconGap);
    m_stepIcon = new widgets::IconLabel(Icon::None);
    m_step = new Label(TextStyle::BodyStrong);
    stepRow->addStretch(1);
    stepRow->addWidget(m_stepIcon);
    stepRow->addWidget(m_step);
    m_strategy = new Label(TextStyle::Body, Ink::Muted);
    whatColumn->addWidget(stepLine);
    whatColumn->addWidget(m_strategy, 0, Qt::AlignRight);
    row->addWidget(what);
    return head;
}

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
    const auto add = [&](const QString& id, const QString& text, Icon icon, const QList<QKeySequence>& keys, std::function<void()> run,
                         const QString& keywords = {}) {
        return m_context.commands.add(this, {id, text, group, icon, keys, keywords}, std::move(run));
    };
    m_primaryAction = add(QStringLiteral("process.primary"), tr("Do it, then the next"), Icon::Check,
                          {QKeySequence(Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Return)}, [this] { primary(); }, tr("send call done"));
    add(QStringLiteral("process.snooze"), tr("Snooze"), Icon::Clock, {QKeySequence(Qt::Key_S)}, [this] { snooze(); }, tr("later postpone"));
    add(QStringLiteral("process.skip"), tr("Skip step"), Icon::Skip, {QKeySequence(Qt::Key_X)}, [this] { skip(); }, tr("leave out"));
    m_noteAction = add(QStringLiteral("process.note"), tr("Note"), Icon::StickyNote, {QKeySequence(Qt::Key_N)}, [this] { m_note->write(); });
    add(QStringLiteral("process.next"), tr("Next, previous"), Icon::ChevronDown, {QKeySequence(Qt::Key_J)}, [this] { move(1); });
    add(QStringLiteral("process.previous"), tr("Previous task"), Icon::ChevronUp, {QKeySequence(Qt::Key_K)}, [this] { move(-1); });
    add(QStringLiteral("process.doNotContact"), tr("Do not contact"), Icon::Ban, {QKeySequence(Qt::Key_D)}, [this] { doNotContact(); }, tr("opt out suppress"));
    m_editAction = add(QStringLiteral("process.edit"), tr("Edit"), Icon::Pencil, {QKeySequence(Qt::Key_E)}, [this] { edit(); }, tr("text message"));
    m_historyAction = add(QStringLiteral("process.history"), tr("Timeline"), Icon::History, {QKeySequence(Qt::Key_H)}, [this] {
        if (m_side->timeline()->hasFocus())
            card()->setFocus();
        else
            m_side->timeline()->setFocus(Qt::ShortcutFocusReason);
    });
    add(QStringLiteral("process.open"), tr("Open lead"), Icon::User, {QKeySequence(Qt::Key_O)}, [this] {
        if (const auto* item = current())
            m_context.go.openLead(item->lead);
    });
    add(QStringLiteral("process.undo"), tr("Undo"), Icon::Undo, {QKeySequence(Qt::Key_U), QKeySequence(QKeySequence::Undo)}, [this] { undo(); });
    for (const auto& [disposition, unused] : dispositionNames.entries) {
        if (disposition == Disposition::None)
            continue;
        const int number = int(disposition);
        m_outcomes << add(QStringLiteral("process.outcome%1").arg(number), text::dispositionName(disposition), Icon::Phone,
                          {QKeySequence(Qt::Key(Qt::Key_0 + number))}, [this, disposition = disposition] { complete(disposition); },
                          tr("outcome of a call"));
    }
    m_leaveAction = add(QStringLiteral("process.leave"), tr("Leave"), Icon::ArrowLeft, {QKeySequence(Qt::Key_Escape)}, [this] {
        if (!stepBack())
            leave();
    });
    m_leave->bind(m_leaveAction);
    m_mail->setEditAction(m_editAction);
    m_call->setOutcomeActions(m_outcomes);
    m_note->setKeyHint(frame::keyText(m_noteAction));
    m_side->setHistoryKey(frame::keyText(m_historyAction));
}

void ProcessPage::makeActionBar() {
    const theme::Tokens& t = theme::tokens(this);
    m_actionBar->layout()->setContentsMargins(t.space.xl, 0, t.space.xl, 0);
    m_primary = new Button(Button::Kind::Primary, {});
    m_primary->bind(m_primaryAction);
    m_actionBar->add(m_primary);
    const auto add = [&](const QString& text, const QString& keys, Button::Kind kind, const std::function<void()>& run) {
        auto* button = new Button(kind, text);
        button->setKeyHint(keys);
        connect(button, &Button::clicked, this, run);
        m_actionBar->add(button);
        return button;
    };
    m_snooze = add(tr("Snooze"), tr("S"), Button::Kind::Ghost, [this] { snooze(); });
    auto* skipButton = add(tr("Skip step"), tr("X"), Button::Kind::Ghost, [this] { skip(); });
    m_outcome = add(tr("Outcome"), tr("1–6"), Button::Kind::Ghost, [this] { askOutcome(); });
    auto* note = add(tr("Note"), tr("N"), Button::Kind::Ghost, [this] { m_note->write(); });
    auto* next = add(tr("Next"), tr("J"), Button::Kind::Ghost, [this] { move(1); });
    auto* previous = add(tr("Previous"), tr("K"), Button::Kind::Ghost, [this] { move(-1); });
    auto* ban = add(tr("Do not contact"), tr("D"), Button::Kind::Danger, [this] { doNotContact(); });
    m_secondary = {m_snooze, skipButton, ban, m_outcome, next, previous, note};
    m_actionBar->addStretch();
    m_toastSlot = new QWidget;
    m_toastSlot->setFixedSize(t.size.detailPane - t.space.xl - t.space.l, t.size.toast);
    m_actionBar->add(m_toastSlot);
}

// ── Reading ───────────────────────────────────────────────────────────────────────────────────────

void ProcessPage::start(std::optional<TaskId> first) {
    const int generation = ++m_generation;
    m_filter = m_scope ? m_scope() : QueueFilter{};
    m_session.start({});
    m_read.clear();
    m_back.clear();
    m_deeds.clear();
    m_shown = {};
    m_doneHere = 0;
    m_finishing = false;
    m_since.restart();
    m_banner->hide();
    deliver(m_context.workspace.leads().statuses(), this, [this](Result<std::vector<Status>> statuses) {
        if (!statuses)
            return;
        m_statuses = std::move(*statuses);
        if (current() != nullptr)
            showHead(*current(), detail());
    });
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
    deliver(queue.onDate(std::chrono::sys_days(std::chrono::days(QDate(1970, 1, 1).daysTo(tomorrow)))), this, std::move(filtered));
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
    for (auto& [task, read] : m_read) {
        if (read.stale && !read.asked)
            readDetail(task);
    }
}

void ProcessPage::readDetail(TaskId task) {
    Read& read = m_read[task];
    read.asked = true;
    read.stale = false;
    const int generation = m_generation;
    deliver(m_context.workspace.queue().open(task), this, [this, task, generation](Result<TaskDetail> detail) {
        const auto found = m_read.find(task);
        if (generation != m_generation || found == m_read.end())
            return;
        Read& its = found->second;
        its.asked = false;
        if (!detail) {
            if (task == m_shown)
                m_banner->show(widgets::Banner::Tone::Bad, text::sentence(detail.error()));
            return;
        }
        const bool fresh = !its.detail;
        its.detail = std::move(*detail);
        if (task == m_shown)
            showDetail(*its.detail, fresh);
        if (its.stale) // changed while it was read
            readDetail(task);
    });
    deliver(m_context.workspace.queue().previewSkip(task), this, [this, task, generation](Result<TaskOutcome> outcome) {
        const auto found = m_read.find(task);
        if (generation != m_generation || found == m_read.end() || !outcome)
            return;
        found->second.skipped = *outcome;
        if (task == m_shown)
            showSkipPreview();
    });
}

void ProcessPage::readAhead() {
    std::set<TaskId> kept{m_shown};
    for (const QueueItem& item : m_session.upcoming(readAheadTasks)) {
        kept.insert(item.task);
        const Read& read = m_read[item.task];
        if (read.stale && !read.asked)
            readDetail(item.task);
    }
    std::erase_if(m_read, [&](const auto& each) { return !kept.contains(each.first); });
}

void ProcessPage::touched(const ChangeSet& changes) {
    if (!m_shown)
        return;
    const bool everything = changes.touches(EntityKind::Mailbox) || changes.touches(EntityKind::Strategy) || changes.touches(EntityKind::Setting)
                            || changes.touches(EntityKind::Suppression);
    for (auto& [task, read] : m_read) {
        const std::int64_t lead = read.detail ? read.detail->item.lead.value : 0;
        const bool mail = read.detail && read.detail->item.channel == Channel::Email; // how many left today
        if (everything || changes.touches(EntityKind::Task, task.value) || changes.touches(EntityKind::Lead, lead)
            || changes.touches(EntityKind::Timeline, lead) || (mail && task == m_shown && changes.touches(EntityKind::Outbox)))
            read.stale = true;
    }
    if (isVisible())
        m_soon.start();
}

// ── Showing ───────────────────────────────────────────────────────────────────────────────────────

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

bool ProcessPage::stepBack() {
    if (m_cards->currentWidget() == m_mail && m_mail->isEditing()) {
        m_mail->setEditing(false);
        return true;
    }
    QWidget* focus = focusWidget();
    if (m_note->isWriting() || m_side->timeline()->hasFocus() || (focus != nullptr && focus != card() && card()->isAncestorOf(focus))) {
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
    return entry != nullptr && entry->state == ProcessSession::State::Open && entry->item.task == m_shown ? &entry->item : nullptr;
}

const TaskDetail* ProcessPage::detail() const {
    const auto found = m_read.find(m_shown);
    return found != m_read.end() && found->second.detail ? &*found->second.detail : nullptr;
}

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
    m_cards->setCurrentWidget(typed ? static_cast<QWidget*>(m_mail) : item.channel == Channel::Call ? static_cast<QWidget*>(m_call) : m_touch);
    const text::Dates dates = m_context.dates();
    showProgress();
    m_side->setUpcoming(m_session.upcoming(shownAhead), dates);
    const auto back = m_back.find(m_shown);
    m_note->setText(back != m_back.end() ? back->second.note : QString());
    Read& read = m_read[m_shown];
    showHead(item, detail());
    if (read.detail) {
        showDetail(*read.detail, true);
    } else {
        card()->showPending(item);
        m_side->showPending(item, dates);
        refreshPrimary();
    }
    if (read.stale && !read.asked)
        readDetail(m_shown);
    readAhead();
    fitActionBar();
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
    showHead(task.item, &task);
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
    const auto read = m_read.find(m_shown);
    const bool known = read != m_read.end() && read->second.detail && read->second.skipped;
    m_side->setSkipPreview(known ? skipPreview(*read->second.skipped, *read->second.detail, m_context.dates()) : QString());
}

void ProcessPage::showHead(const QueueItem& item, const TaskDetail* task) {
    m_name->setText(toQt(item.leadName));
    m_stepIcon->setIcon(paint::channelIcon(item.channel), Ink::Muted);
    m_step->setText(stepLine(item));
    QString strategy = toQt(item.strategyName);
    if (task != nullptr) {
        if (const auto day = dayOf(*task))
            strategy = tr("%1. Day %2").arg(isolated(strategy)).arg(*day);
    }
    m_strategy->setText(strategy);
    m_score->setChip({.text = tr("Score %1").arg(item.score)});
    m_company->setText(toQt(item.companyName));
    if (task == nullptr) {
        m_job->setText({});
        m_facts->setText({});
        m_status->hide();
        m_time->hide();
        return;
    }
    const LeadDetail& lead = task->lead;
    const QString job = toQt(lead.lead.jobTitle);
    m_job->setText(job.isEmpty() || lead.lead.companyName.empty() ? job : job + QLatin1Char(','));
    m_company->setText(toQt(lead.lead.companyName));
    const QString facts = lead.company ? lead_view::companyFacts(*lead.company) : QString();
    m_facts->setText(facts.isEmpty() ? facts : QStringLiteral("· ") + facts);
    const auto status = std::ranges::find(m_statuses, lead.lead.status, &Status::id);
    const paint::Chip standing = paint::standingChip(status != m_statuses.end() ? *status : Status{.id = lead.lead.status, .key = {}, .name = {}}, lead.lead.reach);
    m_status->setChip(standing);
    m_status->setVisible(!standing.text.isEmpty());
    const auto local = lead_view::localTime(lead, m_context.workspace.clock().now());
    const QString there = local.place.isEmpty() ? local.time : tr("%1 %2").arg(local.place, local.time);
    m_time->setChip({.text = lead.insideHours ? tr("%1, inside hours").arg(there) : tr("%1, outside hours").arg(there),
                     .tone = lead.insideHours ? paint::Tone::Ok : paint::Tone::Warn,
                     .icon = Icon::Clock});
    m_time->show();
    fitHead();
}

// The score gives way when name, status and time need the room.
void ProcessPage::fitHead() {
    const theme::Tokens& t = theme::tokens(this);
    int needed = m_name->sizeHint().width() + m_score->sizeHint().width() + m_step->parentWidget()->sizeHint().width() + 2 * t.space.xl + 6 * t.space.s;
    for (const auto* chip : {m_status, m_time})
        needed += chip->isHidden() ? 0 : chip->sizeHint().width();
    m_score->setVisible(needed <= width());
}

void ProcessPage::showProgress() {
    const QLocale locale;
    m_progressText->setText(tr("Task %1 of %2").arg(locale.toString(m_session.position()), locale.toString(m_session.total())));
    m_progress->setFraction(m_session.total() == 0 ? 0 : double(m_session.total() - m_session.open()) / m_session.total());
    const auto open = m_session.openByChannel();
    for (const Channel channel : channels) {
        const Count& count = m_counts.at(std::size_t(channel));
        const int number = open.at(std::size_t(channel));
        count.number->setText(locale.toString(number));
        count.number->setAccessibleName(text::channelPlural(channel, number));
        count.holder->setVisible(number > 0 || channel != Channel::Sms);
    }
    const int seconds = m_session.secondsLeft(m_doneHere, int(m_since.milliseconds() / 1000));
    const int minutes = (seconds + 59) / 60;
    m_left->setText(minutes <= 1 ? tr("About a minute left") : tr("About %1 minutes left").arg(locale.toString(minutes)));
}

void ProcessPage::refreshPrimary() {
    m_primaryAction->setText(card()->primaryText());
    m_primary->setGlyph(card()->primaryIcon());
    const bool isMail = card() == m_mail;
    m_editAction->setEnabled(isMail && detail() != nullptr);
    m_outcome->setEnabled(detail() != nullptr);
    fitActionBar();
}

void ProcessPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    const theme::Tokens& t = theme::tokens(this);
    const bool narrow = width() < t.size.textColumn + t.size.detailPaneMin + t.space.xxl;
    m_side->setFixedWidth(std::min(narrow ? t.size.detailPaneMin : t.size.detailPane, width() * 2 / 5));
    fitHead();
    fitActionBar();
}

// What does not fit beside the toast's place is left out, the least important first; its key acts all the same.
void ProcessPage::fitActionBar() {
    const theme::Tokens& t = theme::tokens(this);
    int room = width() - 2 * t.space.xl - m_toastSlot->width() - m_primary->sizeHint().width() - t.space.xl;
    for (Button* button : std::as_const(m_secondary)) {
        room -= button->sizeHint().width() + t.space.s;
        const bool shown = room >= 0 && !(button == m_outcome && card() == m_call); // the call's card has them
        if (button == m_outcome && card() == m_call)
            room += button->sizeHint().width() + t.space.s;
        button->setVisible(shown);
    }
}

// ── Acting ────────────────────────────────────────────────────────────────────────────────────────

void ProcessPage::primary() {
    const TaskDetail* task = detail();
    if (current() == nullptr || task == nullptr)
        return; // nothing is sent that was not shown
    const Problem& problem = card()->problem();
    const bool written = card() == m_mail && (m_mail->editedSubject() || m_mail->editedBody()) && task->draft && task->draft->problem
                         && task->draft->problem->code == ErrorCode::MissingVariable;
    if (!problem.sentence.isEmpty() && problem.blocks && !written) {
        card()->showWayOut();
        return;
    }
    if (card() == m_call && !m_call->isRunning()) {
        m_call->startCall();
        return;
    }
    if (card() == m_touch && m_touch->isToBeOpened()) {
        m_touch->openTarget();
        return;
    }
    complete(Disposition::None);
}

void ProcessPage::complete(Disposition disposition) {
    if (current() == nullptr || detail() == nullptr)
        return;
    const QueueItem item = *current();
    TaskCompletion completion{.disposition = disposition, .note = m_note->text().toStdString()};
    if (card() == m_call)
        completion.durationSeconds = m_call->seconds();
    if (card() == m_mail && disposition == Disposition::None) {
        completion.subject = m_mail->editedSubject();
        completion.body = m_mail->editedBody();
    }
    const Deed deed = take();
    deliver(m_context.workspace.queue().complete(item.task, std::move(completion)), this,
            [this, deed, item, disposition](Result<TaskOutcome> outcome) {
                if (!outcome) {
                    failed(deed, outcome.error(), tr("%1 is still to be done.").arg(isolated(toQt(item.leadName))));
                    return;
                }
                if (outcome->leavesAt)
                    m_context.tell.sending(toQt(item.leadName), *outcome->leavesAt);
                else
                    m_context.tell.done(doneText(item, disposition, *outcome, m_context.dates()), true, paint::channelIcon(item.channel));
                stored(deed, outcome->action);
            });
}

void ProcessPage::skip() {
    if (current() == nullptr)
        return;
    const QueueItem item = *current();
    const std::string note = m_note->text().toStdString();
    const Deed deed = take();
    deliver(m_context.workspace.queue().skip(item.task, note), this, [this, deed, item](Result<TaskOutcome> outcome) {
        if (!outcome) {
            failed(deed, outcome.error(), tr("The step was not skipped."));
            return;
        }
        m_context.tell.done(skippedText(item, *outcome, m_context.dates()), true, Icon::Skip);
        stored(deed, outcome->action);
    });
}

void ProcessPage::snooze() {
    if (current() == nullptr)
        return;
    QWidget* anchor = m_snooze->isVisible() ? static_cast<QWidget*>(m_snooze) : m_primary;
    askMoment(anchor, m_context, tr("Snooze until"), [this, item = *current()](Instant until) { snoozeUntil(item, until); });
}

void ProcessPage::snoozeUntil(QueueItem item, Instant until) {
    if (current() == nullptr || current()->task != item.task)
        return;
    flushNote();
    const Deed deed = take();
    deliver(m_context.workspace.queue().snooze(item.task, until), this, [this, deed, item, until](Result<> result) {
        if (!result) {
            failed(deed, result.error(), tr("The task was not snoozed."));
            return;
        }
        m_context.tell.done(snoozedText(item, until, m_context.dates()), true, Icon::Clock);
        stored(deed, {});
    });
}

void ProcessPage::doNotContact() {
    if (current() == nullptr)
        return;
    const QueueItem item = *current();
    flushNote();
    const Deed deed = take();
    deliver(m_context.workspace.leads().doNotContact(item.lead), this, [this, deed, item](Result<> result) {
        if (!result) {
            failed(deed, result.error(), tr("Nothing was changed."));
            return;
        }
        m_context.tell.done(notContactedText(item), true, Icon::Ban);
        stored(deed, {});
    });
}

ProcessPage::Deed ProcessPage::take() {
    Deed deed{.task = m_shown, .action = {}, .note = m_note->text(), .subject = {}, .body = {}};
    if (card() == m_mail) {
        deed.subject = m_mail->editedSubject();
        deed.body = m_mail->editedBody();
    }
    ++m_writes;
    ++m_writeCount;
    ++m_doneHere;
    m_banner->hide();
    m_back.erase(deed.task);
    m_session.close(deed.task);
    next();
    return deed;
}

void ProcessPage::stored(const Deed& deed, ActionId action) {
    --m_writes;
    m_deeds.push_back(deed);
    if (action)
        m_deeds.back().action = action;
    m_soon.start();
    finishWhenStored();
}

void ProcessPage::failed(const Deed& deed, const Error& error, const QString& what) {
    --m_writes;
    bringBack(deed);
    m_banner->show(widgets::Banner::Tone::Bad, tr("%1 %2").arg(what, text::sentence(error)));
    m_soon.start();
}

void ProcessPage::bringBack(const Deed& deed) {
    if (current() != nullptr)
        flushNote(); // of the one that was being looked at
    m_doneHere = std::max(0, m_doneHere - 1);
    m_finishing = false;
    m_back[deed.task] = deed;
    m_read.erase(deed.task); // it may have changed
    m_session.bringBack(deed.task);
    showCurrent();
}

void ProcessPage::next() {
    if (m_session.advance()) {
        showCurrent();
        return;
    }
    m_finishing = true;
    showProgress();
    m_note->setText({});
    finishWhenStored();
}

void ProcessPage::finishWhenStored() {
    if (m_finishing && m_writes == 0) {
        m_finishing = false;
        m_context.go.go(frame::Navigator::Place::Today);
    }
}

void ProcessPage::undo() {
    ++m_writes;
    ++m_writeCount;
    deliver(m_context.workspace.history().undo(), this, [this](Result<UndoReport> report) {
        --m_writes;
        if (!report && report.error().code == ErrorCode::UndoConflict) {
            for (const auto& entry : m_context.commands.all()) { // the window asks what to do about it
                if (entry.command.id == QLatin1String("app.undo"))
                    entry.action->trigger();
            }
            return;
        }
        if (!report) {
            m_context.tell.failed(report.error(), tr("Nothing was taken back"));
            finishWhenStored();
            return;
        }
        m_context.tell.info(tr("Taken back: %1").arg(text::actionText(report->undone.action)));
        auto deed = std::find_if(m_deeds.rbegin(), m_deeds.rend(), [&](const Deed& each) { return each.action == report->undone.id; });
        const std::string& name = report->undone.action.name;
        if (deed == m_deeds.rend() && !m_deeds.empty() && !m_deeds.back().action && (name == "task.snooze" || name == "lead.do_not_contact"))
            deed = m_deeds.rbegin();
        if (deed != m_deeds.rend()) {
            const Deed back = *deed;
            m_deeds.erase(std::next(deed).base());
            bringBack(back);
        }
        m_soon.start();
    });
}

void ProcessPage::edit() {
    if (card() == m_mail && detail() != nullptr)
        m_mail->setEditing(true);
}

void ProcessPage::move(int direction) {
    if (current() == nullptr)
        return;
    flushNote();
    if (m_session.step(direction))
        showCurrent();
}

void ProcessPage::flushNote() {
    const auto* entry = m_session.current();
    const QString note = m_note->text();
    if (note.isEmpty() || entry == nullptr || entry->item.task != m_shown)
        return;
    const LeadId lead = entry->item.lead;
    const TaskId task = m_shown;
    m_note->setText({});
    m_back.erase(task);
    ++m_writeCount;
    deliver(m_context.workspace.leads().addNote(lead, note.toStdString()), this, [this, task, note](Result<ActivityId> added) {
        if (!added) {
            m_back[task].note = note; // there again when one comes back to it
            m_context.tell.failed(added.error(), tr("The note was not saved; it is kept with its task"));
            return;
        }
        deliver(m_context.workspace.queue().keepNote(task, {}), this, [](Result<>) {});
    });
}

void ProcessPage::fillIn(const QString& field, const QString& value) {
    if (current() == nullptr)
        return;
    const TaskId task = m_shown;
    deliver(m_context.workspace.leads().edit(current()->lead, {{field.toStdString(), value.toStdString()}}), this,
            [this, task, field](Result<> result) {
                if (!result) {
                    m_context.tell.failed(result.error(), tr("%1 was not saved").arg(text::fieldName(field.toStdString())));
                    return;
                }
                if (task != m_shown)
                    return;
                card()->setFocus();
                readDetail(task);
            });
}

void ProcessPage::takeWayOut(Problem::Way way) {
    switch (way) {
    case Problem::Way::None:
    case Problem::Way::FillIn:
        break;
    case Problem::Way::EditText:
        edit();
        break;
    case Problem::Way::AddMailbox:
        m_context.go.openMailbox();
        break;
    case Problem::Way::OpenStrategy:
        if (current() != nullptr)
            m_context.go.openStrategy(current()->strategy);
        break;
    }
}

void ProcessPage::askOutcome() {
    QList<widgets::Popup::Entry> entries;
    for (QAction* action : std::as_const(m_outcomes))
        entries.append({.text = action->text(), .hint = {}, .icon = Icon::None, .key = frame::keyText(action), .run = [action] { action->trigger(); }});
    widgets::Popup::open(m_outcome, tr("Outcome"), entries);
}

} // namespace outrider::today
