// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/mailbox.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace outrider::settings {

// How much a mailbox may send on each day of its ramp, with today's and the limit it rises to.
struct Ramp {
    std::vector<int> days; // by day from its beginning; the last is the daily limit
    int today = -1;        // which of them; beyond the last: it is over; -1: not begun
};
// Of what stands in the form; empty: no ramp.
Ramp rampOf(const Mailbox& mailbox, Instant now);

class RampChart : public QWidget {
    Q_OBJECT

public:
    explicit RampChart(QWidget* parent = nullptr);
    void setRamp(const Ramp& ramp);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Ramp m_ramp;
};

} // namespace outrider::settings
