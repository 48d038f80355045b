// SPDX-License-Identifier: GPL-3.0-or-later
// Who is known, what is changed in them, and whose refusal counts.
#include "core/services/import_service.h"

#include "core/store/repositories/enrolment_repository.h"
#include "support/import_desk.h"
#include "support/test_registry.h"

#include <QTest>

#include <algorithm>

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

class ImportPoliciesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
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
};

OUTRIDER_TEST(ImportPoliciesTest)
#include "import_policies_test.moc"
