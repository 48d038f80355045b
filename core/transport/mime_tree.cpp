// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/mime_tree.h"

#include "core/contact/text.h"
#include "core/transport/charset.h"
#include "core/transport/gmime_library.h"
#include "core/transport/parsed_mail.h"
#include "core/transport/transfer_encoding.h"

#include <algorithm>

namespace outrider::transport {

namespace {

constexpr std::size_t mostFieldBytes = 8 * 1024; // of a Content-Type with its parameters
constexpr int mostParameters = 100;

MimeField fieldWith(std::string value, GMimeParamList* parameters) {
    MimeField field;
    field.value = contact::asciiLower(cleanUtf8(value));
    const int count = parameters == nullptr ? 0 : std::min(g_mime_param_list_length(parameters), mostParameters);
    for (int i = 0; i < count; ++i) {
        GMimeParam* parameter = g_mime_param_list_get_parameter_at(parameters, i);
        field.parameters.emplace(contact::asciiLower(cleanUtf8(toString(g_mime_param_get_name(parameter)))),
                                 cleanUtf8(toString(g_mime_param_get_value(parameter))));
    }
    return field;
}

MimeField contentType(std::string_view value, const char* defaultType) {
    if (contact::trimmed(value).empty())
        return {defaultType, {}};
    const std::string text(value.substr(0, mostFieldBytes));
    const auto slash = text.find('/');
    if (slash == std::string::npos || slash == 0 || slash > text.find(';'))
        return {defaultType, {}}; // RFC 2045 §5.2
    const GObjectPtr<GMimeContentType> type(g_mime_content_type_parse(nullptr, text.c_str()));
    const GText name(g_mime_content_type_get_mime_type(type.get()));
    return fieldWith(toString(name.get()), g_mime_content_type_get_parameters(type.get()));
}

MimeField contentDisposition(std::string_view value) {
    if (contact::trimmed(value).empty())
        return {};
    const std::string text(value.substr(0, mostFieldBytes));
    const GObjectPtr<GMimeContentDisposition> disposition(g_mime_content_disposition_parse(nullptr, text.c_str()));
    if (!disposition)
        return {};
    return fieldWith(toString(g_mime_content_disposition_get_disposition(disposition.get())),
                     g_mime_content_disposition_get_parameters(disposition.get()));
}

// Where the headers end and, behind the empty line, the body begins.
struct HeaderEnd {
    std::size_t headers;
    std::size_t body;
};

HeaderEnd headerEnd(std::string_view raw) {
    for (std::size_t at = 0; at < raw.size();) {
        const auto end = std::min(raw.find('\n', at), raw.size());
        const auto line = raw.substr(at, end - at);
        if (line.empty() || line == "\r")
            return {at, std::min(end + 1, raw.size())};
        at = end + 1;
    }
    // No empty line at all: the body begins with the first line that is no header.
    std::size_t end = 0;
    splitHeaders(raw, &end);
    return {end, end};
}

struct Delimiter {
    std::size_t start;   // of its line
    std::size_t content; // behind the line
    bool closing;
};

// The next line that is a delimiter of the boundary; `at` is the start of a line.
bool findDelimiter(std::string_view body, std::string_view boundary, std::size_t at, Delimiter& found) {
    for (;;) {
        if (!body.substr(at).starts_with("--")) {
            const auto line = body.find("\n--", at);
            if (line == std::string_view::npos)
                return false;
            at = line + 1;
        }
        const auto end = std::min(body.find('\n', at), body.size());
        auto rest = body.substr(at + 2, end - at - 2);
        if (rest.starts_with(boundary)) {
            rest.remove_prefix(boundary.size());
            while (rest.ends_with('\r') || rest.ends_with(' ') || rest.ends_with('\t'))
                rest.remove_suffix(1);
            if (rest.empty() || rest == "--") {
                found = {at, std::min(end + 1, body.size()), !rest.empty()};
                return true;
            }
        }
        if (end == body.size())
            return false;
        at = end + 1;
    }
}

// The line end before a delimiter belongs to it.
std::string_view withoutLastLineEnd(std::string_view part) {
    if (part.ends_with('\n'))
        part.remove_suffix(1);
    if (part.ends_with('\r'))
        part.remove_suffix(1);
    return part;
}

std::vector<std::string_view> splitParts(std::string_view body, std::string_view boundary) {
    std::vector<std::string_view> parts;
    Delimiter delimiter{};
    if (boundary.empty() || !findDelimiter(body, boundary, 0, delimiter))
        return parts;
    while (!delimiter.closing && parts.size() <= mostParts) {
        const auto start = delimiter.content;
        if (!findDelimiter(body, boundary, start, delimiter)) {
            parts.push_back(body.substr(start)); // never closed
            break;
        }
        parts.push_back(withoutLastLineEnd(body.substr(start, std::max(delimiter.start, start) - start)));
    }
    return parts;
}

} // namespace

std::string MimeField::parameter(const std::string& name) const {
    const auto found = parameters.find(name);
    return found == parameters.end() ? std::string() : found->second;
}

std::string_view MimeNode::header(std::string_view name) const {
    for (const auto& header : headers) {
        if (sameHeaderName(header.name, name))
            return header.value;
    }
    return {};
}

MimeTree::MimeTree(std::string_view raw) {
    useGMime();
    m_root = read(raw, 0, "text/plain");
}

MimeTree::MimeTree(std::string_view body, MimeField type) {
    useGMime();
    m_root.type = std::move(type);
    m_root.body = body;
    readChildren(m_root, 0);
}

MimeNode MimeTree::read(std::string_view raw, int depth, const char* defaultType) {
    ++m_nodes;
    MimeNode node;
    const auto [end, bodyAt] = headerEnd(raw);
    node.headers = splitWholeBlock(raw.substr(0, std::min(end, mostHeaderBytes)));
    m_truncated = m_truncated || end > mostHeaderBytes || node.headers.size() == mostHeaders;
    node.type = contentType(node.header("Content-Type"), defaultType);
    node.disposition = contentDisposition(node.header("Content-Disposition"));
    node.encoding = contact::asciiLower(contact::trimmed(node.header("Content-Transfer-Encoding")));
    node.body = node.headers.empty() && end > 0 ? raw : raw.substr(bodyAt); // a text alone
    readChildren(node, depth);
    return node;
}

void MimeTree::readChildren(MimeNode& node, int depth) {
    const bool message =
        node.type.value == "message/rfc822" || node.type.value == "message/global" || node.type.value == "message/news";
    const bool multipart = node.type.value.starts_with("multipart/");
    if (!message && !multipart)
        return;
    if (depth >= deepestPart || m_nodes >= mostParts) {
        m_truncated = true;
        return;
    }
    if (message) {
        // Not allowed (RFC 2046 §5.2.1), but some do it.
        if (node.encoding == "base64" || node.encoding == "quoted-printable") {
            m_decoded.push_back(decodeTransfer(node.body, node.encoding));
            node.body = m_decoded.back();
        }
        std::string_view inner = node.body;
        while (inner.starts_with('\n') || inner.starts_with('\r')) // an empty line too many
            inner.remove_prefix(1);
        node.children.push_back(read(inner, depth + 1, "text/plain"));
        return;
    }
    const char* defaultType = node.type.value == "multipart/digest" ? "message/rfc822" : "text/plain";
    for (const auto part : splitParts(node.body, node.type.parameter("boundary"))) {
        if (m_nodes >= mostParts) {
            m_truncated = true;
            return;
        }
        node.children.push_back(read(part, depth + 1, defaultType));
    }
}

} // namespace outrider::transport
