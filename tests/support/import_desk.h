// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/security/keychain.h"
#include "core/services/history_service.h"
#include "core/services/import_service.h"
#include "core/services/service_context.h"
#include "core/store/content_hash.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/member_repository.h"
#include "core/store/repositories/suppression_repository.h"
#include "support/builders.h"
#include "support/temp_store.h"

#include <QFile>
#include <QTest>

#include <algorithm>

namespace outrider::test {

using namespace outrider::store;

inline std::string dataFile(const char* name) { return std::string(OUTRIDER_TEST_DATA "/import/") + name; }

// A workspace of its own to import into; work runs inline.
class Desk {
public:
    explicit Desk(StoreOptions options = {}) : clock(testNow()), random(42) {
        options.path = dir.filePath(QStringLiteral("desk.outrider")).toStdString();
        options.mode = OpenMode::Create;
        open(options);
        write([](WriteContext& w) {
            Member me{.name = "Mara Lindqvist", .email = "mara@harborline.example"};
            MemberRepository(w.db).insert(w, me);
        });
        if (!context->loadSettings())
            qFatal("no settings");
    }

    void open(StoreOptions options) {
        options.workerMode = WorkerMode::Inline;
        context.reset();
        auto store = Store::open(options, testKey(), clock, random);
        if (!store)
            qFatal("the store does not open: %s", store.error().detail.c_str());
        options.mode = OpenMode::ReadWrite;
        again = options;
        context = std::make_unique<ServiceContext>(environment, std::move(*store), false);
    }

    void reopen() { open(again); }

    template <typename Fn>
    void write(Fn fn) {
        const auto done = wait(context->store().write({.name = "test"}, [&](WriteContext& w) -> Result<> {
            fn(w);
            return {};
        }));
        if (!done)
            qFatal("a write failed: %s", done.error().detail.c_str());
    }

    template <typename Fn>
    auto read(Fn fn) {
        using R = std::invoke_result_t<Fn, ReadContext&>;
        auto result = wait(context->store().read([&](ReadContext& r) -> Result<R> { return fn(r); }));
        if (!result)
            qFatal("a read failed: %s", result.error().detail.c_str());
        return std::move(*result);
    }

    // A file of its own with that text.
    std::string file(const std::string& text, const char* name = "people.csv") {
        const QString path = dir.filePath(QLatin1String(name));
        QFile out(path);
        if (!out.open(QIODevice::WriteOnly) || out.write(QByteArray::fromStdString(text)) < 0)
            qFatal("no file");
        return path.toStdString();
    }

    Result<ImportPreview> preview(const ImportOptions& options) { return wait(ImportService(*context).preview(options)); }
    Result<ImportResult> run(const ImportOptions& options, ProgressPtr progress = {}) {
        return wait(ImportService(*context).run(options, std::move(progress)));
    }
    Result<UndoReport> undo() { return wait(HistoryService(*context).undo()); }

    std::string hash() {
        return read([](ReadContext& r) { return contentHash(r); });
    }
    std::int64_t leadCount() {
        return read([](ReadContext& r) { return LeadRepository(r.db).countAll(); });
    }
    std::optional<Lead> byEmail(const std::string& key) {
        return read([&](ReadContext& r) -> std::optional<Lead> {
            LeadRepository leads(r.db);
            const auto id = leads.findByEmailKey(key);
            return id ? leads.find(*id) : std::nullopt;
        });
    }
    QStringList timeline(LeadId lead) {
        return read([&](ReadContext& r) {
            QStringList kinds;
            const auto page = ActivityRepository(r.db).timeline(lead, {}, 50);
            for (const TimelineEntry& entry : page->entries)
                kinds.prepend(QString::fromStdString(std::string(name(entry.activity.kind)) + ' ' + entry.activity.subject));
            kinds.sort();
            return kinds;
        });
    }
    bool isSuppressed(const std::string& email) {
        return read([&](ReadContext& r) { return SuppressionRepository(r.db).forEmail(email).has_value(); });
    }
    bool isPhoneSuppressed(const std::string& phone) {
        return read([&](ReadContext& r) { return SuppressionRepository(r.db).forPhone(phone).has_value(); });
    }

    QTemporaryDir dir;
    ManualClock clock;
    SeededRandom random;
    security::SystemKeychain keychain;
    Environment environment{
        .clock = clock, .random = random, .keychain = keychain, .workers = WorkerMode::Inline, .timeZone = "Europe/Berlin"};
    StoreOptions again;
    std::unique_ptr<ServiceContext> context;
};

// What a preview or a result counts, for comparing the two.
inline QString counts(std::int64_t rows, std::int64_t added, std::int64_t updated, std::int64_t unchanged,
                      std::int64_t duplicates, std::int64_t errors, std::int64_t suppressed) {
    return QStringLiteral("%1 rows: %2 new, %3 updated, %4 same, %5 twice, %6 errors, %7 refused")
        .arg(rows)
        .arg(added)
        .arg(updated)
        .arg(unchanged)
        .arg(duplicates)
        .arg(errors)
        .arg(suppressed);
}
inline QString counts(const ImportPreview& p) {
    return counts(p.rows, p.added, p.updated, p.unchanged, p.duplicates, p.errors, p.suppressed);
}
inline QString counts(const ImportResult& r) {
    return counts(r.batch.rows, r.batch.added, r.batch.updated, r.batch.unchanged, r.duplicates, r.batch.errors, r.suppressed);
}

inline std::string manyRows(int count, const std::string& last = {}) {
    std::string text = "First Name,Last Name,Email,Company,Phone,Country,Email Opt Out\n";
    for (int i = 0; i < count; ++i) {
        const std::string n = std::to_string(i);
        text += "Ada,Person " + n + ",p" + n + "@firm" + std::to_string(i % 700) + ".example,Firm " + std::to_string(i % 700)
                + ",030 " + std::to_string(5000000 + i) + ",Germany," + (i % 100 == 0 ? "yes" : "no") + "\n";
    }
    return text + last;
}

inline const ImportPreview::Row* example(const ImportPreview& preview, ImportPreview::Row::Kind kind) {
    const auto found = std::find_if(preview.examples.begin(), preview.examples.end(),
                                    [kind](const ImportPreview::Row& row) { return row.kind == kind; });
    return found == preview.examples.end() ? nullptr : &*found;
}

} // namespace outrider::test
