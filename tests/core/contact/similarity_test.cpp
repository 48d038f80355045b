// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/contact/similarity.h"
#include "support/test_registry.h"

#include <QTest>
#include <rapidcheck.h>

using namespace outrider;
using namespace outrider::contact;

namespace {

NameLikeness names(const char* firstA, const char* lastA, const char* firstB, const char* lastB) {
    return nameLikeness(likenessKey(firstA), likenessKey(lastA), likenessKey(firstB), likenessKey(lastB));
}

std::string someName() {
    static const std::vector<std::string> parts{"anna",    "bob", "robert", "m",        "muller", "muler",   "van der heijden",
                                                "heijden", "li",  "",       "jean luc", "jean",   "schmidt", "schmitt",
                                                "smith",   "王"};
    return *rc::gen::elementOf(parts);
}

} // namespace

class SimilarityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void umlauts_case_and_punctuation_make_no_difference() {
        QCOMPARE(likenessKey("Müller"), likenessKey("MUELLER"));
        QCOMPARE(likenessKey("Müller"), likenessKey("Muller"));
        QCOMPARE(likenessKey("O'Neill"), likenessKey("oneill"));
        QCOMPARE(likenessKey("Anna-Maria"), likenessKey("anna  maria"));
        QVERIFY(likenessKey("Miller") != likenessKey("Müller"));
    }

    void legal_forms_are_no_part_of_a_companys_name() {
        QCOMPARE(companyLikenessKey("Nordwind GmbH & Co. KG"), companyLikenessKey("Nordwind"));
        QCOMPARE(companyLikenessKey("Nordwind Ltd."), companyLikenessKey("NORDWIND, Inc"));
        QCOMPARE(companyLikenessKey("Acme S.A."), companyLikenessKey("Acme SA"));
        QCOMPARE(companyLikenessKey("The Company Ltd"), std::string("the company ltd")); // nothing else is left of it
        QVERIFY(companyLikenessKey("Nordwind AG") != companyLikenessKey("Südwind AG"));
    }

    void short_forms_initials_and_swapped_names_are_known() {
        QVERIFY(names("Bob", "Jones", "Robert", "Jones").nickname);
        QVERIFY(names("Bob", "Jones", "Robert", "Jones").score >= 95);
        QVERIFY(names("J.", "Doe", "Jane", "Doe").initial);
        QVERIFY(names("Jones", "Robert", "Robert", "Jones").swapped);
        QVERIFY(names("Jones", "Robert", "Robert", "Jones").score >= 95);
        QCOMPARE(names("Anna", "Berg", "anna", "BERG").score, 100);
        QVERIFY(names("Joe", "Berg", "Joseph", "Berg").nickname);
    }

    void a_slip_in_a_long_name_is_forgiven_and_in_a_short_one_is_not() {
        QVERIFY(names("Katarzyna", "Wojciechowska", "Katarzyna", "Wojciechovska").score >= 90);
        QVERIFY(names("Michael", "Schneider", "Micheal", "Schneider").score >= 90);
        QCOMPARE(names("Li", "Wei", "Lu", "Wei").score, 0);
        QCOMPARE(names("Anna", "Berg", "Otto", "Stein").score, 0);
        QCOMPARE(names("Anna", "Schmidt", "Otto", "Schmidt").score, 0);
    }

    void nobody_is_like_a_nameless_one() {
        QVERIFY(!names("", "", "Anna", "Berg").known);
        QCOMPARE(names("", "", "", "").score, 0);
    }

    void what_sounds_alike_is_compared() {
        QCOMPARE(soundOf("meier"), soundOf("mayer"));
        QCOMPARE(soundOf("schmidt"), soundOf("schmitt"));
        QCOMPARE(soundOf("philip"), soundOf("filip"));
        QVERIFY(soundOf("berg") != soundOf("stein"));
        QVERIFY(soundOf("123").empty());
    }

    void a_mailbox_is_one_however_its_address_is_dressed() {
        QCOMPARE(mailboxOf("ada.doe+crm@gmail.com"), mailboxOf("adadoe@googlemail.com"));
        QCOMPARE(mailboxOf("ada+x@firm.example"), std::string("ada@firm.example"));
        QVERIFY(mailboxOf("a.b@firm.example") != mailboxOf("ab@firm.example"));
    }

    void likeness_is_symmetric_and_everybody_is_like_themselves() {
        VERIFY_PROPERTY([] {
            const std::string a = someName();
            const std::string b = someName();
            const std::string c = someName();
            const std::string d = someName();
            RC_ASSERT(nameLikeness(a, b, c, d) == nameLikeness(c, d, a, b));
            RC_ASSERT(companyLikeness(a, b) == companyLikeness(b, a));
            if (!a.empty() && !b.empty())
                RC_ASSERT(nameLikeness(a, b, a, b).score == 100);
        });
    }
};

OUTRIDER_TEST(SimilarityTest)
#include "similarity_test.moc"
