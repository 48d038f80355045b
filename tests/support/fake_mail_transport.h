// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/mail_transport.h"

#include <functional>
#include <string>
#include <vector>

namespace outrider::test {

// A mail server in memory: takes what it is handed, unless a script says otherwise.
class FakeMailTransport final : public transport::MailTransport {
public:
    struct Accepted {
        std::string recipient;
        std::string raw;
    };
    std::vector<Accepted> accepted;
    int attempts = 0;
    std::function<void()> onAccepted; // after the server has it, before the sender knows
    // What the n-th attempt (0-based) ends in; "handed over" decides whether beforeData is called.
    struct Script {
        transport::SendOutcome outcome;
        bool handedOver = true;
        bool takesIt = false; // the server has it, whatever the outcome says
    };
    std::function<Script(int attempt, const transport::Envelope& envelope)> script;

    transport::SendOutcome send(const transport::Envelope& envelope, std::string_view raw, const transport::HandOver& beforeData,
                                const Progress&) override {
        Script plan{.outcome = {.kind = transport::SendKind::Sent,
                                .stage = transport::SendStage::Answer,
                                .replyCode = 250,
                                .answer = "250 2.0.0 Ok"},
                    .takesIt = true};
        if (script)
            plan = script(attempts, envelope);
        ++attempts;
        if (plan.handedOver && !beforeData())
            return {.kind = transport::SendKind::NotSent, .stage = transport::SendStage::Content};
        if (plan.takesIt) {
            accepted.push_back({envelope.recipient, std::string(raw)});
            if (onAccepted)
                onAccepted();
        }
        return plan.outcome;
    }

    static Script sent() {
        return {.outcome = {.kind = transport::SendKind::Sent, .replyCode = 250, .answer = "250 ok"}, .takesIt = true};
    }
    static Script unknown(bool takesIt) {
        return {.outcome = {.kind = transport::SendKind::Unknown,
                            .stage = transport::SendStage::Answer,
                            .replyCode = 354,
                            .error = Error(ErrorCode::OutcomeUnknown)},
                .takesIt = takesIt};
    }
    static Script refused(int code, const char* answer, transport::SendStage stage) {
        return {.outcome = {.kind = code < 500 ? transport::SendKind::RefusedSoft : transport::SendKind::RefusedHard,
                            .stage = stage,
                            .replyCode = code,
                            .answer = answer,
                            .error = Error(code < 500 ? ErrorCode::RefusedSoft : ErrorCode::RefusedHard, answer)},
                .handedOver = stage >= transport::SendStage::Content};
    }
    static Script notSent(ErrorCode code) {
        return {.outcome = {.kind = transport::SendKind::NotSent, .error = Error(code, "test")}, .handedOver = false};
    }
};

} // namespace outrider::test
