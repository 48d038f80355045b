// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/mail_access.h"

#include "core/practice/practice_transport.h"
#include "core/store/repositories/secret_repository.h"
#include "core/store/store.h"
#include "core/transport/account_check.h"
#include "core/transport/imap_source.h"
#include "core/transport/smtp_transport.h"

#include <algorithm>

namespace outrider {

using namespace outrider::store;
using transport::CheckState;

namespace {

MailboxCheckStep toStep(const transport::CheckResult& result) {
    MailboxCheckStep step{.name = std::string(name(result.step)),
                          .detail = result.detail,
                          .certificateUntil = result.certificateUntil,
                          .error = result.error,
                          .milliseconds = int(result.duration.count())};
    switch (result.state) {
    case CheckState::Passed:
        step.state = MailboxCheckStep::State::Passed;
        break;
    case CheckState::Failed:
        step.state = MailboxCheckStep::State::Failed;
        break;
    case CheckState::Missing:
        step.state = MailboxCheckStep::State::Missing;
        break;
    case CheckState::Skipped:
        step.state = MailboxCheckStep::State::Skipped;
        break;
    }
    return step;
}

class NetworkMail final : public MailAccess {
public:
    explicit NetworkMail(Store& store) : m_store(store) {}

    std::unique_ptr<transport::MailTransport> transport(const Mailbox& mailbox) override {
        return std::make_unique<transport::SmtpTransport>(transport::smtpLogin(mailbox), secretOf(mailbox, "sending"));
    }

    std::unique_ptr<transport::MailSource> source(const Mailbox& mailbox) override {
        return std::make_unique<transport::ImapSource>(transport::imapLogin(mailbox), secretOf(mailbox, "reading"),
                                                       mailbox.inboxFolder);
    }

    std::vector<MailboxCheckStep> check(const Mailbox& mailbox, const SecureBytes* secret, const Progress& progress) override {
        const transport::SecretSource source = secret != nullptr ? [secret]() -> Result<SecureBytes> { return secret->clone(); }
                                                                 : secretOf(mailbox, "connection test");
        const auto report = transport::checkAccount(mailbox, source, {}, progress);
        std::vector<MailboxCheckStep> steps;
        std::transform(report.results.begin(), report.results.end(), std::back_inserter(steps), toStep);
        return steps;
    }

    Result<> fileCopies(const Mailbox& mailbox, const std::vector<SentCopy>& copies, const Progress& progress) override {
        if (mailbox.imap.host.empty())
            return {};
        transport::ImapSource source(transport::imapLogin(mailbox), secretOf(mailbox, "filing a copy"));
        Result<> filed;
        for (const SentCopy& copy : copies) {
            filed = source.fileSent(mailbox.sentFolder, copy.raw, copy.messageId, copy.sentAt, progress);
            if (!filed)
                break;
        }
        source.disconnect(progress);
        return filed;
    }

    Result<bool> isInSent(const Mailbox& mailbox, const std::string& messageId, const Progress& progress) override {
        if (mailbox.imap.host.empty())
            return fail(ErrorCode::Unsupported);
        transport::ImapSource source(transport::imapLogin(mailbox), secretOf(mailbox, "looking for a sent message"));
        auto found = source.isInSent(mailbox.sentFolder, messageId, progress);
        source.disconnect(progress);
        return found;
    }

    Result<> areInSent(const Mailbox& mailbox, const std::vector<std::string>& messageIds, const Progress& progress,
                       const TellSent& tell) override {
        if (mailbox.imap.host.empty())
            return fail(ErrorCode::Unsupported);
        transport::ImapSource source(transport::imapLogin(mailbox), secretOf(mailbox, "looking for sent messages"));
        Result<> told;
        for (std::size_t i = 0; told && i < messageIds.size(); ++i) {
            const auto found = progress.cancelled() ? Result<bool>(fail(ErrorCode::Cancelled))
                                                    : source.isInSent(mailbox.sentFolder, messageIds[i], progress);
            told = found ? tell(i, *found) : Result<>(fail(found.error()));
        }
        source.disconnect(progress);
        return told;
    }

private:
    // Reads the vault when the server is about to be signed in to; the audit says what for.
    transport::SecretSource secretOf(const Mailbox& mailbox, const char* why) {
        return [this, name = secretName(mailbox.id), why]() -> Result<SecureBytes> {
            return wait(m_store.writeSilently([&](WriteContext& write) -> Result<SecureBytes> {
                auto secret = SecretRepository(write.db).read(write, name, why);
                if (!secret)
                    return fail(ErrorCode::SecretMissing, name);
                return std::move(*secret);
            }));
        };
    }

    Store& m_store;
};

class PracticeMail final : public MailAccess {
public:
    PracticeMail(Store& store, Environment& environment) : m_store(store), m_environment(environment) {}

    std::unique_ptr<transport::MailTransport> transport(const Mailbox& mailbox) override {
        return std::make_unique<practice::PracticeTransport>(m_store, m_environment.clock, mailbox);
    }
    std::unique_ptr<transport::MailSource> source(const Mailbox&) override {
        return std::make_unique<practice::PracticeSource>(m_store, m_environment.clock);
    }
    std::vector<MailboxCheckStep> check(const Mailbox&, const SecureBytes*, const Progress&) override {
        std::vector<MailboxCheckStep> steps;
        for (const char* step :
             {"smtp_connect", "smtp_tls", "smtp_sign_in", "imap_connect", "imap_tls", "imap_sign_in", "inbox", "sent", "idle"})
            steps.push_back({.name = step, .state = MailboxCheckStep::State::Passed, .detail = "practice"});
        return steps;
    }
    Result<> fileCopies(const Mailbox&, const std::vector<SentCopy>&, const Progress&) override { return {}; }
    Result<bool> isInSent(const Mailbox&, const std::string&, const Progress&) override { return fail(ErrorCode::Unsupported); }
    Result<> areInSent(const Mailbox&, const std::vector<std::string>&, const Progress&, const TellSent&) override {
        return fail(ErrorCode::Unsupported);
    }

private:
    Store& m_store;
    Environment& m_environment;
};

} // namespace

std::unique_ptr<MailAccess> makeMailAccess(Store& store, Environment& environment, bool practice) {
    if (practice)
        return std::make_unique<PracticeMail>(store, environment);
    return std::make_unique<NetworkMail>(store);
}

} // namespace outrider
