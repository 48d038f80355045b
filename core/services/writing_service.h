// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/message_parts.h"
#include "core/domain/strategy.h"
#include "core/services/lead_selection.h"

#include <QFuture>

#include <optional>
#include <string>
#include <vector>

namespace outrider {

class ServiceContext;

// How messages are written: snippets, the form they are sent in, files that go with them, and what a careful reader
// would say before they are sent. Thread-safe; every call returns at once.
class WritingService {
public:
    explicit WritingService(ServiceContext& context) : m_context(context) {}

    // Snippets. InvalidArgument for a name that cannot be used or a text with broken fields; AlreadyExists.
    QFuture<Result<std::vector<Snippet>>> snippets();
    QFuture<Result<Snippet>> snippet(std::string name);
    QFuture<Result<SnippetId>> addSnippet(std::string name, std::string text);
    QFuture<Result<>> editSnippet(SnippetId id, std::string name, std::string text);
    QFuture<Result<>> removeSnippet(SnippetId id);
    // Filled for a lead, as the composer puts it in.
    QFuture<Result<std::string>> snippetFor(LeadId lead, std::string name);

    // InvalidArgument for an endpoint that is not HTTPS or has no {token}.
    QFuture<Result<MailboxWriting>> mailbox(MailboxId id);
    QFuture<Result<>> setMailbox(MailboxWriting writing);
    // None: as its mailbox writes.
    QFuture<Result<std::optional<MailFormat>>> formatOf(StrategyId strategy);
    QFuture<Result<>> setFormat(StrategyId strategy, std::optional<MailFormat> format);

    // Files. A step's go with every message made of it from now on, and with the versions after it. MessageTooLarge;
    // InvalidArgument for a step that is no e-mail.
    QFuture<Result<std::vector<MailAttachment>>> attachmentsOf(StepId step);
    QFuture<Result<>> setAttachments(StepId step, std::vector<MailAttachment> attachments);
    QFuture<Result<std::vector<MailAttachment>>> attachmentsOf(MessageId message);
    QFuture<Result<std::string>> content(std::string hash);
    // A file of this computer, read. FileNotFound, FileUnreadable, FileTooLarge.
    static Result<MailAttachment> read(const std::string& path);

    // Several, off the caller's thread.
    QFuture<Result<std::vector<MailAttachment>>> readFiles(std::vector<std::string> paths);

    // Everything the checks say of a version that is being written, or of the one in force. `leads`: who it is for,
    // by whose countries and fields it is judged; none: who is in it now.
    struct LintOptions {
        StrategyId strategy; // none: not stored yet
        std::optional<StrategyVersion> version;
        std::optional<LeadSelection> leads;
    };
    QFuture<Result<std::vector<LintFinding>>> lint(LintOptions options);

private:
    ServiceContext& m_context;
};

} // namespace outrider
