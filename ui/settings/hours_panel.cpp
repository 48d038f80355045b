// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/hours_panel.h"

#include "core/base/deliver.h"
#include "ui/text/names.h"
#include "ui/widgets/button.h"
#include "ui/widgets/hours_edit.h"

#include <QBoxLayout>
#include <QDateEdit>
#include <QListWidget>
#include <QLocale>

#include <algorithm>

namespace outrider::settings {

namespace {

constexpr int idleMs = 600;

QDate toQt(std::chrono::sys_days day) { return QDate(1970, 1, 1).addDays(day.time_since_epoch().count()); }

std::chrono::sys_days fromQt(QDate day) { return std::chrono::sys_days(std::chrono::days(QDate(1970, 1, 1).daysTo(day))); }

} // namespace

HoursPanel::HoursPanel(const frame::Context& context, QWidget* parent)
    : Panel(context, tr("Hours and days off"), theme::Icon::Clock, tr("window working time holiday vacation weekday calendar"),
            parent),
      m_hours(new widgets::HoursEdit(tr("Usual hours"))),
      m_hoursError(new widgets::Label(theme::TextStyle::Meta, widgets::Ink::Danger)),
      m_day(new QDateEdit),
      m_add(new widgets::Button(widgets::Button::Kind::Secondary, tr("Add"))),
      m_list(new QListWidget),
      m_remove(new widgets::Button(widgets::Button::Kind::Danger, tr("Remove"))) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column =
        page(tr("When people may be reached, in their own time. New strategies begin with these hours; each can have others."));
    column->addWidget(m_hours);
    column->addWidget(m_hoursError);
    column->addWidget(new widgets::Label(theme::TextStyle::Section, widgets::Ink::Text, tr("Days off")));
    column->addWidget(explanation(tr("Nothing is due and nothing leaves on these days. Steps move to the next working day.")));
    auto* adding = new QHBoxLayout;
    adding->setSpacing(t.space.s);
    m_day->setCalendarPopup(true);
    m_day->setDisplayFormat(QStringLiteral("ddd d MMM yyyy"));
    m_day->setAccessibleName(tr("Day off"));
    m_day->setDate(context.dates().local(context.workspace.clock().now()).date());
    m_add->setAccessibleName(tr("Add the day off"));
    adding->addWidget(m_day);
    adding->addWidget(m_add);
    adding->addWidget(m_remove);
    adding->addStretch(1);
    column->addLayout(adding);
    m_list->setAccessibleName(tr("Days off"));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    column->addWidget(m_list, 1);
    m_list->setFrameShape(QFrame::NoFrame);

    m_delay.setSingleShot(true);
    m_delay.setInterval(idleMs);
    connect(&m_delay, &QTimer::timeout, this, &HoursPanel::saveHours);
    connect(m_hours, &widgets::HoursEdit::edited, &m_delay, qOverload<>(&QTimer::start));
    connect(m_add, &QAbstractButton::clicked, this, &HoursPanel::addDay);
    m_remove->bind(context.commands.add(m_list,
                                        {.id = QStringLiteral("days_off.remove"),
                                         .text = tr("Remove"),
                                         .group = tr("Days off"),
                                         .icon = theme::Icon::Trash,
                                         .keys = {QKeySequence(Qt::Key_Delete)}},
                                        [this] { removeDays(); }));
    m_remove->setAccessibleName(tr("Remove the day off"));
}

void HoursPanel::read() {
    deliver(context().workspace.settings().hours(), this, [this](Result<Window> hours) {
        if (hours && !m_delay.isActive() && m_hours->hours() != *hours)
            m_hours->setWindow(*hours);
    });
    deliver(context().workspace.settings().daysOff(), this, [this](Result<std::vector<std::chrono::sys_days>> days) {
        if (!days)
            return;
        m_days = std::move(*days);
        std::sort(m_days.begin(), m_days.end());
        showDays();
    });
}

void HoursPanel::saveHours() {
    const Window window = m_hours->hours();
    const bool opens = !window.days.none() && window.startMinute < window.endMinute;
    m_hoursError->setText(opens ? QString() : tr("These hours never open: choose a day, and an end after the start. Not saved."));
    if (!opens)
        return;
    deliver(context().workspace.settings().setHours(window), this,
            [this, window](Result<> saved) { told(saved, tr("Usual hours: %1.").arg(widgets::hoursText(window))); });
}

void HoursPanel::addDay() {
    const auto day = fromQt(m_day->date());
    if (std::find(m_days.begin(), m_days.end(), day) != m_days.end()) {
        context().tell.info(tr("That day is in the list."));
        return;
    }
    auto days = m_days;
    days.push_back(day);
    std::sort(days.begin(), days.end());
    saveDays(std::move(days), tr("Day off: %1.").arg(QLocale().toString(m_day->date(), QStringLiteral("ddd d MMM yyyy"))));
    m_day->setDate(m_day->date().addDays(1));
}

void HoursPanel::removeDays() {
    std::vector<std::chrono::sys_days> left;
    for (int row = 0; row < m_list->count(); ++row) {
        if (!m_list->item(row)->isSelected())
            left.push_back(m_days[std::size_t(row)]);
    }
    const auto removed = qint64(m_days.size() - left.size());
    if (removed > 0)
        saveDays(std::move(left), tr("%1 removed.").arg(text::counted(removed, tr("day off"), tr("days off"))));
}

void HoursPanel::saveDays(std::vector<std::chrono::sys_days> days, const QString& done) {
    deliver(context().workspace.settings().setDaysOff(days), this, [this, days, done](Result<> saved) {
        if (saved) {
            m_days = days;
            showDays();
        }
        told(saved, done);
    });
}

void HoursPanel::showDays() {
    const int row = m_list->currentRow();
    m_list->clear();
    for (const auto day : m_days)
        m_list->addItem(QLocale().toString(toQt(day), QStringLiteral("dddd, d MMMM yyyy")));
    m_list->setCurrentRow(std::min(row, m_list->count() - 1));
    m_remove->setVisible(m_list->count() > 0);
}

} // namespace outrider::settings
