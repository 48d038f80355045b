// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/address_list.h"

#include "core/contact/text.h"
#include "core/transport/charset.h"
#include "core/transport/header_encoding.h"

#include <utility>

namespace outrider::transport {

namespace {

constexpr std::size_t mostBytes = 64 * 1024;
constexpr std::size_t longestAddress = 320; // RFC 5321 §4.5.3.1: 64 + 1 + 255

// One mailbox, its pieces as they are met.
struct Pieces {
    std::string words;   // outside of brackets and comments, quotes taken off
    std::string comment; // "a@b (Name)"
    std::string bracket;
    bool hasBracket = false;
};

std::string readable(std::string_view text) { return contact::collapsed(cleanUtf8(decodedText(text))); }

// The quote that closes the one at value[at].
std::size_t closingQuote(std::string_view value, std::size_t at) {
    for (std::size_t i = at + 1; i < value.size(); ++i) {
        if (value[i] == '\\')
            ++i;
        else if (value[i] == '"')
            return i;
    }
    return std::string_view::npos;
}

void finish(Pieces& pieces, std::vector<MailAddress>& out) {
    const Pieces done = std::exchange(pieces, {});
    MailAddress mailbox;
    if (done.hasBracket) {
        mailbox.name = readable(done.words);
        mailbox.address = cleanUtf8(contact::trimmed(done.bracket));
        if (mailbox.name.empty())
            mailbox.name = readable(done.comment);
    } else {
        const auto words = contact::trimmed(done.words);
        if (words.find('@') != std::string_view::npos) {
            mailbox.address = cleanUtf8(words);
            mailbox.name = readable(done.comment);
        } else {
            mailbox.name = readable(words);
        }
    }
    if (mailbox.address.size() > longestAddress)
        mailbox.address.clear();
    if ((!mailbox.address.empty() || !mailbox.name.empty()) && out.size() < mostAddresses)
        out.push_back(std::move(mailbox));
}

} // namespace

std::vector<MailAddress> parseAddressList(std::string_view value) {
    std::vector<MailAddress> out;
    Pieces now;
    int commentDepth = 0;
    bool quoted = false;
    bool bracketed = false;
    value = value.substr(0, mostBytes);
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char c = value[i];
        const bool escaped = c == '\\' && i + 1 < value.size();
        if (commentDepth > 0) {
            if (escaped)
                now.comment += value[++i];
            else if (c == ')')
                --commentDepth;
            else if (c == '(')
                ++commentDepth;
            else
                now.comment += c;
        } else if (quoted) {
            if (escaped)
                now.words += value[++i];
            else if (c == '"')
                quoted = false;
            else
                now.words += c;
        } else if (bracketed) {
            if (c == '>')
                bracketed = false;
            else
                now.bracket += c;
        } else if (c == '(') {
            commentDepth = 1;
        } else if (c == '"') {
            const auto end = closingQuote(value, i);
            if (end != std::string_view::npos && value.substr(end + 1, 1) == "@") { // "odd local"@example.com
                now.words += value.substr(i, end + 1 - i);
                i = end;
            } else {
                quoted = true;
            }
        } else if (c == '<') {
            bracketed = true;
            now.hasBracket = true;
            now.bracket.clear();
        } else if (c == ',' || c == ';') {
            finish(now, out);
        } else if (c == ':' && !now.hasBracket && now.words.find('@') == std::string::npos) {
            now = {}; // the name of a group
        } else {
            now.words += c;
        }
    }
    finish(now, out);
    return out;
}

} // namespace outrider::transport
