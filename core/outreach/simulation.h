// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/domain/mailbox.h"
#include "core/domain/outbox.h"
#include "core/domain/simulation.h"
#include "core/domain/strategy.h"
#include "core/outreach/planner.h"
#include "core/outreach/strategy_flow.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/outbox_repository.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace outrider::outreach {

// Everything the next days depend on, read at one moment.
struct SimulationInput {
    struct Running {
        Enrolment enrolment;
        Zone zone = Zone::utc(); // the lead's
        std::string recipientKey;
        std::string phoneKey;
        int score = 0;
        std::optional<Instant> taskDueAt; // the open task of its step; none: planned anew
        CompanyId company;
        DaysOff daysOff;          // the lead's
        bool unreachable = false; // suppressed, or without an address: what would be sent is not
        bool phoneless = false;   // the same of text messages
    };
    struct Waiting { // a message on its way out
        OutboxItem item;
        Zone zone = Zone::utc();
        DaysOff daysOff;
        CompanyId company;
        std::optional<Window> window;
        bool fenced = false;
        Instant due{};
        StrategyId strategy;
        int step = 0;
    };

    Instant now{};
    OutreachRules rules;
    std::vector<store::ActivityRepository::Contact> contacts; // as far back as the gaps reach, oldest first
    bool everythingHeld = false;
    std::map<StrategyId, Strategy> strategies;
    std::map<StrategyVersionId, StrategyVersion> versions;
    std::vector<Mailbox> mailboxes; // by id; the first active one that is no phone line is the default
    std::vector<Running> running;   // by the id of the enrolment
    std::vector<Waiting> waiting;
    std::vector<store::OutboxRepository::HandOver> ledger; // of the last week, oldest first
};

// What simulate() needs, as the file has it. Throws StoreException.
SimulationInput simulationInput(store::Connection& db, const Surroundings& surroundings, Instant now,
                                Progress* progress = nullptr);

// The days from `now` to `until` as the planner and the gate of sending will have them, on a clock that jumps from one
// moment to the next: the very rules of the real run (planNextStep, sendGate), so that the same inputs give the same plan.
// Every task is taken as done when it is due, a text message as sent where there is a phone line, every message as taken by its
// server. Pure: reads no clock, draws nothing. With progress it says how many things have happened, and ends where it is when it
// is cancelled.
Simulation simulate(const SimulationInput& input, Instant until, Progress* progress = nullptr);

} // namespace outrider::outreach
