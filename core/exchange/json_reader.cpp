// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/json_reader.h"

#include "core/exchange/text_decoder.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <unordered_map>

namespace outrider::exchange {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t pieceBytes = std::size_t(64) * 1024;
constexpr int deepest = 64;
constexpr std::size_t ofAList = 20; // objects of a list within an object that get columns; more are not a lead's

// Finds the objects in a text given piece by piece, by their braces alone.
class ObjectFinder {
public:
    enum class Found { More, Object, TooLarge, TooDeep };

    // `wrapped`: objects one level further down, in an array of the outer object.
    ObjectFinder(bool wrapped, std::size_t most) : m_wrapped(wrapped), m_most(most) {}

    // Takes one character; Object: object() is one.
    Found take(char c) {
        if (m_taking) {
            if (m_object.size() >= m_most)
                return Found::TooLarge;
            m_object += c;
        }
        if (m_inString) {
            if (m_escaped)
                m_escaped = false;
            else if (c == '\\')
                m_escaped = true;
            else if (c == '"')
                m_inString = false;
            return Found::More;
        }
        switch (c) {
        case '"':
            m_inString = true;
            return Found::More;
        case '{':
        case '[':
            if (m_open.size() >= deepest)
                return Found::TooDeep;
            if (c == '{' && !m_taking && begins()) {
                m_taking = true;
                m_from = m_open.size();
                m_object = "{";
            }
            m_open += c;
            return Found::More;
        case '}':
        case ']':
            if (m_open.empty())
                return Found::More; // damaged; the parser says so
            m_open.pop_back();
            if (m_taking && m_open.size() == m_from) {
                m_taking = false;
                ++m_objects;
                return Found::Object;
            }
            return Found::More;
        default:
            return Found::More;
        }
    }

    const std::string& object() const { return m_object; }
    bool inside() const { return m_taking; }
    bool atTop() const { return m_from == 0; }

private:
    // Whether an object that opens here is a record.
    bool begins() const { return m_wrapped ? m_open == "{[" : m_open.empty() || m_open == "["; }

    bool m_wrapped;
    std::size_t m_most;
    std::string m_open; // the brackets around
    std::string m_object;
    std::size_t m_from = 0;
    std::int64_t m_objects = 0;
    bool m_taking = false;
    bool m_inString = false;
    bool m_escaped = false;
};

std::string scalarText(const ordered_json& value) {
    switch (value.type()) {
    case ordered_json::value_t::null:
    case ordered_json::value_t::discarded:
        return {};
    case ordered_json::value_t::string:
        return value.get<std::string>();
    case ordered_json::value_t::boolean:
        return value.get<bool>() ? "true" : "false";
    default:
        return value.dump();
    }
}

using Cells = std::vector<std::pair<std::string, std::string>>;

void flatten(const ordered_json& value, const std::string& path, Cells& cells) {
    if (value.is_object()) {
        for (const auto& [key, inner] : value.items())
            flatten(inner, path.empty() ? key : path + '.' + key, cells);
        return;
    }
    if (!value.is_array()) {
        if (std::string text = scalarText(value); !text.empty())
            cells.emplace_back(path, std::move(text));
        return;
    }
    std::string list;
    std::size_t number = 0;
    for (const ordered_json& inner : value) {
        if (inner.is_structured()) {
            if (++number <= ofAList)
                flatten(inner, path + '.' + std::to_string(number), cells);
        } else if (const std::string text = scalarText(inner); !text.empty()) {
            list += (list.empty() ? "" : "; ") + text;
        }
    }
    if (!list.empty())
        cells.emplace_back(path, std::move(list));
}

Result<Cells> cellsOf(const std::string& object, std::int64_t number) {
    const auto parsed = ordered_json::parse(object, nullptr, false);
    if (!parsed.is_object())
        return fail(ErrorCode::UnsupportedFormat, "object " + std::to_string(number) + " is no JSON");
    Cells cells;
    flatten(parsed, {}, cells);
    return cells;
}

} // namespace

JsonReader::JsonReader(ByteSource& bytes, EncodingGuess encoding, SplitterLimits limits)
    : m_bytes(bytes),
      m_encoding(std::move(encoding)),
      m_limits(limits) {}

JsonReader::~JsonReader() = default;

Result<> JsonReader::eachObject(const Sink& sink, const ProgressPtr& progress) {
    OUTRIDER_TRY(m_bytes.rewind());
    OUTRIDER_ASSIGN(auto decoder, TextDecoder::create(m_encoding.name));
    std::array<char, 4> mark{};
    OUTRIDER_TRY(m_bytes.read(std::span(mark).first(std::size_t(m_encoding.markBytes))));
    ObjectFinder finder(m_wrapped, m_limits.recordBytes);
    std::vector<char> piece(pieceBytes);
    std::string text;
    std::int64_t number = 0;
    std::int64_t done = 0;
    for (bool ended = false; !ended;) {
        if (progress && progress->cancelled())
            return fail(ErrorCode::Cancelled);
        OUTRIDER_ASSIGN(const std::size_t count, m_bytes.read(piece));
        ended = count == 0;
        done += static_cast<std::int64_t>(count);
        if (progress)
            progress->setDone(done);
        text.clear();
        decoder.decode({piece.data(), count}, ended, text);
        for (const char c : text) {
            switch (finder.take(c)) {
            case ObjectFinder::Found::More:
                break;
            case ObjectFinder::Found::Object: {
                OUTRIDER_ASSIGN(const bool more, sink(++number, finder.object()));
                if (!more)
                    return {};
                break;
            }
            case ObjectFinder::Found::TooLarge:
                return fail(ErrorCode::FileTooLarge, "object " + std::to_string(number + 1) + ": more than "
                                                         + std::to_string(m_limits.recordBytes) + " bytes");
            case ObjectFinder::Found::TooDeep:
                return fail(ErrorCode::FileTooLarge,
                            "object " + std::to_string(number + 1) + ": nested more than " + std::to_string(deepest) + " deep");
            }
        }
    }
    if (finder.inside())
        return fail(ErrorCode::FileUnreadable, "object " + std::to_string(number + 1) + " is cut off");
    return {};
}

Result<> JsonReader::countColumns(const ProgressPtr& progress) {
    m_columns.clear();
    m_count = 0;
    std::unordered_map<std::string, bool> seen;
    return eachObject(
        [&](std::int64_t number, const std::string& object) -> Result<bool> {
            OUTRIDER_ASSIGN(const Cells cells, cellsOf(object, number));
            ++m_count;
            for (const auto& [column, text] : cells) {
                if (seen.emplace(column, true).second)
                    m_columns.push_back(column);
            }
            if (seen.size() > m_limits.cells)
                return fail(ErrorCode::FileTooLarge,
                            "object " + std::to_string(number) + ": more than " + std::to_string(m_limits.cells) + " columns");
            return true;
        },
        progress);
}

Result<std::unique_ptr<JsonReader>> JsonReader::open(ByteSource& bytes, const EncodingGuess& encoding,
                                                     const SplitterLimits& limits, const ProgressPtr& progress) {
    std::unique_ptr<JsonReader> reader(new JsonReader(bytes, encoding, limits));
    const auto counted = reader->countColumns(progress);
    const bool cancelled = !counted && counted.error().code == ErrorCode::Cancelled;
    // One object alone, or one too large for a record, may be a wrapping of records.
    if (!cancelled && reader->m_count <= 1) {
        const auto columns = reader->m_columns;
        const auto count = reader->m_count;
        reader->m_wrapped = true;
        const auto inner = reader->countColumns(progress);
        if (!inner && inner.error().code == ErrorCode::Cancelled)
            return fail(inner.error());
        const bool list = inner && reader->m_count > (counted ? 1 : 0);
        if (!list) {
            reader->m_wrapped = false;
            reader->m_columns = columns;
            reader->m_count = count;
            OUTRIDER_TRY(counted);
        }
    } else {
        OUTRIDER_TRY(counted);
    }
    if (reader->m_count == 0)
        return fail(ErrorCode::UnsupportedFormat, "JSON without objects");
    return reader;
}

Result<> JsonReader::read(const RecordSplitter::Sink& sink, const ProgressPtr& progress) {
    std::unordered_map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        places.emplace(m_columns[i], i);
    std::vector<std::string_view> views(m_columns.size());
    return eachObject(
        [&](std::int64_t number, const std::string& object) -> Result<bool> {
            OUTRIDER_ASSIGN(const Cells cells, cellsOf(object, number));
            std::fill(views.begin(), views.end(), std::string_view());
            for (const auto& [column, text] : cells) {
                if (const auto place = places.find(column); place != places.end())
                    views[place->second] = text;
            }
            return sink({.number = number, .cells = views});
        },
        progress);
}

} // namespace outrider::exchange
