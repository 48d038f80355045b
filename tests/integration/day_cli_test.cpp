// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/day_world.h"
#include "support/test_registry.h"

#include <QFile>

#include <csignal>

using namespace outrider;
using namespace outrider::transport;
using nlohmann::json;

// The whole day on the command line, each command a process of its own, with real Postfix and Dovecot:
// what the program is for.
class DayCliTest : public QObject, private outrider::test::DayWorld {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(open(), m_mail.server.error().c_str());
        m_cli.setNow(at("09:00"));
    }

    // ── the morning: a fresh home, an export, a strategy ────────────────────────────────────────
    void a_workspace_is_created_in_a_fresh_home() {
        const auto init = m_cli.run(
            {q("init"), q("--name"), q("Harborline"), q("--person"), q("Alice Wörner"), q("--email"), q("alice@example.test")});
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
        // The leads are in Germany, and no line says how to opt out: that has to be confirmed, or put right.
        const auto warned = m_cli.run({q("strategy"), q("enrol"), q("Dock delays"), q("--filter"), q("city:Rostock")});
        QCOMPARE(warned.exitCode, 1);
        QCOMPARE(warned.document.at("error").at("code").get<std::string>(), std::string("message_checks"));
        QVERIFY(m_cli
                    .run({q("mailbox"), q("writing"), q("alice@example.test"), q("--opt-out"),
                          q("Nicht interessiert? Ein Nein genügt.")})
                    .ok());
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
        QVERIFY(answersArrive());
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
        QCOMPARE(entry->at("message").at("text").get<std::string>(),
                 std::string("Guten Tag,\n\ndas Thema passt. Dienstag um 14 Uhr?\n\nCarol Brandt"));
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
        const auto sent = inState("sent", "Batch");
        const auto unknown = inState("unknown", "Batch");
        const auto waiting = inState("queued", "Batch");
        QCOMPARE(int(sent.size() + unknown.size() + waiting.size()), 200);
        // Those whose outcome shared a wait for the disk that the kill cut off (outreach/sender.h): a few a kill, by how fast
        // the server is, and never what had not begun.
        QVERIFY2(unknown.size() <= 15, qPrintable(QStringLiteral("%1 in doubt after three kills").arg(unknown.size())));
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
    QStringList mailboxAdd(const QString& secretFile) const {
        return {q("mailbox"),
                q("add"),
                q("alice@example.test"),
                q("--name"),
                q("Alice Wörner"),
                q("--smtp"),
                q("localhost:") + QString::number(m_mail.server.submissionPort()),
                q("--smtp-tls"),
                q("starttls"),
                q("--imap"),
                q("localhost:") + QString::number(m_mail.server.imapsPort()),
                q("--imap-tls"),
                q("tls"),
                q("--ca-file"),
                QString::fromStdString(m_mail.server.caFile()),
                q("--secret-file"),
                secretFile,
                q("--daily-limit"),
                q("1000")};
    }
};

OUTRIDER_TEST(DayCliTest)
#include "day_cli_test.moc"
