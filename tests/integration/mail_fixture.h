// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/imap_session.h"
#include "core/transport/outgoing_mail.h"
#include "core/transport/parsed_mail.h"
#include "core/transport/smtp_transport.h"
#include "support/mail_server.h"

#include <optional>
#include <string>

namespace outrider::test {

// What the tests with a real mail server share: writing, sending, and looking into a mailbox.
struct MailFixture {
    MailServer server;
    Progress progress;

    // A mail from alice, with an id of its own.
    static transport::OutgoingMail mail(const std::string& to, const std::string& messageId) {
        transport::OutgoingMail mail;
        mail.fromName = "Alice Wörner";
        mail.fromAddress = "alice@example.test";
        mail.toAddress = to;
        mail.subject = "Grüße aus Köln";
        mail.text = "Guten Tag,\n\nwie besprochen.\n";
        mail.messageId = messageId;
        mail.date = *parseIso8601("2026-11-19T08:00");
        return mail;
    }

    transport::SendOutcome send(const transport::OutgoingMail& mail, const std::string& user = "alice") {
        const auto raw = transport::render(mail);
        if (!raw)
            return {transport::SendKind::NotSent, transport::SendStage::Connect, 0, {}, raw.error()};
        return sendRaw(*raw, mail.toAddress, user);
    }

    transport::SendOutcome sendRaw(std::string_view raw, const std::string& to, const std::string& user = "alice") {
        transport::SmtpTransport transport(transport::smtpLogin(server.mailbox(user)), server.secret());
        return transport.send(
            {user + "@example.test", to}, raw, [] { return true; }, progress);
    }

    Result<std::unique_ptr<transport::ImapSession>> open(const std::string& user) {
        return transport::ImapSession::connect(transport::imapLogin(server.mailbox(user)), server.secret(), {}, progress);
    }

    // The mail in the user's inbox whose header holds that value, waiting for it up to `most`; its raw
    // bytes as the server keeps them.
    std::optional<std::string> find(const std::string& user, std::string_view header, std::string_view value,
                                    Millis most = std::chrono::seconds(30)) {
        const Stopwatch waited;
        auto session = open(user);
        while (session && waited.elapsed() < most) {
            if (!(*session)->examine("INBOX", progress))
                return std::nullopt;
            const auto uids = (*session)->searchHeader(header, value, progress);
            if (!uids)
                return std::nullopt;
            if (!uids->empty()) {
                std::optional<std::string> raw;
                const auto fetched = (*session)->fetch(
                    {uids->front()}, 32U * 1024 * 1024,
                    [&](transport::FetchedMail mail) {
                        raw = std::move(mail.raw);
                        return true;
                    },
                    progress);
                return fetched ? raw : std::nullopt;
            }
            if (!(*session)->idle(std::chrono::seconds(1), progress))
                return std::nullopt;
        }
        return std::nullopt;
    }

    // The delivery report about a message of ours, found by the original it carries.
    std::optional<transport::ParsedMail> findReport(const std::string& user, const std::string& aboutMessageId,
                                                    std::string_view action, Millis most = std::chrono::seconds(60)) {
        const Stopwatch waited;
        while (waited.elapsed() < most) {
            auto session = open(user);
            if (!session || !(*session)->examine("INBOX", progress))
                return std::nullopt;
            const auto uids = (*session)->searchAfter(0, progress);
            if (!uids)
                return std::nullopt;
            std::optional<transport::ParsedMail> found;
            const auto fetched = (*session)->fetch(
                *uids, 1024 * 1024,
                [&](const transport::FetchedMail& fetchedMail) {
                    auto mail = transport::parse(fetchedMail.raw);
                    const bool about = mail.original.first("Message-ID") == "<" + aboutMessageId + ">";
                    for (const auto& status : mail.deliveryStatus) {
                        for (const auto& recipient : status.recipients) {
                            if (about && recipient.first("Action") == action)
                                found = mail;
                        }
                    }
                    return !found;
                },
                progress);
            if (!fetched)
                return std::nullopt;
            if (found)
                return found;
            if (!(*session)->idle(std::chrono::milliseconds(500), progress))
                return std::nullopt;
        }
        return std::nullopt;
    }
};

} // namespace outrider::test
