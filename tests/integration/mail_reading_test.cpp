// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/account_check.h"
#include "core/transport/imap_source.h"
#include "integration/mail_fixture.h"
#include "support/mail_text.h"
#include "support/test_registry.h"

#include <QProcess>

#include <thread>

using namespace outrider;
using namespace outrider::transport;
using outrider::test::crlf;
using outrider::test::MailFixture;

// Against a real Dovecot.
class MailReadingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { QVERIFY2(m_mail.server.start(), m_mail.server.error().c_str()); }

    void fetching_leaves_mail_unread() {
        const auto mail = MailFixture::mail("bob@example.test", nextId());
        QVERIFY(m_mail.send(mail).kind == SendKind::Sent);
        QVERIFY(m_mail.find("bob", "Message-ID", mail.messageId).has_value());
        auto session = m_mail.open("bob");
        VERIFY_OK(session);
        const auto folder = (*session)->examine("INBOX", m_mail.progress);
        VERIFY_OK(folder);
        QVERIFY(folder->exists > 0);
        (*session)->logout(m_mail.progress);
        QCOMPARE(unseen("bob"), folder->exists);
    }

    void new_mail_comes_once_and_oldest_first() {
        ImapSource source(imapLogin(m_mail.server.mailbox("carol")), m_mail.server.secret());
        MailCursor cursor;
        std::vector<std::string> ids;
        for (int i = 0; i < 3; ++i) {
            const auto mail = MailFixture::mail("carol@example.test", nextId());
            ids.push_back(mail.messageId);
            QVERIFY(m_mail.send(mail).kind == SendKind::Sent);
            QVERIFY(m_mail.find("carol", "Message-ID", mail.messageId).has_value());
        }
        std::vector<std::string> got;
        const auto sink = [&](std::uint32_t, Instant at, std::string_view raw) {
            got.push_back(parse(raw).messageId);
            return at > Instant{};
        };
        const auto report = source.fetchNew(cursor, {}, sink, m_mail.progress);
        VERIFY_OK(report);
        QVERIFY(got == ids);
        got.clear();
        const auto again = source.fetchNew(report->cursor, {}, sink, m_mail.progress);
        VERIFY_OK(again);
        QVERIFY(got.empty());
        QVERIFY(again->cursor == report->cursor);
    }

    void large_mails_with_many_literals_are_read() {
        std::vector<std::string> ids;
        for (int i = 0; i < 4; ++i) {
            const std::string id = nextId();
            ids.push_back(id);
            std::string raw = "From: alice@example.test\r\nTo: bob@example.test\r\nDate: Thu, 19 Nov 2026 "
                              "08:00:00 +0000\r\nMessage-ID: <"
                              + id + ">\r\nSubject: large\r\n\r\n";
            raw += crlf(QByteArray(") {9}\nlines of a mail that goes on and on and on\n").repeated(40'000).toStdString());
            QVERIFY(m_mail.sendRaw(raw, "bob@example.test").kind == SendKind::Sent);
            const auto stored = m_mail.find("bob", "Message-ID", id);
            QVERIFY(stored.has_value());
            QVERIFY(stored->ends_with(raw));
        }
        auto session = m_mail.open("bob");
        VERIFY_OK(session);
        VERIFY_OK((*session)->examine("INBOX", m_mail.progress));
        const auto uids = (*session)->searchHeader("Subject", "large", m_mail.progress);
        VERIFY_OK(uids);
        QCOMPARE(uids->size(), ids.size());
        std::size_t cut = 0;
        VERIFY_OK((*session)->fetch(
            *uids, 1000,
            [&](const FetchedMail& mail) {
                cut += mail.raw.size() == 1000 && mail.size > 1'000'000 ? 1 : 0;
                return true;
            },
            m_mail.progress));
        QCOMPARE(cut, ids.size());
    }

    void idle_is_woken_by_a_mail() {
        ImapSource source(imapLogin(m_mail.server.mailbox("carol")), m_mail.server.secret());
        const auto read = source.fetchNew(
            {}, {}, [](std::uint32_t, Instant, std::string_view) { return true; }, m_mail.progress);
        VERIFY_OK(read);
        std::thread sender([&] { m_mail.send(MailFixture::mail("carol@example.test", nextId())); });
        // Whether it comes before or after the folder is opened, it ends the wait.
        const auto end = source.waitForMail(read->cursor, std::chrono::seconds(60), m_mail.progress);
        sender.join();
        VERIFY_OK(end);
        QVERIFY(*end == WaitEnd::NewMail);
        std::size_t fetched = 0;
        VERIFY_OK(source.fetchNew(
            read->cursor, {}, [&](std::uint32_t, Instant, std::string_view) { return ++fetched > 0; }, m_mail.progress));
        QCOMPARE(fetched, std::size_t(1));
    }

    void idle_is_ended_by_wish() {
        Progress stop;
        ImapSource source(imapLogin(m_mail.server.mailbox("away")), m_mail.server.secret());
        const auto read = source.fetchNew(
            {}, {}, [](std::uint32_t, Instant, std::string_view) { return true; }, m_mail.progress);
        VERIFY_OK(read);
        std::thread stopper([&] { stop.cancel(); });
        const auto end = source.waitForMail(read->cursor, std::chrono::minutes(10), stop);
        stopper.join();
        // Before IDLE had begun it is cancelled, after that stopped.
        QVERIFY(end ? *end == WaitEnd::Stopped : end.error().code == ErrorCode::Cancelled);
        const auto usable = source.waitForMail(read->cursor, std::chrono::milliseconds(1), m_mail.progress);
        VERIFY_OK(usable);
        QVERIFY(*usable == WaitEnd::TimedOut);
    }

    void a_folder_made_anew_is_read_from_the_start() {
        const std::string raw = crlf("Message-ID: <" + nextId() + ">\nSubject: old\n\nx\n");
        auto session = m_mail.open("alice");
        VERIFY_OK(session);
        VERIFY_OK((*session)->append("Ablage", raw, *parseIso8601("2026-11-19T08:00"), m_mail.progress));
        ImapSource source(imapLogin(m_mail.server.mailbox("alice")), m_mail.server.secret(), "Ablage");
        int count = 0;
        const auto sink = [&](std::uint32_t, Instant, std::string_view) { return ++count > 0; };
        const auto first = source.fetchNew({}, {}, sink, m_mail.progress);
        VERIFY_OK(first);
        QCOMPARE(count, 1);
        QVERIFY(m_mail.server.recreateFolder("alice", "Ablage"));
        VERIFY_OK((*session)->append("Ablage", raw, *parseIso8601("2026-11-19T08:00"), m_mail.progress));
        source.disconnect(m_mail.progress); // else this connection still sees the folder that is gone
        const auto second = source.fetchNew(first->cursor, {}, sink, m_mail.progress);
        VERIFY_OK(second);
        QVERIFY(second->startedOver);
        QCOMPARE(count, 2);
        QVERIFY(second->cursor.uidValidity != first->cursor.uidValidity);
    }

    void only_mail_of_the_wanted_days_is_read_at_first() {
        auto session = m_mail.open("alice");
        VERIFY_OK(session);
        QVERIFY(m_mail.server.recreateFolder("alice", "Ablage"));
        for (const char* day : {"2026-01-05", "2026-11-18", "2026-11-20"})
            VERIFY_OK((*session)->append("Ablage", crlf(std::string("Subject: ") + day + "\n\nx\n"), *parseIso8601(day),
                                         m_mail.progress));
        ImapSource source(imapLogin(m_mail.server.mailbox("alice")), m_mail.server.secret(), "Ablage");
        std::vector<std::string> subjects;
        FetchLimits limits;
        limits.since = std::chrono::year(2026) / 11 / 1;
        const auto report = source.fetchNew(
            {}, limits,
            [&](std::uint32_t, Instant, std::string_view raw) {
                subjects.push_back(parse(raw).subject);
                return true;
            },
            m_mail.progress);
        VERIFY_OK(report);
        QVERIFY((subjects == std::vector<std::string>{"2026-11-18", "2026-11-20"}));
    }

    void a_closed_stretch_of_days_is_read_piece_by_piece() {
        auto session = m_mail.open("alice");
        VERIFY_OK(session);
        QVERIFY(m_mail.server.recreateFolder("alice", "Ablage"));
        for (const char* day : {"2026-01-05", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-21"})
            VERIFY_OK((*session)->append("Ablage", crlf(std::string("Subject: ") + day + "\n\nx\n"), *parseIso8601(day),
                                         m_mail.progress));
        ImapSource source(imapLogin(m_mail.server.mailbox("alice")), m_mail.server.secret(), "Ablage");
        FetchLimits limits;
        limits.mails = 2;
        limits.since = std::chrono::year(2026) / 11 / 1;
        limits.before = std::chrono::year(2026) / 11 / 20;
        std::vector<std::string> subjects;
        MailCursor cursor;
        std::vector<std::size_t> ahead;
        for (bool more = true; more;) {
            const auto report = source.fetchNew(
                cursor, limits,
                [&](std::uint32_t, Instant, std::string_view raw) {
                    subjects.push_back(parse(raw).subject);
                    return true;
                },
                m_mail.progress);
            VERIFY_OK(report);
            cursor = report->cursor;
            more = report->more;
            ahead.push_back(report->ahead);
        }
        QVERIFY((subjects == std::vector<std::string>{"2026-11-17", "2026-11-18", "2026-11-19"}));
        QVERIFY((ahead == std::vector<std::size_t>{1, 0}));
    }

    void a_folder_that_has_not_changed_is_not_looked_through() {
        auto session = m_mail.open("alice");
        VERIFY_OK(session);
        QVERIFY((*session)->has("CONDSTORE"));
        QVERIFY(m_mail.server.recreateFolder("alice", "Ablage"));
        VERIFY_OK((*session)->append("Ablage", crlf("Subject: one\n\nx\n"), *parseIso8601("2026-11-19"), m_mail.progress));
        ImapSource source(imapLogin(m_mail.server.mailbox("alice")), m_mail.server.secret(), "Ablage");
        int count = 0;
        const auto sink = [&](std::uint32_t, Instant, std::string_view) { return ++count > 0; };
        const auto first = source.fetchNew({}, {}, sink, m_mail.progress);
        VERIFY_OK(first);
        QVERIFY(first->cursor.modSeq > 0);
        const auto same = source.fetchNew(first->cursor, {}, sink, m_mail.progress);
        VERIFY_OK(same);
        QVERIFY(same->cursor == first->cursor);
        VERIFY_OK((*session)->append("Ablage", crlf("Subject: two\n\nx\n"), *parseIso8601("2026-11-19"), m_mail.progress));
        const auto second = source.fetchNew(same->cursor, {}, sink, m_mail.progress);
        VERIFY_OK(second);
        QVERIFY(second->cursor.modSeq > first->cursor.modSeq);
        QCOMPARE(count, 2);
    }

    void the_folder_of_sent_mail_is_found_and_read() {
        auto session = m_mail.open("alice");
        VERIFY_OK(session);
        VERIFY_OK((*session)->append("Gesendete Objekte", crlf("Subject: by another program\n\nx\n"), *parseIso8601("2026-11-19"),
                                     m_mail.progress));
        ImapSource source(imapLogin(m_mail.server.mailbox("alice")), m_mail.server.secret(), ImapSource::sentMail);
        bool found = false;
        VERIFY_OK(source.fetchNew(
            {}, {},
            [&](std::uint32_t, Instant, std::string_view raw) {
                found = found || parse(raw).subject == "by another program";
                return true;
            },
            m_mail.progress));
        QVERIFY(found);
    }

    void a_sent_copy_is_filed_once() {
        ImapSource source(imapLogin(m_mail.server.mailbox("alice")), m_mail.server.secret());
        const auto mail = MailFixture::mail("bob@example.test", nextId());
        const auto raw = render(mail);
        VERIFY_OK(raw);
        const auto before = source.isInSent("", mail.messageId, m_mail.progress);
        VERIFY_OK(before);
        QVERIFY(!*before);
        bool there = true;
        VERIFY_OK(source.fileSent("", *raw, mail.messageId, mail.date, m_mail.progress, &there));
        QVERIFY(!there);
        const auto after = source.isInSent("Gesendete Objekte", mail.messageId, m_mail.progress);
        VERIFY_OK(after);
        QVERIFY(*after);
        VERIFY_OK(source.fileSent("", *raw, mail.messageId, mail.date, m_mail.progress, &there));
        QVERIFY(there);
        auto session = m_mail.open("alice");
        VERIFY_OK(session);
        VERIFY_OK((*session)->examine("Gesendete Objekte", m_mail.progress));
        const auto uids = (*session)->searchHeader("Message-ID", mail.messageId, m_mail.progress);
        VERIFY_OK(uids);
        QCOMPARE(uids->size(), std::size_t(1));
        VERIFY_OK((*session)->fetch(
            *uids, 1'000'000,
            [&](const FetchedMail& copy) {
                m_copy = copy;
                return true;
            },
            m_mail.progress));
        QCOMPARE(m_copy.raw, *raw);
        QVERIFY(m_copy.internalDate == mail.date);
    }

    void a_copy_the_provider_renamed_is_recognised_data() {
        QTest::addColumn<QByteArray>("header"); // what it keeps of ours; %1 is the id, %2 the id without its domain
        QTest::addColumn<bool>("found");
        QTest::newRow("Gmail") << QByteArray("X-Google-Original-Message-ID: <%1>") << true;
        QTest::newRow("Outlook") << QByteArray("X-Microsoft-Original-Message-ID: <%1>") << true;
        QTest::newRow("Amazon SES, which keeps nothing but what it does not know") << QByteArray("X-Outrider-Id: %2") << true;
        QTest::newRow("another message") << QByteArray("X-Outrider-Id: of-another-message") << false;
        QTest::newRow("Its answer, filed there too") << QByteArray("In-Reply-To: <%1>") << false;
    }

    void a_copy_the_provider_renamed_is_recognised() {
        QFETCH(QByteArray, header);
        QFETCH(bool, found);
        auto session = m_mail.open("alice");
        VERIFY_OK(session);
        const std::string tracking = "tracked-" + std::string(QTest::currentDataTag()).substr(0, 3) + "-0123456789abcdef";
        const std::string ours = tracking + "@harborline.example";
        header.replace("%1", QByteArray::fromStdString(ours)).replace("%2", QByteArray::fromStdString(tracking));
        VERIFY_OK((*session)->append("Gesendete Objekte",
                                     crlf("Message-ID: <theirs@provider.example>\n" + header.toStdString() + "\n\nx\n"),
                                     *parseIso8601("2026-11-19"), m_mail.progress));
        ImapSource source(imapLogin(m_mail.server.mailbox("alice")), m_mail.server.secret());
        const auto seen = source.isInSent("", ours, m_mail.progress);
        VERIFY_OK(seen);
        QCOMPARE(*seen, found);
    }

    void folders_are_found_under_the_names_people_read() {
        auto session = m_mail.open("alice");
        VERIFY_OK(session);
        const auto folders = (*session)->list(m_mail.progress);
        VERIFY_OK(folders);
        const auto named = [&](const std::string& name) {
            return std::any_of(folders->begin(), folders->end(), [&](const auto& folder) { return folder.name == name; });
        };
        QVERIFY(named("INBOX"));
        QVERIFY(named("Entwürfe"));
        QCOMPARE(sentFolder(*folders)->name, std::string("Gesendete Objekte"));
        const auto missing = (*session)->examine("Gibt es nicht", m_mail.progress);
        QVERIFY2(!missing && missing.error().code == ErrorCode::NotFound, missing.error().detail.c_str());
    }

    void every_way_to_sign_in_works_data() {
        QTest::addColumn<int>("tls");
        QTest::addColumn<int>("auth");
        QTest::newRow("tls, plain") << int(TlsMode::Implicit) << int(AuthMethod::Plain);
        QTest::newRow("starttls, plain") << int(TlsMode::StartTls) << int(AuthMethod::Plain);
        QTest::newRow("starttls, login") << int(TlsMode::StartTls) << int(AuthMethod::Login);
        QTest::newRow("tls, xoauth2") << int(TlsMode::Implicit) << int(AuthMethod::XOAuth2);
        QTest::newRow("loopback without tls") << int(TlsMode::None) << int(AuthMethod::Plain);
    }

    void every_way_to_sign_in_works() {
        QFETCH(int, tls);
        QFETCH(int, auth);
        auto login = imapLogin(m_mail.server.mailbox("alice"));
        login.auth = AuthMethod(auth);
        login.server.tls = TlsMode(tls);
        if (login.server.tls != TlsMode::Implicit)
            login.server.port = m_mail.server.imapPort();
        const std::string secret =
            login.auth == AuthMethod::XOAuth2 ? m_mail.server.accessToken("alice", 600) : m_mail.server.password();
        VERIFY_OK(ImapSession::connect(
            login, [&]() -> Result<SecureBytes> { return SecureBytes(secret); }, {}, m_mail.progress));
    }

    void what_cannot_be_trusted_or_opened_is_told_apart() {
        auto login = imapLogin(m_mail.server.mailbox("alice"));
        const auto connect = [&](const std::string& secret) {
            return ImapSession::connect(
                login, [&]() -> Result<SecureBytes> { return SecureBytes(secret); }, {}, m_mail.progress);
        };
        VERIFY_ERROR(connect("not-the-password"), ErrorCode::AuthFailed);
        login.auth = AuthMethod::XOAuth2;
        VERIFY_ERROR(connect(m_mail.server.accessToken("alice", -60)), ErrorCode::AuthFailed);
        login.auth = AuthMethod::Plain;
        login.caFile.clear();
        VERIFY_ERROR(connect(m_mail.server.password()), ErrorCode::CertificateInvalid);
        login.caFile = "/nowhere/ca.pem";
        VERIFY_ERROR(connect(m_mail.server.password()), ErrorCode::FileUnreadable);
        login.caFile = m_mail.server.caFile();
        login.server.port = m_mail.server.imapPort(); // speaks no TLS from the start
        VERIFY_ERROR(connect(m_mail.server.password()), ErrorCode::TlsFailed);
        login.server.port = 1;
        VERIFY_ERROR(connect(m_mail.server.password()), ErrorCode::ConnectionRefused);
    }

    void good_settings_pass_the_connection_test() {
        const auto report = checkAccount(m_mail.server.mailbox("alice"), m_mail.server.secret(), {}, m_mail.progress);
        for (const auto& result : report.results)
            QVERIFY2(result.state == CheckState::Passed, std::string(name(result.step)).c_str());
        QCOMPARE(report.sentFolder, std::string("Gesendete Objekte"));
        for (const CheckStep step : {CheckStep::SmtpTls, CheckStep::ImapTls}) {
            QVERIFY2(report.of(step).detail == "TLSv1.3", report.of(step).detail.c_str());
            QVERIFY(report.of(step).certificateUntil.has_value());
            const auto left = *report.of(step).certificateUntil - SystemClock().now();
            QVERIFY(left > std::chrono::days(28) && left < std::chrono::days(31));
        }
    }

    void wrong_settings_fail_at_their_step() {
        auto mailbox = m_mail.server.mailbox("alice");
        const auto wrong = checkAccount(
            mailbox, []() -> Result<SecureBytes> { return SecureBytes("not-the-password"); }, {}, m_mail.progress);
        QCOMPARE(wrong.of(CheckStep::SmtpTls).state, CheckState::Passed);
        QCOMPARE(wrong.of(CheckStep::SmtpSignIn).error->code, ErrorCode::AuthFailed);
        QCOMPARE(wrong.of(CheckStep::ImapTls).state, CheckState::Passed);
        QCOMPARE(wrong.of(CheckStep::ImapSignIn).error->code, ErrorCode::AuthFailed);
        QVERIFY(!wrong.usable());
        mailbox.caFile.clear();
        const auto untrusted = checkAccount(mailbox, m_mail.server.secret(), {}, m_mail.progress);
        QCOMPARE(untrusted.of(CheckStep::SmtpConnect).state, CheckState::Passed);
        QCOMPARE(untrusted.of(CheckStep::SmtpTls).error->code, ErrorCode::CertificateInvalid);
        QCOMPARE(untrusted.of(CheckStep::ImapConnect).state, CheckState::Passed);
        QCOMPARE(untrusted.of(CheckStep::ImapTls).error->code, ErrorCode::CertificateInvalid);
        QCOMPARE(untrusted.of(CheckStep::Inbox).state, CheckState::Skipped);
    }

private:
    std::string nextId() { return "reading-" + std::to_string(++m_ids) + "@outrider.example"; }

    // Asked by another program than ours.
    std::uint32_t unseen(const std::string& user) {
        QProcess curl;
        curl.start(QStringLiteral("curl"),
                   {QStringLiteral("-sS"), QStringLiteral("--cacert"), QString::fromStdString(m_mail.server.caFile()),
                    QStringLiteral("-u"), QString::fromStdString(user + "@example.test:" + m_mail.server.password()),
                    QStringLiteral("-X"), QStringLiteral("SEARCH UNSEEN"),
                    QStringLiteral("imaps://localhost:%1/INBOX").arg(m_mail.server.imapsPort())});
        curl.waitForFinished();
        const auto words = curl.readAllStandardOutput().simplified().split(' ');
        return std::uint32_t(words.size() - 2); // "* SEARCH 1 2 3"
    }

    MailFixture m_mail;
    FetchedMail m_copy;
    int m_ids = 0;
};

OUTRIDER_TEST(MailReadingTest)
#include "mail_reading_test.moc"
