// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/byte_source.h"
#include "core/exchange/encoding_detector.h"
#include "core/exchange/record_source.h"

#include <memory>
#include <string>
#include <vector>

namespace outrider::exchange {

// JSON as a table, an object a row: objects one behind the other (JSONL), an array of them, or one object with such
// an array in it ("results"). What is nested is named with dots ("company.name", "emails.1.value"), lists of plain
// values are joined by "; ". In memory is one object. Damaged lines of a JSONL file are FileUnreadable and say which.
class JsonReader final : public RecordSource {
public:
    // Reads the whole file once, to know its columns. UnsupportedFormat: no objects in it, or no JSON; FileTooLarge:
    // an object, or the number of columns, passes the limits.
    static Result<std::unique_ptr<JsonReader>> open(ByteSource& bytes, const EncodingGuess& encoding,
                                                    const SplitterLimits& limits, const ProgressPtr& progress);
    ~JsonReader() override;

    Result<> read(const RecordSplitter::Sink& sink, const ProgressPtr& progress) override;
    std::int64_t size() const override { return m_bytes.size(); }
    const std::vector<std::string>& columns() const override { return m_columns; }
    std::optional<std::int64_t> count() const override { return m_count; }

private:
    JsonReader(ByteSource& bytes, EncodingGuess encoding, SplitterLimits limits);
    using Sink = std::function<Result<bool>(std::int64_t number, const std::string& object)>;
    Result<> eachObject(const Sink& sink, const ProgressPtr& progress);
    Result<> countColumns(const ProgressPtr& progress);

    ByteSource& m_bytes;
    EncodingGuess m_encoding;
    SplitterLimits m_limits;
    bool m_wrapped = false; // the records are in an array of the only object
    std::vector<std::string> m_columns;
    std::int64_t m_count = 0;
};

} // namespace outrider::exchange
