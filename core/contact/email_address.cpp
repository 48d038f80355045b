// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/contact/email_address.h"

#include "core/contact/text.h"

#include <unicode/idna.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

namespace outrider::contact {

namespace {

constexpr std::size_t maxLocal = 64;
constexpr std::size_t maxDomain = 255;
constexpr std::size_t maxLabel = 63;

bool isAtomCharacter(char c) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) // RFC 6531
        return true;
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
        return true;
    return std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

bool isDotAtom(std::string_view local) {
    bool afterDot = true;
    for (const char c : local) {
        if (c == '.') {
            if (afterDot)
                return false;
            afterDot = true;
        } else if (isAtomCharacter(c)) {
            afterDot = false;
        } else {
            return false;
        }
    }
    return !afterDot;
}

bool isQuotedLocal(std::string_view local) {
    if (local.size() < 3 || local.front() != '"' || local.back() != '"')
        return false;
    const auto inner = local.substr(1, local.size() - 2);
    for (std::size_t i = 0; i < inner.size(); ++i) {
        if (inner[i] == '\\') {
            if (++i == inner.size())
                return false;
        } else if (inner[i] == '"' || static_cast<unsigned char>(inner[i]) < 0x20) {
            return false;
        }
    }
    return true;
}

std::optional<std::string> toAsciiDomain(std::string_view domain) {
    const bool ascii = std::all_of(domain.begin(), domain.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (ascii)
        return asciiLower(domain);
    static const auto idna = [] {
        UErrorCode status = U_ZERO_ERROR;
        return std::unique_ptr<icu::IDNA>(
            icu::IDNA::createUTS46Instance(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI, status));
    }();
    std::string out;
    icu::StringByteSink<std::string> sink(&out);
    icu::IDNAInfo info;
    UErrorCode status = U_ZERO_ERROR;
    idna->nameToASCII_UTF8(icu::StringPiece(domain.data(), int(domain.size())), sink, info, status);
    if (U_FAILURE(status) || info.hasErrors())
        return std::nullopt;
    return out;
}

bool isDomainName(std::string_view domain) {
    if (domain.size() > maxDomain || domain.find('.') == std::string_view::npos)
        return false;
    for (const auto label : split(domain, ".")) {
        if (label.empty() || label.size() > maxLabel || label.front() == '-' || label.back() == '-')
            return false;
        const bool valid = std::all_of(label.begin(), label.end(),
                                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
        if (!valid)
            return false;
    }
    const auto top = domain.substr(domain.rfind('.') + 1);
    const bool numeric = std::all_of(top.begin(), top.end(), [](char c) { return c >= '0' && c <= '9'; });
    return !numeric && top.size() >= 2;
}

// What is left when a name, brackets, "mailto:" and stray punctuation are taken off.
std::string_view bareAddress(std::string_view text) {
    text = trimmed(text);
    if (const auto open = text.rfind('<'); open != std::string_view::npos) {
        const auto close = text.find('>', open);
        if (close != std::string_view::npos)
            text = trimmed(text.substr(open + 1, close - open - 1));
    }
    constexpr std::string_view scheme = "mailto:";
    if (text.size() > scheme.size() && asciiLower(text.substr(0, scheme.size())) == scheme) {
        text.remove_prefix(scheme.size());
        text = text.substr(0, text.find('?'));
    }
    constexpr std::string_view around = "'\",;:()[]";
    while (!text.empty() && text.front() != '"' && around.find(text.front()) != std::string_view::npos)
        text.remove_prefix(1);
    while (!text.empty() && (around.find(text.back()) != std::string_view::npos || text.back() == '.'))
        text.remove_suffix(1);
    return text;
}

} // namespace

Result<EmailAddress> parseEmailAddress(std::string_view text) {
    const auto refuse = [text](std::string_view why) {
        return fail(ErrorCode::InvalidEmail, std::string(text.substr(0, 320)) + ": " + std::string(why));
    };
    const auto bare = bareAddress(text);
    if (bare.empty())
        return refuse("nothing here");
    if (hasControlCharacter(bare))
        return refuse("a control character");
    if (!isUtf8(bare))
        return refuse("not UTF-8");
    const auto at = bare.rfind('@');
    if (at == std::string_view::npos)
        return refuse("no @");
    const auto local = bare.substr(0, at);
    const auto domain = bare.substr(at + 1);
    if (local.empty())
        return refuse("nothing before the @");
    if (domain.empty())
        return refuse("no domain after the @");
    if (local.size() > maxLocal)
        return refuse("more than 64 characters before the @");
    if (!isDotAtom(local) && !isQuotedLocal(local))
        return refuse("not allowed before the @");
    const auto ascii = toAsciiDomain(domain);
    if (!ascii || !isDomainName(*ascii))
        return refuse("not a domain after the @");

    EmailAddress address;
    address.display = std::string(bare);
    address.local = std::string(local);
    address.domain = *ascii;
    address.key = folded(local) + '@' + *ascii;
    return address;
}

std::string displayNameOf(std::string_view text) {
    text = trimmed(text);
    const auto open = text.rfind('<');
    if (open == std::string_view::npos || open == 0)
        return {};
    auto name = trimmed(text.substr(0, open));
    if (name.size() >= 2 && name.front() == '"' && name.back() == '"')
        name = name.substr(1, name.size() - 2);
    return collapsed(name);
}

bool looksLikeEmail(std::string_view text) {
    const auto bare = bareAddress(text);
    const auto at = bare.find('@');
    return at != std::string_view::npos && at > 0 && bare.find('.', at) != std::string_view::npos
           && bare.find(' ') == std::string_view::npos;
}

} // namespace outrider::contact
