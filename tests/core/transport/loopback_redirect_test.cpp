// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/loopback_redirect.h"

#include "core/transport/http_client.h"
#include "support/test_registry.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <future>

using namespace outrider;
using namespace outrider::transport;
using Verdict = LoopbackRedirect::Verdict;

namespace {

const LoopbackRedirect::Pages pages{"<p>done</p>", "<p>failed</p>"};

// A browser on another thread.
std::future<HttpExchange> browse(int port, const std::string& target, const std::string& method = "GET") {
    return std::async(std::launch::async, [port, target, method] {
        HttpClient http;
        const Progress progress;
        return http.perform({.method = method,
                             .url = "http://127.0.0.1:" + std::to_string(port) + target,
                             .body = method == "POST" ? std::string_view("x") : std::string_view()},
                            progress);
    });
}

Verdict rightOnly(std::string_view target) {
    return target == "/?right" ? Verdict::Done : target == "/?no" ? Verdict::Failed : Verdict::NotThis;
}

} // namespace

class LoopbackRedirectTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_answer_waited_for_ends_the_wait_and_others_do_not() {
        const auto redirect = LoopbackRedirect::listen();
        VERIFY_OK(redirect);
        const Progress progress;
        auto waiting = std::async(std::launch::async,
                                  [&] { return (*redirect)->wait(rightOnly, pages, std::chrono::seconds(30), progress); });
        const int port = (*redirect)->port();
        QCOMPARE(browse(port, "/favicon.ico").get().reply->status, 404);
        QCOMPARE(browse(port, "/?right", "POST").get().reply->status, 404);
        const auto last = browse(port, "/?right").get();
        QCOMPARE(last.reply->status, 200);
        QCOMPARE(last.reply->body, pages.done);
        VERIFY_OK(waiting.get());
    }

    void a_refusal_is_shown_as_one() {
        const auto redirect = LoopbackRedirect::listen();
        VERIFY_OK(redirect);
        const Progress progress;
        auto browser = browse((*redirect)->port(), "/?no");
        VERIFY_OK((*redirect)->wait(rightOnly, pages, std::chrono::seconds(30), progress));
        QCOMPARE(browser.get().reply->body, pages.failed);
    }

    void it_waits_no_longer_than_told_and_can_be_cancelled() {
        const auto redirect = LoopbackRedirect::listen();
        VERIFY_OK(redirect);
        Progress progress;
        VERIFY_ERROR((*redirect)->wait(rightOnly, pages, std::chrono::milliseconds(1), progress), ErrorCode::TimedOut);
        progress.cancel();
        VERIFY_ERROR((*redirect)->wait(rightOnly, pages, std::chrono::seconds(30), progress), ErrorCode::Cancelled);
    }

    void only_this_computer_can_reach_it() {
        const auto redirect = LoopbackRedirect::listen();
        VERIFY_OK(redirect);
        // Bound to 127.0.0.1 alone, so that the same port is free on another loopback address.
        const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in other{};
        other.sin_family = AF_INET;
        other.sin_port = htons(std::uint16_t((*redirect)->port()));
        inet_pton(AF_INET, "127.0.0.2", &other.sin_addr);
        const bool free = ::bind(socket, reinterpret_cast<const sockaddr*>(&other), sizeof(other)) == 0;
        ::close(socket);
        QVERIFY(free);
    }
};

OUTRIDER_TEST(LoopbackRedirectTest)
#include "loopback_redirect_test.moc"
