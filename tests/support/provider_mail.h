// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/mail_transport.h"
#include "core/transport/outgoing_mail.h"
#include "core/transport/sent_lookup.h"
#include "core/transport/server_login.h"
#include "support/http_server.h"

#include <string>

namespace outrider::test {

// A message of a strategy and what its sender sees.
struct ProviderMail {
    ProviderMail() {
        transport::OutgoingMail mail{.fromName = "Mara \"ML\" Lindqvist",
                                     .fromAddress = "mara@harborline.example",
                                     .toName = "Tomás Rühl",
                                     .toAddress = "t.ruehl@hafenwerk.example",
                                     .subject = "Kürzere Wege im Hafen",
                                     .text = "Guten Tag,\n\nzwei Minuten?\n.\nMara\n",
                                     .messageId = "4711-8@harborline.example",
                                     .inReplyTo = "1@hafenwerk.example",
                                     .references = {"1@hafenwerk.example"}};
        mail.extra = {{"X-Outrider-Id", "4711-8"}, {"List-Unsubscribe", "<mailto:mara@harborline.example?subject=unsubscribe>"}};
        raw = transport::render(mail).value();
    }

    transport::Envelope envelope() const {
        return {.sender = "mara@harborline.example",
                .recipient = "t.ruehl@hafenwerk.example",
                .idempotencyKey = "step-1-2-3",
                .reference = reference};
    }

    transport::SendOutcome send(transport::MailTransport& transport) {
        return transport.send(
            envelope(), raw,
            [&] {
                ++handOvers;
                reference = transport.reference();
                return mayLeave;
            },
            progress);
    }

    Result<transport::FateReport> fate(transport::SentLookup& lookup) const {
        return lookup.fateOf({.sender = "mara@harborline.example",
                              .recipient = "t.ruehl@hafenwerk.example",
                              .raw = raw,
                              .messageId = "4711-8@harborline.example",
                              .trackingId = "4711-8",
                              .idempotencyKey = "step-1-2-3",
                              .reference = reference},
                             progress);
    }

    static transport::NetworkTimeouts quick() {
        return {.connect = std::chrono::seconds(5),
                .response = std::chrono::seconds(1),
                .total = std::chrono::seconds(20),
                .afterCancel = std::chrono::milliseconds(100)};
    }

    std::string raw;
    std::string reference;
    Progress progress;
    int handOvers = 0;
    bool mayLeave = true;
};

// "sent", "not_sent auth_failed".
inline QString told(const transport::SendOutcome& outcome) {
    std::string text(name(outcome.kind));
    if (outcome.kind != transport::SendKind::Sent)
        text += " " + std::string(name(outcome.error.code));
    return QString::fromStdString(text);
}

} // namespace outrider::test
