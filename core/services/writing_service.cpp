// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/writing_service.h"

#include "core/contact/domain_name.h"
#include "core/contact/text.h"
#include "core/outreach/lint_input.h"
#include "core/outreach/mail_drafting.h"
#include "core/outreach/message_template.h"
#include "core/services/service_context.h"
#include "core/store/repositories/attachment_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/writing_repository.h"

#include <QFile>
#include <QFileInfo>
#include <QMimeDatabase>

#include <algorithm>

namespace outrider {

using namespace outrider::store;

namespace {

// A snippet may use others, also ones that come later; what is broken in it is broken wherever it is used.
Result<> checkSnippet(const std::string& name, const std::string& text) {
    if (!outreach::isSnippetName(name))
        return fail(ErrorCode::InvalidArgument, "a name of letters, digits, \"-\" and \"_\"");
    if (contact::trimmed(text).empty())
        return fail(ErrorCode::InvalidArgument, "a snippet needs a text");
    return outreach::checkTemplate(text);
}

Result<Snippet> snippetOf(Connection& db, SnippetId id) {
    const auto snippet = WritingRepository(db).snippet(id);
    if (!snippet)
        return fail(ErrorCode::NotFound, "snippet " + std::to_string(id.value));
    return *snippet;
}

Result<> checkEndpoint(const std::string& url) {
    if (url.empty())
        return {};
    constexpr std::size_t longest = 500;
    const bool plain = std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c <= '~' && c != '<' && c != '>'; });
    if (!url.starts_with("https://") || contact::hostOf(url).empty() || !plain || url.size() > longest)
        return fail(ErrorCode::InvalidArgument, "the unsubscribe address starts with https://");
    if (url.find("{token}") == std::string::npos)
        return fail(ErrorCode::InvalidArgument, "the unsubscribe address has {token} where the message's token goes");
    return {};
}

} // namespace

QFuture<Result<std::vector<Snippet>>> WritingService::snippets() {
    return m_context.store().read(
        [](ReadContext& r) -> Result<std::vector<Snippet>> { return WritingRepository(r.db).snippets(); });
}

QFuture<Result<Snippet>> WritingService::snippet(std::string name) {
    return m_context.store().read([name = std::move(name)](ReadContext& r) -> Result<Snippet> {
        const auto snippet = WritingRepository(r.db).snippet(name);
        if (!snippet)
            return fail(ErrorCode::NotFound, "snippet " + name);
        return *snippet;
    });
}

QFuture<Result<SnippetId>> WritingService::addSnippet(std::string name, std::string text) {
    auto action = m_context.action("snippet.add", name);
    return m_context.store().write(std::move(action),
                                   [name = std::move(name), text = std::move(text)](WriteContext& write) -> Result<SnippetId> {
                                       OUTRIDER_TRY(checkSnippet(name, text));
                                       Snippet snippet{.name = name, .text = text};
                                       WritingRepository(write.db).insert(write, snippet);
                                       return snippet.id;
                                   });
}

QFuture<Result<>> WritingService::editSnippet(SnippetId id, std::string name, std::string text) {
    auto action = m_context.action("snippet.edit", name);
    return m_context.store().write(std::move(action),
                                   [id, name = std::move(name), text = std::move(text)](WriteContext& write) -> Result<> {
                                       OUTRIDER_TRY(snippetOf(write.db, id));
                                       OUTRIDER_TRY(checkSnippet(name, text));
                                       WritingRepository(write.db).update(write, {.id = id, .name = name, .text = text});
                                       return {};
                                   });
}

QFuture<Result<>> WritingService::removeSnippet(SnippetId id) {
    return m_context.store().write(m_context.action("snippet.remove"), [id](WriteContext& write) -> Result<> {
        OUTRIDER_ASSIGN(const Snippet snippet, snippetOf(write.db, id));
        write.describe(snippet.name);
        WritingRepository(write.db).remove(write, id);
        return {};
    });
}

QFuture<Result<std::string>> WritingService::snippetFor(LeadId lead, std::string name) {
    return m_context.store().read(
        [lead, name = std::move(name)](ReadContext& r) { return outreach::snippetFor(r.db, lead, name); });
}

QFuture<Result<MailboxWriting>> WritingService::mailbox(MailboxId id) {
    return m_context.store().read(
        [id](ReadContext& r) -> Result<MailboxWriting> { return WritingRepository(r.db).ofMailbox(id); });
}

QFuture<Result<>> WritingService::setMailbox(MailboxWriting writing) {
    return m_context.store().write(m_context.action("mailbox.edit"),
                                   [writing = std::move(writing)](WriteContext& write) mutable -> Result<> {
                                       const auto mailbox = MailboxRepository(write.db).find(writing.mailbox);
                                       if (!mailbox)
                                           return fail(ErrorCode::NotFound, "mailbox " + std::to_string(writing.mailbox.value));
                                       write.describe(mailbox->address);
                                       writing.unsubscribeUrl = contact::trimmed(writing.unsubscribeUrl);
                                       writing.postalAddress = contact::trimmed(writing.postalAddress);
                                       OUTRIDER_TRY(checkEndpoint(writing.unsubscribeUrl));
                                       WritingRepository(write.db).setMailbox(write, writing);
                                       return {};
                                   });
}

QFuture<Result<std::optional<MailFormat>>> WritingService::formatOf(StrategyId strategy) {
    return m_context.store().read(
        [strategy](ReadContext& r) -> Result<std::optional<MailFormat>> { return WritingRepository(r.db).formatOf(strategy); });
}

QFuture<Result<>> WritingService::setFormat(StrategyId id, std::optional<MailFormat> format) {
    return m_context.store().write(m_context.action("strategy.format"), [id, format](WriteContext& write) -> Result<> {
        const auto strategy = StrategyRepository(write.db).find(id);
        if (!strategy)
            return fail(ErrorCode::NotFound, "strategy " + std::to_string(id.value));
        write.describe(strategy->name);
        WritingRepository(write.db).setFormat(write, id, format);
        return {};
    });
}

QFuture<Result<std::vector<MailAttachment>>> WritingService::attachmentsOf(StepId step) {
    return m_context.store().read(
        [step](ReadContext& r) -> Result<std::vector<MailAttachment>> { return AttachmentRepository(r.db).ofStep(step); });
}

QFuture<Result<>> WritingService::setAttachments(StepId id, std::vector<MailAttachment> attachments) {
    return m_context.store().write(m_context.action("strategy.attach"),
                                   [id, attachments = std::move(attachments)](WriteContext& write) mutable -> Result<> {
                                       const auto step = StrategyRepository(write.db).step(id);
                                       if (!step)
                                           return fail(ErrorCode::NotFound, "step " + std::to_string(id.value));
                                       if (step->channel != Channel::Email)
                                           return fail(ErrorCode::InvalidArgument, "files go with e-mails only");
                                       OUTRIDER_TRY(outreach::checkAttachments(attachments));
                                       write.describe(attachments.empty() ? std::string() : attachments.back().name);
                                       AttachmentRepository repository(write.db);
                                       repository.store(write, attachments);
                                       repository.setOfStep(write, id, attachments);
                                       return {};
                                   });
}

QFuture<Result<std::vector<MailAttachment>>> WritingService::attachmentsOf(MessageId message) {
    return m_context.store().read([message](ReadContext& r) -> Result<std::vector<MailAttachment>> {
        return AttachmentRepository(r.db).ofMessage(message);
    });
}

QFuture<Result<std::string>> WritingService::content(std::string hash) {
    return m_context.store().read(
        [hash = std::move(hash)](ReadContext& r) -> Result<std::string> { return AttachmentRepository(r.db).content(hash); });
}

Result<MailAttachment> WritingService::read(const std::string& path) {
    QFile file(QString::fromStdString(path));
    if (!file.exists() || QFileInfo(file).isDir())
        return fail(ErrorCode::FileNotFound, path);
    if (file.size() > mostAttachmentBytes)
        return fail(ErrorCode::FileTooLarge, std::to_string(mostAttachmentBytes >> 20) + " MB");
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::FileUnreadable, path);
    const QByteArray bytes = file.read(mostAttachmentBytes + 1);
    if (file.error() != QFileDevice::NoError || bytes.size() > mostAttachmentBytes)
        return fail(ErrorCode::FileUnreadable, path);
    if (bytes.isEmpty())
        return fail(ErrorCode::EmptyFile, path);
    MailAttachment attachment{.name = QFileInfo(file).fileName().toStdString(), .size = bytes.size()};
    attachment.mediaType = QMimeDatabase().mimeTypeForFileNameAndData(QFileInfo(file).fileName(), bytes).name().toStdString();
    if (attachment.mediaType.starts_with("message/") || attachment.mediaType.starts_with("multipart/"))
        attachment.mediaType = "application/octet-stream"; // would be read as part of the message it goes with
    attachment.data = std::make_shared<const std::string>(bytes.toStdString());
    return attachment;
}

QFuture<Result<std::vector<MailAttachment>>> WritingService::readFiles(std::vector<std::string> paths) {
    return m_context.background().run([paths = std::move(paths)]() -> Result<std::vector<MailAttachment>> {
        std::vector<MailAttachment> files;
        for (const std::string& path : paths) {
            OUTRIDER_ASSIGN(MailAttachment file, read(path));
            files.push_back(std::move(file));
        }
        return files;
    });
}

QFuture<Result<std::vector<LintFinding>>> WritingService::lint(LintOptions options) {
    std::function<Result<std::vector<LeadId>>()> leads;
    if (options.leads)
        leads = leadsOf(m_context, *options.leads);
    return m_context.background().run(
        [this, options = std::move(options), leads = std::move(leads)]() -> Result<std::vector<LintFinding>> {
            std::vector<LeadId> ids;
            if (leads) {
                OUTRIDER_ASSIGN(ids, leads());
            }
            return wait(m_context.store().read([&](ReadContext& r) -> Result<std::vector<LintFinding>> {
                StrategyRepository strategies(r.db);
                std::optional<StrategyVersion> version = options.version;
                if (!version) {
                    const auto strategy = strategies.find(options.strategy);
                    version = strategy ? strategies.version(strategy->currentVersion) : std::nullopt;
                }
                if (!version)
                    return fail(ErrorCode::NotFound, "strategy " + std::to_string(options.strategy.value));
                if (!leads && options.strategy)
                    ids = outreach::leadsIn(r.db, options.strategy);
                return outreach::lintMessages(outreach::lintInput(r.db, options.strategy, *version, ids));
            }));
        });
}

} // namespace outrider
