// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"

#include <QWidget>

#include <vector>

namespace outrider::widgets {
class Label;
class Segmented;
class TimelineView;
} // namespace outrider::widgets

namespace outrider::lead_view {

class LeadFeed;

// Everything that happened with a lead, read page by page, and what of it is shown: all, e-mail, calls,
// notes. An opened mail stays open, and the place in the list stays, when it is read again.
class LeadTimeline : public QWidget {
    Q_OBJECT

public:
    enum class Only { All, Mail, Calls, Notes };

    explicit LeadTimeline(const frame::Context& context, QWidget* parent = nullptr);

    void show(const LeadFeed& feed);
    void grew(const LeadFeed& feed, int from);
    void focus();

    static bool isShown(const Activity& activity, Only only);

Q_SIGNALS:
    void moreWanted();
    void sourceWanted(outrider::MessageId message, const QString& subject);

private:
    std::vector<TimelineEntry> chosen(int from) const;
    void fill(bool keepPlace);
    void count();

    const frame::Context m_context;
    const LeadFeed* m_feed = nullptr;
    LeadId m_lead;
    Only m_only = Only::All;
    int m_shown = 0;
    widgets::Segmented* m_switch;
    widgets::Label* m_count;
    widgets::Label* m_empty;
    widgets::TimelineView* m_view;
};

} // namespace outrider::lead_view
