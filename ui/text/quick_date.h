// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/channel.h"

#include <QString>
#include <QTimeZone>

#include <optional>

namespace outrider::text {

// Moments as one types them in passing: "tue 14:00", "tomorrow", "+3d", "23 nov", "in 2 weeks", "2pm".
// Pure: `now` and `zone` come in, and what comes out is always after `now`. A day without a time is at
// 09:00; a time without a day is the next time the clock shows it. English words, and ISO dates.
// nullopt: not a moment, or one that has passed.
std::optional<Instant> parseMoment(const QString& text, Instant now, const QTimeZone& zone);

// What a line of a note also says is to be done: an act, a moment, and perhaps what about.
// "call tue 14:00 about the berth slots".
struct QuickTask {
    Channel channel = Channel::Task;
    QString title; // what about; never empty
    Instant dueAt{};

    bool operator==(const QuickTask&) const = default;
};

// The first line of `note` that begins with an act and a moment. A sentence that merely speaks of a
// day ("call me after the 17th") is none.
std::optional<QuickTask> taskInNote(const QString& note, Instant now, const QTimeZone& zone);

} // namespace outrider::text
