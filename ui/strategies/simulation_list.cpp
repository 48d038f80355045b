// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/simulation_list.h"

#include "ui/paint/text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/theme/tokens.h"

#include <QPainter>

#include <algorithm>
#include <map>

namespace outrider::strategies {

namespace {

bool counts(WaitReason reason) { return reason != WaitReason::None && reason != WaitReason::UndoWindow; }

template <typename Id>
QString nameIn(const std::map<Id, std::string>& names, Id id) {
    const auto found = names.find(id);
    return found == names.end() ? QString() : text::isolated(text::toQt(found->second));
}

template <typename Reason>
std::vector<std::pair<Reason, int>> listed(const std::map<Reason, int>& counted) {
    std::vector<std::pair<Reason, int>> out(counted.begin(), counted.end());
    std::ranges::stable_sort(out, std::greater<>(), [](const auto& one) { return one.second; });
    return out;
}

} // namespace

QString skipReasonText(SkipReason reason) {
    switch (reason) {
    case SkipReason::Unreachable:
        return SimulationList::tr("Cannot be reached");
    case SkipReason::NoMailbox:
        return SimulationList::tr("No mailbox to send from");
    case SkipReason::StrategyPaused:
        return SimulationList::tr("The strategy is paused");
    case SkipReason::EnrolmentPaused:
        return SimulationList::tr("Paused for this lead");
    case SkipReason::WindowNeverOpens:
        return SimulationList::tr("Its hours never open");
    case SkipReason::HeldForReview:
        return SimulationList::tr("Waits until you have looked at the first ones");
    case SkipReason::BeyondTheEnd:
        return SimulationList::tr("Limits push it past the last day");
    }
    return {};
}

void SimulationList::setReport(SimulationReport report, const text::Dates& dates) {
    m_report = std::move(report);
    m_dates = dates;
    choose();
}

void SimulationList::setFilter(const Filter& filter) {
    m_filter = filter;
    choose();
}

bool SimulationList::matches(const SimulatedStep& step) const {
    if (m_filter.leftOut || (m_filter.strategy && step.strategy != m_filter.strategy))
        return false;
    if (m_filter.waited && std::ranges::find(step.waited, *m_filter.waited) == step.waited.end())
        return false;
    switch (m_filter.show) {
    case Show::All:
        return true;
    case Show::Emails:
        return step.channel == Channel::Email;
    case Show::Tasks:
        return step.channel != Channel::Email;
    case Show::Waits:
        return std::ranges::any_of(step.waited, counts);
    case Show::LeftOut:
        return false;
    }
    return false;
}

bool SimulationList::matches(const SimulatedSkip& skip) const {
    if (m_filter.waited || (m_filter.strategy && skip.strategy != m_filter.strategy))
        return false;
    if (m_filter.leftOut && skip.reason != *m_filter.leftOut)
        return false;
    return m_filter.show == Show::All || m_filter.show == Show::LeftOut;
}

void SimulationList::choose() {
    beginResetModel();
    m_steps.clear();
    m_skips.clear();
    for (std::size_t i = 0; i < m_report.plan.steps.size(); ++i) {
        if (matches(m_report.plan.steps[i]))
            m_steps.push_back(int(i));
    }
    for (std::size_t i = 0; i < m_report.plan.skips.size(); ++i) {
        if (matches(m_report.plan.skips[i]))
            m_skips.push_back(int(i));
    }
    endResetModel();
}

std::vector<std::pair<WaitReason, int>> SimulationList::waitReasons() const {
    std::map<WaitReason, int> counted;
    for (const SimulatedStep& step : m_report.plan.steps) {
        if (m_filter.strategy && step.strategy != m_filter.strategy)
            continue;
        for (const WaitReason reason : step.waited) {
            if (counts(reason))
                ++counted[reason];
        }
    }
    return listed(counted);
}

std::vector<std::pair<SkipReason, int>> SimulationList::skipReasons() const {
    std::map<SkipReason, int> counted;
    for (const SimulatedSkip& skip : m_report.plan.skips) {
        if (!m_filter.strategy || skip.strategy == m_filter.strategy)
            ++counted[skip.reason];
    }
    return listed(counted);
}

int SimulationList::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_steps.size() + m_skips.size());
}

QString SimulationList::whatOf(LeadId lead, StrategyId strategy, int step, Channel channel, int variant) const {
    const QString who = nameIn(m_report.leads, lead);
    if (!strategy)
        return tr("%1: written by hand").arg(who);
    QString what =
        tr("%1: %2, step %3, %4").arg(who, nameIn(m_report.strategies, strategy)).arg(step + 1).arg(text::channelName(channel));
    if (variant > 0)
        what = tr("%1, text %2").arg(what, QChar('A' + variant));
    return what;
}

SimulationList::Row SimulationList::row(int index) const {
    if (index < int(m_steps.size())) {
        const SimulatedStep& step = m_report.plan.steps[std::size_t(m_steps[std::size_t(index)])];
        QStringList why;
        for (const WaitReason reason : step.waited) {
            if (counts(reason))
                why.append(text::waitReasonText(reason));
        }
        if (step.mailbox && why.isEmpty())
            why.append(nameIn(m_report.mailboxes, step.mailbox));
        return {.when = m_dates->moment(step.at),
                .what = whatOf(step.lead, step.strategy, step.step, step.channel, step.variant),
                .why = why.join(QStringLiteral(", "))};
    }
    const SimulatedSkip& skip = m_report.plan.skips[std::size_t(m_skips[std::size_t(index) - m_steps.size()])];
    const QString who = nameIn(m_report.leads, skip.lead);
    return {.when = skip.due ? m_dates->moment(*skip.due) : QString(),
            .what = skip.strategy ? tr("%1: %2, step %3").arg(who, nameIn(m_report.strategies, skip.strategy)).arg(skip.step + 1)
                                  : who,
            .why = skipReasonText(skip.reason),
            .leftOut = true};
}

QVariant SimulationList::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    const Row one = row(index.row());
    QStringList parts{one.when, one.what, one.why};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

void SimulationDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const theme::Tokens& t = theme::tokens(option.widget);
    const auto* model = qobject_cast<const SimulationList*>(index.model());
    if (model == nullptr)
        return;
    const SimulationList::Row row = model->row(index.row());
    if ((option.state & QStyle::State_Selected) != 0)
        painter->fillRect(option.rect, t.color.accentSoft);
    const QRect room = option.rect.adjusted(t.space.s, 0, -t.space.s, 0);
    const int when = room.width() * 18 / 100;
    const int why = row.why.isEmpty() ? 0 : room.width() * 32 / 100;
    const auto put = [&](int from, int width, const QString& text, const QColor& color) {
        const QRect place(room.left() + from, room.top(), width - t.space.s, room.height());
        paint::drawText(painter, t, QStyle::visualRect(option.direction, option.rect, place),
                        {.text = text, .style = theme::TextStyle::Body, .color = color});
    };
    put(0, when, row.when, t.color.muted);
    put(when, room.width() - when - why, row.what, row.leftOut ? t.color.muted : t.color.text);
    if (why > 0)
        put(room.width() - why, why, row.why, row.leftOut ? t.color.warn : t.color.muted);
}

QSize SimulationDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    const theme::Tokens& t = theme::tokens(option.widget);
    return {t.space.xxl, t.lineHeight(theme::TextStyle::Body) + t.space.s};
}

} // namespace outrider::strategies
