// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/smtp_transport.h"

#include "core/contact/email_address.h"
#include "core/contact/text.h"
#include "core/transport/charset.h"
#include "core/transport/curl_error.h"
#include "core/transport/curl_handle.h"
#include "core/transport/outgoing_mail.h"
#include "core/transport/send_facts.h"

#include <algorithm>
#include <cstring>
#include <optional>

namespace outrider::transport {

namespace {

constexpr std::size_t mostAnswer = 2048;

// The name in EHLO. The address literal of this computer says nothing about it (the default would be
// its host name), and every server that is signed in to takes it.
constexpr std::string_view heloPath = "%5B127.0.0.1%5D";

// What goes on during one attempt; libcurl's callbacks write here, all on the caller's thread.
struct Attempt {
    std::string_view raw;
    const HandOver& beforeData;
    const Progress& progress;
    Millis afterCancel;

    std::size_t at = 0;
    SendFacts facts;
    std::string reply; // the one being read
    std::string answer;
    bool leaving = false; // QUIT was sent
    std::optional<Stopwatch> cancelledFor;

    bool startsWith(std::string_view line, std::string_view verb) const {
        return contact::asciiLower(line.substr(0, verb.size())) == verb;
    }

    // Which command was sent last. Only its verb is looked at: what follows AUTH is secret.
    void commandSent(std::string_view line) {
        if (startsWith(line, "ehlo") || startsWith(line, "helo"))
            facts.stage = SendStage::Connect;
        else if (startsWith(line, "starttls"))
            facts.stage = SendStage::Tls;
        else if (startsWith(line, "auth"))
            facts.stage = SendStage::SignIn;
        else if (startsWith(line, "mail"))
            facts.stage = SendStage::Sender;
        else if (startsWith(line, "rcpt"))
            facts.stage = SendStage::Recipient;
        else if (startsWith(line, "data"))
            facts.stage = SendStage::Content;
        else if (startsWith(line, "quit"))
            leaving = true;
    }

    // A line of a reply: "250-more follows", "250 the last one".
    void replyReceived(std::string_view line) {
        while (line.ends_with('\n') || line.ends_with('\r'))
            line.remove_suffix(1);
        if (leaving) // libcurl takes leave after a refusal; the answer to that is not the outcome
            return;
        if (reply.size() + line.size() < mostAnswer)
            reply += (reply.empty() ? "" : " ") + std::string(line);
        const auto digit = [&](std::size_t i) { return line.size() > i && line[i] >= '0' && line[i] <= '9'; };
        const bool last = digit(0) && digit(1) && digit(2) && (line.size() == 3 || line[3] == ' ');
        if (!last)
            return;
        facts.reply = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
        facts.answered = facts.finished;
        answer = std::string(contact::trimmed(cleanUtf8(reply)));
        reply.clear();
    }

    std::size_t read(char* buffer, std::size_t room) {
        if (!facts.started) {
            facts.started = true;
            if (!beforeData()) {
                facts.heldBack = true;
                return CURL_READFUNC_ABORT;
            }
        }
        const auto size = std::min(room, raw.size() - at);
        std::memcpy(buffer, raw.data() + at, size);
        at += size;
        if (size == 0) {
            facts.finished = true;
            facts.stage = SendStage::Answer;
        }
        return size;
    }

    // Once a part has left, stopping would leave the outcome unknown: the answer is waited for, only
    // not for long.
    bool mustStop() {
        if (leaving) // nor is the answer to QUIT waited for
            return true;
        if (!progress.cancelled())
            return false;
        if (!facts.started)
            return true;
        if (!cancelledFor)
            cancelledFor.emplace();
        return cancelledFor->elapsed() > afterCancel;
    }
};

std::size_t onRead(char* buffer, std::size_t size, std::size_t count, void* attempt) {
    return static_cast<Attempt*>(attempt)->read(buffer, size * count);
}

std::size_t onHeader(char* line, std::size_t size, std::size_t count, void* attempt) {
    static_cast<Attempt*>(attempt)->replyReceived({line, size * count});
    return size * count;
}

std::size_t discard(char*, std::size_t size, std::size_t count, void*) { return size * count; }

int onDebug(CURL*, curl_infotype type, char* data, std::size_t size, void* attempt) {
    if (type == CURLINFO_HEADER_OUT)
        static_cast<Attempt*>(attempt)->commandSent({data, size});
    return 0;
}

int onProgress(void* attempt, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<Attempt*>(attempt)->mustStop() ? 1 : 0;
}

// For MAIL and RCPT: libcurl puts it into the command as it is.
Result<std::string> envelopeAddress(const std::string& address) {
    if (contact::hasControlCharacter(address) || address.find_first_of("<> ") != std::string::npos)
        return fail(ErrorCode::InvalidEmail, "the envelope's address");
    OUTRIDER_ASSIGN(const auto parsed, contact::parseEmailAddress(address));
    const bool ascii = std::all_of(parsed.local.begin(), parsed.local.end(), [](char c) { return c > ' ' && c <= '~'; });
    if (!ascii)
        return fail(ErrorCode::InvalidEmail, "not ASCII before the @");
    return "<" + parsed.local + "@" + parsed.domain + ">";
}

SendOutcome notSent(Error error) {
    SendOutcome outcome;
    outcome.error = std::move(error);
    return outcome;
}

} // namespace

class SmtpTransport::Session {
public:
    Session(ServerLogin login, SecretSource secret, NetworkTimeouts timeouts)
        : m_login(std::move(login)),
          m_secret(std::move(secret)),
          m_timeouts(timeouts) {}

    ~Session() { disconnect(); }

    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    SendOutcome send(const Envelope& envelope, std::string_view raw, const HandOver& beforeData, const Progress& progress) {
        if (const auto format = checkWireFormat(raw); !format)
            return notSent(format.error());
        const auto sender = envelopeAddress(envelope.sender);
        const auto recipient = envelopeAddress(envelope.recipient);
        if (!sender || !recipient)
            return notSent(sender ? recipient.error() : sender.error());
        if (progress.cancelled())
            return notSent(Error(ErrorCode::Cancelled));
        SecureBytes secret;
        if (m_login.auth != AuthMethod::None) {
            auto found = m_secret();
            if (!found)
                return notSent(found.error());
            secret = std::move(*found);
        }
        if (!m_curl)
            m_curl = std::make_unique<CurlHandle>();
        const auto applied = applyLogin(*m_curl, m_login, secret, m_timeouts, "smtp", heloPath);
        if (!applied)
            return notSent(applied.error());

        const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> recipients(
            curl_slist_append(nullptr, recipient->c_str()), curl_slist_free_all);
        m_curl->set(CURLOPT_MAIL_FROM, sender->c_str());
        m_curl->set(CURLOPT_MAIL_RCPT, recipients.get());
        SendOutcome outcome = attempt(raw, beforeData, progress, false);
        if (m_again)
            outcome = attempt(raw, beforeData, progress, true);
        m_curl->set(CURLOPT_MAIL_RCPT, static_cast<curl_slist*>(nullptr));
        outcome.answer = redacted(outcome.answer, m_login.userName, secret);
        outcome.error.detail = redacted(outcome.error.detail, m_login.userName, secret);
        return outcome;
    }

    void disconnect() {
        if (!m_curl)
            return;
        m_curl->shutDown();
        m_curl.reset();
    }

    int connectionsOpened() const { return m_connectionsOpened; }

private:
    SendOutcome attempt(std::string_view raw, const HandOver& beforeData, const Progress& progress, bool fresh) {
        Attempt now{raw, beforeData, progress, m_timeouts.afterCancel};
        CurlHandle& curl = *m_curl;
        curl.set(CURLOPT_FRESH_CONNECT, fresh ? 1L : 0L);
        curl.set(CURLOPT_UPLOAD, 1L);
        // Without the size libcurl asks once more when it has sent everything, which tells `finished`.
        curl.set(CURLOPT_INFILESIZE_LARGE, curl_off_t(-1));
        curl.set(CURLOPT_READFUNCTION, &onRead);
        curl.set(CURLOPT_READDATA, static_cast<void*>(&now));
        curl.set(CURLOPT_HEADERFUNCTION, &onHeader);
        curl.set(CURLOPT_HEADERDATA, static_cast<void*>(&now));
        curl.set(CURLOPT_WRITEFUNCTION, &discard);
        curl.set(CURLOPT_VERBOSE, 1L); // for onDebug; nothing is printed
        curl.set(CURLOPT_DEBUGFUNCTION, &onDebug);
        curl.set(CURLOPT_DEBUGDATA, static_cast<void*>(&now));
        curl.set(CURLOPT_NOPROGRESS, 0L);
        curl.set(CURLOPT_XFERINFOFUNCTION, &onProgress);
        curl.set(CURLOPT_XFERINFODATA, static_cast<void*>(&now));
        now.facts.curlCode = curl.perform();
        // The connection outlives `now`: nothing may be reported there when it is closed.
        curl.set(CURLOPT_VERBOSE, 0L);
        curl.set(CURLOPT_NOPROGRESS, 1L);
        curl.set(CURLOPT_HEADERFUNCTION, &discard);
        const int opened = curl.connectionsOpened();
        now.facts.reused = opened == 0;
        m_connectionsOpened += opened;
        m_again = !fresh && !progress.cancelled() && mayReconnect(now.facts);
        return outcomeOf(now, curl.errorText());
    }

    SendOutcome outcomeOf(const Attempt& attempt, const std::string& curlText) const {
        const SendFacts& facts = attempt.facts;
        SendOutcome outcome;
        outcome.kind = kindOf(facts);
        outcome.stage = facts.stage;
        outcome.replyCode = facts.reply;
        outcome.answer = attempt.answer;
        const bool refused = facts.reply >= 400;
        const std::string& detail = refused ? attempt.answer : curlText;
        switch (outcome.kind) {
        case SendKind::Sent:
            break;
        case SendKind::RefusedSoft:
            outcome.error = Error(ErrorCode::RefusedSoft, attempt.answer, facts.curlCode);
            break;
        case SendKind::RefusedHard:
            outcome.error = Error(ErrorCode::RefusedHard, attempt.answer, facts.curlCode);
            break;
        case SendKind::NotSent:
            outcome.error = facts.heldBack ? Error(ErrorCode::Cancelled, {}, facts.curlCode)
                                           : connectionError(facts.curlCode, facts.reply, hostAndPort(m_login.server), detail);
            break;
        case SendKind::Unknown:
            outcome.error = Error(ErrorCode::OutcomeUnknown, curlText, facts.curlCode);
            break;
        }
        return outcome;
    }

    const ServerLogin m_login;
    const SecretSource m_secret;
    const NetworkTimeouts m_timeouts;
    std::unique_ptr<CurlHandle> m_curl;
    int m_connectionsOpened = 0;
    bool m_again = false;
};

SmtpTransport::SmtpTransport(ServerLogin login, SecretSource secret, NetworkTimeouts timeouts)
    : m_session(std::make_unique<Session>(std::move(login), std::move(secret), timeouts)) {}

SmtpTransport::~SmtpTransport() = default;

SendOutcome SmtpTransport::send(const Envelope& envelope, std::string_view raw, const HandOver& beforeData,
                                const Progress& progress) {
    return m_session->send(envelope, raw, beforeData, progress);
}

void SmtpTransport::disconnect() { m_session->disconnect(); }

int SmtpTransport::connectionsOpened() const { return m_session->connectionsOpened(); }

} // namespace outrider::transport
