// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/enum_names.h"

#include <string>
#include <string_view>

namespace outrider::inbound {

// What a machine's answer means for the lead.
enum class AutoReplyKind {
    Unclear,
    Away,         // comes back, perhaps on a named day
    Left,         // no longer works there: as good as a bounce
    Unmonitored,  // nobody reads this address
    Acknowledged, // a ticket system, or "we have got your mail"
    Receipt,      // delivered, or read
};

inline constexpr auto autoReplyKindNames = enumNames<AutoReplyKind>({
    {AutoReplyKind::Unclear, "unclear"},
    {AutoReplyKind::Away, "away"},
    {AutoReplyKind::Left, "left"},
    {AutoReplyKind::Unmonitored, "unmonitored"},
    {AutoReplyKind::Acknowledged, "acknowledged"},
    {AutoReplyKind::Receipt, "receipt"},
});

constexpr std::string_view name(AutoReplyKind kind) { return autoReplyKindNames.name(kind); }

// Of the text of a mail that is known to be automatic; `subject` and `ownText` are as written. Eight languages.
AutoReplyKind autoReplyKindOf(std::string_view subject, std::string_view ownText);

// "We have received your request", with the number of a ticket or the plea not to answer: written by a
// machine even when no header says so. Returns what says it; empty when nothing does.
std::string_view acknowledgementIn(std::string_view subject, std::string_view ownText);

// The first address the text names that is not `sender`: whom to write to instead. Empty when there is none.
std::string otherContactIn(std::string_view ownText, std::string_view sender);

} // namespace outrider::inbound
