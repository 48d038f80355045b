// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/import_service.h"

#include "core/base/clock.h"
#include "core/domain/field.h"
#include "core/exchange/csv_writer.h"
#include "core/services/backup_service.h"
#include "core/services/import_preview.h"
#include "core/services/import_source.h"
#include "core/services/import_writer.h"
#include "core/services/pace.h"
#include "core/services/service_context.h"
#include "core/store/repositories/import_repository.h"
#include "core/store/repositories/setting_repository.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <iterator>
#include <limits>
#include <span>

namespace outrider {

using namespace outrider::store;

namespace {

constexpr std::size_t rowsAtLeast = 3000; // fewer would write most pages again and again
constexpr std::size_t rowsAtMost = 12000; // in memory twice: one chunk is read while the other is written

constexpr std::int64_t worthABackup = 200'000;       // bytes: some thousand rows
constexpr const char* stoppedKey = "import_stopped"; // the one closing has stopped
constexpr std::size_t rowsLookedAt = 3000;           // at once by a preview, which nobody waits for

std::int64_t fileSize(const std::string& path) {
    std::error_code error;
    const auto size = std::filesystem::file_size(std::filesystem::path(std::u8string(path.begin(), path.end())), error);
    return error ? 0 : std::int64_t(size);
}

std::vector<std::string> copyOf(const exchange::TableRow& row) {
    std::vector<std::string> cells;
    cells.reserve(row.cells.size());
    for (const auto cell : row.cells)
        cells.emplace_back(cell);
    return cells;
}

// A chunk on its way to the disk while the next one is read. Large ones touch each page of an index once for many
// rows; how much of one goes into a transaction is a matter of pace.
class Writing {
public:
    Writing(ServiceContext& context, ImportWriter& writer, ActionInfo action)
        : m_context(context),
          m_writer(writer),
          m_action(std::move(action)),
          m_pace(context.store()),
          m_listening(m_context.store().subscribe([this](const ChangeSet& changes) { committed(changes); })) {}
    ~Writing() {
        [[maybe_unused]] const auto last = stop();
        m_context.store().unsubscribe(m_listening);
    }
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;

    Result<> add(ImportWriter::Item item) {
        m_filling.push_back(std::move(item));
        if (!m_written.empty() && m_future.isFinished())
            OUTRIDER_TRY(goOn());
        return m_filling.size() >= (m_written.empty() ? rowsAtLeast : rowsAtMost) ? flush() : Result<>();
    }

    Result<> finish() {
        OUTRIDER_TRY(flush());
        return settle();
    }

    // After the transaction under way nothing more is written.
    Result<> stop() {
        m_stopped = true;
        return settle();
    }

    ActionId action() const { return m_running; }

private:
    struct Written {
        ActionId action;
        std::size_t rows = 0;
    };

    Result<> flush() {
        OUTRIDER_TRY(settle());
        std::swap(m_chunk, m_filling);
        m_filling.clear();
        m_written = m_chunk;
        if (!m_written.empty())
            hand();
        return {};
    }

    // Until what was handed over is written.
    Result<> settle() {
        while (!m_written.empty())
            OUTRIDER_TRY(goOn());
        return {};
    }

    Result<> goOn() {
        const auto written = wait(std::move(m_future));
        m_pace.committed();
        const std::span<ImportWriter::Item> rest =
            written && !m_stopped ? m_written.subspan(written->rows) : std::span<ImportWriter::Item>();
        m_written = rest;
        if (!written)
            return fail(written.error());
        m_running = written->action;
        if (!m_written.empty())
            hand();
        return {};
    }

    // A transaction's worth of what is left of the chunk.
    void hand() {
        const auto work = [this](WriteContext& write) -> Result<Written> {
            m_isOurs = true;
            m_pace.begin();
            const std::size_t rows = m_writer.write(write, m_written, [this] { return m_pace.goesOn(); });
            m_pace.worked();
            return Written{write.action, rows};
        };
        m_future = m_running ? m_context.store().writeMore(m_running, work) : m_context.store().write(m_action, work);
    }

    // After every commit, ours (which always counts the rows) and others', on the writer thread.
    void committed(const ChangeSet& changes) {
        if (!m_isOurs)
            m_writer.othersWrote(changes);
        m_isOurs = false;
    }

    ServiceContext& m_context;
    ImportWriter& m_writer;
    const ActionInfo m_action;
    Pace m_pace;
    std::vector<ImportWriter::Item> m_filling;
    std::vector<ImportWriter::Item> m_chunk;
    std::span<ImportWriter::Item> m_written; // of it, what is not on the disk yet
    QFuture<Result<Written>> m_future;
    ActionId m_running;
    bool m_stopped = false;
    bool m_isOurs = false; // of the writer thread
    int m_listening;       // last: it may be called at once
};

Result<ImportResult> runNow(ServiceContext& context, const ImportOptions& options, const ProgressPtr& progress) {
    const Stopwatch watch;
    OUTRIDER_ASSIGN(ImportSource source, ImportSource::open(options, progress));
    ImportWriter writer(options, source, context.me());
    Writing writing(context, writer, context.action("import", source.fileName()));
    Result<> written;
    Result<> read = source.read([&](const exchange::TableRow& table, exchange::LeadRow row) {
        if (progress && progress->cancelled())
            return false;
        written = writing.add({std::move(row), copyOf(table)});
        return written.has_value();
    });
    if (read && progress && progress->cancelled())
        read = fail(ErrorCode::Cancelled);
    const bool cancelled = !read && read.error().code == ErrorCode::Cancelled;
    if (written && read) {
        if (progress)
            progress->setPhase(Progress::Phase::Finishing);
        written = writing.finish();
    }
    if (const auto stopped = writing.stop(); written)
        written = stopped;
    if (!written)
        return fail(written.error());
    if (!read && !(cancelled && writing.action()))
        return fail(read.error());
    return ImportResult{.batch = writer.batch(),
                        .action = writing.action(),
                        .leads = writer.takeLeads(),
                        .suppressed = writer.suppressed(),
                        .duplicates = writer.duplicates(),
                        .seconds = watch.milliseconds() / 1000};
}

Result<ImportPreview> previewNow(ServiceContext& context, const ImportOptions& options, const ProgressPtr& progress) {
    OUTRIDER_ASSIGN(ImportSource source, ImportSource::open(options, progress));
    ImportPreviewing previewing(options, source);
    std::vector<exchange::LeadRow> rows;
    const auto look = [&]() -> Result<> {
        return wait(context.store().read([&](ReadContext& r) -> Result<> {
            previewing.look(r.db, rows);
            return {};
        }));
    };
    Result<> looked;
    OUTRIDER_TRY(source.read([&](const exchange::TableRow&, exchange::LeadRow row) {
        rows.push_back(std::move(row));
        if (rows.size() == rowsLookedAt) {
            looked = look();
            rows.clear();
        }
        return looked.has_value();
    }));
    OUTRIDER_TRY(looked);
    OUTRIDER_TRY(look());
    return previewing.finish();
}

Result<> writeErrorsNow(ServiceContext& context, ImportId id, const std::string& path) {
    struct Rejected {
        ImportBatch batch;
        std::vector<ImportError> errors;
    };
    OUTRIDER_ASSIGN(const Rejected rejected, wait(context.store().read([id](ReadContext& r) -> Result<Rejected> {
                        ImportRepository imports(r.db);
                        const auto batch = imports.find(id);
                        if (!batch)
                            return fail(ErrorCode::NotFound, "import " + std::to_string(id.value));
                        return Rejected{*batch, imports.errors(id, std::numeric_limits<int>::max())};
                    })));
    // A column of reasons that was there already makes room for the new one.
    std::vector<std::string> header;
    std::vector<bool> kept;
    for (const ImportedColumn& column : importedColumns(rejected.batch.mapping)) {
        kept.push_back(column.header != reasonColumn);
        if (kept.back())
            header.push_back(column.header);
    }
    std::size_t width = header.size();
    for (const ImportError& error : rejected.errors)
        width = std::max(width, error.cells.size() - std::size_t(std::count(kept.begin(), kept.end(), false)));
    OUTRIDER_ASSIGN(auto csv, exchange::CsvWriter::create(path));
    header.emplace_back(reasonColumn);
    OUTRIDER_TRY(csv.write(std::span<const std::string>(header)));
    for (const ImportError& error : rejected.errors) {
        std::vector<std::string> cells;
        for (std::size_t i = 0; i < error.cells.size(); ++i) {
            if (i >= kept.size() || kept[i])
                cells.push_back(error.cells[i]);
        }
        // Where the header ends, so that cells too many do not hide it.
        cells.resize(std::max(cells.size(), header.size() - 1));
        cells.insert(cells.begin() + std::ptrdiff_t(header.size()) - 1,
                     error.detail.empty() ? error.code : error.code + ": " + error.detail);
        OUTRIDER_TRY(csv.write(std::span<const std::string>(cells)));
    }
    return csv.finish();
}

} // namespace

ProgressPtr ImportService::watched(ProgressPtr progress) {
    if (!progress)
        progress = std::make_shared<Progress>();
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_running, [](const auto& running) { return running.expired(); });
    m_running.push_back(progress);
    if (m_stopping)
        progress->cancel();
    return progress;
}

void ImportService::stop() {
    const std::lock_guard lock(m_mutex);
    m_stopping = true;
    for (const auto& running : m_running) {
        if (const ProgressPtr progress = running.lock())
            progress->cancel();
    }
}

QFuture<Result<std::optional<ImportBatch>>> ImportService::takeStopped() {
    if (m_context.store().isReadOnly())
        return ready(Result<std::optional<ImportBatch>>(std::nullopt));
    return m_context.store().writeSilently([](WriteContext& write) -> Result<std::optional<ImportBatch>> {
        SettingRepository settings(write.db);
        const std::string stored = settings.meta(stoppedKey);
        if (stored.empty())
            return std::nullopt;
        settings.removeMeta(write, stoppedKey);
        ImportId id;
        std::from_chars(stored.data(), stored.data() + stored.size(), id.value);
        return ImportRepository(write.db).find(id); // none: it was undone meanwhile
    });
}

QFuture<Result<ImportPreview>> ImportService::preview(ImportOptions options, ProgressPtr progress) {
    progress = watched(std::move(progress));
    return m_context.background().run([this, options = std::move(options), progress = std::move(progress)] {
        return previewNow(m_context, options, progress);
    });
}

QFuture<Result<ImportResult>> ImportService::run(ImportOptions options, ProgressPtr progress) {
    progress = watched(std::move(progress));
    return m_context.background().run(
        [this, options = std::move(options), progress = std::move(progress)]() -> Result<ImportResult> {
            if (m_backups != nullptr && fileSize(options.path) >= worthABackup)
                OUTRIDER_TRY(m_backups->beforeImport(progress));
            auto result = runNow(m_context, options, progress);
            const bool stopping = [this] {
                const std::lock_guard lock(m_mutex);
                return m_stopping;
            }();
            if (stopping && result && progress->cancelled())
                OUTRIDER_TRY(wait(m_context.store().writeSilently([&result](WriteContext& write) -> Result<> {
                    SettingRepository(write.db).setMeta(write, stoppedKey, std::to_string(result->batch.id.value));
                    return {};
                })));
            return result;
        });
}

QFuture<Result<std::vector<ImportBatch>>> ImportService::list(int limit) {
    return m_context.store().read(
        [limit](ReadContext& r) -> Result<std::vector<ImportBatch>> { return ImportRepository(r.db).all(limit); });
}

QFuture<Result<std::vector<ImportError>>> ImportService::errors(ImportId id, int limit) {
    return m_context.store().read([id, limit](ReadContext& r) -> Result<std::vector<ImportError>> {
        ImportRepository imports(r.db);
        if (!imports.find(id))
            return fail(ErrorCode::NotFound, "import " + std::to_string(id.value));
        return imports.errors(id, limit);
    });
}

QFuture<Result<>> ImportService::writeErrors(ImportId id, std::string path) {
    return m_context.background().run([this, id, path = std::move(path)] { return writeErrorsNow(m_context, id, path); });
}

std::vector<std::string> ImportService::targetFields() {
    std::vector<std::string> keys;
    for (const Field& field : fields()) {
        if (field.importable)
            keys.emplace_back(field.key);
    }
    return keys;
}

} // namespace outrider
