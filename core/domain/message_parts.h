// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/enum_names.h"
#include "core/domain/ids.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace outrider {

// What messages are made of beside a template: the form they are sent in, pieces of text with a name, files.

// Stored; never renumber.
enum class MailFormat {
    Plain = 0,     // the text as it is written
    Formatted = 1, // and beside it HTML made of the same text (Markdown)
};

inline constexpr auto mailFormatNames = enumNames<MailFormat>({
    {MailFormat::Plain, "plain"},
    {MailFormat::Formatted, "formatted"},
});

constexpr std::string_view name(MailFormat format) { return mailFormatNames.name(format); }

using SnippetId = Id<struct SnippetTag>;

// A text with a name, for templates ({{> name}}) and the composer. May have variables and choices of its own.
struct Snippet {
    SnippetId id;
    std::string name; // unique; letters, digits, "-" and "_"
    std::string text;

    bool operator==(const Snippet&) const = default;
};

// How a mailbox writes, beside its signature and opt-out line.
struct MailboxWriting {
    MailboxId mailbox;
    MailFormat format = MailFormat::Plain;
    std::string postalAddress; // under a strategy's messages, for laws that ask for one; may have several lines
    // HTTPS endpoint of one-click unsubscribing (RFC 8058), with {token} where the message's own token goes; empty: none.
    std::string unsubscribeUrl;

    bool operator==(const MailboxWriting&) const = default;
};

// A file that goes with a message. Its bytes are kept once, under their hash.
struct MailAttachment {
    std::string name; // as the recipient sees it
    std::string mediaType;
    std::int64_t size = 0;
    std::string hash;                        // of the bytes; empty: not stored yet, see data
    std::shared_ptr<const std::string> data; // only of files not stored yet

    bool operator==(const MailAttachment&) const = default;
};

// All files of one message together: 18 MB become 25 MB on the wire, the most the large providers take.
inline constexpr std::int64_t mostAttachmentBytes = std::int64_t(18) << 20;
inline constexpr std::size_t mostAttachments = 20;

// One remark on a message of a strategy.
struct LintFinding {
    enum class Severity {
        Error,   // keeps leads from being enrolled
        Warning, // has to be confirmed
        Hint,
    };
    enum class Place { Strategy, Subject, Body, Footer, Attachments };

    Severity severity = Severity::Hint;
    std::string rule; // machine name: "link_shortener"; worded by ui/text
    int step = -1;    // 0-based; -1: the strategy as a whole
    int variant = 0;  // 0: the step's own text, A
    Place place = Place::Strategy;
    std::size_t position = 0; // in bytes of the template
    std::size_t length = 0;
    std::vector<std::string> words; // what it is about: the words, the link, the countries
    int count = 0;
    int limit = 0;
    std::string replacement; // what could stand there instead; empty: nothing that a machine could know

    bool operator==(const LintFinding&) const = default;
};

inline constexpr auto lintSeverityNames = enumNames<LintFinding::Severity>({
    {LintFinding::Severity::Error, "error"},
    {LintFinding::Severity::Warning, "warning"},
    {LintFinding::Severity::Hint, "hint"},
});
inline constexpr auto lintPlaceNames = enumNames<LintFinding::Place>({
    {LintFinding::Place::Strategy, "strategy"},
    {LintFinding::Place::Subject, "subject"},
    {LintFinding::Place::Body, "body"},
    {LintFinding::Place::Footer, "footer"},
    {LintFinding::Place::Attachments, "attachments"},
});

} // namespace outrider
