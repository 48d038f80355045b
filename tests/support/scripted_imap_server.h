// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace outrider::test {

// An IMAP server on a free loopback port whose every answer a test writes: plain TCP, one connection
// after the other, on a thread of its own.
class ScriptedImapServer {
public:
    struct Reply {
        std::string bytes;  // CRLF throughout; "$" stands for the command's tag
        bool close = false; // afterwards
    };

    // Gets each command without its tag ("UID SEARCH ALL", "DONE").
    using Script = std::function<Reply(const std::string& command)>;

    // CAPABILITY, the sign-in, LIST (an INBOX alone) and LOGOUT are answered by the server itself unless the script gives
    // bytes for them. Answers leave in pieces of `piece` bytes; 0: whole.
    explicit ScriptedImapServer(Script script, std::string capabilities = "IMAP4rev1 IDLE SASL-IR AUTH=PLAIN AUTH=XOAUTH2",
                                std::size_t piece = 0);
    ~ScriptedImapServer();
    ScriptedImapServer(const ScriptedImapServer&) = delete;
    ScriptedImapServer& operator=(const ScriptedImapServer&) = delete;

    int port() const { return m_port; }

    std::vector<std::string> commands() const;
    std::string literal() const; // the last one received

    // Waits until that command came; false after ten seconds.
    bool waitFor(const std::string& command);
    // Sends something the client did not ask for.
    void push(const std::string& bytes);

private:
    void loop();
    void serve(int socket);
    bool send(int socket, const std::string& bytes) const;
    Reply answer(const std::string& command);

    const Script m_script;
    const std::string m_capabilities;
    const std::size_t m_piece;
    int m_listener = -1;
    int m_port = 0;
    int m_socket = -1;
    std::vector<std::string> m_commands;
    std::string m_literal;
    bool m_stopping = false;
    mutable std::mutex m_mutex; // the four above
    std::condition_variable m_came;
    std::thread m_thread;
};

} // namespace outrider::test
