// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/ids.h"
#include "ui/frame/navigator.h"

#include <QString>

#include <optional>
#include <vector>

namespace outrider::shell {

// The pages of the window; each is made once.
enum class PageKind {
    Today,
    Process,
    Inbox,
    Outbox,
    Leads,
    Lead,
    Companies,
    Company,
    Pipeline,
    Strategies,
    StrategyEditor,
    Calendar,
    Dashboards,
    Imports,
    Settings
};

// Where the window is, and what it is asked to show there: an entry of back and forward.
struct Location {
    PageKind page = PageKind::Today;
    LeadId lead;
    std::vector<LeadId> neighbours; // of the lead
    std::optional<QString> filter;  // of the leads
    SavedViewId view;
    CompanyId company;
    StrategyId strategy; // editor: none makes a new one
    QString path;        // of a file to import
    bool toMailbox = false;
    std::optional<MailboxId> mailbox; // none: add one
    std::optional<TaskId> task;

    bool operator==(const Location&) const = default;
};

// The place of the rail a page belongs to.
frame::Navigator::Place placeOf(PageKind page);
PageKind pageOf(frame::Navigator::Place place);

// Back and forward, as in a browser: going somewhere new forgets what was ahead.
class Trail {
public:
    void go(Location to);
    bool canGoBack() const { return m_at > 0; }
    bool canGoForward() const { return m_at + 1 < int(m_places.size()); }
    const Location& back() { return m_places[std::size_t(--m_at)]; }
    const Location& forward() { return m_places[std::size_t(++m_at)]; }
    const Location* here() const { return m_at < 0 ? nullptr : &m_places[std::size_t(m_at)]; }
    // What lies one step behind.
    const Location* behind() const { return m_at < 1 ? nullptr : &m_places[std::size_t(m_at - 1)]; }

private:
    std::vector<Location> m_places;
    int m_at = -1;
};

} // namespace outrider::shell
