// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/outbox_trace.h"

#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider;

class OutboxTraceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void what_is_written_is_read_again_whatever_a_server_says() {
        VERIFY_PROPERTY([] {
            std::string stored;
            std::vector<OutboxTraceEntry> written;
            const int lines = *rc::gen::inRange(0, 8);
            for (int i = 0; i < lines; ++i) {
                OutboxTraceEntry entry{
                    .at = fromEpochMillis(*rc::gen::inRange<std::int64_t>(0, 4'000'000'000'000)),
                    .state =
                        outboxStateNames.entries.at(*rc::gen::inRange<std::size_t>(0, outboxStateNames.entries.size())).first,
                    .reason = waitReasonNames.entries.at(*rc::gen::inRange<std::size_t>(0, waitReasonNames.entries.size())).first,
                    .until = fromEpochMillis(*rc::gen::inRange<std::int64_t>(0, 4'000'000'000'000)),
                    .evidence = *rc::gen::container<std::string>(rc::gen::element('a', ' ', '2', '\n', '\r', '\t', '"', '.'))};
                stored += traceLine(entry);
                for (char& c : entry.evidence)
                    c = c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
                written.push_back(std::move(entry));
            }
            RC_ASSERT(parseTrace(stored) == written);
        });
    }

    void lines_that_are_none_are_left_out() {
        QVERIFY(parseTrace("").empty());
        QVERIFY(parseTrace("\n\nqueued\n1 2\n1 99 0 0 x\n1 0 99 0 x\n").empty());
        QCOMPARE(parseTrace("1 0 0 0 \nnonsense\n2 4 0 0 250 Ok\n").size(), std::size_t(2));
    }

    void a_long_answer_is_cut_between_two_letters() {
        std::string answer;
        for (int i = 0; i < 300; ++i)
            answer += "ő";
        const auto entries = parseTrace(traceLine({.state = OutboxState::Refused, .evidence = answer}));
        QCOMPARE(entries.size(), std::size_t(1));
        QVERIFY(entries[0].evidence.size() <= 400);
        QCOMPARE(entries[0].evidence.size() % 2, std::size_t(0));
        QVERIFY(answer.starts_with(entries[0].evidence));
    }
};

OUTRIDER_TEST(OutboxTraceTest)
#include "outbox_trace_test.moc"
