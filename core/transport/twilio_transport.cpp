// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/twilio_transport.h"

#include "core/contact/text.h"
#include "core/transport/curl_handle.h"
#include "core/transport/http_outcome.h"

#include <QDateTime>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace outrider::transport {

using nlohmann::json;

namespace {

constexpr auto usualWait = std::chrono::seconds(60);
constexpr auto queueWait = std::chrono::minutes(10);
constexpr auto clocksDiffer = std::chrono::minutes(10);
constexpr std::size_t longestText = 1600; // characters
constexpr int listed = 100;
// What an account on trial puts before every text.
constexpr std::string_view trialPrefix = "Sent from your Twilio trial account - ";

// https://www.twilio.com/docs/api/errors
enum class Blame { Message, Recipient, OptedOut, Line, QueueFull, TooLong };

Blame blameOf(int code) {
    switch (code) {
    case 21610: // they answered STOP
        return Blame::OptedOut;
    case 21211: // no number
    case 21214: // cannot be called
    case 21217:
    case 21265: // is the line's own
    case 21408: // a country the account does not send to
    case 21608: // not verified, and the account is on trial
    case 21612: // cannot be reached from this number
    case 21614: // takes no messages
    case 21635: // a landline
        return Blame::Recipient;
    case 20003: // credentials
    case 20404: // the account
    case 21210: // the number is not the account's
    case 21212:
    case 21603:
    case 21606:
    case 21659:
    case 21660:
    case 21661:
    case 21701: // the messaging service
    case 21703:
    case 21705:
        return Blame::Line;
    case 21611:
        return Blame::QueueFull;
    case 21605:
    case 21617:
        return Blame::TooLong;
    default:
        return Blame::Message;
    }
}

int codeOf(const HttpReply& reply) {
    int code = 0;
    const std::string reason = answerOf(reply).reason;
    std::from_chars(reason.data(), reason.data() + reason.size(), code);
    return code;
}

std::string textOf(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// A resource's name, which goes into a path: two letters and hexadecimal digits.
bool isSid(std::string_view text) {
    return text.size() == 34 && std::ranges::all_of(text, [](unsigned char c) {
               return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
           });
}

std::string sidOf(const HttpReply& reply) {
    const json body = reply.whole ? json::parse(reply.body, nullptr, false) : json();
    std::string sid = body.is_object() ? textOf(body, "sid") : std::string();
    return isSid(sid) ? sid : std::string();
}

std::string form(const std::vector<std::pair<std::string_view, std::string_view>>& fields) {
    std::string out;
    for (const auto& [name, value] : fields)
        out += (out.empty() ? "" : "&") + percentEncoded(name) + '=' + percentEncoded(value);
    return out;
}

std::size_t charactersOf(std::string_view utf8) {
    return std::size_t(std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::optional<Instant> momentOf(const std::string& rfc2822) {
    const QDateTime at = QDateTime::fromString(QString::fromStdString(rfc2822), Qt::RFC2822Date);
    return at.isValid() ? std::optional(fromEpochMillis(at.toMSecsSinceEpoch())) : std::nullopt;
}

// The outcome of a request that makes something, by Twilio's own codes.
SendOutcome outcomeBy(const HttpExchange& exchange) {
    SendOutcome outcome = outcomeOf(exchange);
    if (!exchange.reply || exchange.reply->isSuccess() || exchange.reply->status >= 500)
        return outcome;
    const int status = exchange.reply->status;
    if (status == 429)
        return usedUp(exchange, usualWait);
    if (status == 404) // there is no such account
        return signedOut(exchange);
    switch (blameOf(codeOf(*exchange.reply))) {
    case Blame::Line:
        return signedOut(exchange); // every message of the line would be refused
    case Blame::QueueFull:
        return usedUp(exchange, queueWait);
    case Blame::OptedOut:
        outcome.optedOut = status < 500 && outcome.kind == SendKind::RefusedHard;
        outcome.stage = SendStage::Recipient;
        break;
    case Blame::Recipient:
        outcome.stage = SendStage::Recipient;
        break;
    case Blame::TooLong:
        outcome.error = Error(ErrorCode::MessageTooLarge, outcome.answer, status);
        break;
    case Blame::Message:
        break;
    }
    return outcome;
}

PhoneStatus statusIn(const HttpReply& reply) {
    const json body = json::parse(reply.body, nullptr, false);
    PhoneStatus status;
    if (!body.is_object())
        return status;
    status.status = textOf(body, "status");
    if (const auto code = body.find("error_code"); code != body.end() && code->is_number_integer())
        status.errorCode = code->get<int>();
    int seconds = 0;
    const std::string duration = textOf(body, "duration");
    if (!duration.empty() && std::from_chars(duration.data(), duration.data() + duration.size(), seconds).ec == std::errc())
        status.seconds = seconds;
    return status;
}

bool isOneOf(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

} // namespace

bool isOver(const PhoneStatus& status) {
    return hasFailed(status) || isOneOf(status.status, {"delivered", "read", "completed", "received"});
}

bool hasFailed(const PhoneStatus& status) {
    return isOneOf(status.status, {"failed", "undelivered", "busy", "no-answer", "canceled"});
}

std::string bridgingTwiml(std::string_view callerId, std::string_view number) {
    const auto escaped = [](std::string_view text) { // numbers have no other signs; what is none of them stays harmless
        std::string out;
        std::ranges::copy_if(text, std::back_inserter(out), [](char c) { return c == '+' || (c >= '0' && c <= '9'); });
        return out;
    };
    return "<Response><Dial answerOnBridge=\"true\" callerId=\"" + escaped(callerId) + "\"><Number>" + escaped(number)
           + "</Number></Dial></Response>";
}

TwilioTransport::TwilioTransport(std::string apiUrl, PhoneLine line, SecretSource secret, std::string caFile,
                                 NetworkTimeouts timeouts)
    : m_apiUrl(std::move(apiUrl)),
      m_line(std::move(line)),
      m_secret(std::move(secret)),
      m_http(std::move(caFile), timeouts) {}

HttpExchange TwilioTransport::ask(std::string_view path, std::string_view form, const SecureBytes& secret,
                                  const Progress& progress, const HandOver& beforeData) {
    HttpRequest request{.method = form.empty() ? "GET" : "POST",
                        .url = m_apiUrl + "/Accounts/" + percentEncoded(m_line.accountSid) + std::string(path),
                        .headers = {},
                        .body = form,
                        .user = m_line.keySid.empty() ? m_line.accountSid : m_line.keySid,
                        .password = &secret};
    if (!form.empty())
        request.headers.emplace_back("Content-Type: application/x-www-form-urlencoded");
    return m_http.perform(request, progress, beforeData);
}

Result<HttpReply> TwilioTransport::look(std::string_view path, const Progress& progress) {
    OUTRIDER_ASSIGN(const SecureBytes secret, m_secret());
    auto reply = succeeded(ask(path, {}, secret, progress));
    if (!reply) {
        Error error = reply.error();
        error.detail = redacted(error.detail, {}, secret);
        return fail(error);
    }
    return reply;
}

SendOutcome TwilioTransport::send(const Envelope& envelope, std::string_view raw, const HandOver& beforeData,
                                  const Progress& progress) {
    SendOutcome none;
    if (raw.empty() || !contact::isUtf8(raw)) {
        none.error = Error(ErrorCode::MessageMalformed, "no text");
        return none;
    }
    if (charactersOf(raw) > longestText) {
        none.error = Error(ErrorCode::MessageTooLarge, std::to_string(longestText) + " characters");
        return none;
    }
    const auto secret = m_secret();
    if (!secret) {
        none.error = secret.error();
        return none;
    }
    const bool service = !m_line.serviceSid.empty();
    const std::string body =
        form({{"To", envelope.recipient},
              service ? std::pair<std::string_view, std::string_view>{"MessagingServiceSid", m_line.serviceSid}
                      : std::pair<std::string_view, std::string_view>{"From", m_line.number},
              {"Body", raw}});
    const HttpExchange exchange = ask("/Messages.json", body, *secret, progress, beforeData);
    SendOutcome outcome = outcomeBy(exchange);
    if (outcome.kind == SendKind::Sent) {
        outcome.messageId = sidOf(*exchange.reply);
        if (outcome.messageId.empty())
            return unreadable(exchange);
        outcome.answer = "twilio " + outcome.messageId;
    } else {
        outcome.answer = redacted(outcome.answer, {}, *secret);
    }
    outcome.error.detail = redacted(outcome.error.detail, {}, *secret);
    return outcome;
}

Result<FateReport> TwilioTransport::fateOf(const LostMessage& message, const Progress& progress) {
    if (!message.handedOver)
        return FateReport{};
    // Its day as Twilio counts it, or the one before when the clocks may differ over midnight. The name of the field
    // holds the sign: "DateSent>=…".
    const Instant since = *message.handedOver - clocksDiffer;
    const std::string day = toIsoDate(std::chrono::floor<std::chrono::days>(since));
    std::vector<std::pair<std::string_view, std::string_view>> asked{{"To", message.recipient}, {"DateSent>", day}};
    if (m_line.serviceSid.empty())
        asked.emplace_back("From", m_line.number);
    const std::string most = std::to_string(listed);
    asked.emplace_back("PageSize", most);
    OUTRIDER_ASSIGN(const HttpReply reply, look("/Messages.json?" + form(asked), progress));
    const json body = json::parse(reply.body, nullptr, false);
    const auto messages = body.is_object() ? body.find("messages") : body.end();
    if (!body.is_object() || messages == body.end() || !messages->is_array())
        return fail(ErrorCode::ProtocolError, "no list of messages");
    for (const json& one : *messages) {
        if (!one.is_object() || textOf(one, "to") != message.recipient)
            continue;
        if (!m_line.serviceSid.empty() && textOf(one, "messaging_service_sid") != m_line.serviceSid)
            continue;
        const std::string text = textOf(one, "body");
        if (text != message.raw && text != std::string(trialPrefix) + std::string(message.raw))
            continue;
        const auto made = momentOf(textOf(one, "date_created"));
        const std::string sid = textOf(one, "sid");
        if (!made || *made < since || !isSid(sid) || (message.isAnothers && message.isAnothers(sid)))
            continue;
        return FateReport{.fate = Fate::Sent, .what = "twilio " + sid, .messageId = sid};
    }
    return FateReport{};
}

Result<std::string> TwilioTransport::startCall(const std::string& number, const Progress& progress) {
    if (m_line.ownNumber.empty() || m_line.number.empty())
        return fail(ErrorCode::NoPhoneLine);
    OUTRIDER_ASSIGN(const SecureBytes secret, m_secret());
    const std::string twiml = bridgingTwiml(m_line.number, number);
    const HttpExchange exchange =
        ask("/Calls.json", form({{"To", m_line.ownNumber}, {"From", m_line.number}, {"Twiml", twiml}}), secret, progress);
    SendOutcome outcome = outcomeBy(exchange);
    if (outcome.kind == SendKind::Sent) {
        std::string sid = sidOf(*exchange.reply);
        if (!sid.empty())
            return sid;
        outcome = unreadable(exchange);
    }
    outcome.error.detail = redacted(outcome.error.detail, {}, secret);
    return fail(outcome.error);
}

Result<PhoneStatus> TwilioTransport::callStatus(std::string_view sid, const Progress& progress) {
    OUTRIDER_ASSIGN(const HttpReply reply, look("/Calls/" + percentEncoded(sid) + ".json", progress));
    return statusIn(reply);
}

Result<PhoneStatus> TwilioTransport::messageStatus(std::string_view sid, const Progress& progress) {
    OUTRIDER_ASSIGN(const HttpReply reply, look("/Messages/" + percentEncoded(sid) + ".json", progress));
    return statusIn(reply);
}

Result<> TwilioTransport::check(const Progress& progress) {
    // What every kind of API key may read.
    const auto reply = look("/Messages.json?PageSize=1", progress);
    if (!reply && reply.error().code == ErrorCode::NotFound)
        return fail(ErrorCode::AuthFailed, reply.error().detail);
    OUTRIDER_TRY(reply);
    return {};
}

} // namespace outrider::transport
