// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/process_head.h"

#include "ui/lead_view/lead_words.h"
#include "ui/paint/domain_looks.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/today/task_words.h"
#include "ui/widgets/button.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>

namespace outrider::today {

using text::isolated;
using text::toQt;
using theme::TextStyle;
using widgets::Ink;
using widgets::Label;

namespace {

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

ProcessTop::ProcessTop(QWidget* parent)
    : Area(Ground::Surface, Qt::BottomEdge, parent),
      m_text(new Label(TextStyle::Title)),
      m_line(new widgets::ProgressLine),
      m_left(new Label(TextStyle::Meta, Ink::Muted)),
      m_leave(new widgets::Button(widgets::Button::Kind::Ghost, {})) {
    const theme::Tokens& t = theme::tokens(this);
    setFixedHeight(t.size.toolbar);
    auto* row = widgets::row(this, t.space.l, {t.space.l, 0, t.space.l, 0});
    m_line->setMaximumWidth(t.size.paletteWidth / 2);
    m_line->setAccessibleName(tr("Tasks done"));
    row->addWidget(m_text);
    row->addWidget(m_line, 2);
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
    row->addWidget(m_left);
    row->addWidget(m_leave);
}

void ProcessTop::setLeaveAction(QAction* leave) { m_leave->bind(leave); }

void ProcessTop::showProgress(const ProcessSession& session, int doneHere, int secondsHere) {
    const QLocale locale;
    m_text->setText(tr("Task %1 of %2").arg(locale.toString(session.position()), locale.toString(session.total())));
    m_line->setFraction(session.total() == 0 ? 0 : double(session.total() - session.open()) / session.total());
    const auto open = session.openByChannel();
    for (const Channel channel : channels) {
        const Count& count = m_counts.at(std::size_t(channel));
        const int number = open.at(std::size_t(channel));
        count.number->setText(locale.toString(number));
        count.number->setAccessibleName(text::channelPlural(channel, number));
        count.holder->setVisible(number > 0 || channel != Channel::Sms);
    }
    const int minutes = (session.secondsLeft(doneHere, secondsHere) + 59) / 60;
    m_left->setText(minutes <= 1 ? tr("About a minute left") : tr("About %1 minutes left").arg(locale.toString(minutes)));
}

ProcessHead::ProcessHead(QWidget* parent)
    : Area(Ground::Surface, Qt::BottomEdge, parent),
      m_name(new Label(TextStyle::Display)),
      m_status(new widgets::ChipLabel),
      m_score(new widgets::ChipLabel),
      m_time(new widgets::ChipLabel),
      m_job(new Label(TextStyle::Body, Ink::Muted)),
      m_company(new Label),
      m_facts(new Label(TextStyle::Body, Ink::Muted)),
      m_what(new QWidget),
      m_stepIcon(new widgets::IconLabel(theme::Icon::None)),
      m_step(new Label(TextStyle::BodyStrong)),
      m_strategy(new Label(TextStyle::Body, Ink::Muted)) {
    const theme::Tokens& t = theme::tokens(this);
    auto* row = widgets::row(this, t.space.l, {t.space.xl, t.space.m, t.space.xl, t.space.m});
    auto* who = new QWidget;
    auto* whoColumn = widgets::column(who, t.space.xs);
    auto* nameLine = new QWidget;
    auto* nameRow = widgets::row(nameLine, t.space.s);
    m_name->setEliding(true);
    nameRow->addWidget(m_name);
    nameRow->addSpacing(t.space.xs);
    for (auto* chip : {m_status, m_score, m_time})
        nameRow->addWidget(chip);
    nameRow->addStretch(1);
    auto* jobLine = new QWidget;
    auto* jobRow = widgets::row(jobLine, t.space.xs);
    for (Label* each : {m_job, m_company, m_facts}) {
        each->setEliding(true);
        jobRow->addWidget(each, each == m_facts ? 1 : 0);
    }
    m_facts->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // gives way first
    whoColumn->addWidget(nameLine);
    whoColumn->addWidget(jobLine);
    row->addWidget(who, 1);

    auto* whatColumn = widgets::column(m_what, t.space.xs);
    auto* stepLine = new QWidget;
    auto* stepRow = widgets::row(stepLine, t.space.iconGap);
    stepRow->addStretch(1);
    stepRow->addWidget(m_stepIcon);
    stepRow->addWidget(m_step);
    whatColumn->addWidget(stepLine);
    whatColumn->addWidget(m_strategy, 0, Qt::AlignRight);
    row->addWidget(m_what);
}

void ProcessHead::show(const QueueItem& item, const TaskDetail* task, const std::vector<Status>& statuses, Instant now) {
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
    m_known = task != nullptr;
    if (task == nullptr) {
        m_job->setText({});
        m_facts->setText({});
        fit();
        return;
    }
    const LeadDetail& lead = task->lead;
    const QString job = toQt(lead.lead.jobTitle);
    m_job->setText(job.isEmpty() || lead.lead.companyName.empty() ? job : job + QLatin1Char(','));
    m_company->setText(toQt(lead.lead.companyName));
    const QString facts = lead.company ? lead_view::companyFacts(*lead.company) : QString();
    m_facts->setText(facts.isEmpty() ? facts : QStringLiteral("· ") + facts);
    const auto status = std::ranges::find(statuses, lead.lead.status, &Status::id);
    const Status unnamed{.id = lead.lead.status, .key = {}, .name = {}};
    m_status->setChip(paint::standingChip(status != statuses.end() ? *status : unnamed, lead.lead.reach));
    const auto [place, time] = lead_view::localTime(lead, now);
    const QString there = place.isEmpty() ? time : isolated(place) + QLatin1Char(' ') + time;
    m_time->setChip({.text = lead.insideHours ? tr("%1, inside hours").arg(there) : tr("%1, outside hours").arg(there),
                     .tone = lead.insideHours ? paint::Tone::Ok : paint::Tone::Warn,
                     .icon = theme::Icon::Clock});
    fit();
}

// The score gives way first when name, status and time need the room, then the status.
void ProcessHead::fit() {
    const theme::Tokens& t = theme::tokens(this);
    int room = width() - m_name->sizeHint().width() - m_what->sizeHint().width() - 3 * t.space.xl;
    for (auto* chip : {m_time, m_status, m_score}) {
        room -= chip->sizeHint().width() + t.space.s;
        chip->setVisible((chip == m_score || m_known) && (room >= 0 || chip == m_time) && !chip->accessibleName().isEmpty());
    }
}

void ProcessHead::resizeEvent(QResizeEvent* event) {
    Area::resizeEvent(event);
    fit();
}

} // namespace outrider::today
