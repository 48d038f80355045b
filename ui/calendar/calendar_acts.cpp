// SPDX-License-Identifier: GPL-3.0-or-later
// What the person does in the calendar; making it and reading are in calendar_page.cpp.
#include "ui/calendar/calendar_page.h"

#include "core/base/deliver.h"
#include "ui/calendar/calendar_words.h"
#include "ui/calendar/day_pane.h"
#include "ui/calendar/month_view.h"
#include "ui/calendar/week_view.h"
#include "ui/text/names.h"
#include "ui/text/quick_date.h"
#include "ui/text/tr.h"
#include "ui/widgets/button.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/sheet.h"

#include <QDateTime>
#include <QLineEdit>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace outrider::calendar {

using text::toQt;
using theme::Icon;

namespace {

const QString modeKey = QStringLiteral("calendar/mode");

} // namespace

void CalendarPage::setMode(Mode mode) {
    m_mode = mode;
    m_context.preferences.setText(modeKey, mode == Mode::Month ? QStringLiteral("month") : QStringLiteral("week"));
    m_week->grid()->clearTicks();
    m_known = false;
    read();
    m_views->setCurrentIndex(mode == Mode::Week ? 0 : 1);
    m_modes->setCurrent(mode == Mode::Week ? 0 : 1);
    enter();
}

void CalendarPage::turn(int direction) {
    if (m_mode == Mode::Week)
        goTo(m_date + std::chrono::days(7 * direction));
    else
        goTo(fromQDate(toQDate(m_date).addMonths(direction)));
}

void CalendarPage::goTo(std::chrono::sys_days date) {
    m_date = date;
    m_week->grid()->clearTicks();
    m_date = date; // the grid has told of the old one
    if (m_known && day(date) != nullptr && (m_mode == Mode::Week || first() == m_calendar.days.front().date))
        show();
    else
        read();
}

void CalendarPage::goToday() { goTo(fromQDate(m_context.dates().local(m_context.workspace.clock().now()).date())); }

// A day or a moment as one types it; `chosen` is called with it.
void CalendarPage::askDay() {
    auto* sheet = new widgets::Sheet(this, tr("Go to a day"));
    auto* input = new QLineEdit;
    input->setPlaceholderText(tr("23 nov, in 2 weeks, monday, 2026-12-01"));
    input->setAccessibleName(tr("Day"));
    auto* read = new widgets::Label(theme::TextStyle::Meta, widgets::Ink::Muted, tr("A day to come, or a date."));
    sheet->body()->addWidget(input);
    sheet->body()->addWidget(read);
    sheet->addCancel(tr("Cancel"));
    auto* go = sheet->addButton(widgets::Button::Kind::Primary, tr("Go there"));
    go->setEnabled(false);
    const auto parsed = [this, input]() -> std::optional<QDate> {
        const QString typed = input->text().trimmed();
        if (const QDate date = QDate::fromString(typed, Qt::ISODate); date.isValid()) // one that has passed, too
            return date;
        const text::Dates dates = m_context.dates();
        const Instant now = m_context.workspace.clock().now();
        const auto moment = text::parseMoment(typed, now, dates.local(now).timeZone());
        return moment ? std::optional(dates.local(*moment).date()) : std::nullopt;
    };
    connect(input, &QLineEdit::textChanged, sheet, [=] {
        const auto date = parsed();
        go->setEnabled(date.has_value());
        read->setText(date ? dayTitle(fromQDate(*date)) : tr("A day to come, or a date."));
    });
    connect(go, &widgets::Button::clicked, sheet, [=, this] {
        if (const auto date = parsed()) {
            sheet->finish();
            goTo(fromQDate(*date));
        }
    });
    sheet->open(input);
}

void CalendarPage::askMoment() {
    const CalendarChoice choice = chosen();
    const QueueItem* item = m_pane->task();
    if (item == nullptr || (choice.tasks.empty() && choice.stretches.empty()))
        return;
    const text::Dates dates = m_context.dates();
    const QDateTime from = dates.local(item->dueAt);
    auto* sheet = new widgets::Sheet(this, tr("Move to"));
    auto* input = new QLineEdit;
    input->setPlaceholderText(tr("tue 14:00, tomorrow, in 2 weeks, 23 nov"));
    input->setAccessibleName(tr("Move to"));
    auto* read = new widgets::Label(theme::TextStyle::Meta, widgets::Ink::Muted, tr("A day without a time is at 09:00."));
    read->setWordWrap(true);
    sheet->body()->addWidget(input);
    sheet->body()->addWidget(read);
    sheet->addCancel(tr("Cancel"));
    auto* move = sheet->addButton(widgets::Button::Kind::Primary, tr("Move"));
    move->setEnabled(false);
    const auto parsed = [this, input, dates] {
        return text::parseMoment(input->text(), m_context.workspace.clock().now(),
                                 dates.local(m_context.workspace.clock().now()).timeZone());
    };
    connect(input, &QLineEdit::textChanged, sheet, [=, this] {
        const auto at = parsed();
        move->setEnabled(at.has_value());
        QString text = at ? dates.moment(*at) : tr("A day without a time is at 09:00.");
        if (at && m_pane->hours() && fitOf(*m_pane->hours(), *at) == Fit::Outside)
            text = tr("%1, outside their hours").arg(text);
        read->setText(text);
    });
    connect(move, &widgets::Button::clicked, sheet, [=, this] {
        const auto at = parsed();
        if (!at)
            return;
        sheet->finish();
        const QDateTime to = dates.local(*at);
        this->move(choice, CalendarShift{.days = int(from.date().daysTo(to.date())),
                                         .toMinute = to.time().hour() * 60 + to.time().minute()});
    });
    sheet->open(input);
}

// In the list, what is selected there; else the blocks that are ticked, or the current one.
CalendarChoice CalendarPage::chosen() const {
    if (listHasFocus() || m_mode == Mode::Month)
        return {.tasks = m_pane->list()->selected(), .stretches = {}};
    return m_week->grid()->chosen();
}

void CalendarPage::moveBy(int direction, int minutes) {
    const bool toWeekends = m_weekends || (direction != 0 && isWeekend(m_date));
    const int days = direction == 0 ? 0 : stepDays(m_date, direction, toWeekends);
    move(chosen(), {.days = days, .minutes = minutes, .toMinute = {}});
}

void CalendarPage::move(const CalendarChoice& choice, const CalendarShift& shift) {
    if (choice.tasks.empty() && choice.stretches.empty())
        return;
    const QString who = m_pane->task() != nullptr ? toQt(m_pane->task()->leadName) : QString();
    const bool fromGrid = choice.tasks.empty();
    deliver(m_context.workspace.calendar().move(choice, shift), this, [this, who, shift, fromGrid](Result<CalendarMoved> moved) {
        if (!moved) {
            if (moved.error().code == ErrorCode::InvalidArgument)
                m_context.tell.info(tr("That is past. Nothing was moved."));
            else
                m_context.tell.failed(moved.error(), tr("Nothing was moved"));
            return;
        }
        m_context.tell.done(movedText(*moved, who, m_context.dates()), true, Icon::Clock);
        if (fromGrid && moved->moved > 0) { // the eye goes along
            m_week->grid()->follow(moved->first, shift);
            m_date = fromQDate(m_context.dates().local(moved->first).date());
        }
        read();
    });
}

void CalendarPage::undo() {
    deliver(m_context.workspace.history().undo(), this, [this](Result<UndoReport> report) {
        if (!report) {
            m_context.tell.failed(report.error());
            return;
        }
        m_context.tell.info(tr("Taken back: %1").arg(text::actionText(report->undone.action)));
        m_soon.start();
    });
}

void CalendarPage::openLead() {
    if (m_pane->task() != nullptr)
        m_context.go.openLead(m_pane->task()->lead);
}

} // namespace outrider::calendar
