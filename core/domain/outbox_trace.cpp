// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/outbox_trace.h"

#include <charconv>
#include <cstdint>
#include <optional>

namespace outrider {

namespace {

constexpr std::size_t mostEvidence = 400;

std::optional<std::int64_t> takeNumber(std::string_view& line) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
    const auto used = static_cast<std::size_t>(end - line.data());
    if (error != std::errc() || used >= line.size() || *end != ' ')
        return std::nullopt;
    line.remove_prefix(used + 1);
    return value;
}

} // namespace

std::string traceLine(const OutboxTraceEntry& entry) {
    std::string line = std::to_string(toEpochMillis(entry.at)) + ' ' + std::to_string(static_cast<int>(entry.state)) + ' '
                       + std::to_string(static_cast<int>(entry.reason)) + ' ' + std::to_string(toEpochMillis(entry.until)) + ' ';
    std::string_view evidence = entry.evidence;
    if (evidence.size() > mostEvidence) {
        evidence = evidence.substr(0, mostEvidence);
        while (!evidence.empty() && (static_cast<unsigned char>(evidence.back()) & 0xC0U) == 0x80U) // not within a letter
            evidence.remove_suffix(1);
        if (!evidence.empty() && static_cast<unsigned char>(evidence.back()) >= 0xC0U)
            evidence.remove_suffix(1);
    }
    for (const char c : evidence)
        line += static_cast<unsigned char>(c) < ' ' || c == '\x7f' ? ' ' : c;
    line += '\n';
    return line;
}

std::vector<OutboxTraceEntry> parseTrace(std::string_view trace) {
    std::vector<OutboxTraceEntry> entries;
    while (!trace.empty()) {
        const auto end = trace.find('\n');
        std::string_view line = trace.substr(0, end);
        trace.remove_prefix(end == std::string_view::npos ? trace.size() : end + 1);
        const auto at = takeNumber(line);
        const auto state = at ? takeNumber(line) : std::nullopt;
        const auto reason = state ? takeNumber(line) : std::nullopt;
        const auto until = reason ? takeNumber(line) : std::nullopt;
        const bool known = until && name(static_cast<OutboxState>(*state)) != std::string_view()
                           && name(static_cast<WaitReason>(*reason)) != std::string_view();
        if (known)
            entries.push_back({fromEpochMillis(*at), static_cast<OutboxState>(*state), static_cast<WaitReason>(*reason),
                               fromEpochMillis(*until), std::string(line)});
    }
    return entries;
}

} // namespace outrider
