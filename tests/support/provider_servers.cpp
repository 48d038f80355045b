// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/provider_servers.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QDateTime>
#include <QUrl>
#include <QUrlQuery>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace outrider::test {

using Json = nlohmann::json;
using Reply = HttpServer::Reply;

namespace {

std::string headerOf(const std::string& raw, const std::string& name) {
    const auto at = raw.find("\r\n" + name + ": ");
    if (at == std::string::npos)
        return raw.starts_with(name + ": ") ? raw.substr(name.size() + 2, raw.find("\r\n") - name.size() - 2) : std::string();
    const auto begin = at + 2 + name.size() + 2;
    return raw.substr(begin, raw.find("\r\n", begin) - begin);
}

std::string bearerOf(const HttpServer::Request& request) {
    const std::string header = request.header("authorization");
    return header.starts_with("Bearer ") ? header.substr(7) : std::string();
}

std::string idToken(const std::string& account) {
    const QByteArray claims = QByteArray::fromStdString(Json{{"email", account}}.dump());
    return "e30." + claims.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals).toStdString() + ".sig";
}

} // namespace

// ── Faults ───────────────────────────────────────────────────────────────────────────────────

ProviderServer::ProviderServer()
    : m_http(std::make_unique<HttpServer>([this](const HttpServer::Request& request) { return reply(request); })) {}

void ProviderServer::add(Fault fault) {
    const std::lock_guard lock(m_mutex);
    m_faults.push_back(std::move(fault));
}

void ProviderServer::clearFaults() {
    const std::lock_guard lock(m_mutex);
    m_faults.clear();
}

Reply ProviderServer::reply(const HttpServer::Request& request) {
    std::optional<Fault> fault;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = std::find_if(m_faults.begin(), m_faults.end(), [&](const Fault& one) {
            return request.method == "POST" && request.path.ends_with(one.path) && one.times != 0;
        });
        if (found != m_faults.end()) {
            if (found->times > 0)
                --found->times;
            fault = *found;
        }
    }
    if (fault && fault->when == Fault::When::Before)
        return fault->reply;
    Reply answer = handle(request);
    if (!fault)
        return answer;
    if (fault->reply.action == Reply::Action::CutBody || fault->reply.action == Reply::Action::AnswerAndClose) {
        answer.action = fault->reply.action;
        return answer;
    }
    return fault->reply;
}

Reply ProviderServer::json(int status, std::string body) { return {.status = status, .body = std::move(body)}; }

// ── Resend ───────────────────────────────────────────────────────────────────────────────────

ResendServer::~ResendServer() { stop(); }

std::vector<ResendServer::Mail> ResendServer::mails() const {
    const std::lock_guard lock(m_mutex);
    return m_mails;
}

Reply ResendServer::handle(const HttpServer::Request& request) {
    const auto refused = [](int status, const char* name, const char* message) {
        return json(status, Json{{"statusCode", status}, {"name", name}, {"message", message}}.dump());
    };
    const std::string bearer = bearerOf(request);
    if (bearer.empty())
        return refused(401, "missing_api_key", "Missing API key in the authorization header.");
    if (bearer != key)
        return refused(403, "invalid_api_key", "API key is invalid.");
    if (request.method == "GET" && request.path == "/domains")
        return keyIsRestricted ? refused(401, "restricted_api_key", "This API key is restricted to only send emails.")
                               : json(200, R"({"data":[]})");
    if (request.path != "/emails")
        return refused(404, "not_found", "The requested endpoint does not exist.");
    if (request.method != "POST")
        return refused(405, "method_not_allowed", "This endpoint does not support the specified HTTP method.");
    const Json body = Json::parse(request.body, nullptr, false);
    for (const char* field : {"from", "to", "subject"}) {
        if (!body.is_object() || !body.contains(field))
            return refused(422, "missing_required_field", "The request body is missing one or more required fields.");
    }
    const std::string idempotency = request.header("idempotency-key");
    if (idempotency.size() > 256)
        return refused(400, "invalid_idempotency_key", "The key must be between 1-256 chars.");
    const std::lock_guard lock(m_mutex);
    const auto known = std::find_if(m_mails.begin(), m_mails.end(),
                                    [&](const Mail& mail) { return !idempotency.empty() && mail.idempotencyKey == idempotency; });
    if (known != m_mails.end() && known->body != request.body)
        return refused(409, "invalid_idempotent_request", "Same idempotency key used with a different request payload.");
    if (known == m_mails.end()) {
        m_mails.push_back({"49a3999c-0000-4ea6-ab68-" + std::to_string(m_mails.size()), idempotency, request.body});
        return json(200, Json{{"id", m_mails.back().id}}.dump());
    }
    return json(200, Json{{"id", known->id}}.dump());
}

// ── Twilio ───────────────────────────────────────────────────────────────────────────────────

TwilioServer::~TwilioServer() { stop(); }

namespace {

Reply twilioError(int status, int code, const std::string& message) {
    return {.status = status,
            .body = Json{{"code", code},
                         {"message", message},
                         {"more_info", "https://www.twilio.com/docs/errors/" + std::to_string(code)},
                         {"status", status}}
                        .dump()};
}

bool isNumber(const std::string& text) {
    return text.size() > 7 && text.size() < 17 && text[0] == '+' && text.find_first_not_of("0123456789", 1) == std::string::npos;
}

std::string serial(const char* kind, std::size_t number) {
    std::string digits = std::to_string(number);
    return kind + std::string(32 - digits.size(), 'e') + digits;
}

Json resource(const TwilioServer::Text& text) {
    return {{"sid", text.sid},
            {"to", text.to},
            {"from", text.from.empty() ? Json() : Json(text.from)},
            {"messaging_service_sid", text.service.empty() ? Json() : Json(text.service)},
            {"body", text.body},
            {"date_created", text.made},
            {"date_sent", text.status == "queued" ? Json() : Json(text.made)},
            {"status", text.status},
            {"error_code", text.errorCode == 0 ? Json() : Json(text.errorCode)}};
}

Json resource(const TwilioServer::Call& call) {
    return {{"sid", call.sid},
            {"to", call.to},
            {"from", call.from},
            {"status", call.status},
            {"duration", call.seconds == 0 ? Json() : Json(std::to_string(call.seconds))}};
}

} // namespace

std::vector<TwilioServer::Text> TwilioServer::texts() const {
    const std::lock_guard lock(m_mutex);
    return m_texts;
}

std::vector<TwilioServer::Call> TwilioServer::calls() const {
    const std::lock_guard lock(m_mutex);
    return m_calls;
}

void TwilioServer::setText(std::size_t index, const std::string& status, int errorCode) {
    const std::lock_guard lock(m_mutex);
    m_texts.at(index).status = status;
    m_texts.at(index).errorCode = errorCode;
}

void TwilioServer::setCall(std::size_t index, const std::string& status, int seconds) {
    const std::lock_guard lock(m_mutex);
    m_calls.at(index).status = status;
    m_calls.at(index).seconds = seconds;
}

Reply TwilioServer::handle(const HttpServer::Request& request) {
    const std::string header = request.header("authorization");
    const std::string given =
        header.starts_with("Basic ") ? QByteArray::fromBase64(QByteArray::fromStdString(header.substr(6))).toStdString() : "";
    if (given != accountSid + ":" + authToken && given != keySid + ":" + keySecret)
        return twilioError(401, 20003, "Authenticate");
    const std::string account = "/2010-04-01/Accounts/" + accountSid;
    if (!request.path.starts_with(account + "/"))
        return twilioError(404, 20404, "The requested resource " + request.path + " was not found");
    const std::string path = request.path.substr(account.size());
    const std::lock_guard lock(m_mutex);
    if (request.method == "POST" && request.header("content-type") != "application/x-www-form-urlencoded")
        return twilioError(415, 20001, "Unsupported media type");
    if (path == "/Messages.json")
        return request.method == "POST" ? makeText(request) : list(request);
    if (path == "/Calls.json" && request.method == "POST")
        return makeCall(request);
    return one(path);
}

Reply TwilioServer::makeText(const HttpServer::Request& request) {
    auto form = request.form();
    const std::string to = form["To"];
    if (to.empty())
        return twilioError(400, 21604, "A 'To' phone number is required.");
    if (!isNumber(to))
        return twilioError(400, 21211, "Invalid 'To' Phone Number: " + to);
    if (form["Body"].empty())
        return twilioError(400, 21602, "Message body is required.");
    if (QString::fromStdString(form["Body"]).size() > 1600)
        return twilioError(400, 21617, "The concatenated message body exceeds the 1600 character limit.");
    if (form["From"].empty() && form["MessagingServiceSid"].empty())
        return twilioError(400, 21603, "A 'From' phone number is required.");
    if (!form["From"].empty() && form["From"] != number)
        return twilioError(400, 21606, "The 'From' phone number " + form["From"] + " is not a valid, SMS-capable number.");
    if (!form["MessagingServiceSid"].empty() && form["MessagingServiceSid"] != serviceSid)
        return twilioError(400, 21705, "The Messaging Service Sid is invalid.");
    if (optedOut.contains(to))
        return twilioError(400, 21610, "Attempt to send to unsubscribed recipient");
    m_texts.push_back({.sid = serial("SM", m_texts.size()),
                       .to = to,
                       .from = form["From"],
                       .service = form["MessagingServiceSid"],
                       .body = form["Body"],
                       .made = now});
    return json(201, resource(m_texts.back()).dump());
}

Reply TwilioServer::makeCall(const HttpServer::Request& request) {
    auto form = request.form();
    if (!isNumber(form["To"]))
        return twilioError(400, 21211, "Invalid 'To' Phone Number: " + form["To"]);
    if (form["From"] != number)
        return twilioError(400, 21210, "'From' phone number not verified.");
    if (form["Twiml"].empty() && form["Url"].empty())
        return twilioError(400, 21205, "Url parameter is required.");
    m_calls.push_back({.sid = serial("CA", m_calls.size()), .to = form["To"], .from = form["From"], .twiml = form["Twiml"]});
    return json(201, resource(m_calls.back()).dump());
}

// The youngest first.
Reply TwilioServer::list(const HttpServer::Request& request) const {
    const auto asked = [&](const char* key) {
        const auto found = request.query.find(key);
        return found == request.query.end() ? std::string() : found->second;
    };
    const std::string since = asked("DateSent>");
    Json messages = Json::array();
    for (auto text = m_texts.rbegin(); text != m_texts.rend(); ++text) {
        const QDateTime made = QDateTime::fromString(QString::fromStdString(text->made), Qt::RFC2822Date).toUTC();
        const bool early = !since.empty() && made.date() < QDate::fromString(QString::fromStdString(since), Qt::ISODate);
        if (!early && (asked("To").empty() || asked("To") == text->to) && (asked("From").empty() || asked("From") == text->from))
            messages.push_back(resource(*text));
    }
    return json(200, Json{{"messages", messages}, {"page", 0}, {"next_page_uri", Json()}}.dump());
}

Reply TwilioServer::one(const std::string& path) const {
    for (const Text& text : m_texts) {
        if (path == "/Messages/" + text.sid + ".json")
            return json(200, resource(text).dump());
    }
    for (const Call& call : m_calls) {
        if (path == "/Calls/" + call.sid + ".json")
            return json(200, resource(call).dump());
    }
    return twilioError(404, 20404, "The requested resource was not found");
}

// ── OAuth ────────────────────────────────────────────────────────────────────────────────────

std::string OAuthServer::authorize(const std::string& url, bool consents) {
    const QUrl asked(QString::fromStdString(url));
    const QUrlQuery query(asked);
    const auto value = [&](const char* key) {
        return query.queryItemValue(QString::fromLatin1(key), QUrl::FullyDecoded).toStdString();
    };
    const std::string redirect = value("redirect_uri");
    const bool loopback = redirect.starts_with("http://127.0.0.1:") || redirect.starts_with("http://localhost:");
    if (value("response_type") != "code" || value("client_id") != clientId || value("code_challenge_method") != "S256"
        || value("code_challenge").size() != 43 || value("state").size() < 32 || value("scope").empty() || !loopback)
        return {};
    const std::string state = "&state=" + value("state");
    if (!consents)
        return redirect + "?error=access_denied" + state;
    const std::lock_guard lock(m_tokens);
    const std::string code = "4/code" + std::to_string(++m_serial); // Google's have a slash
    m_codes[code] = {value("code_challenge"), redirect};
    return redirect + "?code=4%2Fcode" + std::to_string(m_serial) + state;
}

void OAuthServer::revoke() {
    const std::lock_guard lock(m_tokens);
    m_access.clear();
    m_refresh.clear();
}

void OAuthServer::expireAccess() {
    const std::lock_guard lock(m_tokens);
    m_access.clear();
}

std::string OAuthServer::accessToken() {
    const std::lock_guard lock(m_tokens);
    return *m_access.insert("ya29.access" + std::to_string(++m_serial)).first;
}

std::string OAuthServer::refreshToken() {
    const std::lock_guard lock(m_tokens);
    return *m_refresh.insert("1//refresh" + std::to_string(++m_serial)).first;
}

int OAuthServer::refreshes() const {
    const std::lock_guard lock(m_tokens);
    return m_refreshes;
}

Reply OAuthServer::handle(const HttpServer::Request& request) {
    if (request.path == "/token" && request.method == "POST")
        return token(request);
    {
        const std::lock_guard lock(m_tokens);
        if (!m_access.contains(bearerOf(request)))
            return json(401, R"({"error":{"code":401,"message":"Invalid Credentials","errors":[{"reason":"authError"}]}})");
    }
    return api(request);
}

Reply OAuthServer::token(const HttpServer::Request& request) {
    const auto refused = [](int status, const char* error, const char* words) {
        return json(status, Json{{"error", error}, {"error_description", words}}.dump());
    };
    if (request.header("content-type") != "application/x-www-form-urlencoded")
        return refused(400, "invalid_request", "form");
    auto form = request.form();
    if (form["client_id"] != clientId || form["client_secret"] != clientSecret)
        return refused(401, "invalid_client", "The OAuth client was not found.");
    const std::lock_guard lock(m_tokens);
    if (form["grant_type"] == "authorization_code") {
        const auto code = m_codes.find(form["code"]);
        const QByteArray digest =
            QCryptographicHash::hash(QByteArray::fromStdString(form["code_verifier"]), QCryptographicHash::Sha256);
        const std::string challenge =
            digest.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals).toStdString();
        if (code == m_codes.end() || code->second.challenge != challenge || code->second.redirect != form["redirect_uri"])
            return refused(400, "invalid_grant", "Malformed auth code.");
        m_codes.erase(code); // once
        return grant(true);
    }
    if (form["grant_type"] == "refresh_token") {
        const auto refresh = m_refresh.find(form["refresh_token"]);
        if (refresh == m_refresh.end())
            return refused(400, "invalid_grant", "Token has been expired or revoked.");
        if (rotates)
            m_refresh.erase(refresh);
        ++m_refreshes;
        return grant(rotates);
    }
    return refused(400, "unsupported_grant_type", "grant_type");
}

Reply OAuthServer::grant(bool withRefresh) {
    Json body{{"access_token", *m_access.insert("ya29.access" + std::to_string(++m_serial)).first},
              {"token_type", "Bearer"},
              {"expires_in", lifetime},
              {"id_token", idToken(account)}};
    if (withRefresh)
        body["refresh_token"] = *m_refresh.insert("1//refresh" + std::to_string(++m_serial)).first;
    return json(200, body.dump());
}

// ── Gmail ────────────────────────────────────────────────────────────────────────────────────

GmailServer::~GmailServer() { stop(); }

std::vector<GmailServer::Mail> GmailServer::sent() const {
    const std::lock_guard lock(m_mutex);
    return m_sent;
}

std::map<std::string, std::string> GmailServer::drafts() const {
    const std::lock_guard lock(m_mutex);
    return m_drafts;
}

void GmailServer::deleteDraft(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    m_drafts.erase(id);
}

Reply GmailServer::api(const HttpServer::Request& request) {
    constexpr std::string_view root = "/gmail/v1/users/me/";
    const auto refused = [](int status, const char* reason) {
        return json(status, Json{{"error", {{"code", status}, {"message", reason}, {"errors", {{{"reason", reason}}}}}}}.dump());
    };
    if (!request.path.starts_with(root))
        return refused(404, "notFound");
    const std::string what = request.path.substr(root.size());
    const Json body = request.body.empty() ? Json() : Json::parse(request.body, nullptr, false);
    const std::lock_guard lock(m_mutex);
    if (what == "profile")
        return json(200, Json{{"emailAddress", account}}.dump());
    if (what == "drafts" && request.method == "POST") {
        if (!body.is_object() || !body.contains("message") || !body["message"].contains("raw"))
            return refused(400, "badRequest");
        const auto raw = QByteArray::fromBase64Encoding(QByteArray::fromStdString(body["message"]["raw"].get<std::string>()),
                                                        QByteArray::Base64UrlEncoding);
        if (!raw)
            return refused(400, "invalidArgument");
        const std::string id = "r" + std::to_string(++m_serial);
        m_drafts[id] = raw.decoded.toStdString();
        return json(200, Json{{"id", id}, {"message", {{"id", "m" + id}}}}.dump());
    }
    if (what == "drafts/send" && request.method == "POST") {
        const auto draft =
            body.is_object() && body.contains("id") ? m_drafts.find(body["id"].get<std::string>()) : m_drafts.end();
        if (draft == m_drafts.end())
            return refused(404, "notFound");
        const std::string id = "m" + draft->first;
        m_sent.push_back(
            {id, draft->second, rewritesMessageId ? "<CA" + id + "@mail.gmail.example>" : headerOf(draft->second, "Message-ID")});
        m_drafts.erase(draft);
        return json(200, Json{{"id", id}, {"threadId", "t1"}, {"labelIds", {"SENT"}}}.dump());
    }
    if (what.starts_with("drafts/")) {
        const auto draft = m_drafts.find(what.substr(7));
        if (draft == m_drafts.end())
            return refused(404, "notFound");
        if (request.method == "DELETE") {
            m_drafts.erase(draft);
            return json(204, {});
        }
        return json(200, Json{{"id", draft->first}}.dump());
    }
    if (what == "messages" && request.method == "GET") {
        const auto query = request.query.find("q");
        const std::string wanted = query == request.query.end() ? std::string() : query->second;
        Json found = {{"resultSizeEstimate", 0}};
        for (const Mail& mail : m_sent) { // by the id it left with, and by the one it came with
            for (const std::string& id : {mail.messageId, headerOf(mail.raw, "Message-ID")}) {
                if (wanted == "in:sent rfc822msgid:" + id.substr(1, id.size() - 2))
                    found = {{"messages", {{{"id", mail.id}}}}, {"resultSizeEstimate", 1}};
            }
        }
        return json(200, found.dump());
    }
    if (what.starts_with("messages/")) {
        for (const Mail& mail : m_sent) {
            if (what == "messages/" + mail.id)
                return json(
                    200, Json{{"id", mail.id}, {"payload", {{"headers", {{{"name", "Message-Id"}, {"value", mail.messageId}}}}}}}
                             .dump());
        }
    }
    return refused(404, "notFound");
}

// ── Graph ────────────────────────────────────────────────────────────────────────────────────

GraphServer::~GraphServer() { stop(); }

std::vector<GraphServer::Mail> GraphServer::sent() const {
    const std::lock_guard lock(m_mutex);
    return m_sent;
}

Reply GraphServer::api(const HttpServer::Request& request) {
    const auto refused = [](int status, const char* code, const char* message) {
        return json(status, Json{{"error", {{"code", code}, {"message", message}}}}.dump());
    };
    const std::lock_guard lock(m_mutex);
    if (request.path == "/v1.0/me/sendMail" && request.method == "POST") {
        if (request.header("content-type") != "text/plain")
            return refused(400, "ErrorInvalidRequest", "MIME");
        const auto raw = QByteArray::fromBase64Encoding(QByteArray::fromStdString(request.body),
                                                        QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
        if (!raw)
            return refused(400, "ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content.");
        const std::string text = raw.decoded.toStdString();
        m_sent.push_back(
            {text,
             rewritesMessageId ? "<DB" + std::to_string(m_sent.size()) + "@prod.outlook.example>" : headerOf(text, "Message-ID"),
             headerOf(text, "X-Outrider-Id")});
        return json(202, {});
    }
    if (request.path == "/v1.0/me/mailFolders/sentitems")
        return json(200, R"({"id":"sent"})");
    if (request.path == "/v1.0/me/mailFolders/sentitems/messages") {
        const auto query = request.query.find("$filter");
        const std::string wanted = query == request.query.end() ? std::string() : query->second;
        Json value = Json::array();
        for (std::size_t i = 0; filesAtOnce && i < m_sent.size(); ++i) {
            const Mail& mail = m_sent[i];
            if (wanted == "internetMessageId eq '" + mail.messageId + "'"
                || wanted
                       == "singleValueExtendedProperties/Any(ep: ep/id eq 'String {00020386-0000-0000-C000-000000000046} Name "
                          "X-Outrider-Id' and ep/value eq '"
                              + mail.trackingId + "')")
                value.push_back({{"id", "g" + std::to_string(i)}, {"internetMessageId", mail.messageId}});
        }
        return json(200, Json{{"value", value}}.dump());
    }
    return refused(404, "ErrorItemNotFound", "The specified object was not found in the store.");
}

} // namespace outrider::test
