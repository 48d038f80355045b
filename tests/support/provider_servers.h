// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/http_server.h"

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace outrider::test {

// The providers of mailboxes as their documentation describes them, on a loopback port: what is not as documented is
// refused as documented. A fault strikes the next request to its path, before (Before) or after (After) the request did
// what it does.
class ProviderServer {
public:
    struct Fault {
        enum class When { Before, After };
        std::string path; // the end of it
        HttpServer::Reply reply;
        When when = When::Before;
        int times = 1; // -1: always
    };

    virtual ~ProviderServer() = default;

    void add(Fault fault);
    void clearFaults();
    HttpServer& http() { return *m_http; }
    std::string url() const { return m_http->url(); }

protected:
    ProviderServer();
    virtual HttpServer::Reply handle(const HttpServer::Request& request) = 0;
    static HttpServer::Reply json(int status, std::string body);
    void stop() { m_http.reset(); } // in the destructor of whoever handles

private:
    HttpServer::Reply reply(const HttpServer::Request& request);

    std::mutex m_mutex;
    std::vector<Fault> m_faults;
    std::unique_ptr<HttpServer> m_http;
};

// https://resend.com/docs/api-reference: POST /emails with an Idempotency-Key, GET /domains.
class ResendServer final : public ProviderServer {
public:
    ~ResendServer() override;
    std::string key = "re_contract_key";
    bool keyIsRestricted = true; // "Sending access"

    struct Mail {
        std::string id;
        std::string idempotencyKey;
        std::string body; // JSON
    };
    std::vector<Mail> mails() const;

private:
    HttpServer::Reply handle(const HttpServer::Request& request) override;
    mutable std::mutex m_mutex;
    std::vector<Mail> m_mails;
};

// https://www.twilio.com/docs/messaging/api/message-resource and …/voice/api/call-resource: Messages.json and Calls.json of an
// account, made, listed and read, signed in to with its auth token or an API key.
class TwilioServer final : public ProviderServer {
public:
    ~TwilioServer() override;
    std::string accountSid = "AC0123456789abcdef0123456789abcdef";
    std::string authToken = "twilio_contract_token";
    std::string keySid = "SK0123456789abcdef0123456789abcdef";
    std::string keySecret = "twilio_contract_secret";
    std::string serviceSid = "MG0123456789abcdef0123456789abcdef";
    std::string number = "+493055501000"; // the account's own
    std::string now = "Tue, 17 Nov 2026 09:00:00 +0000";
    std::set<std::string> optedOut; // answered STOP

    struct Text {
        std::string sid;
        std::string to;
        std::string from;
        std::string service;
        std::string body;
        std::string made;
        std::string status = "queued";
        int errorCode = 0;
    };
    struct Call {
        std::string sid;
        std::string to;
        std::string from;
        std::string twiml;
        std::string status = "queued";
        int seconds = 0;
    };
    std::vector<Text> texts() const;
    std::vector<Call> calls() const;
    void setText(std::size_t index, const std::string& status, int errorCode = 0);
    void setCall(std::size_t index, const std::string& status, int seconds);
    std::string apiUrl() const { return url() + "/2010-04-01"; }

private:
    HttpServer::Reply handle(const HttpServer::Request& request) override;
    HttpServer::Reply makeText(const HttpServer::Request& request);
    HttpServer::Reply makeCall(const HttpServer::Request& request);
    HttpServer::Reply list(const HttpServer::Request& request) const;
    HttpServer::Reply one(const std::string& path) const;
    mutable std::mutex m_mutex;
    std::vector<Text> m_texts;
    std::vector<Call> m_calls;
};

// OAuth 2 as Google and Microsoft do it for programs on a computer: authorization with PKCE (S256 only), tokens that
// expire, refresh tokens that are replaced each time.
class OAuthServer : public ProviderServer {
public:
    std::string clientId = "client.example";
    std::string clientSecret; // empty: none is wanted
    std::string account = "mara@harborline.example";
    int lifetime = 3600;
    bool rotates = true;

    // What a browser does with the authorization URL: the redirect's location. Empty: refused.
    std::string authorize(const std::string& url, bool consents = true);
    // Every token is withdrawn, as when the person removes the program from their account.
    void revoke();
    // Only the access tokens are, as when they run out early.
    void expireAccess();
    std::string accessToken(); // a good one, without a sign-in
    std::string refreshToken();
    int refreshes() const;

protected:
    HttpServer::Reply handle(const HttpServer::Request& request) override;
    virtual HttpServer::Reply api(const HttpServer::Request& request) = 0;

private:
    HttpServer::Reply token(const HttpServer::Request& request);
    HttpServer::Reply grant(bool withRefresh);
    struct Code {
        std::string challenge;
        std::string redirect;
    };
    mutable std::mutex m_tokens;
    std::map<std::string, Code> m_codes;
    std::set<std::string> m_access;
    std::set<std::string> m_refresh;
    int m_serial = 0;
    int m_refreshes = 0;
};

// https://developers.google.com/gmail/api/reference/rest: drafts, drafts/send, messages, profile.
class GmailServer final : public OAuthServer {
public:
    ~GmailServer() override;
    struct Mail {
        std::string id;
        std::string raw;
        std::string messageId; // with brackets, as it left
    };
    bool rewritesMessageId = false;

    std::vector<Mail> sent() const;
    std::map<std::string, std::string> drafts() const;
    void deleteDraft(const std::string& id);

private:
    HttpServer::Reply api(const HttpServer::Request& request) override;
    mutable std::mutex m_mutex;
    std::map<std::string, std::string> m_drafts; // id, raw
    std::vector<Mail> m_sent;
    int m_serial = 0;
};

// https://learn.microsoft.com/graph/api: me/sendMail with MIME, the messages of sentitems by $filter.
class GraphServer final : public OAuthServer {
public:
    ~GraphServer() override;
    struct Mail {
        std::string raw;
        std::string messageId; // with brackets, as it left
        std::string trackingId;
    };
    bool rewritesMessageId = false;
    bool filesAtOnce = true; // among the sent mail

    std::vector<Mail> sent() const;
    std::string apiUrl() const { return url() + "/v1.0"; }

private:
    HttpServer::Reply api(const HttpServer::Request& request) override;
    mutable std::mutex m_mutex;
    std::vector<Mail> m_sent;
};

} // namespace outrider::test
