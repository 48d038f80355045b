// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of the files of real products.
#include "core/services/import_service.h"

#include "core/store/repositories/company_repository.h"
#include "support/import_desk.h"
#include "support/test_registry.h"

#include <QTest>

#include <algorithm>

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

class ImportProductsTest : public QObject {
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

    void every_importable_field_can_be_chosen() {
        const auto fields = ImportService::targetFields();
        for (const char* wanted : {"email", "first_name", "phone_mobile", "company", "suppress_email", "notes", "owner", "tags"})
            QVERIFY2(std::find(fields.begin(), fields.end(), wanted) != fields.end(), wanted);
        QVERIFY(std::find(fields.begin(), fields.end(), "next_task") == fields.end());
        QVERIFY(std::find(fields.begin(), fields.end(), "my.name") == fields.end());
    }
};

OUTRIDER_TEST(ImportProductsTest)
#include "import_products_test.moc"
