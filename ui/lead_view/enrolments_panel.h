// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/lead_view/enrolment_strip.h"

#include <QScrollArea>

#include <set>
#include <vector>

class QVBoxLayout;

namespace outrider::lead_view {

// The strategies a lead is or was in: the running one, or the last, with its strip; the others one line
// each, opened on demand. Pausing, resuming and taking out are asked for by signals.
class EnrolmentsPanel : public QScrollArea {
    Q_OBJECT

public:
    explicit EnrolmentsPanel(const frame::Context& context, QWidget* parent = nullptr);

    void show(const LeadDetail& detail, const std::vector<TimelineEntry>& timeline);
    QSize sizeHint() const override;

Q_SIGNALS:
    // `anchor`: where a popup belongs.
    void pauseRequested(outrider::EnrolmentId enrolment, QWidget* anchor);
    void resumeRequested(outrider::EnrolmentId enrolment);
    void removeRequested(outrider::EnrolmentId enrolment);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void rebuild();
    QWidget* makeHead(const StripModel& model, bool open, bool foldable, QWidget* parent);

    const frame::Context m_context;
    std::vector<StripModel> m_models;
    std::set<EnrolmentId> m_opened;
    std::set<EnrolmentId> m_folded;
    bool m_earlier = false; // also those beyond the first few
    QWidget* m_body;
    QVBoxLayout* m_column;
};

} // namespace outrider::lead_view
