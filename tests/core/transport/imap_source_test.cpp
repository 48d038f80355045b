// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/imap_source.h"
#include "support/mail_text.h"
#include "support/scripted_imap_server.h"
#include "support/test_registry.h"

#include <atomic>
#include <map>
#include <mutex>
#include <sstream>

using namespace outrider;
using namespace outrider::transport;
using outrider::test::crlf;
using outrider::test::ScriptedImapServer;
using Reply = ScriptedImapServer::Reply;

namespace {

// A folder that answers like a server: uid -> mail.
struct Folder {
    std::uint32_t uidValidity = 100;
    std::map<std::uint32_t, std::string> mails;
    std::vector<std::uint32_t> recent; // what SINCE finds
    std::uint32_t closeAt = 0;         // the connection is lost before this one

    Reply answer(const std::string& command) {
        const std::lock_guard lock(mutex);
        if (command.starts_with("EXAMINE"))
            return {"* OK [UIDVALIDITY " + std::to_string(uidValidity) + "] x\r\n$ OK done\r\n"};
        std::string out;
        if (const auto at = command.find(" SINCE "); at != std::string::npos) {
            const auto from = std::uint32_t(std::atoll(command.c_str() + 15));
            out = "* SEARCH";
            for (const auto uid : recent) {
                if (uid >= from)
                    out += " " + std::to_string(uid);
            }
            return {out + "\r\n$ OK done\r\n"};
        }
        if (command.starts_with("UID SEARCH UID ")) {
            const auto from = std::uint32_t(std::atoll(command.c_str() + 15));
            out = "* SEARCH";
            for (const auto& [uid, mail] : mails) {
                if (uid >= from || uid == mails.rbegin()->first)
                    out += " " + std::to_string(uid);
            }
            return {out + "\r\n$ OK done\r\n"};
        }
        if (command.starts_with("UID FETCH ")) {
            const bool sizes = command.ends_with("(UID RFC822.SIZE)");
            for (const auto& [uid, mail] : mails) {
                if (!holds(command.substr(10, command.find(' ', 10) - 10), uid))
                    continue;
                if (sizes) {
                    out += "* 1 FETCH (UID " + std::to_string(uid) + " RFC822.SIZE 5000000)\r\n"; // one at a time
                    continue;
                }
                if (uid == closeAt) {
                    closeAt = 0;
                    return {out, true};
                }
                out += "* 1 FETCH (UID " + std::to_string(uid) + " INTERNALDATE \"19-Nov-2026 08:00:00 +0000\" BODY[]<0> {"
                       + std::to_string(mail.size()) + "}\r\n" + mail + ")\r\n";
            }
            return {out + "$ OK done\r\n"};
        }
        return {};
    }

    static bool holds(const std::string& set, std::uint32_t uid) {
        std::stringstream parts(set);
        for (std::string part; std::getline(parts, part, ',');) {
            const auto colon = part.find(':');
            const auto first = std::uint32_t(std::stoul(part));
            const auto last = colon == std::string::npos ? first : std::uint32_t(std::stoul(part.substr(colon + 1)));
            if (uid >= first && uid <= last)
                return true;
        }
        return false;
    }

    std::mutex mutex;
};

struct Fixture {
    Fixture()
        : server([this](const std::string& command) { return folder.answer(command); }),
          source({{"127.0.0.1", server.port(), TlsMode::None}, AuthMethod::Plain, "ines", {}},
                 []() -> Result<SecureBytes> { return SecureBytes("secret"); }) {}

    Result<FetchReport> fetch(const MailCursor& cursor, FetchLimits limits = {}) {
        got.clear();
        return source.fetchNew(
            cursor, limits,
            [this](std::uint32_t uid, Instant, std::string_view raw) {
                if (uid == refuseAt)
                    return false;
                got.emplace_back(uid, raw);
                return true;
            },
            progress, &reached);
    }

    Folder folder;
    ScriptedImapServer server;
    ImapSource source;
    Progress progress;
    std::vector<std::pair<std::uint32_t, std::string>> got;
    std::uint32_t refuseAt = 0;
    MailCursor reached;
};

} // namespace

class ImapSourceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void each_mail_is_handed_over_once() {
        Fixture fixture;
        fixture.folder.mails = {{3, "a: 3\r\n\r\n"}, {5, "a: 5\r\n\r\n"}};
        const auto first = fixture.fetch({});
        VERIFY_OK(first);
        QVERIFY((first->cursor == MailCursor{100, 5}));
        QCOMPARE(first->fetched, std::size_t(2));
        QVERIFY(!first->startedOver);
        QVERIFY(!first->more);
        QCOMPARE(fixture.got[1].second, std::string("a: 5\r\n\r\n"));
        const auto nothing = fixture.fetch(first->cursor);
        VERIFY_OK(nothing);
        QVERIFY((nothing->cursor == MailCursor{100, 5}));
        QVERIFY(fixture.got.empty());
        {
            const std::lock_guard lock(fixture.folder.mutex);
            fixture.folder.mails[9] = "a: 9\r\n\r\n";
        }
        const auto later = fixture.fetch(first->cursor);
        VERIFY_OK(later);
        QCOMPARE(fixture.got.size(), std::size_t(1));
        QCOMPARE(fixture.got[0].first, 9U);
    }

    void a_folder_whose_uids_changed_is_read_from_the_start() {
        Fixture fixture;
        fixture.folder.mails = {{1, "a: 1\r\n\r\n"}, {2, "a: 2\r\n\r\n"}};
        const auto report = fixture.fetch({99, 40});
        VERIFY_OK(report);
        QVERIFY(report->startedOver);
        QCOMPARE(fixture.got.size(), std::size_t(2));
        QVERIFY((report->cursor == MailCursor{100, 2}));
    }

    void a_mail_that_was_not_taken_comes_again() {
        Fixture fixture;
        fixture.folder.mails = {{1, "a: 1\r\n\r\n"}, {2, "a: 2\r\n\r\n"}, {3, "a: 3\r\n\r\n"}};
        fixture.refuseAt = 2;
        const auto report = fixture.fetch({});
        VERIFY_OK(report);
        QVERIFY(report->more);
        QVERIFY((report->cursor == MailCursor{100, 1}));
        fixture.refuseAt = 0;
        const auto rest = fixture.fetch(report->cursor);
        VERIFY_OK(rest);
        QCOMPARE(fixture.got.size(), std::size_t(2));
        QCOMPARE(fixture.got[0].first, 2U);
    }

    void a_connection_lost_between_mails_loses_none() {
        Fixture fixture;
        fixture.folder.mails = {{1, "a: 1\r\n\r\n"}, {2, "a: 2\r\n\r\n"}, {3, "a: 3\r\n\r\n"}};
        fixture.folder.closeAt = 3;
        VERIFY_ERROR(fixture.fetch({}), ErrorCode::ConnectionLost);
        QCOMPARE(fixture.got.size(), std::size_t(2));
        QVERIFY((fixture.reached == MailCursor{100, 2}));
        VERIFY_OK(fixture.fetch(fixture.reached)); // over a new connection
        QCOMPARE(fixture.got.size(), std::size_t(1));
        QCOMPARE(fixture.got[0].first, 3U);
    }

    void no_more_than_the_limit_comes_at_once() {
        Fixture fixture;
        for (std::uint32_t uid = 1; uid <= 7; ++uid)
            fixture.folder.mails[uid] = "a: b\r\n\r\n";
        FetchLimits limits;
        limits.mails = 3;
        MailCursor cursor;
        std::vector<std::size_t> counts;
        for (bool more = true; more;) {
            const auto report = fixture.fetch(cursor, limits);
            VERIFY_OK(report);
            counts.push_back(fixture.got.size());
            cursor = report->cursor;
            more = report->more;
        }
        QVERIFY((counts == std::vector<std::size_t>{3, 3, 1}));
    }

    void mail_that_came_before_the_wait_ends_it_at_once() {
        Fixture fixture;
        fixture.folder.mails = {{1, "a: 1\r\n\r\n"}, {2, "a: 2\r\n\r\n"}};
        const auto end = fixture.source.waitForMail({100, 1}, std::chrono::minutes(10), fixture.progress);
        VERIFY_OK(end);
        QVERIFY(*end == WaitEnd::NewMail);
        const auto changed = fixture.source.waitForMail({99, 2}, std::chrono::minutes(10), fixture.progress);
        VERIFY_OK(changed);
        QVERIFY(*changed == WaitEnd::NewMail);
    }

    void old_mail_is_left_where_it_is() {
        Fixture fixture;
        fixture.folder.mails = {{1, "a: 1\r\n\r\n"}, {2, "a: 2\r\n\r\n"}};
        FetchLimits limits;
        limits.since = std::chrono::year(2026) / 11 / 1;
        const auto first = fixture.fetch({}, limits);
        VERIFY_OK(first);
        QVERIFY(fixture.got.empty());
        const auto second = fixture.fetch(first->cursor, limits);
        VERIFY_OK(second);
        QVERIFY(fixture.got.empty()); // not at the second look either
        {
            const std::lock_guard lock(fixture.folder.mutex);
            fixture.folder.mails[3] = "a: 3\r\n\r\n";
        }
        VERIFY_OK(fixture.fetch(second->cursor, limits));
        QCOMPARE(fixture.got.size(), std::size_t(1));
    }
};

OUTRIDER_TEST(ImapSourceTest)
#include "imap_source_test.moc"
