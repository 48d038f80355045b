// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/outreach/sender.h"
#include "core/outreach/strategy_flow.h"
#include "core/outreach/task_flow.h"
#include "core/store/repositories/enrolment_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/task_repository.h"
#include "support/builders.h"
#include "support/fake_mail_transport.h"
#include "support/temp_store.h"

#include <vector>

namespace outrider::test {

inline const outreach::Surroundings utc;

// A workspace with leads whose first e-mail is in the outbox, its undo window over.
struct Outbox {
    explicit Outbox(int leadCount, int dailyLimit = 1000) {
        store.write([&](store::WriteContext& w) {
            Mailbox box{.address = "mara@harborline.example", .displayName = "Mara Lindqvist", .dailyLimit = dailyLimit};
            store::MailboxRepository(w.db).insert(w, box);
            mailbox = box.id;
            version = addStrategy(w, "Dock delays");
            for (int i = 0; i < leadCount; ++i) {
                const std::string name = std::to_string(i);
                leads.push_back(addLead(w, makeLead("Lead", name, "lead" + name + "@company" + name + ".example")));
            }
        });
        for (const LeadId lead : leads) {
            store.write([&](store::WriteContext& w) {
                const Strategy strategy = *store::StrategyRepository(w.db).find(version.strategy);
                if (!outreach::StrategyFlow(w, utc).enrol(lead, strategy, version, {}))
                    qFatal("a lead cannot be enrolled");
                const auto outcome =
                    outreach::TaskFlow(w, utc, store.random).complete(store::TaskRepository(w.db).openOf(lead).at(0).id, {});
                if (!outcome)
                    qFatal("a task cannot be completed: %s", outcome.error().detail.c_str());
                items.push_back(outcome->outbox);
            });
        }
        store.clock.advance(std::chrono::seconds(11));
    }

    outreach::Sender::Report run(int max = 1000) {
        return outreach::Sender(*store, [] { return utc; }).run(mailbox, server, max, progress);
    }

    OutboxItem item(std::size_t index) {
        return store.read([&](store::ReadContext& r) { return *store::OutboxRepository(r.db).find(items.at(index)); });
    }
    Lead lead(std::size_t index) {
        return store.read([&](store::ReadContext& r) { return *store::LeadRepository(r.db).find(leads.at(index)); });
    }
    std::vector<Task> openTasks(std::size_t index) {
        return store.read([&](store::ReadContext& r) { return store::TaskRepository(r.db).openOf(leads.at(index)); });
    }
    Enrolment enrolment(std::size_t index) {
        return store.read([&](store::ReadContext& r) { return store::EnrolmentRepository(r.db).ofLead(leads.at(index)).at(0); });
    }

    TempStore store;
    FakeMailTransport server;
    Progress progress;
    MailboxId mailbox;
    StrategyVersion version;
    std::vector<LeadId> leads;
    std::vector<OutboxId> items;
};

} // namespace outrider::test
