// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/archive_rows.h"

#include "fuzz.h"

#include <QFile>
#include <QTemporaryDir>

#include <cmath>
#include <functional>

using namespace outrider;
using namespace outrider::store;

namespace {

const std::vector<Column>& columns() {
    static const std::vector<Column> all{
        {0, "id", "INTEGER"}, {1, "name", "TEXT"}, {2, "rate", "REAL"}, {3, "raw", "BLOB"}, {4, "old", "ANY"}};
    return all;
}

using Row = std::vector<ArchiveValue>;

bool same(const ArchiveValue& a, const ArchiveValue& b) {
    if (a.index() != b.index())
        return false;
    if (const auto* blob = std::get_if<Blob>(&a))
        return blob->bytes == std::get<Blob>(b).bytes;
    if (const auto* real = std::get_if<double>(&a))
        return *real == std::get<double>(b) || (std::isnan(*real) && std::isnan(std::get<double>(b)));
    if (const auto* number = std::get_if<std::int64_t>(&a))
        return *number == std::get<std::int64_t>(b);
    return std::holds_alternative<std::monostate>(a) || std::get<std::string>(a) == std::get<std::string>(b);
}

bool isOf(const ArchiveValue& value, const Column& column) {
    if (std::holds_alternative<std::monostate>(value) || column.type == "ANY")
        return true;
    return column.type
           == (std::holds_alternative<std::int64_t>(value)  ? "INTEGER"
               : std::holds_alternative<double>(value)      ? "REAL"
               : std::holds_alternative<std::string>(value) ? "TEXT"
                                                            : "BLOB");
}

// False: the archive was refused, in words.
bool readRows(ArchiveFormat format, const std::string& folder, std::vector<Row>& rows) {
    std::unique_ptr<ArchiveReader> reader;
    try {
        reader = archiveReader(format, folder);
        reader->begin("lead", columns());
        Row row;
        while (reader->next(row)) {
            FUZZ_REQUIRE(row.size() == columns().size());
            for (std::size_t i = 0; i < row.size(); ++i)
                FUZZ_REQUIRE(isOf(row[i], columns()[i]));
            rows.push_back(row);
        }
        return true;
    } catch (const ArchiveError& e) {
        FUZZ_REQUIRE(*e.what() != '\0');
        FUZZ_REQUIRE(!reader || !reader->where().empty());
    } catch (const StoreException&) { // SQLite's own, of a damaged file
        FUZZ_REQUIRE(format == ArchiveFormat::Sqlite);
    }
    return false;
}

} // namespace

// A file of an archive: refused, or rows of the right types that come back the same when written again.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input = fuzz::textOf(data, size);
    const auto format = ArchiveFormat(fuzz::takeChoice(input) % 3);
    static const QTemporaryDir folder;
    static const QTemporaryDir second;
    const auto fileIn = [&](const QTemporaryDir& place) {
        return place.filePath(QString::fromStdString(archiveFiles(format, {"lead"}).front()));
    };
    QFile file(fileIn(folder));
    FUZZ_REQUIRE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    FUZZ_REQUIRE(file.write(input.data(), qint64(input.size())) == qint64(input.size()));
    file.close();
    std::vector<Row> rows;
    if (!readRows(format, folder.path().toStdString(), rows))
        return 0;
    QFile::remove(fileIn(second));
    {
        const auto writer = archiveWriter(format, second.path().toStdString());
        writer->begin("lead", columns());
        for (const Row& row : rows)
            writer->row(row);
        writer->end();
    }
    std::vector<Row> again;
    FUZZ_REQUIRE(readRows(format, second.path().toStdString(), again));
    FUZZ_REQUIRE(again.size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t column = 0; column < columns().size(); ++column)
            FUZZ_REQUIRE(same(rows[i][column], again[i][column]));
    }
    return 0;
}
