// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/provider_servers.h"

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace outrider::test {

// A mailbox that is read over the Gmail API, as https://developers.google.com/gmail/api/reference/rest/v1 describes it:
// users.getProfile, users.messages.list and .get, users.history.list. Lists are newest first and paged; a history is kept
// from `oldestHistory` on, an older one is 404.
class GmailMailbox final : public OAuthServer {
public:
    ~GmailMailbox() override;

    // A new message; its labels decide whether it is read. Returns its id.
    std::string deliver(const std::string& raw, std::int64_t internalDate, const std::vector<std::string>& labels = {"INBOX"});
    void remove(const std::string& id);
    void forgetHistory(); // as Google does after about a week

    // What answers the next requests whose path and query hold `part`.
    void fault(const std::string& part, HttpServer::Reply reply, int times = 1);

    int pageSize = 100;                       // never more than asked for
    std::vector<std::string> fetched() const; // the messages that were read as raw bytes, in order

private:
    struct Mail {
        std::string id;
        std::string raw;
        std::int64_t date = 0; // milliseconds
        std::uint64_t history = 0;
        std::vector<std::string> labels;
    };
    struct PlannedFault {
        std::string part;
        HttpServer::Reply reply;
        int times = 1;
    };
    HttpServer::Reply api(const HttpServer::Request& request) override;
    HttpServer::Reply list(const HttpServer::Request& request);
    HttpServer::Reply history(const HttpServer::Request& request);
    HttpServer::Reply message(const std::string& id, const std::string& format);

    mutable std::mutex m_mutex;
    std::vector<Mail> m_mails; // oldest first
    std::vector<PlannedFault> m_planned;
    std::vector<std::string> m_fetched;
    std::uint64_t m_history = 1000;
    std::uint64_t m_oldestHistory = 1000;
};

} // namespace outrider::test
