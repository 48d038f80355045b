// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/suppression_lines.h"

#include "core/contact/domain_name.h"
#include "core/contact/email_address.h"
#include "core/contact/phone_number.h"
#include "core/contact/text.h"

#include <algorithm>
#include <array>

namespace outrider {

using Entry = SuppressionService::Entry;
using Line = SuppressionService::Line;

namespace {

std::string_view unquoted(std::string_view cell) {
    cell = contact::trimmed(cell);
    if (cell.size() >= 2 && (cell.front() == '"' || cell.front() == '\'') && cell.back() == cell.front())
        cell = contact::trimmed(cell.substr(1, cell.size() - 2));
    return cell;
}

// Of one line; separators inside quotes or angle brackets are text.
std::vector<std::string_view> cellsOf(std::string_view line) {
    std::vector<std::string_view> cells;
    std::size_t start = 0;
    bool quoted = false;
    for (std::size_t i = 0; i <= line.size(); ++i) {
        const char c = i < line.size() ? line[i] : ',';
        if (c == '"')
            quoted = !quoted;
        if (i == line.size() || (!quoted && (c == ',' || c == ';' || c == '\t'))) {
            if (const auto cell = unquoted(line.substr(start, i - start)); !cell.empty())
                cells.push_back(cell);
            start = i + 1;
        }
    }
    return cells;
}

std::optional<SuppressionReason> reasonOf(std::string_view cell) {
    struct Word {
        std::string_view begins;
        SuppressionReason reason;
    };
    static constexpr std::array words{
        Word{"unsub", SuppressionReason::OptOut},           Word{"opt", SuppressionReason::OptOut},
        Word{"abgemeldet", SuppressionReason::OptOut},      Word{"bounce", SuppressionReason::HardBounce},
        Word{"hard", SuppressionReason::HardBounce},        Word{"invalid", SuppressionReason::HardBounce},
        Word{"complain", SuppressionReason::Complaint},     Word{"spam", SuppressionReason::Complaint},
        Word{"abuse", SuppressionReason::Complaint},        Word{"do not", SuppressionReason::DoNotContact},
        Word{"do_not", SuppressionReason::DoNotContact},    Word{"dnc", SuppressionReason::DoNotContact},
        Word{"blocklist", SuppressionReason::DoNotContact}, Word{"manual", SuppressionReason::Manual},
    };
    const std::string lower = contact::asciiLower(cell);
    for (const Word& word : words) {
        if (lower.starts_with(word.begins) && lower.find('@') == std::string::npos && lower.find('.') == std::string::npos)
            return word.reason;
    }
    return std::nullopt;
}

std::optional<Entry> addressOrNumber(std::string_view cell, std::string_view country) {
    if (contact::asciiLower(cell.substr(0, 7)) == "mailto:")
        cell.remove_prefix(7);
    if (!cell.starts_with('@') && !cell.starts_with('*')) {
        if (const auto address = contact::parseEmailAddress(cell))
            return Entry{SuppressionKind::Email, address->key};
    }
    if (contact::looksLikePhone(cell) || contact::asciiLower(cell.substr(0, 4)) == "tel:") {
        if (const auto number = contact::parsePhoneNumber(cell, country))
            return Entry{SuppressionKind::Phone, number->e164};
    }
    return std::nullopt;
}

std::optional<Entry> domainOf(std::string_view cell) {
    for (const std::string_view before : {"*", "@", "."}) {
        if (cell.starts_with(before))
            cell.remove_prefix(1);
    }
    std::string host(cell);
    if (cell.find("://") != std::string_view::npos)
        host = contact::hostOf(cell);
    else if (cell.find('@') != std::string_view::npos)
        return std::nullopt;
    // A domain is what an address may have behind its @; of one label, everything would be suppressed.
    const auto address = host.find('.') == std::string::npos ? Result<contact::EmailAddress>(fail(ErrorCode::InvalidEmail))
                                                             : contact::parseEmailAddress("x@" + host);
    return address ? std::optional(Entry{SuppressionKind::Domain, address->domain}) : std::nullopt;
}

bool isHeader(const std::vector<std::string_view>& cells) {
    static constexpr std::array words{"email", "e-mail", "mail", "domain", "phone", "telephone", "mobile", "address", "reason"};
    return std::any_of(cells.begin(), cells.end(), [](std::string_view cell) {
        const std::string lower = contact::asciiLower(cell);
        return lower.find('@') == std::string::npos && lower.find('.') == std::string::npos
               && std::any_of(words.begin(), words.end(),
                              [&](const char* word) { return lower.find(word) != std::string::npos; });
    });
}

} // namespace

std::vector<Line> suppressionLines(std::string_view text, SuppressionReason reason, std::string_view country) {
    std::vector<Line> lines;
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    bool first = true;
    for (const std::string_view part : contact::split(text, "\n")) {
        const std::string_view line = contact::trimmed(part);
        if (line.empty() || line.starts_with('#'))
            continue;
        const auto cells = cellsOf(line);
        std::vector<Entry> found;
        SuppressionReason said = reason;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (auto entry = addressOrNumber(cells[i], country))
                found.push_back(std::move(*entry));
            else if (i > 0 && !found.empty() && reasonOf(cells[i]))
                said = *reasonOf(cells[i]);
            else if (const bool alone = cells[i].starts_with('@') || (i == 0 && found.empty()); alone && domainOf(cells[i]))
                found.push_back(*domainOf(cells[i]));
        }
        // "Rühl, Tobias <t@b.example>": the comma was the name's.
        if (found.empty()) {
            if (auto entry = addressOrNumber(line, country))
                found.push_back(std::move(*entry));
        }
        const bool header = first && found.empty() && isHeader(cells);
        first = false;
        if (header)
            continue;
        for (Entry& entry : found)
            lines.push_back({.text = std::string(line), .kind = entry.kind, .key = std::move(entry.key), .reason = said});
        if (found.empty())
            lines.push_back({.text = std::string(line), .kind = {}, .key = {}, .reason = said, .state = Line::State::Unreadable});
    }
    return lines;
}

std::optional<Entry> SuppressionService::understand(std::string_view line, std::string_view country) {
    auto lines = suppressionLines(line, SuppressionReason::Manual, country);
    if (lines.size() != 1 || !lines.front().kind)
        return std::nullopt;
    return Entry{*lines.front().kind, std::move(lines.front().key)};
}

} // namespace outrider
