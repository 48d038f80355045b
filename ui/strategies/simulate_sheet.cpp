// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/simulate_sheet.h"

#include "core/base/deliver.h"
#include "ui/text/error_text.h"
#include "ui/text/insight_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/bar_chart.h"
#include "ui/widgets/combo.h"
#include "ui/widgets/segmented.h"

#include <QBoxLayout>
#include <QListView>
#include <QLocale>

#include <map>
#include <set>

namespace outrider::strategies {

using widgets::Ink;
using widgets::Label;

namespace {

constexpr int lengths[]{7, 14, 30, 90};
constexpr int pollMs = 150;
constexpr int listLines = 9;
// What a reason's entry stands for: waits as they are numbered, what is left out below them.
constexpr int leftOutBase = 1000;

} // namespace

SimulateSheet::SimulateSheet(QWidget* over, const frame::Context& context, StrategyId strategy, const QString& name)
    : Sheet(over, name.isEmpty() ? tr("Simulate the next days") : tr("Simulate %1").arg(text::isolated(name))),
      m_context(context),
      m_strategy(strategy),
      m_list(new SimulationList(this)),
      m_days(new widgets::Segmented(tr("Days"), {tr("7 days"), tr("14 days"), tr("30 days"), tr("90 days")})),
      m_show(new widgets::Segmented(tr("Show"), {tr("All"), tr("E-mails"), tr("Tasks"), tr("Waits"), tr("Left out")})),
      m_reasons(new widgets::Combo(tr("Reason"))),
      m_chart(new widgets::BarChart(tr("Simulated e-mails a day"))),
      m_summary(new Label(theme::TextStyle::BodyStrong)),
      m_day(new Label(theme::TextStyle::Meta, Ink::Muted)),
      m_cancel(new widgets::Button(widgets::Button::Kind::Ghost, tr("Stop"))),
      m_view(new QListView) {
    const theme::Tokens& t = theme::tokens(this);
    setWide(true);
    auto* head = new QHBoxLayout;
    head->setSpacing(t.space.s);
    head->addWidget(m_days);
    head->addStretch(1);
    m_cancel->setAccessibleName(tr("Stop the simulation"));
    head->addWidget(m_cancel);
    body()->addLayout(head);
    m_summary->setWordWrap(true);
    body()->addWidget(m_summary);
    m_day->setEliding(true);
    body()->addWidget(m_day);
    m_chart->setMinimumHeight(t.lineHeight(theme::TextStyle::Meta) * 9);
    body()->addWidget(m_chart);
    auto* filters = new QHBoxLayout;
    filters->setSpacing(t.space.s);
    filters->addWidget(m_show);
    filters->addStretch(1);
    filters->addWidget(m_reasons);
    body()->addLayout(filters);
    m_view->setAccessibleName(tr("Simulated steps"));
    m_view->setModel(m_list);
    m_view->setItemDelegate(new SimulationDelegate(m_view));
    m_view->setUniformItemSizes(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMinimumHeight(listLines * (t.lineHeight(theme::TextStyle::Body) + t.space.s));
    body()->addWidget(m_view, 1);
    addCancel(tr("Close"));
    setFocusProxy(m_view);

    m_days->setCurrent(2);
    connect(m_days, &widgets::Segmented::chosen, this, &SimulateSheet::run);
    connect(m_show, &widgets::Segmented::chosen, this, &SimulateSheet::filter);
    connect(m_reasons, &QComboBox::activated, this, &SimulateSheet::filter);
    connect(m_cancel, &QAbstractButton::clicked, this, &SimulateSheet::cancel);
    connect(m_chart, &widgets::CellChart::currentChanged, this, [this](int day) { m_day->setText(m_chart->sentence(day)); });
    m_poll.setInterval(pollMs);
    connect(&m_poll, &QTimer::timeout, this, [this] {
        if (m_progress)
            m_summary->setText(tr("Planning: %1 so far").arg(text::number(m_progress->done())));
    });
    run();
}

SimulateSheet::~SimulateSheet() { cancel(); }

void SimulateSheet::cancel() {
    if (m_progress)
        m_progress->cancel();
}

void SimulateSheet::run() {
    cancel();
    const int generation = ++m_generation;
    m_progress = std::make_shared<Progress>();
    m_cancel->setVisible(true);
    m_summary->setText(tr("Planning"));
    m_poll.start();
    deliver(m_context.workspace.strategies().simulate(lengths[m_days->current()], m_progress), this,
            [this, generation](Result<SimulationReport> report) {
                if (generation != m_generation)
                    return;
                m_progress.reset();
                m_poll.stop();
                m_cancel->setVisible(false);
                if (report)
                    show(*std::move(report));
                else
                    m_summary->setText(report.error().code == ErrorCode::Cancelled ? tr("Stopped.")
                                                                                   : text::sentence(report.error()));
            });
}

void SimulateSheet::show(SimulationReport report) {
    m_list->setFilter({.strategy = m_strategy});
    m_list->setReport(std::move(report), m_context.dates());
    m_reasons->clear();
    m_reasons->addItem(tr("Any reason"), -1);
    for (const auto& [reason, count] : m_list->waitReasons())
        m_reasons->addItem(tr("%1 (%2)").arg(text::waitReasonText(reason), text::number(count)), int(reason));
    for (const auto& [reason, count] : m_list->skipReasons())
        m_reasons->addItem(tr("%1 (%2)").arg(skipReasonText(reason), text::number(count)), leftOutBase + int(reason));
    showChart();
    filter();
}

void SimulateSheet::showChart() {
    struct Day {
        std::int64_t its = 0;
        std::int64_t others = 0;
    };
    const SimulationReport& report = m_list->report();
    const text::Dates dates = m_context.dates();
    std::map<std::chrono::sys_days, Day> days;
    const auto dayOf = [&](Instant at) {
        return std::chrono::sys_days(std::chrono::days(QDate(1970, 1, 1).daysTo(dates.local(at).date())));
    };
    std::int64_t mails = 0;
    std::int64_t tasks = 0;
    std::int64_t waits = 0;
    std::optional<Instant> last;
    std::set<MailboxId> boxes;
    for (const SimulatedStep& step : report.plan.steps) {
        const bool its = !m_strategy || step.strategy == m_strategy;
        if (its) {
            last = step.at;
            (step.channel == Channel::Email ? mails : tasks) += 1;
            waits += std::ranges::any_of(step.waited, [](WaitReason one) { return one != WaitReason::UndoWindow; }) ? 1 : 0;
        }
        if (step.channel != Channel::Email)
            continue;
        if (its)
            boxes.insert(step.mailbox);
        Day& day = days[dayOf(step.at)];
        ++(its ? day.its : day.others);
    }
    std::vector<widgets::BarChart::Bar> bars;
    if (!days.empty()) {
        for (auto day = days.begin()->first; day <= days.rbegin()->first; day += std::chrono::days(1)) {
            const Day counted = days.contains(day) ? days.at(day) : Day{};
            const QDate date = QDate(1970, 1, 1).addDays(day.time_since_epoch().count());
            if (date.dayOfWeek() > 5 && counted.its + counted.others == 0)
                continue;
            const QString name = QLocale().toString(date, QStringLiteral("ddd d MMM"));
            bars.push_back({.day = day,
                            .lower = counted.others,
                            .upper = counted.its,
                            .sentence = m_strategy ? tr("%1: %2 e-mails of this strategy, %3 of others")
                                                         .arg(name, text::number(counted.its), text::number(counted.others))
                                                   : tr("%1: %2 e-mails").arg(name, text::number(counted.its))});
        }
    }
    std::int64_t cap = 0;
    for (const MailboxId box : boxes) {
        const auto limit = report.dailyLimits.find(box);
        cap += limit == report.dailyLimits.end() ? 0 : limit->second;
    }
    m_chart->setBars(std::move(bars), widgets::BarChart::Look::UpperMost, widgets::BarChart::Mark{cap, tr("daily cap")});
    m_day->setText(m_strategy ? tr("Of a bar, the upper part is this strategy and the lower part the others.") : QString());
    QStringList parts{text::counted(mails, tr("e-mail"), tr("e-mails")), text::counted(tasks, tr("task"), tr("tasks"))};
    if (waits > 0)
        parts.append(tr("%1 wait").arg(text::number(waits)));
    std::int64_t leftOut = 0;
    for (const SimulatedSkip& skip : report.plan.skips)
        leftOut += !m_strategy || skip.strategy == m_strategy ? 1 : 0;
    if (leftOut > 0)
        parts.append(tr("%1 left out").arg(text::number(leftOut)));
    if (last)
        parts.append(tr("last step %1").arg(dates.day(*last)));
    m_summary->setText(parts.join(QStringLiteral(", ")));
}

void SimulateSheet::filter() {
    SimulationList::Filter filter{.show = SimulationList::Show(m_show->current()), .strategy = m_strategy};
    const int reason = m_reasons->currentData().isValid() ? m_reasons->currentData().toInt() : -1;
    if (reason >= leftOutBase)
        filter.leftOut = SkipReason(reason - leftOutBase);
    else if (reason >= 0)
        filter.waited = WaitReason(reason);
    m_list->setFilter(filter);
}

} // namespace outrider::strategies
