// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/account_check.h"
#include "support/fault_smtp_server.h"
#include "support/scripted_imap_server.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::transport;
using outrider::test::FaultSmtpServer;
using outrider::test::ScriptedImapServer;
using At = FaultSmtpServer::At;
using Action = FaultSmtpServer::Action;
using Reply = ScriptedImapServer::Reply;

namespace {

Reply mailbox(const std::string& command) {
    if (command.starts_with("EXAMINE"))
        return {"* 4 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n$ OK done\r\n"};
    if (command.starts_with("LIST"))
        return {"* LIST () \"/\" INBOX\r\n* LIST (\\Sent) \"/\" \"Gesendete Objekte\"\r\n$ OK done\r\n"};
    return {};
}

NetworkTimeouts quick() {
    NetworkTimeouts timeouts;
    timeouts.connect = std::chrono::seconds(5);
    timeouts.response = std::chrono::seconds(1);
    return timeouts;
}

Mailbox settings(int smtpPort, int imapPort) {
    Mailbox mailbox;
    mailbox.smtp = {"127.0.0.1", smtpPort, TlsMode::None};
    mailbox.imap = {"127.0.0.1", imapPort, TlsMode::None};
    mailbox.auth = AuthMethod::Plain;
    mailbox.userName = "ines";
    return mailbox;
}

AccountReport check(const Mailbox& mailbox, const Progress& progress = {}) {
    return checkAccount(
        mailbox, []() -> Result<SecureBytes> { return SecureBytes("secret-words"); }, quick(), progress);
}

// "smtp_connect passed, …", to compare.
QString shown(const AccountReport& report) {
    QString out;
    for (const auto& result : report.results)
        out += QString::fromStdString(std::string(name(result.step)) + " " + std::string(name(result.state))) + QLatin1Char('\n');
    return out;
}

} // namespace

class AccountCheckTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void a_mailbox_that_only_sends_is_usable_without_a_server_to_read() {
        FaultSmtpServer smtp;
        smtp.offer("AUTH PLAIN");
        Mailbox sendsOnly = settings(smtp.port(), 0);
        sendsOnly.imap = {};
        const auto report = check(sendsOnly);
        QCOMPARE(shown(report), QStringLiteral("smtp_connect passed\nsmtp_tls skipped\nsmtp_sign_in passed\n"
                                               "imap_connect skipped\nimap_tls skipped\nimap_sign_in skipped\n"
                                               "inbox skipped\nsent skipped\nidle skipped\n"));
        QVERIFY(report.usable());
    }

    void good_settings_pass_every_step_in_order() {
        FaultSmtpServer smtp;
        smtp.offer("AUTH PLAIN");
        ScriptedImapServer imap(mailbox);
        std::vector<CheckStep> heard;
        const auto report = checkAccount(
            settings(smtp.port(), imap.port()), []() -> Result<SecureBytes> { return SecureBytes("secret-words"); }, quick(), {},
            [&](const CheckResult& result) { heard.push_back(result.step); });
        QCOMPARE(shown(report), QStringLiteral("smtp_connect passed\nsmtp_tls skipped\nsmtp_sign_in passed\n"
                                               "imap_connect passed\nimap_tls skipped\nimap_sign_in passed\n"
                                               "inbox passed\nsent passed\nidle passed\n"));
        QVERIFY(report.usable());
        QCOMPARE(report.sentFolder, std::string("Gesendete Objekte"));
        QCOMPARE(report.of(CheckStep::Inbox).detail, std::string("4"));
        QCOMPARE(heard.size(), std::size_t(9));
        QVERIFY(std::is_sorted(heard.begin(), heard.end()));
        for (const auto& command : smtp.commands())
            QVERIFY2(!command.starts_with("MAIL"), command.c_str()); // nothing is sent
    }

    void a_wrong_password_fails_the_sign_in_and_the_other_server_is_tried() {
        FaultSmtpServer smtp;
        smtp.offer("AUTH PLAIN");
        smtp.add({At::Auth, Action::Reply, "535 5.7.8 no", -1, -1, -1});
        ScriptedImapServer imap(mailbox);
        const auto report = check(settings(smtp.port(), imap.port()));
        QCOMPARE(report.of(CheckStep::SmtpConnect).state, CheckState::Passed);
        QCOMPARE(report.of(CheckStep::SmtpSignIn).state, CheckState::Failed);
        QCOMPARE(report.of(CheckStep::SmtpSignIn).error->code, ErrorCode::AuthFailed);
        QCOMPARE(report.of(CheckStep::ImapSignIn).state, CheckState::Passed);
        QVERIFY(!report.usable());
    }

    void a_server_that_is_not_there_fails_the_first_step() {
        int nobody = 0;
        {
            FaultSmtpServer gone;
            nobody = gone.port();
        }
        FaultSmtpServer smtp;
        const auto report = check(settings(smtp.port(), nobody));
        QCOMPARE(report.of(CheckStep::ImapConnect).state, CheckState::Failed);
        QCOMPARE(report.of(CheckStep::ImapConnect).error->code, ErrorCode::ConnectionRefused);
        QCOMPARE(report.of(CheckStep::ImapSignIn).state, CheckState::Skipped);
        QCOMPARE(report.of(CheckStep::Idle).state, CheckState::Skipped);
        QCOMPARE(report.results.size(), std::size_t(9));
    }

    void what_works_without_is_missing_and_not_failed() {
        FaultSmtpServer smtp;
        smtp.offer("AUTH PLAIN");
        ScriptedImapServer imap(
            [](const std::string& command) -> Reply {
                if (command.starts_with("LIST"))
                    return {"* LIST () \"/\" INBOX\r\n$ OK done\r\n"};
                return mailbox(command);
            },
            "IMAP4rev1 AUTH=PLAIN");
        const auto report = check(settings(smtp.port(), imap.port()));
        QCOMPARE(report.of(CheckStep::Sent).state, CheckState::Missing);
        QCOMPARE(report.of(CheckStep::Idle).state, CheckState::Missing);
        QVERIFY(report.usable());
    }

    void an_inbox_that_is_not_there_fails() {
        FaultSmtpServer smtp;
        smtp.offer("AUTH PLAIN");
        ScriptedImapServer imap([](const std::string& command) -> Reply {
            if (command.starts_with("EXAMINE"))
                return {"$ NO [NONEXISTENT] no\r\n"};
            return mailbox(command);
        });
        const auto report = check(settings(smtp.port(), imap.port()));
        QCOMPARE(report.of(CheckStep::Inbox).error->code, ErrorCode::NotFound);
        QCOMPARE(report.of(CheckStep::Sent).state, CheckState::Passed);
    }

    void a_silent_server_times_out_where_it_falls_silent() {
        FaultSmtpServer smtp;
        smtp.add({At::Greeting, Action::Stall, {}, -1, -1, -1});
        ScriptedImapServer imap(mailbox);
        const auto report = check(settings(smtp.port(), imap.port()));
        QCOMPARE(report.of(CheckStep::SmtpConnect).state, CheckState::Failed);
        QCOMPARE(report.of(CheckStep::SmtpConnect).error->code, ErrorCode::TimedOut);
    }

    void a_cancelled_check_ends() {
        Progress progress;
        progress.cancel();
        const auto report = check(settings(1, 1), progress);
        QCOMPARE(report.results.size(), std::size_t(9));
        QCOMPARE(report.of(CheckStep::SmtpConnect).error->code, ErrorCode::Cancelled);
        QCOMPARE(report.of(CheckStep::ImapConnect).error->code, ErrorCode::Cancelled);
    }
};

OUTRIDER_TEST(AccountCheckTest)
#include "account_check_test.moc"
