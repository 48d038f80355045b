// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::transport {

struct MailHeader {
    std::string name;  // as written
    std::string value; // unfolded, decoded (RFC 2047) to UTF-8, trimmed

    bool operator==(const MailHeader&) const = default;
};

// A block of headers in the order they came. Names are found whatever their case.
class MailHeaders {
public:
    void add(std::string name, std::string value) { m_all.push_back({std::move(name), std::move(value)}); }

    // The value of the first header of that name; empty when there is none.
    std::string_view first(std::string_view name) const;
    bool has(std::string_view name) const;
    std::vector<std::string_view> all(std::string_view name) const;

    const std::vector<MailHeader>& list() const { return m_all; }

    bool empty() const { return m_all.empty(); }

    bool operator==(const MailHeaders&) const = default;

private:
    std::vector<MailHeader> m_all;
};

// Reads "Name: value" lines with their continuations up to the first line that is neither; takes any
// line end, at most mostHeaders headers. `used` is set to the number of bytes read.
std::vector<MailHeader> splitHeaders(std::string_view text, std::size_t* used = nullptr);

// The same of a block whose end is known: lines that are no header are skipped.
std::vector<MailHeader> splitWholeBlock(std::string_view block);

// Unfolded but encoded values, as split above, made readable.
MailHeaders decodeHeaders(std::vector<MailHeader> raw);

// splitHeaders() and decodeHeaders().
MailHeaders parseHeaderBlock(std::string_view text, std::size_t* used = nullptr);

// Without regard to case, as header names are compared.
bool sameHeaderName(std::string_view a, std::string_view b);

// Whether the line begins a header: a name of letters, digits and hyphens, and a colon.
bool looksLikeHeader(std::string_view line);

// The <…> ids of a Message-ID, In-Reply-To or References value, without brackets; text that has no
// brackets at all is taken as one id when it holds an @ and no space.
std::vector<std::string> messageIdsOf(std::string_view value);

inline constexpr std::size_t mostHeaders = 1000;

} // namespace outrider::transport
