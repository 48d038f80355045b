// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/mailbox_service.h"

#include "core/contact/email_address.h"
#include "core/contact/phone_number.h"
#include "core/services/provider_table.h"
#include "core/services/service_context.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/secret_repository.h"

#include <algorithm>
#include <array>

namespace outrider {

using namespace outrider::store;

namespace {

Result<> checkServer(const ServerAddress& server, const char* which) {
    if (server.host.empty() || server.host.size() > 253 || server.host.find_first_of(" \t\r\n/:@") != std::string::npos)
        return fail(ErrorCode::InvalidArgument, std::string(which) + " server: a host name");
    if (server.port <= 0 || server.port > 65535)
        return fail(ErrorCode::InvalidArgument, std::string(which) + " port: from 1 to 65535");
    const bool local = server.host == "localhost" || server.host.starts_with("127.") || server.host == "::1";
    if (server.tls == TlsMode::None && !local)
        return fail(ErrorCode::InvalidArgument, std::string(which) + ": without encryption only to this computer");
    return {};
}

// "AC" and 32 hexadecimal digits.
bool isSid(std::string_view text, std::string_view prefix) {
    return text.size() == 34 && text.starts_with(prefix)
           && text.substr(2).find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

// Its address is what it is known by: the number, or else the messaging service.
Result<> validateLine(Mailbox& mailbox) {
    PhoneLine& line = mailbox.phone;
    if (line.number.empty() && line.serviceSid.empty())
        (mailbox.address.starts_with("MG") ? line.serviceSid : line.number) = mailbox.address;
    for (std::string* number : {&line.number, &line.ownNumber}) {
        if (number->empty())
            continue;
        OUTRIDER_ASSIGN(const contact::PhoneNumber parsed, contact::parsePhoneNumber(*number, {}));
        *number = parsed.e164;
    }
    if (!isSid(line.accountSid, "AC"))
        return fail(ErrorCode::InvalidArgument, "account SID: AC and 32 hexadecimal digits");
    if (!line.keySid.empty() && !isSid(line.keySid, "SK"))
        return fail(ErrorCode::InvalidArgument, "API key SID: SK and 32 hexadecimal digits");
    if (!line.serviceSid.empty() && !isSid(line.serviceSid, "MG"))
        return fail(ErrorCode::InvalidArgument, "messaging service SID: MG and 32 hexadecimal digits");
    if (!line.ownNumber.empty() && line.number.empty())
        return fail(ErrorCode::InvalidArgument, "calls need a number of the line, not only a messaging service");
    if (line.ownNumber == line.number && !line.number.empty())
        return fail(ErrorCode::InvalidArgument, "your own phone has another number than the line");
    mailbox.address = line.number.empty() ? line.serviceSid : line.number;
    return {};
}

Result<> validateAddress(Mailbox& mailbox) {
    if (isPhoneLine(mailbox.account))
        return validateLine(mailbox);
    OUTRIDER_ASSIGN(const contact::EmailAddress address, contact::parseEmailAddress(mailbox.address));
    mailbox.address = address.display;
    mailbox.phone = {};
    return {};
}

Result<> validate(Mailbox& mailbox, bool practice) {
    OUTRIDER_TRY(validateAddress(mailbox));
    if (mailbox.dailyLimit < 0 || mailbox.holdSeconds < 0 || mailbox.spacingSeconds < 0)
        return fail(ErrorCode::InvalidArgument, "a limit below 0");
    const SendLimits& limits = mailbox.limits;
    for (const int limit : {limits.perMinute, limits.perHour, limits.perWeek, limits.perDomainAndHour, limits.spacingUpTo,
                            limits.rampStart, limits.rampStep, mailbox.pauses.bouncePercent, mailbox.pauses.errorPercent}) {
        if (limit < 0)
            return fail(ErrorCode::InvalidArgument, "a limit below 0");
    }
    if (mailbox.pauses.bouncePercent > 100 || mailbox.pauses.errorPercent > 100)
        return fail(ErrorCode::InvalidArgument, "a share above 100 %");
    if (limits.rampStart > 0 && limits.rampStep == 0)
        return fail(ErrorCode::InvalidArgument, "a ramp that never rises");
    if (practice) {
        mailbox.kind = MailboxKind::Practice; // nothing in a practice workspace reaches the network
        return {};
    }
    if (mailbox.kind != MailboxKind::Mail)
        return fail(ErrorCode::InvalidArgument, "a practice mailbox outside the practice workspace");
    applyServers(mailbox);
    if (!sendsOverHttp(mailbox.account))
        OUTRIDER_TRY(checkServer(mailbox.smtp, "SMTP"));
    if (!mailbox.imap.host.empty())
        OUTRIDER_TRY(checkServer(mailbox.imap, "IMAP"));
    if (mailbox.userName.empty())
        mailbox.userName = mailbox.address;
    return {};
}

// A ramp begins when it is set.
void beginRamp(Mailbox& mailbox, Instant now) {
    if (mailbox.limits.rampStart > 0 && !mailbox.limits.rampBegan)
        mailbox.limits.rampBegan = now;
}

bool signedOut(const std::vector<MailboxCheckStep>& steps) {
    return std::any_of(steps.begin(), steps.end(),
                       [](const MailboxCheckStep& step) { return step.error && step.error->code == ErrorCode::AuthFailed; });
}

bool passed(const std::vector<MailboxCheckStep>& steps) {
    return std::none_of(steps.begin(), steps.end(),
                        [](const MailboxCheckStep& step) { return step.state == MailboxCheckStep::State::Failed; });
}

} // namespace

std::string secretName(MailboxId id) { return "mailbox/" + std::to_string(id.value); }

QFuture<Result<std::vector<Mailbox>>> MailboxService::list() {
    return m_context.store().read([](ReadContext& r) -> Result<std::vector<Mailbox>> { return MailboxRepository(r.db).all(); });
}

QFuture<Result<Mailbox>> MailboxService::find(MailboxId id) {
    return m_context.store().read([id](ReadContext& r) -> Result<Mailbox> {
        auto mailbox = MailboxRepository(r.db).find(id);
        if (!mailbox)
            return fail(ErrorCode::NotFound, "mailbox " + std::to_string(id.value));
        return std::move(*mailbox);
    });
}

QFuture<Result<MailboxService::Usage>> MailboxService::usage(MailboxId id) {
    return m_context.store().read([id](ReadContext& r) -> Result<Usage> {
        OutboxRepository outbox(r.db);
        return Usage{outbox.handedOverSince(id, r.now - std::chrono::hours(24)), outbox.countWaiting(id)};
    });
}

QFuture<Result<MailboxId>> MailboxService::add(Mailbox mailbox, std::shared_ptr<SecureBytes> secret) {
    return m_context.store().write(
        m_context.action("mailbox.add", mailbox.address),
        [this, mailbox = std::move(mailbox), secret](WriteContext& write) mutable -> Result<MailboxId> {
            OUTRIDER_TRY(validate(mailbox, m_context.isPractice()));
            beginRamp(mailbox, write.now);
            MailboxRepository(write.db).insert(write, mailbox);
            if (secret && !secret->empty())
                SecretRepository(write.db).set(write, secretName(mailbox.id), *secret);
            if (mailbox.kind == MailboxKind::Mail && signsInByBrowser(mailbox.account)) // nothing leaves before
                MailboxRepository(write.db).setState(write, mailbox.id, MailboxState::NeedsAttention,
                                                     name(ErrorCode::SecretMissing));
            return mailbox.id;
        });
}

QFuture<Result<>> MailboxService::update(Mailbox mailbox, std::shared_ptr<SecureBytes> secret) {
    return m_context.store().write(m_context.action("mailbox.edit", mailbox.address),
                                   [this, mailbox = std::move(mailbox), secret](WriteContext& write) mutable -> Result<> {
                                       OUTRIDER_TRY(validate(mailbox, m_context.isPractice()));
                                       MailboxRepository mailboxes(write.db);
                                       const auto before = mailboxes.find(mailbox.id);
                                       if (!before)
                                           return fail(ErrorCode::NotFound, mailbox.address);
                                       if (mailbox.account != before->account) // its secrets are another's
                                           return fail(ErrorCode::InvalidArgument, "a mailbox keeps its kind");
                                       beginRamp(mailbox, write.now);
                                       mailboxes.update(write, mailbox);
                                       // Tried again with what is new; a sign-in is renewed in the browser.
                                       if (before->state == MailboxState::NeedsAttention && !signsInByBrowser(mailbox.account))
                                           mailboxes.setState(write, mailbox.id, MailboxState::Active, {});
                                       if (secret && !secret->empty())
                                           SecretRepository(write.db).set(write, secretName(mailbox.id), *secret);
                                       return {};
                                   });
}

QFuture<Result<>> MailboxService::setImapSecret(MailboxId id, std::shared_ptr<SecureBytes> secret) {
    return m_context.store().write(m_context.action("mailbox.edit"), [id, secret](WriteContext& write) -> Result<> {
        const auto mailbox = MailboxRepository(write.db).find(id);
        if (!mailbox)
            return fail(ErrorCode::NotFound, "mailbox " + std::to_string(id.value));
        write.describe(mailbox->address);
        if (secret && !secret->empty())
            SecretRepository(write.db).set(write, imapSecretName(id), *secret);
        return {};
    });
}

QFuture<Result<>> MailboxService::remove(MailboxId id) {
    return m_context.store().write(m_context.action("mailbox.remove"), [id](WriteContext& write) -> Result<> {
        MailboxRepository mailboxes(write.db);
        const auto mailbox = mailboxes.find(id);
        if (!mailbox)
            return fail(ErrorCode::NotFound, "mailbox " + std::to_string(id.value));
        write.describe(mailbox->address);
        if (mailboxes.isUsed(id)) // its messages stay where they are: it can only be paused
            return fail(ErrorCode::Conflict, mailbox->address + " has messages; pause it instead");
        mailboxes.remove(write, id);
        for (const std::string& secret : {secretName(id), accessTokenName(id), imapSecretName(id)})
            SecretRepository(write.db).remove(write, secret);
        return {};
    });
}

QFuture<Result<>> MailboxService::setPaused(MailboxId id, bool paused) {
    return m_context.store().write(m_context.action(paused ? "mailbox.pause" : "mailbox.resume"),
                                   [id, paused](WriteContext& write) -> Result<> {
                                       MailboxRepository mailboxes(write.db);
                                       const auto mailbox = mailboxes.find(id);
                                       if (!mailbox)
                                           return fail(ErrorCode::NotFound, "mailbox " + std::to_string(id.value));
                                       write.describe(mailbox->address);
                                       mailboxes.setState(write, id, paused ? MailboxState::Paused : MailboxState::Active, {});
                                       return {};
                                   });
}

QFuture<Result<std::vector<MailboxCheckStep>>> MailboxService::check(MailboxId id, ProgressPtr progress) {
    return m_context.background().run([this, id, progress]() -> Result<std::vector<MailboxCheckStep>> {
        OUTRIDER_ASSIGN(const Mailbox mailbox, wait(find(id)));
        const Progress own;
        auto steps = m_context.mail().check(mailbox, nullptr, progress ? *progress : own);
        if (signsInByBrowser(mailbox.account) && signedOut(steps)) // nothing but a new sign-in helps
            OUTRIDER_TRY(wait(m_context.store().writeSilently([&](WriteContext& write) -> Result<> {
                MailboxRepository mailboxes(write.db);
                const auto now = mailboxes.find(id);
                if (!now || now->state != MailboxState::Active)
                    return {};
                mailboxes.setState(write, id, MailboxState::NeedsAttention, name(ErrorCode::AuthFailed));
                write.touched(EntityKind::Mailbox, id.value);
                return {};
            })));
        if (passed(steps))
            OUTRIDER_TRY(wait(m_context.store().writeSilently([&](WriteContext& write) -> Result<> {
                MailboxRepository mailboxes(write.db);
                mailboxes.setChecked(write, id);
                const auto now = mailboxes.find(id);
                if (now && now->state == MailboxState::NeedsAttention)
                    mailboxes.setState(write, id, MailboxState::Active, {});
                return {};
            })));
        return steps;
    });
}

QFuture<Result<std::vector<MailboxCheckStep>>> MailboxService::checkDraft(Mailbox mailbox, std::shared_ptr<SecureBytes> secret,
                                                                          ProgressPtr progress) {
    return m_context.background().run(
        [this, mailbox = std::move(mailbox), secret, progress]() mutable -> Result<std::vector<MailboxCheckStep>> {
            OUTRIDER_TRY(validate(mailbox, m_context.isPractice()));
            const Progress own;
            return m_context.mail().check(mailbox, secret.get(), progress ? *progress : own);
        });
}

Mailbox MailboxService::guess(std::string_view text) {
    struct Known {
        std::string_view domains; // between bars
        ServerAddress smtp;
        ServerAddress imap;
    };
    static const std::array<Known, 9> providers{{
        {"|gmail.com|googlemail.com|", {"smtp.gmail.com", 465, TlsMode::Implicit}, {"imap.gmail.com", 993, TlsMode::Implicit}},
        {"|outlook.com|hotmail.com|live.com|msn.com|",
         {"smtp-mail.outlook.com", 587, TlsMode::StartTls},
         {"outlook.office365.com", 993, TlsMode::Implicit}},
        {"|icloud.com|me.com|mac.com|",
         {"smtp.mail.me.com", 587, TlsMode::StartTls},
         {"imap.mail.me.com", 993, TlsMode::Implicit}},
        {"|yahoo.com|yahoo.de|yahoo.co.uk|",
         {"smtp.mail.yahoo.com", 465, TlsMode::Implicit},
         {"imap.mail.yahoo.com", 993, TlsMode::Implicit}},
        {"|gmx.de|gmx.net|gmx.at|gmx.ch|", {"mail.gmx.net", 465, TlsMode::Implicit}, {"imap.gmx.net", 993, TlsMode::Implicit}},
        {"|web.de|", {"smtp.web.de", 587, TlsMode::StartTls}, {"imap.web.de", 993, TlsMode::Implicit}},
        {"|t-online.de|", {"securesmtp.t-online.de", 465, TlsMode::Implicit}, {"secureimap.t-online.de", 993, TlsMode::Implicit}},
        {"|fastmail.com|fastmail.fm|",
         {"smtp.fastmail.com", 465, TlsMode::Implicit},
         {"imap.fastmail.com", 993, TlsMode::Implicit}},
        {"|zoho.com|zohomail.com|", {"smtp.zoho.com", 465, TlsMode::Implicit}, {"imap.zoho.com", 993, TlsMode::Implicit}},
    }};
    Mailbox mailbox{.address = std::string(text)};
    const auto address = contact::parseEmailAddress(text);
    if (!address)
        return mailbox;
    mailbox.address = address->display;
    mailbox.userName = address->display;
    for (const Known& provider : providers) {
        if (provider.domains.find('|' + address->domain + '|') != std::string_view::npos) {
            mailbox.smtp = provider.smtp;
            mailbox.imap = provider.imap;
            return mailbox;
        }
    }
    mailbox.smtp = {"smtp." + address->domain, 465, TlsMode::Implicit};
    mailbox.imap = {"imap." + address->domain, 993, TlsMode::Implicit};
    return mailbox;
}

} // namespace outrider
