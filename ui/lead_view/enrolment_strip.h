// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/lead_service.h"
#include "ui/paint/pieces.h"
#include "ui/text/dates.h"

#include <QString>
#include <QWidget>

#include <vector>

namespace outrider::lead_view {

// One column of the strip: a step with what became of it, or what ended the strategy.
struct StripStep {
    enum class State { Done, Skipped, Current, Coming, Removed, Ended };
    State state = State::Coming;
    theme::Icon icon = theme::Icon::None; // of its channel
    int number = 0;                       // 1-based; 0: no step
    QString title;                        // "E-mail, in thread"
    QString reason;                       // "Sent", "2 days late", "Removed: replied"
    QString date;                         // "Tue 17 Nov", "was Fri 20 Nov"

    bool operator==(const StripStep&) const = default;
};

// An enrolment as it is shown. Pure, so that it is tested without a window.
struct StripModel {
    EnrolmentId enrolment;
    StrategyId strategy;
    QString name;
    QString about;    // "version 4, enrolled 3 Nov from “Reefer operators DE”"
    QString standing; // the chip: "Step 3 of 6", "Stopped by reply, 07:12", "Paused until Mon 30 Nov"
    paint::Tone tone = paint::Tone::Neutral;
    bool running = false;
    bool paused = false;
    std::vector<StripStep> steps;

    bool operator==(const StripModel&) const = default;
};
StripModel stripOf(const LeadDetail& lead, const EnrolmentDetail& enrolment, const std::vector<TimelineEntry>& timeline,
                   const text::Dates& dates);

// The columns: own painted, each an accessible child that reads its state; as many rows as they need.
class EnrolmentStrip : public QWidget {
    Q_OBJECT

public:
    explicit EnrolmentStrip(std::vector<StripStep> steps, QWidget* parent = nullptr);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    class Cell;
    int columnsIn(int width) const;
    int cellHeight() const;
    void arrange();
    QList<Cell*> m_cells;
};

} // namespace outrider::lead_view
