// SPDX-License-Identifier: GPL-3.0-or-later
// Mail that is in the file, judged by the rules of now: MailHistoryService::rejudge.
#include "core/inbound/inbound_flow.h"
#include "core/inbound/rules_version.h"
#include "core/services/mail_history_service.h"
#include "core/services/pace.h"
#include "core/services/service_context.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/message_repository.h"

namespace outrider {

using namespace outrider::store;
using inbound::IncomingMail;
using inbound::MailMatch;

namespace {

constexpr int messagesAtOnce = 100;

struct Anew {
    Message before;
    IncomingMail judged;
    MessageClass filed = MessageClass::Other;
    bool otherClass = false;
    bool otherText = false;

    bool isChanged() const { return otherClass || otherText || before.rule != judged.message.rule; }
};

// What was decided by a person, or found by who wrote, stays as it is.
Anew judgeAnew(MessageRepository::Received&& received) {
    Anew anew{.before = std::move(received.message)};
    anew.judged = inbound::readIncoming(received.raw, anew.before.at, anew.before.mailbox);
    anew.judged.message.id = anew.before.id;
    anew.judged.message.lead = anew.before.lead;
    const bool stranger = anew.before.messageClass == MessageClass::Other && anew.before.lead;
    const MailMatch match{.by = stranger ? MailMatch::By::ThreadOtherSender : MailMatch::By::Address, .lead = anew.before.lead};
    anew.filed = anew.before.lead ? filedAs(anew.judged, match) : anew.judged.message.messageClass;
    anew.otherClass = anew.filed != anew.before.messageClass && anew.before.matchedBy != "person";
    anew.otherText = anew.judged.message.text != anew.before.text || anew.judged.message.subject != anew.before.subject
                     || anew.judged.message.quotedLines != anew.before.quotedLines;
    return anew;
}

} // namespace

QFuture<Result<RejudgeReport>> MailHistoryService::rejudge(Rejudging rejudging, ProgressPtr progress) {
    return m_context.background().run([this, rejudging, progress]() -> Result<RejudgeReport> {
        RejudgeReport report;
        Store& store = m_context.store();
        const auto surroundings = m_context.surroundings();
        if (progress)
            progress->setPhase(Progress::Phase::Reading);
        ActionId running;
        for (MessageId after{};;) {
            if ((progress && progress->cancelled()) || m_context.isStopping())
                return fail(ErrorCode::Cancelled);
            auto received = wait(store.read([&](ReadContext& r) -> Result<std::vector<MessageRepository::Received>> {
                return MessageRepository(r.db).receivedAfter(after, rejudging.since, messagesAtOnce);
            }));
            if (!received)
                return fail(received.error());
            if (received->empty())
                break;
            after = received->back().message.id;
            std::vector<Anew> changed;
            std::vector<MessageId> same;
            for (MessageRepository::Received& one : *received) {
                if (one.raw.empty() || (!rejudging.all && one.message.rulesVersion >= inbound::rulesVersion))
                    continue;
                ++report.looked;
                Anew anew = judgeAnew(std::move(one));
                if (anew.isChanged())
                    changed.push_back(std::move(anew));
                else
                    same.push_back(anew.before.id);
            }
            for (const Anew& anew : changed) {
                ++report.changed;
                report.classes += anew.otherClass ? 1 : 0;
                if (report.changes.size() < std::size_t(rejudging.most))
                    report.changes.push_back({.message = anew.before.id,
                                              .lead = anew.before.lead,
                                              .subject = anew.judged.message.subject,
                                              .before = anew.before.messageClass,
                                              .after = anew.otherClass ? anew.filed : anew.before.messageClass,
                                              .ruleBefore = anew.before.rule,
                                              .ruleAfter = anew.judged.message.rule,
                                              .textChanged = anew.otherText});
            }
            if (progress)
                progress->setDone(report.looked);
            if (rejudging.dryRun)
                continue;
            if (!same.empty()) { // by which rules is no deed
                OUTRIDER_TRY(wait(store.writeSilently([&](WriteContext& write) -> Result<> {
                    for (const MessageId id : same)
                        MessageRepository(write.db).setRulesVersion(write, id, inbound::rulesVersion);
                    return {};
                })));
            }
            if (changed.empty())
                continue;
            const auto apply = [&](WriteContext& write) -> Result<ActionId> {
                MessageRepository messages(write.db);
                for (Anew& anew : changed) {
                    messages.setJudged(write, anew.judged.message);
                    if (anew.otherClass)
                        OUTRIDER_TRY(
                            inbound::InboundFlow(write, surroundings, m_context.random()).reapply(anew.before, anew.judged));
                }
                write.describeAnew(std::to_string(report.changed));
                return write.action;
            };
            OUTRIDER_ASSIGN(running, wait(running ? store.writeMore(running, apply)
                                                  : store.write(m_context.action("inbox.reclassify"), apply)));
        }
        OUTRIDER_TRY(wait(store.read([&](ReadContext& r) -> Result<> {
            for (Rejudged& one : report.changes) {
                if (const auto lead = LeadRepository(r.db).find(one.lead))
                    one.leadName = displayName(*lead);
            }
            return {};
        })));
        return report;
    });
}

} // namespace outrider
