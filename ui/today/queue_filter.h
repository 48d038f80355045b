// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/queue.h"

#include <QString>

#include <optional>
#include <vector>

namespace outrider::today {

// Which of the day's tasks are shown, and so which are processed. A plain value.
struct QueueFilter {
    enum class Due { UntilToday, Overdue, Today, Tomorrow };

    Due due = Due::UntilToday;
    std::optional<Channel> channel;
    StrategyId strategy;    // none: any
    bool setByHand = false; // only what belongs to no strategy
    QString words;          // each must be in the lead's name, the company, the strategy or the reason

    // Whether it leaves anything out of what is due until today.
    bool isOn() const;
    bool passes(const QueueItem& item) const;
    std::vector<QueueItem> applied(const std::vector<QueueItem>& items) const;
};

} // namespace outrider::today
