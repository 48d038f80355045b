// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/exchange/number_format.h"
#include "core/exchange/zip_archive.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::exchange {

// What all sheets of an Excel workbook share: their list, the styles of numbers, the texts.
struct XlsxWorkbook {
    struct Sheet {
        std::string name;
        std::string part; // its entry in the archive
        bool hidden = false;
    };
    std::vector<Sheet> sheets;
    bool from1904 = false;
    std::vector<NumberFormat> styles; // by the s of a cell
    std::string texts;                // one behind the other
    std::vector<std::size_t> ends;    // where each ends

    std::string_view text(std::size_t index) const;

    // UnsupportedFormat, FileTooLarge (more than 256 MB of texts), FileUnreadable, Cancelled.
    static Result<XlsxWorkbook> read(const ZipArchive& zip, const ProgressPtr& progress);
};

// "_x000D_" is how a cell's text holds what XML cannot.
std::string unescapedText(std::string_view text);

} // namespace outrider::exchange
