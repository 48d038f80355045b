// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/board_service.h"

#include "core/services/company_service.h"
#include "core/services/lead_service.h"
#include "core/store/doctor.h"
#include "support/import_desk.h"
#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::test;

namespace {

std::int64_t countOf(const Board& board, StatusId status) {
    for (const BoardColumn& column : board.columns) {
        if (column.status.id == status)
            return column.count.value_or(-1);
    }
    return -1;
}

void fill(Desk& desk, int leads) {
    desk.write([leads](WriteContext& w) {
        for (int i = 0; i < leads; ++i) {
            Lead lead = makeLead("Ann", "Lee " + std::to_string(i));
            lead.score = i % 100;
            addLead(w, lead);
        }
    });
}

} // namespace

class BoardServiceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_whole_board_comes_counted_and_with_its_first_cards() {
        Desk desk;
        fill(desk, 60);
        BoardService service(*desk.context);
        const auto board = wait(service.open({}, 24));
        VERIFY_OK(board);
        QCOMPARE(board->columns.size(), std::size_t(5));
        QCOMPARE(countOf(*board, statuses::newLead), std::int64_t(60));
        QCOMPARE(countOf(*board, statuses::replied), std::int64_t(0));
        QCOMPARE(board->columns.front().cards.rows.size(), std::size_t(24));
        QCOMPARE(board->columns.front().cards.rows.front().score, 59);
        const auto more = wait(service.open({}, 24, {{statuses::newLead, 50}})); // as far as it was read before
        QCOMPARE(more->columns.front().cards.rows.size(), std::size_t(50));
        const auto next = wait(service.page({}, board->columns.front().status, 24, board->columns.front().cards.next));
        QVERIFY(std::equal(next->rows.begin(), next->rows.end(), more->columns.front().cards.rows.begin() + 24));
    }

    void a_filtered_board_is_counted_beside_and_that_can_be_given_up() {
        Desk desk;
        fill(desk, 60);
        BoardService service(*desk.context);
        const BoardQuery query{.filter = *parseFilter("score>=50"), .owner = {}};
        const auto board = wait(service.open(query, 24));
        QVERIFY(!board->columns.front().count);
        QVERIFY(board->columns.front().cards.rows.empty());
        const auto counts = wait(service.counts(query));
        VERIFY_OK(counts);
        QCOMPARE(counts->at(statuses::newLead), std::int64_t(10));
        const auto progress = std::make_shared<Progress>();
        progress->cancel();
        VERIFY_ERROR(wait(service.counts(query, progress)), ErrorCode::Cancelled);
    }

    void counts_follow_a_bulk_edit_its_undo_and_its_redo() {
        Desk desk;
        fill(desk, 60);
        BoardService service(*desk.context);
        HistoryService history(*desk.context);
        VERIFY_OK(wait(LeadService(*desk.context).setStatus({{}, *parseFilter("score>=30"), {}}, statuses::qualified)));
        QCOMPARE(countOf(*wait(service.open({}, 1)), statuses::qualified), std::int64_t(30));
        VERIFY_OK(wait(history.undo()));
        QCOMPARE(countOf(*wait(service.open({}, 1)), statuses::qualified), std::int64_t(0));
        QCOMPARE(countOf(*wait(service.open({}, 1)), statuses::newLead), std::int64_t(60));
        VERIFY_OK(wait(history.redo()));
        QCOMPARE(countOf(*wait(service.open({}, 1)), statuses::newLead), std::int64_t(30));
        QVERIFY(desk.read([](ReadContext& r) { return examine(r.db); }).empty());
    }

    void an_import_is_counted_and_so_is_its_undo() {
        Desk desk;
        const std::string file = desk.file("First name,Last name,Email\nZoë,Brandt,zoe@nordwind.example\n"
                                           "Ann,Lee,ann@nordwind.example\n");
        VERIFY_OK(desk.run({.path = file}));
        BoardService service(*desk.context);
        QCOMPARE(countOf(*wait(service.open({}, 1)), statuses::newLead), std::int64_t(2));
        VERIFY_OK(desk.undo());
        QCOMPARE(countOf(*wait(service.open({}, 1)), statuses::newLead), std::int64_t(0));
        QVERIFY(desk.read([](ReadContext& r) { return examine(r.db); }).empty());
    }

    void a_company_that_is_not_there_is_said_to_be_so() {
        Desk desk;
        CompanyService service(*desk.context);
        VERIFY_ERROR(wait(service.detail(CompanyId{7})), ErrorCode::NotFound);
        QVERIFY(wait(service.page({}))->rows.empty());
        QVERIFY(wait(service.timeline(CompanyId{7}, {}, 10))->entries.empty());
        VERIFY_ERROR(wait(service.timeline(CompanyId{7}, "yesterday", 10)), ErrorCode::InvalidArgument);
    }
};

OUTRIDER_TEST(BoardServiceTest)
#include "board_service_test.moc"
