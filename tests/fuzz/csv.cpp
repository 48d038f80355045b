// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/contact/text.h"
#include "core/exchange/record_splitter.h"
#include "core/exchange/table_reader.h"

#include "fuzz.h"

using namespace outrider;
using namespace outrider::exchange;

namespace {

constexpr std::size_t fewBytes = 1 << 16; // a record may be no longer, so that limits are met too

struct Split {
    std::vector<std::vector<std::string>> records;
    std::vector<std::int64_t> numbers;
    std::vector<bool> marks;
    bool ended = false;

    bool operator==(const Split&) const = default;
};

Split split(std::string_view text, char delimiter, std::size_t piece) {
    Split out;
    RecordSplitter splitter(delimiter,
                            [&out](const Record& record) {
                                out.records.emplace_back(record.cells.begin(), record.cells.end());
                                out.numbers.push_back(record.number);
                                out.marks.push_back(record.repaired);
                                out.marks.push_back(record.suspicious);
                                return true;
                            },
                            {.recordBytes = fewBytes, .cells = 200});
    for (std::size_t from = 0; from < text.size(); from += piece) {
        if (!splitter.feed(text.substr(from, piece)))
            return out;
    }
    out.ended = splitter.finish().has_value();
    return out;
}

} // namespace

// A table of unknown origin. Where its bytes are cut makes no difference, and every cell is text.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input = fuzz::textOf(data, size);
    const unsigned choice = fuzz::takeChoice(input);
    if (contact::isUtf8(input)) {
        const char delimiter = ",;\t|"[choice % 4];
        const Split whole = split(input, delimiter, std::max<std::size_t>(1, input.size()));
        FUZZ_REQUIRE(whole == split(input, delimiter, 1 + choice / 4 % 7));
    }
    auto reader = TableReader::open(fromMemory(std::string(input)), {.sampleRows = 5, .limits = {.recordBytes = fewBytes}});
    if (!reader)
        return 0;
    const std::size_t width = reader->format().header.size();
    for (const auto& row : reader->sample())
        FUZZ_REQUIRE(row.size() >= width);
    std::int64_t rows = 0;
    std::int64_t last = 0;
    const auto read = reader->read([&](const TableRow& row) {
        ++rows;
        FUZZ_REQUIRE(row.number > last && row.columns <= row.cells.size());
        last = row.number;
        for (const std::string_view cell : row.cells)
            FUZZ_REQUIRE(contact::isUtf8(cell));
        return true;
    });
    if (read)
        FUZZ_REQUIRE(read->rows == rows && reader->format().exact && reader->format().rows == rows);
    return 0;
}
