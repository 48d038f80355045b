// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/calendar_page.h"

#include "core/base/deliver.h"
#include "core/services/meeting_service.h"
#include "ui/calendar/calendar_words.h"
#include "ui/calendar/day_pane.h"
#include "ui/calendar/meeting_cards.h"
#include "ui/calendar/month_view.h"
#include "ui/calendar/week_view.h"
#include "ui/frame/free_time.h"
#include "ui/text/tr.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"
#include "ui/widgets/segmented.h"

#include <QDateTime>
#include <QPainter>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace outrider::calendar {

using text::toQt;
using theme::Icon;
using theme::TextStyle;
using widgets::Button;
using widgets::Ink;
using widgets::Label;

namespace {

constexpr int soonMs = 80;     // several commits in a row are one reading
constexpr int firstTasks = 60; // of a day: for the names of those that are alone in their half hour
constexpr int daysOfWeek = 7;
constexpr int daysOfMonth = 42;
constexpr int paneFrom = 30; // rows wide

const QString modeKey = QStringLiteral("calendar/mode");
const QString weekendsKey = QStringLiteral("calendar/weekends");
const QString splitterKey = QStringLiteral("calendar/splitter");

// What a colour of the bars stands for.
class Dot : public QWidget {
public:
    enum class Kind { Planned, Done, Over };
    explicit Dot(Kind kind) : m_kind(kind) {
        const int side = theme::tokens(this).space.s;
        setFixedSize(side, side);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const theme::Tokens& t = theme::tokens(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_kind == Kind::Planned ? t.color.accent : m_kind == Kind::Done ? t.color.chart2 : t.color.danger);
        painter.drawEllipse(rect());
    }

private:
    Kind m_kind;
};

} // namespace

CalendarPage::CalendarPage(const frame::Context& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_toolbar(new widgets::Toolbar),
      m_stack(new QStackedWidget),
      m_nothing(new widgets::EmptyState) {
    m_mode = m_context.preferences.text(modeKey) == QLatin1String("month") ? Mode::Month : Mode::Week;
    m_weekends = m_context.preferences.text(weekendsKey) == QLatin1String("shown");
    auto* column = widgets::column(this, 0);
    column->addWidget(m_toolbar);
    makeViews();
    makeCommands();
    makeToolbar();
    makeBar();
    column->addWidget(m_stack, 1);

    m_nothing->setText(tr("Nothing is planned yet"), tr("Put leads into a strategy and their steps appear on their days."));
    auto* choose = m_nothing->addButton(tr("Choose a strategy"), true);
    connect(choose, &Button::clicked, this, [this] { m_context.go.go(frame::Navigator::Place::Strategies); });
    auto* import = m_nothing->addButton(tr("Import leads"), false);
    connect(import, &Button::clicked, this, [this] { m_context.go.openImport(); });
    m_stack->addWidget(new QWidget); // until something has been read
    m_stack->addWidget(m_splitter);
    m_stack->addWidget(m_nothing);

    m_soon.setSingleShot(true);
    m_soon.setInterval(soonMs);
    connect(&m_soon, &QTimer::timeout, this, &CalendarPage::read);
    m_minute.setInterval(60 * 1000);
    connect(&m_minute, &QTimer::timeout, this, [this] { // the line of now moves
        if (isVisible())
            read();
    });
    m_minute.start();
    connect(&m_context.workspace, &Workspace::changed, this, &CalendarPage::touched);
    refreshActions();
}

// ── Making it ─────────────────────────────────────────────────────────────────────────────────────

void CalendarPage::makeToolbar() {
    m_toolbar->setTitle(tr("Calendar"));
    auto* views = new widgets::Segmented(tr("View of today"), {tr("List"), tr("Calendar"), tr("Process")});
    views->setCurrent(1);
    connect(views, &widgets::Segmented::chosen, this, [this, views](int index) {
        views->setCurrent(1);
        if (index == 0)
            m_context.go.go(frame::Navigator::Place::Today);
        else if (index == 2)
            m_context.go.process();
    });
    m_toolbar->addRight(views);
    auto* process = new Button(Button::Kind::Primary, {});
    process->setGlyph(Icon::Play);
    process->bind(m_processAction);
    m_toolbar->addRight(process);
}

void CalendarPage::makeBar() {
    m_bar = new widgets::Bar(widgets::Bar::Kind::Filter);
    auto* previous = new Button(Icon::ChevronLeft, m_previousAction->text());
    connect(previous, &Button::clicked, m_previousAction, &QAction::trigger);
    auto* next = new Button(Icon::ChevronRight, m_nextAction->text());
    connect(next, &Button::clicked, m_nextAction, &QAction::trigger);
    m_todayButton = new Button(Button::Kind::Secondary, {});
    m_todayButton->bind(m_todayAction);
    m_range = new Label(TextStyle::BodyStrong);
    m_weekNumber = new Label(TextStyle::Body, Ink::Muted);
    m_legend = new QWidget;
    auto* legend = widgets::row(m_legend, theme::tokens(this).space.m);
    for (const auto& [kind, text] : {std::pair(Dot::Kind::Planned, tr("planned")), std::pair(Dot::Kind::Done, tr("done")),
                                     std::pair(Dot::Kind::Over, tr("over the cap"))}) {
        auto* key = new QWidget;
        auto* row = widgets::row(key, theme::tokens(this).space.iconGap);
        row->addWidget(new Dot(kind));
        row->addWidget(new Label(TextStyle::Meta, Ink::Muted, text));
        legend->addWidget(key);
    }
    m_modes = new widgets::Segmented(tr("Span of the calendar"), {tr("Week"), tr("Month")});
    m_modes->setCurrent(m_mode == Mode::Week ? 0 : 1);
    connect(m_modes, &widgets::Segmented::chosen, this, [this](int index) { setMode(index == 0 ? Mode::Week : Mode::Month); });
    m_weekendsButton = new Button(Button::Kind::Ghost, {});
    m_weekendsButton->bind(m_weekendsAction);
    m_freeButton = new Button(Button::Kind::Ghost, tr("Copy free slots")); // the shell has its key
    m_freeButton->setGlyph(Icon::Copy);
    m_freeButton->setKeyHint(QKeySequence(QStringLiteral("Ctrl+Shift+F")).toString(QKeySequence::NativeText));
    connect(m_freeButton, &Button::clicked, this, [this] { frame::copyFreeTime(m_context, this); });
    for (QWidget* widget : std::initializer_list<QWidget*>{previous, m_todayButton, next, m_range, m_weekNumber})
        m_bar->add(widget);
    m_bar->addStretch();
    for (QWidget* widget : std::initializer_list<QWidget*>{m_legend, m_freeButton, m_weekendsButton, m_modes})
        m_bar->add(widget);
    static_cast<QVBoxLayout*>(layout())->addWidget(m_bar);
}

void CalendarPage::makeViews() {
    m_splitter = new QSplitter(Qt::Horizontal);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(theme::tokens(this).size.hairline);
    m_views = new QStackedWidget;
    m_week = new WeekView;
    m_month = new MonthView;
    m_views->addWidget(m_week);
    m_views->addWidget(m_month);
    m_pane = new DayPane(m_context);
    m_splitter->addWidget(m_views);
    m_splitter->addWidget(m_pane);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    if (!m_splitter->restoreState(m_context.preferences.viewState(splitterKey)))
        m_splitter->setSizes({3 * theme::tokens(this).size.detailPane, theme::tokens(this).size.detailPaneMin});
    connect(m_splitter, &QSplitter::splitterMoved, this,
            [this] { m_context.preferences.setViewState(splitterKey, m_splitter->saveState()); });

    const auto moved = [this](const CalendarChoice& choice, const CalendarShift& shift) { move(choice, shift); };
    WeekGrid* grid = m_week->grid();
    connect(grid, &WeekGrid::dropped, this, moved);
    connect(m_month, &MonthView::dropped, this, moved);
    connect(grid, &WeekGrid::currentChanged, this, [this] {
        const auto days = visibleDays();
        const auto place = std::size_t(m_week->grid()->currentDay());
        if (m_mode == Mode::Week && place < days.size())
            m_date = days[place].date;
        showDay();
    });
    connect(grid, &WeekGrid::opened, this, [this] {
        showPane(true);
        m_pane->list()->setFocus(Qt::ShortcutFocusReason);
    });
    connect(m_month, &MonthView::currentChanged, this, [this] {
        m_date = m_month->currentDate();
        showDay();
    });
    connect(m_month, &MonthView::wentBeyond, this, [this] { goTo(m_month->currentDate()); });
    connect(m_month, &MonthView::opened, this, [this] { setMode(Mode::Week); });
    connect(m_pane, &DayPane::taskChanged, this, [this] {
        const Block* block = m_week->grid()->current();
        m_week->grid()->setHours(m_pane->task() != nullptr && (listHasFocus() || (block != nullptr && block->count == 1))
                                     ? m_pane->hours()
                                     : std::nullopt);
        refreshActions();
    });
    connect(m_pane, &DayPane::wholeDayWanted, this, [this] {
        if (const CalendarDay* one = day(m_date))
            m_pane->showDay(*one, std::nullopt, m_calendar.today, m_calendar.mailCap);
    });
    connect(m_pane, &DayPane::taskActivated, this, [this] {
        if (m_pane->task() != nullptr)
            m_context.go.process(m_pane->task()->task);
    });
}

void CalendarPage::makeCommands() {
    const auto add = [&](const char* id, const QString& text, const QString& group, Icon icon, const QList<QKeySequence>& keys,
                         std::function<void()> run, const QString& keywords = {}) {
        return m_context.commands.add(this, {QString::fromLatin1(id), text, group, icon, keys, keywords}, std::move(run));
    };
    const auto key = [](const char* keys) { return QKeySequence(QString::fromLatin1(keys)); };
    const QString time = tr("Calendar");
    const QString task = tr("Task");
    m_processAction =
        add("calendar.process", tr("Process tasks"), task, Icon::Play, {key("Ctrl+P")}, [this] { m_context.go.process(); });
    m_todayAction = add("calendar.today", tr("Today"), time, Icon::Sun, {key("Home")}, [this] { goToday(); });
    m_previousAction =
        add("calendar.previous", tr("Previous week or month"), time, Icon::ChevronLeft, {key("PgUp")}, [this] { turn(-1); });
    m_nextAction = add("calendar.next", tr("Next week or month"), time, Icon::ChevronRight, {key("PgDown")}, [this] { turn(1); });
    m_previousAction->setAutoRepeat(true);
    m_nextAction->setAutoRepeat(true);
    add(
        "calendar.goTo", tr("Go to a day…"), time, Icon::Calendar, {key("G")}, [this] { askDay(); }, tr("jump date"));
    add("calendar.week", tr("Show a week"), time, Icon::Columns, {key("W")}, [this] { setMode(Mode::Week); });
    add("calendar.month", tr("Show a month"), time, Icon::Calendar, {key("M")}, [this] { setMode(Mode::Month); });
    m_weekendsAction = add(
        "calendar.weekends", tr("Weekends"), time, Icon::Columns, {key("E")},
        [this] {
            m_weekends = !m_weekends;
            m_context.preferences.setText(weekendsKey, m_weekends ? QStringLiteral("shown") : QStringLiteral("hidden"));
            show();
        },
        tr("saturday sunday"));
    m_earlierDay = add(
        "calendar.earlierDay", tr("Move to the day before"), task, Icon::ArrowLeft, {key("Alt+Left")},
        [this] { moveBy(layoutDirection() == Qt::RightToLeft ? 1 : -1, 0); }, tr("reschedule"));
    m_laterDay = add(
        "calendar.laterDay", tr("Move to the next day"), task, Icon::ArrowRight, {key("Alt+Right")},
        [this] { moveBy(layoutDirection() == Qt::RightToLeft ? -1 : 1, 0); }, tr("reschedule"));
    m_earlierSlot = add(
        "calendar.earlier", tr("Move half an hour earlier"), task, Icon::ChevronUp, {key("Alt+Up")},
        [this] { moveBy(0, -slotMinutes); }, tr("reschedule"));
    m_laterSlot = add(
        "calendar.later", tr("Move half an hour later"), task, Icon::ChevronDown, {key("Alt+Down")},
        [this] { moveBy(0, slotMinutes); }, tr("reschedule"));
    m_typeAction = add(
        "calendar.type", tr("Move to a date that is typed…"), task, Icon::Clock, {key("T")}, [this] { askMoment(); },
        tr("snooze reschedule"));
    m_openAction = add("calendar.open", tr("Open lead"), task, Icon::User, {key("O")}, [this] { openLead(); });
    add("calendar.undo", tr("Undo"), task, Icon::Undo, {key("U"), QKeySequence(QKeySequence::Undo)}, [this] { undo(); });
    add("calendar.pane", tr("Show or hide the day beside the calendar"), time, Icon::Panel, {key("F4")},
        [this] { showPane(m_pane->isHidden()); });
    m_pane->addKey(m_laterDay, tr("one day later"));
    m_pane->addKey(m_laterSlot, tr("half an hour later"));
    m_pane->addKey(m_typeAction, tr("type a date"));
}

// ── Reading ───────────────────────────────────────────────────────────────────────────────────────

QString CalendarPage::pageTitle() const { return tr("Calendar"); }

QString CalendarPage::subject() const { return m_pane->task() != nullptr ? toQt(m_pane->task()->leadName) : QString(); }

void CalendarPage::enter() {
    if (m_stale)
        read();
    if (m_mode == Mode::Week)
        m_week->grid()->setFocus();
    else
        m_month->setFocus();
}

bool CalendarPage::stepBack() {
    if (m_week->grid()->hasTicks()) {
        m_week->grid()->clearTicks();
        return true;
    }
    if (listHasFocus()) {
        enter();
        return true;
    }
    return false;
}

void CalendarPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    if (m_stale)
        read();
}

void CalendarPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    placePane();
    placeBar();
}

// What there is no room for is left out: the legend first, the range last. Each has its place elsewhere.
void CalendarPage::placeBar() {
    const bool allShown =
        !m_weekends && std::ranges::count_if(visibleDays(), [](const CalendarDay& one) { return isWeekend(one.date); }) == 2;
    QWidget* const parts[]{m_range, m_weekNumber, m_weekendsButton, m_freeButton, m_legend};
    for (QWidget* part : parts)
        part->setVisible(part != m_weekendsButton || (m_mode == Mode::Week && !allShown));
    for (auto part = std::rbegin(parts); part != std::rend(parts) && m_bar->layout()->sizeHint().width() > width(); ++part) {
        (*part)->hide();
        m_bar->layout()->invalidate();
    }
}

void CalendarPage::touched(const ChangeSet& changes) {
    if (!changes.touches(EntityKind::Task) && !changes.touches(EntityKind::Mailbox) && !changes.touches(EntityKind::Setting)
        && !changes.touches(EntityKind::Lead) && !changes.touches(EntityKind::Outbox) && !changes.touches(EntityKind::Meeting))
        return;
    m_stale = true;
    if (isVisible())
        m_soon.start();
}

int CalendarPage::shownDays() const { return m_mode == Mode::Week ? daysOfWeek : daysOfMonth; }

std::chrono::sys_days CalendarPage::first() const { return m_mode == Mode::Week ? mondayOf(m_date) : gridStartOf(m_date); }

void CalendarPage::read() {
    m_stale = false;
    const int question = ++m_question;
    if (m_date == std::chrono::sys_days())
        m_date = fromQDate(m_context.dates().local(m_context.workspace.clock().now()).date());
    const auto from = first();
    const bool week = m_mode == Mode::Week;
    deliver(m_context.workspace.calendar().days(from, shownDays()), this,
            [this, question, from, week](Result<TaskCalendar> days) {
                if (question != m_question)
                    return;
                if (!days) {
                    m_context.tell.failed(days.error(), tr("The calendar was not read"));
                    return;
                }
                if (!week) {
                    m_firstTasks.clear();
                    received(std::move(*days));
                    return;
                }
                deliver(m_context.workspace.calendar().firstTasks(from, daysOfWeek, firstTasks), this,
                        [this, question, days = std::move(*days)](Result<std::vector<CalendarTasks>> pages) mutable {
                            if (question != m_question)
                                return;
                            m_firstTasks = pages ? std::move(*pages) : std::vector<CalendarTasks>();
                            received(std::move(days));
                        });
            });
}

void CalendarPage::received(TaskCalendar calendar) {
    m_calendar = std::move(calendar);
    m_known = true;
    readMeetings();
    show();
    m_pane->readAgain();
}

void CalendarPage::readMeetings() {
    if (m_calendar.days.empty())
        return;
    deliver(m_context.workspace.meetings().between(m_calendar.days.front().start, m_calendar.days.back().end), this,
            [this, question = m_question](Result<std::vector<Meeting>> meetings) {
                if (question != m_question)
                    return;
                if (!meetings) {
                    m_context.tell.failed(meetings.error(), tr("The meetings were not read"));
                    return;
                }
                m_meetings = std::move(*meetings);
                show();
            });
}

void CalendarPage::showMeetings() {
    if (m_mode == Mode::Week) {
        m_week->grid()->setMeetings(m_meetings);
        return;
    }
    std::vector<int> counts;
    for (const CalendarDay& one : m_calendar.days)
        counts.push_back(int(meetingsOf(one, m_meetings).size()));
    m_month->setMeetings(std::move(counts));
}

const CalendarDay* CalendarPage::day(std::chrono::sys_days date) const {
    const auto found = std::ranges::find(m_calendar.days, date, &CalendarDay::date);
    return found == m_calendar.days.end() ? nullptr : &*found;
}

// Weekends when they are wanted, when something is on them, and when one is where the person is.
std::vector<CalendarDay> CalendarPage::visibleDays() const {
    std::vector<CalendarDay> days;
    for (const CalendarDay& one : m_calendar.days) {
        if (m_weekends || !isWeekend(one.date) || one.planned() > 0 || !meetingsOf(one, m_meetings).empty())
            days.push_back(one);
    }
    return days;
}

void CalendarPage::show() {
    if (!m_known)
        return;
    const bool nothing = !m_calendar.hasTasks && m_meetings.empty()
                         && std::ranges::all_of(m_calendar.days, [](const CalendarDay& one) { return one.slots.empty(); });
    m_stack->setCurrentIndex(nothing ? 2 : 1);
    m_toolbar->setSubtitle(dayTitle(m_calendar.today));
    m_todayAction->setText(m_mode == Mode::Week ? tr("This week") : tr("This month"));
    m_views->setCurrentIndex(m_mode == Mode::Week ? 0 : 1);
    m_modes->setCurrent(m_mode == Mode::Week ? 0 : 1);
    m_weekendsAction->setText(m_weekends ? tr("Hide weekends") : tr("Show weekends"));
    if (m_mode == Mode::Week)
        showWeek();
    else
        showMonth();
    showMeetings();
    placeBar();
}

void CalendarPage::showWeek() {
    const std::vector<CalendarDay> days = visibleDays();
    if (days.empty())
        return;
    std::vector<CalendarTasks> tasks;
    for (std::size_t i = 0; i < m_calendar.days.size() && i < m_firstTasks.size(); ++i) {
        if (std::ranges::find(days, m_calendar.days[i].date, &CalendarDay::date) != days.end())
            tasks.push_back(m_firstTasks[i]);
    }
    m_range->setText(rangeTitle(days.front().date, days.back().date));
    m_weekNumber->setText(tr("week %1").arg(toQDate(days.front().date).weekNumber()));
    const text::Dates dates = m_context.dates();
    const auto wanted = m_date;
    m_week->setWeek(days, tasks, m_calendar.today, m_context.workspace.clock().now(), m_calendar.mailCap, dates);
    const auto place = std::ranges::find_if(days, [wanted](const CalendarDay& one) { return one.date >= wanted; });
    const int column = place == days.end() ? int(days.size()) - 1 : int(place - days.begin());
    if (m_week->grid()->currentDay() != column)
        m_week->grid()->setCurrentDay(column);
    showDay();
}

void CalendarPage::showMonth() {
    m_range->setText(monthTitle(m_date));
    m_weekNumber->setText({});
    m_month->setMonth(m_calendar.days, m_calendar.today, m_context.workspace.clock().now(), m_calendar.mailCap,
                      m_context.dates());
    m_month->setCurrentDate(m_date);
}

void CalendarPage::showDay() {
    const CalendarDay* one = day(m_date);
    if (one == nullptr)
        return;
    const Block* block = m_mode == Mode::Week ? m_week->grid()->current() : nullptr;
    m_pane->setMeetings(meetingsOf(*one, m_meetings));
    m_pane->showDay(*one, block != nullptr && block->kind != Block::Kind::Done ? std::optional(*block) : std::nullopt,
                    m_calendar.today, m_calendar.mailCap);
    refreshActions();
}

bool CalendarPage::listHasFocus() const { return m_pane->list()->hasFocus(); }

void CalendarPage::refreshActions() {
    const CalendarChoice choice = chosen();
    const bool any = !choice.tasks.empty() || !choice.stretches.empty();
    for (QAction* action : {m_earlierDay, m_laterDay, m_earlierSlot, m_laterSlot, m_typeAction})
        action->setEnabled(any);
    m_openAction->setEnabled(m_pane->task() != nullptr);
}

void CalendarPage::showPane(bool on) {
    m_paneWanted = on;
    m_paneForced = on;
    placePane();
}

// In a narrow window, or with large type, only when it is asked for.
void CalendarPage::placePane() {
    m_pane->setVisible(m_paneWanted && (m_paneForced || width() >= paneFrom * theme::tokens(this).size.row));
}

} // namespace outrider::calendar
