// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/lead_index/lead_rows.h"

#include "core/store/repositories/lead_list_row.h"

#include <zdict.h>
#include <zstd.h>

#include <algorithm>

namespace outrider::store {

namespace {

constexpr std::size_t dictionaryBytes = 32 * 1024;
constexpr std::size_t mostSamples = 4000; // blocks the dictionary is made from
constexpr int level = 6;

void putNumber(std::string& out, std::uint64_t number) {
    for (; number >= 128; number >>= 7)
        out += char(number | 128);
    out += char(number);
}

void putText(std::string& out, const std::string& text) {
    putNumber(out, text.size());
    out += text;
}

std::uint64_t number(std::string_view& in) {
    std::uint64_t number = 0;
    for (unsigned shift = 0; !in.empty(); shift += 7) {
        const auto byte = std::uint8_t(in.front());
        in.remove_prefix(1);
        number |= std::uint64_t(byte & 127U) << shift;
        if (byte < 128)
            break;
    }
    return number;
}

std::string_view text(std::string_view& in) {
    const std::size_t size = std::min<std::size_t>(number(in), in.size());
    const std::string_view text = in.substr(0, size);
    in.remove_prefix(size);
    return text;
}

// The numbers first: texts of neighbours then lie close together.
std::string packed(const LeadListRow& row) {
    std::string out;
    putNumber(out, std::uint64_t(toEpochMillis(row.createdAt)));
    putNumber(out, std::uint64_t(row.strategy.value));
    if (row.strategy) {
        putNumber(out, std::uint64_t(row.nextStep));
        putNumber(out, std::uint64_t(row.stepCount));
        out += char(row.enrolmentState);
        out += char(row.stopReason);
    }
    out += char(row.nextChannel);
    putText(out, row.name);
    putText(out, row.email);
    putText(out, row.companyName);
    putText(out, row.jobTitle);
    putText(out, row.country);
    return out;
}

LeadListRow unpacked(std::string_view in) {
    LeadListRow row;
    row.createdAt = fromEpochMillis(std::int64_t(number(in)));
    row.strategy = StrategyId{std::int64_t(number(in))};
    if (row.strategy) {
        row.nextStep = int(number(in));
        row.stepCount = int(number(in));
        row.enrolmentState = EnrolmentState(number(in));
        row.stopReason = StopReason(number(in));
    }
    row.nextChannel = Channel(number(in));
    row.name = text(in);
    row.email = text(in);
    row.companyName = text(in);
    row.jobTitle = text(in);
    row.country = text(in);
    return row;
}

} // namespace

struct LeadRows::Dictionary {
    explicit Dictionary(const std::string& from)
        : packing(ZSTD_createCDict(from.data(), from.size(), level), ZSTD_freeCDict),
          unpacking(ZSTD_createDDict(from.data(), from.size()), ZSTD_freeDDict) {}
    std::unique_ptr<ZSTD_CDict, std::size_t (*)(ZSTD_CDict*)> packing;
    std::unique_ptr<ZSTD_DDict, std::size_t (*)(ZSTD_DDict*)> unpacking;
};

LeadRows::LeadRows() = default;
LeadRows::~LeadRows() = default;
LeadRows::LeadRows(LeadRows&& other) noexcept = default;
LeadRows& LeadRows::operator=(LeadRows&& other) noexcept = default;

void LeadRows::load(Connection& db, const LeadColumns& columns) {
    // One block after the other; the first ones wait until there is a dictionary made of them.
    std::vector<std::string> waiting;
    const std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
    std::string room;
    const auto pack = [&](const std::string& block) {
        room.resize(ZSTD_compressBound(block.size()));
        const std::size_t size = ZSTD_compress_usingCDict(context.get(), room.data(), room.size(), block.data(), block.size(),
                                                          m_dictionary->packing.get());
        if (ZSTD_isError(size) != 0)
            throw StoreException(Error(ErrorCode::Internal, ZSTD_getErrorName(size)));
        m_packed.append(room.data(), size);
        m_blocks.push_back(m_packed.size());
    };
    const auto begin = [&] {
        std::string samples;
        std::vector<std::size_t> sizes;
        for (const std::string& block : waiting) {
            samples += block;
            sizes.push_back(block.size());
        }
        std::string dictionary(dictionaryBytes, '\0');
        const std::size_t size =
            ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), samples.data(), sizes.data(), unsigned(sizes.size()));
        dictionary.resize(ZDICT_isError(size) != 0 ? 0 : size); // too few to learn from: without
        m_dictionary = std::make_unique<Dictionary>(dictionary);
        for (const std::string& block : waiting)
            pack(block);
        waiting.clear();
    };
    std::string block;
    LeadOrdinal next = 0;
    const auto end = [&] {
        if (m_dictionary)
            pack(block);
        else
            waiting.push_back(block);
        if (waiting.size() == mostSamples)
            begin();
        block.clear();
    };
    // Every lead has its place in its block, those that are no more an empty one.
    const auto put = [&](const std::string& row) {
        putText(block, row);
        if (++next % leadsInBlock == 0)
            end();
    };
    Statement rows = db.prepare(leadListRowSql() + " ORDER BY l.id");
    while (rows.step()) {
        const auto lead = columns.find(rows.integer(0));
        if (!lead || *lead < next)
            continue;
        while (next < *lead)
            put({});
        m_known.set(*lead);
        put(packed(readLeadListRow(rows)));
    }
    if (!block.empty())
        end();
    if (!m_dictionary)
        begin();
    m_packed.shrink_to_fit();
}

void LeadRows::forget(LeadOrdinal lead) {
    if (m_known.test(lead)) {
        m_known.reset(lead);
        ++m_forgottenCount;
    }
}

std::size_t LeadRows::bytes() const {
    return m_packed.capacity() + m_blocks.capacity() * sizeof(std::uint64_t) + m_known.bytes();
}

struct LeadRows::Reader::Unpacking {
    std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> context{ZSTD_createDCtx(), ZSTD_freeDCtx};
};

LeadRows::Reader::Reader(const LeadRows& rows) : m_rows(rows), m_unpacking(std::make_unique<Unpacking>()) {}
LeadRows::Reader::~Reader() = default;

std::optional<LeadListRow> LeadRows::Reader::row(const LeadColumns& columns, LeadOrdinal lead) {
    if (!m_rows.m_known.test(lead))
        return std::nullopt;
    const std::size_t block = lead / leadsInBlock;
    if (m_block != block) {
        const std::size_t from = block == 0 ? 0 : m_rows.m_blocks[block - 1];
        const std::size_t size = m_rows.m_blocks[block] - from;
        const char* packed = m_rows.m_packed.data() + from;
        m_text.resize(std::size_t(ZSTD_getFrameContentSize(packed, size)));
        const std::size_t got = ZSTD_decompress_usingDDict(m_unpacking->context.get(), m_text.data(), m_text.size(), packed, size,
                                                           m_rows.m_dictionary->unpacking.get());
        m_block = block;
        if (ZSTD_isError(got) != 0) {
            m_block.reset();
            return std::nullopt;
        }
    }
    std::string_view rest = m_text;
    for (std::size_t i = 0; i < lead % leadsInBlock; ++i)
        static_cast<void>(text(rest));
    LeadListRow row = unpacked(text(rest));
    row.id = LeadId{columns.ids[lead]};
    row.status = StatusId{columns.statuses[columns.status[lead]]};
    row.reach = Reach(columns.reach[lead]);
    row.score = columns.score[lead];
    const auto moment = [](std::int64_t millis) {
        return millis == LeadColumns::none ? std::nullopt : std::optional(fromEpochMillis(millis));
    };
    row.nextTaskAt = moment(columns.due[lead]);
    row.lastTouchAt = moment(columns.touch[lead]);
    return row;
}

} // namespace outrider::store
