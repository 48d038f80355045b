// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/import_service.h"

#include "core/security/keychain.h"
#include "core/services/history_service.h"
#include "core/services/lead_service.h"
#include "core/services/service_context.h"
#include "core/store/content_hash.h"
#include "core/store/doctor.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/company_repository.h"
#include "core/store/repositories/enrolment_repository.h"
#include "core/store/repositories/import_repository.h"
#include "core/store/repositories/lead_list_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/member_repository.h"
#include "core/store/repositories/suppression_repository.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"
#include "support/test_vfs.h"

#include <QFile>
#include <QTest>

#include <algorithm>

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

namespace {

std::string dataFile(const char* name) { return std::string(OUTRIDER_TEST_DATA "/import/") + name; }

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
QString counts(std::int64_t rows, std::int64_t added, std::int64_t updated, std::int64_t unchanged, std::int64_t duplicates,
               std::int64_t errors, std::int64_t suppressed) {
    return QStringLiteral("%1 rows: %2 new, %3 updated, %4 same, %5 twice, %6 errors, %7 refused")
        .arg(rows)
        .arg(added)
        .arg(updated)
        .arg(unchanged)
        .arg(duplicates)
        .arg(errors)
        .arg(suppressed);
}
QString counts(const ImportPreview& p) {
    return counts(p.rows, p.added, p.updated, p.unchanged, p.duplicates, p.errors, p.suppressed);
}
QString counts(const ImportResult& r) {
    return counts(r.batch.rows, r.batch.added, r.batch.updated, r.batch.unchanged, r.duplicates, r.batch.errors, r.suppressed);
}

std::string manyRows(int count, const std::string& last = {}) {
    std::string text = "First Name,Last Name,Email,Company,Phone,Country,Email Opt Out\n";
    for (int i = 0; i < count; ++i) {
        const std::string n = std::to_string(i);
        text += "Ada,Person " + n + ",p" + n + "@firm" + std::to_string(i % 700) + ".example,Firm " + std::to_string(i % 700)
                + ",030 " + std::to_string(5000000 + i) + ",Germany," + (i % 100 == 0 ? "yes" : "no") + "\n";
    }
    return text + last;
}

const ImportPreview::Row* example(const ImportPreview& preview, ImportPreview::Row::Kind kind) {
    const auto found = std::find_if(preview.examples.begin(), preview.examples.end(),
                                    [kind](const ImportPreview::Row& row) { return row.kind == kind; });
    return found == preview.examples.end() ? nullptr : &*found;
}

} // namespace

class ImportServiceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void each_products_file_is_recognised_and_does_what_its_preview_says_data() {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* file, const char* format, const char* expected) {
            QTest::newRow(file) << QString::fromLatin1(format) << QString::fromLatin1(expected);
        };
        row("hubspot.csv", "hubspot_contacts", "6 rows: 4 new, 0 updated, 0 same, 1 twice, 2 errors, 1 refused");
        row("apollo.csv", "apollo_full", "4 rows: 4 new, 0 updated, 0 same, 0 twice, 0 errors, 1 refused");
        row("linkedin.csv", "linkedin_connections", "3 rows: 3 new, 0 updated, 0 same, 0 twice, 0 errors, 0 refused");
        row("google.csv", "google_contacts_2024", "3 rows: 2 new, 0 updated, 0 same, 0 twice, 1 errors, 0 refused");
        row("salesforce.csv", "salesforce_contact_api", "4 rows: 3 new, 0 updated, 1 same, 0 twice, 0 errors, 3 refused");
        row("plain.csv", "plain", "3 rows: 3 new, 0 updated, 0 same, 0 twice, 0 errors, 1 refused");
    }
    void each_products_file_is_recognised_and_does_what_its_preview_says() {
        QFETCH(QString, format);
        QFETCH(QString, expected);
        Desk desk;
        const std::string before = desk.hash();
        const ImportOptions options{.path = dataFile(QTest::currentDataTag())};
        const auto preview = desk.preview(options);
        VERIFY_OK(preview);
        QCOMPARE(QString::fromStdString(preview->format), format);
        QCOMPARE(counts(*preview), expected);
        QCOMPARE(desk.hash(), before); // looking changes nothing

        const auto result = desk.run(options);
        VERIFY_OK(result);
        QCOMPARE(counts(*result), expected);
        QCOMPARE(desk.leadCount(), result->batch.added);
        QCOMPARE(std::int64_t(result->leads.size()), result->batch.added);

        // A second time nothing is new: the base is never doubled.
        const auto again = desk.run(options);
        VERIFY_OK(again);
        QCOMPARE(again->batch.added, std::int64_t(0));
        QCOMPARE(again->batch.updated, std::int64_t(0));
        QCOMPARE(desk.leadCount(), result->batch.added);

        VERIFY_OK(desk.undo());
        VERIFY_OK(desk.undo());
        QCOMPARE(desk.hash(), before);
    }

    void a_preview_names_the_columns_and_how_sure_it_is() {
        Desk desk;
        const auto preview = desk.preview({.path = dataFile("hubspot.csv")});
        VERIFY_OK(preview);
        QCOMPARE(preview->formatTitle, std::string("HubSpot contacts"));
        QCOMPARE(preview->delimiter, std::string(","));
        QCOMPARE(preview->encoding, std::string("UTF-8"));
        QCOMPARE(preview->signatureMatched, 33);
        QCOMPARE(preview->signatureOf, 33);
        QCOMPARE(preview->columns.size(), std::size_t(33));
        QCOMPARE(preview->columns[3].header, std::string("Email"));
        QCOMPARE(preview->columns[3].field, std::string("email"));
        QCOMPARE(preview->columns[3].reason, std::string("signature:hubspot_contacts"));
        QVERIFY(preview->columns[3].confidence > 0.9);
        QCOMPARE(preview->columns[3].samples.front(), std::string("z.brandt@nordwind-logistik.example"));
        const auto plain = desk.preview({.path = dataFile("plain.csv")});
        QCOMPARE(plain->delimiter, std::string(";"));
        const auto* fresh = example(*preview, ImportPreview::Row::Kind::New);
        QVERIFY(fresh != nullptr);
        QCOMPARE(fresh->name, std::string("Zoë Brandt"));
        QCOMPARE(fresh->company, std::string("Nordwind Logistik GmbH"));
        const auto* wrong = example(*preview, ImportPreview::Row::Kind::Error);
        QVERIFY(wrong != nullptr);
        QCOMPARE(wrong->problem, std::string("invalid_email"));
        QCOMPARE(wrong->rowNumber, std::int64_t(3));
    }

    void a_new_lead_has_its_company_owner_status_note_and_origin() {
        Desk desk;
        VERIFY_OK(desk.run({.path = dataFile("hubspot.csv")}));
        const auto lead = desk.byEmail("z.brandt@nordwind-logistik.example");
        QVERIFY(lead);
        QCOMPARE(lead->status.value, statuses::inProgress.value);
        QCOMPARE(lead->source, std::string("Offline Sources"));
        QCOMPARE(lead->street, std::string("Kai 7")); // from the row that repeats it
        QCOMPARE(lead->custom.at("source_status"), std::string("IN_PROGRESS"));
        QVERIFY(desk.timeline(lead->id) == QStringList{QStringLiteral("imported hubspot.csv:2")});
        desk.read([&](ReadContext& r) {
            const auto company = CompanyRepository(r.db).find(lead->company);
            [&] {
                QVERIFY(company);
                QCOMPARE(company->domain, std::string("nordwind-logistik.example"));
                QCOMPARE(company->website, std::string("www.nordwind-logistik.example"));
                QCOMPARE(MemberRepository(r.db).all().size(), std::size_t(1)); // the owner is known by name
                QCOMPARE(lead->owner.value, MemberRepository(r.db).me()->id.value);
            }();
            return 0;
        });
        VERIFY_OK(desk.run({.path = dataFile("google.csv")}));
        const auto conti = desk.byEmail("g.conti@portovecchio.example");
        QCOMPARE(conti->source, std::string("google"));
        QVERIFY(desk.timeline(conti->id) == (QStringList{QStringLiteral("imported google.csv:2"), QStringLiteral("note ")}));
    }

    void rows_that_say_no_are_suppressed_and_never_allowed_by_a_later_yes() {
        Desk desk;
        VERIFY_OK(desk.run({.path = dataFile("hubspot.csv")}));
        QVERIFY(desk.isSuppressed("ines.koehler@kelvar.example"));
        QVERIFY(desk.isSuppressed("i.koehler@kelvar.example")); // the second address, too
        QVERIFY(!desk.isSuppressed("z.brandt@nordwind-logistik.example"));
        const auto refused = desk.byEmail("ines.koehler@kelvar.example");
        QVERIFY(refused->reach == Reach::OptedOut);
        QVERIFY(desk.timeline(refused->id).contains(QStringLiteral("opt_out imported")));

        VERIFY_OK(desk.run({.path = dataFile("salesforce.csv")}));
        QVERIFY(desk.isSuppressed("rui.duarte@cais.example"));
        QVERIFY(desk.isPhoneSuppressed("+420222555010"));
        QVERIFY(!desk.isSuppressed("petra.novak@vltava.example"));
        QVERIFY(desk.byEmail("petra.novak@vltava.example")->reach == Reach::Ok); // by mail one may
        QVERIFY(desk.isSuppressed("jo.weiss@cais.example"));                     // bounced there
        QVERIFY(desk.byEmail("jo.weiss@cais.example")->reach == Reach::Bounced);
        QVERIFY(desk.isSuppressed("ann.gone@cais.example")); // deleted there, but the refusal counts
        QVERIFY(!desk.byEmail("ann.gone@cais.example"));

        const std::string later = desk.file("Name,Email,Email Opt Out\nInes Köhler,ines.koehler@kelvar.example,no\n");
        VERIFY_OK(desk.run({.path = later, .policy = ImportPolicy::Overwrite}));
        QVERIFY(desk.isSuppressed("ines.koehler@kelvar.example"));
        QVERIFY(desk.byEmail("ines.koehler@kelvar.example")->reach == Reach::OptedOut);
    }

    void a_refusal_of_a_known_lead_stops_its_strategy_whatever_the_policy() {
        Desk desk;
        LeadId lead;
        desk.write([&](WriteContext& w) {
            lead = addLead(w, makeLead("Rui", "Duarte", "rui.duarte@cais.example"));
            addEnrolment(w, lead, addStrategy(w, "Q4"));
        });
        const auto preview = desk.preview({.path = dataFile("salesforce.csv"), .policy = ImportPolicy::Skip});
        VERIFY_OK(preview);
        QCOMPARE(preview->updated, std::int64_t(1));
        VERIFY_OK(desk.run({.path = dataFile("salesforce.csv"), .policy = ImportPolicy::Skip}));
        desk.read([&](ReadContext& r) {
            [&] {
                QVERIFY(!EnrolmentRepository(r.db).running(lead));
                QVERIFY(EnrolmentRepository(r.db).ofLead(lead)[0].stopReason == StopReason::OptOut);
            }();
            return 0;
        });
        QVERIFY(desk.isSuppressed("rui.duarte@cais.example"));
        QCOMPARE(desk.byEmail("rui.duarte@cais.example")->externalId, std::string()); // skipped otherwise
    }

    void each_policy_does_what_it_says_to_known_leads() {
        const std::string header = "Name,Email,Job Title,City,Company\n";
        const std::string first = header + "Zoë Brandt,z@nordwind.example,Dispatcher,,Nordwind\n";
        const std::string second = header + "Zoë Brandt,Z@Nordwind.example,Head of Operations,Hamburg,Nordwind\n";
        struct Case {
            ImportPolicy policy;
            const char* job;
            const char* city;
            std::int64_t updated;
        };
        for (const Case& each :
             {Case{ImportPolicy::FillBlanks, "Dispatcher", "Hamburg", 1},
              Case{ImportPolicy::Overwrite, "Head of Operations", "Hamburg", 1}, Case{ImportPolicy::Skip, "Dispatcher", "", 0}}) {
            Desk desk;
            VERIFY_OK(desk.run({.path = desk.file(first)}));
            const ImportOptions options{.path = desk.file(second, "later.csv"), .policy = each.policy};
            const auto preview = desk.preview(options);
            VERIFY_OK(preview);
            QCOMPARE(preview->updated, each.updated);
            QCOMPARE(preview->unchanged, 1 - each.updated);
            const auto* row =
                example(*preview, each.updated == 1 ? ImportPreview::Row::Kind::Update : ImportPreview::Row::Kind::Same);
            QVERIFY(row != nullptr);
            const auto change =
                std::find_if(row->changes.begin(), row->changes.end(), [](const auto& c) { return c.field == "job_title"; });
            QVERIFY(change != row->changes.end());
            QCOMPARE(change->before, std::string("Dispatcher"));
            QCOMPARE(change->after, std::string("Head of Operations"));
            QCOMPARE(change->kept, each.policy != ImportPolicy::Overwrite);

            const auto result = desk.run(options);
            VERIFY_OK(result);
            QCOMPARE(counts(*result), counts(*preview));
            const auto lead = desk.byEmail("z@nordwind.example");
            QCOMPARE(lead->jobTitle, std::string(each.job));
            QCOMPARE(lead->city, std::string(each.city));
            QCOMPARE(desk.leadCount(), std::int64_t(1));
        }
    }

    void leads_are_known_by_the_key_that_was_chosen_data() {
        QTest::addColumn<int>("key");
        QTest::newRow("email") << int(ImportKey::Email);
        QTest::newRow("external_id") << int(ImportKey::ExternalId);
        QTest::newRow("linkedin") << int(ImportKey::LinkedIn);
        QTest::newRow("phone") << int(ImportKey::Phone);
    }
    void leads_are_known_by_the_key_that_was_chosen() {
        QFETCH(int, key);
        Desk desk;
        const std::string header = "First Name,Last Name,Email,Record ID,LinkedIn URL,Phone\n";
        VERIFY_OK(
            desk.run({.path = desk.file(header + "Ada,Old,a@x.example,17,https://www.linkedin.com/in/ada,+49 30 5550101\n")}));
        const std::array<const char*, 4> rows{"Ada,New,a@x.example,99,https://www.linkedin.com/in/other,+49 30 5550199\n",
                                              "Ada,New,b@x.example,17,https://www.linkedin.com/in/other,+49 30 5550199\n",
                                              "Ada,New,b@x.example,99,http://de.linkedin.com/in/ada?x=1,+49 30 5550199\n",
                                              "Ada,New,b@x.example,99,https://www.linkedin.com/in/other,030 5550101\n"};
        // The row with the same key is that lead; the one that differs in it is another.
        const std::string country = desk.file(
            "First Name,Last Name,Email,Record ID,LinkedIn URL,Phone,Country\n" +
                [&] {
                    std::string row = rows.at(std::size_t(key));
                    row.insert(row.size() - 1, ",Germany");
                    return row;
                }(),
            "same.csv");
        const auto same = desk.preview({.path = country, .key = ImportKey(key)});
        VERIFY_OK(same);
        QCOMPARE(same->updated, std::int64_t(1));
        QCOMPARE(same->added, std::int64_t(0));
        const auto other = desk.preview({.path = country, .key = ImportKey((key + 1) % 4)});
        VERIFY_OK(other);
        QCOMPARE(other->added, std::int64_t(1));
    }

    void who_has_no_key_is_still_known_by_what_is_unmistakable() {
        Desk desk;
        // By the profile, though the key is the address.
        VERIFY_OK(desk.run({.path = dataFile("linkedin.csv")}));
        const std::string more = desk.file("Name,Email,LinkedIn URL,Company\n"
                                           "Tobias Rühl,t.ruehl@halle.example,linkedin.com/in/tobias-ruehl,Halle\n"
                                           "Håkan Öberg,hakan@fraktlinje.example,,Fraktlinje AB\n" // name and company
                                           "Håkan Öberg,hakan@another.example,,Another AB\n");     // not the same
        const auto result = desk.run({.path = more});
        VERIFY_OK(result);
        QCOMPARE(counts(*result), counts(3, 1, 2, 0, 0, 0, 0));
        QVERIFY(desk.byEmail("t.ruehl@halle.example")->linkedinUrl == "https://www.linkedin.com/in/tobias-ruehl");
        QCOMPARE(desk.leadCount(), std::int64_t(4));
    }

    void names_alone_are_not_doubled_and_not_taken_for_each_other() {
        Desk desk;
        const std::string file = desk.file("Name,Email,Phone,City\nAda Moe,,,Oslo\nMadonna,,,\nAda Moe,ada@moe.example,,\n"
                                           "Bo Lie,bo@lie,,\nCy Ek,,+47 22 55 50 10,\nCy Ek,cy@ek.example,,\n");
        VERIFY_OK(desk.run({.path = file}));
        QCOMPARE(desk.leadCount(), std::int64_t(6)); // whoever tells more may be another
        const auto again = desk.run({.path = file});
        VERIFY_OK(again);
        QCOMPARE(again->batch.added, std::int64_t(0));
        QCOMPARE(desk.leadCount(), std::int64_t(6));
        const auto mended = desk.run({.path = desk.file("Name,Email\nBo Lie,bo@lie.example\n", "mended.csv")});
        VERIFY_OK(mended);
        QCOMPARE(counts(*mended), counts(1, 0, 1, 0, 0, 0, 0));
    }

    void rows_that_repeat_a_row_of_the_file_are_merged_and_another_name_is_kept_to_look_at() {
        Desk desk;
        const std::string file = desk.file("Name,Email,City,Phone,Tags,Notes,Email Opt Out\n"
                                           "Anna Moe,info@moe.example,,,A,first,\n"
                                           "anna moe,INFO@moe.example,Oslo,+47 22 55 50 10,B,second,yes\n"
                                           "Ben Moe,info@moe.example,Bergen,,,,\n");
        const auto preview = desk.preview({.path = file});
        VERIFY_OK(preview);
        QCOMPARE(counts(*preview), counts(3, 1, 0, 0, 2, 1, 1));
        const auto result = desk.run({.path = file});
        VERIFY_OK(result);
        QCOMPARE(counts(*result), counts(*preview));
        const auto lead = desk.byEmail("info@moe.example");
        QCOMPARE(fullName(*lead), std::string("Anna Moe"));
        QCOMPARE(lead->city, std::string("Oslo"));
        QCOMPARE(lead->phoneKey, std::string("+4722555010"));
        QVERIFY(lead->tags == (std::vector<std::string>{"A", "B"}));
        QVERIFY(lead->reach == Reach::OptedOut);
        QVERIFY(desk.isSuppressed("info@moe.example"));
        const auto errors = wait(ImportService(*desk.context).errors(result->batch.id, 10));
        VERIFY_OK(errors);
        QCOMPARE(errors->size(), std::size_t(1));
        QCOMPARE(errors->front().code, std::string("repeats_row"));
        QCOMPARE(errors->front().detail, std::string("2"));
        QCOMPARE(errors->front().rowNumber, std::int64_t(4));
    }

    void rejected_rows_are_kept_word_for_word_written_back_and_taken_when_mended() {
        Desk desk;
        const auto result = desk.run({.path = dataFile("hubspot.csv")});
        VERIFY_OK(result);
        ImportService imports(*desk.context);
        const auto errors = wait(imports.errors(result->batch.id, 10));
        VERIFY_OK(errors);
        QCOMPARE(errors->size(), std::size_t(2));
        QCOMPARE(errors->at(0).code, std::string("invalid_email"));
        QCOMPARE(errors->at(0).cells[3], std::string("l.wojcik@baltterm"));
        QCOMPARE(errors->at(1).code, std::string("no_identity"));
        QCOMPARE(errors->at(1).cells[0], std::string("77120453"));

        const std::string path = desk.dir.filePath(QStringLiteral("mend.csv")).toStdString();
        VERIFY_OK(wait(imports.writeErrors(result->batch.id, path)));
        // As it is, it is the same file with the same mistakes, and its reasons are no data.
        const auto again = desk.preview({.path = path});
        VERIFY_OK(again);
        QCOMPARE(again->format, std::string("hubspot_contacts"));
        QCOMPARE(again->rows, std::int64_t(2));
        QCOMPARE(again->errors, std::int64_t(2));
        QCOMPARE(again->added, std::int64_t(0)); // the one without an address is known
        QCOMPARE(again->columns.back().header, std::string("Outrider reason"));
        QCOMPARE(again->columns.back().field, std::string());

        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QByteArray text = file.readAll();
        file.close();
        QVERIFY(text.contains("Unsubscribed from all email,Outrider reason\r\n"));
        QVERIFY(text.contains("invalid_email: l.wojcik@baltterm: not a domain after the @"));
        text.replace("l.wojcik@baltterm,", "l.wojcik@baltterm.example,");
        text.replace("77120453,,", "77120453,Nora,");
        const auto mended = desk.run({.path = desk.file(text.toStdString(), "mended.csv")});
        VERIFY_OK(mended);
        QCOMPARE(counts(*mended), counts(2, 1, 1, 0, 0, 0, 0));
        const auto lead = desk.byEmail("l.wojcik@baltterm.example");
        QVERIFY(lead);
        QCOMPARE(lead->lastName, std::string("Wójcik"));
        QCOMPARE(desk.leadCount(), std::int64_t(5));
        // And once more: a file of reasons has one column of them, however often it goes round.
        const auto thrice = desk.run({.path = path});
        VERIFY_OK(thrice);
        VERIFY_OK(wait(imports.writeErrors(thrice->batch.id, path)));
        const auto last = desk.preview({.path = path});
        QCOMPARE(last->columns.size(), again->columns.size());
        VERIFY_ERROR(wait(imports.errors(ImportId{1}, 1)), ErrorCode::NotFound);
        VERIFY_ERROR(wait(imports.writeErrors(ImportId{1}, path)), ErrorCode::NotFound);
    }

    void what_was_imported_is_listed_the_newest_first() {
        Desk desk;
        VERIFY_OK(desk.run({.path = dataFile("apollo.csv")}));
        desk.clock.advance(std::chrono::hours(1));
        VERIFY_OK(desk.run({.path = dataFile("hubspot.csv")}));
        const auto all = wait(ImportService(*desk.context).list(10));
        VERIFY_OK(all);
        QCOMPARE(all->size(), std::size_t(2));
        QCOMPARE(all->at(0).fileName, std::string("hubspot.csv"));
        QCOMPARE(all->at(0).format, std::string("hubspot_contacts"));
        QCOMPARE(all->at(0).rows, std::int64_t(6));
        QCOMPARE(all->at(0).added, std::int64_t(4));
        QCOMPARE(all->at(0).errors, std::int64_t(2));
    }

    void one_undo_takes_all_of_an_import_back_and_a_redo_brings_it_again() {
        Desk desk;
        VERIFY_OK(desk.run({.path = dataFile("apollo.csv")}));
        // Known leads are changed, too, with companies, tags, notes and suppressions.
        const std::string before = desk.hash();
        const std::string file =
            desk.file("First Name,Last Name,Email,Company,Industry,Tags,Notes,Owner,Dock count,Email Opt Out\n"
                      "Aria,Thornton,aria.thornton@corvane.example,Corvane,Trucks,VIP,Call back,Ola Nord,4,\n"
                      "Mateo,Ferrer,mateo@ferrer.example,,,New,,,9,yes\n"
                      "Una,Nueva,una@nueva.example,Nueva SA,Sea,VIP;Sea,Hello,Ola Nord,5,\n");
        const auto result =
            desk.run({.path = file, .mapping = {{"Dock count", "custom:dock_count"}}, .policy = ImportPolicy::Overwrite});
        VERIFY_OK(result);
        QCOMPARE(result->batch.updated, std::int64_t(1));
        QCOMPARE(result->batch.added, std::int64_t(2));
        const std::string after = desk.hash();
        const auto report = desk.undo();
        VERIFY_OK(report);
        QVERIFY(report->conflicts.empty());
        QCOMPARE(desk.hash(), before);
        VERIFY_OK(wait(HistoryService(*desk.context).redo()));
        QCOMPARE(desk.hash(), after);
        VERIFY_OK(desk.undo());
        QCOMPARE(desk.hash(), before);
    }

    void an_undo_keeps_the_leads_worked_on_since() {
        Desk desk;
        VERIFY_OK(desk.run({.path = dataFile("apollo.csv")}));
        const auto edited = desk.byEmail("aria.thornton@corvane.example");
        const auto noted = desk.byEmail("nadia@deltareefers.example");
        desk.write([&](WriteContext& w) {
            Lead after = *edited;
            after.jobTitle = "Owner";
            LeadRepository(w.db).update(w, *edited, after);
            Activity note{.lead = noted->id, .kind = ActivityKind::Note, .text = "talked"};
            ActivityRepository(w.db).append(w, note);
        });
        const auto import = desk.read([](ReadContext& r) { return ImportRepository(r.db).all(1); });
        const auto list = wait(HistoryService(*desk.context).list(std::nullopt, std::nullopt, 10));
        VERIFY_OK(list);
        const auto action = std::find_if(list->begin(), list->end(), [](const auto& e) { return e.action.name == "import"; });
        QVERIFY(action != list->end());
        const auto report = wait(HistoryService(*desk.context).undoAction(action->id, UndoPolicy::KeepChanged));
        VERIFY_OK(report);
        QCOMPARE(desk.leadCount(), std::int64_t(2));
        QCOMPARE(desk.byEmail("aria.thornton@corvane.example")->jobTitle, std::string("Owner"));
        QVERIFY(desk.byEmail("aria.thornton@corvane.example")->otherContacts == edited->otherContacts); // whole
        QVERIFY(desk.byEmail("nadia@deltareefers.example"));
        QVERIFY(!desk.byEmail("ben.hale@deltareefers.example"));
    }

    void twenty_thousand_rows_are_one_action_and_are_found() {
        Desk desk;
        const std::string before = desk.hash();
        const std::string file = desk.file(manyRows(20000));
        const auto progress = std::make_shared<Progress>();
        const auto result = desk.run({.path = file}, progress);
        VERIFY_OK(result);
        QCOMPARE(counts(*result), counts(20000, 20000, 0, 0, 0, 0, 200));
        QCOMPARE(desk.leadCount(), std::int64_t(20000));
        QCOMPARE(progress->done(), progress->total());
        desk.read([](ReadContext& r) {
            [&] {
                const auto filter = parseFilter("\"person 12345\"");
                VERIFY_OK(filter);
                QCOMPARE(LeadListRepository(r.db).count(*filter, {}), std::int64_t(1)); // in the search index
                QCOMPARE(SuppressionRepository(r.db).count(), std::int64_t(200));
            }();
            return 0;
        });
        QCOMPARE(desk.byEmail("p777@firm77.example")->companyName, std::string("Firm 77"));
        const auto list = wait(HistoryService(*desk.context).list(std::nullopt, std::nullopt, 10));
        QCOMPARE(std::count_if(list->begin(), list->end(), [](const auto& e) { return e.action.name == "import"; }), 1);
        VERIFY_OK(desk.undo());
        QCOMPARE(desk.hash(), before);
    }

    void cancelling_in_the_middle_leaves_whole_rows_that_one_undo_takes_back() {
        Desk desk;
        const std::string before = desk.hash();
        const std::string file = desk.file(manyRows(20000));
        const auto progress = std::make_shared<Progress>();
        int commits = 0;
        const int handle = desk.context->store().subscribe([&](const ChangeSet&) {
            if (++commits == 2)
                progress->cancel();
        });
        const auto result = desk.run({.path = file}, progress);
        desk.context->store().unsubscribe(handle);
        VERIFY_OK(result);
        QVERIFY(result->batch.rows > 0 && result->batch.rows < 20000);
        QCOMPARE(result->batch.added, result->batch.rows);
        QCOMPARE(desk.leadCount(), result->batch.rows);
        const auto stored = desk.read([](ReadContext& r) { return ImportRepository(r.db).all(1); });
        QCOMPARE(stored[0].rows, result->batch.rows); // and says so itself
        VERIFY_OK(desk.undo());
        QCOMPARE(desk.hash(), before);

        const auto early = std::make_shared<Progress>();
        early->cancel();
        VERIFY_ERROR(desk.run({.path = file}, early), ErrorCode::Cancelled);
        VERIFY_ERROR(wait(ImportService(*desk.context).preview({.path = file}, early)), ErrorCode::Cancelled);
        QCOMPARE(desk.hash(), before);
    }

    void a_full_disk_in_the_middle_loses_nothing_that_was_there() {
        TestVfs disk("import-disk");
        Desk desk({.vfs = disk.name()});
        const std::string before = desk.hash();
        const std::string file = desk.file(manyRows(9000));
        int commits = 0;
        const int handle = desk.context->store().subscribe([&](const ChangeSet&) {
            if (++commits == 2)
                disk.failAt(1, TestVfs::Fault::DiskFull);
        });
        const auto result = desk.run({.path = file});
        desk.context->store().unsubscribe(handle);
        QVERIFY(disk.hasFailed());
        QVERIFY(!result);
        disk.heal();
        desk.reopen();
        const auto stored = desk.read([](ReadContext& r) { return ImportRepository(r.db).all(1); });
        QCOMPARE(stored.size(), std::size_t(1));
        QCOMPARE(stored[0].rows, desk.leadCount()); // what it says is there
        QVERIFY(stored[0].rows > 0 && stored[0].rows < 9000);
        VERIFY_OK(desk.undo());
        QCOMPARE(desk.hash(), before);
    }

    void columns_go_where_the_person_says() {
        Desk desk;
        const std::string file = desk.file("Name,Email,Region,Text\nAda Lovelace,ada@engine.example,Gold,Nice\n");
        const auto preview =
            desk.preview({.path = file, .mapping = {{"Region", "custom:tier"}, {"text", "notes"}, {"Name", ""}}});
        VERIFY_OK(preview);
        QCOMPARE(preview->columns[0].field, std::string());
        QCOMPARE(preview->columns[0].reason, std::string("ignored"));
        QCOMPARE(preview->columns[2].field, std::string("custom:tier"));
        QCOMPARE(preview->columns[3].field, std::string("notes"));
        VERIFY_OK(desk.run({.path = file, .format = "plain", .mapping = {{"Region", "custom:tier"}}}));
        QCOMPARE(desk.byEmail("ada@engine.example")->custom.at("tier"), std::string("Gold"));
        VERIFY_OK(desk.preview({.path = file, .format = "generic"}));
    }

    void what_cannot_be_imported_says_why() {
        Desk desk;
        const std::string fine = desk.file("Name,Email\nA B,a@b.example\n");
        VERIFY_ERROR(desk.run({.path = desk.dir.filePath(QStringLiteral("none.csv")).toStdString()}), ErrorCode::FileNotFound);
        VERIFY_ERROR(desk.run({.path = desk.file("", "empty.csv")}), ErrorCode::EmptyFile);
        VERIFY_ERROR(desk.run({.path = desk.file("Name,Email\n", "header.csv")}), ErrorCode::EmptyFile);
        VERIFY_ERROR(desk.run({.path = desk.file(std::string("PK\3\4\0\0binary", 12), "book.xlsx")}),
                     ErrorCode::UnsupportedFormat);
        VERIFY_ERROR(desk.run({.path = desk.file("17,4\n18,5\n19,6\n", "numbers.csv")}), ErrorCode::NoHeaderRow);
        VERIFY_ERROR(desk.run({.path = desk.file("City,Country\nOslo,Norway\n", "places.csv")}), ErrorCode::InvalidArgument);
        VERIFY_ERROR(desk.run({.path = fine, .format = "lotus_notes"}), ErrorCode::InvalidArgument);
        VERIFY_ERROR(desk.run({.path = fine, .mapping = {{"Email", "shoe_size"}}}), ErrorCode::InvalidField);
        VERIFY_ERROR(desk.run({.path = fine, .mapping = {{"Fax", "email"}}}), ErrorCode::NotFound);
        VERIFY_ERROR(desk.run({.path = fine, .mapping = {{"Email", "email"}, {"Name", "email"}}}), ErrorCode::Conflict);
        QCOMPARE(desk.leadCount(), std::int64_t(0));
        QVERIFY(wait(ImportService(*desk.context).list(10))->empty());
    }

    void a_list_of_addresses_needs_no_header() {
        Desk desk;
        const auto result = desk.run(
            {.path = desk.file("a@one.example\nb@two.example\nbroken@\nc@three.example\nd@four.example\ne@five.example\n")});
        VERIFY_OK(result);
        QCOMPARE(counts(*result), counts(6, 5, 0, 0, 0, 1, 0));
    }

    void a_table_of_companies_fills_companies_and_makes_no_leads() {
        Desk desk;
        const std::string header = "Record ID,Company name,Company Domain Name,Company owner,Industry,City\n";
        VERIFY_OK(desk.run({.path = desk.file("Name,Email\nA B,a@nordwind.example\n")}));
        const ImportOptions options{.path = desk.file(header
                                                          + "1,Nordwind Logistik,nordwind.example,Mara,Freight,Hamburg\n"
                                                            "2,Kelvar AG,kelvar.example,Mara,Cold,Bern\n"
                                                            "3,Kelvar,www.kelvar.example,Mara,,\n",
                                                      "companies.csv")};
        const std::string before = desk.hash();
        const auto preview = desk.preview(options);
        VERIFY_OK(preview);
        QCOMPARE(preview->format, std::string("hubspot_companies"));
        QCOMPARE(counts(*preview), counts(3, 1, 1, 0, 1, 0, 0));
        const auto result = desk.run(options);
        VERIFY_OK(result);
        QCOMPARE(counts(*result), counts(*preview));
        QCOMPARE(desk.leadCount(), std::int64_t(1));
        desk.read([](ReadContext& r) {
            [&] {
                CompanyRepository companies(r.db);
                const auto id = companies.findByDomain("nordwind.example");
                QVERIFY(id);
                QCOMPARE(companies.find(*id)->name, std::string("Nordwind Logistik"));
                QCOMPARE(companies.find(*id)->industry, std::string("Freight"));
            }();
            return 0;
        });
        VERIFY_OK(desk.undo());
        QCOMPARE(desk.hash(), before);
    }

    void every_importable_field_can_be_chosen() {
        const auto fields = ImportService::targetFields();
        for (const char* wanted : {"email", "first_name", "phone_mobile", "company", "suppress_email", "notes", "owner", "tags"})
            QVERIFY2(std::find(fields.begin(), fields.end(), wanted) != fields.end(), wanted);
        QVERIFY(std::find(fields.begin(), fields.end(), "next_task") == fields.end());
        QVERIFY(std::find(fields.begin(), fields.end(), "my.name") == fields.end());
    }
};

OUTRIDER_TEST(ImportServiceTest)
#include "import_service_test.moc"
