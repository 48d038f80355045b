// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/merge.h"
#include "ui/frame/context.h"
#include "ui/widgets/sheet.h"

#include <vector>

class QLineEdit;

namespace outrider::widgets {
class Banner;
}

namespace outrider::lead_view {

// Over the window: what changed a lead, the youngest first, and where each of its facts comes from. Choosing a
// moment, or typing one, shows the lead as it was then, beside what it says now. Of leads that were merged each can be split
// off again; nothing else here changes anything.
class LeadHistory : public widgets::Sheet {
    Q_OBJECT

public:
    LeadHistory(const frame::Context& context, QWidget* over, const LeadDetail& detail);

    void openHistory();

private:
    void readMerges();
    void showMerges(const std::vector<MergeRecord>& merges);
    void split(const MergeRecord& merge);
    void showActions(const std::vector<HistoryEntry>& entries);
    void showOrigins(const std::vector<FieldOrigin>& origins);
    void lookBack(Instant moment);
    void showThen(Instant moment, const HistoryService::LeadThen& then);
    void clear(QWidget* part);
    widgets::Label* addLine(QWidget* part, const QString& text, widgets::Ink ink);

    const frame::Context m_context;
    const LeadDetail m_now;
    QLineEdit* m_moment;
    widgets::Banner* m_banner;
    QWidget* m_then;
    QWidget* m_merges;
    QWidget* m_actions;
    QWidget* m_origins;
};

} // namespace outrider::lead_view
