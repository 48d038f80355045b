// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/dkim_key.h"

#include "core/contact/text.h"

#include <QByteArray>

#include <algorithm>
#include <optional>
#include <span>

namespace outrider::outreach {

namespace {

// One DER element; what is behind it stays in `rest`.
std::optional<std::span<const unsigned char>> derElement(std::span<const unsigned char>& rest, unsigned char tag) {
    if (rest.size() < 2 || rest[0] != tag)
        return std::nullopt;
    std::size_t length = rest[1];
    std::size_t head = 2;
    if (length >= 0x80) {
        const std::size_t bytes = length & 0x7fU;
        if (bytes == 0 || bytes > 3 || rest.size() < 2 + bytes)
            return std::nullopt;
        length = 0;
        for (std::size_t i = 0; i < bytes; ++i)
            length = length << 8U | rest[2 + i];
        head += bytes;
    }
    if (rest.size() < head + length)
        return std::nullopt;
    const auto content = rest.subspan(head, length);
    rest = rest.subspan(head + length);
    return content;
}

} // namespace

RecordTags parseTags(std::string_view record) {
    RecordTags tags;
    for (const std::string_view part : contact::split(record, ";")) {
        const std::string_view tag = contact::trimmed(part);
        if (tag.empty())
            continue;
        const auto equals = tag.find('=');
        if (equals == std::string_view::npos)
            return {};
        std::string name = contact::asciiLower(contact::trimmed(tag.substr(0, equals)));
        if (tagOf(tags, name).empty())
            tags.emplace_back(std::move(name), contact::trimmed(tag.substr(equals + 1)));
    }
    return tags;
}

std::string_view tagOf(const RecordTags& tags, std::string_view name) {
    const auto found = std::find_if(tags.begin(), tags.end(), [name](const auto& tag) { return tag.first == name; });
    return found == tags.end() ? std::string_view() : std::string_view(found->second);
}

int rsaKeyBits(std::string_view base64) {
    const QByteArray der = QByteArray::fromBase64(QByteArray(base64.data(), qsizetype(base64.size())));
    std::span<const unsigned char> rest(reinterpret_cast<const unsigned char*>(der.constData()), std::size_t(der.size()));
    auto sequence = derElement(rest, 0x30);
    if (!sequence)
        return 0;
    // SubjectPublicKeyInfo around it (RFC 5280), or the bare RSAPublicKey some publish.
    if (derElement(*sequence, 0x30)) {
        auto bits = derElement(*sequence, 0x03);
        if (!bits || bits->empty())
            return 0;
        auto inner = bits->subspan(1);
        sequence = derElement(inner, 0x30);
        if (!sequence)
            return 0;
    }
    const auto modulus = derElement(*sequence, 0x02);
    if (!modulus)
        return 0;
    auto number = *modulus;
    while (!number.empty() && number.front() == 0)
        number = number.subspan(1);
    if (number.empty())
        return 0;
    int bits = int(number.size()) * 8;
    for (unsigned high = number.front(); (high & 0x80U) == 0; high <<= 1U)
        --bits;
    return bits;
}

DkimKey readDkimKey(const std::string& selector, const std::string& record) {
    DkimKey key{.selector = selector, .record = record};
    const RecordTags tags = parseTags(record);
    const std::string_view version = tagOf(tags, "v");
    const bool hasKey = std::any_of(tags.begin(), tags.end(), [](const auto& tag) { return tag.first == "p"; });
    if (!hasKey || (!version.empty() && version != "DKIM1"))
        return key;
    if (tagOf(tags, "p").empty()) {
        key.finding = DnsFinding::Revoked;
        return key;
    }
    if (const auto type = tagOf(tags, "k"); !type.empty())
        key.type = contact::asciiLower(type);
    if (key.type == "ed25519") {
        key.bits = 256;
        if (QByteArray::fromBase64(QByteArray(tagOf(tags, "p").data(), qsizetype(tagOf(tags, "p").size()))).size() != 32)
            return key;
    } else if (key.type == "rsa") {
        key.bits = rsaKeyBits(tagOf(tags, "p"));
        if (key.bits == 0)
            return key;
    } else {
        return key;
    }
    key.verdict = DnsVerdict::Pass;
    key.finding = DnsFinding::Good;
    if (key.type == "rsa" && key.bits < 1024) {
        key.verdict = DnsVerdict::Fail;
        key.finding = DnsFinding::WeakKey;
    } else if (const auto flags = contact::split(tagOf(tags, "t"), ":");
               std::find(flags.begin(), flags.end(), "y") != flags.end()) {
        key.verdict = DnsVerdict::Weak;
        key.finding = DnsFinding::Testing;
    } else if (key.type == "rsa" && key.bits < 2048) {
        key.verdict = DnsVerdict::Weak;
        key.finding = DnsFinding::ShortKey;
    }
    return key;
}

} // namespace outrider::outreach
