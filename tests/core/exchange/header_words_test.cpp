// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/header_words.h"

#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider::exchange;
using Words = std::vector<std::string>;

class HeaderWordsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void a_header_comes_apart_into_words() {
        QCOMPARE(headerWords("Person - E-Mail (Work)*"), (Words{"person", "e", "mail", "work"}));
        QCOMPARE(headerWords("first_name"), (Words{"first", "name"}));
        QCOMPARE(headerWords("companyDomainName"), (Words{"company", "domain", "name"}));
        QCOMPARE(headerWords("HasOptedOutOfEmail"), (Words{"has", "opted", "out", "of", "email"}));
        QCOMPARE(headerWords("LINKEDINUrl"), (Words{"linkedin", "url"}));
        QCOMPARE(headerWords("Company IDs"), (Words{"company", "ids"}));
        QCOMPARE(headerWords("URLs"), (Words{"urls"}));
        QCOMPARE(headerWords("E-mail 2 Address"), (Words{"e", "mail", "2", "address"}));
        QCOMPARE(headerWords("address2"), (Words{"address", "2"}));
        QCOMPARE(headerWords("# Employees"), (Words{"#", "employees"}));
        QCOMPARE(headerWords("Manager's Name"), (Words{"manager", "name"}));
        QCOMPARE(headerWords("Chiffre d'affaires"), (Words{"chiffre", "d", "affaires"}));
        QCOMPARE(headerWords("  "), Words{});
    }

    void accents_and_case_do_not_matter() {
        QCOMPARE(headerWords("Straße"), Words{"strasse"});
        QCOMPARE(headerWords("Prénom"), Words{"prenom"});
        QCOMPARE(headerWords("Źródło"), Words{"zrodlo"});
        QCOMPARE(headerWords("N\u00BA de teléfono"), (Words{"no", "de", "telefono"}));
        QCOMPARE(headerWords("Pre\u0301nom"), Words{"prenom"}); // the accent written as a character of its own
    }

    void spellings_of_one_header_have_one_key() {
        for (const char* spelling :
             {"Person - Email - Work", "Person - Email (Work)", "PERSON - EMAIL - WORK*", "person_email_work", "personEmailWork"})
            QCOMPARE(headerKey(spelling), "personemailwork");
    }

    void any_text_comes_apart_without_losing_letters() {
        VERIFY_PROPERTY([] {
            const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("abcXYZ019 _-'#\xC3")));
            std::string letters;
            for (const char c : text) {
                if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '#')
                    letters += char(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
            }
            RC_ASSERT(headerKey(text).size() <= letters.size()); // an "'s" may go
        });
    }
};

OUTRIDER_TEST(HeaderWordsTest)
#include "header_words_test.moc"
