// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/parsed_mail.h"

#include "core/contact/text.h"
#include "core/transport/charset.h"
#include "core/transport/delivery_status.h"
#include "core/transport/gmime_library.h"
#include "core/transport/html_text.h"
#include "core/transport/mime_tree.h"
#include "core/transport/transfer_encoding.h"

#include <algorithm>
#include <utility>

namespace outrider::transport {

namespace {

constexpr std::size_t mostEncodedText = 4 * mostTextBytes; // of one part, before its charset is decoded

bool isBlank(std::string_view text) { return contact::trimmed(text).empty(); }

// RFC 3676: joins the lines a sender broke for the wire.
std::string unflowed(std::string_view text, bool deleteSpace) {
    const auto depthOf = [](std::string_view line) { return std::min(line.find_first_not_of('>'), line.size()); };
    std::string out;
    bool open = false;
    std::size_t openDepth = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        std::string_view line = text.substr(at, end - at);
        at = end + 1;
        const auto depth = depthOf(line);
        line.remove_prefix(depth);
        if (line.starts_with(' ')) // stuffed
            line.remove_prefix(1);
        const bool signature = line == "-- ";
        if (open && (depth != openDepth || signature)) {
            out += '\n';
            open = false;
        }
        if (!open && depth > 0)
            out += std::string(depth, '>') + ' ';
        open = line.ends_with(' ') && !signature;
        openDepth = depth;
        if (open && deleteSpace)
            line.remove_suffix(1);
        out += line;
        if (!open)
            out += '\n';
    }
    if (open)
        out += '\n';
    return out;
}

// ── The tree of parts ────────────────────────────────────────────────────────────────────────

struct Text {
    std::string text;
    bool fromHtml = false;
};

// Collects from the parts what ParsedMail holds about them, and returns the readable text.
class Reader {
public:
    explicit Reader(ParsedMail& mail) : m_mail(mail) {}

    Text read(const MimeNode& node) {
        if (node.type.value.starts_with("multipart/"))
            return readMultipart(node);
        if (!node.children.empty()) {
            readMessage(node);
            return {};
        }
        return readLeaf(node);
    }

private:
    Text readMultipart(const MimeNode& node) {
        const bool alternative = node.type.value == "multipart/alternative";
        Text best;
        for (const auto& child : node.children) {
            Text text = read(child);
            if (isBlank(text.text))
                continue;
            if (isBlank(best.text) || (alternative && best.fromHtml && !text.fromHtml))
                best = std::move(text);
            else if (!alternative)
                append(best, text);
        }
        return best;
    }

    void append(Text& to, const Text& more) {
        if (to.text.size() + more.text.size() > mostTextBytes) {
            m_mail.truncated = true;
            return;
        }
        if (!to.text.ends_with('\n'))
            to.text += '\n';
        to.text += '\n' + more.text;
        to.fromHtml = to.fromHtml || more.fromHtml;
    }

    void readMessage(const MimeNode& node) {
        m_mail.parts.push_back({node.type.value, {}, node.body.size(), true});
        const MimeNode& message = node.children.front();
        keepOriginal(message.headers);
        read(message); // a report inside a forwarded message is still a report; its text is not ours
    }

    Text readLeaf(const MimeNode& node) {
        const std::string& type = node.type.value;
        const bool attached = node.disposition.value == "attachment";
        std::string name = node.disposition.parameter("filename");
        if (name.empty())
            name = node.type.parameter("name");
        const bool firstLeaf = m_mail.parts.empty();
        const std::string content = decodeTransfer(node.body, node.encoding);
        m_mail.parts.push_back({type, name, content.size(), attached});

        if (type == "message/delivery-status" || type == "message/global-delivery-status") {
            DeliveryStatus status = parseDeliveryStatus(limited(content, mostHeaderBytes));
            if (!status.message.empty())
                m_mail.deliveryStatus.push_back(std::move(status));
            return {};
        }
        if (type == "text/rfc822-headers" || type == "message/rfc822-headers" || type == "message/global-headers") {
            keepOriginal(splitHeaders(limited(content, mostHeaderBytes)));
            return {};
        }
        if (attached || (!name.empty() && !firstLeaf))
            return {};
        if (type == "text/plain")
            return {plainText(node, limited(content, mostEncodedText)), false};
        if (type == "text/html" || type == "application/xhtml+xml")
            return {htmlText(node, limited(content, mostEncodedText)), true};
        return {};
    }

    std::string_view limited(std::string_view bytes, std::size_t most) {
        m_mail.truncated = m_mail.truncated || bytes.size() > most;
        return bytes.substr(0, most);
    }

    std::string plainText(const MimeNode& node, std::string_view bytes) {
        std::string text = decodeText(bytes, node.type.parameter("charset"));
        if (contact::asciiLower(node.type.parameter("format")) == "flowed")
            text = unflowed(text, contact::asciiLower(node.type.parameter("delsp")) == "yes");
        return limitedText(text);
    }

    std::string htmlText(const MimeNode& node, std::string_view bytes) {
        std::string charset = node.type.parameter("charset");
        if (charset.empty())
            charset = htmlCharset(bytes);
        const std::string html = decodeText(bytes, charset);
        m_mail.truncated = m_mail.truncated || html.size() > mostHtml;
        return limitedText(htmlToText(html));
    }

    std::string limitedText(std::string_view text) {
        m_mail.truncated = m_mail.truncated || text.size() > mostTextBytes;
        return std::string(utf8Prefix(text, mostTextBytes));
    }

    void keepOriginal(std::vector<MailHeader> rawHeaders) {
        if (m_mail.original.empty())
            m_mail.original = decodeHeaders(std::move(rawHeaders));
    }

    ParsedMail& m_mail;
};

// ── Broken structure ─────────────────────────────────────────────────────────────────────────

// The boundary a body uses although no header (or a wrong one) says so: its first "--x" line that is
// followed by a part's header. Empty when there is none.
std::string sniffBoundary(std::string_view body) {
    constexpr std::size_t lookAt = 64 * 1024;
    constexpr std::size_t longestBoundary = 72;
    body = body.substr(0, lookAt);
    for (std::size_t at = 0; at < body.size();) {
        const auto end = body.find('\n', at);
        if (end == std::string_view::npos)
            break;
        auto line = body.substr(at, end - at);
        at = end + 1;
        while (line.ends_with('\r') || line.ends_with(' '))
            line.remove_suffix(1);
        if (!line.starts_with("--") || line.size() < 3 || line.size() > longestBoundary
            || line.find('"') != std::string_view::npos)
            continue;
        if (contact::asciiLower(body.substr(at, 8)) == "content-")
            return std::string(line.substr(2));
    }
    return {};
}

// A second reading of a mail whose declared structure gave nothing.
Text readUndeclared(ParsedMail& mail, std::string_view body) {
    if (const std::string boundary = sniffBoundary(body); !boundary.empty()) {
        const bool declared = mail.contentType.starts_with("multipart/");
        const MimeTree tree(body, {declared ? mail.contentType : "multipart/mixed", {{"boundary", boundary}}});
        mail.parts.clear();
        Text text = Reader(mail).read(tree.root());
        if (!isBlank(text.text) || !mail.deliveryStatus.empty())
            return text;
    }
    if (!mail.parts.empty())
        return {}; // attachments only: their bytes are no text
    const std::string text = decodeText(body.substr(0, mostEncodedText), {});
    const std::string start = contact::asciiLower(contact::trimmed(text).substr(0, 256));
    if (start.starts_with("<html") || start.starts_with("<!doctype html") || start.find("<body") != std::string::npos)
        return {htmlToText(text), true};
    return {std::string(utf8Prefix(text, mostTextBytes)), false};
}

std::optional<std::string> returnPathOf(std::string_view value) {
    const auto open = value.find('<');
    const auto close = value.find('>', open == std::string_view::npos ? open : open + 1);
    if (close == std::string_view::npos)
        return std::string(value);
    return std::string(contact::trimmed(value.substr(open + 1, close - open - 1)));
}

void readDate(const std::string& value, ParsedMail& mail) {
    GDateTime* parsed = value.empty() ? nullptr : g_mime_utils_header_decode_date(value.c_str());
    if (parsed == nullptr)
        return;
    mail.date = Instant(std::chrono::seconds(g_date_time_to_unix(parsed)));
    mail.utcOffsetMinutes = static_cast<int>(g_date_time_get_utc_offset(parsed) / (60LL * 1000 * 1000));
    g_date_time_unref(parsed);
}

} // namespace

ParsedMail parse(std::string_view raw) {
    useGMime();
    ParsedMail mail;
    if (raw.size() > mostMailBytes) {
        raw = raw.substr(0, mostMailBytes);
        mail.truncated = true;
    }
    while (!raw.empty() && (raw.front() == '\r' || raw.front() == '\n'))
        raw.remove_prefix(1);
    if (raw.starts_with("From ")) // mbox
        raw.remove_prefix(std::min(raw.find('\n'), raw.size() - 1) + 1);

    const MimeTree tree(raw);
    const MimeNode& root = tree.root();
    mail.truncated = mail.truncated || tree.truncated();
    mail.headers = decodeHeaders(root.headers);
    if (auto from = parseAddressList(root.header("From")); !from.empty())
        mail.from = std::move(from.front());
    else
        mail.from.name = std::string(mail.headers.first("From"));
    mail.to = parseAddressList(root.header("To"));
    mail.cc = parseAddressList(root.header("Cc"));
    mail.replyTo = parseAddressList(root.header("Reply-To"));
    mail.subject = std::string(mail.headers.first("Subject"));
    if (mail.headers.has("Return-Path"))
        mail.returnPath = returnPathOf(mail.headers.first("Return-Path"));
    readDate(std::string(mail.headers.first("Date")), mail);
    if (auto ids = messageIdsOf(mail.headers.first("Message-ID")); !ids.empty())
        mail.messageId = std::move(ids.front());
    if (auto ids = messageIdsOf(mail.headers.first("In-Reply-To")); !ids.empty())
        mail.inReplyTo = std::move(ids.front());
    mail.references = messageIdsOf(mail.headers.first("References"));

    mail.contentType = root.type.value;
    mail.reportType = contact::asciiLower(root.type.parameter("report-type"));
    Text text = Reader(mail).read(root);
    const bool undeclaredParts = !mail.contentType.starts_with("multipart/") && contact::trimmed(text.text).starts_with("--");
    if ((isBlank(text.text) || undeclaredParts) && mail.deliveryStatus.empty() && !isBlank(root.body)) {
        if (Text undeclared = readUndeclared(mail, root.body); !isBlank(undeclared.text))
            text = std::move(undeclared);
    }
    mail.text = std::move(text.text);
    mail.textFromHtml = text.fromHtml;
    if (mail.original.empty())
        mail.original = findHeadersInText(mail.text);
    return mail;
}

} // namespace outrider::transport
