// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/company_service.h"
#include "ui/frame/context.h"
#include "ui/frame/page.h"

#include <QHash>
#include <QTimer>

class QStackedWidget;

namespace outrider::lead_view {
class MailView;
}
namespace outrider::widgets {
class Button;
class EmptyState;
class Label;
class TimelineView;
class Toolbar;
} // namespace outrider::widgets

namespace outrider::companies {

class CompanySide;
class ListTable;
class PeopleModel;

// One company: its people, what happened with all of them as one history, and what is known of it.
class CompanyPage : public frame::Page {
    Q_OBJECT

public:
    explicit CompanyPage(const frame::Context& context, QWidget* parent = nullptr);

    // `from`: where one comes from, for the way back.
    void open(CompanyId id, const QString& from);

    QString pageTitle() const override { return m_name.isEmpty() ? tr("Company") : m_name; }
    QString subject() const override;
    void enter() override;
    bool stepBack() override;

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeWork();
    void addCommands();
    void onChanged(const ChangeSet& changes);
    void read();
    void takeDetail(CompanyDetail detail);
    void readHistory();
    void readMoreHistory();
    std::vector<TimelineEntry> entriesOf(CompanyTimelinePage& page);
    void countHistory();
    void openPerson(int row);
    void openLeads();
    void placeSide();

    const frame::Context& m_context;
    CompanyId m_id;
    QString m_name;
    CompanyDetail m_detail;
    std::vector<Status> m_statuses;
    QHash<qint64, QString> m_people; // by lead: whose an entry is
    std::string m_next;              // of the history
    int m_entries = 0;
    bool m_partial = false;
    bool m_readingHistory = false;
    bool m_stale = true;
    int m_asked = 0;
    QTimer m_refresh;

    PeopleModel* m_model;
    widgets::Toolbar* m_toolbar;
    widgets::Button* m_leads;
    QStackedWidget* m_stack;
    QStackedWidget* m_middle;
    widgets::EmptyState* m_gone;
    widgets::Label* m_title;
    widgets::Label* m_facts;
    widgets::Label* m_peopleCount;
    widgets::Label* m_historyCount;
    widgets::Label* m_nothing;
    ListTable* m_table;
    widgets::TimelineView* m_history;
    lead_view::MailView* m_source;
    CompanySide* m_side;
};

} // namespace outrider::companies
