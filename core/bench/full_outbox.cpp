// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/full_outbox.h"

#include "core/outreach/task_flow.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/task_repository.h"

#include <charconv>

namespace outrider::bench {

using namespace outrider::store;

namespace {

constexpr std::string_view before = "lead";

Result<> add(WriteContext& write, Random& random, const outreach::Surroundings& surroundings, const Strategy& strategy,
             const StrategyVersion& version, int i) {
    const std::string number = std::to_string(i);
    const std::string address = FullOutbox::address(i);
    Lead lead{.companyName = "Company " + std::to_string(i % 97),
              .firstName = "First" + number,
              .lastName = "Last" + number,
              .email = address,
              .emailKey = address};
    LeadRepository(write.db).insert(write, lead);
    OUTRIDER_TRY(outreach::StrategyFlow(write, surroundings).enrol(lead.id, strategy, version, {}));
    const auto open = TaskRepository(write.db).openOf(lead.id);
    if (open.empty())
        return fail(ErrorCode::NotFound);
    OUTRIDER_TRY(outreach::TaskFlow(write, surroundings, random).complete(open.front().id, {}));
    return {};
}

} // namespace

std::string FullOutbox::address(int number) {
    return std::string(before) + std::to_string(number) + "@company" + std::to_string(number % 97) + ".example";
}

int FullOutbox::numberOf(std::string_view address) {
    int number = -1;
    if (address.starts_with(before))
        std::from_chars(address.data() + before.size(), address.data() + address.size(), number);
    return number;
}

Mailbox FullOutbox::mailboxAt(const SmtpSink::Address& sink) {
    return {.smtp = {"127.0.0.1", sink.port, sink.caFile.empty() ? TlsMode::None : TlsMode::Implicit},
            .auth = AuthMethod::None,
            .caFile = sink.caFile};
}

Result<> FullOutbox::fill(Store& store, Random& random, const outreach::Surroundings& surroundings, const SmtpSink::Address& sink,
                          int messages) {
    return wait(store.write({.name = "enrol"}, [&](WriteContext& write) -> Result<> {
        Mailbox box = mailboxAt(sink);
        box.address = "mara@harborline.example";
        box.displayName = "Mara Lindqvist";
        box.signature = "Mara Lindqvist\nHarborline";
        box.dailyLimit = 1000000;
        box.holdSeconds = 0;
        MailboxRepository(write.db).insert(write, box);
        m_mailbox = box.id;
        Strategy strategy{.name = "Dock delays"};
        StrategyVersion version;
        StrategyRepository strategies(write.db);
        strategies.insert(write, strategy);
        version.strategy = strategy.id;
        version.steps = {{.channel = Channel::Email,
                          .subject = "Dock delays at {{company}}",
                          .body = "Hello {{first_name}},\n\nyards of your size lose about an hour a truck at the gate. We "
                                  "brought that down to twelve minutes in Rostock and in Gdańsk, without a new gate.\n\n"
                                  "Would a quarter of an hour next week be worth it to see how?"},
                         {.channel = Channel::Call, .dayOffset = 2}};
        strategies.publish(write, version);
        for (int i = 0; i < messages; ++i)
            OUTRIDER_TRY(add(write, random, surroundings, strategy, version, i));
        return {};
    }));
}

Result<OutboxItem> FullOutbox::one(Store& store) const {
    return wait(store.read([&](ReadContext& read) -> Result<OutboxItem> {
        OutboxRepository outbox(read.db);
        for (const OutboxId id : outbox.due(m_mailbox, read.now, 1)) {
            if (auto item = outbox.find(id))
                return *std::move(item);
        }
        return fail(ErrorCode::NotFound);
    }));
}

} // namespace outrider::bench
