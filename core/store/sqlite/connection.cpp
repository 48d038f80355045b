// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sqlite/connection.h"

#include "core/base/log.h"
#include "core/contact/text.h"
#include "core/contact/words.h"
#include "core/store/sqlite/week_hour.h"

#include <sqlite3.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace outrider::store {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view plainHeader{"SQLite format 3\0", 16};
constexpr std::size_t keySize = 32;
constexpr int busyMillis = 5000;

fs::path toPath(const std::string& utf8) { return fs::path(std::u8string(utf8.begin(), utf8.end())); }

std::string firstBytes(const std::string& path) {
    std::ifstream file(toPath(path), std::ios::binary);
    std::string header(plainHeader.size(), '\0');
    file.read(header.data(), std::streamsize(header.size()));
    header.resize(std::size_t(file.gcount()));
    return header;
}

// The form SQLCipher takes a raw key in, without deriving anything: x'64 hex digits'.
SecureBytes rawKeyText(const SecureBytes& key) {
    constexpr std::string_view digits = "0123456789abcdef";
    SecureBytes text(keySize * 2 + 3);
    unsigned char* out = text.raw();
    *out++ = 'x';
    *out++ = '\'';
    for (const std::byte byte : key.bytes()) {
        *out++ = static_cast<unsigned char>(digits[std::to_integer<unsigned>(byte) >> 4]);
        *out++ = static_cast<unsigned char>(digits[std::to_integer<unsigned>(byte) & 15]);
    }
    *out = '\'';
    return text;
}

// fold(text): lower case without accents, for "contains" filters. Used in queries only, never in
// the schema, so that any SQLCipher shell can open and check the file.
void foldFunction(sqlite3_context* context, int, sqlite3_value** values) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
    if (text == nullptr) {
        sqlite3_result_null(context);
        return;
    }
    const std::string folded = contact::unaccented({text, static_cast<std::size_t>(sqlite3_value_bytes(values[0]))});
    sqlite3_result_text64(context, folded.data(), folded.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

// has_words(text, phone, others, "anna lind+30123"): whether every word begins one of the text, of the phone number or of
// the other addresses and numbers, or the digits begin a number: what the search index finds
// (repositories/search_words.h), judged on a row.
struct WantedWords {
    std::vector<std::string> words;
    std::string digits;

    bool areIn(std::string text, std::string_view phone) const {
        const std::string_view national = contact::nationalDigits(phone);
        if (!digits.empty() && !phone.empty() && (phone.substr(1).starts_with(digits) || national.starts_with(digits)))
            return true;
        text.append(" ").append(phone).append(" ").append(national);
        return contact::wordsBegin(text, words);
    }
};

std::string_view textOf(sqlite3_value* value) {
    const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
    return text == nullptr ? std::string_view() : std::string_view(text, std::size_t(sqlite3_value_bytes(value)));
}

// Of the other numbers also what follows the country's code.
std::string withNational(std::string_view others) {
    std::string out(others);
    for (auto at = others.find('+'); at != std::string_view::npos; at = others.find('+', at + 1)) {
        if (at == 0 || others[at - 1] == ' ')
            out.append(" ").append(contact::nationalDigits(others.substr(at, others.find(' ', at) - at)));
    }
    return out;
}

void hasWordsFunction(sqlite3_context* context, int, sqlite3_value** values) {
    constexpr int wantedAt = 3;
    auto* wanted = static_cast<WantedWords*>(sqlite3_get_auxdata(context, wantedAt));
    const bool isNew = wanted == nullptr;
    if (isNew) {
        const std::string_view text = textOf(values[wantedAt]);
        const auto plus = text.find('+');
        wanted = new WantedWords{contact::wordsOf(text.substr(0, plus)),
                                 plus == std::string_view::npos ? std::string() : std::string(text.substr(plus + 1))};
    }
    std::string text(textOf(values[0]));
    const std::string_view phone = textOf(values[1]);
    bool found = false;
    if (sqlite3_value_type(values[2]) == SQLITE_NULL) {
        found = wanted->areIn(std::move(text), phone);
    } else {
        const std::string others = withNational(textOf(values[2]));
        found = wanted->areIn(text + ' ' + others, phone)
                || (!wanted->digits.empty() && contact::wordsBegin(others, {wanted->digits}));
    }
    if (isNew) // SQLite owns it from here on
        sqlite3_set_auxdata(context, wantedAt, wanted, [](void* words) { delete static_cast<WantedWords*>(words); });
    sqlite3_result_int(context, found ? 1 : 0);
}

// week_hour_there(at, time zone, country, region, phone), for migration 0007.
void weekHourFunction(sqlite3_context* context, int, sqlite3_value** values) {
    const auto hour = weekHourThere(sqlite3_value_int64(values[0]), {.timeZone = textOf(values[1]),
                                                                     .country = textOf(values[2]),
                                                                     .region = textOf(values[3]),
                                                                     .phoneKey = textOf(values[4])});
    if (hour)
        sqlite3_result_int(context, *hour);
    else
        sqlite3_result_null(context);
}

std::string withoutIndexHints(std::string sql) {
    constexpr std::string_view hint = " INDEXED BY ";
    constexpr std::string_view nameChars = "abcdefghijklmnopqrstuvwxyz_0123456789";
    for (auto at = sql.find(hint); at != std::string::npos; at = sql.find(hint, at)) {
        const auto end = sql.find_first_not_of(nameChars, at + hint.size());
        sql.erase(at, (end == std::string::npos ? sql.size() : end) - at);
    }
    return sql;
}

} // namespace

Connection::Connection(sqlite3* db, std::string path) : m_db(db), m_path(std::move(path)) {}

Connection::~Connection() {
    for (auto& [sql, cached] : m_statements)
        sqlite3_finalize(cached.statement);
    sqlite3_close(m_db);
}

Result<std::unique_ptr<Connection>> Connection::open(const ConnectionOptions& options, const SecureBytes& key) {
    using outrider::fail;
    if (key.size() != keySize)
        return fail(ErrorCode::InvalidArgument, "the key has not 32 bytes");
    std::error_code ignored;
    const bool exists = fs::exists(toPath(options.path), ignored);
    if (options.mode == OpenMode::Create && exists)
        return fail(ErrorCode::StoreExists, options.path);
    if (options.mode != OpenMode::Create) {
        if (!exists)
            return fail(ErrorCode::StoreNotFound, options.path);
        const std::string header = firstBytes(options.path);
        if (header.empty() && fs::file_size(toPath(options.path), ignored) > 0)
            return fail(ErrorCode::FileUnreadable, options.path);
        if (header == plainHeader)
            return fail(ErrorCode::StoreNotOurs, options.path);
        if (header.size() < plainHeader.size())
            return fail(ErrorCode::StoreDamaged, "the file is only " + std::to_string(header.size()) + " bytes long");
    }

    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_PRIVATECACHE;
    switch (options.mode) {
    case OpenMode::Create:
        flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
        break;
    case OpenMode::ReadWrite:
        flags |= SQLITE_OPEN_READWRITE;
        break;
    case OpenMode::ReadOnly:
        flags |= SQLITE_OPEN_READONLY;
        break;
    }
    // Counting every byte allocated takes a lock each time; nobody asks for the count. Before SQLite starts.
    [[maybe_unused]] static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3* db = nullptr;
    const int code = sqlite3_open_v2(options.path.c_str(), &db, flags, options.vfs.empty() ? nullptr : options.vfs.c_str());
    if (code != SQLITE_OK) {
        const std::string text = db != nullptr ? sqlite3_errmsg(db) : sqlite3_errstr(code);
        sqlite3_close(db);
        Error error = sqliteError(code, text, options.path);
        if (error.code == ErrorCode::FileUnreadable && options.mode == OpenMode::Create)
            error = Error(ErrorCode::FileUnwritable, options.path, code);
        return fail(std::move(error));
    }
    std::unique_ptr<Connection> connection(new Connection(db, options.path));
    try {
        OUTRIDER_TRY(connection->unlock(key, options));
        connection->configure(options);
        connection->registerFunctions();
    } catch (const StoreException& e) {
        return fail(e.error());
    }
    return connection;
}

Result<std::unique_ptr<Connection>> Connection::openPlain(const std::string& path, OpenMode mode) {
    using outrider::fail;
    const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_PRIVATECACHE
                      | (mode == OpenMode::ReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    sqlite3* db = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &db, flags, nullptr);
    if (code != SQLITE_OK) {
        sqlite3_close(db);
        return fail(mode == OpenMode::ReadOnly ? ErrorCode::FileUnreadable : ErrorCode::FileUnwritable, path, code);
    }
    std::unique_ptr<Connection> connection(new Connection(db, path));
    try {
        connection->check(sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr));
        connection->check(sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr));
        connection->check(sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr));
        connection->check(sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr));
        connection->script("PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0");
        connection->integer("SELECT count(*) FROM sqlite_schema");
    } catch (const StoreException&) {
        return fail(ErrorCode::UnsupportedFormat, path);
    }
    return connection;
}

Result<> Connection::unlock(const SecureBytes& key, const ConnectionOptions& options) {
    using outrider::fail;
    // Sorts and temporary tables stay in memory, before anything else can make one: on disk they
    // would be plain text.
    script("PRAGMA temp_store = MEMORY");

    // Is this SQLCipher, and the one we were compiled against? With any libsqlite3 in front of it the
    // key call below "succeeds" and everything is written as plain text.
    if (std::strcmp(sqlite3_libversion(), SQLITE_VERSION) != 0)
        return fail(ErrorCode::CipherMissing, sqlite3_libversion());
    // SQLCipher reports a wrong key on stderr by itself; we report it as an error.
    script("PRAGMA cipher_log_level = NONE");
    const SecureBytes text = rawKeyText(key);
    check(sqlite3_key_v2(m_db, "main", text.raw(), static_cast<int>(text.size())));
    if (this->text("PRAGMA cipher_version").empty())
        return fail(ErrorCode::CipherMissing, sqlite3_libversion());

    check(sqlite3_busy_timeout(m_db, busyMillis));
    try {
        integer("SELECT count(*) FROM sqlite_schema"); // the first page: does the key fit?
    } catch (const StoreException& e) {
        // A key that does not fit and a damaged first page look the same: the HMAC is wrong.
        return fail(e.error());
    }
    if (options.mode == OpenMode::Create) {
        script("PRAGMA journal_mode = WAL; PRAGMA user_version = 0; "
               "CREATE TABLE selftest(word TEXT); DROP TABLE selftest");
        if (firstBytes(m_path) == plainHeader)
            return fail(ErrorCode::CipherMissing, "the new file is not encrypted");
    }
    return {};
}

void Connection::configure(const ConnectionOptions& options) {
    check(sqlite3_db_config(m_db, SQLITE_DBCONFIG_DQS_DML, 0, nullptr)); // "text" is a column, 'text' a string
    check(sqlite3_db_config(m_db, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr));
    check(sqlite3_db_config(m_db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr));
    check(sqlite3_db_config(m_db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr));
    script("PRAGMA foreign_keys = ON; PRAGMA cache_size = -" + std::to_string(options.cacheKiB));
    if (options.mode == OpenMode::ReadOnly)
        script("PRAGMA query_only = ON");
    else
        script("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864; PRAGMA "
               "wal_autocheckpoint = 2000");
}

void Connection::registerFunctions() {
    check(sqlite3_create_function_v2(m_db, "fold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, nullptr,
                                     foldFunction, nullptr, nullptr, nullptr));
    check(sqlite3_create_function_v2(m_db, "has_words", 4, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, nullptr,
                                     hasWordsFunction, nullptr, nullptr, nullptr));
    check(sqlite3_create_function_v2(m_db, "week_hour_there", 5, SQLITE_UTF8 | SQLITE_DIRECTONLY, nullptr, weekHourFunction,
                                     nullptr, nullptr, nullptr));
}

Statement Connection::prepare(std::string_view sql) {
    std::string key(sql);
    if (m_dropsIndexHints)
        key = withoutIndexHints(std::move(key));
    auto found = m_statements.find(key);
    if (found != m_statements.end() && !found->second.inUse) {
        found->second.inUse = true;
        return Statement(*this, found->second.statement);
    }
    sqlite3_stmt* statement = nullptr;
    const bool cached = found == m_statements.end();
    check(sqlite3_prepare_v3(m_db, key.data(), static_cast<int>(key.size()), cached ? SQLITE_PREPARE_PERSISTENT : 0, &statement,
                             nullptr));
    if (statement == nullptr)
        throw StoreException(Error(ErrorCode::Internal, "empty statement"));
    if (cached)
        m_statements.emplace(std::move(key), CachedStatement{statement, true});
    return Statement(*this, statement); // one more of the same in use: compiled for this time only
}

void Connection::giveBack(sqlite3_stmt* statement) {
    const auto cached = m_statements.find(sqlite3_sql(statement));
    if (cached == m_statements.end() || cached->second.statement != statement) {
        sqlite3_finalize(statement);
        return;
    }
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    cached->second.inUse = false;
}

void Connection::script(const std::string& sql) {
    char* message = nullptr;
    const int code = sqlite3_exec(m_db, sql.c_str(), nullptr, nullptr, &message);
    if (code == SQLITE_OK)
        return;
    const std::string text = message != nullptr ? message : sqlite3_errstr(code);
    sqlite3_free(message);
    throw StoreException(sqliteError(sqlite3_extended_errcode(m_db), text, m_path));
}

void Connection::check(int code) {
    if (code != SQLITE_OK)
        fail(code);
}

void Connection::fail(int code) { throw StoreException(sqliteError(code, sqlite3_errmsg(m_db), m_path)); }

bool Connection::inTransaction() const { return sqlite3_get_autocommit(m_db) == 0; }

std::int64_t Connection::changeCount() const { return sqlite3_changes64(m_db); }

std::vector<std::string> Connection::plan(std::string_view sql) {
    std::vector<std::string> lines;
    Statement statement = prepare("EXPLAIN QUERY PLAN " + std::string(sql));
    while (statement.step())
        lines.push_back(statement.text(3));
    return lines;
}

void Connection::setUpdateHook(UpdateHook hook) {
    m_updateHook = std::move(hook);
    if (!m_updateHook) {
        sqlite3_update_hook(m_db, nullptr, nullptr);
        return;
    }
    const auto forward = [](void* self, int, const char*, const char* table, sqlite3_int64 rowid) {
        static_cast<Connection*>(self)->m_updateHook(table, rowid);
    };
    sqlite3_update_hook(m_db, forward, this);
}

void Connection::addFunction(const char* name, Function function) {
    const auto call = [](sqlite3_context* context, int, sqlite3_value** values) {
        (*static_cast<Function*>(sqlite3_user_data(context)))(sqlite3_value_int64(values[0]), sqlite3_value_int64(values[1]));
    };
    m_functions.push_back(std::move(function));
    check(sqlite3_create_function_v2(m_db, name, 2, SQLITE_UTF8 | SQLITE_INNOCUOUS, &m_functions.back(), call, nullptr, nullptr,
                                     nullptr));
}

void Connection::setCommitHook(CommitHook hook) {
    m_commitHook = std::move(hook);
    const auto forward = [](void* self, sqlite3*, const char*, int pages) {
        static_cast<Connection*>(self)->m_commitHook(pages);
        return SQLITE_OK;
    };
    sqlite3_wal_hook(m_db, forward, this);
}

void Connection::checkpoint() noexcept { sqlite3_wal_checkpoint_v2(m_db, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr); }

void Connection::interrupt() { sqlite3_interrupt(m_db); }

Result<CipherVersions> cipherVersions() {
    using outrider::fail;
    sqlite3* db = nullptr;
    CipherVersions versions{sqlite3_libversion(), {}};
    if (sqlite3_open(":memory:", &db) == SQLITE_OK) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(db, "PRAGMA cipher_version", -1, &statement, nullptr) == SQLITE_OK
            && sqlite3_step(statement) == SQLITE_ROW)
            versions.cipher = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
        sqlite3_finalize(statement);
    }
    sqlite3_close(db);
    if (versions.cipher.empty() || versions.sqlite != SQLITE_VERSION)
        return fail(ErrorCode::CipherMissing, versions.sqlite);
    return versions;
}

} // namespace outrider::store
