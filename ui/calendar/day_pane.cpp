// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/day_pane.h"

#include "core/base/deliver.h"
#include "ui/calendar/calendar_words.h"
#include "ui/text/meeting_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/button.h"

#include <QAction>
#include <QDateTime>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>

namespace outrider::calendar {

using text::toQt;
using theme::Icon;
using theme::TextStyle;
using widgets::Ink;
using widgets::Label;

namespace {
constexpr int pageRows = 50;
} // namespace

DayPane::DayPane(const frame::Context& context, QWidget* parent)
    : Area(Ground::Surface, {}, parent),
      m_context(context),
      m_title(new Label(TextStyle::Title)),
      m_subtitle(new Label(TextStyle::Body, Ink::Muted)),
      m_over(new QWidget),
      m_overTitle(new Label(TextStyle::BodyStrong, Ink::Danger)),
      m_met(new widgets::Section(tr("Meetings"))),
      m_caps(new widgets::Section(tr("Load of the day"))),
      m_tasksTitle(new Label(TextStyle::Section)),
      m_whole(new widgets::Button(widgets::Button::Kind::Ghost, tr("Whole day"))),
      m_list(new DayTasks),
      m_selected(new widgets::Section(tr("Selected task"))),
      m_taskTitle(new Label(TextStyle::BodyStrong)),
      m_taskStep(new Label(TextStyle::Body, Ink::Muted)),
      m_taskHours(new Label(TextStyle::Body, Ink::Muted)) {
    const theme::Tokens& t = theme::tokens(this);
    setAccessibleName(tr("Day"));
    auto* column = widgets::column(this, 0);
    auto* head = new QWidget;
    auto* headColumn = widgets::column(head, 0, QMargins(t.space.l, t.space.m, t.space.l, t.space.m));
    m_title->setEliding(true);
    headColumn->addWidget(m_title);
    headColumn->addWidget(m_subtitle);
    column->addWidget(head);
    column->addWidget(new widgets::Line);

    auto* overColumn = widgets::column(m_over, t.space.xs, QMargins(t.space.l, t.space.m, t.space.l, t.space.m));
    auto* overHead = new QWidget;
    auto* overRow = widgets::row(overHead, t.space.s);
    overRow->addWidget(new widgets::IconLabel(Icon::TriangleAlert, Ink::Danger));
    overRow->addWidget(m_overTitle, 1);
    overColumn->addWidget(overHead);
    auto* overText = new Label(TextStyle::Body, Ink::Text,
                               tr("What is over the cap waits until a mailbox has room again. No step is skipped."));
    overText->setWordWrap(true);
    overColumn->addWidget(overText);
    auto* raise = new widgets::Button(widgets::Button::Kind::Secondary, tr("Raise cap…"));
    connect(raise, &widgets::Button::clicked, this, [this] { m_context.go.openMailbox(m_fullMailbox); });
    auto* verbs = new QWidget;
    auto* verbRow = widgets::row(verbs, t.space.s);
    verbRow->addWidget(raise);
    verbRow->addStretch(1);
    overColumn->addWidget(verbs);
    overColumn->addWidget(new widgets::Line);
    column->addWidget(m_over);
    m_over->hide();

    column->addWidget(m_met);
    m_metLine = new widgets::Line;
    column->addWidget(m_metLine);
    m_met->hide();
    m_metLine->hide();
    column->addWidget(m_caps);
    m_capsLine = new widgets::Line;
    column->addWidget(m_capsLine);
    auto* tasksHead = new QWidget;
    auto* tasksRow = widgets::row(tasksHead, t.space.s, QMargins(t.space.l, t.space.s, t.space.l, t.space.xs));
    m_tasksTitle->setEliding(true);
    tasksRow->addWidget(m_tasksTitle, 1);
    m_whole->setSize(widgets::Button::Size::Small);
    m_whole->hide();
    tasksRow->addWidget(m_whole);
    tasksHead->setMinimumHeight(t.size.groupHeader);
    column->addWidget(tasksHead);
    column->addWidget(m_list, 1);
    m_list->setMinimumHeight(2 * t.size.row);
    column->addWidget(new widgets::Line);
    column->addWidget(m_selected);

    m_taskTitle->setEliding(true);
    m_taskStep->setEliding(true);
    m_taskHours->setWordWrap(true);
    m_selected->body()->addWidget(m_taskTitle);
    m_selected->body()->addWidget(m_taskStep);
    m_selected->body()->addWidget(m_taskHours);
    m_keyRows = new QWidget;
    m_keys = widgets::column(m_keyRows, t.space.xs, QMargins(0, t.space.xs, 0, 0));
    m_selected->body()->addWidget(m_keyRows);

    connect(m_list->tasks(), &DayTasksModel::moreWanted, this, &DayPane::readMore);
    connect(m_list, &DayTasks::currentTaskChanged, this, [this] {
        showTask();
        readHours();
    });
    connect(m_list, &DayTasks::taskActivated, this, &DayPane::taskActivated);
    connect(m_whole, &widgets::Button::clicked, this, &DayPane::wholeDayWanted);
    showTask();
}

void DayPane::addKey(QAction* action, const QString& what) {
    auto* line = new QWidget;
    auto* row = widgets::row(line, theme::tokens(this).space.s);
    auto* caps = new widgets::KeyCaps(frame::keyText(action));
    connect(action, &QAction::changed, caps, [caps, action] { caps->setKeys(frame::keyText(action)); });
    row->addWidget(caps);
    row->addWidget(new Label(TextStyle::Body, Ink::Text, what), 1);
    m_keys->addWidget(line);
}

// The list comes first; what a low window has no room for is left out from the end.
void DayPane::resizeEvent(QResizeEvent* event) {
    Area::resizeEvent(event);
    placeParts();
}

void DayPane::placeParts() {
    constexpr int forTask = 13; // rows high
    constexpr int forLoad = 17;
    constexpr int forKeys = 21;
    const int rows = height() / theme::tokens(this).size.row;
    m_selected->setVisible(task() != nullptr && rows >= forTask);
    m_caps->setVisible(rows >= forLoad);
    m_capsLine->setVisible(rows >= forLoad);
    m_keyRows->setVisible(rows >= forKeys);
}

void DayPane::showDay(const CalendarDay& day, const std::optional<Block>& block, std::chrono::sys_days today, int mailCap) {
    const bool sameDay = day.date == m_day.date && !m_title->text().isEmpty();
    const bool sameTasks = sameDay && block.has_value() == m_block.has_value() && (!block || block->isSameAs(*m_block));
    m_day = day;
    m_block = block;
    m_today = today;
    m_mailCap = mailCap;
    m_title->setText(dayTitle(day.date));
    m_subtitle->setText(m_meetings.empty() ? plannedText(day)
                                           : tr("%1, %2").arg(plannedText(day), meetingsText(int(m_meetings.size()))));
    showMeetings();
    const bool over = isOverCap(day, today, mailCap);
    m_over->setVisible(over);
    if (over)
        m_overTitle->setText(overText(day, mailCap));
    m_whole->setVisible(block.has_value());
    m_tasksTitle->setText(
        block ? tr("%1, %2").arg(text::clockTime(block->minute), text::channelPlural(block->channel, block->count))
              : tr("Tasks"));
    if (!sameDay)
        readLoad();
    if (!sameTasks)
        readTasks();
}

void DayPane::setMeetings(std::vector<Meeting> meetings) { m_meetings = std::move(meetings); }

// One with a lead opens that lead; another is only a time.
void DayPane::showMeetings() {
    const theme::Tokens& t = theme::tokens(this);
    constexpr std::size_t mostShown = 6;
    delete m_meetingRows;
    m_meetingRows = new QWidget;
    auto* rows = widgets::column(m_meetingRows, t.space.xs);
    const text::Dates dates = m_context.dates();
    for (std::size_t i = 0; i < std::min(mostShown, m_meetings.size()); ++i) {
        const Meeting& meeting = m_meetings[i];
        const auto person = std::ranges::find_if(meeting.attendees, [](const MeetingAttendee& one) { return bool(one.lead); });
        auto* line = new QWidget;
        auto* row = widgets::row(line, t.space.s);
        row->addWidget(new Label(TextStyle::Body, Ink::Muted, meeting.isAllDay ? tr("all day") : dates.time(meeting.startsAt)));
        auto* title = new Label(TextStyle::Body, meeting.isPrivate() ? Ink::Muted : Ink::Text, text::meetingTitle(meeting));
        title->setEliding(true);
        title->setToolTip(text::meetingWhen(dates, meeting));
        row->addWidget(title, 1);
        if (person != meeting.attendees.end()) {
            auto* open = new widgets::Button(Icon::User, tr("Open %1").arg(toQt(person->leadName)));
            connect(open, &widgets::Button::clicked, this, [this, lead = person->lead] { m_context.go.openLead(lead); });
            row->addWidget(open);
        }
        rows->addWidget(line);
    }
    if (m_meetings.size() > mostShown)
        rows->addWidget(new Label(TextStyle::Meta, Ink::Muted, tr("%1 more").arg(m_meetings.size() - mostShown)));
    m_met->body()->addWidget(m_meetingRows);
    m_met->setVisible(!m_meetings.empty());
    m_metLine->setVisible(!m_meetings.empty());
}

void DayPane::readAgain() {
    readLoad();
    readTasks();
}

void DayPane::readTasks() {
    const int question = ++m_question;
    const bool isDone = m_block && m_block->kind == Block::Kind::Done;
    CalendarStretch stretch{.from = m_day.start, .to = isDone ? m_day.start : m_day.end, .channel = {}};
    if (m_block && !isDone)
        stretch = m_block->stretch;
    const TaskId before = task() != nullptr ? task()->task : TaskId{};
    deliver(m_context.workspace.calendar().tasks(stretch, {}, pageRows), this,
            [this, question, before](Result<CalendarTasks> page) {
                if (question != m_question)
                    return;
                m_list->tasks()->setDates(m_context.dates());
                m_list->tasks()->clear();
                if (!page) {
                    m_context.tell.failed(page.error());
                    return;
                }
                m_list->tasks()->append(std::move(*page));
                const int row = std::max(0, m_list->tasks()->rowOf(before));
                if (m_list->tasks()->rowCount() > 0)
                    m_list->setCurrentIndex(m_list->tasks()->index(row));
                showTask();
                readHours();
            });
}

void DayPane::readMore() {
    const int question = m_question;
    CalendarStretch stretch{.from = m_day.start, .to = m_day.end, .channel = {}};
    if (m_block)
        stretch = m_block->stretch;
    deliver(m_context.workspace.calendar().tasks(stretch, m_list->tasks()->next(), pageRows), this,
            [this, question](Result<CalendarTasks> page) {
                if (question == m_question && page)
                    m_list->tasks()->append(std::move(*page));
            });
}

void DayPane::readLoad() {
    deliver(m_context.workspace.calendar().mailLoad(m_day.date), this, [this, date = m_day.date](Result<MailLoad> load) {
        if (load && date == m_day.date)
            showLoad(*load);
    });
}

void DayPane::showLoad(const MailLoad& load) {
    const theme::Tokens& t = theme::tokens(this);
    delete m_capRows;
    m_capRows = new QWidget;
    auto* rows = widgets::column(m_capRows, 0);
    const auto add = [&](const QString& what, const QString& number, bool over) {
        auto* line = new QWidget;
        auto* row = widgets::row(line, t.space.s);
        auto* name = new Label(TextStyle::Body, Ink::Muted, what);
        name->setEliding(true, Qt::ElideMiddle);
        row->addWidget(name, 1);
        row->addWidget(new Label(TextStyle::Body, over ? Ink::Danger : Ink::Text, number));
        rows->addWidget(line);
    };
    m_fullMailbox.reset();
    for (const MailboxLoad& mailbox : load.mailboxes) {
        const int count = mailbox.planned + mailbox.sent;
        if (mailbox.mailbox && count > mailbox.cap && !m_fullMailbox)
            m_fullMailbox = mailbox.mailbox;
        const QString number = loadText(count, mailbox.cap);
        const bool isCounted = m_day.date >= m_today;
        add(mailbox.address.empty() ? tr("No mailbox yet") : toQt(mailbox.address),
            load.isPartial ? tr("%1 or more").arg(number) : number, isCounted && mailbox.cap > 0 && count > mailbox.cap);
    }
    for (const Channel channel : channels) {
        const int count = m_day.open(channel) + m_day.done(channel);
        if (channel != Channel::Email && count > 0)
            add(text::channelName(channel), QLocale().toString(count), false);
    }
    m_caps->body()->addWidget(m_capRows);
}

void DayPane::readHours() {
    const int question = ++m_hoursQuestion;
    const QueueItem* item = task();
    if (item == nullptr || item->task != m_hoursOf) {
        m_hours.reset();
        m_hoursOf = item != nullptr ? item->task : TaskId{};
    }
    m_list->setHours(m_hours);
    Q_EMIT taskChanged();
    if (item == nullptr)
        return;
    deliver(m_context.workspace.calendar().hours(item->task), this, [this, question](Result<TaskHours> hours) {
        if (question != m_hoursQuestion || !hours)
            return;
        m_hours = std::move(*hours);
        m_list->setHours(m_hours);
        showTask();
        Q_EMIT taskChanged();
    });
}

void DayPane::showTask() {
    const QueueItem* item = task();
    placeParts();
    if (item == nullptr)
        return;
    m_taskTitle->setText(tr("%1: %2").arg(text::channelName(item->channel), text::isolated(toQt(item->leadName))));
    m_taskStep->setText(
        item->stepCount > 0
            ? tr("%1, step %2 of %3").arg(text::isolated(toQt(item->strategyName))).arg(item->step + 1).arg(item->stepCount)
            : toQt(item->title));
    const text::Dates dates = m_context.dates();
    m_taskHours->setText(m_hours && m_hoursOf == item->task ? hoursText(*m_hours, dates.local(item->dueAt).date(), dates)
                                                            : QString());
}

} // namespace outrider::calendar
