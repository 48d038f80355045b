// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/send_facts.h"

#include <curl/curl.h>

namespace outrider::transport {

namespace {

bool isSoft(int reply) { return reply >= 400 && reply < 500; }

bool isHard(int reply) { return reply >= 500 && reply < 600; }

} // namespace

SendKind kindOf(const SendFacts& facts) {
    if (facts.heldBack)
        return SendKind::NotSent;
    if (!facts.finished) {
        // A refusal before MAIL is about the connection or the sign-in, not about this message: it
        // waits like any other.
        const bool aboutMessage =
            facts.stage == SendStage::Sender || facts.stage == SendStage::Recipient || facts.stage == SendStage::Content;
        if (!facts.started && aboutMessage && isSoft(facts.reply))
            return SendKind::RefusedSoft;
        if (!facts.started && aboutMessage && isHard(facts.reply))
            return SendKind::RefusedHard;
        return SendKind::NotSent; // without the final dot the server throws away what it has
    }
    if (!facts.answered)
        return facts.curlCode == CURLE_OK ? SendKind::Sent : SendKind::Unknown;
    if (facts.reply >= 200 && facts.reply < 300)
        return SendKind::Sent;
    if (isSoft(facts.reply))
        return SendKind::RefusedSoft;
    if (isHard(facts.reply))
        return SendKind::RefusedHard;
    return SendKind::Unknown; // an answer that is none
}

bool mayReconnect(const SendFacts& facts) {
    if (!facts.reused || facts.started)
        return false;
    switch (facts.curlCode) {
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_OPERATION_TIMEDOUT: // after the computer slept
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_LOGIN_DENIED:
        break;
    default:
        return false;
    }
    if (facts.reply == 421)
        return true;
    // "Too many messages on this connection" comes at MAIL, as one 4xx or another.
    return facts.stage == SendStage::Sender ? !isHard(facts.reply) : !isSoft(facts.reply) && !isHard(facts.reply);
}

} // namespace outrider::transport
