// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/byte_source.h"
#include "core/exchange/encoding_detector.h"
#include "core/exchange/record_source.h"

#include <memory>
#include <string>
#include <vector>

namespace outrider::exchange {

// A file of vCards (2.1, RFC 2426, RFC 6350) as a table, a card a row: the columns are those any card of the file has,
// named as Google names them ("E-mail 1 - Value"), properties of a program's own by their names (X-…). Pictures,
// sounds and keys are skipped as they go by, cards within cards (AGENT) too; lists of people (KIND:group) are none.
// In memory is one card without them. Lines may be folded, quoted-printable, of any charset, and may lack their END.
class VcardReader final : public RecordSource {
public:
    // Reads the whole file once, to know its columns. EmptyFile: no card. FileTooLarge: a card of more than
    // `limits` allow.
    static Result<std::unique_ptr<VcardReader>> open(ByteSource& bytes, const EncodingGuess& encoding,
                                                     const SplitterLimits& limits, const ProgressPtr& progress);
    ~VcardReader() override;

    Result<> read(const RecordSplitter::Sink& sink, const ProgressPtr& progress) override;
    std::int64_t size() const override { return m_bytes.size(); }
    const std::vector<std::string>& columns() const override { return m_columns; }
    std::optional<std::int64_t> count() const override { return m_count; }

private:
    VcardReader(ByteSource& bytes, EncodingGuess encoding, SplitterLimits limits);

    ByteSource& m_bytes;
    EncodingGuess m_encoding;
    SplitterLimits m_limits;
    std::vector<std::string> m_columns;
    std::int64_t m_count = 0;
};

} // namespace outrider::exchange
