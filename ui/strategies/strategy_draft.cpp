// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/strategy_draft.h"

#include <algorithm>

namespace outrider::strategies {

namespace {

constexpr std::size_t mostUndos = 200;
constexpr int usualWait = 3;

void renumber(StrategyVersion& version) {
    int position = 0;
    for (Step& step : version.steps)
        step.position = position++;
}

bool sameContent(Step a, Step b) {
    a.position = b.position;
    return a == b;
}

} // namespace

std::vector<int> dayMarks(const StrategyVersion& version) {
    std::vector<int> days;
    int day = 0;
    for (const Step& step : version.steps) {
        day = version.offsetBase == OffsetBase::Enrolment ? step.dayOffset : day + step.dayOffset;
        days.push_back(day);
    }
    return days;
}

void StrategyDraft::reset(StrategyVersion version, bool published) {
    renumber(version);
    m_original = version;
    m_version = std::move(version);
    m_published = published;
    m_undo.clear();
    m_redo.clear();
    m_last.clear();
    Q_EMIT stepsChanged();
    Q_EMIT changed();
}

bool StrategyDraft::isChanged() const { return !m_published ? !m_undo.empty() : m_version != m_original; }

DraftChanges StrategyDraft::changes() const {
    DraftChanges changes;
    std::vector<StepId> kept;
    for (const Step& step : m_version.steps) {
        const auto before = std::find_if(m_original.steps.begin(), m_original.steps.end(),
                                         [&](const Step& old) { return step.id && old.id == step.id; });
        if (before == m_original.steps.end()) {
            ++changes.added;
            continue;
        }
        kept.push_back(step.id);
        changes.changed += sameContent(step, *before) ? 0 : 1;
    }
    changes.removed = int(m_original.steps.size() - kept.size());
    std::vector<StepId> before;
    for (const Step& old : m_original.steps) {
        if (std::find(kept.begin(), kept.end(), old.id) != kept.end())
            before.push_back(old.id);
    }
    changes.order = before != kept;
    changes.schedule = m_version.offsetBase != m_original.offsetBase || m_version.businessDays != m_original.businessDays
                       || m_version.window != m_original.window;
    changes.rules = m_version.rules != m_original.rules;
    return changes;
}

int StrategyDraft::add(int after, Channel channel) {
    remember({});
    auto& steps = m_version.steps;
    const int at = std::clamp(after + 1, 0, int(steps.size()));
    const bool fromStart = m_version.offsetBase == OffsetBase::Enrolment;
    Step step{.channel = channel};
    if (at > 0)
        step.dayOffset = (fromStart ? steps[std::size_t(at - 1)].dayOffset : 0) + usualWait;
    if (fromStart && at < int(steps.size()))
        step.dayOffset = std::min(step.dayOffset, steps[std::size_t(at)].dayOffset);
    if (channel == Channel::Email
        && std::any_of(steps.begin(), steps.begin() + at, [](const Step& s) { return s.channel == Channel::Email; }))
        step.thread = Thread::Reply;
    steps.insert(steps.begin() + at, std::move(step));
    renumber(m_version);
    finish(true);
    return at;
}

int StrategyDraft::duplicate(int position) {
    if (position < 0 || position >= stepCount())
        return -1;
    remember({});
    auto& steps = m_version.steps;
    Step copy = steps[std::size_t(position)];
    copy.id = {};
    if (m_version.offsetBase == OffsetBase::Completion)
        copy.dayOffset = std::max(1, copy.dayOffset);
    steps.insert(steps.begin() + position + 1, std::move(copy));
    renumber(m_version);
    finish(true);
    return position + 1;
}

int StrategyDraft::remove(int position) {
    if (position < 0 || position >= stepCount())
        return -1;
    remember({});
    auto& steps = m_version.steps;
    const int days = steps[std::size_t(position)].dayOffset;
    steps.erase(steps.begin() + position);
    if (position == 0 && !steps.empty())
        steps.front().dayOffset = days; // the strategy starts when it started
    renumber(m_version);
    finish(true);
    return std::min(position, stepCount() - 1);
}

int StrategyDraft::move(int position, int by) {
    const int to = position + by;
    if (position < 0 || position >= stepCount() || to < 0 || to >= stepCount())
        return position;
    remember({});
    auto& steps = m_version.steps;
    std::vector<int> days;
    for (const Step& step : steps)
        days.push_back(step.dayOffset);
    Step moved = std::move(steps[std::size_t(position)]);
    steps.erase(steps.begin() + position);
    steps.insert(steps.begin() + to, std::move(moved));
    for (std::size_t i = 0; i < steps.size(); ++i)
        steps[i].dayOffset = days[i];
    renumber(m_version);
    finish(true);
    return to;
}

void StrategyDraft::edit(int position, Step step, const QString& what) {
    if (position < 0 || position >= stepCount())
        return;
    Step& current = m_version.steps[std::size_t(position)];
    step.id = current.id;
    step.position = current.position;
    if (step == current)
        return;
    const bool steps = step.dayOffset != current.dayOffset || step.channel != current.channel || step.subject != current.subject
                       || step.thread != current.thread || step.window != current.window;
    remember(QStringLiteral("%1/%2").arg(position).arg(what));
    m_version.steps[std::size_t(position)] = std::move(step);
    finish(steps);
}

void StrategyDraft::setOffsetBase(OffsetBase base) {
    if (base == m_version.offsetBase)
        return;
    remember({});
    const std::vector<int> days = dayMarks(m_version);
    m_version.offsetBase = base;
    int before = 0;
    for (std::size_t i = 0; i < days.size(); ++i) {
        m_version.steps[i].dayOffset = base == OffsetBase::Enrolment ? days[i] : std::max(0, days[i] - before);
        before = days[i];
    }
    finish(true);
}

void StrategyDraft::setBusinessDays(bool on) {
    if (on == m_version.businessDays)
        return;
    remember({});
    m_version.businessDays = on;
    finish(true);
}

void StrategyDraft::setWindow(const Window& window) {
    if (window == m_version.window)
        return;
    remember(QStringLiteral("window"));
    m_version.window = window;
    finish(true);
}

void StrategyDraft::setRules(const StrategyRules& rules) {
    if (rules == m_version.rules)
        return;
    remember(QStringLiteral("rules"));
    m_version.rules = rules;
    finish(false);
}

bool StrategyDraft::undo() {
    if (m_undo.empty())
        return false;
    m_redo.push_back(std::move(m_version));
    m_version = std::move(m_undo.back());
    m_undo.pop_back();
    m_last.clear();
    finish(true);
    return true;
}

bool StrategyDraft::redo() {
    if (m_redo.empty())
        return false;
    m_undo.push_back(std::move(m_version));
    m_version = std::move(m_redo.back());
    m_redo.pop_back();
    m_last.clear();
    finish(true);
    return true;
}

void StrategyDraft::remember(const QString& what) {
    m_redo.clear();
    if (!what.isEmpty() && what == m_last)
        return;
    m_last = what;
    m_undo.push_back(m_version);
    if (m_undo.size() > mostUndos)
        m_undo.erase(m_undo.begin());
}

void StrategyDraft::finish(bool steps) {
    if (steps)
        Q_EMIT stepsChanged();
    Q_EMIT changed();
}

} // namespace outrider::strategies
