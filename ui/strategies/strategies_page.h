// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/frame/page.h"

#include <QPointer>

#include <optional>

class QStackedWidget;
class QTableView;

namespace outrider::widgets {
class Button;
class EmptyState;
class Sheet;
class Toolbar;
} // namespace outrider::widgets

namespace outrider::strategies {

class StrategyListModel;

// All strategies with what they have done. From here one opens, starts, pauses, copies and shares them.
class StrategiesPage : public frame::Page {
    Q_OBJECT

public:
    explicit StrategiesPage(const frame::Context& context, QWidget* parent = nullptr);

    QString pageTitle() const override { return tr("Strategies"); }
    void enter() override;

    StrategyListModel* model() const { return m_model; }
    // Makes one from a file's text and opens it; what is wrong with the text is told.
    void importText(const QByteArray& json);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void addCommands();
    void read();
    void updateActions();
    std::optional<StrategySummary> current() const;
    void offerNew(QWidget* anchor);
    void offerExamples(QWidget* anchor);
    void create(const QString& name, const StrategyVersion& version, int attempt = 1);
    void open();
    void rename();
    void duplicate();
    void togglePaused();
    void archive();
    void importFile();
    void exportFile();
    void told(const Result<>& result, const QString& done, const QString& what);
    void sizeColumns();

    const frame::Context& m_context;
    StrategyListModel* m_model;
    widgets::Toolbar* m_toolbar;
    widgets::Button* m_new;
    QStackedWidget* m_stack;
    QTableView* m_table;
    widgets::EmptyState* m_empty;
    QAction* m_pause = nullptr;
    QList<QAction*> m_rowActions;
    QPointer<widgets::Sheet> m_sheet;
    bool m_stale = true;
    int m_generation = 0;
    StrategyId m_select; // to be made current once it is in the list
};

} // namespace outrider::strategies
