// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/archive_rows.h"

#include <QFile>

#include <nlohmann/json.hpp>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <span>

namespace outrider::store {

using nlohmann::json;

namespace {

constexpr std::size_t mostLine = std::size_t(64) << 20; // a message with its attachments fits
constexpr std::size_t bufferSize = std::size_t(1) << 18;
constexpr const char* sqliteName = "workspace.sqlite";

std::string fileOf(const std::string& table, const char* extension) { return table + extension; }

std::string base64(const std::string& bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    text.pop_back(); // its own zero
    return text;
}

Blob fromBase64(const std::string& text) {
    std::string bytes(text.size() / 4 * 3 + 3, '\0');
    std::size_t size = 0;
    const char* end = nullptr;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(), nullptr, &size,
                          &end, sodium_base64_VARIANT_ORIGINAL)
            != 0
        || end != text.data() + text.size())
        throw ArchiveError("not base64");
    bytes.resize(size);
    return {std::move(bytes)};
}

class OutFile {
public:
    OutFile(const std::string& folder, const std::string& name)
        : m_path(folder + "/" + name),
          m_file(QString::fromStdString(m_path)) {
        if (!m_file.open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered))
            throw StoreException(Error(ErrorCode::FileUnwritable, m_path));
        m_file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner); // everything is in it, in plain text
        m_buffer.reserve(bufferSize + 4096);
    }

    void add(std::string_view text) {
        m_buffer += text;
        if (m_buffer.size() >= bufferSize)
            flush();
    }

    void close() {
        flush();
        m_file.close();
    }

private:
    void flush() {
        if (m_file.write(m_buffer.data(), qint64(m_buffer.size())) != qint64(m_buffer.size()))
            throw StoreException(
                Error(m_file.error() == QFileDevice::ResourceError ? ErrorCode::DiskFull : ErrorCode::FileUnwritable, m_path));
        m_buffer.clear();
    }

    const std::string m_path;
    QFile m_file;
    std::string m_buffer;
};

// Bytes of a file, a buffer at a time.
class InFile {
public:
    InFile(const std::string& folder, const std::string& name) : m_file(QString::fromStdString(folder + "/" + name)) {
        if (!m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
            throw ArchiveError("it is missing, or cannot be read");
        m_buffer.resize(bufferSize);
    }

    int get() { // -1: the end
        if (m_at == m_size) {
            const qint64 got = m_file.read(m_buffer.data(), qint64(m_buffer.size()));
            if (got < 0)
                throw ArchiveError("it cannot be read");
            if (got == 0)
                return -1;
            m_size = std::size_t(got);
            m_at = 0;
        }
        return static_cast<unsigned char>(m_buffer[m_at++]);
    }

    // Without its line feed. False: the end.
    bool line(std::string& out) {
        out.clear();
        for (;;) {
            if (m_at < m_size) {
                const char* from = m_buffer.data() + m_at;
                const auto* feed = static_cast<const char*>(std::memchr(from, '\n', m_size - m_at));
                const std::size_t count = feed != nullptr ? std::size_t(feed - from) : m_size - m_at;
                if (out.size() + count > mostLine)
                    throw ArchiveError("a line of more than 64 MB");
                out.append(from, count);
                m_at += count + (feed != nullptr ? 1 : 0);
                if (feed != nullptr)
                    return true;
            }
            const int c = get();
            if (c < 0)
                return !out.empty();
            --m_at;
        }
    }

private:
    QFile m_file;
    std::string m_buffer;
    std::size_t m_at = 0;
    std::size_t m_size = 0;
};

// ── JSON lines ───────────────────────────────────────────────────────────────────────────────────

class JsonlWriter final : public ArchiveWriter {
public:
    explicit JsonlWriter(std::string folder) : m_folder(std::move(folder)) {}

    void begin(const std::string& table, const std::vector<Column>& columns) override {
        m_columns = columns;
        m_file = std::make_unique<OutFile>(m_folder, fileOf(table, ".jsonl"));
    }

    void row(const std::vector<ArchiveValue>& values) override {
        json object = json::object();
        for (std::size_t i = 0; i < values.size(); ++i) {
            const Column& column = m_columns[i];
            if (const auto* number = std::get_if<std::int64_t>(&values[i]))
                object[column.name] = *number;
            else if (const auto* real = std::get_if<double>(&values[i]))
                object[column.name] = *real;
            else if (const auto* text = std::get_if<std::string>(&values[i]))
                object[column.name] = *text;
            else if (const auto* blob = std::get_if<Blob>(&values[i])) {
                if (column.type == "BLOB")
                    object[column.name] = base64(blob->bytes);
                else
                    object[column.name] = {{"base64", base64(blob->bytes)}};
            }
        }
        m_file->add(object.dump(-1, ' ', false, json::error_handler_t::replace));
        m_file->add("\n");
    }

    void end() override { m_file->close(); }

private:
    const std::string m_folder;
    std::vector<Column> m_columns;
    std::unique_ptr<OutFile> m_file;
};

class JsonlReader final : public ArchiveReader {
public:
    explicit JsonlReader(std::string folder) : m_folder(std::move(folder)) {}

    void begin(const std::string& table, const std::vector<Column>& columns) override {
        m_columns = columns;
        m_name = fileOf(table, ".jsonl");
        m_line = 0;
        m_file = std::make_unique<InFile>(m_folder, m_name);
    }

    bool next(std::vector<ArchiveValue>& values) override {
        ++m_line;
        if (!m_file->line(m_text))
            return false;
        const json object = json::parse(m_text, nullptr, false);
        if (!object.is_object())
            throw ArchiveError("not a JSON object");
        values.assign(m_columns.size(), {});
        std::size_t known = 0;
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            const auto found = object.find(m_columns[i].name);
            if (found == object.end())
                continue;
            ++known;
            values[i] = valueOf(*found, m_columns[i]);
        }
        if (known != object.size())
            throw ArchiveError("a field the manifest does not name");
        return true;
    }

    std::string where() const override { return m_name + ", line " + std::to_string(m_line); }

private:
    static ArchiveValue valueOf(const json& value, const Column& column) {
        const bool any = column.type == "ANY";
        if (value.is_null())
            return {};
        if ((any || column.type == "INTEGER") && value.is_number_integer()) {
            if (value.is_number_unsigned() && value.get<std::uint64_t>() > std::uint64_t(INT64_MAX))
                throw ArchiveError("\"" + column.name + "\" is too large a number");
            return value.get<std::int64_t>();
        }
        if ((any || column.type == "REAL") && value.is_number())
            return value.get<double>();
        if ((any || column.type == "TEXT") && value.is_string())
            return value.get<std::string>();
        if (column.type == "BLOB" && value.is_string())
            return fromBase64(value.get_ref<const std::string&>());
        if (any && value.is_object() && value.size() == 1 && value.contains("base64") && value["base64"].is_string())
            return fromBase64(value["base64"].get_ref<const std::string&>());
        throw ArchiveError("\"" + column.name + "\" is not of its type");
    }

    const std::string m_folder;
    std::vector<Column> m_columns;
    std::string m_name;
    std::int64_t m_line = 0;
    std::string m_text;
    std::unique_ptr<InFile> m_file;
};

// ── CSV (RFC 4180) ───────────────────────────────────────────────────────────────────────────────
//
// Text is always quoted, so an empty cell without quotes is NULL. A text that a spreadsheet would take for a
// formula gets an apostrophe in front, and so does one that begins with an apostrophe: reading takes one
// away. Where a column may hold anything, "i:", "r:", "t:" or "b:" says what.

constexpr std::string_view formulaStarts = "=+-@\t\r'";

class CsvWriter final : public ArchiveWriter {
public:
    explicit CsvWriter(std::string folder) : m_folder(std::move(folder)) {}

    void begin(const std::string& table, const std::vector<Column>& columns) override {
        m_columns = columns;
        m_file = std::make_unique<OutFile>(m_folder, fileOf(table, ".csv"));
        std::string header;
        for (const Column& column : columns)
            header += (header.empty() ? "" : ",") + column.name;
        m_file->add(header + "\r\n");
    }

    void row(const std::vector<ArchiveValue>& values) override {
        std::string line;
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (i > 0)
                line += ',';
            const bool any = m_columns[i].type == "ANY";
            if (const auto* number = std::get_if<std::int64_t>(&values[i]))
                line += (any ? "i:" : "") + std::to_string(*number);
            else if (const auto* real = std::get_if<double>(&values[i]))
                line += (any ? "r:" : "") + realText(*real);
            else if (const auto* text = std::get_if<std::string>(&values[i]))
                quote(line, any ? "t:" + *text : *text);
            else if (const auto* blob = std::get_if<Blob>(&values[i]))
                quote(line, (any ? "b:" : "") + base64(blob->bytes));
        }
        m_file->add(line + "\r\n");
    }

    void end() override { m_file->close(); }

private:
    static std::string realText(double value) {
        std::array<char, 40> text{};
        std::snprintf(text.data(), text.size(), "%.17g", value);
        return text.data();
    }

    static void quote(std::string& out, const std::string& text) {
        out += '"';
        if (!text.empty() && formulaStarts.find(text.front()) != std::string_view::npos)
            out += '\'';
        for (const char c : text) {
            if (c == '"')
                out += '"';
            out += c;
        }
        out += '"';
    }

    const std::string m_folder;
    std::vector<Column> m_columns;
    std::unique_ptr<OutFile> m_file;
};

class CsvReader final : public ArchiveReader {
public:
    explicit CsvReader(std::string folder) : m_folder(std::move(folder)) {}

    void begin(const std::string& table, const std::vector<Column>& columns) override {
        m_columns = columns;
        m_name = fileOf(table, ".csv");
        m_line = 1;
        m_file = std::make_unique<InFile>(m_folder, m_name);
        std::vector<Cell> header;
        if (!record(header) || header.size() != columns.size())
            throw ArchiveError("not the columns of the manifest");
        for (std::size_t i = 0; i < header.size(); ++i) {
            if (header[i].text != columns[i].name)
                throw ArchiveError("not the columns of the manifest");
        }
    }

    bool next(std::vector<ArchiveValue>& values) override {
        ++m_line;
        if (!record(m_cells))
            return false;
        if (m_cells.size() != m_columns.size())
            throw ArchiveError(std::to_string(m_cells.size()) + " cells instead of " + std::to_string(m_columns.size()));
        values.assign(m_columns.size(), {});
        for (std::size_t i = 0; i < m_cells.size(); ++i)
            values[i] = valueOf(m_cells[i], m_columns[i]);
        return true;
    }

    std::string where() const override { return m_name + ", record " + std::to_string(m_line); }

private:
    struct Cell {
        std::string text;
        bool quoted = false;
    };

    bool record(std::vector<Cell>& cells) {
        cells.clear();
        int c = m_file->get();
        if (c < 0)
            return false;
        std::size_t size = 0;
        cells.emplace_back();
        const auto add = [&](int character) {
            if (++size > mostLine)
                throw ArchiveError("a record of more than 64 MB");
            cells.back().text += static_cast<char>(character);
        };
        for (;; c = m_file->get()) {
            Cell& cell = cells.back();
            if (c < 0 || c == '\n')
                return true;
            if (c == '"' && cell.text.empty() && !cell.quoted) {
                cell.quoted = true;
                for (;;) {
                    c = m_file->get();
                    if (c < 0)
                        throw ArchiveError("it ends within quotes");
                    if (c == '"') {
                        c = m_file->get();
                        if (c != '"')
                            break;
                    }
                    add(c);
                }
                if (c < 0 || c == '\n')
                    return true;
            }
            if (c == ',') {
                if (cells.size() > m_columns.size())
                    throw ArchiveError("too many cells");
                cells.emplace_back();
            } else if (c != '\r') {
                add(c);
            }
        }
    }

    template <typename Number>
    static Number numberOf(std::string_view text, const Column& column) {
        Number number{};
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc() || end != text.data() + text.size())
            throw ArchiveError("\"" + column.name + "\" is not of its type");
        return number;
    }

    static std::string unguarded(std::string text) {
        if (text.starts_with('\''))
            text.erase(0, 1);
        return text;
    }

    static ArchiveValue valueOf(const Cell& cell, const Column& column) {
        if (!cell.quoted && cell.text.empty())
            return {};
        if (column.type == "ANY") {
            const std::string kind = cell.text.substr(0, 2);
            const std::string rest = cell.text.substr(std::min<std::size_t>(2, cell.text.size()));
            if (kind == "i:")
                return numberOf<std::int64_t>(rest, column);
            if (kind == "r:")
                return numberOf<double>(rest, column);
            if (kind == "t:")
                return rest;
            if (kind == "b:")
                return fromBase64(rest);
            throw ArchiveError("\"" + column.name + "\" is not of its type");
        }
        if (column.type == "INTEGER")
            return numberOf<std::int64_t>(cell.text, column);
        if (column.type == "REAL")
            return numberOf<double>(cell.text, column);
        if (column.type == "BLOB")
            return fromBase64(unguarded(cell.text));
        return unguarded(cell.text);
    }

    const std::string m_folder;
    std::vector<Column> m_columns;
    std::string m_name;
    std::int64_t m_line = 0;
    std::vector<Cell> m_cells;
    std::unique_ptr<InFile> m_file;
};

// ── One SQLite file ──────────────────────────────────────────────────────────────────────────────

std::string listOf(const std::vector<Column>& columns) {
    std::string names;
    for (const Column& column : columns)
        names += (names.empty() ? "" : ", ") + column.name;
    return names;
}

class SqliteWriter final : public ArchiveWriter {
public:
    explicit SqliteWriter(const std::string& folder) {
        auto opened = Connection::openPlain(folder + "/" + sqliteName, OpenMode::Create);
        if (!opened)
            throw StoreException(opened.error());
        m_db = std::move(*opened);
    }

    void begin(const std::string& table, const std::vector<Column>& columns) override {
        std::string definition;
        std::string marks;
        for (const Column& column : columns) {
            definition += (definition.empty() ? "" : ", ") + column.name + " " + column.type;
            marks += marks.empty() ? "?" : ", ?";
        }
        m_db->script("BEGIN; CREATE TABLE \"" + table + "\"(" + definition + ") STRICT");
        m_insert = "INSERT INTO \"" + table + "\" VALUES (" + marks + ")";
    }

    void row(const std::vector<ArchiveValue>& values) override {
        Statement insert = m_db->prepare(m_insert);
        bindValues(insert, values);
        insert.run();
    }

    void end() override { m_db->script("COMMIT"); }

    static void bindValues(Statement& statement, const std::vector<ArchiveValue>& values) {
        for (int i = 0; i < int(values.size()); ++i) {
            const ArchiveValue& value = values[std::size_t(i)];
            if (const auto* number = std::get_if<std::int64_t>(&value))
                statement.bindInteger(i + 1, *number);
            else if (const auto* real = std::get_if<double>(&value))
                statement.bindReal(i + 1, *real);
            else if (const auto* text = std::get_if<std::string>(&value))
                statement.bindText(i + 1, *text);
            else if (const auto* blob = std::get_if<Blob>(&value))
                statement.bindBlob(i + 1, std::as_bytes(std::span(blob->bytes)));
            else
                statement.bindNull(i + 1);
        }
    }

private:
    std::unique_ptr<Connection> m_db;
    std::string m_insert;
};

class SqliteReader final : public ArchiveReader {
public:
    explicit SqliteReader(const std::string& folder) {
        if (!QFile::exists(QString::fromStdString(folder + "/" + sqliteName)))
            throw ArchiveError("it is missing, or cannot be read");
        auto opened = Connection::openPlain(folder + "/" + sqliteName, OpenMode::ReadOnly);
        if (!opened)
            throw ArchiveError("not an SQLite file");
        m_db = std::move(*opened);
        if (m_db->text("PRAGMA integrity_check(1)") != "ok")
            throw ArchiveError("the file is damaged");
    }

    void begin(const std::string& table, const std::vector<Column>& columns) override {
        m_table = table;
        m_columns = columns;
        m_line = 0;
        m_rows.reset();
        // A table, not a view whose query could be anything.
        if (m_db->integer("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?1 AND rootpage > 0", table) != 1)
            throw ArchiveError("no such table");
        std::size_t known = 0;
        for (const Column& there : columnsOf(*m_db, table))
            known += std::any_of(columns.begin(), columns.end(), [&](const Column& c) { return c.name == there.name; }) ? 1 : 0;
        if (known != columns.size())
            throw ArchiveError("not the columns of the manifest");
        m_rows = std::make_unique<Statement>(m_db->prepare("SELECT " + listOf(columns) + " FROM \"" + table + "\""));
    }

    bool next(std::vector<ArchiveValue>& values) override {
        ++m_line;
        if (!m_rows->step())
            return false;
        values.assign(m_columns.size(), {});
        for (int i = 0; i < int(m_columns.size()); ++i)
            values[std::size_t(i)] = valueOf(*m_rows, i, m_columns[std::size_t(i)]);
        return true;
    }

    std::string where() const override { return std::string(sqliteName) + ", " + m_table + " row " + std::to_string(m_line); }

    static ArchiveValue valueOf(const Statement& row, int i, const Column& column) {
        const bool any = column.type == "ANY";
        switch (row.type(i)) {
        case Statement::Type::Null:
            return {};
        case Statement::Type::Integer:
            if (any || column.type == "INTEGER")
                return row.integer(i);
            break;
        case Statement::Type::Real:
            if (any || column.type == "REAL")
                return row.real(i);
            break;
        case Statement::Type::Text:
            if (any || column.type == "TEXT")
                return row.text(i);
            break;
        case Statement::Type::Blob:
            if (any || column.type == "BLOB")
                return Blob{row.blob(i)};
            break;
        }
        throw ArchiveError("\"" + column.name + "\" is not of its type");
    }

private:
    std::unique_ptr<Connection> m_db;
    std::string m_table;
    std::vector<Column> m_columns;
    std::int64_t m_line = 0;
    std::unique_ptr<Statement> m_rows;
};

} // namespace

std::unique_ptr<ArchiveWriter> archiveWriter(ArchiveFormat format, const std::string& folder) {
    switch (format) {
    case ArchiveFormat::Jsonl:
        return std::make_unique<JsonlWriter>(folder);
    case ArchiveFormat::Csv:
        return std::make_unique<CsvWriter>(folder);
    case ArchiveFormat::Sqlite:
        break;
    }
    return std::make_unique<SqliteWriter>(folder);
}

std::unique_ptr<ArchiveReader> archiveReader(ArchiveFormat format, const std::string& folder) {
    switch (format) {
    case ArchiveFormat::Jsonl:
        return std::make_unique<JsonlReader>(folder);
    case ArchiveFormat::Csv:
        return std::make_unique<CsvReader>(folder);
    case ArchiveFormat::Sqlite:
        break;
    }
    return std::make_unique<SqliteReader>(folder);
}

std::vector<std::string> archiveFiles(ArchiveFormat format, const std::vector<std::string>& tables) {
    if (format == ArchiveFormat::Sqlite)
        return {sqliteName, std::string(sqliteName) + "-journal"};
    std::vector<std::string> files;
    for (const std::string& table : tables)
        files.push_back(fileOf(table, format == ArchiveFormat::Csv ? ".csv" : ".jsonl"));
    return files;
}

} // namespace outrider::store
