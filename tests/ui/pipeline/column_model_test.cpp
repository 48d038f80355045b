// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pipeline/column_model.h"

#include "support/test_registry.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>

using namespace outrider;
using namespace outrider::pipeline;

namespace {

Card card(std::int64_t id, int score) {
    Card card;
    card.row.id = LeadId{id};
    card.row.score = score;
    card.name = QString::number(id);
    return card;
}

std::vector<Card> cards(std::initializer_list<int> ids) {
    std::vector<Card> all;
    for (const int id : ids)
        all.push_back(card(id, 100 - id)); // the smaller, the better
    return all;
}

std::vector<int> idsOf(const ColumnModel& model) {
    std::vector<int> ids;
    for (const LeadId id : model.ids())
        ids.push_back(int(id.value));
    return ids;
}

} // namespace

class ColumnModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reading_again_moves_only_what_differs() {
        ColumnModel model({});
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setCards(cards({1, 2, 3, 4, 5}), {});
        const QPersistentModelIndex three = model.index(2);
        const QPersistentModelIndex gone = model.index(3);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.setCards(cards({9, 1, 5, 3, 2, 8, 7}), {});
        QCOMPARE(idsOf(model), (std::vector<int>{9, 1, 5, 3, 2, 8, 7}));
        QCOMPARE(reset.count(), 0);
        QCOMPARE(three.row(), 3); // the selection stays with its card
        QVERIFY(!gone.isValid());
    }

    void a_moved_card_stands_where_it_belongs_or_on_top() {
        ColumnModel model({});
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setCount(5);
        model.setCards(cards({10, 20, 30}), "there are more");
        QCOMPARE(model.in(card(15, 85), BoardSort::Score), 1);
        QVERIFY(model.pinned().empty());
        QCOMPARE(model.in(card(90, 10), BoardSort::Score), 0); // its place is not read yet
        QCOMPARE(idsOf(model), (std::vector<int>{90, 10, 15, 20, 30}));
        QCOMPARE(model.count(), std::optional<qint64>(7));
        // Read again without it, it stays; read to where it belongs, it goes there.
        model.setCards(cards({10, 15, 20, 30}), "there are more");
        QCOMPARE(idsOf(model).front(), 90);
        model.append(cards({40, 90}), {});
        QCOMPARE(idsOf(model), (std::vector<int>{90, 10, 15, 20, 30, 40}));
        model.setCards(cards({10, 15, 20, 30, 40, 90}), {});
        QCOMPARE(idsOf(model), (std::vector<int>{10, 15, 20, 30, 40, 90}));
        QVERIFY(model.pinned().empty());
    }

    void a_card_taken_out_is_one_less() {
        ColumnModel model({});
        model.setCount(3);
        model.setCards(cards({1, 2, 3}), {});
        QCOMPARE(model.out(LeadId{2})->name, QStringLiteral("2"));
        QVERIFY(!model.out(LeadId{2}));
        QCOMPARE(idsOf(model), (std::vector<int>{1, 3}));
        QCOMPARE(model.count(), std::optional<qint64>(2));
    }
};

OUTRIDER_TEST(ColumnModelTest)
#include "column_model_test.moc"
