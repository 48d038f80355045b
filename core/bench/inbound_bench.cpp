// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_list.h"
#include "core/bench/bench_store.h"
#include "core/bench/full_outbox.h"
#include "core/bench/inbound_mails.h"
#include "core/bench/rounds.h"
#include "core/inbound/incoming_mail.h"
#include "core/outreach/send_flow.h"
#include "core/services/mail_batch.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/transport/bare_parse.h"

#include <algorithm>

namespace outrider::bench {

using namespace outrider::store;

namespace {

constexpr int rounds = 6; // the first does not count: nothing is in the caches yet
constexpr int perRound = 1000;

// The first e-mail of every lead has left; their Message-IDs.
Result<std::vector<std::string>> sendAll(BenchStore& bench, MailboxId mailbox) {
    const auto surroundings = bench.context().surroundings();
    return wait(bench.store().write({.name = "send"}, [&](WriteContext& write) -> Result<std::vector<std::string>> {
        std::vector<std::string> ids(std::size_t(rounds) * perRound);
        OutboxRepository outbox(write.db);
        for (const OutboxId id : outbox.due(mailbox, write.now, int(ids.size()))) {
            const auto item = outbox.find(id);
            if (!item)
                return fail(ErrorCode::NotFound);
            outbox.claim(write, *item);
            outbox.move(write, id, OutboxState::Sending);
            outreach::SendFlow(write, surroundings).sent(*item, "250 2.0.0 Ok");
            ids[std::size_t(FullOutbox::numberOf(item->recipient))] = item->messageIdHeader;
        }
        return ids;
    }));
}

Measurement perSecond(const Rounds& ours, const Rounds& bare, const char* metric) {
    return {.bench = "inbound",
            .metric = metric,
            .value = 1000.0 * perRound / ours.cpuPercentile(0.5),
            .unit = "messages/s",
            .reference = "GMime taking the same messages apart, nothing else",
            .referenceValue = 1000.0 * perRound / bare.cpuPercentile(0.5),
            .n = ours.count()};
}

} // namespace

Result<std::vector<Measurement>> inboundBench() {
    BenchStore bench;
    OUTRIDER_TRY(bench.open());
    FullOutbox outbox;
    OUTRIDER_TRY(outbox.fill(bench.store(), bench.random(), bench.context().surroundings(), {}, rounds * perRound));
    OUTRIDER_ASSIGN(const std::vector<std::string> ids, sendAll(bench, outbox.mailbox()));
    std::vector<std::string> mails;
    for (std::size_t i = 0; i < ids.size(); ++i)
        mails.push_back(inboundMail(int(i), FullOutbox::address(int(i)), ids[i]));

    Rounds judged;
    Rounds filed;
    Rounds bare;
    std::size_t parts = 0;
    FetchReport report;
    for (int round = 0; round < rounds; ++round) {
        const auto* first = &mails[std::size_t(round) * perRound];
        const auto isWarm = round > 0;
        Rounds unused;
        (isWarm ? bare : unused).measure([&] {
            for (int i = 0; i < perRound; ++i)
                parts += transport::bareParse(first[i]);
            return parts;
        });
        const auto received = bench.clock().now();
        (isWarm ? judged : unused).measure([&] {
            std::size_t classes = 0;
            for (int i = 0; i < perRound; ++i)
                classes += std::size_t(inbound::readIncoming(first[i], received, outbox.mailbox()).message.messageClass);
            return classes;
        });
        // As a mailbox is read: services/mailbox_reader.
        const auto done = (isWarm ? filed : unused).measure([&]() -> Result<> {
            MailBatch batch(bench.context(), report);
            for (int i = 0; i < perRound; ++i) {
                if (batch.isFull())
                    OUTRIDER_TRY(batch.flush());
                batch.add(inbound::readIncoming(first[i], received, outbox.mailbox()));
            }
            return batch.flush();
        });
        if (!done)
            return fail(done.error());
    }
    const int known = report.replies + report.autoReplies + report.bounces + report.optOuts;
    if (known < rounds * perRound * 9 / 10 || parts == 0)
        return fail(ErrorCode::Internal, std::to_string(known) + " of the messages were taken for somebody's");
    return std::vector<Measurement>{
        perSecond(filed, bare, "typical messages parsed, classified, matched and stored, by the second of one core"),
        perSecond(judged, bare, "of that, parsed and classified"),
    };
}

} // namespace outrider::bench
