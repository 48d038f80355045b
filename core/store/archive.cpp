// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/archive.h"

#include "core/store/archive_rows.h"
#include "core/store/content_hash.h"
#include "core/store/migrations/migrations.h"
#include "core/store/rollups.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace outrider::store {

using nlohmann::json;

namespace {

constexpr const char* manifestName = "manifest.json";
constexpr const char* magic = "outrider-archive";
constexpr int version = 1;
constexpr std::int64_t mostManifest = 1 << 20;
constexpr std::int64_t rowsAtOnce = 1000; // between two looks at the progress

// Content first, parents before children; then what belongs to it without being content.
std::vector<std::string> archivedTables(Connection& db) {
    std::vector<std::string> names;
    for (const JournaledTable& table : journaledTables())
        names.emplace_back(table.name);
    for (const char* table :
         {"message_alias", "attachment_content", "mailbox_cursor", "send_ledger", "erasure", "action", "change"})
        names.emplace_back(table);
    std::erase_if(names, [&db](const std::string& table) { return columnsOf(db, table).empty(); });
    return names;
}

std::vector<ArchiveValue> valuesOf(const Statement& row, const std::vector<Column>& columns) {
    std::vector<ArchiveValue> values(columns.size());
    for (int i = 0; i < int(columns.size()); ++i) {
        ArchiveValue& value = values[std::size_t(i)];
        switch (row.type(i)) {
        case Statement::Type::Null:
            break;
        case Statement::Type::Integer:
            value = row.integer(i);
            break;
        case Statement::Type::Real:
            value = row.real(i);
            break;
        case Statement::Type::Text:
            value = row.text(i);
            break;
        case Statement::Type::Blob:
            value = Blob{row.blob(i)};
            break;
        }
    }
    return values;
}

std::string namesOf(const std::vector<Column>& columns) {
    std::string names;
    for (const Column& column : columns)
        names += (names.empty() ? "" : ", ") + column.name;
    return names;
}

// Takes away what was begun, and the folder if it was made for it.
class Cleanup {
public:
    Cleanup(std::string folder, bool made) : m_folder(std::move(folder)), m_made(made) {}
    ~Cleanup() {
        if (m_done)
            return;
        for (const std::string& file : m_files)
            QFile::remove(QString::fromStdString(m_folder + "/" + file));
        if (m_made)
            QDir().rmdir(QString::fromStdString(m_folder));
    }
    Cleanup(const Cleanup&) = delete;
    Cleanup& operator=(const Cleanup&) = delete;

    void expect(std::vector<std::string> files) { m_files = std::move(files); }
    void keep() { m_done = true; }

private:
    const std::string m_folder;
    const bool m_made;
    std::vector<std::string> m_files;
    bool m_done = false;
};

Result<> writeManifest(const std::string& folder, const json& manifest) {
    QSaveFile file(QString::fromStdString(folder + "/" + manifestName));
    const std::string text = manifest.dump(2) + "\n";
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        || file.write(text.data(), qint64(text.size())) != qint64(text.size()) || !file.commit())
        return fail(ErrorCode::FileUnwritable, folder);
    return {};
}

// What the archive says it is.
struct Manifest {
    ArchiveFormat format = ArchiveFormat::Jsonl;
    int schema = 0;
    std::string hash;
    std::string name;
    struct Table {
        std::string name;
        std::int64_t rows = 0;
        std::vector<std::string> columns;
    };
    std::vector<Table> tables;
};

Result<Manifest> readManifest(const std::string& folder) {
    QFile file(QString::fromStdString(folder + "/" + manifestName));
    if (!QFileInfo::exists(QString::fromStdString(folder)))
        return fail(ErrorCode::FileNotFound, folder);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::UnsupportedFormat, "a folder without manifest.json");
    if (file.size() > mostManifest)
        return fail(ErrorCode::UnsupportedFormat, "manifest.json is too large");
    const QByteArray text = file.readAll();
    const json stored = json::parse(text.begin(), text.end(), nullptr, false);
    const auto wrong = [](const char* what) { return fail(ErrorCode::UnsupportedFormat, std::string("manifest.json: ") + what); };
    try { // a value that is missing or of another type
        if (!stored.is_object() || stored.at("format").get<std::string>() != magic)
            return wrong("not that of an Outrider archive");
        if (stored.at("version").get<int>() > version || stored.at("schema").get<int>() > currentSchemaVersion())
            return fail(ErrorCode::StoreTooNew,
                        std::to_string(stored.at("schema").get<int>()) + "/" + std::to_string(currentSchemaVersion()));
        Manifest manifest{.schema = stored.at("schema").get<int>(),
                          .hash = stored.at("hash").get<std::string>(),
                          .name = stored.at("name").get<std::string>()};
        const auto format = archiveFormatNames.value(stored.at("rows_as").get<std::string>());
        if (!format)
            return wrong("rows of an unknown format");
        manifest.format = *format;
        for (const json& table : stored.at("tables"))
            manifest.tables.push_back({table.at("name").get<std::string>(), table.at("rows").get<std::int64_t>(),
                                       table.at("columns").get<std::vector<std::string>>()});
        return manifest;
    } catch (const json::exception&) {
        return wrong("something is missing in it");
    }
}

// Nothing a person did is in it yet. Who works here, the statuses and settings are replaced.
bool isEmpty(Connection& db) {
    for (const char* table : {"lead", "company", "strategy", "mailbox", "message", "outbox", "activity", "task", "suppression",
                              "import", "tag", "custom_field", "saved_view"}) {
        if (db.integer("SELECT EXISTS (SELECT 1 FROM " + std::string(table) + ")") != 0)
            return false;
    }
    return true;
}

// The columns the archive has of a table, with their types here; each must be known.
std::vector<Column> columnsFor(Connection& db, const Manifest::Table& table) {
    const std::vector<Column> known = columnsOf(db, table.name);
    std::vector<Column> columns;
    for (const std::string& name : table.columns) {
        const auto found = std::find_if(known.begin(), known.end(), [&](const Column& column) { return column.name == name; });
        if (found == known.end())
            throw ArchiveError("an unknown column: " + table.name + "." + name);
        if (std::any_of(columns.begin(), columns.end(), [&](const Column& column) { return column.name == name; }))
            throw ArchiveError("a column twice: " + table.name + "." + name);
        columns.push_back(*found);
    }
    if (columns.empty())
        throw ArchiveError("a table without columns: " + table.name);
    return columns;
}

void insertRows(WriteContext& write, ArchiveReader& reader, const Manifest::Table& table, Progress& progress,
                std::int64_t& done) {
    const std::vector<Column> columns = columnsFor(write.db, table);
    reader.begin(table.name, columns);
    std::string marks;
    for (std::size_t i = 0; i < columns.size(); ++i)
        marks += i == 0 ? "?" : ", ?";
    const std::string sql = "INSERT INTO " + table.name + "(" + namesOf(columns) + ") VALUES (" + marks + ")";
    const auto idColumn = std::find_if(columns.begin(), columns.end(), [](const Column& column) { return column.name == "id"; });
    std::int64_t youngest = 0;
    std::int64_t count = 0;
    std::vector<ArchiveValue> values;
    while (reader.next(values)) {
        if (++count > table.rows)
            throw ArchiveError("more rows than the manifest says");
        if (++done % rowsAtOnce == 0) {
            progress.setDone(done);
            if (progress.cancelled())
                throw StoreException(Error(ErrorCode::Cancelled));
        }
        if (idColumn != columns.end()) {
            const auto* id = std::get_if<std::int64_t>(&values[std::size_t(idColumn - columns.begin())]);
            if (id == nullptr || *id <= 0)
                throw ArchiveError("a row without an id");
            youngest = std::max(youngest, *id);
        }
        Statement insert = write.db.prepare(sql);
        for (int i = 0; i < int(values.size()); ++i) {
            const ArchiveValue& value = values[std::size_t(i)];
            if (const auto* number = std::get_if<std::int64_t>(&value))
                insert.bindInteger(i + 1, *number);
            else if (const auto* real = std::get_if<double>(&value))
                insert.bindReal(i + 1, *real);
            else if (const auto* text = std::get_if<std::string>(&value))
                insert.bindText(i + 1, *text);
            else if (const auto* blob = std::get_if<Blob>(&value))
                insert.bindBlob(i + 1, std::as_bytes(std::span(blob->bytes)));
            else
                insert.bindNull(i + 1);
        }
        try {
            insert.run();
        } catch (const StoreException& e) {
            if (e.error().code == ErrorCode::Conflict || e.error().code == ErrorCode::Internal)
                throw ArchiveError(e.error().detail); // a rule of the schema
            throw;
        }
    }
    if (count != table.rows)
        throw ArchiveError("it ends after " + std::to_string(count) + " of " + std::to_string(table.rows) + " rows");
    if (table.name != "change") // ids of their own, without a moment
        write.startIdsAfter(youngest);
}

} // namespace

Result<ArchiveFacts> exportArchive(const Store& store, ArchiveFormat format, const std::string& folder, Progress& progress) {
    const QDir place(QString::fromStdString(folder));
    const bool made = !place.exists();
    if (!made && !place.isEmpty())
        return fail(ErrorCode::AlreadyExists, folder);
    if (made && !place.mkpath(QStringLiteral(".")))
        return fail(ErrorCode::FileUnwritable, folder);
    Cleanup cleanup(folder, made);
    try {
        progress.setPhase(Progress::Phase::Reading);
        OUTRIDER_ASSIGN(const auto db, store.connect({.path = store.path(), .mode = OpenMode::ReadOnly}));
        const Transaction view(*db, Transaction::Kind::Read);
        ReadContext read(*db, store.clock().now());
        ArchiveFacts facts{.format = format, .hash = contentHash(read)};
        const std::vector<std::string> tables = archivedTables(*db);
        std::vector<std::string> files = archiveFiles(format, tables);
        files.emplace_back(manifestName);
        cleanup.expect(files);
        std::map<std::string, std::int64_t> counts;
        std::int64_t total = 0;
        for (const std::string& table : tables)
            total += counts[table] = db->integer("SELECT count(*) FROM " + table);
        progress.setPhase(Progress::Phase::Writing);
        progress.setTotal(total);
        json listed = json::array();
        const auto writer = archiveWriter(format, folder);
        for (const std::string& table : tables) {
            const std::vector<Column> columns = columnsOf(*db, table);
            writer->begin(table, columns);
            Statement rows = db->prepare("SELECT " + namesOf(columns) + " FROM " + table);
            while (rows.step()) {
                writer->row(valuesOf(rows, columns));
                if (++facts.rows % rowsAtOnce == 0) {
                    progress.setDone(facts.rows);
                    if (progress.cancelled())
                        return fail(ErrorCode::Cancelled);
                }
            }
            writer->end();
            json names = json::array();
            for (const Column& column : columns)
                names.push_back(column.name);
            listed.push_back({{"name", table}, {"rows", counts[table]}, {"columns", names}});
        }
        progress.setPhase(Progress::Phase::Finishing);
        OUTRIDER_TRY(writeManifest(folder, {{"format", magic},
                                            {"version", version},
                                            {"rows_as", name(format)},
                                            {"schema", schemaVersion(*db)},
                                            {"name", db->text("SELECT value FROM meta WHERE key = 'name'")},
                                            {"made_at", toIso8601(store.clock().now())},
                                            {"hash", facts.hash},
                                            {"tables", listed}}));
        cleanup.keep();
        return facts;
    } catch (const StoreException& e) {
        return fail(e.error());
    }
}

Result<ArchiveFacts> importArchive(Store& store, const std::string& folder, Progress& progress) {
    progress.setPhase(Progress::Phase::Checking);
    OUTRIDER_ASSIGN(const Manifest manifest, readManifest(folder));
    std::int64_t total = 0;
    for (const Manifest::Table& table : manifest.tables)
        total += std::max<std::int64_t>(0, table.rows);
    progress.setTotal(total);
    return wait(store.writeSilently([&](WriteContext& write) -> Result<ArchiveFacts> {
        if (!isEmpty(write.db))
            return fail(ErrorCode::AlreadyExists, store.path());
        std::unique_ptr<ArchiveReader> reader;
        try {
            const std::vector<std::string> known = archivedTables(write.db);
            for (const Manifest::Table& table : manifest.tables) {
                if (std::count(known.begin(), known.end(), table.name) != 1)
                    throw ArchiveError("an unknown table: " + table.name);
                if (std::count_if(manifest.tables.begin(), manifest.tables.end(),
                                  [&](const Manifest::Table& other) { return other.name == table.name; })
                    != 1)
                    throw ArchiveError("a table twice: " + table.name);
            }
            write.db.script("PRAGMA defer_foreign_keys = ON");
            for (auto table = known.rbegin(); table != known.rend(); ++table)
                write.db.script("DELETE FROM " + *table);
            progress.setPhase(Progress::Phase::Writing);
            const Rollups::Deferred deferred(write.db);
            reader = archiveReader(manifest.format, folder);
            ArchiveFacts facts{.format = manifest.format};
            for (const std::string& name : known) { // parents first, whatever the archive's order
                const auto table = std::find_if(manifest.tables.begin(), manifest.tables.end(),
                                                [&](const Manifest::Table& t) { return t.name == name; });
                if (table != manifest.tables.end())
                    insertRows(write, *reader, *table, progress, facts.rows);
            }
            progress.setPhase(Progress::Phase::Finishing);
            if (write.db.integer("SELECT count(*) FROM pragma_foreign_key_check") > 0)
                return fail(ErrorCode::UnsupportedFormat, "an archive with rows that point nowhere");
            ReadContext read(write.db, write.now);
            facts.hash = contentHash(read);
            if (facts.hash != manifest.hash)
                return fail(ErrorCode::UnsupportedFormat, "an archive that does not hold what its manifest says");
            Rollups(write.db).rebuild();
            write.db.run("UPDATE meta SET value = ?1 WHERE key = 'name'", manifest.name);
            SendFence::raise(write.db, FenceReason::Restored);
            return facts;
        } catch (const ArchiveError& e) {
            const std::string where = reader ? reader->where() : std::string();
            return fail(ErrorCode::UnsupportedFormat, where.empty() ? e.what() : where + ": " + e.what());
        }
    }));
}

} // namespace outrider::store
