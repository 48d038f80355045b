// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/queue_service.h"
#include "ui/frame/context.h"

#include <QWidget>

namespace outrider::lead_view {

// The detail pane beside a list: who, the next step, the facts, the latest of the timeline. 384 px wide,
// 304 to 480 by a splitter. It reads the lead by itself and again when a change touches it; keys (O, N)
// belong to the page it stands in, which also listens to the signals.
class LeadPane : public QWidget {
    Q_OBJECT

public:
    explicit LeadPane(const frame::Context& context, QWidget* parent = nullptr);
    ~LeadPane() override;

    // Shows the lead with its earliest open task as the next step.
    void showLead(LeadId lead);
    // Shows what is already read, and this task as the next step. Nothing is waited for.
    void showTask(const TaskDetail& task);
    void clear(); // nothing is chosen
    LeadId lead() const;

    // Buttons of the page under "Next step" (Call, Snooze, Skip). The pane owns it; none: nullptr.
    void setActions(QWidget* bar);
    // Opens the pane's own note field; a page does this on N. What was typed is kept per lead.
    void writeNote();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void openRequested(outrider::LeadId lead);
    void noteRequested(outrider::LeadId lead); // "Note" was pressed; writeNote() has been called
    void closeRequested();

private:
    class Content;
    Content* m_content;
};

} // namespace outrider::lead_view
