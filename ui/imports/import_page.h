// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/frame/page.h"

#include <optional>

class QStackedWidget;
class QTableView;

namespace outrider::widgets {
class Bar;
class Banner;
class Button;
class EmptyState;
class Label;
class Segmented;
class Toolbar;
} // namespace outrider::widgets

namespace outrider::imports {

class ImportColumnsModel;
class ImportRowsModel;
class ImportSide;
class PastImports;
class StepLine;

// Importing a file of leads: choose it, match its columns, check what it would do, import. Every change of
// a match counts the whole file anew; nothing changes in the workspace before the last step.
class ImportPage : public frame::Page {
    Q_OBJECT

public:
    explicit ImportPage(const frame::Context& context, QWidget* parent = nullptr);

    QString pageTitle() const override { return tr("Import"); }
    void enter() override;
    bool stepBack() override;

    void openFile(const QString& path);

    enum class Step { File, Match, Check, Done };
    Step step() const { return m_step; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildStart();
    void buildMatch();
    void buildCheck();
    void buildDone();
    void addCommands();
    void goTo(Step step);
    void browse();
    void paste();
    QString sourceName() const;
    void preview();
    void showPreview(ImportPreview preview);
    void chooseField();
    void setField(int row, const std::string& field);
    void leaveAllOut();
    void next();
    void run();
    void showResult(const ImportResult& result, bool cancelled);
    void enrol();
    void startOver();
    QWidget* beside(QWidget* main, QWidget* side);
    void sizeColumns();

    const frame::Context& m_context;
    ImportOptions m_options;
    std::optional<ImportPreview> m_preview;
    std::optional<ImportResult> m_result;
    ProgressPtr m_reading; // of the preview under way
    ProgressPtr m_running; // of the import under way
    Step m_step = Step::File;
    int m_generation = 0;

    widgets::Toolbar* m_toolbar;
    StepLine* m_steps;
    widgets::Banner* m_banner;
    QStackedWidget* m_stack;
    widgets::EmptyState* m_start = nullptr;
    PastImports* m_past = nullptr;
    ImportColumnsModel* m_columns;
    QTableView* m_columnTable;
    QWidget* m_fieldAnchor = nullptr;
    ImportSide* m_side;
    ImportRowsModel* m_rows;
    QTableView* m_rowTable = nullptr;
    widgets::Label* m_shownRows;
    widgets::Segmented* m_kinds = nullptr;
    widgets::EmptyState* m_done = nullptr;
    widgets::Bar* m_bar;
    widgets::Label* m_note;
    widgets::Button* m_back;
    widgets::Button* m_next;
    QAction* m_nextAction = nullptr;
};

} // namespace outrider::imports
