// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/queue_service.h"
#include "ui/today/queue_filter.h"
#include "ui/widgets/bars.h"

#include <array>

namespace outrider::widgets {
class Button;
class SearchField;
} // namespace outrider::widgets

namespace outrider::today {

// The filters over today's list, and how much there is of each channel.
class FilterBar : public widgets::Bar {
    Q_OBJECT

public:
    explicit FilterBar(QWidget* parent = nullptr);

    void setFilter(const QueueFilter& filter); // without a signal
    const QueueFilter& filter() const { return m_filter; }
    // What the popups count and the strategies to choose from; `shown`: what the filter was applied to.
    void setQueue(const Today& today, const std::vector<QueueItem>& shown);

    widgets::SearchField* search() const { return m_search; }
    QWidget* dueButton() const;

Q_SIGNALS:
    void changed();
    void searchDone(); // Enter in the search field

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void choose(QueueFilter filter);
    void showTotals();
    void askDue();
    void askChannel();
    void askStrategy();

    QueueFilter m_filter;
    QueueCounts m_counts;
    int m_tomorrow = 0;
    std::vector<QueueItem> m_items;
    widgets::SearchField* m_search;
    widgets::Button* m_due;
    widgets::Button* m_channel;
    widgets::Button* m_strategy;
    struct Total {
        QWidget* holder = nullptr;
        widgets::Label* number = nullptr;
    };
    std::array<Total, channels.size()> m_totals;
};

} // namespace outrider::today
