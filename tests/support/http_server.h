// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace outrider::test {

// An HTTP/1.1 server on a free loopback port whose every answer a test writes. Connections are kept; a thread each;
// stopped and joined by the destructor.
class HttpServer {
public:
    struct Request {
        std::string method;
        std::string path;                           // decoded no further than '?'
        std::map<std::string, std::string> query;   // decoded
        std::map<std::string, std::string> headers; // names in lower case
        std::string body;

        std::string header(const std::string& name) const;
        // Of an application/x-www-form-urlencoded body.
        std::map<std::string, std::string> form() const;
    };

    struct Reply {
        enum class Action {
            Answer,
            AnswerAndClose, // without saying so: the next request on the connection finds it closed
            Drop,           // the request is taken, and the connection closed without a word
            Hang,           // … and kept open without a word
            Garbage,        // what is no HTTP
            CutBody,        // half of the body, then the connection is closed
        };
        int status = 200;
        std::string body;
        std::vector<std::string> headers; // "Name: value"
        Action action = Action::Answer;
    };

    using Script = std::function<Reply(const Request&)>; // on the connection's thread, one at a time

    explicit HttpServer(Script script);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    int port() const { return m_port; }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port); }

    std::vector<Request> requests() const;
    int count(std::string_view method, std::string_view path) const;
    int connections() const;

private:
    void acceptLoop();
    void serve(int socket);
    bool answer(int socket, const Reply& reply) const;

    const Script m_script;
    int m_listener = -1;
    int m_port = 0;
    std::vector<Request> m_requests;
    std::vector<int> m_sockets;
    std::vector<std::thread> m_threads;
    int m_connections = 0;
    bool m_stopping = false;
    mutable std::mutex m_mutex; // everything above
    std::mutex m_scripting;
    std::thread m_acceptor;
};

// "a=1&b=%20" as pairs.
std::map<std::string, std::string> decodedPairs(std::string_view text);

} // namespace outrider::test
