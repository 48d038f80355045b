// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/gmail_source.h"

#include "support/gmail_mailbox.h"
#include "support/mail_text.h"
#include "support/provider_mail.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::transport;
using namespace outrider::test;
using Reply = HttpServer::Reply;
using Action = Reply::Action;

namespace {

constexpr std::int64_t noon = 1795521600000; // 2026-11-24T12:00Z

Reply refusal(int status, const std::string& reason, std::vector<std::string> headers = {}) {
    return {.status = status,
            .body = R"({"error":{"code":)" + std::to_string(status) + R"(,"message":"because","errors":[{"reason":")" + reason
                    + R"("}]}})",
            .headers = std::move(headers)};
}

struct World {
    World() {
        for (int i = 1; i <= 5; ++i)
            deliver(i);
    }

    std::string deliver(int number, const std::vector<std::string>& labels = {"INBOX"}) {
        return server.deliver(
            crlf("Message-ID: <" + std::to_string(number) + "@kunde.example>\nSubject: " + std::to_string(number) + "\n\nx\n"),
            noon + number * 1000, labels);
    }

    // Everything that is new, as a caller reads it; the numbers of the mails.
    Result<std::vector<std::string>> readAll(FetchLimits limits = {}) {
        std::vector<std::string> got;
        for (bool more = true; more;) {
            reached = cursor;
            auto report = source.fetchNew(
                cursor, limits,
                [&](std::uint32_t, Instant at, std::string_view raw) {
                    if (std::int64_t(got.size()) == refuseAt)
                        return false;
                    const auto begin = raw.find("Subject: ") + 9;
                    got.emplace_back(raw.substr(begin, raw.find("\r\n", begin) - begin));
                    lastAt = at;
                    return true;
                },
                progress, &reached);
            cursor = report ? report->cursor : reached;
            if (!report)
                return fail(report.error());
            startedOver = startedOver || report->startedOver;
            more = report->more && refuseAt < 0;
        }
        return got;
    }

    GmailMailbox server;
    std::string token = server.accessToken();
    bool renews = true;
    int renewals = 0;
    GmailSource source{server.url(),
                       {.token = [this]() -> Result<SecureBytes> {
                            if (!renews && renewals > 0)
                                return fail(ErrorCode::AuthFailed, "invalid_grant");
                            return SecureBytes(std::string_view(token));
                        },
                        .reject =
                            [this] {
                                ++renewals;
                                if (renews)
                                    token = server.accessToken();
                            }},
                       {},
                       ProviderMail::quick()};
    Progress progress;
    MailCursor cursor;
    MailCursor reached;
    Instant lastAt{};
    bool startedOver = false;
    std::int64_t refuseAt = -1;
};

using Texts = std::vector<std::string>;

} // namespace

class GmailSourceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void what_is_there_is_listed_first_and_then_what_was_added() {
        World world;
        const auto first = world.readAll();
        VERIFY_OK(first);
        QVERIFY((*first == Texts{"1", "2", "3", "4", "5"}));
        QVERIFY(world.lastAt == fromEpochMillis(noon + 5000));
        const auto again = world.readAll();
        VERIFY_OK(again);
        QVERIFY(again->empty());
        world.deliver(6);
        world.deliver(7, {"SENT"});
        const auto added = world.readAll();
        VERIFY_OK(added);
        QVERIFY((*added == Texts{"6", "7"}));
        QCOMPARE(world.server.fetched().size(), std::size_t(7));                       // each once
        QCOMPARE(world.server.http().count("POST", "/gmail/v1/users/me/messages"), 0); // nothing is changed there
    }

    void pages_are_read_to_the_last_and_each_mail_once() {
        World world;
        world.server.pageSize = 2;
        const auto first = world.readAll();
        VERIFY_OK(first);
        QVERIFY((*first == Texts{"4", "5", "2", "3", "1"})); // the newest page first, each from its oldest mail
        for (int i = 6; i <= 10; ++i)
            world.deliver(i);
        const auto added = world.readAll();
        VERIFY_OK(added);
        QVERIFY((*added == Texts{"6", "7", "8", "9", "10"}));
        QCOMPARE(world.server.fetched().size(), std::size_t(10));
    }

    void mail_that_comes_while_the_list_is_read_is_not_missed() {
        World world;
        world.server.pageSize = 2;
        world.refuseAt = 1;
        VERIFY_OK(world.readAll());
        world.deliver(6);
        world.refuseAt = -1;
        const auto rest = world.readAll();
        VERIFY_OK(rest);
        QVERIFY(std::find(rest->begin(), rest->end(), "6") != rest->end());
        QVERIFY(std::find(rest->begin(), rest->end(), "1") != rest->end());
    }

    void drafts_chats_spam_and_trash_are_no_mail_of_ours() {
        World world;
        VERIFY_OK(world.readAll());
        for (const char* label : {"DRAFT", "CHAT", "SPAM", "TRASH"})
            world.deliver(6, {label});
        const auto added = world.readAll();
        VERIFY_OK(added);
        QVERIFY(added->empty());
        World late;
        for (const char* label : {"DRAFT", "CHAT", "SPAM", "TRASH"})
            late.deliver(6, {label});
        const auto listed = late.readAll();
        VERIFY_OK(listed);
        QCOMPARE(listed->size(), std::size_t(5));
    }

    void only_the_days_that_were_asked_for_are_listed() {
        World world;
        world.server.deliver(crlf("Subject: old\n\nx\n"), noon - 86400000LL * 3);
        const auto day = std::chrono::floor<std::chrono::days>(fromEpochMillis(noon));
        FetchLimits limits;
        limits.since = day;
        const auto now = world.readAll(limits);
        VERIFY_OK(now);
        QCOMPARE(now->size(), std::size_t(5));
        world.cursor = {};
        limits.since = day - std::chrono::days(5);
        limits.before = day;
        const auto before = world.readAll(limits);
        VERIFY_OK(before);
        QVERIFY((*before == Texts{"old"}));
        world.deliver(6);
        const auto closed = world.readAll(limits);
        VERIFY_OK(closed);
        QVERIFY(closed->empty());
    }

    void a_history_that_expired_is_listed_anew() {
        World world;
        VERIFY_OK(world.readAll());
        world.server.forgetHistory();
        world.deliver(6);
        const auto again = world.readAll();
        VERIFY_OK(again);
        QVERIFY(world.startedOver);
        QVERIFY((*again == Texts{"1", "2", "3", "4", "5", "6"}));
        world.deliver(7);
        const auto added = world.readAll();
        VERIFY_OK(added);
        QVERIFY((*added == Texts{"7"}));
    }

    void a_token_of_a_page_that_expired_lists_anew() {
        World world;
        world.cursor = {.uidValidity = 1, .position = "list 1000 gone"};
        const auto got = world.readAll();
        VERIFY_OK(got);
        QCOMPARE(got->size(), std::size_t(5));
    }

    void a_message_that_is_gone_is_left_out() {
        World world;
        VERIFY_OK(world.readAll());
        const std::string id = world.deliver(6);
        world.deliver(7);
        world.server.fault("messages/" + id, refusal(404, "notFound"));
        const auto added = world.readAll();
        VERIFY_OK(added);
        QVERIFY((*added == Texts{"7"}));
    }

    void a_token_that_ran_out_is_renewed_and_nothing_is_missed() {
        World world;
        world.server.expireAccess();
        const auto got = world.readAll();
        VERIFY_OK(got);
        QCOMPARE(got->size(), std::size_t(5));
        QCOMPARE(world.renewals, 1);
    }

    void an_access_that_was_withdrawn_is_told_and_loses_nothing() {
        World world;
        VERIFY_OK(world.readAll());
        world.deliver(6);
        world.server.revoke();
        world.renews = false;
        const MailCursor before = world.cursor;
        VERIFY_ERROR(world.readAll(), ErrorCode::AuthFailed);
        QVERIFY(world.cursor == before);
        world.renews = true;
        world.renewals = 0;
        world.token = world.server.accessToken(); // the person has signed in again
        const auto got = world.readAll();
        VERIFY_OK(got);
        QVERIFY((*got == Texts{"6"}));
    }

    void a_right_that_is_missing_is_for_the_person() {
        World world;
        world.server.fault("profile", refusal(403, "insufficientPermissions"));
        VERIFY_ERROR(world.readAll(), ErrorCode::AuthFailed);
    }

    void limits_say_how_long_to_wait_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<QString>("header");
        QTest::addColumn<int>("seconds");
        QTest::newRow("429 with a time") << 429 << "rateLimitExceeded"
                                         << "Retry-After: 17" << 17;
        QTest::newRow("429") << 429 << "userRateLimitExceeded" << QString() << 60;
        QTest::newRow("403 of a quota") << 403 << "rateLimitExceeded" << QString() << 60;
        QTest::newRow("the day's quota") << 403 << "dailyLimitExceeded" << QString() << 900;
        QTest::newRow("503 with a time") << 503 << "backendError"
                                         << "Retry-After: 40" << 40;
    }

    void limits_say_how_long_to_wait() {
        QFETCH(int, status);
        QFETCH(QString, reason);
        QFETCH(QString, header);
        QFETCH(int, seconds);
        World world;
        world.server.fault("profile",
                           refusal(status, reason.toStdString(), header.isEmpty() ? Texts{} : Texts{header.toStdString()}));
        VERIFY_ERROR(world.readAll(), ErrorCode::RefusedSoft);
        QVERIFY(world.source.retryAfter().has_value());
        QCOMPARE(int(std::chrono::duration_cast<std::chrono::seconds>(*world.source.retryAfter()).count()), seconds);
        const auto after = world.readAll();
        VERIFY_OK(after);
        QVERIFY(!world.source.retryAfter().has_value());
    }

    void what_goes_wrong_half_way_is_read_the_next_time_data() {
        QTest::addColumn<QString>("part");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("action");
        for (const char* part : {"history", "messages/"}) {
            const QByteArray name(part);
            QTest::addRow("%s: 500", part) << QString::fromLatin1(part) << 500 << QByteArray("{}") << int(Action::Answer);
            QTest::addRow("%s: 502 in HTML", part)
                << QString::fromLatin1(part) << 502 << QByteArray("<html>") << int(Action::Answer);
            QTest::addRow("%s: no JSON", part)
                << QString::fromLatin1(part) << 200 << QByteArray("{\"raw\":") << int(Action::Answer);
            QTest::addRow("%s: an array", part) << QString::fromLatin1(part) << 200 << QByteArray("[]") << int(Action::Answer);
            QTest::addRow("%s: hangs", part) << QString::fromLatin1(part) << 200 << QByteArray() << int(Action::Hang);
            QTest::addRow("%s: dropped", part) << QString::fromLatin1(part) << 200 << QByteArray() << int(Action::Drop);
            QTest::addRow("%s: no HTTP", part) << QString::fromLatin1(part) << 200 << QByteArray() << int(Action::Garbage);
        }
        QTest::addRow("messages/: no base64")
            << "messages/" << 200 << QByteArray(R"({"raw":"!!!","internalDate":"1"})") << int(Action::Answer);
        QTest::addRow("messages/: without its bytes")
            << "messages/" << 200 << QByteArray(R"({"id":"18c6"})") << int(Action::Answer);
    }

    void what_goes_wrong_half_way_is_read_the_next_time() {
        QFETCH(QString, part);
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(int, action);
        World world;
        VERIFY_OK(world.readAll());
        world.deliver(6);
        world.deliver(7);
        world.server.fault(part.toStdString(), {.status = status, .body = body.toStdString(), .action = Action(action)},
                           Action(action) == Action::Drop ? 2 : 1); // a GET over a kept connection is made once more
        QVERIFY(!world.readAll());
        const auto got = world.readAll();
        VERIFY_OK(got);
        QVERIFY((*got == Texts{"6", "7"}));
    }

    void half_an_answer_gives_the_beginning_of_a_mail_that_is_too_large() {
        World world;
        VERIFY_OK(world.readAll());
        std::string raw = crlf("Subject: large\n\n");
        raw.append(9U * 1024 * 1024, 'x');
        world.server.deliver(raw, noon + 9000);
        std::size_t size = 0;
        FetchLimits limits;
        limits.mailBytes = 1000;
        VERIFY_OK(world.source.fetchNew(
            world.cursor, limits,
            [&](std::uint32_t, Instant at, std::string_view got) {
                size = got.size();
                return got == std::string_view(raw).substr(0, 1000) && at == fromEpochMillis(noon + 9000);
            },
            world.progress));
        QCOMPARE(size, std::size_t(1000));
    }

    void new_mail_ends_a_wait_and_nothing_rings() {
        World world;
        VERIFY_OK(world.readAll());
        VERIFY_ERROR(world.source.waitForMail(world.cursor, std::chrono::seconds(1), world.progress), ErrorCode::Unsupported);
        world.deliver(6);
        const auto end = world.source.waitForMail(world.cursor, std::chrono::seconds(1), world.progress);
        VERIFY_OK(end);
        QVERIFY(*end == WaitEnd::NewMail);
    }
};

OUTRIDER_TEST(GmailSourceTest)
#include "gmail_source_test.moc"
