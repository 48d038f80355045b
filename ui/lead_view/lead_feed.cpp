// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/lead_feed.h"

#include "core/base/deliver.h"

#include <QEvent>
#include <QWidget>

#include <algorithm>
#include <iterator>

namespace outrider::lead_view {

LeadFeed::LeadFeed(const frame::Context& context, QWidget* owner) : QObject(owner), m_context(context), m_owner(owner) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &LeadFeed::readStale);
    connect(&context.workspace, &Workspace::changed, this, &LeadFeed::touched);
    owner->installEventFilter(this);
}

void LeadFeed::follow(LeadId lead) {
    if (lead == m_lead && m_detail)
        return;
    stop();
    m_lead = lead;
    if (!lead)
        return;
    // Asked for at once, also while the owner is still hidden: it is about to be shown.
    readDetail();
    readTimeline();
    if (m_statusesStale)
        readStatuses();
}

void LeadFeed::adopt(LeadDetail detail, std::vector<TimelineEntry> timeline) {
    stop();
    m_lead = detail.lead.id;
    m_detail = std::move(detail);
    m_timeline = std::move(timeline);
    m_adopted = !m_timeline.empty();
    if (m_statusesStale)
        readStatuses();
    Q_EMIT detailRead();
    Q_EMIT timelineRead();
}

void LeadFeed::stop() {
    ++m_generation;
    ++m_timelineGeneration;
    m_lead = {};
    m_detail.reset();
    m_timeline.clear();
    m_next.clear();
    m_adopted = false;
    m_readingMore = false;
    m_detailStale = false;
    m_timelineStale = false;
}

Status LeadFeed::status() const {
    const StatusId id = m_detail ? m_detail->lead.status : StatusId{};
    const auto found = std::find_if(m_statuses.begin(), m_statuses.end(), [id](const Status& s) { return s.id == id; });
    return found == m_statuses.end() ? Status{.id = id} : *found;
}

const TimelineEntry* LeadFeed::unansweredReply() const {
    for (const TimelineEntry& entry : m_timeline) {
        if (entry.message && entry.message->direction == Direction::Inbound && entry.message->messageClass == MessageClass::Reply)
            return entry.message->handled ? nullptr : &entry;
    }
    return nullptr;
}

bool LeadFeed::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_owner && event->type() == QEvent::Show && (m_detailStale || m_timelineStale || m_statusesStale))
        m_soon.start();
    return QObject::eventFilter(watched, event);
}

bool LeadFeed::touchesDetail(const ChangeSet& changes) const {
    // A new task or suppression does not say whose it is: reading one lead is cheaper than finding out.
    if (changes.touches(EntityKind::Lead, m_lead.value) || changes.touches(EntityKind::Task)
        || changes.touches(EntityKind::Suppression) || changes.touches(EntityKind::Outbox) || changes.all(EntityKind::Enrolment))
        return true;
    if (!m_detail)
        return false;
    if (changes.touches(EntityKind::Company, m_detail->lead.company.value))
        return true;
    return std::any_of(m_detail->enrolments.begin(), m_detail->enrolments.end(), [&](const EnrolmentDetail& enrolment) {
        return changes.touches(EntityKind::Enrolment, enrolment.enrolment.id.value)
               || changes.touches(EntityKind::Strategy, enrolment.enrolment.strategy.value);
    });
}

void LeadFeed::touched(const ChangeSet& changes) {
    if (changes.touches(EntityKind::Status))
        m_statusesStale = true;
    if (m_lead) {
        m_detailStale = m_detailStale || touchesDetail(changes);
        // A message becomes handled without a new entry.
        m_timelineStale =
            m_timelineStale || changes.touches(EntityKind::Timeline, m_lead.value) || changes.touches(EntityKind::Message);
    }
    if (m_owner->isVisible() && (m_detailStale || m_timelineStale || m_statusesStale))
        m_soon.start();
}

void LeadFeed::readAgain() {
    m_detailStale = true;
    m_timelineStale = true;
    m_soon.start();
}

void LeadFeed::readStale() {
    if (m_statusesStale)
        readStatuses();
    if (!m_lead)
        return;
    if (m_detailStale)
        readDetail();
    if (m_timelineStale)
        readTimeline();
}

void LeadFeed::readDetail() {
    m_detailStale = false;
    deliver(m_context.workspace.leads().detail(m_lead), this, [this, generation = m_generation](Result<LeadDetail> detail) {
        if (generation != m_generation)
            return;
        if (!detail) {
            Q_EMIT gone(detail.error());
            return;
        }
        m_detail = std::move(*detail);
        Q_EMIT detailRead();
    });
}

void LeadFeed::readTimeline() {
    m_timelineStale = false;
    m_readingMore = false;
    const int generation = ++m_timelineGeneration;
    // As much as is on the screen already, so that nothing jumps.
    const int limit = std::max(pageSize, int(m_timeline.size()) + 1);
    deliver(m_context.workspace.leads().timeline(m_lead, {}, limit), this, [this, generation](Result<TimelinePage> page) {
        if (generation != m_timelineGeneration || !page)
            return;
        m_timeline = std::move(page->entries);
        m_next = std::move(page->next);
        m_adopted = false;
        Q_EMIT timelineRead();
    });
}

void LeadFeed::readMore() {
    if (m_adopted) {
        readTimeline();
        return;
    }
    if (!m_lead || m_next.empty() || m_readingMore)
        return;
    m_readingMore = true;
    deliver(m_context.workspace.leads().timeline(m_lead, m_next, pageSize), this,
            [this, generation = m_timelineGeneration](Result<TimelinePage> page) {
                if (generation != m_timelineGeneration)
                    return;
                m_readingMore = false;
                if (!page)
                    return;
                const int from = int(m_timeline.size());
                m_timeline.insert(m_timeline.end(), std::make_move_iterator(page->entries.begin()),
                                  std::make_move_iterator(page->entries.end()));
                m_next = std::move(page->next);
                Q_EMIT timelineGrew(from);
            });
}

void LeadFeed::readStatuses() {
    m_statusesStale = false;
    deliver(m_context.workspace.leads().statuses(), this, [this](Result<std::vector<Status>> statuses) {
        if (!statuses) {
            m_statusesStale = true;
            return;
        }
        m_statuses = std::move(*statuses);
        if (m_detail)
            Q_EMIT detailRead();
    });
}

} // namespace outrider::lead_view
