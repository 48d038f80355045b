// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/duplicate.h"
#include "core/domain/merge.h"
#include "ui/frame/context.h"
#include "ui/widgets/sheet.h"

#include <deque>
#include <vector>

class QGridLayout;

namespace outrider::widgets {
class ProgressLine;
}

namespace outrider::lead_view {

class ChoiceCell;

// Over the window: two leads that may be one, side by side, a pair after the other. For each field one says which value
// holds; what is usual is chosen already, with the reason. Merge, not a duplicate, later; one key each.
class DuplicatesSheet : public widgets::Sheet {
    Q_OBJECT

public:
    DuplicatesSheet(const frame::Context& context, QWidget* over);
    ~DuplicatesSheet() override;

    void openAll();                          // of the whole workspace: searches first, with progress
    void openOf(LeadId lead);                // who may be this one, which stays
    void openPair(LeadId kept, LeadId gone); // two the person chose

Q_SIGNALS:
    void merged(LeadId kept, LeadId gone);

private:
    void build();
    void take(std::vector<DuplicatePair> pairs, LeadId stays);
    void showPair();
    void compare();
    void show(const MergeComparison& comparison);
    void showNothing(const QString& sentence);
    void choose(const std::string& field, bool gone);
    void moveFocus(ChoiceCell* from, int right, int down);
    void swap();
    void merge();
    void dismiss();
    void next();
    void drop(LeadId lead); // every pair with it
    void setBusy(bool busy);

    struct Row {
        std::string field;
        ChoiceCell* kept = nullptr;
        ChoiceCell* gone = nullptr;
    };

    const frame::Context m_context;
    std::deque<DuplicatePair> m_pairs; // the first is shown
    int m_count = 0;                   // of all there were
    int m_done = 0;
    LeadId m_stays; // of every pair it is in; none: the older one
    LeadId m_kept;
    LeadId m_gone;
    MergeChoice m_choice;
    int m_generation = 0; // answers to older questions are dropped
    std::vector<Row> m_rows;
    ProgressPtr m_progress;
    QTimer* m_look = nullptr;

    widgets::Label* m_position;
    widgets::Label* m_why;
    widgets::ProgressLine* m_line;
    QWidget* m_table;
    QGridLayout* m_grid = nullptr;
    widgets::Label* m_moves;
    QAction* m_mergeAct = nullptr;
    QAction* m_dismissAct = nullptr;
    QAction* m_nextAct = nullptr;
    QAction* m_swapAct = nullptr;
};

} // namespace outrider::lead_view
