// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/delivery_status.h"

#include "core/contact/text.h"

#include <algorithm>
#include <array>
#include <span>

namespace outrider::transport {

namespace {

constexpr std::size_t deepestMargin = 64;

bool isAboutRecipient(const MailHeaders& block) {
    return block.has("Final-Recipient") || block.has("Original-Recipient") || block.has("Action") || block.has("Status")
           || block.has("Diagnostic-Code");
}

std::string_view lineAt(std::string_view text, std::size_t at, std::size_t& next) {
    const auto end = std::min(text.find('\n', at), text.size());
    next = std::min(end + 1, text.size());
    auto line = text.substr(at, end - at);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

// What stands before every line of a quoted or indented copy.
std::string_view marginOf(std::string_view line) {
    const auto end = std::min(line.find_first_not_of("> \t|"), line.size());
    return line.substr(0, std::min(end, deepestMargin));
}

std::size_t countOf(const MailHeaders& headers, std::span<const std::string_view> names) {
    return static_cast<std::size_t>(
        std::count_if(names.begin(), names.end(), [&](std::string_view name) { return headers.has(name); }));
}

// "From:", "Sent:", "To:", "Subject:" also stand above what a reply quotes; the other ones only a
// message itself has.
bool isMessage(const MailHeaders& headers) {
    constexpr std::array<std::string_view, 6> people{"From", "To", "Cc", "Subject", "Date", "Reply-To"};
    constexpr std::array<std::string_view, 6> machines{"Message-ID",   "Received",     "Return-Path",
                                                       "MIME-Version", "Content-Type", "DKIM-Signature"};
    const auto machine = countOf(headers, machines);
    return machine >= 1 && machine + countOf(headers, people) >= 2;
}

} // namespace

DeliveryStatus parseDeliveryStatus(std::string_view body) {
    DeliveryStatus status;
    bool first = true;
    for (std::size_t at = 0; at < body.size() && status.recipients.size() < mostStatusRecipients;) {
        std::size_t used = 0;
        MailHeaders block = parseHeaderBlock(body.substr(at), &used);
        at += used;
        if (block.empty()) { // an empty line, or one that is no field
            std::size_t next = at;
            lineAt(body, at, next);
            at = next;
            continue;
        }
        const bool recipient = isAboutRecipient(block);
        if (first)
            status.message = block; // also when it is about a recipient: some write one block only
        first = false;
        if (recipient)
            status.recipients.push_back(std::move(block));
    }
    return status;
}

MailHeaders findHeadersInText(std::string_view text) {
    // A run of lines with the same margin is cut out and read like any block of headers.
    for (std::size_t at = 0; at < text.size();) {
        std::size_t next = at;
        const auto line = lineAt(text, at, next);
        const auto margin = marginOf(line);
        if (!looksLikeHeader(line.substr(margin.size()))) {
            at = next;
            continue;
        }
        std::string block;
        std::size_t end = at;
        while (end < text.size() && block.size() < mostHeaderBytes) {
            std::size_t after = end;
            const auto candidate = lineAt(text, end, after);
            if (!candidate.starts_with(margin))
                break;
            const auto content = candidate.substr(margin.size());
            const bool continuation = !content.empty() && (content.front() == ' ' || content.front() == '\t');
            if (!continuation && !looksLikeHeader(content))
                break;
            block += content;
            block += '\n';
            end = after;
        }
        MailHeaders headers = parseHeaderBlock(block);
        if (isMessage(headers))
            return headers;
        at = std::max(end, next);
    }
    return {};
}

} // namespace outrider::transport
