// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/strategies/strategy_draft.h"

#include "core/domain/message_parts.h"

#include <QTimer>
#include <QWidget>

namespace outrider::strategies {

class CheckList;

// What a careful reader says of the draft's messages, each with its place and, where a machine can know it, its fix.
// Reads a moment after the draft has changed; answers to an older text are dropped. What the other checks of the
// editor say is not said twice.
class LintList : public QWidget {
    Q_OBJECT

public:
    LintList(const frame::Context& context, StrategyDraft& draft, QWidget* parent = nullptr);

    void setStrategy(StrategyId id); // none: a new one
    void showStep(int position);     // remarks on others lead there
    void refresh();                  // with the next idle moment
    QStringList texts() const;

Q_SIGNALS:
    // Where a remark is to be seen: the step, which text of it, and what of that text, in characters.
    void placeAsked(int step, int variant, bool subject, int start, int length);

private:
    void read();
    void showFindings();
    void fix(const LintFinding& finding);
    QString textOf(const LintFinding& finding) const; // of the draft

    const frame::Context& m_context;
    StrategyDraft& m_draft;
    QTimer m_delay;
    StrategyId m_strategy;
    int m_position = -1;
    int m_generation = 0;
    std::vector<LintFinding> m_findings;
    StrategyVersion m_read; // what they are about
    CheckList* m_list;
};

} // namespace outrider::strategies
