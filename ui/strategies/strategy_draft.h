// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/strategy.h"

#include <QObject>
#include <QString>

#include <vector>

namespace outrider::strategies {

// The day each step falls on, counted from the start: what the step list shows. Steps by `offsetBase`.
std::vector<int> dayMarks(const StrategyVersion& version);

// What publishing would change, counted.
struct DraftChanges {
    int added = 0;
    int changed = 0;
    int removed = 0;
    bool order = false;
    bool schedule = false; // days, hours, what they count from
    bool rules = false;    // what ends it, who begins when
};

// A version being edited: every edit of the step list keeps positions right and days sensible, and can be
// taken back. Kept in memory only; publishing makes it real.
class StrategyDraft : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    // Starts over from a published version, or from nothing (`published` false: everything is a change).
    void reset(StrategyVersion version, bool published);

    const StrategyVersion& version() const { return m_version; }
    const StrategyVersion& original() const { return m_original; }
    int stepCount() const { return int(m_version.steps.size()); }
    const Step& step(int position) const { return m_version.steps.at(std::size_t(position)); }
    bool isChanged() const;
    DraftChanges changes() const;

    // Each returns the position of the step to be shown then; -1: there is none.
    int add(int after, Channel channel); // after: -1 puts it first
    int duplicate(int position);
    int remove(int position);
    // A step trades places with its neighbour; the days stay where they are.
    int move(int position, int by);

    // `what`: edits of the same thing one after another are one undo ("subject").
    void edit(int position, Step step, const QString& what);
    // Days are converted, so that every step stays on its day.
    void setOffsetBase(OffsetBase base);
    void setBusinessDays(bool on);
    void setWindow(const Window& window);
    void setRules(const StrategyRules& rules);

    bool undo();
    bool redo();
    bool canUndo() const { return !m_undo.empty(); }
    bool canRedo() const { return !m_redo.empty(); }
    // The next edit is an undo of its own: another step is shown, the field was left.
    void seal() { m_last.clear(); }

Q_SIGNALS:
    void stepsChanged(); // the list, its order or a day
    void changed();      // anything

private:
    void remember(const QString& what);
    void finish(bool steps);

    StrategyVersion m_original;
    StrategyVersion m_version;
    bool m_published = false;
    std::vector<StrategyVersion> m_undo;
    std::vector<StrategyVersion> m_redo;
    QString m_last; // what was edited last
};

} // namespace outrider::strategies
