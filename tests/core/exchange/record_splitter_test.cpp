// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/read_table.h"
#include "core/exchange/record_splitter.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

#include <random>

using namespace outrider;
using namespace outrider::exchange;
using test::Cells;
using test::Table;

namespace {

struct Split {
    Table records;
    std::vector<std::int64_t> numbers; // of the records that are no blank lines
    std::vector<std::int64_t> repaired;
    std::vector<std::int64_t> suspicious;
    std::int64_t last = 0;

    bool operator==(const Split&) const = default;
};

// Splits the text given in pieces that end at `cuts`.
Result<Split> split(std::string_view text, std::vector<std::size_t> cuts = {}, char delimiter = ',', SplitterLimits limits = {}) {
    Split result;
    RecordSplitter splitter(
        delimiter,
        [&](const Record& record) {
            result.last = record.number;
            if (record.cells.empty())
                return true;
            result.records.emplace_back(record.cells.begin(), record.cells.end());
            result.numbers.push_back(record.number);
            if (record.repaired)
                result.repaired.push_back(record.number);
            if (record.suspicious)
                result.suspicious.push_back(record.number);
            return true;
        },
        limits);
    cuts.push_back(text.size());
    std::sort(cuts.begin(), cuts.end());
    std::size_t from = 0;
    for (const std::size_t cut : cuts) {
        const std::size_t to = std::min(cut, text.size());
        OUTRIDER_TRY(splitter.feed(text.substr(from, to - from)));
        from = to;
    }
    OUTRIDER_TRY(splitter.finish());
    return result;
}

Table records(std::string_view text) {
    const auto result = split(text);
    return result ? result->records : Table{{"error", std::string(name(result.error().code))}};
}

// Text made of what matters to the parser, so that most of it is about to go wrong.
rc::Gen<std::string> hostileText() {
    return rc::gen::container<std::string>(rc::gen::weightedElement<char>(
        {{6, 'a'}, {6, ','}, {6, '"'}, {4, '\n'}, {3, '\r'}, {1, ' '}, {1, '\0'}, {1, '\xC3'}, {1, '\t'}}));
}

} // namespace

class RecordSplitterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void cells_are_split_at_delimiters_and_lines_at_any_line_end() {
        for (const auto* text : {"a,b\nc,d\n", "a,b\r\nc,d\r\n", "a,b\rc,d\r", "a,b\nc,d", "a,b\r\nc,d\n"})
            QCOMPARE(records(text), (Table{{"a", "b"}, {"c", "d"}}));
    }

    void quoted_cells_hold_delimiters_line_breaks_and_doubled_quotes() {
        QCOMPARE(records("\"a,1\",\"two\r\nlines\",\"say \"\"hi\"\"\"\nx,y,z\n"),
                 (Table{{"a,1", "two\r\nlines", "say \"hi\""}, {"x", "y", "z"}}));
        QCOMPARE(records("\"\",\"\"\"\"\n"), (Table{{"", "\""}}));
    }

    void spaces_around_cells_are_kept() { QCOMPARE(records(" a , b\n"), (Table{{" a ", " b"}})); }

    void zero_bytes_are_characters_like_any_other() {
        QCOMPARE(records(std::string_view("a\0b,c\n", 6)), (Table{{std::string("a\0b", 3), "c"}}));
    }

    void records_are_numbered_as_a_spreadsheet_does() {
        const auto result = split("h,i\n\n\"two\nlines\",x\n\r\n\r\nlast,y\n");
        VERIFY_OK(result);
        QCOMPARE(result->numbers, (std::vector<std::int64_t>{1, 3, 6}));
    }

    void a_quote_inside_an_unquoted_cell_is_a_character() {
        const auto result = split("5\" nails,box of 10\"\n");
        VERIFY_OK(result);
        QCOMPARE(result->records, (Table{{"5\" nails", "box of 10\""}}));
        QVERIFY(result->repaired.empty());
    }

    void text_behind_a_closing_quote_belongs_to_the_cell() {
        const auto result = split("\"Big\" Bob,x\n\"Next\",\"y\"\n");
        VERIFY_OK(result);
        QCOMPARE(result->records, (Table{{"Big Bob", "x"}, {"Next", "y"}}));
        QCOMPARE(result->repaired, std::vector<std::int64_t>{1});
    }

    void a_quote_never_closed_costs_no_other_row() {
        const auto result = split("h,i,j\n1,2,3\n\"Big Bob,5,6\n7,8,9\n10,\"x, y\",12\n");
        VERIFY_OK(result);
        QCOMPARE(result->records,
                 (Table{{"h", "i", "j"}, {"1", "2", "3"}, {"\"Big Bob", "5", "6"}, {"7", "8", "9"}, {"10", "x, y", "12"}}));
        QCOMPARE(result->repaired, std::vector<std::int64_t>{3});
        QCOMPARE(result->numbers.back(), 5);
    }

    void a_quote_closed_by_chance_many_rows_on_is_marked() {
        // Well-formed, so it is read as written; but somebody should look at it.
        const auto result = split("h,i,j\n\"Big Bob,5,6\n7,8,9\n10,11,12\n5\",nail,13\n");
        VERIFY_OK(result);
        QCOMPARE(result->records.size(), std::size_t(2));
        QCOMPARE(result->suspicious, std::vector<std::int64_t>{2});
    }

    void line_breaks_in_quoted_cells_are_no_mistake() {
        // The last line alone has as many cells as a record; so it always is with a first cell of several
        // lines.
        const auto result = split("h,i,j\n\"one\ntwo\nthree\",5,6\n1,2,\"x\ny\nz\"\n");
        VERIFY_OK(result);
        QCOMPARE(result->records, (Table{{"h", "i", "j"}, {"one\ntwo\nthree", "5", "6"}, {"1", "2", "x\ny\nz"}}));
        QVERIFY(result->repaired.empty());
        QVERIFY(result->suspicious.empty());
    }

    void quotes_not_doubled_inside_a_cell_of_several_lines_are_kept() {
        const auto result = split("h,i,j\n5,6,\"note one\nsaid \"hi\" to him\"\n7,8,9\n");
        VERIFY_OK(result);
        QCOMPARE(result->records.size(), std::size_t(3));
        QCOMPARE(result->records[1], (Cells{"5", "6", "note one\nsaid hi\" to him\""}));
        QCOMPARE(result->repaired, std::vector<std::int64_t>{2});
    }

    void a_file_cut_inside_a_cell_keeps_what_there_is() {
        const auto result = split("h,i\n1,\"a note\nthat goes");
        VERIFY_OK(result);
        QCOMPARE(result->records, (Table{{"h", "i"}, {"1", "a note\nthat goes"}}));
        QCOMPARE(result->repaired, std::vector<std::int64_t>{2});
    }

    void a_record_past_the_limit_is_refused_in_bounded_memory() {
        const SplitterLimits limits{.recordBytes = 1000, .cells = 10};
        const auto tooLong = split("a,b\n" + std::string(5000, 'x'), {100, 1200, 3000}, ',', limits);
        VERIFY_ERROR(tooLong, ErrorCode::FileTooLarge);
        QCOMPARE(tooLong.error().detail, "row 2: more than 1000 bytes");
        const auto tooWide = split("a\n" + std::string(20, ',') + "\n", {}, ',', limits);
        VERIFY_ERROR(tooWide, ErrorCode::FileTooLarge);
        QCOMPARE(tooWide.error().detail, "row 2: more than 10 cells");
        VERIFY_ERROR(split("a\n\"" + std::string(5000, 'x'), {}, ',', limits), ErrorCode::FileTooLarge);
    }

    void a_stray_quote_is_recognised_at_the_limit_too() {
        const SplitterLimits limits{.recordBytes = 200};
        std::string text = "h,i\n\"stray,1\n";
        for (int i = 0; i < 100; ++i)
            text += "row" + std::to_string(i) + ",x\n";
        const auto result = split(text, {}, ',', limits);
        VERIFY_OK(result);
        QCOMPARE(result->records.size(), std::size_t(102));
        QCOMPARE(result->records.back(), (Cells{"row99", "x"}));
    }

    void the_callback_can_end_the_reading() {
        int seen = 0;
        RecordSplitter splitter(',', [&](const Record&) { return ++seen < 2; });
        VERIFY_OK(splitter.feed("a\nb\nc\nd\n"));
        QVERIFY(splitter.stopped());
        VERIFY_OK(splitter.feed("e\n"));
        VERIFY_OK(splitter.finish());
        QCOMPARE(seen, 2);
    }

    void where_the_text_is_cut_makes_no_difference() {
        VERIFY_PROPERTY([] {
            const std::string text = *hostileText();
            const auto cuts = *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, text.size() + 1));
            const SplitterLimits limits{.recordBytes = *rc::gen::element<std::size_t>(20, 1000)};
            const auto whole = split(text, {}, ',', limits);
            const auto pieces = split(text, cuts, ',', limits);
            RC_ASSERT(whole.has_value() == pieces.has_value());
            if (whole)
                RC_ASSERT(*whole == *pieces);
        });
    }

    void nothing_but_quotes_delimiters_and_line_ends_is_ever_lost() {
        VERIFY_PROPERTY([] {
            const std::string text = *hostileText();
            const auto result = split(text);
            RC_ASSERT(result.has_value());
            const auto letters = [](std::string_view t) { return std::count(t.begin(), t.end(), 'a'); };
            std::ptrdiff_t found = 0;
            for (const Cells& record : result->records) {
                for (const std::string& cell : record)
                    found += letters(cell);
            }
            RC_ASSERT(found == letters(text));
        });
    }

    void well_formed_text_is_read_as_spreadsheets_read_it() {
        VERIFY_PROPERTY([](const std::vector<std::string>& raw) {
            RC_PRE(!raw.empty());
            std::string text;
            Cells wanted;
            for (const std::string& cell : raw) {
                wanted.push_back(cell);
                text += text.empty() ? "\"" : ",\"";
                for (const char c : cell)
                    text += c == '"' ? std::string("\"\"") : std::string(1, c);
                text += '"';
            }
            text += "\n";
            RC_ASSERT(records(text) == Table{wanted});
            std::vector<std::string> lenient;
            RC_ASSERT(splitLeniently(text, ',', true, lenient).end == text.size());
            RC_ASSERT(lenient == wanted);
        });
    }
};

OUTRIDER_TEST(RecordSplitterTest)
#include "record_splitter_test.moc"
