// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/mailbox.h"
#include "core/transport/server_login.h"

#include <QProcess>

#include <map>
#include <string>

namespace outrider::test {

// A real Postfix and Dovecot on free loopback ports (tests/integration/mail/serve), from construction
// to destruction. It is tied to this process: when a test crashes, it goes too. Needs root, or sudo
// that asks nothing. Takes two or three seconds to start.
//
// Users alice, bob, carol and away (who answers that they are away), all @example.test. At
// remote.test, full@ is 5.2.2, spam@ 5.7.1, moved@ 5.1.6, grey@ 4.7.1, everybody else 5.1.1.
class MailServer {
public:
    // False, with `error` set, when it does not start.
    bool start();
    ~MailServer();

    std::string error() const { return m_error; }

    int smtpPort() const { return m_ports.at("SMTP"); } // no sign-in, STARTTLS offered

    int submissionPort() const { return m_ports.at("SUBMISSION"); } // STARTTLS and sign-in required

    int smtpsPort() const { return m_ports.at("SMTPS"); }

    int imapPort() const { return m_ports.at("IMAP"); }

    int imapsPort() const { return m_ports.at("IMAPS"); }

    std::string caFile() const { return m_facts.at("CA"); }

    std::string password() const { return m_facts.at("PASSWORD"); }

    // "alice" -> a mailbox that submits with STARTTLS and reads with TLS.
    Mailbox mailbox(const std::string& user) const;
    transport::SecretSource secret() const;

    // For XOAUTH2; already expired with a negative time.
    std::string accessToken(const std::string& user, int seconds) const;

    // Deletes the folder and makes it anew, under another UIDVALIDITY.
    bool recreateFolder(const std::string& user, const std::string& folder);

private:
    bool startOnce();
    std::string readLine();

    QProcess m_process;
    std::map<std::string, int> m_ports;
    std::map<std::string, std::string> m_facts;
    std::string m_error;
};

} // namespace outrider::test
