// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/domain/import_batch.h"
#include "core/domain/lead.h"

#include <QFuture>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace outrider {

class BackupService;
class ServiceContext;

// What to do with a row whose lead is known already.
enum class ImportPolicy {
    FillBlanks, // keep mine, fill only empty fields
    Overwrite,  // the file's values win, except empty ones
    Skip,       // leave known leads alone
};

// By what a row's lead is known.
enum class ImportKey { Email, ExternalId, LinkedIn, Phone };

struct ImportOptions {
    std::string path;
    std::string text;                           // instead of a file: what was copied from a spreadsheet
    std::string sheet;                          // of a workbook: its name or "#2"; empty: the one with the most cells
    std::string format;                         // empty: recognised
    std::map<std::string, std::string> mapping; // column header -> field; "" leaves the column out
    ImportKey key = ImportKey::Email;
    ImportPolicy policy = ImportPolicy::FillBlanks;
};

struct ImportColumn {
    std::string header;
    std::string field; // empty: left out
    double confidence = 0;
    std::string reason; // machine name, worded by ui/text
    std::vector<std::string> samples;
};

// What an import would do, before anything changes.
struct ImportPreview {
    std::string format; // "hubspot_contacts", "plain"…
    std::string formatTitle;
    int signatureMatched = 0; // of how many headings the format was known by
    int signatureOf = 0;
    std::string container; // "text", "xlsx", "vcard", "json"
    std::vector<std::string> sheets;
    std::string sheet;
    std::string delimiter;
    std::string encoding;
    std::int64_t rows = 0;
    std::int64_t bytes = 0;
    std::vector<ImportColumn> columns;

    std::int64_t added = 0;
    std::int64_t updated = 0;
    std::int64_t unchanged = 0;
    std::int64_t duplicates = 0; // rows that repeat an earlier row of the file
    std::int64_t errors = 0;     // rows to look at: not taken, or taken without a broken address
    std::int64_t suppressed = 0; // rows that say: do not write, or do not call

    struct FieldChange {
        std::string field;
        std::string before;
        std::string after;
        bool kept = false; // the policy keeps mine
    };
    struct Row {
        enum class Kind { New, Update, Same, Duplicate, Error };
        Kind kind = Kind::New;
        std::int64_t rowNumber = 0;
        std::string name;
        std::string company;
        std::vector<FieldChange> changes;
        std::string problem; // machine name of the error
        std::string detail;
    };
    std::vector<Row> examples; // some of each kind
};

struct ImportResult {
    ImportBatch batch;
    ActionId action;           // one undo takes all of it back
    std::vector<LeadId> leads; // of its rows, new and known ones, each once
    std::int64_t suppressed = 0;
    std::int64_t duplicates = 0;
    double seconds = 0;
};

// Importing files of leads. Thread-safe; every call returns at once.
class ImportService {
public:
    // With `backups`, a large file is preceded by one.
    explicit ImportService(ServiceContext& context, BackupService* backups = nullptr) : m_context(context), m_backups(backups) {}

    // The workspace is closing: what is under way ends with the chunk being written and is remembered; what waits
    // does not begin. Returns at once.
    void stop();
    // The import that closing has stopped, told once. Its file can be imported again, which goes on where it
    // was: the rows taken are known by then. Or it can be undone.
    QFuture<Result<std::optional<ImportBatch>>> takeStopped();

    // Reads the whole file and compares it with the workspace; changes nothing.
    QFuture<Result<ImportPreview>> preview(ImportOptions options, ProgressPtr progress = {});
    // In chunks, so that the window goes on working; cancelling leaves what was taken so far, as one
    // action that can be undone, and is the result then; ErrorCode::Cancelled when that is nothing. So
    // does a failure, which is the error.
    QFuture<Result<ImportResult>> run(ImportOptions options, ProgressPtr progress = {});

    QFuture<Result<std::vector<ImportBatch>>> list(int limit);
    QFuture<Result<std::vector<ImportError>>> errors(ImportId id, int limit);
    // The rejected rows as a CSV that can be mended and imported again.
    QFuture<Result<>> writeErrors(ImportId id, std::string path);

    // The fields a column can go to, for choosing.
    static std::vector<std::string> targetFields();

private:
    ProgressPtr watched(ProgressPtr progress);

    ServiceContext& m_context;
    BackupService* m_backups;
    std::mutex m_mutex;
    bool m_stopping = false;
    std::vector<std::weak_ptr<Progress>> m_running;
};

} // namespace outrider
