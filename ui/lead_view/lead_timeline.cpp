// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/lead_timeline.h"

#include "ui/lead_view/lead_feed.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/timeline_view.h"

#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace outrider::lead_view {

using widgets::Ink;
using widgets::Label;

namespace {

constexpr int enough = 25; // fewer of the chosen kind: read on, there may be more further down

} // namespace

LeadTimeline::LeadTimeline(const frame::Context& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_switch(new widgets::Segmented(tr("Shown in the timeline"), {tr("All"), tr("E-mail"), tr("Calls"), tr("Notes")}, this)),
      m_count(new Label(theme::TextStyle::Meta, Ink::Muted, {}, this)),
      m_empty(new Label(theme::TextStyle::Body, Ink::Muted, {}, this)),
      m_view(new widgets::TimelineView(widgets::TimelineView::Size::Full, this)) {
    const theme::Tokens& tokens = theme::tokens(this);
    auto* column = widgets::column(this, tokens.space.s, QMargins(tokens.space.xl, tokens.space.s, tokens.space.xl, 0));
    auto* bar = new QHBoxLayout;
    bar->setSpacing(tokens.space.m);
    bar->addWidget(m_switch);
    bar->addStretch(1);
    bar->addWidget(m_count);
    column->addLayout(bar);
    column->addWidget(m_empty);
    column->addWidget(m_view, 1);
    m_empty->hide();
    connect(m_switch, &widgets::Segmented::chosen, this, [this](int index) {
        m_only = Only(index);
        fill(false);
    });
    connect(m_view, &widgets::TimelineView::endReached, this, &LeadTimeline::moreWanted);
    connect(m_view, &widgets::TimelineView::messageOpened, this, [this](MessageId id) {
        for (int row = 0; row < m_shown; ++row) {
            const TimelineEntry* entry = m_view->entry(row);
            if (entry->message && entry->message->id == id) {
                Q_EMIT sourceWanted(id, text::toQt(entry->message->subject));
                return;
            }
        }
    });
}

bool LeadTimeline::isShown(const Activity& activity, Only only) {
    switch (only) {
    case Only::All:
        return true;
    case Only::Mail:
        return bool(activity.message) || activity.kind == ActivityKind::EmailSent
               || activity.kind == ActivityKind::EmailSentElsewhere || activity.kind == ActivityKind::EmailReceived
               || activity.kind == ActivityKind::AutoReply || activity.kind == ActivityKind::Bounce
               || activity.kind == ActivityKind::SendFailed || activity.kind == ActivityKind::SendUnknown;
    case Only::Calls:
        return activity.kind == ActivityKind::Call || activity.kind == ActivityKind::Meeting;
    case Only::Notes:
        return activity.kind == ActivityKind::Note;
    }
    return true;
}

std::vector<TimelineEntry> LeadTimeline::chosen(int from) const {
    std::vector<TimelineEntry> entries;
    const auto& all = m_feed->timeline();
    std::copy_if(all.begin() + from, all.end(), std::back_inserter(entries),
                 [this](const TimelineEntry& entry) { return isShown(entry.activity, m_only); });
    return entries;
}

void LeadTimeline::show(const LeadFeed& feed) {
    m_feed = &feed;
    const bool same = m_lead == feed.lead();
    m_lead = feed.lead();
    fill(same);
    if (same)
        return;
    // The answer nobody has given yet is read without a key.
    const TimelineEntry* reply = feed.unansweredReply();
    for (int row = 0; reply != nullptr && row < m_shown; ++row) {
        if (m_view->entry(row)->activity.id == reply->activity.id)
            m_view->setExpanded(row, true);
    }
}

void LeadTimeline::fill(bool keepPlace) {
    if (m_feed == nullptr)
        return;
    std::set<ActivityId> open;
    const int place = m_view->verticalScrollBar()->value();
    const TimelineEntry* current = m_view->entry(m_view->currentIndex().row());
    const ActivityId currentId = current != nullptr ? current->activity.id : ActivityId{};
    for (int row = 0; keepPlace && row < m_shown; ++row) {
        if (m_view->isExpanded(row))
            open.insert(m_view->entry(row)->activity.id);
    }
    auto entries = chosen(0);
    m_shown = int(entries.size());
    m_view->setEntries(std::move(entries), m_context.dates());
    for (int row = 0; row < m_shown; ++row) {
        const ActivityId id = m_view->entry(row)->activity.id;
        if (open.contains(id))
            m_view->setExpanded(row, true);
        if (keepPlace && currentId && id == currentId)
            m_view->setCurrentIndex(m_view->model()->index(row, 0));
    }
    if (keepPlace)
        m_view->verticalScrollBar()->setValue(place);
    count();
    if (m_shown < enough && m_only != Only::All && m_feed->moreFollows())
        Q_EMIT moreWanted();
}

void LeadTimeline::grew(const LeadFeed& feed, int from) {
    m_feed = &feed;
    auto entries = chosen(from);
    m_shown += int(entries.size());
    m_view->append(std::move(entries));
    count();
    if (m_shown < enough && feed.moreFollows())
        Q_EMIT moreWanted();
}

void LeadTimeline::count() {
    const QString entries = text::counted(m_shown, tr("entry"), tr("entries"));
    m_count->setText(m_feed->moreFollows() ? tr("the latest %1").arg(entries) : entries);
    m_empty->setText(m_only == Only::All ? tr("Nothing has happened yet.") : tr("Nothing of this kind has happened yet."));
    m_empty->setVisible(m_shown == 0 && !m_feed->moreFollows());
}

void LeadTimeline::focus() { m_view->setFocus(Qt::OtherFocusReason); }

} // namespace outrider::lead_view
