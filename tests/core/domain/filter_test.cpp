// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/filter.h"

#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider;

namespace {

rc::Gen<FilterNode> arbitraryNode(int depth) {
    return rc::gen::exec([depth] {
        FilterNode node;
        node.negated = *rc::gen::arbitrary<bool>();
        if (depth == 0 || *rc::gen::inRange(0, 3) > 0) {
            node.kind = FilterNode::Kind::Term;
            node.term.field = *rc::gen::element<std::string>("", "city", "status", "score", "due", "custom:dock_count", "tag");
            if (node.term.field == "score") {
                node.term.op = *rc::gen::element(FilterOp::Contains, FilterOp::Less, FilterOp::GreaterOrEqual);
                node.term.values = {std::to_string(*rc::gen::inRange(0, 101))};
            } else if (node.term.field == "due") {
                node.term.op = *rc::gen::element(FilterOp::LessOrEqual, FilterOp::Greater);
                node.term.values = {*rc::gen::element<std::string>("today", "2026-11-19", "30d", "+7d")};
            } else {
                node.term.op = FilterOp::Contains;
                node.term.values = {*rc::gen::nonEmpty(rc::gen::container<std::string>(
                    rc::gen::element('a', 'Z', '0', ' ', '"', '\\', ',', '(', ')', ':', '-', '=')))};
            }
            return node;
        }
        node.kind = *rc::gen::element(FilterNode::Kind::All, FilterNode::Kind::Any);
        const int count = *rc::gen::inRange(2, 4);
        for (int i = 0; i < count; ++i)
            node.children.push_back(*arbitraryNode(depth - 1));
        return node;
    });
}

// Without what the text does not carry: positions.
FilterNode plain(FilterNode node) {
    node.term.position = 0;
    for (FilterNode& child : node.children)
        child = plain(child);
    return node;
}

} // namespace

class FilterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_the_line_people_write() {
        const auto filter =
            parseFilter("status:open strategy:\"Q4 fintech\" due<=today city:Berlin -tag:customer last_touch>30d has:phone");
        VERIFY_OK(filter);
        QCOMPARE(filter->root.children.size(), std::size_t(7));
        QCOMPARE(filter->root.children[1].term.values, std::vector<std::string>{"Q4 fintech"});
        QCOMPARE(int(filter->root.children[2].term.op), int(FilterOp::LessOrEqual));
        QVERIFY(filter->root.children[4].negated);
    }

    void nothing_means_everything() {
        for (const char* text : {"", "   "}) {
            const auto filter = parseFilter(text);
            VERIFY_OK(filter);
            QVERIFY(filter->matchesEverything());
        }
    }

    void or_binds_weaker_than_standing_side_by_side() {
        const auto filter = parseFilter("a b or c");
        VERIFY_OK(filter);
        const FilterNode& any = filter->root.kind == FilterNode::Kind::Any ? filter->root : filter->root.children.at(0);
        QCOMPARE(int(any.kind), int(FilterNode::Kind::Any));
        QCOMPARE(any.children.size(), std::size_t(2));
        QCOMPARE(any.children[0].children.size(), std::size_t(2));
    }

    void a_word_may_hold_what_looks_like_an_operator_later() {
        const auto filter = parseFilter("Müller-Lüdenscheid \"or\" status:new,replied country:none");
        VERIFY_OK(filter);
        QCOMPARE(filter->root.children[0].term.values[0], std::string("Müller-Lüdenscheid"));
        QCOMPARE(filter->root.children[1].term.values[0], std::string("or"));
        QCOMPARE(filter->root.children[2].term.values.size(), std::size_t(2));
        QVERIFY(filter->root.children[3].term.none);
    }

    void mistakes_are_named_with_their_place_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("position");
        QTest::newRow("unknown field") << "city:x stats:open" << 7;
        QTest::newRow("unclosed quote") << "city:\"Ber" << 5;
        QTest::newRow("unclosed bracket") << "a (b or c" << 2;
        QTest::newRow("stray bracket") << "a) b" << 1;
        QTest::newRow("empty brackets") << "()" << 0;
        QTest::newRow("no value") << "city: x" << 5;
        QTest::newRow("no number") << "score>high" << 6;
        QTest::newRow("no date") << "due<=someday" << 5;
        QTest::newRow("or at the end") << "a or" << 4;
        QTest::newRow("or at the start") << "or a" << 0;
        QTest::newRow("has what") << "has:nothing" << 4;
        QTest::newRow("no order") << "status>open" << 7;
        QTest::newRow("a field not for filters") << "notes:x" << 0;
    }
    void mistakes_are_named_with_their_place() {
        QFETCH(QString, text);
        QFETCH(int, position);
        const auto filter = parseFilter(text.toStdString());
        VERIFY_ERROR(filter, ErrorCode::FilterSyntax);
        const auto detail = QString::fromStdString(filter.error().detail);
        QVERIFY2(detail.startsWith(QString::number(position) + QLatin1Char(':')), qPrintable(detail));
    }

    void dates_are_days_of_the_person() {
        const std::chrono::sys_days today = std::chrono::year(2026) / 11 / 19;
        QVERIFY(parseFilterDate("today", today)->first == today);
        QVERIFY(parseFilterDate("30d", today)->first == today - std::chrono::days(30));
        QVERIFY(parseFilterDate("+7d", today)->first == today + std::chrono::days(7));
        QVERIFY(parseFilterDate("2w", today)->last == today - std::chrono::days(14));
        const auto month = parseFilterDate("2026-02", today);
        QVERIFY(month->last == std::chrono::sys_days(std::chrono::year(2026) / 2 / 28));
        VERIFY_ERROR(parseFilterDate("soon", today), ErrorCode::FilterSyntax);
    }

    void every_filter_survives_being_written_and_read() {
        VERIFY_PROPERTY([] {
            const FilterNode node = *arbitraryNode(3);
            const Filter filter{node.kind == FilterNode::Kind::All && !node.negated
                                    ? node
                                    : FilterNode{FilterNode::Kind::All, false, {}, {node}}};
            const std::string text = toText(filter);
            RC_LOG() << text;
            const auto again = parseFilter(text);
            if (!again)
                RC_FAIL(again.error().detail);
            RC_ASSERT(toText(*again) == text);
            RC_ASSERT(plain(again->root) == plain(filter.root));
        });
    }

    void any_text_gives_a_filter_or_a_clear_error() {
        VERIFY_PROPERTY([](const std::string& text) {
            const auto filter = parseFilter(text);
            if (!filter)
                RC_ASSERT(filter.error().detail.find(':') != std::string::npos);
        });
    }

    void deep_nesting_is_refused_not_followed() {
        VERIFY_ERROR(parseFilter(std::string(100000, '(')), ErrorCode::FilterSyntax);
        std::string negated;
        for (int i = 0; i < 50000; ++i)
            negated += "-(";
        VERIFY_ERROR(parseFilter(negated), ErrorCode::FilterSyntax);
    }
};

OUTRIDER_TEST(FilterTest)
#include "filter_test.moc"
