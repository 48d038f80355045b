// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/ingest_sheet.h"

#include "core/base/deliver.h"
#include "core/services/mail_history_service.h"
#include "ui/inbox/row_list.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QBoxLayout>
#include <QLocale>

namespace outrider::inbox {

using text::counted;
using text::isolated;
using text::toQt;
using widgets::Button;
using widgets::Ink;
using widgets::Label;

namespace {

constexpr int shownRows = 6;

QString list(const QStringList& parts) { return parts.join(IngestSheet::tr(", ")); }

// "40 replies, 3 out of office, 310 sent by you".
QString contents(const MailHistoryPreview& preview) {
    QStringList parts;
    if (preview.replies > 0)
        parts.append(counted(preview.replies, IngestSheet::tr("reply"), IngestSheet::tr("replies")));
    if (preview.autoReplies > 0)
        parts.append(counted(preview.autoReplies, IngestSheet::tr("automatic answer"), IngestSheet::tr("automatic answers")));
    if (preview.bounces > 0)
        parts.append(counted(preview.bounces, IngestSheet::tr("bounce"), IngestSheet::tr("bounces")));
    if (preview.optOuts > 0)
        parts.append(counted(preview.optOuts, IngestSheet::tr("opt-out"), IngestSheet::tr("opt-outs")));
    if (preview.sent > 0)
        parts.append(IngestSheet::tr("%1 sent by you").arg(preview.sent));
    return list(parts);
}

QString effects(const MailHistoryPreview& preview) {
    QStringList parts;
    if (preview.stops > 0)
        parts.append(IngestSheet::tr("ends the strategies of %1")
                         .arg(counted(preview.stops, IngestSheet::tr("lead"), IngestSheet::tr("leads"))));
    if (preview.suppresses > 0)
        parts.append(IngestSheet::tr("keeps %1 from being written to again")
                         .arg(counted(preview.suppresses, IngestSheet::tr("lead"), IngestSheet::tr("leads"))));
    const QString what = parts.isEmpty() ? IngestSheet::tr("Filing them changes nothing else.")
                                         : IngestSheet::tr("Filing them %1.").arg(parts.join(IngestSheet::tr(" and ")));
    return what + QLatin1Char(' ') + IngestSheet::tr("One undo takes all of it back.");
}

ListRow rowOf(const MailHistoryLead& lead, const text::Dates& dates) {
    QStringList parts;
    if (lead.received > 0)
        parts.append(IngestSheet::tr("%1 received").arg(lead.received));
    if (lead.sent > 0)
        parts.append(IngestSheet::tr("%1 sent").arg(lead.sent));
    ListRow row{.id = lead.lead.value,
                .warn = lead.stops || lead.suppresses,
                .title = toQt(lead.name),
                .company = toQt(lead.company),
                .when = lead.last ? dates.shortDay(*lead.last) : QString(),
                .line = list(parts)};
    if (lead.suppresses)
        row.chip = {.text = IngestSheet::tr("Suppressed"), .tone = paint::Tone::Bad};
    else if (lead.stops)
        row.chip = {.text = IngestSheet::tr("Strategy ends"), .tone = paint::Tone::Warn};
    return row;
}

} // namespace

QString ingestSentence(const MailHistoryPreview& preview) {
    const QString address = isolated(toQt(preview.address));
    if (preview.messages == 1)
        return IngestSheet::tr("1 older message of %1 belongs to one of your leads.").arg(address);
    const QString messages = counted(preview.messages, IngestSheet::tr("older message"), IngestSheet::tr("older messages"));
    return preview.leads == 1 ? IngestSheet::tr("%1 of %2 belong to one of your leads.").arg(messages, address)
                              : IngestSheet::tr("%1 of %2 belong to %3 of your leads.")
                                    .arg(messages, address, QLocale().toString(qlonglong(preview.leads)));
}

IngestSheet::IngestSheet(const frame::Context& context, QWidget* over, MailHistoryPreview preview)
    : Sheet(over, tr("Earlier mail of %1").arg(isolated(toQt(preview.address)))),
      m_context(context),
      m_preview(std::move(preview)),
      m_list(new RowList(tr("Leads with earlier mail"))),
      m_file(nullptr),
      m_leave(nullptr) {
    setWide(true);
    const text::Dates dates = context.dates();
    auto* found = new Label(theme::TextStyle::Body, Ink::Text,
                            tr("%1 %2").arg(ingestSentence(m_preview), tr("Among them: %1.").arg(contents(m_preview))));
    found->setWordWrap(true);
    body()->addWidget(found);
    auto* does = new Label(theme::TextStyle::Body, Ink::Muted, effects(m_preview));
    does->setWordWrap(true);
    body()->addWidget(does);
    std::vector<ListRow> rows;
    for (const MailHistoryLead& lead : m_preview.shown)
        rows.push_back(rowOf(lead, dates));
    m_list->setRows(std::move(rows));
    m_list->setFixedHeight(shownRows * theme::tokens(this).size.twoLineRow);
    body()->addWidget(m_list);
    if (m_preview.leads > std::int64_t(m_preview.shown.size())) {
        auto* more = new Label(theme::TextStyle::Meta, Ink::Muted,
                               tr("and %1 more").arg(m_preview.leads - std::int64_t(m_preview.shown.size())));
        body()->addWidget(more);
    }
    addCancel(tr("Later"));
    m_leave = addButton(Button::Kind::Secondary, tr("Leave them"));
    m_file = addButton(Button::Kind::Primary, tr("File %1").arg(counted(m_preview.messages, tr("message"), tr("messages"))));
    connect(m_leave, &QAbstractButton::clicked, this, &IngestSheet::leave);
    connect(m_file, &QAbstractButton::clicked, this, &IngestSheet::file);
    connect(m_list, &RowList::rowActivated, this, [this] {
        if (const ListRow* row = m_list->currentRow()) {
            const LeadId lead{row->id};
            finish();
            m_context.go.openLead(lead, {});
        }
    });
}

void IngestSheet::ask() { open(m_file); }

void IngestSheet::file() {
    m_file->setEnabled(false);
    const auto progress = std::make_shared<Progress>();
    const frame::Context& context = m_context;
    const int job = context.tell.startJob(tr("Filing earlier mail"), progress);
    // The sheet is gone before it is done.
    deliver(context.workspace.mailHistory().approve(m_preview.history.mailbox, progress), &context.workspace,
            [&context, job](Result<std::int64_t> filed) {
                context.tell.endJob(job);
                if (filed)
                    context.tell.done(tr("Filed %1").arg(counted(*filed, tr("earlier message"), tr("earlier messages"))));
                else
                    context.tell.failed(filed.error(), tr("Not all earlier mail was filed."));
            });
    finish();
}

void IngestSheet::leave() {
    m_leave->setEnabled(false);
    deliver(m_context.workspace.mailHistory().decline(m_preview.history.mailbox), this, [this](Result<> left) {
        if (!left) {
            m_leave->setEnabled(true);
            setError(text::sentence(left.error()));
            return;
        }
        m_context.tell.info(tr("Earlier mail stays where it is; what is new is read."));
        finish();
    });
}

} // namespace outrider::inbox
