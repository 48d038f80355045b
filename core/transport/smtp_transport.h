// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/mail_transport.h"
#include "core/transport/server_login.h"

#include <memory>

namespace outrider::transport {

// Sends over SMTP by libcurl: STARTTLS (required when chosen, never optional) or TLS from the start,
// certificates always checked, SASL PLAIN, LOGIN or XOAUTH2. The connection is kept from message to
// message; when the server has closed it meanwhile, the next message opens another by itself.
//
// One thread at a time. Secrets are asked for per message, handed to libcurl (which keeps a copy as
// long as the connection lives) and kept nowhere else; no error or answer holds one.
class SmtpTransport final : public MailTransport {
public:
    SmtpTransport(ServerLogin login, SecretSource secret, NetworkTimeouts timeouts = {});
    ~SmtpTransport() override;

    // ErrorCode::MessageMalformed for bytes that are not strictly CRLF, InvalidEmail for an envelope
    // address that holds a control character or is none: both NotSent, before anything connects.
    SendOutcome send(const Envelope& envelope, std::string_view raw, const HandOver& beforeData,
                     const Progress& progress) override;

    // Closes the kept connection; the next message opens another. At once, also when the network is
    // gone.
    void disconnect();

    // How many connections were opened so far.
    int connectionsOpened() const;

private:
    class Session;
    std::unique_ptr<Session> m_session;
};

} // namespace outrider::transport
