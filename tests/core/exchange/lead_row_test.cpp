// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/lead_row.h"
#include "support/test_registry.h"

#include <QTest>

#include <algorithm>

using namespace outrider;
using namespace outrider::exchange;

namespace {

std::vector<LeadRow> rowsOf(Result<TableReader> reader, const MappingOptions& options = {}) {
    if (!reader)
        qFatal("the table does not open: %s", reader.error().detail.c_str());
    MappingOptions mapped = options;
    mapped.hasHeader = reader->format().headerRow > 0;
    const auto mapping = mapColumns(reader->format().header, reader->sample(), mapped);
    if (!mapping)
        qFatal("the columns are not mapped: %s", mapping.error().detail.c_str());
    LeadRowReader rows(*mapping, reader->sample());
    std::vector<LeadRow> out;
    const auto read = reader->read([&](const TableRow& row) {
        out.push_back(rows.read(row));
        return true;
    });
    if (!read)
        qFatal("the table cannot be read");
    return out;
}

std::vector<LeadRow> rowsOf(const std::string& text, const MappingOptions& options = {}) {
    return rowsOf(TableReader::open(fromMemory(text)), options);
}

std::vector<LeadRow> rowsOfFile(const char* name) {
    return rowsOf(TableReader::open(std::string(OUTRIDER_TEST_DATA "/import/") + name));
}

QString contactsOf(const Lead& lead) {
    QStringList all;
    for (const ContactPoint& contact : lead.otherContacts)
        all << QString::fromStdString(std::string(contactKindNames.name(contact.kind)) + ' ' + contact.label + ' '
                                      + contact.value);
    return all.join(QLatin1String(" | "));
}

QByteArray problemOf(const LeadRow& row) { return QByteArray::fromStdString(std::string(name(row.problem))); }

std::string customOf(const Lead& lead, const std::string& key) {
    const auto found = lead.custom.find(key);
    return found == lead.custom.end() ? std::string() : found->second;
}

} // namespace

class LeadRowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void a_hubspot_row_becomes_a_lead_with_everything_it_says() {
        const auto rows = rowsOfFile("hubspot.csv");
        QCOMPARE(rows.size(), std::size_t(6));
        const LeadRow& row = rows[0];
        QCOMPARE(row.number, std::int64_t(2));
        QCOMPARE(problemOf(row), QByteArray("none"));
        QCOMPARE(fullName(row.lead), std::string("Zoë Brandt"));
        QCOMPARE(row.lead.emailKey, std::string("z.brandt@nordwind-logistik.example"));
        QCOMPARE(row.lead.phone, std::string("+49 40 5550118")); // by the country of the row
        QCOMPARE(row.lead.phoneKey, std::string("+49405550118"));
        QCOMPARE(contactsOf(row.lead), QStringLiteral("phone mobile +49 1515 5501180"));
        QCOMPARE(row.lead.country, std::string("DE"));
        QCOMPARE(row.lead.score, 71);
        QCOMPARE(row.lead.externalId, std::string("77120451"));
        QCOMPARE(row.lead.companyName, std::string("Nordwind Logistik GmbH"));
        QCOMPARE(row.company.domain, std::string("nordwind-logistik.example"));
        QCOMPARE(row.company.externalId, std::string("9001"));
        QCOMPARE(row.owner, std::string("Mara Lindqvist"));
        QCOMPARE(row.status, std::string("IN_PROGRESS"));
        QCOMPARE(customOf(row.lead, "source_stage"), std::string("Lead"));
        QCOMPARE(customOf(row.lead, "source_created_at"), std::string("2024-03-12T09:14:00.000Z"));
        QVERIFY(!row.refuses());
        // A family's name that comes first stays first.
        QCOMPARE(fullName(rows[5].lead), std::string("山田 涼子"));
        QCOMPARE(rows[5].lead.country, std::string("JP"));
    }

    void a_broken_address_is_kept_and_reported_when_the_person_is_known_otherwise() {
        const auto rows = rowsOfFile("hubspot.csv");
        QCOMPARE(problemOf(rows[1]), QByteArray("invalid_email"));
        QVERIFY(rows[1].isTaken());
        QCOMPARE(rows[1].lead.email, std::string("l.wojcik@baltterm"));
        QCOMPARE(rows[1].lead.emailKey, std::string());
        QCOMPARE(rows[1].lead.companyName, std::string("Baltterm")); // where "Company Name" is empty
        QVERIFY(rows[1].problemDetail.find("l.wojcik@baltterm") == 0);

        const auto alone = rowsOf("Name,Email\n,not an address\n");
        QCOMPARE(problemOf(alone[0]), QByteArray("invalid_email"));
        QVERIFY(!alone[0].isTaken());
    }

    void a_row_that_says_nobody_is_not_taken() {
        const auto rows = rowsOfFile("hubspot.csv");
        QCOMPARE(problemOf(rows[2]), QByteArray("no_identity"));
        QVERIFY(!rows[2].isTaken());
        const auto more = rowsOf("Name,Email,Phone\n,n/a,call reception\n-,,\n");
        QCOMPARE(problemOf(more[0]), QByteArray("invalid_phone"));
        QVERIFY(!more[0].isTaken());
    }

    void an_opt_out_refuses_all_addresses_and_never_the_other_way_round() {
        const auto rows = rowsOfFile("hubspot.csv");
        QVERIFY(rows[3].refusesEmail && !rows[3].refusesPhone);
        QCOMPARE(rows[3].refusal, std::string("Unsubscribed from all email: true"));
        QVERIFY(!rows[4].refuses()); // nothing said is nothing refused
        const auto inverted = rowsOf("Name,Allow Email\nA B,no\nC D,yes\n");
        QVERIFY(inverted[0].refusesEmail);
        QVERIFY(!inverted[1].refusesEmail);
        const auto odd = rowsOf("Name,Email Opt Out\nA B,2024-02-03\nC D,asked by phone\nE F,0\n");
        QVERIFY(odd[0].refusesEmail && odd[1].refusesEmail && !odd[2].refusesEmail);
        const auto status = rowsOf("Name,Email,Status\nA B,a@b.example,Unsubscribed\nC D,c@d.example,Do Not "
                                   "Contact\nE F,e@f.example,New\n");
        QVERIFY(status[0].refusesEmail && !status[0].doNotContact);
        QVERIFY(status[1].doNotContact && status[1].refusesEmail && status[1].refusesPhone);
        QVERIFY(!status[2].refuses());
        QCOMPARE(customOf(status[0].lead, "source_status"), std::string("Unsubscribed"));
    }

    void an_apollo_row_keeps_its_numbers_apart_and_its_history() {
        const auto rows = rowsOfFile("apollo.csv");
        const LeadRow& row = rows[0];
        QCOMPARE(row.lead.phone, std::string("+1 217-254-9641"));
        QCOMPARE(contactsOf(row.lead), QStringLiteral("email 2 athornton@corvane.example | phone mobile +1 312-555-0142"));
        QCOMPARE(row.company.phone, std::string("+1 217-254-9600"));
        QCOMPARE(row.company.shortName, std::string("Corvane"));
        QVERIFY(row.company.employees == std::optional<std::int64_t>(250));
        QCOMPARE(row.company.externalId, std::string("64f0a9"));
        QCOMPARE(row.lead.linkedinUrl, std::string("https://www.linkedin.com/in/aria-thornton-1a2b"));
        QCOMPARE(row.lead.region, std::string("Illinois"));
        QCOMPARE(row.company.city, std::string("Chicago"));
        QVERIFY(row.lead.tags == (std::vector<std::string>{"Cold chain", "Midwest"}));
        QCOMPARE(customOf(row.lead, "email_verification"), std::string("Verified"));
        QVERIFY(rows[1].bounced && !rows[0].bounced);
        QVERIFY(rows[2].replied && !rows[0].replied);
        QVERIFY(rows[3].refusesPhone && !rows[3].refusesEmail);
    }

    void linkedin_connections_are_people_known_by_their_profile() {
        const auto rows = rowsOfFile("linkedin.csv");
        QCOMPARE(rows.size(), std::size_t(3)); // the row of commas is none
        QCOMPARE(rows[0].number, std::int64_t(5));
        QCOMPARE(rows[0].lead.linkedinUrl, std::string("https://www.linkedin.com/in/tobias-ruehl"));
        QCOMPARE(rows[0].lead.companyName, std::string("\"Halle\" Spedition, Berlin"));
        QCOMPARE(customOf(rows[0].lead, "linkedin_connected_on"), std::string("2024-03-12"));
        QCOMPARE(customOf(rows[1].lead, "linkedin_connected_on"), std::string("2022-02-07"));
        QCOMPARE(rows[1].lead.linkedinUrl, std::string("https://www.linkedin.com/in/noorheijden"));
        QCOMPARE(rows[2].lead.linkedinUrl, std::string("https://www.linkedin.com/in/hakan-oberg"));
        QCOMPARE(rows[2].company.domain, std::string()); // LinkedIn is nobody's company
    }

    void google_lists_and_labels_are_taken_apart() {
        const auto rows = rowsOfFile("google.csv");
        const LeadRow& row = rows[0];
        QCOMPARE(row.lead.email, std::string("g.conti@portovecchio.example"));
        QCOMPARE(row.lead.phone, std::string("+39 347 555 0101"));
        QCOMPARE(contactsOf(row.lead), QStringLiteral("email other giulia@posta.example | email 2 giulia.conti@web.example |"
                                                      " phone fax +39 02 5550 0199 | phone work +39 02 5550 0100"));
        QVERIFY(row.lead.tags == (std::vector<std::string>{"Fiera 2025"}));
        QCOMPARE(row.note, std::string("Met in Verona.\nLikes early calls."));
        QCOMPARE(row.lead.country, std::string("IT"));
        QVERIFY(rows[1].isTaken()); // an address is enough
        QVERIFY(!rows[2].isTaken());
    }

    void salesforce_flags_mean_what_they_say() {
        const auto rows = rowsOfFile("salesforce.csv");
        QCOMPARE(rows[0].lead.street, std::string("Dlouhá 5 Building B")); // one line
        QCOMPARE(rows[0].lead.country, std::string("CZ"));
        QCOMPARE(rows[0].note, std::string("Asked for prices"));
        QVERIFY(rows[0].refusesPhone && !rows[0].refusesEmail);
        QVERIFY(rows[1].refusesEmail && !rows[1].refusesPhone);
        QVERIFY(rows[2].deletedThere && rows[2].refusesEmail && !rows[1].deletedThere);
        QVERIFY(rows[3].bounced);
    }

    void a_plain_table_in_another_language_and_encoding_is_read() {
        const auto rows = rowsOfFile("plain.csv");
        QCOMPARE(rows[0].lead.salutation, std::string("Frau"));
        QCOMPARE(rows[0].lead.lastName, std::string("Maaß"));
        QCOMPARE(rows[0].lead.phoneKey, std::string("+494315550123"));
        QVERIFY(rows[0].lead.tags == (std::vector<std::string>{"Kühlkette", "Messe"}));
        QVERIFY(!rows[0].refuses());
        QVERIFY(rows[1].refusesEmail);
        QVERIFY(!rows[2].refuses());
        // "Nil Na" is a name; "NA" is none.
        QCOMPARE(fullName(rows[2].lead), std::string("Nil Na"));
        QCOMPARE(rowsOf("First name,Last name,Email\nNA,N/A,x@y.example\n")[0].lead.firstName, std::string());
    }

    void a_column_can_become_a_field_of_ones_own() {
        const auto rows = rowsOf("Name,Email,Dock count,Text\nA B,a@b.example,12,\"one\r\ntwo\"\n",
                                 {.overrides = {{"Dock count", "custom:dock_count"}, {"Text", "custom:text"}}});
        QCOMPARE(customOf(rows[0].lead, "dock_count"), std::string("12"));
        QCOMPARE(customOf(rows[0].lead, "text"), std::string("one\ntwo"));
    }

    void a_full_name_fills_what_its_parts_do_not_say() {
        const auto rows = rowsOf("Full Name,Email\nDr. Noor van der Heijden,n@k.example\n");
        QCOMPARE(rows[0].lead.salutation, std::string("Dr."));
        QCOMPARE(rows[0].lead.lastName, std::string("van der Heijden"));
        const auto from = rowsOf("Email,Company\n\"\"\"Brandt, Zoë\"\" <z@n.example>\",N\nAnna Moe <anna@m.example>,M\n");
        QCOMPARE(fullName(from[0].lead), std::string("Zoë Brandt"));
        QCOMPARE(fullName(from[1].lead), std::string("Anna Moe"));
    }

    void a_line_break_or_control_character_never_gets_into_a_name() {
        const auto rows = rowsOf("First name,Last name,Email\n\"An\r\nna\",\"B\x07ob\x7F\",a@b.example\n");
        QCOMPARE(rows[0].lead.firstName, std::string("An na"));
        QCOMPARE(rows[0].lead.lastName, std::string("Bob"));
    }

    void several_addresses_in_one_cell_are_several_addresses() {
        const auto rows = rowsOf("Name,Email\nA B,\"a@b.example; c@d.example, broken\"\n");
        QCOMPARE(rows[0].lead.email, std::string("a@b.example"));
        QCOMPARE(problemOf(rows[0]), QByteArray("none"));
        const auto second = rowsOf("Name,Email,Email 2\nA B,,c@d.example\n");
        QCOMPARE(second[0].lead.emailKey, std::string("c@d.example")); // the only one is the primary one
    }

    void a_number_nobody_can_dial_is_kept_as_it_stands() {
        const auto rows = rowsOf("Name,Phone,Mobile,Country\nA B,030 5550199,,\nC D,030 5550199,4.94E+11,Germany\n");
        QCOMPARE(rows[0].lead.phone, std::string("030 5550199"));
        QCOMPARE(rows[0].lead.phoneKey, std::string());
        QCOMPARE(rows[1].lead.phoneKey, std::string("+49305550199"));
        QCOMPARE(contactsOf(rows[1].lead), QStringLiteral("phone mobile 4.94E+11"));
    }

    void a_location_tells_city_region_and_country() {
        const auto rows = rowsOf("Name,Location,Email\nA B,\"Hamburg, Germany\",a@b.example\nC D,\"Austin, "
                                 "Texas, United States\",c@d.example\n"
                                 "E F,Poland,e@f.example\n");
        QCOMPARE(rows[0].lead.city + '|' + rows[0].lead.region + '|' + rows[0].lead.country, std::string("Hamburg||DE"));
        QCOMPARE(rows[1].lead.city + '|' + rows[1].lead.region + '|' + rows[1].lead.country, std::string("Austin|Texas|US"));
        QCOMPARE(rows[2].lead.city + '|' + rows[2].lead.region + '|' + rows[2].lead.country, std::string("||PL"));
    }

    void a_row_whose_cells_stand_in_the_wrong_columns_is_not_taken() {
        const auto rows = rowsOf("Name,Company,Email\nA B,Acme, Inc.,a@b.example\nC D,C,c@d.example\nE F,E,e@f.example\n");
        QCOMPARE(problemOf(rows[0]), QByteArray("too_many_cells"));
        QVERIFY(!rows[0].isTaken());
        QVERIFY(rows[1].isTaken());
        // A table that is wider than its header throughout is not wrong.
        const auto wide = rowsOf("Name,Company,Email\nA B,A,a@b.example,x\nC D,C,c@d.example,y\nE F,E,e@f.example\n");
        QVERIFY(wide[0].isTaken() && wide[2].isTaken());
    }

    void a_table_of_companies_holds_companies() {
        const auto rows = rowsOf("Record ID,Company name,Company Domain Name,Company owner,Industry,Number of Employees\n"
                                 "1,Nordwind Logistik,nordwind.example,Mara,Freight,120\n");
        QVERIFY(rows[0].companyOnly && rows[0].isTaken());
        QCOMPARE(rows[0].company.domain, std::string("nordwind.example"));
        QVERIFY(rows[0].company.employees == std::optional<std::int64_t>(120));
    }

    void what_identifies_nobody_is_said_before_anything_is_read() {
        const auto mapping = mapColumns(std::vector<std::string>{"City", "Country"}, {{"Hamburg", "Germany"}});
        VERIFY_OK(mapping);
        QVERIFY(!LeadRowReader(*mapping, {}).canIdentify());
    }
};

OUTRIDER_TEST(LeadRowTest)
#include "lead_row_test.moc"
