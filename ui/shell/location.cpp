// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/location.h"

namespace outrider::shell {

using Place = frame::Navigator::Place;

namespace {

constexpr std::size_t longest = 100;

} // namespace

Place placeOf(PageKind page) {
    switch (page) {
    case PageKind::Today:
    case PageKind::Process:
        return Place::Today;
    case PageKind::Inbox:
        return Place::Inbox;
    case PageKind::Outbox:
        return Place::Outbox;
    case PageKind::Leads:
    case PageKind::Lead:
        return Place::Leads;
    case PageKind::Companies:
    case PageKind::Company:
        return Place::Companies;
    case PageKind::Pipeline:
        return Place::Pipeline;
    case PageKind::Strategies:
    case PageKind::StrategyEditor:
        return Place::Strategies;
    case PageKind::Calendar:
        return Place::Calendar;
    case PageKind::Dashboards:
        return Place::Dashboards;
    case PageKind::Imports:
        return Place::Imports;
    case PageKind::Settings:
        return Place::Settings;
    }
    return Place::Today;
}

PageKind pageOf(Place place) {
    switch (place) {
    case Place::Today:
        return PageKind::Today;
    case Place::Inbox:
        return PageKind::Inbox;
    case Place::Leads:
        return PageKind::Leads;
    case Place::Companies:
        return PageKind::Companies;
    case Place::Pipeline:
        return PageKind::Pipeline;
    case Place::Strategies:
        return PageKind::Strategies;
    case Place::Calendar:
        return PageKind::Calendar;
    case Place::Dashboards:
        return PageKind::Dashboards;
    case Place::Imports:
        return PageKind::Imports;
    case Place::Outbox:
        return PageKind::Outbox;
    case Place::Settings:
        return PageKind::Settings;
    }
    return PageKind::Today;
}

void Trail::go(Location to) {
    if (here() && *here() == to)
        return;
    m_places.resize(std::size_t(m_at + 1));
    m_places.push_back(std::move(to));
    if (m_places.size() > longest)
        m_places.erase(m_places.begin());
    m_at = int(m_places.size()) - 1;
}

} // namespace outrider::shell
