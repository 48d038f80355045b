// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/queue_filter.h"

#include "ui/text/tr.h"

#include <algorithm>
#include <array>

namespace outrider::today {

namespace {

bool contains(const QueueItem& item, const QString& word) {
    const std::array<const std::string*, 5> texts{&item.leadName, &item.companyName, &item.strategyName, &item.title, &item.note};
    return std::ranges::any_of(texts,
                               [&](const std::string* value) { return text::toQt(*value).contains(word, Qt::CaseInsensitive); });
}

} // namespace

bool QueueFilter::isOn() const {
    return due != Due::UntilToday || channel || strategy || setByHand || !words.trimmed().isEmpty();
}

bool QueueFilter::passes(const QueueItem& item) const {
    if (due == Due::Overdue && !item.overdue)
        return false;
    if (due == Due::Today && item.overdue)
        return false;
    if (channel && item.channel != *channel)
        return false;
    if (strategy && item.strategy != strategy)
        return false;
    if (setByHand && item.strategy)
        return false;
    const QStringList wanted = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::ranges::all_of(wanted, [&](const QString& word) { return contains(item, word); });
}

std::vector<QueueItem> QueueFilter::applied(const std::vector<QueueItem>& items) const {
    std::vector<QueueItem> out;
    out.reserve(items.size());
    std::ranges::copy_if(items, std::back_inserter(out), [this](const QueueItem& item) { return passes(item); });
    return out;
}

} // namespace outrider::today
