// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/strategy_summary.h"
#include "ui/frame/context.h"
#include "ui/frame/page.h"
#include "ui/pipeline/board_model.h"

#include <QTimer>

#include <optional>
#include <vector>

namespace outrider::widgets {
class Banner;
class Button;
class SearchField;
class Segmented;
class Toolbar;
} // namespace outrider::widgets

namespace outrider::pipeline {

class BoardView;

// Where every lead stands: a column for each stage, cards moved from one to another. The same leads as a table are
// the leads' page.
class PipelinePage : public frame::Page {
    Q_OBJECT

public:
    explicit PipelinePage(const frame::Context& context, QWidget* parent = nullptr);

    QString pageTitle() const override { return tr("Pipeline"); }
    QString subject() const override;
    void enter() override;
    bool stepBack() override;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildBars();
    void addCommands();
    void ask();
    void applyText();
    void updateCounts();
    void updateButtons();
    QString filterText() const;

    void offerStages();
    void offerStrategies();
    void offerOwners();
    void offerSorts();
    void step(int by);
    void move(LeadId id, int column);
    void open(LeadId id);
    void openTable();

    const frame::Context& m_context;
    BoardModel* m_board;
    widgets::Toolbar* m_toolbar;
    widgets::Banner* m_banner;
    widgets::Segmented* m_views;
    widgets::SearchField* m_search;
    widgets::Button* m_strategyButton;
    widgets::Button* m_sortButton;
    widgets::Button* m_ownerButton;
    widgets::Button* m_add;
    QWidget* m_hints;
    BoardView* m_view;

    Filter m_typed;
    QString m_strategy; // empty: any
    std::optional<MemberId> m_owner;
    QString m_ownerName;
    BoardSort m_sort = BoardSort::Score;
    LeadId m_following; // a card that is current again once the board is there
    bool m_started = false;
    QTimer m_typing;
    QTimer m_minute;
};

} // namespace outrider::pipeline
