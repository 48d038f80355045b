// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/meeting_cards.h"

#include "ui/calendar/calendar_words.h"
#include "ui/paint/pieces.h"
#include "ui/paint/text.h"
#include "ui/text/meeting_text.h"
#include "ui/theme/icons.h"

#include <QDateTime>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace outrider::calendar {

using theme::TextStyle;

namespace {

constexpr int leastMinutes = 30; // shown as long as a block of tasks at least

class Card : public QWidget {
public:
    Card(const MeetingPlace& place, const text::Dates& dates, QWidget* parent)
        : QWidget(parent),
          m_title(text::meetingTitle(place.meeting)),
          m_detail(text::meetingPeople(place.meeting)),
          m_isPrivate(place.meeting.isPrivate()) {
        const QString state = text::meetingState(place.meeting);
        if (m_detail.isEmpty())
            m_detail = QString::fromStdString(place.meeting.location);
        if (!state.isEmpty())
            m_detail = state;
        setAttribute(Qt::WA_TransparentForMouseEvents);
        QString name = tr("Meeting: %1, %2").arg(m_title, text::meetingWhen(dates, place.meeting));
        if (!m_detail.isEmpty())
            name += tr(", %1").arg(m_detail);
        setAccessibleName(name);
        setToolTip(name);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const theme::Tokens& t = theme::tokens(this);
        const auto& color = t.color;
        QPainter painter(this);
        paint::drawCard(&painter, rect(), t.size.radius, m_isPrivate ? color.raised : color.surface, color.control,
                        t.size.hairline);
        const QRect side(0, 0, t.size.currentBar, height());
        painter.setClipRect(rect().adjusted(0, t.size.hairline, 0, -t.size.hairline));
        painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), side), color.muted);
        painter.setClipping(false);
        const int icon = t.size.iconSmall;
        const int line = std::min(height(), t.size.row);
        int start = t.size.currentBar + t.space.s;
        const auto place = [this](const QRect& one) { return QStyle::visualRect(layoutDirection(), rect(), one); };
        const QColor ink = m_isPrivate ? color.muted : color.text;
        theme::paintIcon(&painter, place(QRect(start, (line - icon) / 2, icon, icon)), theme::Icon::CalendarCheck, color.muted);
        start += icon + t.space.iconGap;
        const int room = std::max(0, width() - start - t.space.xs);
        paint::drawText(&painter, t, place(QRect(start, 0, room, line)),
                        {.text = m_title, .style = TextStyle::BodyStrong, .color = ink});
        const int second = t.lineHeight(TextStyle::Meta);
        if (!m_detail.isEmpty() && height() >= line + second)
            paint::drawText(&painter, t, place(QRect(start, line - t.size.focus, room, second)),
                            {.text = m_detail, .style = TextStyle::Meta, .color = color.muted});
    }

private:
    QString m_title;
    QString m_detail;
    bool m_isPrivate;
};

void placeLanes(std::vector<MeetingPlace>& places) {
    for (MeetingPlace& each : places) {
        std::vector<bool> taken;
        for (const MeetingPlace& other : places) {
            const bool meets = &other != &each && other.day == each.day && other.minute < each.minute + each.minutes
                               && each.minute < other.minute + other.minutes;
            if (!meets)
                continue;
            ++each.lanes;
            if (&other < &each) {
                taken.resize(std::max(taken.size(), std::size_t(other.lane) + 1));
                taken[std::size_t(other.lane)] = true;
            }
        }
        each.lane = int(std::ranges::find(taken, false) - taken.begin());
    }
}

} // namespace

std::vector<Meeting> meetingsOf(const CalendarDay& day, const std::vector<Meeting>& meetings) {
    std::vector<Meeting> found;
    for (const Meeting& meeting : meetings) {
        if (meeting.startsAt < day.end && (meeting.endsAt > day.start || meeting.startsAt >= day.start))
            found.push_back(meeting);
    }
    return found;
}

std::vector<MeetingPlace> meetingPlaces(const std::vector<CalendarDay>& days, const std::vector<Meeting>& meetings,
                                        const text::Dates& dates) {
    std::vector<MeetingPlace> places;
    for (int i = 0; i < int(days.size()); ++i) {
        const CalendarDay& day = days[std::size_t(i)];
        for (const Meeting& meeting : meetingsOf(day, meetings)) {
            if (meeting.isAllDay)
                continue;
            const auto minuteOf = [&](Instant at) {
                if (at <= day.start)
                    return 0;
                if (at >= day.end)
                    return minutesOfDay;
                const QTime time = dates.local(at).time();
                return time.hour() * 60 + time.minute();
            };
            const int from = std::min(minuteOf(meeting.startsAt), minutesOfDay - leastMinutes);
            const int to = std::max(minuteOf(meeting.endsAt), from + leastMinutes);
            places.push_back({.meeting = meeting, .day = i, .minute = from, .minutes = to - from});
        }
    }
    placeLanes(places);
    return places;
}

void MeetingCards::set(std::vector<MeetingPlace> places, const text::Dates& dates) {
    qDeleteAll(m_cards);
    m_cards.clear();
    m_places = std::move(places);
    for (const MeetingPlace& place : m_places) {
        auto* card = new Card(place, dates, m_grid);
        m_cards.push_back(card);
        card->show();
    }
}

bool MeetingCards::overlaps(int day, int minute, int minutes) const {
    return std::ranges::any_of(m_places, [=](const MeetingPlace& place) {
        return place.day == day && place.minute < minute + minutes && minute < place.minute + place.minutes;
    });
}

void MeetingCards::arrange(int hourHeight, const std::function<QRect(const MeetingPlace&)>& roomOf) {
    for (std::size_t i = 0; i < m_places.size(); ++i) {
        const MeetingPlace& place = m_places[i];
        const theme::Tokens& t = theme::tokens(m_grid);
        const QRect room = roomOf(place).adjusted(t.size.focus, 0, -t.size.focus, 0);
        const int lane = room.width() / place.lanes;
        const int top = place.minute * hourHeight / 60;
        const int bottom = (place.minute + place.minutes) * hourHeight / 60;
        QRect card(room.left() + lane * place.lane, top + t.size.hairline, lane - t.size.hairline, bottom - top - t.size.focus);
        if (m_grid->layoutDirection() == Qt::RightToLeft)
            card.moveRight(room.right() - lane * place.lane);
        m_cards[i]->setGeometry(card);
    }
}

} // namespace outrider::calendar
