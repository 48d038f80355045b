// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/http_client.h"
#include "support/cli_process.h"
#include "support/http_server.h"
#include "support/test_registry.h"

#include <QElapsedTimer>

#include <memory>

using namespace outrider;
using namespace outrider::test;
using nlohmann::json;

namespace {

QString q(const std::string& text) { return QString::fromStdString(text); }

QByteArray vevent(const char* uid, const char* start, const char* end, const char* more) {
    return QByteArray("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//\r\nBEGIN:VEVENT\r\nUID:") + uid
           + "\r\nDTSTAMP:20261118T080000Z\r\nDTSTART;TZID=Europe/Berlin:" + start + "\r\nDTEND;TZID=Europe/Berlin:" + end
           + "\r\n" + more + "END:VEVENT\r\nEND:VCALENDAR\r\n";
}

constexpr const char* noor = "SUMMARY:Demo\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:noor@fjord.example\r\n";

// A real Radicale on a port of this computer.
class Radicale {
public:
    bool start(const CliProcess& home) {
        m_url = HttpServer([](const HttpServer::Request&) -> HttpServer::Reply { return {}; }).url(); // a port nobody has now
        const QByteArray config = "[server]\nhosts = " + QByteArray::fromStdString(m_url.substr(7))
                                  + "\n[auth]\ntype = htpasswd\nhtpasswd_encryption = plain\nhtpasswd_filename = "
                                  + home.write(q("users"), "mara:secret\n").toUtf8()
                                  + "\n[storage]\nfilesystem_folder = " + home.path(q("calendars")).toUtf8() + "\n";
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.start(q("/usr/bin/radicale"), {q("--config"), home.write(q("radicale.conf"), config)});
        QElapsedTimer waiting;
        waiting.start();
        while (waiting.elapsed() < 30000 && m_process.state() != QProcess::NotRunning) {
            m_process.waitForReadyRead(100);
            if (ask("MKCALENDAR", "work/") == 201)
                return true;
        }
        return false;
    }
    ~Radicale() {
        m_process.kill();
        m_process.waitForFinished();
    }

    int put(const std::string& name, const QByteArray& text) { return ask("PUT", "work/" + name, text.toStdString()); }
    int remove(const std::string& name) { return ask("DELETE", "work/" + name); }
    const std::string& url() const { return m_url; }

private:
    int ask(const std::string& method, const std::string& path, const std::string& body = {}) {
        transport::HttpClient http;
        const SecureBytes password(std::string_view("secret"));
        const auto answer = http.perform({.method = method,
                                          .url = m_url + "/mara/" + path,
                                          .headers = {"Content-Type: text/calendar"},
                                          .body = body,
                                          .bearer = nullptr,
                                          .user = "mara",
                                          .password = &password},
                                         {});
        return answer.reply ? answer.reply->status : 0;
    }

    QProcess m_process;
    std::string m_url;
};

} // namespace

// A calendar on a real server, from connecting it to its removal, each command a process.
class CalendarCaldavTest : public QObject {
    Q_OBJECT

    std::unique_ptr<CliProcess> m_cli;

    json data(const QStringList& arguments) {
        const auto answer = m_cli->run(arguments);
        if (!answer.ok())
            qFatal("%s: %s", qPrintable(arguments.join(QLatin1Char(' '))), answer.errors.constData());
        return answer.data();
    }
    json meetings() { return data({q("calendar"), q("meetings"), q("--days"), q("30")}); }

private Q_SLOTS:
    void a_calendar_is_looked_through_kept_read_on_taken_back_and_removed() {
        m_cli = std::make_unique<CliProcess>();
        m_cli->setNow("2026-11-19T09:00");
        Radicale server;
        QVERIFY(server.start(*m_cli));
        QCOMPARE(server.put("demo.ics", vevent("demo", "20261124T140000", "20261124T150000", noor)), 201);
        QCOMPARE(server.put("own.ics", vevent("own", "20261125T100000", "20261125T110000", "SUMMARY:Dentist\r\n")), 201);
        data({q("init")});
        data({q("lead"), q("add"), q("first_name=Noor"), q("email=noor@fjord.example")});
        const auto refused = m_cli->run({q("calendar"), q("add"), q("caldav"), q(server.url()), q("--user"), q("mara"),
                                         q("--password-file"), m_cli->write(q("wrong"), "wrong\n")});
        QVERIFY(refused.ok()); // nobody has been asked yet
        const auto wrong = m_cli->run({q("calendar"), q("preview")});
        QCOMPARE(wrong.exitCode, 1);
        QCOMPARE(wrong.document.at("error").at("code").get<std::string>(), std::string("auth_failed"));
        data({q("calendar"), q("remove")});

        data({q("calendar"), q("add"), q("caldav"), q(server.url()), q("--user"), q("mara"), q("--password-file"),
              m_cli->write(q("password"), "secret\n")});
        const json preview = data({q("calendar"), q("preview")});
        QCOMPARE(preview.at("matched").get<int>(), 1);
        QCOMPARE(preview.at("others").get<int>(), 1);
        QCOMPARE(meetings().size(), std::size_t(0));
        QCOMPARE(data({q("calendar"), q("approve")}).at("kept").at("added").get<int>(), 2);
        QCOMPARE(meetings().at(0).at("starts_at").get<std::string>(), std::string("2026-11-24T13:00:00.000Z"));
        QCOMPARE(meetings().at(1).at("title").get<std::string>(), std::string());

        QCOMPARE(server.put("demo.ics", vevent("demo", "20261126T090000", "20261126T100000", noor)), 201);
        QCOMPARE(data({q("calendar"), q("read")}).at("changed").get<int>(), 1);
        QCOMPARE(meetings().size(), std::size_t(2));
        QCOMPARE(meetings().at(1).at("starts_at").get<std::string>(), std::string("2026-11-26T08:00:00.000Z"));
        QCOMPARE(server.remove("demo.ics"), 200);
        QCOMPARE(data({q("calendar"), q("read")}).at("cancelled").get<int>(), 1);
        QCOMPARE(meetings().size(), std::size_t(1));
        QCOMPARE(data({q("calendar"), q("read")}).at("changed").get<int>(), 0);

        for (int i = 0; i < 3; ++i) // the cancellation, the move, the approval
            data({q("undo")});
        QCOMPARE(meetings().size(), std::size_t(0));
        QCOMPARE(data({q("calendar"), q("read")}).at("added").get<int>(), 0); // it waits for approval again
        QCOMPARE(data({q("calendar"), q("approve")}).at("kept").at("added").get<int>(), 1);
        data({q("calendar"), q("remove")});
        QCOMPARE(data({q("calendar"), q("list")}).size(), std::size_t(0));
    }
};

OUTRIDER_TEST(CalendarCaldavTest)
#include "calendar_caldav_test.moc"
