// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::exchange {

// What cells hold besides text, as programs and people in eight languages write it. Pure functions.

// Whether the cell stands for nothing: empty, "-", "n/a", "null", "k. A.", "0/0/00", "#N/A"…
bool isPlaceholder(std::string_view cell);

// "yes", "Ja", "oui", "1", "true", "x", "✓" and their opposites; nothing for anything else.
std::optional<bool> parseYesNo(std::string_view cell);

// What a cell of a refusal column says ("Email Opt Out", "Nicht anrufen").
enum class Refusal {
    No,
    Yes,
    Assumed, // neither yes nor no: a date, a reason. Taken as yes: a refusal is never overlooked
};

// `inverted`: the column is a permission ("Allow e-mail"), so that a no refuses.
Refusal parseRefusal(std::string_view cell, bool inverted = false);

enum class Bounce { No, Soft, Hard };

// Cells of a bounce column: yes, no, a date, a count, "Soft", "mailbox full (550)".
Bounce parseBounce(std::string_view cell);

// Cells of a reply column: yes, no, a date, a count. An automatic reply is none.
bool parseReplied(std::string_view cell);

// What a status of any kind says about reaching the person, if anything: "Unsubscribed", "Bounced",
// "Do Not Contact", "Opted out", "Cleaned".
enum class StatusVerdict { Nothing, OptedOut, DoNotContact, DoNotCall, Bounced };

StatusVerdict verdictOf(std::string_view status);

// ── Numbers and lists

// "12", "-1.5": a plain number and nothing else.
std::optional<double> parseNumber(std::string_view cell);

// "1,234", "1.234", "~500", "11-50" (its lower end), "10,001+", "5k". Nothing: no whole number.
std::optional<std::int64_t> parseCount(std::string_view cell);

// The parts of a cell holding several values: Google's " ::: ", else semicolons, bars or line breaks,
// else (`commas`) commas. Trimmed, without empty ones.
std::vector<std::string_view> splitList(std::string_view cell, bool commas);

} // namespace outrider::exchange
