// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_list.h"
#include "core/bench/bench_store.h"
#include "core/bench/rounds.h"
#include "core/exchange/table_reader.h"
#include "core/services/import_service.h"

#include <QFile>

namespace outrider::bench {

using namespace outrider::store;

namespace {

constexpr int rowCount = 100000;

// A HubSpot contacts export as wide as real ones.
Result<> writeExport(const std::string& path) {
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::WriteOnly))
        return fail(ErrorCode::FileUnwritable, path);
    file.write(
        "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Create Date,Lifecycle Stage,Original Source,"
        "Job Title,Company Name,Mobile Phone Number,Street Address,City,State/Region,Postal Code,Country/Region,Website "
        "URL,Industry\r\n");
    for (int i = 0; i < rowCount; ++i) {
        const QByteArray n = QByteArray::number(i);
        const QByteArray company = QByteArray::number(i % 9973);
        file.write(n + ",First" + n + ",Last" + QByteArray::number(i % 7919) + ",first" + n + "@company" + company
                   + ".example,+49 381 " + QByteArray::number(1000000 + i)
                   + ",Mara Lindqvist,NEW,2026-03-02 09:15,lead,Offline Sources,Head of Operations,\"Company " + company
                   + ", GmbH\",+49 171 " + QByteArray::number(2000000 + i) + ",Kai " + n
                   + ",Rostock,Mecklenburg-Vorpommern,18055,Germany,https://company" + company + ".example,Logistics\r\n");
    }
    return file.flush() ? Result<>() : fail(ErrorCode::FileUnwritable, path);
}

// Reads the file and puts its cells into a bare table: what no importer can be faster than.
Result<> bareImport(const BenchStore& bench, const std::string& path, Rounds& rounds) {
    OUTRIDER_ASSIGN(const auto db, bench.otherFile());
    return rounds.measure([&]() -> Result<> {
        OUTRIDER_ASSIGN(exchange::TableReader reader, exchange::TableReader::open(path));
        try {
            std::string columns;
            std::string marks;
            for (std::size_t i = 0; i < reader.format().header.size(); ++i) {
                columns += (i == 0 ? "c" : ", c") + std::to_string(i) + " TEXT";
                marks += (i == 0 ? "?" : ", ?") + std::to_string(i + 1);
            }
            db->script("BEGIN; CREATE TABLE bare(" + columns + ");");
            {
                Statement insert = db->prepare("INSERT INTO bare VALUES (" + marks + ")");
                OUTRIDER_TRY(reader.read([&](const exchange::TableRow& row) {
                    for (std::size_t i = 0; i < row.columns; ++i)
                        insert.bindText(int(i) + 1, row.cells[i]);
                    insert.run();
                    return true;
                }));
            }
            db->script("COMMIT");
        } catch (const StoreException& e) {
            return fail(e.error());
        }
        return {};
    });
}

} // namespace

Result<std::vector<Measurement>> importBench() {
    constexpr int rounds = 5;
    Rounds ours;
    Rounds bare;
    for (int i = 0; i < rounds; ++i) {
        BenchStore bench;
        OUTRIDER_TRY(bench.open());
        const std::string path = bench.path("hubspot.csv");
        OUTRIDER_TRY(writeExport(path));
        ImportService imports(bench.context());
        const auto result = ours.measure([&] { return wait(imports.run({.path = path})); });
        if (!result)
            return fail(result.error());
        OUTRIDER_TRY(bareImport(bench, path, bare));
    }
    return std::vector<Measurement>{
        {.bench = "import",
         .metric = "100,000 rows of 20 columns into an empty workspace: normalised, indexed, journaled, searchable",
         .value = ours.median() / 1000,
         .unit = "s",
         .reference = "the same file's cells into a bare table of an encrypted file",
         .referenceValue = bare.median() / 1000,
         .p95 = ours.percentile(0.95) / 1000,
         .n = rounds}};
}

} // namespace outrider::bench
