// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/pages.h"

#include "ui/calendar/calendar_page.h"
#include "ui/companies/companies_page.h"
#include "ui/companies/company_page.h"
#include "ui/dashboards/dashboards_page.h"
#include "ui/imports/import_page.h"
#include "ui/inbox/inbox_page.h"
#include "ui/inbox/outbox_page.h"
#include "ui/lead_view/lead_page.h"
#include "ui/leads/leads_page.h"
#include "ui/pipeline/pipeline_page.h"
#include "ui/settings/settings_page.h"
#include "ui/strategies/strategies_page.h"
#include "ui/strategies/strategy_editor_page.h"
#include "ui/today/process_page.h"
#include "ui/today/today_page.h"

namespace outrider::shell {

frame::Page* makePage(PageKind kind, const frame::Context& context, QWidget* parent) {
    switch (kind) {
    case PageKind::Today:
        return new today::TodayPage(context, parent);
    case PageKind::Process:
        return new today::ProcessPage(context, parent);
    case PageKind::Leads:
        return new leads::LeadsPage(context, parent);
    case PageKind::Lead:
        return new lead_view::LeadPage(context, parent);
    case PageKind::Companies:
        return new companies::CompaniesPage(context, parent);
    case PageKind::Company:
        return new companies::CompanyPage(context, parent);
    case PageKind::Pipeline:
        return new pipeline::PipelinePage(context, parent);
    case PageKind::Strategies:
        return new strategies::StrategiesPage(context, parent);
    case PageKind::StrategyEditor:
        return new strategies::StrategyEditorPage(context, parent);
    case PageKind::Calendar:
        return new calendar::CalendarPage(context, parent);
    case PageKind::Dashboards:
        return new dashboards::DashboardsPage(context, parent);
    case PageKind::Imports:
        return new imports::ImportPage(context, parent);
    case PageKind::Settings:
        return new settings::SettingsPage(context, parent);
    case PageKind::Inbox:
        return new inbox::InboxPage(context, parent);
    case PageKind::Outbox:
        return new inbox::OutboxPage(context, parent);
    }
    return nullptr;
}

void showLocation(frame::Page* page, const Location& location, const QString& from) {
    switch (location.page) {
    case PageKind::Process:
        static_cast<today::ProcessPage*>(page)->start(location.task);
        break;
    case PageKind::Leads:
        if (location.view)
            static_cast<leads::LeadsPage*>(page)->showView(location.view);
        else if (location.filter)
            static_cast<leads::LeadsPage*>(page)->showFilter(*location.filter);
        break;
    case PageKind::Lead:
        static_cast<lead_view::LeadPage*>(page)->open(location.lead, location.neighbours, from);
        break;
    case PageKind::Company:
        static_cast<companies::CompanyPage*>(page)->open(location.company, from);
        break;
    case PageKind::Imports:
        if (!location.path.isEmpty())
            static_cast<imports::ImportPage*>(page)->openFile(location.path);
        break;
    case PageKind::Settings:
        if (!location.path.isEmpty())
            static_cast<settings::SettingsPage*>(page)->openCalendarFile(location.path);
        else if (location.toMailbox)
            static_cast<settings::SettingsPage*>(page)->openMailbox(location.mailbox);
        break;
    case PageKind::StrategyEditor:
        if (location.strategy)
            static_cast<strategies::StrategyEditorPage*>(page)->openStrategy(location.strategy);
        else
            static_cast<strategies::StrategyEditorPage*>(page)->openNew();
        break;
    default:
        break;
    }
}

void connectPages(const std::map<PageKind, frame::Page*>& pages) {
    const auto process = pages.find(PageKind::Process);
    const auto today = pages.find(PageKind::Today);
    if (process != pages.end() && today != pages.end()) {
        const auto* list = static_cast<today::TodayPage*>(today->second);
        static_cast<today::ProcessPage*>(process->second)->setScope([list]() { return list->filter(); });
    }
}

QWidget* toastSlot(frame::Page* page) {
    if (const auto* process = qobject_cast<today::ProcessPage*>(page))
        return process->toastSlot();
    return nullptr;
}

} // namespace outrider::shell
