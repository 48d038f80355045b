// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/lead_merge.h"
#include "support/test_registry.h"

#include <QTest>

using namespace outrider;
using namespace outrider::exchange;

namespace {

Lead mine() {
    return {.firstName = "Zoë",
            .lastName = "Brandt",
            .jobTitle = "Dispatcher",
            .email = "z@nordwind.example",
            .emailKey = "z@nordwind.example",
            .tags = {"Messe"},
            .custom = {{"source_stage", "Contacted"}}};
}

Lead file() {
    return {.firstName = "zoë",
            .lastName = "Brandt",
            .jobTitle = "Head of Operations",
            .email = "zoe@other.example",
            .emailKey = "zoe@other.example",
            .phone = "+49 40 5550118",
            .phoneKey = "+49405550118",
            .otherContacts = {{ContactKind::Phone, "mobile", "+49 151 1", "+491511"}},
            .tags = {"messe", "VIP"},
            .custom = {{"dock_count", "12"}, {"source_stage", "Lead"}}};
}

QString told(const Merged& merged) {
    QStringList all;
    for (const FieldDifference& d : merged.differences)
        all << QString::fromStdString(d.field + ": " + d.before + " > " + d.after + (d.kept ? " kept" : ""));
    all.sort();
    return all.join(QLatin1Char('\n'));
}

} // namespace

class LeadMergeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void filling_keeps_mine_and_adds_what_is_missing() {
        const Merged result = merged(mine(), file(), MergeRule::FillBlanks);
        QCOMPARE(result.lead.jobTitle, std::string("Dispatcher"));
        QCOMPARE(result.lead.email, std::string("z@nordwind.example"));
        QCOMPARE(result.lead.phoneKey, std::string("+49405550118"));
        QVERIFY(result.lead.tags == (std::vector<std::string>{"Messe", "VIP"}));
        QCOMPARE(result.lead.custom.at("source_stage"), std::string("Contacted"));
        QCOMPARE(result.lead.custom.at("dock_count"), std::string("12"));
        QCOMPARE(result.lead.otherContacts.size(), std::size_t(2)); // the second address, too
        QCOMPARE(told(result), QStringLiteral("custom:dock_count:  > 12\n"
                                              "custom:source_stage: Contacted > Lead kept\n"
                                              "email_2:  > zoe@other.example\n"
                                              "job_title: Dispatcher > Head of Operations kept\n"
                                              "phone:  > +49 40 5550118\n"
                                              "phone_mobile:  > +49 151 1\n"
                                              "tags: Messe > Messe, VIP"));
    }

    void overwriting_takes_the_files_and_loses_no_address() {
        const Merged result = merged(mine(), file(), MergeRule::Overwrite);
        QCOMPARE(result.lead.jobTitle, std::string("Head of Operations"));
        QCOMPARE(result.lead.emailKey, std::string("zoe@other.example"));
        QVERIFY(result.lead.otherContacts[0]
                == (ContactPoint{ContactKind::Email, "other", "z@nordwind.example", "z@nordwind.example"}));
        QCOMPARE(result.lead.custom.at("source_stage"), std::string("Lead"));
        Lead blank = mine();
        blank.jobTitle.clear();
        QCOMPARE(merged(mine(), blank, MergeRule::Overwrite).lead.jobTitle,
                 std::string("Dispatcher")); // empty ones never win
    }

    void keeping_changes_nothing_and_says_what_differs() {
        const Merged result = merged(mine(), file(), MergeRule::Keep);
        QVERIFY(result.lead == mine());
        QVERIFY(!result.differences.empty());
        for (const FieldDifference& difference : result.differences)
            QVERIFY2(difference.kept, difference.field.c_str());
    }

    void merging_twice_changes_nothing_more() {
        for (const MergeRule rule : {MergeRule::FillBlanks, MergeRule::Overwrite}) {
            const Lead once = merged(mine(), file(), rule).lead;
            QVERIFY(merged(once, file(), rule).lead == once);
        }
    }

    void a_broken_address_gives_way_to_a_mended_one() {
        Lead broken = mine();
        broken.email = "z@nordwind";
        broken.emailKey.clear();
        Lead mended;
        mended.email = mended.emailKey = "z@nordwind.example";
        const Merged result = merged(broken, mended, MergeRule::FillBlanks);
        QCOMPARE(result.lead.emailKey, std::string("z@nordwind.example"));
        // And never the other way round.
        Lead worse = mended;
        worse.email = "z@nord";
        worse.emailKey.clear();
        QCOMPARE(merged(mended, worse, MergeRule::Overwrite).lead.email, std::string("z@nordwind.example"));
    }

    void a_companys_blanks_are_filled_and_its_domain_stays() {
        const Company known{.domain = "nordwind.example", .name = "Nordwind", .industry = "Freight"};
        const Company said{.domain = "other.example", .name = "Nordwind GmbH", .industry = "Logistics", .employees = 120};
        const Company filled = merged(known, said, MergeRule::FillBlanks);
        QCOMPARE(filled.industry, std::string("Freight"));
        QVERIFY(filled.employees == std::optional<std::int64_t>(120));
        const Company written = merged(known, said, MergeRule::Overwrite);
        QCOMPARE(written.industry, std::string("Logistics"));
        QCOMPARE(written.name, std::string("Nordwind"));
        QCOMPARE(written.domain, std::string("nordwind.example"));
    }
};

OUTRIDER_TEST(LeadMergeTest)
#include "lead_merge_test.moc"
