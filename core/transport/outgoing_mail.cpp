// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/outgoing_mail.h"

#include "core/contact/email_address.h"
#include "core/contact/text.h"
#include "core/transport/gmime_library.h"
#include "core/transport/header_encoding.h"

#include <algorithm>
#include <array>

namespace outrider::transport {

namespace {

constexpr std::size_t longestLine = 998; // RFC 5322 §2.1.1
constexpr std::size_t longestSubject = 998;
constexpr int mostOffsetMinutes = 14 * 60;

// Written by render() itself, or by GMime with the body; a second one would contradict the first.
constexpr std::array ownHeaders{"date",       "from",        "sender",     "to",       "cc",          "bcc",          "subject",
                                "message-id", "in-reply-to", "references", "reply-to", "return-path", "mime-version", "received"};

Error malformed(std::string_view field) { return Error(ErrorCode::MessageMalformed, std::string(field)); }

void addHeader(GMimeHeaderList* headers, const std::string& name, std::string_view encodedValue) {
    g_mime_header_list_append(headers, name.c_str(), "", nullptr);
    // The value is encoded and folded already; GMime's own folding would encode a long URL.
    g_mime_header_set_raw_value(g_mime_header_list_get_header_at(headers, g_mime_header_list_get_count(headers) - 1),
                                foldedHeader(name, encodedValue).c_str());
}

bool isPlainText(std::string_view text) { return contact::isUtf8(text) && !contact::hasControlCharacter(text); }

bool isPrintableAscii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

// RFC 5322 §2.2: printable ASCII without the colon.
bool isHeaderName(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c <= '~' && c != ':'; });
}

bool isMessageId(std::string_view id) {
    const auto at = id.find('@');
    return at != std::string_view::npos && at > 0 && at + 1 < id.size() && id.size() <= longestLine - 20
           && std::all_of(id.begin(), id.end(), [](char c) { return c > ' ' && c <= '~' && c != '<' && c != '>'; });
}

Result<std::string> mailbox(std::string_view field, const std::string& displayName, const std::string& address) {
    if (!isPlainText(displayName))
        return fail(malformed(std::string(field) + " name"));
    if (contact::hasControlCharacter(address))
        return fail(ErrorCode::InvalidEmail, std::string(field) + ": a control character");
    OUTRIDER_ASSIGN(const auto parsed, contact::parseEmailAddress(address));
    if (!isPrintableAscii(parsed.local))
        return fail(ErrorCode::InvalidEmail, std::string(field) + ": not ASCII before the @");
    const std::string bare = parsed.local + "@" + parsed.domain;
    return displayName.empty() ? bare : encodedPhrase(displayName) + " <" + bare + ">";
}

std::string dateHeader(Instant date, int utcOffsetMinutes) {
    using DateTime = std::unique_ptr<GDateTime, decltype(&g_date_time_unref)>;
    using TimeZone = std::unique_ptr<GTimeZone, decltype(&g_time_zone_unref)>;
    const TimeZone zone(g_time_zone_new_offset(utcOffsetMinutes * 60), g_time_zone_unref);
    const auto seconds = std::chrono::floor<std::chrono::seconds>(date).time_since_epoch().count();
    const DateTime utc(g_date_time_new_from_unix_utc(seconds), g_date_time_unref);
    if (!utc)
        return {};
    const DateTime local(g_date_time_to_timezone(utc.get(), zone.get()), g_date_time_unref);
    const GText text(g_mime_utils_header_format_date(local.get()));
    return toString(text.get());
}

// One kind of line end, the one GMime's encoder expects; the rendering turns it into CRLF.
std::string withUnixLineEnds(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r') {
            out += '\n';
            if (i + 1 < text.size() && text[i + 1] == '\n')
                ++i;
        } else {
            out += text[i];
        }
    }
    if (out.empty() || out.back() != '\n')
        out += '\n';
    return out;
}

void setContent(GMimePart* part, std::string_view bytes, GMimeContentEncoding encoding) {
    const GObjectPtr<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
    const GObjectPtr<GMimeDataWrapper> content(g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
    g_mime_part_set_content(part, content.get());
    g_mime_part_set_content_encoding(part, encoding);
}

GObjectPtr<GMimeTextPart> textPart(std::string_view text, const char* subtype) {
    GObjectPtr<GMimeTextPart> part(g_mime_text_part_new_with_subtype(subtype));
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part.get()), "charset", "utf-8");
    setContent(GMIME_PART(part.get()), withUnixLineEnds(text), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    return part;
}

GObjectPtr<GMimePart> filePart(const OutgoingFile& file) {
    const auto slash = file.mediaType.find('/');
    GObjectPtr<GMimePart> part(
        g_mime_part_new_with_type(file.mediaType.substr(0, slash).c_str(), file.mediaType.substr(slash + 1).c_str()));
    g_mime_object_set_disposition(GMIME_OBJECT(part.get()), GMIME_DISPOSITION_ATTACHMENT);
    g_mime_part_set_filename(part.get(), file.name.c_str());
    setContent(part.get(), file.data, GMIME_CONTENT_ENCODING_BASE64);
    return part;
}

// Of the Message-ID, so that the same message has the same bytes. "=_" stands in no encoded line (RFC 2045 §6.7).
GObjectPtr<GMimeMultipart> multipart(const char* subtype, const std::string& messageId) {
    GObjectPtr<GMimeMultipart> parts(g_mime_multipart_new_with_subtype(subtype));
    std::string boundary = std::string("=_") + subtype[0] + "_";
    constexpr std::size_t longest = 60; // RFC 2046 §5.1.1 allows 70
    for (const char c : messageId.substr(0, messageId.find('@'))) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (boundary.size() < longest)
            boundary += plain ? c : '_';
    }
    g_mime_multipart_set_boundary(parts.get(), boundary.c_str());
    return parts;
}

GObjectPtr<GMimeObject> bodyOf(const OutgoingMail& mail) {
    GObjectPtr<GMimeObject> body(GMIME_OBJECT(g_object_ref(textPart(mail.text, "plain").get())));
    if (!mail.html.empty()) { // the richest last (RFC 2046 §5.1.4)
        const auto both = multipart("alternative", mail.messageId);
        g_mime_multipart_add(both.get(), body.get());
        g_mime_multipart_add(both.get(), GMIME_OBJECT(textPart(mail.html, "html").get()));
        body.reset(GMIME_OBJECT(g_object_ref(both.get())));
    }
    if (!mail.files.empty()) {
        const auto mixed = multipart("mixed", mail.messageId);
        g_mime_multipart_add(mixed.get(), body.get());
        for (const OutgoingFile& file : mail.files)
            g_mime_multipart_add(mixed.get(), GMIME_OBJECT(filePart(file).get()));
        body.reset(GMIME_OBJECT(g_object_ref(mixed.get())));
    }
    return body;
}

// RFC 2045 §5.1: a type and a subtype of plain signs; a message or multipart inside would be read as part of this one.
bool isFileType(std::string_view type) {
    const auto slash = type.find('/');
    constexpr std::string_view special = "()<>@,;:\\\"/[]?=";
    const auto isToken = [&](std::string_view text) {
        return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
            return c > ' ' && c <= '~' && special.find(c) == std::string_view::npos;
        });
    };
    return slash != std::string_view::npos && isToken(type.substr(0, slash)) && isToken(type.substr(slash + 1))
           && !type.starts_with("multipart/") && !type.starts_with("message/");
}

Result<> checkLineLengths(std::string_view raw) {
    for (std::size_t at = 0; at < raw.size();) {
        const auto end = raw.find("\r\n", at);
        if (end - at > longestLine)
            return fail(malformed("a line longer than 998 bytes"));
        at = end + 2;
    }
    return {};
}

} // namespace

Result<> checkWireFormat(std::string_view raw) {
    if (raw.size() < 2 || raw.substr(raw.size() - 2) != "\r\n")
        return fail(malformed("no CRLF at the end"));
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] == '\0')
            return fail(malformed("a NUL"));
        if (raw[i] == '\n' && (i == 0 || raw[i - 1] != '\r'))
            return fail(malformed("a bare LF"));
        if (raw[i] == '\r' && (i + 1 == raw.size() || raw[i + 1] != '\n'))
            return fail(malformed("a bare CR"));
    }
    return {};
}

Result<std::string> render(const OutgoingMail& mail) {
    useGMime();
    if (!isPlainText(mail.subject) || mail.subject.size() > longestSubject)
        return fail(malformed("Subject"));
    if (!contact::isUtf8(mail.text) || mail.text.find('\0') != std::string::npos)
        return fail(malformed("text"));
    if (!contact::isUtf8(mail.html) || mail.html.find('\0') != std::string::npos)
        return fail(malformed("html"));
    for (const OutgoingFile& file : mail.files) {
        if (file.name.empty() || !isPlainText(file.name))
            return fail(malformed("a file's name"));
        if (!isFileType(file.mediaType))
            return fail(malformed("a file's type"));
    }
    if (!isMessageId(mail.messageId))
        return fail(malformed("Message-ID"));
    if (!mail.inReplyTo.empty() && !isMessageId(mail.inReplyTo))
        return fail(malformed("In-Reply-To"));
    if (!std::all_of(mail.references.begin(), mail.references.end(), isMessageId))
        return fail(malformed("References"));
    if (std::abs(mail.utcOffsetMinutes) > mostOffsetMinutes)
        return fail(malformed("Date"));
    OUTRIDER_ASSIGN(const std::string from, mailbox("From", mail.fromName, mail.fromAddress));
    OUTRIDER_ASSIGN(const std::string to, mailbox("To", mail.toName, mail.toAddress));
    const std::string date = dateHeader(mail.date, mail.utcOffsetMinutes);
    if (date.empty())
        return fail(malformed("Date"));

    const GObjectPtr<GMimeMessage> message(g_mime_message_new(FALSE));
    GMimeHeaderList* headers = g_mime_object_get_header_list(GMIME_OBJECT(message.get()));
    addHeader(headers, "Date", date);
    addHeader(headers, "From", from);
    addHeader(headers, "To", to);
    addHeader(headers, "Subject", encodedText(mail.subject));
    addHeader(headers, "Message-ID", "<" + mail.messageId + ">");
    if (!mail.inReplyTo.empty())
        addHeader(headers, "In-Reply-To", "<" + mail.inReplyTo + ">");
    if (!mail.references.empty()) {
        std::string ids;
        for (const auto& id : mail.references)
            ids += (ids.empty() ? "<" : " <") + id + ">";
        addHeader(headers, "References", ids);
    }
    for (const auto& [name, value] : mail.extra) {
        const std::string lower = contact::asciiLower(name);
        const bool ours =
            std::find(ownHeaders.begin(), ownHeaders.end(), lower) != ownHeaders.end() || lower.starts_with("content-");
        if (!isHeaderName(name) || ours || !isPrintableAscii(value) || contact::trimmed(value).empty())
            return fail(malformed("header " + name.substr(0, 64)));
        addHeader(headers, name, value);
    }

    g_mime_message_set_mime_part(message.get(), bodyOf(mail).get());
    const std::unique_ptr<GMimeFormatOptions, decltype(&g_mime_format_options_free)> options(g_mime_format_options_new(),
                                                                                             g_mime_format_options_free);
    g_mime_format_options_set_newline_format(options.get(), GMIME_NEWLINE_FORMAT_DOS);
    const GText rendered(g_mime_object_to_string(GMIME_OBJECT(message.get()), options.get()));
    std::string raw = toString(rendered.get());
    OUTRIDER_TRY(checkWireFormat(raw));
    OUTRIDER_TRY(checkLineLengths(raw));
    return raw;
}

} // namespace outrider::transport
