// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/mail_headers.h"

#include "core/contact/text.h"
#include "core/transport/charset.h"
#include "core/transport/header_encoding.h"

#include <algorithm>

namespace outrider::transport {

namespace {

constexpr std::size_t longestName = 76;
constexpr std::size_t mostIds = 200;

// One line without its end; `at` moves behind it.
std::string_view nextLine(std::string_view text, std::size_t& at) {
    const auto end = std::min(text.find('\n', at), text.size());
    auto line = text.substr(at, end - at);
    at = std::min(end + 1, text.size());
    if (!line.empty() && line.back() == '\r')
        line.remove_suffix(1);
    return line;
}

std::vector<MailHeader> split(std::string_view text, bool skipOthers, std::size_t* used) {
    std::vector<MailHeader> headers;
    std::size_t at = 0;
    while (at < text.size() && headers.size() < mostHeaders) {
        std::size_t next = at;
        const auto line = nextLine(text, next);
        if (!line.empty() && (line.front() == ' ' || line.front() == '\t') && !headers.empty()) {
            headers.back().value += ' ';
            headers.back().value += contact::trimmed(line);
        } else if (looksLikeHeader(line)) {
            const auto colon = line.find(':');
            headers.push_back(
                {std::string(contact::trimmed(line.substr(0, colon))), std::string(contact::trimmed(line.substr(colon + 1)))});
        } else if (!skipOthers) {
            break;
        }
        at = next;
    }
    if (used != nullptr)
        *used = at;
    return headers;
}

} // namespace

bool sameHeaderName(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; };
    return a.size() == b.size()
           && std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}

std::string_view MailHeaders::first(std::string_view name) const {
    for (const auto& header : m_all) {
        if (sameHeaderName(header.name, name))
            return header.value;
    }
    return {};
}

bool MailHeaders::has(std::string_view name) const {
    return std::any_of(m_all.begin(), m_all.end(), [&](const auto& header) { return sameHeaderName(header.name, name); });
}

std::vector<std::string_view> MailHeaders::all(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const auto& header : m_all) {
        if (sameHeaderName(header.name, name))
            values.push_back(header.value);
    }
    return values;
}

bool looksLikeHeader(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon > longestName)
        return false;
    auto name = line.substr(0, colon);
    while (name.ends_with(' ')) // "Subject : …" is written by some
        name.remove_suffix(1);
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return !name.empty() && letter(name.front()) && std::all_of(name.begin(), name.end(), [&](char c) {
        return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    });
}

std::vector<MailHeader> splitHeaders(std::string_view text, std::size_t* used) { return split(text, false, used); }

std::vector<MailHeader> splitWholeBlock(std::string_view block) { return split(block, true, nullptr); }

MailHeaders decodeHeaders(std::vector<MailHeader> raw) {
    MailHeaders headers;
    for (auto& [name, value] : raw) {
        std::replace(value.begin(), value.end(), '\t', ' ');
        std::string text = cleanUtf8(decodedText(value));
        std::replace(text.begin(), text.end(), '\n', ' '); // hidden in an encoded word
        headers.add(std::move(name), std::string(contact::trimmed(text)));
    }
    return headers;
}

MailHeaders parseHeaderBlock(std::string_view text, std::size_t* used) { return decodeHeaders(splitHeaders(text, used)); }

std::vector<std::string> messageIdsOf(std::string_view value) {
    std::vector<std::string> ids;
    for (std::size_t at = 0; ids.size() < mostIds;) {
        const auto open = value.find('<', at);
        if (open == std::string_view::npos)
            break;
        const auto close = value.find('>', open);
        if (close == std::string_view::npos)
            break;
        std::string id;
        for (const char c : value.substr(open + 1, close - open - 1)) {
            if (c != ' ' && c != '\t' && c != '<') // folding inside an id is a known fault of some servers
                id += c;
        }
        if (!id.empty())
            ids.push_back(std::move(id));
        at = close + 1;
    }
    if (ids.empty()) {
        const auto bare = contact::trimmed(value);
        if (bare.find('@') != std::string_view::npos && bare.find_first_of(" \t<>") == std::string_view::npos)
            ids.emplace_back(bare);
    }
    return ids;
}

} // namespace outrider::transport
