// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/ingest_banner.h"

#include "core/base/deliver.h"
#include "core/services/mail_history_service.h"
#include "ui/inbox/ingest_sheet.h"

#include <algorithm>

namespace outrider::inbox {

namespace {

constexpr int mostLeads = 200;

} // namespace

IngestBanner::IngestBanner(const frame::Context& context, QWidget* parent) : Banner(parent), m_context(context) {
    hide();
    connect(this, &Banner::verbClicked, this, [this] { look(); });
    connect(&context.workspace, &Workspace::changed, this, [this](const ChangeSet& changes) {
        if (changes.touches(EntityKind::Mailbox))
            read();
    });
    read();
}

void IngestBanner::read() {
    const int generation = ++m_generation;
    deliver(m_context.workspace.mailHistory().waiting(), this, [this, generation](Result<std::vector<MailHistoryPreview>> all) {
        if (generation != m_generation || !all)
            return;
        const auto ready = std::find_if(all->begin(), all->end(), [](const MailHistoryPreview& one) {
            return one.history.state == MailHistoryState::Ready && one.messages > 0;
        });
        if (ready == all->end()) {
            m_first.reset();
            hide();
            return;
        }
        m_first = *ready;
        show(Tone::Info, ingestSentence(*m_first), tr("Look at them"));
    });
}

bool IngestBanner::look() {
    if (!m_first)
        return false;
    deliver(m_context.workspace.mailHistory().preview(m_first->history.mailbox, mostLeads), this,
            [this](Result<MailHistoryPreview> preview) {
                if (!preview) {
                    m_context.tell.failed(preview.error(), tr("The earlier mail could not be shown."));
                    return;
                }
                (new IngestSheet(m_context, this, std::move(*preview)))->ask();
            });
    return true;
}

} // namespace outrider::inbox
