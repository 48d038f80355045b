// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/mail_access.h"

#include "core/practice/practice_transport.h"
#include "core/services/account_tokens.h"
#include "core/services/provider_table.h"
#include "core/services/renewing_mail.h"
#include "core/store/repositories/secret_repository.h"
#include "core/store/store.h"
#include "core/transport/account_check.h"
#include "core/transport/gmail_source.h"
#include "core/transport/gmail_transport.h"
#include "core/transport/graph_transport.h"
#include "core/transport/imap_source.h"
#include "core/transport/resend_transport.h"
#include "core/transport/smtp_transport.h"
#include "core/transport/twilio_transport.h"

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

// Where nothing can be read: accounts whose provider is spoken to by HTTP.
class NoSource final : public transport::MailSource {
public:
    Result<transport::FetchReport> fetchNew(const transport::MailCursor&, const transport::FetchLimits&,
                                            const transport::MailSink&, const Progress&, transport::MailCursor*) override {
        return fail(ErrorCode::Unsupported);
    }
    Result<transport::WaitEnd> waitForMail(const transport::MailCursor&, Millis, const Progress&) override {
        return fail(ErrorCode::Unsupported);
    }
};

// The one step of a test of an HTTP interface.
MailboxCheckStep apiStep(const Result<>& result, const std::string& detail, const Stopwatch& watch) {
    MailboxCheckStep step{.name = "api_sign_in", .detail = detail, .milliseconds = int(watch.milliseconds())};
    step.state = result ? MailboxCheckStep::State::Passed : MailboxCheckStep::State::Failed;
    if (!result)
        step.error = result.error();
    return step;
}

class NetworkMail final : public MailAccess {
public:
    explicit NetworkMail(Store& store) : m_store(store), m_tokens(store, httpTimeouts()) {}

    std::unique_ptr<transport::MailTransport> transport(const Mailbox& mailbox) override {
        switch (mailbox.account) {
        case AccountKind::GmailApi:
            return gmail(mailbox, "sending");
        case AccountKind::Graph:
            return graph(mailbox, "sending");
        case AccountKind::Resend:
            return resend(mailbox, secretOf(mailbox, "sending"));
        case AccountKind::Twilio:
            return twilio(mailbox, secretOf(mailbox, "sending"));
        case AccountKind::Servers:
        case AccountKind::Gmail:
        case AccountKind::Microsoft:
            break;
        }
        auto smtp = std::make_unique<transport::SmtpTransport>(transport::smtpLogin(mailbox), secretOf(mailbox, "sending"));
        if (!signsInByBrowser(mailbox.account))
            return smtp;
        return renewing(std::move(smtp), m_tokens.source(mailbox, "sending").reject);
    }

    std::unique_ptr<transport::MailSource> source(const Mailbox& mailbox) override {
        if (mailbox.account == AccountKind::GmailApi && mailbox.imap.host.empty())
            return std::make_unique<transport::GmailSource>(apiUrl(mailbox), m_tokens.source(mailbox, "reading"), mailbox.caFile,
                                                            httpTimeouts());
        if (!isReadable(mailbox))
            return std::make_unique<NoSource>();
        return sources(mailbox).received;
    }

    Sources sources(const Mailbox& mailbox) override {
        if (mailbox.imap.host.empty()) // an API lists what was sent among the rest
            return {source(mailbox), nullptr};
        auto received = imap(mailbox, "reading");
        auto sent = received->beside(mailbox.sentFolder.empty() ? transport::ImapSource::sentMail : mailbox.sentFolder);
        if (!signsInByBrowser(mailbox.account))
            return {std::move(received), std::move(sent)};
        const auto reject = m_tokens.source(mailbox, "reading").reject;
        return {renewing(std::move(received), reject), renewing(std::move(sent), reject)};
    }

    std::vector<MailboxCheckStep> check(const Mailbox& mailbox, const SecureBytes* secret, const Progress& progress) override {
        const bool typed = secret != nullptr && !signsInByBrowser(mailbox.account);
        const transport::SecretSource source = typed ? [secret]() -> Result<SecureBytes> { return secret->clone(); }
                                                     : secretOf(mailbox, "connection test");
        std::vector<MailboxCheckStep> steps;
        if (sendsOverHttp(mailbox.account)) {
            const Stopwatch watch;
            Result<> result;
            std::string detail = mailbox.address;
            if (mailbox.account == AccountKind::Resend) {
                result = resend(mailbox, source)->check(progress);
            } else if (isPhoneLine(mailbox.account)) {
                result = twilio(mailbox, source)->check(progress);
            } else if (mailbox.account == AccountKind::Graph) {
                result = graph(mailbox, "connection test")->check(progress);
            } else {
                const auto whose = gmail(mailbox, "connection test")->address(progress);
                result = whose ? Result<>() : Result<>(fail(whose.error()));
                detail = whose ? *whose : detail;
            }
            steps.push_back(apiStep(result, result ? detail : std::string(), watch));
            if (mailbox.imap.host.empty())
                return steps;
        }
        const auto report = transport::checkAccount(
            mailbox, sendsOverHttp(mailbox.account) ? imapSecretOf(mailbox, "connection test") : source, {}, progress);
        for (const transport::CheckResult& result : report.results) {
            const bool sends = result.step <= transport::CheckStep::SmtpSignIn;
            if (!(sends && sendsOverHttp(mailbox.account)))
                steps.push_back(toStep(result));
        }
        return steps;
    }

    Result<> fileCopies(const Mailbox& mailbox, const std::vector<SentCopy>& copies, const Progress& progress) override {
        if (mailbox.imap.host.empty()) // or the provider files them itself
            return {};
        const auto source = imap(mailbox, "filing a copy");
        Result<> filed;
        for (const SentCopy& copy : copies) {
            filed = source->fileSent(mailbox.sentFolder, copy.raw, copy.messageId, copy.sentAt, progress);
            if (!filed)
                break;
        }
        source->disconnect(progress);
        return filed;
    }

    Result<transport::FateReport> fateOf(const Mailbox& mailbox, const transport::LostMessage& message,
                                         const Progress& progress) override {
        constexpr const char* why = "looking for a sent message";
        switch (mailbox.account) {
        case AccountKind::GmailApi:
            return gmail(mailbox, why)->fateOf(message, progress);
        case AccountKind::Graph:
            return graph(mailbox, why)->fateOf(message, progress);
        case AccountKind::Resend:
            return resend(mailbox, secretOf(mailbox, why))->fateOf(message, progress);
        case AccountKind::Twilio:
            return twilio(mailbox, secretOf(mailbox, why))->fateOf(message, progress);
        case AccountKind::Servers:
        case AccountKind::Gmail:
        case AccountKind::Microsoft:
            break;
        }
        if (mailbox.imap.host.empty())
            return fail(ErrorCode::Unsupported);
        const auto source = imap(mailbox, why);
        auto found = source->isInSent(mailbox.sentFolder, std::string(message.messageId), progress);
        source->disconnect(progress);
        if (!found)
            return fail(found.error());
        return *found ? transport::FateReport{.fate = transport::Fate::Sent, .what = "found among the sent mail"}
                      : transport::FateReport{};
    }

    std::optional<Millis> repeatsFor(const Mailbox& mailbox) const override {
        return mailbox.account == AccountKind::Resend ? std::optional(transport::ResendTransport::repeatableFor) : std::nullopt;
    }

    Result<> areInSent(const Mailbox& mailbox, const std::vector<std::string>& messageIds, const Progress& progress,
                       const TellSent& tell) override {
        constexpr const char* why = "looking for sent messages";
        std::function<Result<bool>(const std::string&)> look;
        std::shared_ptr<transport::GmailTransport> google;
        std::shared_ptr<transport::GraphTransport> microsoft;
        std::shared_ptr<transport::ImapSource> source;
        if (mailbox.account == AccountKind::GmailApi) {
            google = gmail(mailbox, why);
            look = [&](const std::string& id) { return google->isInSent(id, progress); };
        } else if (mailbox.account == AccountKind::Graph) {
            microsoft = graph(mailbox, why);
            look = [&](const std::string& id) { return microsoft->isInSent(id, progress); };
        } else if (!mailbox.imap.host.empty()) {
            source = imap(mailbox, why);
            look = [&](const std::string& id) { return source->isInSent(mailbox.sentFolder, id, progress); };
        } else {
            return fail(ErrorCode::Unsupported);
        }
        Result<> told;
        for (std::size_t i = 0; told && i < messageIds.size(); ++i) {
            const auto found = progress.cancelled() ? Result<bool>(fail(ErrorCode::Cancelled)) : look(messageIds[i]);
            told = found ? tell(i, *found) : Result<>(fail(found.error()));
        }
        if (source)
            source->disconnect(progress);
        return told;
    }

    Result<std::string> startCall(const Mailbox& mailbox, const std::string& number, const Progress& progress) override {
        return twilio(mailbox, secretOf(mailbox, "placing a call"))->startCall(number, progress);
    }

    Result<transport::PhoneStatus> callStatus(const Mailbox& mailbox, const std::string& sid, const Progress& progress) override {
        return twilio(mailbox, secretOf(mailbox, "asking after a call"))->callStatus(sid, progress);
    }

    Result<> messageStatuses(const Mailbox& mailbox, const std::vector<std::string>& sids, const Progress& progress,
                             const TellStatus& tell) override {
        const auto line = twilio(mailbox, secretOf(mailbox, "asking after sent messages"));
        for (std::size_t i = 0; i < sids.size(); ++i) {
            OUTRIDER_ASSIGN(const transport::PhoneStatus status, line->messageStatus(sids[i], progress));
            OUTRIDER_TRY(tell(i, status));
        }
        return {};
    }

private:
    // Reads the vault when the server is about to be signed in to; the audit says what for.
    transport::SecretSource secretOf(const Mailbox& mailbox, const char* why) {
        if (signsInByBrowser(mailbox.account))
            return m_tokens.source(mailbox, why).token;
        return vault(secretName(mailbox.id), why);
    }

    // Resend's own secret is its API key.
    transport::SecretSource imapSecretOf(const Mailbox& mailbox, const char* why) {
        return mailbox.account == AccountKind::Resend ? vault(imapSecretName(mailbox.id), why) : secretOf(mailbox, why);
    }

    transport::SecretSource vault(std::string name, const char* why) {
        return [this, name = std::move(name), why]() -> Result<SecureBytes> {
            return wait(m_store.writeSilently([&](WriteContext& write) -> Result<SecureBytes> {
                auto secret = SecretRepository(write.db).read(write, name, why);
                if (!secret)
                    return fail(ErrorCode::SecretMissing, name);
                return std::move(*secret);
            }));
        };
    }

    // Empty when it cannot be read: then no request is made of it.
    std::string apiUrl(const Mailbox& mailbox) {
        const auto settings =
            wait(m_store.read([provider = providerOf(mailbox.account)](ReadContext& r) -> Result<ProviderSettings> {
                return providerSettings(r.db, provider);
            }));
        return settings ? settings->apiUrl : std::string();
    }

    std::unique_ptr<transport::ImapSource> imap(const Mailbox& mailbox, const char* why) {
        return std::make_unique<transport::ImapSource>(transport::imapLogin(mailbox), imapSecretOf(mailbox, why),
                                                       mailbox.inboxFolder);
    }
    std::unique_ptr<transport::GmailTransport> gmail(const Mailbox& mailbox, const char* why) {
        return std::make_unique<transport::GmailTransport>(apiUrl(mailbox), m_tokens.source(mailbox, why), mailbox.caFile,
                                                           httpTimeouts());
    }
    std::unique_ptr<transport::GraphTransport> graph(const Mailbox& mailbox, const char* why) {
        return std::make_unique<transport::GraphTransport>(apiUrl(mailbox), m_tokens.source(mailbox, why), mailbox.caFile,
                                                           httpTimeouts());
    }
    std::unique_ptr<transport::ResendTransport> resend(const Mailbox& mailbox, transport::SecretSource key) {
        return std::make_unique<transport::ResendTransport>(apiUrl(mailbox), std::move(key), mailbox.caFile, httpTimeouts());
    }
    std::unique_ptr<transport::TwilioTransport> twilio(const Mailbox& mailbox, transport::SecretSource secret) {
        return std::make_unique<transport::TwilioTransport>(apiUrl(mailbox), mailbox.phone, std::move(secret), mailbox.caFile,
                                                            httpTimeouts());
    }

    Store& m_store;
    AccountTokens m_tokens;
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
    Sources sources(const Mailbox& mailbox) override { return {source(mailbox), nullptr}; }
    std::vector<MailboxCheckStep> check(const Mailbox&, const SecureBytes*, const Progress&) override {
        std::vector<MailboxCheckStep> steps;
        for (const char* step :
             {"smtp_connect", "smtp_tls", "smtp_sign_in", "imap_connect", "imap_tls", "imap_sign_in", "inbox", "sent", "idle"})
            steps.push_back({.name = step, .state = MailboxCheckStep::State::Passed, .detail = "practice"});
        return steps;
    }
    Result<> fileCopies(const Mailbox&, const std::vector<SentCopy>&, const Progress&) override { return {}; }
    Result<transport::FateReport> fateOf(const Mailbox&, const transport::LostMessage&, const Progress&) override {
        return fail(ErrorCode::Unsupported);
    }
    std::optional<Millis> repeatsFor(const Mailbox&) const override { return std::nullopt; }
    Result<> areInSent(const Mailbox&, const std::vector<std::string>&, const Progress&, const TellSent&) override {
        return fail(ErrorCode::Unsupported);
    }
    // Nobody is rung; the call is as if it had been placed.
    Result<std::string> startCall(const Mailbox&, const std::string&, const Progress&) override {
        return std::string("practice");
    }
    Result<transport::PhoneStatus> callStatus(const Mailbox&, const std::string&, const Progress&) override {
        return transport::PhoneStatus{.status = "completed"};
    }
    Result<> messageStatuses(const Mailbox&, const std::vector<std::string>& sids, const Progress&,
                             const TellStatus& tell) override {
        for (std::size_t i = 0; i < sids.size(); ++i)
            OUTRIDER_TRY(tell(i, transport::PhoneStatus{.status = "delivered"}));
        return {};
    }

private:
    Store& m_store;
    Environment& m_environment;
};

} // namespace

std::string_view trackingIdOf(std::string_view messageId) { return messageId.substr(0, messageId.find('@')); }

std::unique_ptr<MailAccess> makeMailAccess(Store& store, Environment& environment, bool practice) {
    if (practice)
        return std::make_unique<PracticeMail>(store, environment);
    return std::make_unique<NetworkMail>(store);
}

} // namespace outrider
