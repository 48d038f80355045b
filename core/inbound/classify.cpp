// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inbound/classify.h"

#include "core/contact/text.h"
#include "core/inbound/auto_reply.h"
#include "core/inbound/bounce.h"
#include "core/inbound/opt_out.h"
#include "core/inbound/reply_text.h"
#include "core/inbound/return_date.h"
#include "core/inbound/words.h"

#include <array>

namespace outrider::inbound {

using transport::ParsedMail;

namespace {

// The day it was where the mail was written.
std::optional<std::chrono::sys_days> writtenOn(const ParsedMail& mail) {
    if (!mail.date)
        return std::nullopt;
    return std::chrono::floor<std::chrono::days>(*mail.date + std::chrono::minutes(mail.utcOffsetMinutes));
}

bool isBulk(const ParsedMail& mail) {
    const std::string precedence = contact::asciiLower(mail.headers.first("Precedence"));
    return mail.headers.has("List-Id") || mail.headers.has("List-Unsubscribe") || precedence == "bulk" || precedence == "list"
           || precedence == "junk";
}

// "Re:", "AW:", "Antw:", "Odp:"…, which answers have even when the thread's headers were lost.
bool hasAnswerSubject(const ParsedMail& mail) {
    constexpr std::array<std::string_view, 12> prefixes{" re ",  " aw ", " sv ",  " antw ", " odp ", " rv ",
                                                        " ris ", " r ",  " res ", " vs ",   " ynt ", " tr "};
    const std::string_view start = startOf(mail.subject, 12);
    const auto colon = start.find(':');
    if (colon == std::string_view::npos)
        return start.starts_with("\xEF\xBC\xB2") || start.starts_with("回复"); // "Ｒｅ：" and its Chinese sister
    const std::string first = wordsOf(start.substr(0, colon));
    return std::find(prefixes.begin(), prefixes.end(), first) != prefixes.end();
}

} // namespace

Classification classify(const ParsedMail& mail) {
    Classification result;
    if (auto bounce = findBounce(mail)) {
        result.messageClass = MessageClass::Bounce;
        result.hard = bounce->diagnosis.hard;
        result.reason = std::move(bounce->diagnosis.reason);
        result.recipient = std::move(bounce->recipient);
        result.originalMessageId = std::move(bounce->originalMessageId);
        result.rule = std::move(bounce->rule);
        result.evidence = std::move(bounce->evidence);
        return result;
    }
    if (mail.reportType == "feedback-report") { // somebody pressed "this is spam" (RFC 5965)
        result.messageClass = MessageClass::OptOut;
        result.rule = "opt_out.complaint";
        result.evidence = excerpt(mail.subject);
        if (const auto ids = transport::messageIdsOf(mail.original.first("Message-ID")); !ids.empty())
            result.originalMessageId = ids.front();
        return result;
    }
    if (const auto token = unsubscribeToken(mail.subject); !token.empty()) { // also from a machine
        result.messageClass = MessageClass::OptOut;
        result.rule = optOutByToken;
        result.evidence = token;
        return result;
    }
    const ReplyText written = replyText(mail.text);
    const std::string ownText = written.isWhole ? std::string() : written.text;
    if (auto machine = findAutoReply(mail, ownText)) {
        result.messageClass = MessageClass::AutoReply;
        result.rule = std::move(machine->rule);
        result.evidence = std::move(machine->evidence);
        result.reason = name(machine->kind);
        result.contact = std::move(machine->contact);
        if (machine->kind == AutoReplyKind::Away || machine->kind == AutoReplyKind::Unclear) {
            // Some say the date in the subject only.
            result.returnDate = findReturnDate(ownText.empty() ? mail.text : ownText, writtenOn(mail));
            if (!result.returnDate)
                result.returnDate = findReturnDate(mail.subject, writtenOn(mail));
            if (result.returnDate) // who names a day is away until then
                result.reason = name(AutoReplyKind::Away);
        }
        return result;
    }
    const bool threaded = !mail.inReplyTo.empty() || !mail.references.empty() || hasAnswerSubject(mail);
    // A newsletter's footer speaks of unsubscribing too; from it, nothing is an answer.
    if (isBulk(mail) && !threaded) {
        result.rule = "other.bulk";
        return result;
    }
    if (auto optOut = findOptOut(mail.subject, ownText)) {
        result.messageClass = MessageClass::OptOut;
        result.rule = std::move(optOut->rule);
        result.evidence = std::move(optOut->evidence);
        return result;
    }
    result.messageClass = threaded ? MessageClass::Reply : MessageClass::Other;
    result.rule = threaded ? "reply.thread" : "other.unthreaded";
    if (threaded)
        result.evidence = !mail.inReplyTo.empty()    ? excerpt("In-Reply-To: " + mail.inReplyTo)
                          : !mail.references.empty() ? excerpt("References: " + mail.references.back())
                                                     : excerpt(mail.subject);
    return result;
}

} // namespace outrider::inbound
