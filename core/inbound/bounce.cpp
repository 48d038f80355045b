// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inbound/bounce.h"

#include "core/contact/email_address.h"
#include "core/contact/text.h"
#include "core/inbound/words.h"

#include <algorithm>
#include <array>
#include <vector>

namespace outrider::inbound {

using transport::MailHeaders;
using transport::ParsedMail;

namespace {

constexpr std::size_t readableBytes = std::size_t{16} * 1024; // reasons stand at the start

// ── Who writes ───────────────────────────────────────────────────────────────────────────────

bool isDaemon(const ParsedMail& mail) {
    constexpr std::array<std::string_view, 9> locals{"mailer-daemon", "mailer_daemon", "mailerdaemon",
                                                     "mail-daemon",   "maildaemon",    "postmaster",
                                                     "mdaemon",       "mmdf",          "delivery-status"};
    constexpr std::array<std::string_view, 8> names{" mailer daemon ",     " mail delivery s",     " mail delivery system",
                                                    " postmaster ",        " mail administrator ", " system administrator ",
                                                    " microsoft outlook ", " mail system "};
    const std::string address = contact::asciiLower(mail.from.address);
    const std::string local = address.substr(0, address.find('@'));
    // "MAILER-DAEMON" without a domain is no address, but it is the name.
    return std::any_of(locals.begin(), locals.end(), [&](std::string_view name) { return local.starts_with(name); })
           || holdsAny(wordsOf(startOf(mail.from.name, 100)), names);
}

bool isBounceSubject(std::string_view words) {
    constexpr std::array<std::string_view, 54> subjects{" undeliver",
                                                        " nondeliver",
                                                        " non deliver",
                                                        " not delivered",
                                                        " not be delivered",
                                                        " could not deliver",
                                                        " returned mail",
                                                        " returned to sender",
                                                        " mail returned",
                                                        " return to sender",
                                                        " delivery status",
                                                        " delivery notification",
                                                        " delivery fail",
                                                        " delivery error",
                                                        " delivery problem",
                                                        " delivery report",
                                                        " delivery has failed",
                                                        " delivery delayed",
                                                        " delivery incomplete",
                                                        " delivery is delayed",
                                                        " failure notice",
                                                        " mail failure",
                                                        " message failure",
                                                        " failed mail",
                                                        " failed delivery",
                                                        " mail system error",
                                                        " mail delivery",
                                                        " message delivery",
                                                        " ndn ",
                                                        " ndr ",
                                                        " could not send message",
                                                        " message status",
                                                        " mail error",
                                                        " permanent fail",
                                                        " bounced mail",
                                                        " user unknown",
                                                        " unknown user",
                                                        " unzustell",
                                                        " nicht zugestellt",
                                                        " zustellung",
                                                        " non remis",
                                                        " non distribu",
                                                        " echec de la remise",
                                                        " no entregad",
                                                        " no se puede entregar",
                                                        " no se pudo entregar",
                                                        " devuelto",
                                                        " mancata consegna",
                                                        " non recapit",
                                                        " impossibile recapitare",
                                                        " onbestelbaar",
                                                        " nao entregue",
                                                        " nao e possivel entregar",
                                                        " niedoreczona"};
    return holdsAny(words, subjects) || holds(words, " niedostarczalne ") || holds(words, " zwrot ");
}

// Sentences only mail servers write about a message.
bool saysUndelivered(std::string_view words) {
    constexpr std::array<std::string_view, 36> sentences{" could not be delivered",
                                                         " couldn t be delivered",
                                                         " cannot be delivered",
                                                         " can not be delivered",
                                                         " can t be delivered",
                                                         " was not delivered",
                                                         " wasn t delivered",
                                                         " not been delivered",
                                                         " has not been delivered",
                                                         " unable to deliver",
                                                         " able to deliver your message",
                                                         " delivery failed",
                                                         " delivery to the following",
                                                         " failed permanently",
                                                         " did not reach",
                                                         " undeliverable",
                                                         " undelivered",
                                                         " delivery failure",
                                                         " failed to deliver",
                                                         " failed delivery",
                                                         " permanent error",
                                                         " permanent fatal error",
                                                         " could not deliver",
                                                         " had delivery problems",
                                                         " message is being returned",
                                                         " mail is being returned",
                                                         " returned to you",
                                                         " returned mail",
                                                         " konnte nicht zugestellt werden",
                                                         " nicht zugestellt",
                                                         " n a pas pu etre remis",
                                                         " no se ha podido entregar",
                                                         " non e stato possibile recapitare",
                                                         " kan niet worden bezorgd",
                                                         " nao pode ser entregue",
                                                         " nie mozna dostarczyc"};
    return holdsAny(words, sentences);
}

// ── What came back ───────────────────────────────────────────────────────────────────────────

// Where a copy of the message begins that nothing introduces: a header only a delivered message has, with others
// around it. `text.size()` when there is none.
std::size_t copyStart(std::string_view text) {
    constexpr std::array<std::string_view, 6> delivered{
        "return-path:", "received:", "message-id:", "mime-version:", "dkim-signature:", "delivered-to:"};
    constexpr std::array<std::string_view, 9> usual{
        "from:", "to:", "subject:", "date:", "message-id:", "received:", "mime-version:", "content-type:", "return-path:"};
    constexpr std::size_t lookAt = 2000;
    const std::string lower = contact::asciiLower(text);
    const auto begins = [](std::string_view line, const auto& names) {
        line.remove_prefix(std::min(line.find_first_not_of("> \t|"), line.size()));
        return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return line.starts_with(name); });
    };
    const auto lineFrom = [&](std::size_t at) { return std::string_view(lower).substr(at, lower.find('\n', at) - at); };
    for (std::size_t at = 0; at < lower.size(); at += lineFrom(at).size() + 1) {
        if (!begins(lineFrom(at), delivered))
            continue;
        int others = 0;
        for (std::size_t next = at + lineFrom(at).size() + 1;
             next < std::min(lower.size(), at + lookAt) && !lineFrom(next).empty(); next += lineFrom(next).size() + 1)
            others += begins(lineFrom(next), usual) ? 1 : 0;
        if (others >= 2)
            return at;
    }
    return text.size();
}

// The part of the text that speaks, before the copy of the message.
std::string_view withoutOriginal(std::string_view text) {
    constexpr std::array<std::string_view, 14> marks{
        "original message follows",    "----- original message",        "--- original message",
        "below this line is a copy",   "this is a copy of the message", "message header follows",
        "message headers follow",      "unsent message below",          "returned message",
        "original message headers",    "the header of the original",    "------ this is a copy",
        "undelivered message follows", "---- message text follows"};
    text = startOf(text, readableBytes);
    const std::string lower = contact::asciiLower(text);
    std::size_t end = text.size();
    for (const std::string_view mark : marks) {
        // At the start of a line, or behind dashes: "see the returned message" is not the mark.
        for (auto at = lower.find(mark); at != std::string::npos && at < end; at = lower.find(mark, at + 1)) {
            const auto line = lower.rfind('\n', at);
            const auto from = line == std::string::npos ? 0 : line + 1;
            if (lower.find_first_not_of(" -_=*>\t", from) >= at) {
                end = at;
                break;
            }
        }
    }
    return text.substr(0, std::min(end, copyStart(text)));
}

// The paragraphs that quote a server or give a reason, one after another.
std::string diagnosticParts(std::string_view text) {
    constexpr std::array<std::string_view, 12> signs{
        "said:",     "reason:",   "error:",        "<<<",          "smtp error", "diagnostic",
        "responded", "response:", "remote server", "other server", "the reason", "generated from"};
    std::string parts;
    for (std::size_t at = 0; at < text.size();) {
        auto end = text.find("\n\n", at);
        end = end == std::string_view::npos ? text.size() : end;
        const std::string_view paragraph = text.substr(at, end - at);
        at = std::min(end + 2, text.size());
        const std::string lower = contact::asciiLower(paragraph);
        const bool quotes = std::any_of(signs.begin(), signs.end(), [&](std::string_view sign) { return holds(lower, sign); });
        if (quotes || replyCodeIn(paragraph) != 0 || !statusIn(paragraph).empty()) {
            parts += paragraph;
            parts += '\n';
        }
    }
    return parts;
}

// "rfc822; <zoe@nordwind.example>" -> "zoe@nordwind.example"; empty when it is no address.
std::string addressIn(std::string_view field) {
    if (const auto semicolon = field.find(';'); semicolon != std::string_view::npos)
        field.remove_prefix(semicolon + 1);
    const auto parsed = contact::parseEmailAddress(startOf(field, 400));
    return parsed ? parsed->display : std::string();
}

// The first address in a text, if it is not one of `others`.
std::string firstAddress(std::string_view text, const std::vector<std::string>& others) {
    constexpr std::string_view around = " \t\r\n<>()[]\"',;:";
    constexpr std::size_t longest = 320; // of each side
    int tries = 50;
    for (std::size_t at = text.find('@'); at != std::string_view::npos && tries > 0; at = text.find('@', at + 1), --tries) {
        const std::size_t first = at > longest ? at - longest : 0;
        const auto before = text.substr(first, at - first).find_last_of(around);
        const auto from = before == std::string_view::npos ? first : first + before + 1;
        const auto host = text.substr(at, longest);
        auto token = text.substr(from, at - from + std::min(host.find_first_of(around), host.size()));
        while (token.ends_with('.'))
            token.remove_suffix(1);
        const auto parsed = contact::parseEmailAddress(token);
        if (parsed && std::find(others.begin(), others.end(), parsed->key) == others.end())
            return parsed->display;
    }
    return {};
}

std::string keyOf(std::string_view address) {
    const auto parsed = contact::parseEmailAddress(address);
    return parsed ? parsed->key : std::string();
}

// Whom the returned message was for, else whom the text speaks of.
std::string recipientOf(const ParsedMail& mail, std::string_view text) {
    for (const auto field : mail.headers.all("X-Failed-Recipients")) {
        if (std::string address = firstAddress(startOf(field, 400), {}); !address.empty())
            return address;
    }
    std::vector<std::string> own{keyOf(mail.from.address)};
    for (const auto& to : mail.to)
        own.push_back(keyOf(to.address));
    std::string named = firstAddress(text, own);
    if (!named.empty())
        return named;
    return firstAddress(startOf(mail.original.first("To"), 1000), {});
}

std::string originalIdOf(const ParsedMail& mail) {
    const auto ids = transport::messageIdsOf(mail.original.first("Message-ID"));
    if (!ids.empty())
        return ids.front();
    for (const auto& status : mail.deliveryStatus) { // Gmail
        if (const auto named = transport::messageIdsOf(status.message.first("X-Original-Message-ID")); !named.empty())
            return named.front();
    }
    // Exchange names it in the thread instead.
    return mail.inReplyTo.empty() && !mail.references.empty() ? mail.references.back() : mail.inReplyTo;
}

// ── RFC 3464 ─────────────────────────────────────────────────────────────────────────────────

// The words of "smtp; 550 5.1.1 …".
std::string_view diagnosticOf(const MailHeaders& recipient) {
    std::string_view code = recipient.first("Diagnostic-Code");
    constexpr std::size_t longestType = 20;
    if (const auto semicolon = code.find(';'); semicolon < longestType)
        code.remove_prefix(semicolon + 1);
    return contact::trimmed(startOf(code, readableBytes));
}

std::string actionOf(const MailHeaders& recipient) {
    const std::string action = contact::asciiLower(recipient.first("Action"));
    return action.substr(0, action.find_first_of(" \t;("));
}

// The block that matters: a failure before a delay. None when everything was delivered.
const MailHeaders* decisiveRecipient(const ParsedMail& mail) {
    const MailHeaders* delayed = nullptr;
    for (const auto& status : mail.deliveryStatus) {
        for (const auto& recipient : status.recipients) {
            const std::string action = actionOf(recipient);
            const std::string_view code = recipient.first("Status");
            if (action == "failed" || (action.empty() && !code.starts_with("2")))
                return &recipient;
            if (action == "delayed" && delayed == nullptr)
                delayed = &recipient;
        }
    }
    return delayed;
}

Bounce readStatus(const ParsedMail& mail, const MailHeaders& recipient) {
    Bounce bounce;
    const std::string_view text = withoutOriginal(mail.text);
    const std::string_view said = diagnosticOf(recipient);
    const std::string_view status = statusIn(recipient.first("Status"));
    bounce.delayed = actionOf(recipient) == "delayed";
    bounce.rule = bounce.delayed ? "dsn.delayed" : "dsn.failed";
    bounce.evidence = excerpt(said.empty() ? std::string_view(status) : said);

    auto byWords = diagnoseByWords(said, status);
    if (!byWords) // the report is mute; its text for people may say more
        byWords = diagnoseByWords(diagnosticParts(text), status);
    if (!byWords && status.ends_with(".0.0"))
        byWords = diagnoseByWords(text, status);
    bounce.diagnosis = byWords ? *byWords : diagnose(said, status);
    if (bounce.delayed) {
        bounce.diagnosis.hard = false;
        if (bounce.diagnosis.reason == "unknown" || bounce.diagnosis.reason == "user_unknown")
            bounce.diagnosis.reason = "delayed";
    }

    // As we wrote it, before somebody's forwarding made another address of it.
    bounce.recipient = addressIn(recipient.first("Original-Recipient"));
    if (bounce.recipient.empty())
        bounce.recipient = addressIn(recipient.first("Final-Recipient"));
    if (bounce.recipient.empty())
        bounce.recipient = recipientOf(mail, text);
    return bounce;
}

// Whether a report inside the mail is what the mail is, and not something a person attached.
bool isReport(const ParsedMail& mail, std::string_view subject) {
    return mail.contentType == "multipart/report" || mail.contentType == "message/delivery-status" || isDaemon(mail)
           || mail.returnPath == std::string() || mail.headers.has("Auto-Submitted") || mail.headers.has("X-Failed-Recipients")
           || isBounceSubject(subject);
}

// ── Everything else ──────────────────────────────────────────────────────────────────────────

bool isAnswer(const ParsedMail& mail) {
    const std::string subject = contact::asciiLower(startOf(mail.subject, 20));
    return subject.starts_with("re:") || subject.starts_with("aw:") || subject.starts_with("sv:") || subject.starts_with("antw:")
           || subject.starts_with("odp:") || subject.starts_with("fwd:") || subject.starts_with("wg:");
}

std::optional<Bounce> readText(const ParsedMail& mail, const std::string& subject) {
    const std::string_view text = withoutOriginal(mail.text);
    const std::string words = wordsOf(text);
    const bool daemon = isDaemon(mail);
    const bool machine = daemon || mail.returnPath == std::string() || mail.headers.has("X-Failed-Recipients");
    const bool subjectSays = isBounceSubject(subject) && !isAnswer(mail);
    const bool textSays = saysUndelivered(words);
    const std::string parts = diagnosticParts(text);
    const bool quotesServer = replyCodeIn(parts) != 0 || !statusIn(parts).empty();
    // Two of three: a machine, a subject, a text. A person's answer may well speak of an undelivered parcel.
    const bool named = mail.headers.has("X-Failed-Recipients");
    const bool is = named || (machine && (subjectSays || textSays)) || (subjectSays && (textSays || quotesServer))
                    || (daemon && quotesServer) || (daemon && !mail.original.empty())
                    || (textSays && quotesServer && !mail.original.empty() && mail.inReplyTo.empty());
    if (!is)
        return std::nullopt;

    Bounce bounce;
    bounce.delayed = holds(words, " warning message only") || holds(words, " will keep trying")
                     || holds(words, " still undelivered") || holds(words, " will be retried")
                     || holds(words, " do not need to resend") || holds(subject, " delayed ")
                     || holds(subject, " could not send message for past") || holds(words, " will continue to try");
    bounce.rule = bounce.delayed ? "bounce.delayed" : "bounce.text";
    const std::string status(statusIn(parts));
    auto byWords = diagnoseByWords(parts, status);
    if (!byWords)
        byWords = diagnoseByWords(text, status);
    bounce.diagnosis = byWords ? *byWords : diagnose(parts, status);
    if (bounce.delayed)
        bounce.diagnosis = {false,
                            bounce.diagnosis.hard || bounce.diagnosis.reason == "unknown" ? "delayed" : bounce.diagnosis.reason};
    bounce.recipient = recipientOf(mail, text);
    bounce.evidence = excerpt(parts.empty() ? std::string_view(text) : std::string_view(parts));
    if (contact::trimmed(bounce.evidence).empty())
        bounce.evidence = excerpt(mail.subject);
    return bounce;
}

} // namespace

std::optional<Bounce> findBounce(const ParsedMail& mail) {
    const std::string subject = wordsOf(startOf(mail.subject, 200));
    std::optional<Bounce> bounce;
    if (!mail.deliveryStatus.empty() && isReport(mail, subject)) {
        const bool hasRecipients = std::any_of(mail.deliveryStatus.begin(), mail.deliveryStatus.end(),
                                               [](const auto& status) { return !status.recipients.empty(); });
        const MailHeaders* recipient = decisiveRecipient(mail);
        if (recipient == nullptr && hasRecipients)
            return std::nullopt; // it was delivered, and only says so
        if (recipient != nullptr)
            bounce = readStatus(mail, *recipient);
    }
    if (!bounce)
        bounce = readText(mail, subject);
    if (bounce)
        bounce->originalMessageId = originalIdOf(mail);
    return bounce;
}

} // namespace outrider::inbound
