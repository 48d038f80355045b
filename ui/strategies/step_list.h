// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/strategy_service.h"
#include "ui/strategies/strategy_draft.h"

#include <QListView>

namespace outrider::strategies {

// The steps of a draft: rows of 48 with the day they fall on, and between them the waits as lines of 28 on
// a thread. A navigator: the current step keeps its colour whatever has the focus.
class StepList : public QListView {
    Q_OBJECT

public:
    explicit StepList(StrategyDraft& draft, QWidget* parent = nullptr);

    int current() const;
    void setCurrent(int position);
    // How the published steps have done, by position; shown while the steps are the published ones.
    void setCounts(std::vector<StrategyDetail::StepCounts> counts);
    // Steps with a warning or an error.
    void setWarnings(std::vector<StrategyCheck> checks);

    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void currentChangedTo(int position);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    class Model;
    class Delegate;
    StrategyDraft& m_draft;
    Model* m_model;
};

} // namespace outrider::strategies
