// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/mail_fixture.h"
#include "support/cli_process.h"
#include "support/test_registry.h"

#include <QFile>

#include <csignal>
#include <map>
#include <set>

using namespace outrider;
using namespace outrider::transport;
using nlohmann::json;
using outrider::test::CliProcess;
using outrider::test::MailFixture;

// The whole day on the command line, each command a process of its own, with real Postfix and Dovecot:
// what the program is for.
class DayCliTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(m_mail.server.start(), m_mail.server.error().c_str());
        m_day = workday();
        m_backOn = m_day + std::chrono::days(21);
        m_cli.setNow(at("09:00"));
    }

    // ── the morning: a fresh home, an export, a strategy ────────────────────────────────────────
    void a_workspace_is_created_in_a_fresh_home() {
        const auto init = m_cli.run({q("init"), q("--name"), q("Harborline"), q("--person"), q("Alice Wörner"), q("--email"), q("alice@example.test")});
        QVERIFY2(init.ok(), init.errors.constData());
        QVERIFY(init.data().at("recovery_code").get<std::string>().size() > 20);
        QVERIFY2(m_cli.run({q("profile"), q("--zone"), q("Europe/Berlin")}).ok(), "the zone is taken");
        QFile store(m_cli.path(q("day.outrider")));
        QVERIFY(store.open(QIODevice::ReadOnly));
        QVERIFY(!store.read(16).startsWith("SQLite format 3"));
    }

    void a_thousand_rows_of_a_hubspot_export_come_in() {
        const QString file = m_cli.write(q("hubspot.csv"), hubspotExport());
        const auto preview = m_cli.run({q("import"), file, q("--preview")});
        QVERIFY2(preview.ok(), preview.errors.constData());
        QCOMPARE(preview.data().at("format").get<std::string>(), std::string("hubspot_contacts"));
        QCOMPARE(preview.data().at("rows").get<int>(), 1000);
        QCOMPARE(preview.data().at("new").get<int>(), 999);
        QCOMPARE(preview.data().at("errors").get<int>(), 1);
        QCOMPARE(leadCount(), 0); // a preview changes nothing

        const auto before = hash();
        const auto imported = m_cli.run({q("import"), file});
        QVERIFY2(imported.ok(), imported.errors.constData());
        QCOMPARE(leadCount(), 999);
        const auto undone = m_cli.run({q("undo")});
        QVERIFY2(undone.ok(), undone.errors.constData());
        QCOMPARE(leadCount(), 0);
        QCOMPARE(hash(), before);
        QVERIFY(m_cli.run({q("redo")}).ok());
        QCOMPARE(leadCount(), 999);
    }

    void a_mailbox_is_tried_before_it_is_taken() {
        const QString wrong = m_cli.write(q("wrong"), "not the password\n");
        auto refused = m_cli.run(mailboxAdd(wrong));
        QCOMPARE(refused.exitCode, 1);
        QCOMPARE(refused.document.at("error").at("code").get<std::string>(), std::string("auth_failed"));
        const QString secret = m_cli.write(q("secret"), QByteArray::fromStdString(m_mail.server.password()) + "\n");
        const auto added = m_cli.run(mailboxAdd(secret));
        QVERIFY2(added.ok(), added.errors.constData());
        const auto checked = m_cli.run({q("mailbox"), q("check"), q("alice@example.test")});
        QVERIFY2(checked.ok(), checked.errors.constData());
    }

    void fifty_leads_start_a_strategy_of_four_steps() {
        const QString file = m_cli.write(q("strategy.json"), strategy("Dock delays"));
        const auto taken = m_cli.run({q("strategy"), q("import"), file});
        QVERIFY2(taken.ok(), taken.errors.constData());
        QCOMPARE(taken.data().at("steps").get<int>(), 4);
        const auto enrolled = m_cli.run({q("strategy"), q("enrol"), q("Dock delays"), q("--filter"), q("city:Rostock")});
        QVERIFY2(enrolled.ok(), enrolled.errors.constData());
        QCOMPARE(enrolled.data().at("enrolled").get<int>(), 50);
    }

    // ── the queue ───────────────────────────────────────────────────────────────────────────────
    void todays_queue_holds_them_and_is_worked() {
        const auto queue = m_cli.run({q("queue"), q("--limit"), q("1000")});
        QVERIFY2(queue.ok(), queue.errors.constData());
        QCOMPARE(queue.data().at("counts").at("total").get<int>(), 50);
        QCOMPARE(queue.data().at("counts").at("email").get<int>(), 50);
        const auto answer = m_cli.run(QStringList{q("task"), q("done")} + tasksOf(queue.data()));
        QVERIFY2(answer.ok(), answer.errors.constData());
        QCOMPARE(m_cli.run({q("queue")}).data().at("counts").at("total").get<int>(), 0);
        // In the undo window nothing leaves.
        const auto early = m_cli.run({q("send"), q("run")});
        QVERIFY2(early.ok(), early.errors.constData());
        QCOMPARE(early.data().at("sent").get<int>(), 0);
        QCOMPARE(m_cli.run({q("outbox"), q("list")}).data().at("waiting").get<int>(), 50);
    }

    void the_messages_reach_the_real_server_with_correct_mime() {
        m_cli.setNow(at("09:01"));
        const auto sent = m_cli.run({q("send"), q("run")});
        QVERIFY2(sent.ok(), sent.errors.constData());
        QCOMPARE(sent.data().at("sent").get<int>(), 50);
        const auto messages = messagesOf("bob", 46);
        QCOMPARE(int(messages.size()), 46);
        std::set<std::string> recipients;
        for (const ParsedMail& mail : messages) {
            recipients.insert(mail.to.at(0).address);
            QCOMPARE(mail.from.address, std::string("alice@example.test"));
            QCOMPARE(mail.from.name, std::string("Alice Wörner"));
            QVERIFY(mail.headers.first("Message-ID").size() > 10);
            QVERIFY(mail.headers.first("MIME-Version") == "1.0");
            QVERIFY(!mail.headers.first("List-Unsubscribe").empty());
            QVERIFY2(mail.subject.starts_with("Wartezeiten für Müller"), mail.subject.c_str());
            QVERIFY2(mail.text.starts_with("Grüß Gott Jörg"), mail.text.c_str());
        }
        QCOMPARE(int(recipients.size()), 46); // nobody got two
    }

    // ── what comes back ─────────────────────────────────────────────────────────────────────────
    void a_reply_a_bounce_and_an_absence_come_back() {
        const auto first = m_mail.find("carol", "To", "carol@example.test");
        QVERIFY(first.has_value());
        const ParsedMail theirs = parse(*first);
        OutgoingMail reply = MailFixture::mail("alice@example.test", "answer-1@example.test");
        reply.fromName = "Carol Brandt";
        reply.fromAddress = "carol@example.test";
        reply.subject = "Re: " + theirs.subject;
        reply.text = "Guten Tag,\n\ndas Thema passt. Dienstag um 14 Uhr?\n\nCarol Brandt\n\nAm 19.11.2026 schrieb Alice Wörner:\n> Grüß Gott\n";
        reply.inReplyTo = trimmed(theirs.headers.first("Message-ID"));
        reply.references = {reply.inReplyTo};
        QVERIFY(m_mail.send(reply, "carol").kind == SendKind::Sent);

        // As Exchange answers for who is away. (Dovecot's vacation rightly keeps quiet towards mail with
        // List-Unsubscribe, RFC 5230; mail_answers_test has its answer.)
        const auto toAway = m_mail.find("away", "To", "away@example.test");
        QVERIFY(toAway.has_value());
        const ParsedMail step = parse(*toAway);
        OutgoingMail absence = MailFixture::mail("alice@example.test", "absence-1@example.test");
        absence.fromAddress = "away@example.test";
        absence.subject = "Automatische Antwort: " + step.subject;
        absence.text = "Guten Tag,\n\nich bin bis zum " + german(m_backOn) + " nicht im Büro.\n";
        absence.inReplyTo = trimmed(step.headers.first("Message-ID"));
        absence.extra = {{"Auto-Submitted", "auto-replied"}, {"X-Auto-Response-Suppress", "All"}};
        QVERIFY(m_mail.send(absence, "away").kind == SendKind::Sent);

        // Postfix returns the bounces by itself; all of them must have arrived.
        QVERIFY(m_mail.find("alice", "From", "carol@example.test").has_value());
        QVERIFY(m_mail.find("alice", "From", "away@example.test").has_value());
        QVERIFY(reportsArrive(2));

        m_cli.setNow(at("11:00"));
        const auto fetched = m_cli.run({q("inbox"), q("fetch")});
        QVERIFY2(fetched.ok(), fetched.errors.constData());
        QCOMPARE(fetched.data().at("replies").get<int>(), 1);
        QCOMPARE(fetched.data().at("bounces").get<int>(), 2);
        QCOMPARE(fetched.data().at("auto_replies").get<int>(), 1);
        // Read again: nothing twice.
        QCOMPARE(m_cli.run({q("inbox"), q("fetch")}).data().at("fetched").get<int>(), 0);
    }

    void the_reply_stops_the_strategy() {
        const json lead = leadBy("carol@example.test");
        QCOMPARE(lead.at("status").get<std::string>(), std::string("replied"));
        QCOMPARE(lead.at("enrolments").at(0).at("state").get<std::string>(), std::string("stopped"));
        QCOMPARE(lead.at("enrolments").at(0).at("stop_reason").get<std::string>(), std::string("reply"));
        QVERIFY(strategyTasks(lead).empty());
        const json* entry = find(lead.at("timeline"), "kind", "email_received");
        QVERIFY(entry != nullptr);
        QCOMPARE(entry->at("message").at("text").get<std::string>(), std::string("Guten Tag,\n\ndas Thema passt. Dienstag um 14 Uhr?\n\nCarol Brandt"));
        const auto inbox = m_cli.run({q("inbox"), q("list")});
        QCOMPARE(int(inbox.data().at("messages").size()), 1);
    }

    void the_hard_bounce_suppresses_the_address() {
        const json lead = leadBy("nobody@remote.test");
        QCOMPARE(lead.at("reach").get<std::string>(), std::string("bounced"));
        QVERIFY(lead.at("suppressed").get<bool>());
        QCOMPARE(lead.at("enrolments").at(0).at("state").get<std::string>(), std::string("stopped"));
        QVERIFY(find(lead.at("timeline"), "kind", "bounce") != nullptr);
        const auto list = m_cli.run({q("suppress"), q("list")});
        QVERIFY(list.document.dump().find("nobody@remote.test") != std::string::npos);
    }

    void the_full_mailbox_is_told_but_not_suppressed() {
        const json lead = leadBy("full@remote.test");
        QVERIFY(!lead.at("suppressed").get<bool>());
        QVERIFY(find(lead.at("timeline"), "kind", "bounce") != nullptr);
    }

    void the_absence_moves_the_next_step_to_the_day_they_are_back() {
        const json lead = leadBy("away@example.test");
        QVERIFY(find(lead.at("timeline"), "kind", "auto_reply") != nullptr);
        const std::string until = toIsoDate(m_backOn);
        const json& enrolment = lead.at("enrolments").at(0);
        QVERIFY2(enrolment.at("state").get<std::string>() != "stopped", "the strategy goes on");
        for (const json& task : lead.at("tasks"))
            QVERIFY2(task.at("due").get<std::string>() >= until, task.dump().c_str());
        if (lead.at("tasks").empty()) {
            QVERIFY(enrolment.at("paused_until").is_string());
            QVERIFY2(enrolment.at("paused_until").get<std::string>() >= until, enrolment.dump().c_str());
        }
    }

    void the_next_step_comes_on_its_day_for_the_others_alone() {
        // Step 2 is a call two business days later: Thursday.
        const std::string thursday = toIsoDate(m_day + std::chrono::days(2));
        const auto queue = m_cli.run({q("queue"), q("--date"), QString::fromStdString(thursday), q("--limit"), q("1000")});
        QVERIFY2(queue.ok(), queue.errors.constData());
        QCOMPARE(int(queue.data().at("tasks").size()), 50 - 3); // a full mailbox does not end a strategy
        for (const json& task : queue.data().at("tasks")) {
            QCOMPARE(task.at("channel").get<std::string>(), std::string("call"));
            QCOMPARE(task.at("step").get<int>(), 2);
        }
        // And tomorrow, Wednesday, there is nothing.
        const auto tomorrow = m_cli.run({q("queue"), q("--date"), q("tomorrow")});
        QCOMPARE(int(tomorrow.data().at("tasks").size()), 0);
        const auto doctor = m_cli.run({q("doctor")});
        QVERIFY2(doctor.ok(), doctor.document.dump().c_str());
    }

    // ── the battery dies ────────────────────────────────────────────────────────────────────────
    void killed_in_the_middle_of_two_hundred_sends_each_gets_at_most_one() {
        const QString file = m_cli.write(q("batch.json"), strategy("Batch"));
        QVERIFY(m_cli.run({q("strategy"), q("import"), file}).ok());
        const auto enrolled = m_cli.run({q("strategy"), q("enrol"), q("Batch"), q("--filter"), q("city:Bremen")});
        QVERIFY2(enrolled.ok(), enrolled.errors.constData());
        QCOMPARE(enrolled.data().at("enrolled").get<int>(), 200);
        const auto queue = m_cli.run({q("queue"), q("--limit"), q("1000")});
        QCOMPARE(queue.data().at("counts").at("email").get<int>(), 200);
        const auto done = m_cli.run(QStringList{q("task"), q("done")} + tasksOf(queue.data()));
        QVERIFY2(done.ok(), done.errors.constData());

        m_cli.setNow(at("11:05"));
        for (const int arrived : {20, 75, 130}) {
            auto sending = m_cli.start({q("send"), q("run")});
            QVERIFY(sending->waitForStarted());
            QVERIFY(messageCountReaches("bob", 46 + arrived));
            ::kill(pid_t(sending->processId()), SIGKILL);
            QVERIFY(sending->waitForFinished());
            QCOMPARE(sending->exitStatus(), QProcess::CrashExit);
        }
        const auto rest = m_cli.run({q("send"), q("run")});
        QVERIFY2(rest.ok(), rest.errors.constData());

        // Every one is accounted for: sent, or waiting, or named as unknown; nothing is resent by itself.
        const auto states = [&](const char* state) {
            const auto list = m_cli.run({q("outbox"), q("list"), q("--state"), q(state), q("--limit"), q("1000")});
            std::set<std::string> recipients;
            for (const json& row : list.data().at("messages")) {
                if (row.at("strategy") == "Batch")
                    recipients.insert(row.at("recipient").get<std::string>());
            }
            return recipients;
        };
        const auto sent = states("sent");
        const auto unknown = states("unknown");
        const auto waiting = states("queued");
        QCOMPARE(int(sent.size() + unknown.size() + waiting.size()), 200);
        QVERIFY2(unknown.size() <= 3, "at most the one under way at each kill");
        QCOMPARE(int(waiting.size()), 0);

        QVERIFY(messageCountReaches("bob", 46 + int(sent.size())));
        std::map<std::string, int> received;
        for (const ParsedMail& mail : messagesOf("bob", 46 + int(sent.size())))
            ++received[mail.to.at(0).address];
        for (const auto& [recipient, count] : received)
            QVERIFY2(count == 1, recipient.c_str());
        for (const std::string& recipient : sent)
            QVERIFY2(received.contains(recipient), recipient.c_str());
        const auto doctor = m_cli.run({q("doctor")});
        QVERIFY2(doctor.ok(), doctor.document.dump().c_str());
    }

private:
    static QString q(const char* text) { return QString::fromUtf8(text); }

    // The last Tuesday there was: a working day on which the step after also falls on one.
    static std::chrono::sys_days workday() {
        auto day = std::chrono::floor<std::chrono::days>(SystemClock().now());
        while (std::chrono::weekday(day) != std::chrono::Tuesday)
            day -= std::chrono::days(1);
        return day;
    }
    std::string at(const std::string& time) const { return toIsoDate(m_day) + "T" + time + ":00Z"; }

    static std::string german(std::chrono::sys_days day) {
        const std::chrono::year_month_day date(day);
        return std::to_string(unsigned(date.day())) + "." + std::to_string(unsigned(date.month())) + "." + std::to_string(int(date.year()));
    }

    static QByteArray hubspotExport() {
        QByteArray csv = "\xEF\xBB\xBF"
                         "\"Record ID\",\"First Name\",\"Last Name\",\"Email\",\"Phone Number\",\"Contact owner\",\"Lead Status\","
                         "\"Create Date\",\"Job Title\",\"Company Name\",\"City\",\"Country/Region\",\"Original Source\"\r\n";
        for (int i = 1; i <= 1000; ++i) {
            QByteArray email = "bob+" + QByteArray::number(i) + "@example.test";
            QByteArray city = i <= 50 ? "Rostock" : i <= 250 ? "Bremen" : "Kiel";
            if (i == 1)
                email = "carol@example.test";
            else if (i == 2)
                email = "nobody@remote.test";
            else if (i == 3)
                email = "away@example.test";
            else if (i == 4)
                email = "full@remote.test";
            if (i == 700) { // nothing to know anybody by
                csv += "\"700\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"Kiel\",\"Germany\",\"\"\r\n";
                continue;
            }
            csv += "\"" + QByteArray::number(100000 + i) + "\",\"Jörg\",\"Müller " + QByteArray::number(i) + "\",\"" + email
                   + "\",\"+49 381 555" + QByteArray::number(1000 + i) + "\",\"Alice Wörner\",\"NEW\",\"2026-03-02 09:15\",\"Leiter \"\"Versand\"\"\",\"Müller & Söhne "
                   + QByteArray::number(i) + ", GmbH\",\"" + city + "\",\"Germany\",\"Offline Sources\"\r\n";
        }
        return csv;
    }

    static QByteArray strategy(const char* name) {
        const json window{{"days", {1, 2, 3, 4, 5}}, {"from", "08:00"}, {"to", "18:00"}};
        json document{{"name", name},
                      {"business_days", true},
                      {"steps",
                       {{{"channel", "email"},
                         {"day_offset", 0},
                         {"subject", "Wartezeiten für {{company}}"},
                         {"body", "Grüß Gott {{first_name}},\n\nwie lange warten Ihre Fahrer am Tor?\n"}},
                        {{"channel", "call"}, {"day_offset", 2}, {"subject", "Nachfassen"}, {"body", "Nach dem Tor fragen."}},
                        {{"channel", "email"}, {"day_offset", 3}, {"thread", "reply"}, {"subject", ""}, {"body", "Noch einmal kurz, {{first_name}}."}},
                        {{"channel", "task"}, {"day_offset", 5}, {"subject", "Entscheiden, wie es weitergeht"}}}}};
        return QByteArray::fromStdString(document.dump());
    }

    QStringList mailboxAdd(const QString& secretFile) const {
        return {q("mailbox"), q("add"), q("alice@example.test"), q("--name"), q("Alice Wörner"),
                q("--smtp"), q("localhost:") + QString::number(m_mail.server.submissionPort()), q("--smtp-tls"), q("starttls"),
                q("--imap"), q("localhost:") + QString::number(m_mail.server.imapsPort()), q("--imap-tls"), q("tls"),
                q("--ca-file"), QString::fromStdString(m_mail.server.caFile()), q("--secret-file"), secretFile,
                q("--daily-limit"), q("1000")};
    }

    static QStringList tasksOf(const json& queue) {
        QStringList ids;
        for (const json& task : queue.at("tasks"))
            ids << QString::fromStdString(task.at("task").get<std::string>());
        return ids;
    }

    int leadCount() { return m_cli.run({q("info")}).data().at("leads").get<int>(); }
    std::string hash() { return m_cli.run({q("hash")}).data().at("hash").get<std::string>(); }

    json leadBy(const std::string& email) {
        const auto list = m_cli.run({q("lead"), q("list"), q("--filter"), QString::fromStdString("email=" + email)});
        if (!list.ok() || list.data().at("leads").size() != 1)
            return json::object();
        const auto id = list.data().at("leads").at(0).at("id").get<std::string>();
        return m_cli.run({q("lead"), q("show"), QString::fromStdString(id)}).data();
    }

    static const json* find(const json& list, const char* key, const char* value) {
        for (const json& one : list) {
            if (one.at(key) == value)
                return &one;
        }
        return nullptr;
    }

    // Open tasks that a strategy set; one may be there to answer the reply.
    static std::vector<json> strategyTasks(const json& lead) {
        std::vector<json> found;
        for (const json& task : lead.at("tasks")) {
            if (task.at("title").get<std::string>().empty())
                found.push_back(task);
        }
        return found;
    }

    static std::string trimmed(std::string_view id) {
        std::string text(id);
        if (text.starts_with('<') && text.ends_with('>'))
            text = text.substr(1, text.size() - 2);
        return text;
    }

    std::vector<ParsedMail> messagesOf(const std::string& user, int expected) {
        std::vector<ParsedMail> mails;
        if (!messageCountReaches(user, expected))
            return mails;
        auto session = m_mail.open(user);
        if (!session || !(*session)->examine("INBOX", m_mail.progress))
            return mails;
        const auto uids = (*session)->searchAfter(0, m_mail.progress);
        if (uids) {
            const auto fetched = (*session)->fetch(
                *uids, 1024 * 1024,
                [&](const FetchedMail& mail) {
                    mails.push_back(parse(mail.raw));
                    return true;
                },
                m_mail.progress);
            if (!fetched)
                mails.clear();
        }
        return mails;
    }

    bool messageCountReaches(const std::string& user, int count) {
        const Stopwatch waited;
        while (waited.elapsed() < std::chrono::seconds(90)) {
            auto session = m_mail.open(user);
            if (!session || !(*session)->examine("INBOX", m_mail.progress))
                return false;
            const auto uids = (*session)->searchAfter(0, m_mail.progress);
            if (uids && int(uids->size()) >= count)
                return true;
            if (!(*session)->idle(std::chrono::milliseconds(200), m_mail.progress))
                return false;
        }
        return false;
    }

    bool reportsArrive(int count) {
        const Stopwatch waited;
        while (waited.elapsed() < std::chrono::seconds(60)) {
            int reports = 0;
            for (const ParsedMail& mail : messagesOf("alice", 1))
                reports += mail.reportType == "delivery-status" ? 1 : 0;
            if (reports >= count)
                return true;
        }
        return false;
    }

    MailFixture m_mail;
    CliProcess m_cli;
    std::chrono::sys_days m_day{};
    std::chrono::sys_days m_backOn{}; // when the absent one is back
};

OUTRIDER_TEST(DayCliTest)
#include "day_cli_test.moc"
