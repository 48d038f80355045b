// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/week_grid.h"

#include "ui/calendar/calendar_words.h"
#include "ui/paint/domain_looks.h"
#include "ui/paint/text.h"
#include "ui/text/names.h"

#include <QAccessible>
#include <QApplication>
#include <QDateTime>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace outrider::calendar {

using theme::TextStyle;
using Kind = Block::Kind;

namespace {

constexpr int slotsOfDay = minutesOfDay / slotMinutes;
constexpr int morning = 9 * 60;
constexpr int worksFrom = 7; // the hour a week is shown from

} // namespace

// Paints one block; what is done with it is the grid's.
class WeekGrid::BlockWidget : public QWidget {
public:
    BlockWidget(const WeekGrid* grid, int index, QWidget* parent) : QWidget(parent), m_grid(grid), m_index(index) {
        setAttribute(Qt::WA_TransparentForMouseEvents);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const theme::Tokens& t = theme::tokens(this);
        const auto& color = t.color;
        const Block& block = m_grid->m_blocks[std::size_t(m_index)];
        const bool isCurrent = m_grid->m_current == m_index;
        const bool isTicked = m_grid->isTicked(m_index);
        QColor fill = color.accentSoft;
        QColor bar = color.accent;
        QColor ink = color.text;
        if (block.kind == Kind::Done) {
            fill = color.raised;
            bar = color.chart2;
        } else if (block.overCap) {
            fill = color.dangerSoft;
            bar = ink = color.danger;
        } else if (block.kind == Kind::Late) {
            fill = color.warnSoft;
            bar = ink = color.warn;
        }
        if (isTicked)
            fill = color.selected;
        QPainter painter(this);
        const bool framed = isCurrent && m_grid->hasFocus();
        paint::drawCard(&painter, rect(), t.size.radius, fill,
                        framed || isTicked   ? color.accent
                        : t.isHighContrast() ? bar
                                             : fill,
                        framed ? t.size.focus : t.size.hairline);
        const QRect side(0, 0, t.size.currentBar, height());
        painter.setClipRect(rect().adjusted(0, t.size.hairline, 0, -t.size.hairline));
        painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), side), bar);
        painter.setClipping(false);

        const int icon = t.size.iconSmall;
        const theme::Icon glyph = isTicked                   ? theme::Icon::Check
                                  : block.kind == Kind::Done ? theme::Icon::CircleCheck
                                                             : paint::channelIcon(block.channel);
        const QColor glyphInk = t.onRow(block.kind == Kind::Planned && !block.overCap ? color.accent : ink, isTicked);
        const QString number = QLocale().toString(block.count);
        const int line = std::min(height(), t.size.row);
        int start = t.size.currentBar + t.space.s;
        const int room = width() - start - icon - t.space.iconGap - t.space.xs;
        if (room < paint::textWidth(t, TextStyle::BodyStrong, number)) { // the number below the icon, as it is so narrow
            const QRect column(t.size.currentBar, 0, width() - t.size.currentBar, height());
            theme::paintIcon(
                &painter,
                mirrored(QRect(column.center().x() - t.size.iconCheck / 2, t.size.focus, t.size.iconCheck, t.size.iconCheck)),
                glyph, glyphInk);
            paint::drawText(&painter, t,
                            mirrored(QRect(column.left(), t.size.iconCheck + t.size.focus, column.width(),
                                           height() - t.size.iconCheck - t.size.focus)),
                            {.text = number,
                             .style = TextStyle::MetaStrong,
                             .color = t.onRow(ink, isTicked),
                             .alignment = Qt::AlignHCenter,
                             .elide = Qt::ElideNone});
            return;
        }
        theme::paintIcon(&painter, mirrored(QRect(start, (line - icon) / 2, icon, icon)), glyph, glyphInk);
        start += icon + t.space.iconGap;
        const QString title = blockTitle(block);
        const bool fits = paint::textWidth(t, TextStyle::BodyStrong, title) <= room;
        paint::drawText(&painter, t, mirrored(QRect(start, 0, width() - start - t.space.xs, line)),
                        {.text = fits || (block.only && room > 2 * t.space.xl) ? title : number,
                         .style = TextStyle::BodyStrong,
                         .color = t.onRow(ink, isTicked)});
    }

private:
    QRect mirrored(const QRect& place) const { return QStyle::visualRect(layoutDirection(), rect(), place); }

    const WeekGrid* m_grid;
    const int m_index;
};

// The line of now, over the blocks.
class WeekGrid::NowLine : public QWidget {
public:
    explicit NowLine(QWidget* parent) : QWidget(parent) {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        hide();
    }

protected:
    void paintEvent(QPaintEvent*) override { QPainter(this).fillRect(rect(), theme::tokens(this).color.text); }
};

WeekGrid::WeekGrid(QWidget* parent) : QWidget(parent), m_nowLine(new NowLine(this)), m_hint(new DropHint(this)) {
    setFocusPolicy(Qt::StrongFocus);
    setAcceptDrops(true);
    setAccessibleName(tr("Week of tasks"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setSizePolicy(policy);
}

void WeekGrid::setWeek(std::vector<CalendarDay> days, std::vector<Block> blocks, Instant now, int mailCap,
                       const text::Dates& dates) {
    const std::optional<Block> before = current() ? std::optional(*current()) : std::nullopt;
    const auto date = m_day < int(m_days.size()) ? std::optional(m_days[std::size_t(m_day)].date) : std::nullopt;
    qDeleteAll(m_widgets);
    m_widgets.clear();
    m_days = std::move(days);
    m_blocks = std::move(blocks);
    m_now = now;
    m_mailCap = mailCap;
    m_dates = dates;
    std::erase_if(m_ticked, [this](const CalendarStretch& one) {
        return std::ranges::none_of(m_blocks, [&](const Block& block) { return block.stretch == one; });
    });
    for (int i = 0; i < int(m_blocks.size()); ++i) {
        const Block& block = m_blocks[std::size_t(i)];
        auto* widget = new BlockWidget(this, i, this);
        widget->setAccessibleName(blockName(block, m_days[std::size_t(block.day)], m_mailCap));
        m_widgets.push_back(widget);
        widget->show();
    }
    m_day = 0;
    for (int i = 0; i < int(m_days.size()); ++i) {
        if (date ? m_days[std::size_t(i)].date == *date : now >= m_days[std::size_t(i)].start && now < m_days[std::size_t(i)].end)
            m_day = i;
    }
    m_current = -1;
    for (int i = 0; m_follow && i < int(m_blocks.size()); ++i) {
        const Block& block = m_blocks[std::size_t(i)];
        if (block.kind != Kind::Done && m_follow->from >= block.stretch.from && m_follow->from < block.stretch.to
            && block.channel == m_follow->channel)
            m_current = i;
    }
    m_follow.reset();
    for (int i = 0; m_current < 0 && before && i < int(m_blocks.size()); ++i) {
        if (m_blocks[std::size_t(i)].isSameAs(*before))
            m_current = i;
    }
    if (m_current >= 0)
        m_day = m_blocks[std::size_t(m_current)].day;
    else
        m_current = nearestIn(m_day, before ? before->minute : startMinute(m_day));
    updateGeometry();
    arrange();
    findOutside();
    m_hint->raise();
    update();
    tell();
    Q_EMIT currentChanged();
}

const Block* WeekGrid::current() const {
    return m_current >= 0 && m_current < int(m_blocks.size()) ? &m_blocks[std::size_t(m_current)] : nullptr;
}

void WeekGrid::setCurrentDay(int day) {
    if (day < 0 || day >= int(m_days.size()))
        return;
    m_day = day;
    setCurrent(nearestIn(day, startMinute(day)));
}

void WeekGrid::setHours(const std::optional<TaskHours>& hours) {
    m_hours = hours;
    findOutside();
    update();
}

void WeekGrid::findOutside() {
    m_outside.clear();
    if (!m_hours || !m_hours->window || !m_dates)
        return;
    for (const CalendarDay& day : m_days) {
        for (int slot = 0; slot < slotsOfDay; ++slot)
            m_outside.push_back(fitOf(*m_hours, momentOf(day.date, slot * slotMinutes, *m_dates)) == Fit::Outside);
    }
}

CalendarChoice WeekGrid::chosen() const {
    CalendarChoice choice;
    for (const Block& block : m_blocks) {
        if (block.kind != Kind::Done && std::ranges::find(m_ticked, block.stretch) != m_ticked.end())
            choice.stretches.push_back(block.stretch);
    }
    if (choice.stretches.empty() && current() && current()->kind != Kind::Done)
        choice.stretches.push_back(current()->stretch);
    return choice;
}

int WeekGrid::chosenCount() const {
    int count = 0;
    const CalendarChoice choice = chosen();
    for (const Block& block : m_blocks)
        count += block.kind != Kind::Done && std::ranges::find(choice.stretches, block.stretch) != choice.stretches.end()
                     ? block.count
                     : 0;
    return count;
}

void WeekGrid::clearTicks() {
    m_ticked.clear();
    for (QWidget* widget : m_widgets)
        widget->update();
    Q_EMIT currentChanged();
}

void WeekGrid::follow(Instant first, const CalendarShift& shift) {
    if (current())
        m_follow = CalendarStretch{.from = first, .to = first, .channel = current()->channel};
    for (CalendarStretch& one : m_ticked) {
        const auto by = std::chrono::days(shift.days) + std::chrono::minutes(shift.minutes);
        one.from += by;
        one.to += by;
    }
}

bool WeekGrid::isTicked(int index) const {
    const Block& block = m_blocks[std::size_t(index)];
    return block.kind != Kind::Done && std::ranges::find(m_ticked, block.stretch) != m_ticked.end();
}

// ── Places ────────────────────────────────────────────────────────────────────────────────────────

int WeekGrid::timeWidth() const {
    const theme::Tokens& t = theme::tokens(this);
    return paint::textWidth(t, TextStyle::Meta, QStringLiteral("00:00")) + 2 * t.space.s;
}

int WeekGrid::hourHeight() const {
    const theme::Tokens& t = theme::tokens(this);
    return 2 * t.size.row + t.space.m;
}

QRect WeekGrid::columnRect(int day) const {
    const int count = std::max(1, int(m_days.size()));
    const int left = timeWidth();
    const int room = width() - left;
    const QRect place(left + room * day / count, 0, room * (day + 1) / count - room * day / count, height());
    return QStyle::visualRect(layoutDirection(), rect(), place);
}

QRect WeekGrid::blockRect(const Block& block) const {
    const theme::Tokens& t = theme::tokens(this);
    QRect column = columnRect(block.day).adjusted(t.size.focus, 0, -t.size.focus, 0);
    if (m_meetings.overlaps(block.day, block.minute, slotMinutes)) // the other half is the meeting's
        column.setWidth(column.width() / 2);
    const int lane = column.width() / block.lanes;
    const int top = block.minute * hourHeight() / 60;
    const int bottom = (block.minute + slotMinutes) * hourHeight() / 60;
    QRect place(column.left() + lane * block.lane, top + t.size.hairline, lane - t.size.hairline, bottom - top - t.size.focus);
    if (layoutDirection() == Qt::RightToLeft)
        place.moveRight(column.right() - lane * block.lane);
    return place;
}

QRect WeekGrid::meetingRoom(const MeetingPlace& place) const {
    const QRect column = columnRect(place.day);
    const bool isShared = std::ranges::any_of(m_blocks, [&place](const Block& block) {
        return block.day == place.day && block.minute < place.minute + place.minutes && place.minute < block.minute + slotMinutes;
    });
    return isShared ? column.adjusted(column.width() / 2, 0, 0, 0) : column;
}

void WeekGrid::setMeetings(const std::vector<Meeting>& meetings) {
    if (!m_dates)
        return;
    m_meetings.set(meetingPlaces(m_days, meetings, *m_dates), *m_dates);
    arrange();
    m_hint->raise();
}

WeekGrid::Place WeekGrid::placeAt(const QPoint& point) const {
    for (int day = 0; day < int(m_days.size()); ++day) {
        const QRect column = columnRect(day);
        if (point.x() >= column.left() && point.x() <= column.right())
            return {day, std::clamp(point.y() * 60 / hourHeight() / slotMinutes * slotMinutes, 0, minutesOfDay - slotMinutes)};
    }
    return {};
}

int WeekGrid::blockAt(const QPoint& point) const {
    for (int i = 0; i < int(m_blocks.size()); ++i) {
        if (blockRect(m_blocks[std::size_t(i)]).contains(point))
            return i;
    }
    return -1;
}

QRect WeekGrid::currentRect() const {
    return current() ? blockRect(*current()) : QRect(columnRect(m_day).left(), worksFrom * hourHeight(), 1, hourHeight());
}

int WeekGrid::workStart() const { return worksFrom * hourHeight(); }

QSize WeekGrid::sizeHint() const {
    const theme::Tokens& t = theme::tokens(this);
    return {timeWidth() + int(m_days.size()) * 3 * t.size.railItem, hourHeight() * 24 + t.space.s};
}

void WeekGrid::arrange() {
    m_meetings.arrange(hourHeight(), [this](const MeetingPlace& place) { return meetingRoom(place); });
    for (int i = 0; i < int(m_widgets.size()); ++i)
        m_widgets[std::size_t(i)]->setGeometry(blockRect(m_blocks[std::size_t(i)]));
    m_nowLine->hide();
    for (int day = 0; day < int(m_days.size()); ++day) {
        if (!m_dates || m_now < m_days[std::size_t(day)].start || m_now >= m_days[std::size_t(day)].end)
            continue;
        const QRect column = columnRect(day);
        m_nowLine->setGeometry(column.left(), nowMinute() * hourHeight() / 60, column.width(), theme::tokens(this).size.focus);
        m_nowLine->show();
        m_nowLine->raise();
    }
}

int WeekGrid::nowMinute() const {
    const QTime now = m_dates ? m_dates->local(m_now).time() : QTime(0, 0);
    return now.hour() * 60 + now.minute();
}

// Where one begins to look at a day: at its present half hour, or in the morning.
int WeekGrid::startMinute(int day) const {
    const bool isToday =
        day < int(m_days.size()) && m_now >= m_days[std::size_t(day)].start && m_now < m_days[std::size_t(day)].end;
    return isToday ? nowMinute() / slotMinutes * slotMinutes : morning;
}

void WeekGrid::resizeEvent(QResizeEvent*) { arrange(); }

void WeekGrid::changeEvent(QEvent* event) {
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::LayoutDirectionChange) {
        updateGeometry();
        arrange();
    }
    QWidget::changeEvent(event);
}

// ── Painting ──────────────────────────────────────────────────────────────────────────────────────

void WeekGrid::paintEvent(QPaintEvent* event) {
    const theme::Tokens& t = theme::tokens(this);
    const auto& color = t.color;
    QPainter painter(this);
    painter.fillRect(event->rect(), color.surface);
    const int hour = hourHeight();
    const int line = t.size.hairline;
    for (int day = 0; day < int(m_days.size()); ++day) {
        const CalendarDay& one = m_days[std::size_t(day)];
        const QRect column = columnRect(day);
        if (!one.isWorkday)
            painter.fillRect(column, color.bg);
        // Outside of the hours in which the lead of the current task may be reached.
        for (int slot = 0; slot < slotsOfDay && !m_outside.empty(); ++slot) {
            if (m_outside[std::size_t(day * slotsOfDay + slot)])
                painter.fillRect(
                    QRect(column.left(), slot * hour * slotMinutes / 60, column.width(), slotMinutes * hour / 60 + line),
                    color.raised);
        }
    }
    const QRect times = QStyle::visualRect(layoutDirection(), rect(), QRect(0, 0, timeWidth(), height()));
    const int label = t.lineHeight(TextStyle::Meta);
    for (int i = 0; i <= 24; ++i) {
        painter.fillRect(QRect(layoutDirection() == Qt::RightToLeft ? 0 : timeWidth(), i * hour, width() - timeWidth(), line),
                         color.line);
        if (i > 0 && i < 24)
            paint::drawText(&painter, t, QRect(times.left() + t.space.xs, i * hour - label / 2, times.width() - t.space.s, label),
                            {.text = text::clockTime(i * 60),
                             .style = TextStyle::Meta,
                             .color = color.muted,
                             .alignment = Qt::AlignTrailing});
    }
    for (int day = 0; day < int(m_days.size()); ++day) {
        const QRect column = columnRect(day);
        painter.fillRect(QRect(layoutDirection() == Qt::RightToLeft ? column.right() : column.left(), 0, line, height()),
                         color.line);
        if (hasFocus() && day == m_day && m_current < 0) {
            painter.setPen(QPen(color.accent, t.size.focus));
            painter.drawRect(column.adjusted(line, line, -line, -line));
        }
    }
    if (m_target.day >= 0) {
        const QRect column = columnRect(m_target.day);
        const QRect place(column.left() + t.size.focus, m_target.minute * hour / 60, column.width() - 2 * t.size.focus,
                          m_targetLength * hour / 60);
        paint::drawCard(&painter, place, t.size.radius, color.accentSoft, color.accent, t.size.focus);
    }
}

// ── Moving about ──────────────────────────────────────────────────────────────────────────────────

void WeekGrid::setCurrent(int index) {
    m_current = index;
    if (index >= 0)
        m_day = m_blocks[std::size_t(index)].day;
    for (QWidget* widget : m_widgets)
        widget->update();
    update();
    tell();
    Q_EMIT currentChanged();
}

// The block is read out as if it had the focus; the grid has it for all of them.
void WeekGrid::tell() {
    QString name;
    if (m_current >= 0)
        name = m_widgets[std::size_t(m_current)]->accessibleName();
    else if (m_day < int(m_days.size()))
        name = dayName(m_days[std::size_t(m_day)], m_mailCap, false);
    setAccessibleDescription(name);
    if (hasFocus() && m_current >= 0) {
        QAccessibleEvent event(m_widgets[std::size_t(m_current)], QAccessible::Focus);
        QAccessible::updateAccessibility(&event);
    }
}

int WeekGrid::nearestIn(int day, int minute) const {
    int best = -1;
    for (int i = 0; i < int(m_blocks.size()); ++i) {
        const Block& block = m_blocks[std::size_t(i)];
        if (block.day == day
            && (best < 0 || std::abs(block.minute - minute) < std::abs(m_blocks[std::size_t(best)].minute - minute)))
            best = i;
    }
    return best;
}

void WeekGrid::moveInDay(int direction) {
    const int to = m_current + direction;
    if (m_current >= 0 && to >= 0 && to < int(m_blocks.size()) && m_blocks[std::size_t(to)].day == m_day)
        setCurrent(to);
}

void WeekGrid::moveToDay(int direction) {
    const int to = m_day + direction;
    if (to < 0 || to >= int(m_days.size()))
        return;
    const int minute = current() ? current()->minute : startMinute(to);
    m_day = to;
    setCurrent(nearestIn(to, minute));
}

void WeekGrid::toggleTick(int index) {
    if (index < 0 || m_blocks[std::size_t(index)].kind == Kind::Done)
        return;
    const CalendarStretch key = keyOf(index);
    if (const auto found = std::ranges::find(m_ticked, key); found != m_ticked.end())
        m_ticked.erase(found);
    else
        m_ticked.push_back(key);
    m_widgets[std::size_t(index)]->update();
    Q_EMIT currentChanged();
}

void WeekGrid::keyPressEvent(QKeyEvent* event) {
    if (event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) {
        QWidget::keyPressEvent(event);
        return;
    }
    const int forward = layoutDirection() == Qt::RightToLeft ? -1 : 1;
    switch (event->key()) {
    case Qt::Key_Left:
        moveToDay(-forward);
        break;
    case Qt::Key_Right:
        moveToDay(forward);
        break;
    case Qt::Key_Up:
        moveInDay(-1);
        break;
    case Qt::Key_Down:
        moveInDay(1);
        break;
    case Qt::Key_Space:
        toggleTick(m_current);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT opened();
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    event->accept();
}

void WeekGrid::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    for (QWidget* widget : m_widgets)
        widget->update();
    update();
    tell();
}

void WeekGrid::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    for (QWidget* widget : m_widgets)
        widget->update();
    update();
}

// ── Mouse ─────────────────────────────────────────────────────────────────────────────────────────

void WeekGrid::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    m_pressed = event->pos();
    const int index = blockAt(event->pos());
    m_mayDrag = index >= 0 && m_blocks[std::size_t(index)].kind != Kind::Done;
    if (index >= 0) {
        if (event->modifiers() & Qt::ControlModifier)
            toggleTick(index);
        setCurrent(index);
    } else if (const Place place = placeAt(event->pos()); place.day >= 0) {
        m_day = place.day;
        setCurrent(-1);
    }
}

void WeekGrid::mouseMoveEvent(QMouseEvent* event) {
    if (m_mayDrag && (event->buttons() & Qt::LeftButton)
        && (event->pos() - m_pressed).manhattanLength() >= QApplication::startDragDistance())
        startDrag();
}

void WeekGrid::mouseDoubleClickEvent(QMouseEvent* event) {
    if (blockAt(event->pos()) >= 0)
        Q_EMIT opened();
}

void WeekGrid::startDrag() {
    m_mayDrag = false;
    if (!current())
        return;
    QWidget* block = m_widgets[std::size_t(m_current)];
    auto* what = new TaskDrag(chosen(), *current());
    what->hours = m_hours;
    runDrag(this, what, block->grab(), m_pressed - block->pos());
}

} // namespace outrider::calendar
