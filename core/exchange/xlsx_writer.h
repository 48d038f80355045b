// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace outrider::exchange {

// Writes one sheet of an Excel workbook (ECMA-376) row by row in bounded memory; the first row is its heading. Text is
// written as text, so that nothing in it is ever a formula. The file appears under its name complete, or not at all. The
// first failure is final. Not thread-safe. The one home of libxlsxwriter.
//
// ErrorCode: FileUnwritable, DiskFull; FileTooLarge: more rows or columns, or more in a cell, than a sheet takes.
class XlsxWriter {
public:
    static constexpr std::int64_t mostRows = 1'048'576; // with the heading
    static constexpr std::size_t mostColumns = 16'384;
    static constexpr std::size_t mostInCell = 32'767; // characters

    static Result<XlsxWriter> create(const std::string& path, std::string_view sheet = "Leads");
    XlsxWriter(XlsxWriter&&) noexcept;
    XlsxWriter& operator=(XlsxWriter&&) noexcept;
    ~XlsxWriter();

    // Which columns hold numbers: a cell of one that is no number is written as text.
    void setNumbers(std::span<const bool> columns);
    Result<> write(std::span<const std::string> cells);
    // Nothing may be written afterwards. Not called: nothing is left of the file.
    Result<> finish();

    std::int64_t records() const; // with the heading

private:
    struct Book;
    explicit XlsxWriter(std::unique_ptr<Book> book);
    std::unique_ptr<Book> m_book;
};

} // namespace outrider::exchange
