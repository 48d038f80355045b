// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "integration/mail_fixture.h"
#include "support/cli_process.h"

#include <QString>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace outrider::test {

// What the day is played in, on the command line and through the window alike: real mail servers, a home
// of its own, a HubSpot export of a thousand rows (one of them unusable), a strategy of four steps. Of the
// fifty leads in Rostock, carol answers, nobody@remote.test does not exist, full@remote.test is full, and
// away@example.test is away; the others and the two hundred in Bremen are bob's.
struct DayWorld {
    MailFixture m_mail;
    CliProcess m_cli;
    std::chrono::sys_days m_day{};
    std::chrono::sys_days m_backOn{}; // when the absent one is back

    bool open() {
        if (!m_mail.server.start())
            return false;
        m_day = workday();
        m_backOn = m_day + std::chrono::days(21);
        return true;
    }

    using json = nlohmann::json;

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
        return std::to_string(unsigned(date.day())) + "." + std::to_string(unsigned(date.month())) + "."
               + std::to_string(int(date.year()));
    }

    static QByteArray hubspotExport() {
        QByteArray csv =
            "\xEF\xBB\xBF"
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
                   + "\",\"+49 381 555" + QByteArray::number(1000 + i)
                   + "\",\"Alice Wörner\",\"NEW\",\"2026-03-02 09:15\",\"Leiter \"\"Versand\"\"\",\"Müller & Söhne "
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
                        {{"channel", "email"},
                         {"day_offset", 3},
                         {"thread", "reply"},
                         {"subject", ""},
                         {"body", "Noch einmal kurz, {{first_name}}."}},
                        {{"channel", "task"}, {"day_offset", 5}, {"subject", "Entscheiden, wie es weitergeht"}}}}};
        return QByteArray::fromStdString(document.dump());
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

    std::vector<transport::ParsedMail> messagesOf(const std::string& user, int expected) {
        std::vector<transport::ParsedMail> mails;
        if (!messageCountReaches(user, expected))
            return mails;
        auto session = m_mail.open(user);
        if (!session || !(*session)->examine("INBOX", m_mail.progress))
            return mails;
        const auto uids = (*session)->searchAfter(0, m_mail.progress);
        if (uids) {
            const auto fetched = (*session)->fetch(
                *uids, 1024 * 1024,
                [&](const transport::FetchedMail& mail) {
                    mails.push_back(transport::parse(mail.raw));
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
            for (const transport::ParsedMail& mail : messagesOf("alice", 1))
                reports += mail.reportType == "delivery-status" ? 1 : 0;
            if (reports >= count)
                return true;
        }
        return false;
    }

    static QStringList tasksOf(const json& queue) {
        QStringList ids;
        for (const json& task : queue.at("tasks"))
            ids << QString::fromStdString(task.at("task").get<std::string>());
        return ids;
    }

    // Carol answers the first message she got, and who is away says so, as Exchange does. (Dovecot's vacation
    // rightly keeps quiet towards mail with List-Unsubscribe, RFC 5230; mail_answers_test has its answer.)
    // True when those and the bounces, which Postfix returns by itself, have arrived.
    bool answersArrive() {
        const auto first = m_mail.find("carol", "To", "carol@example.test");
        const auto toAway = m_mail.find("away", "To", "away@example.test");
        if (!first || !toAway)
            return false;
        const transport::ParsedMail theirs = transport::parse(*first);
        transport::OutgoingMail reply = MailFixture::mail("alice@example.test", "answer-1@example.test");
        reply.fromName = "Carol Brandt";
        reply.fromAddress = "carol@example.test";
        reply.subject = "Re: " + theirs.subject;
        reply.text = "Guten Tag,\n\ndas Thema passt. Dienstag um 14 Uhr?\n\nCarol Brandt\n\nAm 19.11.2026 schrieb Alice "
                     "Wörner:\n> Grüß Gott\n";
        reply.inReplyTo = trimmed(theirs.headers.first("Message-ID"));
        reply.references = {reply.inReplyTo};

        const transport::ParsedMail step = transport::parse(*toAway);
        transport::OutgoingMail absence = MailFixture::mail("alice@example.test", "absence-1@example.test");
        absence.fromAddress = "away@example.test";
        absence.subject = "Automatische Antwort: " + step.subject;
        absence.text = "Guten Tag,\n\nich bin bis zum " + german(m_backOn) + " nicht im Büro.\n";
        absence.inReplyTo = trimmed(step.headers.first("Message-ID"));
        absence.extra = {{"Auto-Submitted", "auto-replied"}, {"X-Auto-Response-Suppress", "All"}};
        return m_mail.send(reply, "carol").kind == transport::SendKind::Sent
               && m_mail.send(absence, "away").kind == transport::SendKind::Sent
               && m_mail.find("alice", "From", "carol@example.test") && m_mail.find("alice", "From", "away@example.test")
               && reportsArrive(2);
    }

    // The recipients of one strategy's messages in a state of the outbox.
    std::set<std::string> inState(const char* state, const char* strategyName) {
        const auto list = m_cli.run({q("outbox"), q("list"), q("--state"), q(state), q("--limit"), q("1000")});
        std::set<std::string> recipients;
        for (const json& row : list.data().at("messages")) {
            if (row.at("strategy") == strategyName)
                recipients.insert(row.at("recipient").get<std::string>());
        }
        return recipients;
    }
};

} // namespace outrider::test
