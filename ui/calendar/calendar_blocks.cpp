// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/calendar_blocks.h"

#include <QDateTime>

#include <algorithm>

namespace outrider::calendar {

namespace {

using Kind = Block::Kind;

// The one open task of a block, if it is among those that were read.
std::optional<QueueItem> onlyTask(const Block& block, const CalendarTasks& tasks) {
    if (block.count != 1 || block.kind == Kind::Done)
        return std::nullopt;
    const auto found = std::ranges::find_if(tasks.items, [&](const QueueItem& item) {
        return item.channel == block.channel && item.dueAt >= block.stretch.from && item.dueAt < block.stretch.to;
    });
    return found == tasks.items.end() ? std::nullopt : std::optional(*found);
}

void add(std::vector<Block>& blocks, Block block, int count) {
    if (count == 0)
        return;
    for (Block& one : blocks) {
        if (one.isSameAs(block)) {
            one.count += count;
            return;
        }
    }
    block.count = count;
    blocks.push_back(std::move(block));
}

// Those of the same half hour stand beside each other.
void placeLanes(std::vector<Block>& blocks) {
    for (auto first = blocks.begin(); first != blocks.end();) {
        const auto last = std::find_if(first, blocks.end(), [&](const Block& one) { return one.minute != first->minute; });
        const auto lanes = static_cast<int>(last - first);
        for (int lane = 0; first != last; ++first, ++lane) {
            first->lane = lane;
            first->lanes = lanes;
        }
    }
}

} // namespace

std::vector<Block> blocksOf(const std::vector<CalendarDay>& days, const std::vector<CalendarTasks>& firstTasks, Instant now,
                            int mailCap, const text::Dates& dates) {
    std::vector<Block> all;
    std::chrono::sys_days today{};
    for (const CalendarDay& day : days)
        today = now >= day.start && now < day.end ? day.date : today;
    for (std::size_t i = 0; i < days.size(); ++i) {
        const CalendarDay& day = days[i];
        std::vector<Block> blocks;
        const bool over = day.end > now && isOverCap(day, std::max(today, day.date), mailCap);
        for (const CalendarSlot& slot : day.slots) {
            const QTime time = dates.local(slot.at).time();
            const int minute = (time.hour() * 60 + time.minute()) / slotMinutes * slotMinutes;
            const Instant from = slot.at - std::chrono::minutes(time.minute() % slotMinutes);
            Block block{.day = int(i),
                        .minute = minute,
                        .channel = slot.channel,
                        .stretch = {.from = from, .to = from + std::chrono::minutes(slotMinutes), .channel = slot.channel}};
            block.kind = day.end <= now ? Kind::Late : Kind::Planned;
            block.overCap = over && slot.channel == Channel::Email;
            add(blocks, block, slot.open);
            block.kind = Kind::Done; // of all channels together
            block.overCap = false;
            block.channel = Channel::Task;
            block.stretch.channel.reset();
            add(blocks, block, slot.done);
        }
        std::ranges::stable_sort(blocks, [](const Block& a, const Block& b) {
            return std::tuple(a.minute, a.channel, a.kind) < std::tuple(b.minute, b.channel, b.kind);
        });
        placeLanes(blocks);
        for (Block& block : blocks) {
            if (i < firstTasks.size())
                block.only = onlyTask(block, firstTasks[i]);
            all.push_back(std::move(block));
        }
    }
    return all;
}

std::chrono::sys_days mondayOf(std::chrono::sys_days day) {
    return day - std::chrono::days(std::chrono::weekday(day).iso_encoding() - 1);
}

std::chrono::sys_days gridStartOf(std::chrono::sys_days day) {
    const std::chrono::year_month_day date(day);
    return mondayOf(std::chrono::sys_days(date.year() / date.month() / 1));
}

bool isWeekend(std::chrono::sys_days day) { return std::chrono::weekday(day).iso_encoding() > 5; }

int stepDays(std::chrono::sys_days from, int direction, bool toWeekends) {
    int days = direction;
    while (!toWeekends && isWeekend(from + std::chrono::days(days)))
        days += direction;
    return days;
}

QDate toQDate(std::chrono::sys_days day) { return QDate(1970, 1, 1).addDays(day.time_since_epoch().count()); }

std::chrono::sys_days fromQDate(const QDate& date) {
    return std::chrono::sys_days(std::chrono::days(QDate(1970, 1, 1).daysTo(date)));
}

} // namespace outrider::calendar
