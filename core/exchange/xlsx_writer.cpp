// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/xlsx_writer.h"

#include "core/exchange/file_replacement.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <system_error>
#include <vector>

namespace outrider::exchange {

namespace {

constexpr std::uintmax_t noRoom = 1 << 20; // the library does not say why it failed; so little left tells

std::size_t characters(std::string_view utf8) {
    return std::size_t(
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// XML 1.0 has no place for these; a sheet with one in it is refused by Excel.
std::string withoutControls(std::string_view text) {
    std::string out(text);
    out.erase(std::remove_if(out.begin(), out.end(),
                             [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r'; }),
              out.end());
    return out;
}

} // namespace

struct XlsxWriter::Book {
    std::string path;
    FileReplacement file;
    lxw_workbook* workbook = nullptr;
    lxw_worksheet* sheet = nullptr;
    lxw_format* heading = nullptr;
    std::vector<bool> numbers;
    std::int64_t rows = 0;
    Result<> state;

    ~Book() {
        if (workbook != nullptr)
            static_cast<void>(workbook_close(workbook)); // it frees what it holds; the file goes with `file`
    }

    Result<> failed(int code) const {
        std::error_code error;
        const auto room =
            std::filesystem::space(file.temporary().parent_path().empty() ? "." : file.temporary().parent_path(), error);
        const bool full = errno == ENOSPC || errno == EDQUOT || (!error && room.available < noRoom);
        return fail(full ? ErrorCode::DiskFull : ErrorCode::FileUnwritable, path, code);
    }
};

XlsxWriter::XlsxWriter(std::unique_ptr<Book> book) : m_book(std::move(book)) {}
XlsxWriter::XlsxWriter(XlsxWriter&&) noexcept = default;
XlsxWriter& XlsxWriter::operator=(XlsxWriter&&) noexcept = default;
XlsxWriter::~XlsxWriter() = default;

Result<XlsxWriter> XlsxWriter::create(const std::string& path, std::string_view sheet) {
    OUTRIDER_ASSIGN(FileReplacement file, FileReplacement::begin(path));
    auto book = std::unique_ptr<Book>(new Book{.path = path, .file = std::move(file)});
    // Rows that are written are kept in a file beside the target, not in a folder others can look into.
    std::string folder = book->file.temporary().parent_path().string();
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = folder.empty() ? nullptr : folder.data();
    options.use_zip64 = LXW_TRUE;
    errno = 0;
    book->workbook = workbook_new_opt(book->file.temporary().string().c_str(), &options);
    if (book->workbook == nullptr)
        return fail(ErrorCode::FileUnwritable, path, errno);
    book->sheet = workbook_add_worksheet(book->workbook, std::string(sheet).c_str());
    if (book->sheet == nullptr)
        return fail(ErrorCode::FileUnwritable, path, errno);
    book->heading = workbook_add_format(book->workbook);
    format_set_bold(book->heading);
    worksheet_freeze_panes(book->sheet, 1, 0);
    return XlsxWriter(std::move(book));
}

void XlsxWriter::setNumbers(std::span<const bool> columns) { m_book->numbers.assign(columns.begin(), columns.end()); }

Result<> XlsxWriter::write(std::span<const std::string> cells) {
    Book& book = *m_book;
    if (!book.state)
        return book.state;
    if (book.rows >= mostRows || cells.size() > mostColumns)
        return book.state = fail(ErrorCode::FileTooLarge, std::to_string(mostRows) + " rows");
    errno = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string& cell = cells[i];
        if (cell.empty())
            continue;
        if (characters(cell) > mostInCell)
            return book.state = fail(ErrorCode::FileTooLarge, std::to_string(mostInCell) + " characters in a cell");
        const auto row = static_cast<lxw_row_t>(book.rows);
        const auto column = static_cast<lxw_col_t>(i);
        double number = 0;
        const bool mayBeNumber = book.rows > 0 && i < book.numbers.size() && book.numbers[i];
        const auto [end, wrong] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
        lxw_error error = LXW_NO_ERROR;
        if (mayBeNumber && wrong == std::errc() && end == cell.data() + cell.size())
            error = worksheet_write_number(book.sheet, row, column, number, nullptr);
        else
            error = worksheet_write_string(book.sheet, row, column, withoutControls(cell).c_str(),
                                           book.rows == 0 ? book.heading : nullptr);
        if (error != LXW_NO_ERROR)
            return book.state = book.failed(int(error));
    }
    ++book.rows;
    return {};
}

Result<> XlsxWriter::finish() {
    Book& book = *m_book;
    if (!book.state)
        return book.state;
    errno = 0;
    const lxw_error error = workbook_close(std::exchange(book.workbook, nullptr));
    if (error != LXW_NO_ERROR)
        return book.state = book.failed(int(error));
    book.state = book.file.commit();
    if (!book.state)
        return book.state;
    book.state = fail(ErrorCode::Internal, "written after finish()");
    return {};
}

std::int64_t XlsxWriter::records() const { return m_book->rows; }

} // namespace outrider::exchange
