// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/strategies/strategy_draft.h"
#include "ui/widgets/sheet.h"

class QLineEdit;
class QRadioButton;

namespace outrider::strategies {

// The last question before a version is in force: what has changed, who is affected, and whether they go
// on with the old version. A new strategy is asked for its name instead.
class PublishSheet : public widgets::Sheet {
    Q_OBJECT

public:
    // `summary`: of the strategy as it is; without an id it is created.
    PublishSheet(QWidget* over, const frame::Context& context, const StrategyDraft& draft, const StrategySummary& summary);

    bool movesRunning() const;
    void setMovesRunning(bool move);
    void setName(const QString& name);
    widgets::Button* publishButton() const { return m_publish; }

Q_SIGNALS:
    void published(outrider::StrategyId id);

private:
    void publish();
    void ended(const Result<StrategyId>& result);

    const frame::Context& m_context;
    const StrategyVersion m_version;
    const StrategySummary m_summary;
    QLineEdit* m_name = nullptr;
    widgets::Field* m_nameField = nullptr;
    QRadioButton* m_finish = nullptr;
    QRadioButton* m_move = nullptr;
    widgets::Button* m_publish;
};

// What moving everybody would change: how many, and the first by name.
QString movingText(const PublishPreview& preview, const text::Dates& dates);

// What would change, in words: "2 steps added, 1 changed".
QString changesText(const DraftChanges& changes);

} // namespace outrider::strategies
