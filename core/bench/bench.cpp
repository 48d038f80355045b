// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench.h"

#include "core/bench/bench_list.h"
#include "core/bench/crash_bench.h"
#include "core/bench/send_crash_bench.h"

namespace outrider::bench {

const std::vector<Bench>& benches() {
    static const std::vector<Bench> all{
        {"calendar", "a week and a month of tasks, 100,000 leads or the workspace given by --store", calendarBench,
         calendarBenchIn},
        {"board", "the board and companies, 100,000 leads or the workspace given by --store", boardBench, boardBenchIn},
        {"crash", "kills while writing; --kills N", [] { return crashBench(100); }},
        {"crash-send", "kills while sending, over 10,000 messages; --kills N", [] { return sendCrashBench(0); }},
        {"duplicates", "leads that may be one person, 100,000 leads or the workspace given by --store", duplicateBench,
         duplicateBenchIn},
        {"import", "an export of 100,000 rows, and its undo", importBench},
        {"import_million", "an export of 1,000,000 rows; takes minutes", importMillionBench},
        {"inbound", "mail that comes in: parsed, classified, matched and stored", inboundBench},
        {"insight", "dashboards, 100,000 leads or the workspace given by --store", insightBench, insightBenchIn},
        {"journal", "what the journal costs a single edit", journalBench},
        {"plan", "the planner, a million enrolments, and a dry run of thirty days", planBench},
        {"queue", "today's queue at 20,000 due tasks", queueBench},
        {"search", "as one types, 50,000 leads or the workspace given by --store", searchBench, searchBenchIn},
        {"send", "messages a second over one kept connection, plain and TLS", sendBench},
        {"start", "from the key to today's first page, 100,000 leads", startBench},
        {"store", "lists, the queue and timelines, 100,000 leads or the workspace given by --store", storeBench, storeBenchIn},
        {"write",
         "edits, logged activities, bulk edits and an import, 250,000 leads or, writing there, the workspace given by --store",
         writeBench, writeBenchIn},
    };
    return all;
}

} // namespace outrider::bench
