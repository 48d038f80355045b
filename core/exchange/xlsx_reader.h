// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/byte_source.h"
#include "core/exchange/record_source.h"
#include "core/exchange/zip_archive.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::exchange {

// A sheet of an Excel workbook (ECMA-376, .xlsx and .xlsm) as records, read row by row. Cells say what a person
// sees: texts, dates by their number format as ISO 8601, TRUE and FALSE, the last result of a formula; errors are
// empty. A merged cell that spans rows counts for each of them. Rows that are not there are blank lines in the
// numbering. In memory are the workbook's texts (at most 256 MB), its styles and one row.
class XlsxReader final : public RecordSource {
public:
    // `sheet`: its name in any case, or "#2"; empty: of those not hidden the one with the most cells. UnsupportedFormat says
    // what the archive is when it is no workbook, in a few words; NotFound: no such sheet.
    static Result<std::unique_ptr<XlsxReader>> open(ByteSource& bytes, std::string_view sheet, const SplitterLimits& limits,
                                                    const ProgressPtr& progress, const ZipLimits& zip = {});
    ~XlsxReader() override;

    // The names of those with anything in them, in their order.
    const std::vector<std::string>& sheets() const { return m_names; }
    const std::string& sheet() const { return m_chosen; }

    Result<> read(const RecordSplitter::Sink& sink, const ProgressPtr& progress) override;
    std::int64_t size() const override { return m_size; }
    const std::vector<std::string>& columns() const override { return m_none; }
    std::optional<std::int64_t> count() const override { return std::nullopt; }

private:
    struct Workbook;
    XlsxReader();

    std::unique_ptr<ZipArchive> m_zip;
    std::unique_ptr<Workbook> m_book;
    SplitterLimits m_limits;
    std::vector<std::string> m_names;
    std::string m_chosen;
    std::string m_part; // the chosen sheet's entry
    std::int64_t m_size = 0;
    const std::vector<std::string> m_none;
};

// What an OLE file (D0 CF 11 E0) is, in a few words: an old workbook, or one with a password.
std::string_view oleKind(std::string_view bytes);

} // namespace outrider::exchange
