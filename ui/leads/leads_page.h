// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/frame/page.h"
#include "ui/leads/bulk_actions.h"
#include "ui/leads/filter_words.h"
#include "ui/leads/view_tabs.h"
#include "ui/models/lead_cells.h"

#include <QTimer>

#include <optional>

class QStackedWidget;

namespace outrider::widgets {
class Banner;
class Toolbar;
} // namespace outrider::widgets
namespace outrider::lead_view {
class LeadPane;
}
namespace outrider::models {
class LeadListModel;
class LeadTicks;
} // namespace outrider::models

namespace outrider::leads {

class FilterField;
class LeadTable;
class NoLeads;
class SelectionBar;
class SidePane;

// All leads as a table: filtered, sorted, by saved views, with what can be done with those chosen.
class LeadsPage : public frame::Page {
    Q_OBJECT

public:
    explicit LeadsPage(const frame::Context& context, QWidget* parent = nullptr);

    QString pageTitle() const override { return tr("Leads"); }
    QString subject() const override;
    void enter() override;
    bool stepBack() override;

    // From elsewhere: a filter in the filter language, or a saved view.
    void showFilter(const QString& filter);
    void showView(SavedViewId id);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildBars();
    void connectParts();
    void addCommands();
    QAction* command(const char* id, const QString& text, theme::Icon icon, const QList<QKeySequence>& keys,
                     std::function<void()> run, QWidget* owner = nullptr);

    void onChanged(const ChangeSet& changes);
    void readWords();
    void readAll();
    void applyWords();

    void showChosenView();
    void keepColumns();

    void setFilter(const Filter& filter);
    void sortBy(Sorting sorting);
    void ask();
    void onShown(qint64 millis);
    void updateCounts();
    void updateEmpty();

    std::optional<BulkActions::Target> target() const;
    QString source() const;
    QWidget* anchorOf(QAction* action) const;
    void openLead(LeadId id);
    void findDuplicates();
    void mergeChosen();
    void openLooks();
    void openColumns();
    void togglePane();
    void setPaneOpen(bool open);
    void updateSelection();

    const frame::Context& m_context;
    models::LeadListModel* m_list;
    models::LeadTicks* m_ticks;
    BulkActions* m_bulk;

    ViewTabs* m_views;
    widgets::Toolbar* m_toolbar;
    widgets::Banner* m_banner;
    FilterField* m_filterField;
    LeadTable* m_table;
    lead_view::LeadPane* m_pane;
    SidePane* m_side;
    QStackedWidget* m_stack;
    NoLeads* m_empty;
    SelectionBar* m_selection;
    QWidget* m_looksButton = nullptr;
    QWidget* m_columnsButton = nullptr;

    Filter m_filter;
    Sorting m_sorting;
    qint64 m_all = -1; // leads of the workspace
    bool m_started = false;
    bool m_paneRestored = false;
    bool m_wordsStale = true;
    bool m_viewsStale = true;
    Vocabulary m_words;
    QTimer m_recount;
    QTimer m_minute;
    QAction* m_enrol = nullptr;
    QAction* m_stage = nullptr;
    QAction* m_owner = nullptr;
    QAction* m_tag = nullptr;
    QAction* m_untag = nullptr;
    QAction* m_snooze = nullptr;
    QAction* m_archive = nullptr;
    QAction* m_delete = nullptr;
    QAction* m_merge = nullptr; // of two chosen
    QAction* m_open = nullptr;
};

} // namespace outrider::leads
