// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/lead_list.h"
#include "core/store/repositories/lead_list_repository.h"
#include "support/builders.h"
#include "support/temp_store.h"

#include <memory>

namespace outrider::fuzz {

// A workspace with a few leads of every kind, to ask questions of. One for a process; made anew now and then,
// because a connection keeps every statement it has prepared.
inline test::TempStore& fewLeads() {
    constexpr int questionsEach = 3000;
    static std::unique_ptr<test::TempStore> store;
    static int questions = 0;
    if (store && ++questions % questionsEach != 0)
        return *store;
    store = std::make_unique<test::TempStore>();
    store->write([](store::WriteContext& w) {
        const StrategyVersion version = test::addStrategy(w, "Q4 fintech");
        const char* const names[][2] = {{"Zoë", "Öz"}, {"Anna", "Berg"},   {"Anna", "Berg"},
                                        {"", "Li"},    {"O'Neil", "100%"}, {"Al_", "\"B\""}};
        int number = 0;
        for (const auto& name : names) {
            Lead lead = test::makeLead(name[0], name[1], "l" + std::to_string(number) + "@harborline.example");
            lead.city = number % 2 == 0 ? "Berlin" : "";
            lead.country = "DE";
            lead.jobTitle = number % 3 == 0 ? "Head of Ops" : "";
            lead.score = number % 4;
            const LeadId id = test::addLead(w, lead);
            if (number % 2 == 0)
                test::addTask(w, id, Channel::Call, w.now + std::chrono::days(number - 2));
            if (number == 1)
                test::addEnrolment(w, id, version);
            ++number;
        }
        w.db.run("UPDATE lead SET archived_at = ?1 WHERE last_name = 'Li'", w.now);
        w.db.run("UPDATE lead SET last_touch_at = NULL WHERE last_name = 'Li'");
    });
    return *store;
}

inline FilterContext contextOfLeads() {
    const auto today = std::chrono::floor<std::chrono::days>(test::testNow());
    return {.today = today, .startOfDay = [](std::chrono::sys_days day) { return Instant(day); }, .me = MemberId{1}};
}

} // namespace outrider::fuzz
