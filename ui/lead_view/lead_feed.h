// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/lead_service.h"
#include "ui/frame/context.h"

#include <QObject>
#include <QTimer>

#include <optional>
#include <vector>

class QWidget;

namespace outrider::lead_view {

// One lead, followed: read without waiting, and again when a change touches it, while `owner` is visible
// (a hidden one is caught up with when it is shown). Answers to questions about an earlier lead are
// dropped. Lives on the window's thread; the owner owns it.
class LeadFeed : public QObject {
    Q_OBJECT

public:
    static constexpr int pageSize = 50;

    LeadFeed(const frame::Context& context, QWidget* owner);

    void follow(LeadId lead);
    // Follows what somebody has read already; nothing is asked for until it changes.
    void adopt(LeadDetail detail, std::vector<TimelineEntry> timeline);
    void stop();

    LeadId lead() const { return m_lead; }
    const LeadDetail* detail() const { return m_detail ? &*m_detail : nullptr; }
    // Newest first, as far as read.
    const std::vector<TimelineEntry>& timeline() const { return m_timeline; }
    bool moreFollows() const { return !m_next.empty() || m_adopted; }
    void readMore();
    // What the change signal cannot know of: a task of this lead set elsewhere in this window.
    void readAgain();

    // The lead's status; empty name until the statuses are read.
    Status status() const;
    const std::vector<Status>& statuses() const { return m_statuses; }
    // The latest reply nobody has dealt with, of what is read; nullptr: none.
    const TimelineEntry* unansweredReply() const;

Q_SIGNALS:
    void detailRead();                       // also: the statuses
    void timelineRead();                     // anew
    void timelineGrew(int from);             // entries from that one on were added
    void gone(const outrider::Error& error); // the lead cannot be read

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void touched(const ChangeSet& changes);
    bool touchesDetail(const ChangeSet& changes) const;
    void readStale();
    void readDetail();
    void readTimeline();
    void readStatuses();

    const frame::Context m_context;
    QWidget* m_owner;
    LeadId m_lead;
    int m_generation = 0; // of the lead; a late answer carries an older one
    int m_timelineGeneration = 0;
    std::optional<LeadDetail> m_detail;
    std::vector<TimelineEntry> m_timeline;
    std::string m_next;
    bool m_adopted = false; // where the timeline goes on is not known yet
    bool m_readingMore = false;
    std::vector<Status> m_statuses;

    bool m_detailStale = false;
    bool m_timelineStale = false;
    bool m_statusesStale = true;
    QTimer m_soon; // several commits in a row are one reading
};

} // namespace outrider::lead_view
