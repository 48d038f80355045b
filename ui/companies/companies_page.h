// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/frame/page.h"

#include <QTimer>

class QStackedWidget;

namespace outrider::widgets {
class EmptyState;
class SearchField;
class Toolbar;
} // namespace outrider::widgets

namespace outrider::companies {

class CompanyListModel;
class ListTable;

// All companies by name, with how many people one knows there.
class CompaniesPage : public frame::Page {
    Q_OBJECT

public:
    explicit CompaniesPage(const frame::Context& context, QWidget* parent = nullptr);

    QString pageTitle() const override { return tr("Companies"); }
    QString subject() const override;
    void enter() override;
    bool stepBack() override;

protected:
    void showEvent(QShowEvent* event) override;

private:
    void addCommands();
    void read();
    void readMore();
    void open(int row);
    void explainEmpty();

    const frame::Context& m_context;
    CompanyListModel* m_model;
    widgets::Toolbar* m_toolbar;
    widgets::SearchField* m_search;
    QStackedWidget* m_stack;
    ListTable* m_table;
    widgets::EmptyState* m_empty;
    QString m_words; // of the list shown
    int m_asked = 0;
    bool m_readingMore = false;
    bool m_stale = true;
    QTimer m_typing;
    QTimer m_refresh;
};

} // namespace outrider::companies
