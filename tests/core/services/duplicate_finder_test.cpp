// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/duplicate_finder.h"

#include "core/services/duplicate_service.h"
#include "core/services/lead_service.h"
#include "support/import_desk.h"
#include "support/test_registry.h"

#include <QTest>
#include <rapidcheck.h>

#include <random>
#include <set>

using namespace outrider;
using namespace outrider::test;

namespace {

struct Person {
    std::string first;
    std::string last;
    std::string company;
    std::string email;
    std::string phone;
    std::string city;
};

DuplicateFinder::Facts factsOf(std::int64_t id, const Person& person) {
    return {.id = LeadId{id},
            .first = person.first,
            .last = person.last,
            .company = person.company,
            .domain = {},
            .emailKey = person.email,
            .phoneKey = person.phone,
            .linkedinUrl = {},
            .externalId = {},
            .city = person.city};
}

std::vector<DuplicatePair> found(const std::vector<Person>& people, int minScore = leastDuplicateScore) {
    DuplicateFinder finder;
    std::int64_t id = 0;
    for (const Person& person : people)
        finder.add(factsOf(++id, person));
    return *finder.find(minScore, {}, {});
}

bool has(const DuplicatePair& pair, DuplicateReason reason) {
    return std::ranges::find(pair.reasons, reason) != pair.reasons.end();
}

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return text;
}

// People of many companies, and some of them once more, as other files and other hands have them.
struct World {
    std::vector<Person> people;
    std::vector<int> who; // the person behind each
    std::set<std::pair<std::int64_t, std::int64_t>> same;

    World(std::uint32_t seed, int count) : m_random(seed) {
        static const std::vector<std::string> firsts{
            "Robert", "Anna",    "Michael", "Katharina", "William", "Elizabeth", "Thomas",   "Christina", "Johannes", "Margaret",
            "Daniel", "Susanne", "Peter",   "Alexandra", "Stefan",  "Victoria",  "Matthias", "Barbara",   "Andreas",  "Rebecca",
            "Hakan",  "Ines",    "Tobias",  "Noor",      "Lukas",   "Marit",     "Piotr",    "Yusuf",     "Chloe",    "Ivana"};
        static const std::vector<std::string> stems{"Schmi",   "Berg",  "Wojci", "Linden", "Harten", "Kowal", "Sander", "Mori",
                                                    "Fischer", "Brand", "Novak", "Keller", "Olsen",  "Petr",  "Ricard", "Vander"};
        static const std::vector<std::string> ends{"dt", "mann", "ski", "quist", "stein", "son", "feld", "ova", "hoff", "berg"};
        static const std::vector<std::string> firms{"Nord",  "Hafen", "Silber", "Quer", "Alpen",
                                                    "Delta", "Ost",   "Kran",   "Ring", "Falk"};
        static const std::vector<std::string> kinds{"wind", "logistik", "werke", "systems", "foods", "textil", "bau", "medien"};
        static const std::vector<std::string> forms{" GmbH", " AG", " Ltd", " Inc.", ""};
        for (int i = 0; i < count; ++i) {
            const int firm = below(count / 6 + 1);
            Person person;
            person.first = firsts[std::size_t(below(int(firsts.size())))];
            person.last = stems[std::size_t(below(int(stems.size())))] + ends[std::size_t(below(int(ends.size())))];
            person.company = firms[std::size_t(firm) % firms.size()] + kinds[std::size_t(firm / 10) % kinds.size()] + " "
                             + std::to_string(firm / 80) + forms[std::size_t(firm) % forms.size()];
            person.email = lower(person.first + "." + person.last) + "@firm" + std::to_string(firm) + ".example";
            person.phone = "+4930" + std::to_string(1'000'000 + i);
            person.city = "City " + std::to_string(firm % 40);
            people.push_back(person);
            who.push_back(i);
        }
        for (int i = 0; i < count / 5; ++i) {
            const int original = below(count);
            people.push_back(again(people[std::size_t(original)]));
            who.push_back(original);
            for (std::size_t other = 0; other + 1 < people.size(); ++other) {
                if (who[other] == original)
                    same.emplace(std::int64_t(other + 1), std::int64_t(people.size()));
            }
        }
    }

private:
    int below(int n) { return int(m_random() % std::uint32_t(n)); }

    std::string withSlip(std::string text) {
        if (text.size() < 5)
            return text;
        const auto at = std::size_t(1 + below(int(text.size()) - 2));
        switch (below(3)) {
        case 0:
            std::swap(text[at], text[at + 1]);
            break;
        case 1:
            text.erase(at, 1);
            break;
        default:
            text.insert(at, 1, text[at]);
        }
        return text;
    }

    Person again(Person person) {
        static const std::map<std::string, std::string> called{{"Robert", "Bob"},    {"William", "Bill"},  {"Michael", "Mike"},
                                                               {"Elizabeth", "Liz"}, {"Thomas", "Tom"},    {"Katharina", "Kate"},
                                                               {"Daniel", "Dan"},    {"Johannes", "Hans"}, {"Margaret", "Meg"}};
        switch (below(7)) {
        case 0: // the same address, another file
            person.phone.clear();
            person.company = person.company.substr(0, person.company.find(' '));
            return person;
        case 1:
            person.last = withSlip(person.last);
            person.email.clear();
            break;
        case 2:
            person.first = withSlip(person.first);
            person.email = lower(person.first + "." + person.last) + person.email.substr(person.email.find('@'));
            person.phone.clear();
            break;
        case 3:
            if (const auto name = called.find(person.first); name != called.end())
                person.first = name->second;
            person.email.clear();
            person.phone.clear();
            break;
        case 4:
            std::swap(person.first, person.last);
            person.email.clear();
            break;
        case 5:
            person.first = person.first.substr(0, 1) + ".";
            person.email.clear();
            person.phone.clear();
            break;
        default: // only the number is known
            person.company.clear();
            person.email.clear();
        }
        return person;
    }

    std::mt19937 m_random;
};

} // namespace

class DuplicateFinderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void an_address_a_number_and_a_name_at_a_company_are_told_with_reasons() {
        const auto pairs = found({{"Ada", "Doe", "Nordwind GmbH", "ada@nordwind.example", "", ""},
                                  {"Ada", "Doe", "", "ada@nordwind.example", "", ""},
                                  {"Bob", "Jones", "Harbor Ltd", "", "+4930111", ""},
                                  {"Robert", "Jones", "Harbor", "", "", ""}});
        QCOMPARE(pairs.size(), std::size_t(2));
        QVERIFY(pairs[0].score >= 99);
        QVERIFY(has(pairs[0], DuplicateReason::SameEmail));
        QVERIFY(has(pairs[0], DuplicateReason::SameName));
        QVERIFY(pairs[1].score >= 80);
        QVERIFY(has(pairs[1], DuplicateReason::Nickname));
        QVERIFY(has(pairs[1], DuplicateReason::SameCompany));
    }

    void a_free_mail_domain_and_a_switchboard_make_nobody_the_same() {
        const auto pairs = found({{"Ada", "Doe", "", "ada@gmail.com", "", ""},
                                  {"Otto", "Stein", "", "otto@gmail.com", "", ""},
                                  {"Ina", "Berg", "Nordwind", "", "+4930111", ""},
                                  {"Karl", "Falk", "Nordwind", "", "+4930111", ""},
                                  {"Ina", "Kern", "", "info@nordwind.example", "", ""},
                                  {"Paul", "Rot", "", "info@nordwind.example", "", ""}});
        QCOMPARE(pairs.size(), std::size_t(0));
    }

    void colleagues_who_share_one_name_are_two_people() {
        const auto pairs = found({{"Anna", "Schmidt", "Nordwind", "anna.schmidt@nordwind.example", "+4930111", ""},
                                  {"Otto", "Schmidt", "Nordwind", "otto.schmidt@nordwind.example", "+4930112", ""},
                                  {"Anna", "Berger", "Nordwind", "anna.berger@nordwind.example", "+4930113", ""}});
        QCOMPARE(pairs.size(), std::size_t(0));
    }

    void second_addresses_count_too() {
        DuplicateFinder finder;
        finder.add(factsOf(1, {"Ada", "Doe", "", "ada@nordwind.example", "", ""}));
        finder.add(factsOf(2, {"A.", "Doe", "", "", "", ""}));
        finder.addContact(LeadId{2}, ContactKind::Email, "ada+news@nordwind.example");
        const auto pairs = *finder.find(leastDuplicateScore, {}, {});
        QCOMPARE(pairs.size(), std::size_t(1));
        QVERIFY(has(pairs[0], DuplicateReason::SameAlias));
        QCOMPARE((*finder.find(leastDuplicateScore, {{LeadId{1}, LeadId{2}}}, {})).size(), std::size_t(0));
        QCOMPARE(finder.findOf(LeadId{2}, leastDuplicateScore, {}).size(), std::size_t(1));
    }

    void among_known_duplicates_nearly_all_are_found_and_little_else() {
        const World world(7, 6000);
        const auto pairs = found(world.people);
        std::size_t right = 0;
        std::size_t sure = 0;
        std::size_t surelyRight = 0;
        std::set<std::pair<std::int64_t, std::int64_t>> all;
        for (const DuplicatePair& pair : pairs) {
            const std::pair ids(pair.first.value, pair.second.value);
            const bool isRight = world.same.contains(ids);
            right += isRight ? 1 : 0;
            if (pair.score >= 90) {
                ++sure;
                surelyRight += isRight ? 1 : 0;
            }
            all.insert(ids);
        }
        std::size_t reached = 0;
        for (const auto& ids : world.same)
            reached += all.contains(ids) ? 1 : 0;
        const double recall = double(reached) / double(world.same.size());
        const double precision = double(right) / double(pairs.size());
        const double surePrecision = double(surelyRight) / double(sure);
        qInfo("recall %.3f, precision %.3f, from 90 on %.3f (%zu pairs)", recall, precision, surePrecision, pairs.size());
        QVERIFY(recall >= 0.95);
        QVERIFY(precision >= 0.80);
        QVERIFY(surePrecision >= 0.95);
    }

    void the_order_of_leads_makes_no_difference() {
        VERIFY_PROPERTY([] {
            const World world(std::uint32_t(*rc::gen::inRange(0, 100'000)), 40);
            const auto there = found(world.people);
            const auto count = std::int64_t(world.people.size());
            const auto back = found({world.people.rbegin(), world.people.rend()});
            std::set<std::tuple<std::int64_t, std::int64_t, int>> one;
            std::set<std::tuple<std::int64_t, std::int64_t, int>> other;
            for (const DuplicatePair& pair : there)
                one.emplace(pair.first.value, pair.second.value, pair.score);
            for (const DuplicatePair& pair : back)
                other.emplace(count + 1 - pair.second.value, count + 1 - pair.first.value, pair.score);
            RC_ASSERT(one == other);
        });
    }

    void everybody_is_found_to_be_themselves() {
        VERIFY_PROPERTY([] {
            const World world(std::uint32_t(*rc::gen::inRange(0, 100'000)), 10);
            const Person person = world.people.front();
            RC_ASSERT(found({person, person}).size() == 1);
            RC_ASSERT(found({person, person}).front().score >= 99);
        });
    }

    void a_search_can_be_left() {
        const World world(1, 2000);
        DuplicateFinder finder;
        std::int64_t id = 0;
        for (const Person& person : world.people)
            finder.add(factsOf(++id, person));
        const auto progress = std::make_shared<Progress>();
        progress->cancel();
        QVERIFY(finder.find(leastDuplicateScore, {}, progress).error().code == ErrorCode::Cancelled);
    }

    void groups_hang_together_and_stay_small() {
        std::vector<DuplicatePair> pairs;
        for (std::int64_t i = 1; i < 30; ++i)
            pairs.push_back({.first = LeadId{i}, .second = LeadId{i + 1}, .score = 90, .reasons = {}});
        for (const DuplicateCluster& cluster : clustersOf(pairs, 8))
            QVERIFY(cluster.leads.size() <= 8);
        const auto two =
            clustersOf({{LeadId{1}, LeadId{2}, 99, {}}, {LeadId{2}, LeadId{3}, 80, {}}, {LeadId{7}, LeadId{9}, 70, {}}});
        QCOMPARE(two.size(), std::size_t(2));
        QCOMPARE(two[0].leads.size(), std::size_t(3));
        QCOMPARE(two[0].pairs.size(), std::size_t(2));
    }

    void a_workspace_is_searched_and_what_was_dismissed_stays_away() {
        Desk desk;
        LeadService leads(*desk.context);
        DuplicateService duplicates(*desk.context);
        const LeadId a = *wait(leads.add({{"first_name", "Ada"}, {"last_name", "Doe"}, {"email", "ada@nordwind.example"}}));
        const LeadId b = *wait(leads.add({{"first_name", "Ada"}, {"last_name", "Doe"}, {"company_domain", "nordwind.example"}}));
        const auto report = *wait(duplicates.find());
        QCOMPARE(report.groupCount, std::int64_t(1));
        QCOMPARE(report.looked, std::int64_t(2));
        QCOMPARE(report.groups[0].leads.size(), std::size_t(2));
        QCOMPARE((*wait(duplicates.ofLead(a, 5))).size(), std::size_t(1));
        QVERIFY(wait(duplicates.dismiss(b, a)));
        QCOMPARE((*wait(duplicates.find())).groupCount, std::int64_t(0));
        QCOMPARE((*wait(duplicates.ofLead(a, 5))).size(), std::size_t(0));
        QVERIFY(desk.undo());
        QCOMPARE((*wait(duplicates.find())).groupCount, std::int64_t(1));
        QVERIFY(!*wait(duplicates.autoMergeFrom()));
        QVERIFY(wait(duplicates.setAutoMergeFrom(97)));
        QCOMPARE(**wait(duplicates.autoMergeFrom()), 97);
        QVERIFY(!wait(duplicates.setAutoMergeFrom(20)));
    }
};

OUTRIDER_TEST(DuplicateFinderTest)
#include "duplicate_finder_test.moc"
