// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/ids.h"

#include <QString>

#include <optional>
#include <vector>

namespace outrider::frame {

// Going somewhere. The main window implements it; pages only know this.
class Navigator {
public:
    virtual ~Navigator() = default;

    enum class Place { Today, Inbox, Leads, Companies, Pipeline, Strategies, Calendar, Dashboards, Imports, Outbox, Settings };
    virtual void go(Place place) = 0;

    // The whole page of a lead. `neighbours`: the list it was opened from, for next and previous.
    virtual void openLead(LeadId id, std::vector<LeadId> neighbours = {}) = 0;
    virtual void openLeads(const QString& filter) = 0; // in the filter language
    virtual void openCompany(CompanyId id) = 0;
    virtual void openSavedView(SavedViewId id) = 0;
    virtual void newLead() = 0; // a form for one lead, over whatever is shown
    virtual void openStrategy(StrategyId id) = 0;
    virtual void newStrategy() = 0;
    virtual void openImport(const QString& path = {}) = 0;                    // empty: asks for a file
    virtual void openMailbox(std::optional<MailboxId> id = std::nullopt) = 0; // settings; none: add one
    // Works the queue one task at a time, from `first` on.
    virtual void process(std::optional<TaskId> first = std::nullopt) = 0;
    virtual void openWorkspace(const QString& path) = 0; // instead of the one that is open; asks when something is unsaved
    virtual void back() = 0;
    virtual void openPalette(const QString& text = {}) = 0;
};

} // namespace outrider::frame
