// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/day_world.h"
#include "support/test_registry.h"
#include "support/window_driver.h"

#include <csignal>

using namespace outrider;
using nlohmann::json;
using outrider::test::WindowDriver;

#define DRIVE(step) QVERIFY2(m_window.step, m_window.why())
// Each part goes on where the one before ended: after a failure there is nothing to go on from.
#define BEGINS()                                                                                                                 \
    QVERIFY2(!m_broken, "the day broke off before this");                                                                        \
    m_broken = true

// The same day once more, through the window: by keys and accessible names alone, in a private X session.
// What came of it is read on the command line afterwards.
class DayWindowTest : public QObject, private outrider::test::DayWorld {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(open(), m_mail.server.error().c_str());
        m_cli.setNow(at("09:00"));
        DRIVE(open());
    }

    void a_workspace_is_created() {
        BEGINS();
        DRIVE(start(home(), opened({})));
        DRIVE(put(q("Your name"), q("Alice Wörner")));
        DRIVE(put(q("E-mail"), q("alice@example.test")));
        DRIVE(put(q("Workspace"), q("Harborline")));
        DRIVE(put(q("Passphrase"), q("correct horse battery staple")));
        DRIVE(press(q("Continue")));
        DRIVE(see(q("Keep this recovery code")));
        DRIVE(press(q("I have kept it, away from this computer")));
        DRIVE(press(q("Start")));
        DRIVE(see(q("Nothing is due yet")));
        m_broken = false;
    }

    void an_export_is_imported() {
        BEGINS();
        DRIVE(keys(q("ctrl+9")));
        DRIVE(see(q("Choose a file…")));
        DRIVE(keys(q("ctrl+o")));
        chooseFile(m_cli.write(q("hubspot.csv"), hubspotExport()));
        DRIVE(see(q("Step 2 of 4: Match columns")));
        DRIVE(see(q("/Looks like HubSpot contacts/")));
        DRIVE(keys(q("ctrl+Return")));
        DRIVE(see(q("Step 3 of 4: Check")));
        DRIVE(see(q("Import 999 leads")));
        DRIVE(keys(q("ctrl+Return")));
        DRIVE(see(q("999 leads imported"), 60));
        // One key takes it back, one brings it again.
        DRIVE(keys(q("ctrl+3")));
        DRIVE(see(q("Leads table")));
        DRIVE(keys(q("ctrl+z")));
        DRIVE(see(q("No leads yet"), 60));
        DRIVE(keys(q("ctrl+shift+z")));
        DRIVE(see(q("Leads table"), 60));
        m_broken = false;
    }

    void a_mailbox_is_added_after_its_servers_were_tried() {
        BEGINS();
        DRIVE(keys(q("ctrl+comma")));
        DRIVE(press(q("Add a mailbox")));
        DRIVE(put(q("Address"), q("alice@example.test")));
        DRIVE(put(q("From name"), q("Alice Wörner")));
        DRIVE(put(q("User name"), q("alice@example.test")));
        DRIVE(focus(q("Password of the mailbox")));
        DRIVE(type(QString::fromStdString(m_mail.server.password())));
        DRIVE(put(q("SMTP server"), q("localhost")));
        number(q("SMTP port"), m_mail.server.smtpsPort());
        DRIVE(put(q("IMAP server"), q("localhost")));
        number(q("IMAP port"), m_mail.server.imapsPort());
        DRIVE(put(q("Certificate authority file"), QString::fromStdString(m_mail.server.caFile())));
        number(q("In 24 hours"), 1000);
        DRIVE(press(q("Test")));
        DRIVE(see(q("Works"), 60)); // the last line: new mail is told at once
        DRIVE(press(q("Add the mailbox")));
        DRIVE(see(q("1 mailbox")));
        m_broken = false;
    }

    void fifty_leads_start_a_strategy() {
        BEGINS();
        DRIVE(keys(q("ctrl+6")));
        DRIVE(press(q("From a file…")));
        chooseFile(m_cli.write(q("strategy.json"), strategy("Dock delays")));
        DRIVE(see(q("Dock delays - Outrider")));
        enrol("city:Rostock", "Dock delays", 50);
        m_broken = false;
    }

    void the_queue_is_worked_by_enter_alone() {
        BEGINS();
        work(50);
        DRIVE(see(q("All done for today"), 30));
        m_broken = false;
    }

    void each_message_arrives_once() {
        BEGINS();
        // They leave when their ten seconds are over.
        const auto messages = messagesOf("bob", 46);
        QCOMPARE(int(messages.size()), 46);
        std::set<std::string> recipients;
        for (const auto& mail : messages) {
            recipients.insert(mail.to.at(0).address);
            QCOMPARE(mail.from.address, std::string("alice@example.test"));
            QVERIFY2(mail.text.starts_with("Grüß Gott Jörg"), mail.text.c_str());
        }
        QCOMPARE(int(recipients.size()), 46);
        m_broken = false;
    }

    void what_comes_back_is_noticed_by_itself() {
        BEGINS();
        QVERIFY(answersArrive());
        DRIVE(see(q("/^Inbox, 1\\b/"), 90));
        DRIVE(keys(q("ctrl+k")));
        DRIVE(see(q("Find a command, a lead, a company")));
        DRIVE(type(q("carol@example.test")));
        DRIVE(see(q("Leads")));
        DRIVE(keys(q("Return")));
        DRIVE(see(q("Answer the reply")));
        DRIVE(see(q("/Stopped: replied/")));
        DRIVE(quit());
        m_cli.setNow(at("10:30"));

        const json carol = leadBy("carol@example.test");
        QCOMPARE(carol.at("status").get<std::string>(), std::string("replied"));
        QCOMPARE(carol.at("enrolments").at(0).at("stop_reason").get<std::string>(), std::string("reply"));
        const json gone = leadBy("nobody@remote.test");
        QCOMPARE(gone.at("reach").get<std::string>(), std::string("bounced"));
        QVERIFY(gone.at("suppressed").get<bool>());
        const json away = leadBy("away@example.test");
        QVERIFY(find(away.at("timeline"), "kind", "auto_reply") != nullptr);
        const std::string thursday = toIsoDate(m_day + std::chrono::days(2));
        const auto queue = m_cli.run({q("queue"), q("--date"), QString::fromStdString(thursday), q("--limit"), q("1000")});
        QCOMPARE(int(queue.data().at("tasks").size()), 50 - 3);
        m_broken = false;
    }

    void killed_in_the_middle_of_two_hundred_sends_each_gets_at_most_one() {
        BEGINS();
        DRIVE(start(home(), opened({q("--passphrase-file"), m_cli.path(q("passphrase"))}, "11:00")));
        DRIVE(see(q("/^Inbox, 1\\b/"), 30));
        DRIVE(keys(q("ctrl+6")));
        DRIVE(see(q("Strategies table")));
        DRIVE(keys(q("i")));
        chooseFile(m_cli.write(q("batch.json"), strategy("Batch")));
        DRIVE(see(q("Batch - Outrider")));
        enrol("city:Bremen", "Batch", 200);
        // All wait until they are released together: then the battery dies.
        DRIVE(keys(q("ctrl+shift+h")));
        work(200);
        DRIVE(keys(q("ctrl+shift+h")));
        QVERIFY(messageCountReaches("bob", 46 + 40));
        DRIVE(kill());

        DRIVE(start(home(), opened({q("--passphrase-file"), m_cli.path(q("passphrase"))}, "12:00")));
        DRIVE(see(q("/^Inbox/"), 30));
        QVERIFY(messageCountReaches("bob", 46 + 199)); // the one in doubt may have arrived, or not
        DRIVE(see(q("/^Outbox( empty|, [0-5])?$/"), 60));
        DRIVE(quit());
        m_cli.setNow(at("13:00"));

        const auto sent = inState("sent", "Batch");
        const auto unknown = inState("unknown", "Batch");
        const auto waiting = inState("queued", "Batch");
        QCOMPARE(int(sent.size() + unknown.size() + waiting.size()), 200);
        QVERIFY(unknown.size() <= 5); // those whose outcome shared a wait for the disk that the kill cut off
        std::map<std::string, int> received;
        for (const auto& mail : messagesOf("bob", 46 + int(sent.size())))
            ++received[mail.to.at(0).address];
        for (const auto& [recipient, count] : received)
            QVERIFY2(count == 1, recipient.c_str());
        for (const std::string& recipient : sent)
            QVERIFY2(received.contains(recipient), recipient.c_str());
        QVERIFY(m_cli.run({q("doctor")}).ok());
        m_broken = false;
    }

private:
    QString home() const { return m_cli.path(q("")); }

    QStringList opened(const QStringList& more, const char* time = "09:00") const {
        return QStringList{q("--store"), m_cli.path(q("day.outrider")), q("--now"), QString::fromStdString(at(time))} + more;
    }

    void chooseFile(const QString& path) {
        DRIVE(see(q("File name:")));
        DRIVE(focus(q("File name:")));
        DRIVE(put(q("File name:"), path));
        DRIVE(keys(q("Return")));
        DRIVE(gone(q("File name:")));
    }

    void number(const QString& field, int value) {
        DRIVE(focus(field));
        DRIVE(keys(q("ctrl+a")));
        DRIVE(type(QString::number(value)));
    }

    void enrol(const char* filter, const char* strategyName, int leads) {
        DRIVE(keys(q("ctrl+3")));
        DRIVE(see(q("Leads table")));
        DRIVE(keys(q("slash")));
        DRIVE(type(q(filter)));
        DRIVE(keys(q("Return")));
        DRIVE(see(QStringLiteral("%1 of 999").arg(leads)));
        DRIVE(keys(q("Escape")));
        DRIVE(keys(q("ctrl+a")));
        DRIVE(see(QStringLiteral("%1 selected").arg(leads)));
        DRIVE(keys(q("r")));
        DRIVE(see(q("Enrol in")));
        DRIVE(see(QStringLiteral("%1, 4 steps").arg(q(strategyName))));
        DRIVE(keys(q("Return"))); // the first, by name
        DRIVE(see(QStringLiteral("/^Enrol %1 leads in .*%2/").arg(leads).arg(q(strategyName))));
        DRIVE(see(QStringLiteral("%1 leads will be enrolled.").arg(leads)));
        DRIVE(see(q("/^Under every message: No line says how to opt out/")));
        DRIVE(press(q("Enrol all the same")));
        DRIVE(keys(q("Return")));
        DRIVE(see(QStringLiteral("/^%1 leads enrolled in/").arg(leads)));
    }

    // Enter for each task, and the next one is there.
    void work(int tasks) {
        DRIVE(keys(q("ctrl+1")));
        DRIVE(see(QStringLiteral("Process %1 tasks").arg(tasks)));
        DRIVE(keys(q("ctrl+p")));
        for (int i = 1; i <= tasks; ++i) {
            DRIVE(see(QStringLiteral("Task %1 of %2").arg(i).arg(tasks)));
            DRIVE(see(q("/^All .* variables? filled|^\\d+ words/")));
            DRIVE(keys(q("Return")));
        }
    }

    WindowDriver m_window;
    bool m_broken = false;
};

OUTRIDER_TEST(DayWindowTest)
#include "day_window_test.moc"
