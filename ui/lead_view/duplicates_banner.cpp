// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/duplicates_banner.h"

#include "core/base/deliver.h"
#include "core/services/duplicate_service.h"
#include "core/services/merge_service.h"
#include "ui/lead_view/duplicates_sheet.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <algorithm>

namespace outrider::lead_view {

namespace {

constexpr int mostCounted = 9;

} // namespace

DuplicatesBanner::DuplicatesBanner(const frame::Context& context, QWidget* parent) : Banner(parent), m_context(context) {
    hide();
    connect(this, &Banner::verbClicked, this, [this] {
        if (m_survivor)
            m_context.go.openLead(m_survivor);
        else
            openSheet();
    });
    connect(&context.workspace, &Workspace::changed, this, [this](const ChangeSet& changes) {
        if (changes.touches(EntityKind::Merge) || changes.touches(EntityKind::Lead, m_lead.value))
            m_isStale = true;
    });
}

void DuplicatesBanner::show(const LeadDetail& detail) {
    const bool isTrashed = detail.lead.trashedAt.has_value();
    if (m_lead == detail.lead.id && m_isTrashed == isTrashed && !std::exchange(m_isStale, false))
        return;
    if (m_lead != detail.lead.id)
        hide();
    m_lead = detail.lead.id;
    m_isTrashed = isTrashed;
    m_isStale = false;
    m_survivor = {};
    isTrashed ? readMerge() : read();
}

void DuplicatesBanner::read() {
    deliver(m_context.workspace.duplicates().ofLead(m_lead, mostCounted), this,
            [this, lead = m_lead](Result<std::vector<DuplicatePair>> pairs) {
                if (lead == m_lead)
                    showPairs(pairs ? *pairs : std::vector<DuplicatePair>());
            });
}

void DuplicatesBanner::showPairs(const std::vector<DuplicatePair>& pairs) {
    if (pairs.empty()) {
        hide();
        return;
    }
    Banner::show(Tone::Warn,
                 pairs.size() == mostCounted
                     ? tr("This lead may be in the workspace %1 times or more.").arg(pairs.size() + 1)
                     : text::counted(qint64(pairs.size()), tr("possible duplicate"), tr("possible duplicates")),
                 tr("Compare"));
}

void DuplicatesBanner::readMerge() {
    deliver(m_context.workspace.merges().ofLead(m_lead), this, [this, lead = m_lead](Result<std::vector<MergeRecord>> merges) {
        if (lead != m_lead)
            return;
        hide();
        if (!merges)
            return;
        const auto merge = std::ranges::find(*merges, lead, &MergeRecord::gone);
        if (merge == merges->end())
            return;
        m_survivor = merge->kept;
        Banner::show(Tone::Info, tr("Merged into %1.").arg(text::isolated(text::toQt(merge->keptName))), tr("Open"));
    });
}

void DuplicatesBanner::openSheet() {
    if (m_lead && !m_isTrashed)
        (new DuplicatesSheet(m_context, this))->openOf(m_lead);
}

} // namespace outrider::lead_view
