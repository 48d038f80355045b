// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/column_mapping.h"

#include "core/domain/field.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

#include <QFile>

#include <set>

using namespace outrider;
using namespace outrider::exchange;
using Cells = std::vector<std::string>;
using Table = std::vector<Cells>;

namespace {

struct HeaderCase {
    std::string name;
    std::string format;
    Cells headers;
    Cells fields; // "-": none
};

// tests/data/import/*.txt: "[format: name]", then "HEADER -> FIELD".
std::vector<HeaderCase> readCases(const char* file) {
    QFile data(QStringLiteral(OUTRIDER_TEST_DATA "/import/") + QLatin1String(file));
    if (!data.open(QIODevice::ReadOnly))
        qFatal("no test data %s", file);
    std::vector<HeaderCase> cases;
    for (const QByteArray& raw : data.readAll().split('\n')) {
        const std::string line = raw.toStdString();
        if (line.empty() || line.front() == '%')
            continue;
        if (line.front() == '[') {
            const std::string name = line.substr(1, line.size() - 2);
            cases.push_back({.name = name, .format = name.substr(0, name.find(':'))});
            continue;
        }
        const auto arrow = line.find(" -> ");
        if (arrow == std::string::npos)
            qFatal("%s: %s", file, line.c_str());
        cases.back().headers.push_back(line.substr(0, arrow));
        cases.back().fields.push_back(line.substr(arrow + 4));
    }
    return cases;
}

void addCases(const char* file) {
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<QList<QByteArray>>("headers");
    QTest::addColumn<QList<QByteArray>>("fields");
    for (const HeaderCase& each : readCases(file)) {
        QList<QByteArray> headers;
        QList<QByteArray> fields;
        for (const auto& header : each.headers)
            headers << QByteArray::fromStdString(header);
        for (const auto& field : each.fields)
            fields << QByteArray::fromStdString(field);
        QTest::newRow(each.name.c_str()) << QByteArray::fromStdString(each.format) << headers << fields;
    }
}

void checkCase() {
    QFETCH(QByteArray, format);
    QFETCH(QList<QByteArray>, headers);
    QFETCH(QList<QByteArray>, fields);
    Cells header;
    for (const QByteArray& each : headers)
        header.push_back(each.toStdString());
    const auto mapping = mapColumns(header, {});
    VERIFY_OK(mapping);
    QCOMPARE(QByteArray::fromStdString(mapping->format), format);
    QStringList wrong;
    for (qsizetype i = 0; i < fields.size(); ++i) {
        const ColumnMapping& column = mapping->columns[std::size_t(i)];
        const std::string got = column.mapped() ? column.field : "-";
        if (got != fields[i].toStdString())
            wrong << QStringLiteral("%1: %2 instead of %3 (%4)")
                         .arg(QString::fromUtf8(headers[i]), QString::fromStdString(got), QString::fromUtf8(fields[i]),
                              QString::fromStdString(reasonText(column)));
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

TableMapping mapped(const Cells& header, const Table& rows = {}, const MappingOptions& options = {}) {
    const auto mapping = mapColumns(header, rows, options);
    if (!mapping)
        qFatal("mapColumns: %s", mapping.error().detail.c_str());
    return *mapping;
}

Cells fieldsOf(const TableMapping& mapping) {
    Cells fields;
    for (const auto& column : mapping.columns)
        fields.push_back(column.mapped() ? column.field : "-");
    return fields;
}

// A table of one column: its header and cells.
ColumnMapping single(const std::string& header, const Cells& cells) {
    Table rows;
    for (const auto& cell : cells)
        rows.push_back({cell});
    return mapped({header}, rows).columns[0];
}

bool isSingleValued(const std::string& field) {
    return !field.empty() && !field.starts_with("suppress_") && !field.starts_with("history_") && field != "tags"
           && field != "notes" && field != "phone_by_label" && field != "company_phone";
}

} // namespace

class ColumnMappingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void every_column_of_every_product_is_mapped_data() { addCases("products.txt"); }

    void every_column_of_every_product_is_mapped() { checkCase(); }

    void headers_no_table_lists_are_understood_data() { addCases("held_out.txt"); }

    void headers_no_table_lists_are_understood() { checkCase(); }

    void every_field_mapped_to_is_importable() {
        for (const char* file : {"products.txt", "held_out.txt"}) {
            for (const HeaderCase& each : readCases(file)) {
                for (const auto& field : fieldsOf(mapped(each.headers))) {
                    const Field* known = findField(field);
                    QVERIFY2(field == "-" || customFieldKey(field) || (known != nullptr && known->importable), field.c_str());
                }
            }
        }
    }

    void no_column_of_a_product_is_dropped_by_changing_case_and_separators() {
        for (const HeaderCase& each : readCases("products.txt")) {
            if (each.format == "instantly" || each.format == "lemlist" || each.format.starts_with("pipedrive"))
                continue; // recognised by exactly how they are spelled
            Cells shouted;
            for (std::string header : each.headers) {
                for (char& c : header)
                    c = c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c == '-' ? '_' : c;
                shouted.push_back(header + " *");
            }
            const bool camel = each.headers.front().find(' ') == std::string::npos; // its words are lost in capitals
            if (!camel)
                QCOMPARE(fieldsOf(mapped(shouted)), fieldsOf(mapped(each.headers)));
        }
    }

    // ── Recognition

    void a_coincidental_column_does_not_make_a_product() {
        for (const Cells& header : {Cells{"Record ID", "Name"}, Cells{"Email", "First Name", "Company Name"},
                                    Cells{"Person Linkedin Url"}, Cells{"Id", "LastName"}, Cells{"Connected On", "URL"},
                                    Cells{"Display Name", "Primary Email"}, Cells{"email", "firstname", "companyname"}})
            QCOMPARE(mapped(header).format, "generic");
    }

    void the_more_of_a_products_columns_the_surer() {
        const auto cases = readCases("products.txt");
        const HeaderCase& apollo =
            *std::find_if(cases.begin(), cases.end(), [](const auto& c) { return c.format == "apollo_full"; });
        Cells edited = apollo.headers;
        for (int i = 0; i < 20; ++i)
            edited.push_back("My own column " + std::to_string(i));
        QCOMPARE(mapped(edited).format, "apollo_full");
        QVERIFY(mapped(edited).formatConfidence < mapped(apollo.headers).formatConfidence);
    }

    void a_format_can_be_said() {
        QCOMPARE(mapped({"Title", "First Name"}, {}, {.format = "outlook_desktop"}).columns[0].field, "salutation");
        QCOMPARE(mapped({"Title", "First Name"}, {}, {.format = "generic"}).columns[0].field, "job_title");
        VERIFY_ERROR(mapColumns(Cells{"a"}, {}, {.format = "nonsense"}), ErrorCode::NotFound);
    }

    // ── Cells against headers

    void title_is_what_its_cells_say() {
        QCOMPARE(single("Title", {"Mr", "Mrs", "Dr."}).field, "salutation");
        QCOMPARE(single("Title", {"CEO", "Head of Sales", "Buyer"}).field, "job_title");
        QCOMPARE(single("Title", {}).field, "job_title");
    }

    void a_column_of_profiles_is_no_website() {
        const Cells profiles{"https://www.linkedin.com/in/a", "https://www.linkedin.com/in/b", "linkedin.com/in/c"};
        QCOMPARE(single("URL", profiles).field, "linkedin_url");
        QCOMPARE(single("Website", profiles).field, "linkedin_url");
        QCOMPARE(single("LinkedIn",
                        {"https://linkedin.com/company/a", "https://linkedin.com/company/b", "https://linkedin.com/company/c"})
                     .field,
                 "company_linkedin_url");
        QCOMPARE(single("Profile URL", {"https://zoominfo.example/p/1", "https://zoominfo.example/p/2",
                                        "https://zoominfo.example/p/3", "https://zoominfo.example/p/4"})
                         .field
                     != "linkedin_url",
                 true);
    }

    void a_header_contradicted_by_its_cells_is_not_believed() {
        const ColumnMapping labels = single("Email", {"* Work", "Home", "Work"});
        QVERIFY(!labels.mapped());
        QCOMPARE(QByteArray::fromStdString(reasonText(labels)), QByteArray("contradicted:email but label 100%"));
        QVERIFY(!single("Phone", {"morning", "evening", "any time"}).mapped());
        QCOMPARE(single("Phone", {"a@x.example", "b@x.example", "c@x.example"}).field, "email");
        QVERIFY(!single("First Name", {"12", "13", "14"}).mapped());
        QVERIFY(!single("Country", {"+49", "+33", "+1"}).mapped());
        QCOMPARE(single("Name", {"Nordwind GmbH", "Rossi S.p.A.", "Acme Ltd", "Zoë"}).field, "company");
        QCOMPARE(single("Stato", {"Italia", "Francia", "Germania"}).field, "country");
    }

    void a_few_odd_cells_do_not_shake_a_header() {
        const ColumnMapping email = single("Email", {"a@x.example", "b@x.example", "none yet", "c@x.example"});
        QCOMPARE(email.field, "email");
        QVERIFY(email.confidence > 0.9);
        QVERIFY(single("Email", {"to be done"}).confidence < 0.7);
    }

    void content_alone_maps_what_cannot_be_mistaken() {
        QCOMPARE(single("Foo", {"a@x.example", "b@x.example"}).field, "email");
        QCOMPARE(single("Foo", {"+49 30 1234567", "+44 20 7946 0958"}).field, "phone_work");
        QCOMPARE(single("Foo", {"https://www.linkedin.com/in/a"}).field, "linkedin_url");
        QCOMPARE(single("Foo", {"Germany", "France", "Spain"}).field, "country");
        QVERIFY(!single("Foo", {"2024-01-01", "2024-02-01"}).mapped());
        QVERIFY(!single("Foo", {"yes", "no"}).mapped());
        QVERIFY(!single("Foo", {"12", "13"}).mapped());
        QVERIFY(!single("Assistant Email", {"a@x.example", "b@x.example"}).mapped());
        QVERIFY(!single("Owner Email", {"a@x.example", "b@x.example"}).mapped());
    }

    void one_address_in_all_rows_is_not_the_leads() {
        Table rows;
        for (int i = 0; i < 20; ++i)
            rows.push_back({"rep@ours.example", "lead" + std::to_string(i) + "@x.example"});
        QCOMPARE(fieldsOf(mapped({"Foo", "Bar"}, rows)), (Cells{"-", "email"}));
    }

    void a_table_without_a_header_is_mapped_by_its_cells() {
        const Table rows{
            {"Anna", "Bell", "anna.bell@nordwind.example", "+44 20 7946 0958", "Nordwind Ltd", "Head of Sales", "United Kingdom"},
            {"Jonas", "Vogt", "jonas.vogt@ruehl.example", "+49 30 1234567", "Rühl GmbH", "Geschäftsführer", "Germany"},
            {"Marta", "Rossi", "m.rossi@rossi.example", "+39 02 1234567", "Rossi S.p.A.", "Buyer", "Italy"},
        };
        const Cells header{"A", "B", "C", "D", "E", "F", "G"};
        QCOMPARE(fieldsOf(mapped(header, rows, {.hasHeader = false})),
                 (Cells{"first_name", "last_name", "email", "phone_work", "company", "job_title", "country"}));
    }

    // ── Refusals

    void a_link_to_unsubscribe_with_refuses_nothing() {
        QVERIFY(!single("Unsubscribe", {"https://x.example/u/1", "https://x.example/u/2", "https://x.example/u/3"}).mapped());
        QVERIFY(!single("Unsubscribe URL", {}).mapped());
    }

    void refusals_say_what_they_are_about() {
        QVERIFY(single("Email Opt Out", {}).scope == RefusalScope::Email);
        QVERIFY(single("Unsubscribed", {}).scope == RefusalScope::Email);
        QVERIFY(single("Do Not Call", {}).scope == RefusalScope::Phone);
        QVERIFY(single("SMS opt-out", {}).scope == RefusalScope::Phone);
        QVERIFY(single("Do Not Contact", {}).scope == RefusalScope::Both);
        QVERIFY(single("Werbesperre", {}).scope == RefusalScope::Both);
        QVERIFY(single("Do not call or email", {}).scope == RefusalScope::Both);
    }

    void a_permission_is_a_refusal_read_the_other_way() {
        QVERIFY(single("Allow Email", {}).reading == RefusalReading::Inverted);
        QCOMPARE(single("Allow Email", {}).field, "suppress_email");
        QVERIFY(single("Not unsubscribed", {}).reading == RefusalReading::Inverted);
        QVERIFY(single("Email Opt Out", {}).reading == RefusalReading::Plain);
    }

    void a_newsletter_column_with_refusals_in_it_refuses_by_those_only() {
        const ColumnMapping column = single("Newsletter", {"subscribed", "unsubscribed", "subscribed"});
        QCOMPARE(column.field, "suppress_email");
        QVERIFY(column.reading == RefusalReading::VerdictOnly);
        QCOMPARE(single("Newsletter", {"yes", "no"}).field, "source_consent_status");
    }

    void no_refusal_bounce_or_reply_becomes_consent_or_is_lost_whatever_its_cells() {
        const std::vector<std::pair<const char*, const char*>> columns{
            {"Email Opt Out", "suppress_email"},   {"HasOptedOutOfEmail", "suppress_email"},
            {"Unsubscribed", "suppress_email"},    {"Abgemeldet", "suppress_email"},
            {"Do Not Call", "suppress_phone"},     {"Nicht anrufen", "suppress_phone"},
            {"Email Bounced", "history_bounced"},  {"Replied", "history_replied"},
            {"Ne pas contacter", "suppress_email"}};
        for (const Cells& cells : {Cells{"true", "false", "true"}, Cells{"1", "0", "0"}, Cells{"2024-01-01", "", "2024-02-03"},
                                   Cells{"asked to stop", "", "angry"}, Cells{"x", "", ""}, Cells{"", "", ""},
                                   Cells{"a@x.example", "b@x.example", "c@x.example"}, Cells{"+49 30 1", "+49 30 123456", "5"},
                                   Cells{"Do Not Allow", "Allow", "Allow"}}) {
            for (const auto& [header, field] : columns)
                QCOMPARE(QByteArray::fromStdString(single(header, cells).field), QByteArray(field));
        }
    }

    void several_refusal_columns_all_count() {
        QCOMPARE(fieldsOf(mapped({"Email Opt Out", "Unsubscribed", "Do Not Email", "Bounced", "Hard bounce"})),
                 (Cells{"suppress_email", "suppress_email", "suppress_email", "history_bounced", "history_bounced"}));
    }

    // ── One field, one column

    void the_column_with_cells_gets_the_field() {
        const Table rows{{"", "Bonn"}, {"", "Rome"}};
        QCOMPARE(fieldsOf(mapped({"Business City", "Home City"}, rows)), (Cells{"-", "city"}));
        QCOMPARE(reasonText(mapped({"Business City", "Home City"}).columns[1]), "taken:city by Business City");
    }

    void second_columns_take_the_next_field_of_their_kind() {
        QCOMPARE(fieldsOf(mapped({"Email", "Email", "E-mail address", "Mail"})), (Cells{"email", "email_2", "email_3", "-"}));
        QCOMPARE(fieldsOf(mapped({"Phone", "Telephone", "Tel"})), (Cells{"phone_work", "phone_other", "-"}));
    }

    void labelled_numbers_know_their_label_column() {
        const auto mapping = mapped({"Phone 1 - Label", "Phone 1 - Value", "Phone 2 - Type", "Phone 2 - Value"});
        QCOMPARE(mapping.columns[1].field, "phone_by_label");
        QVERIFY(mapping.columns[1].labels == std::optional<std::size_t>(0));
        QVERIFY(mapping.columns[3].labels == std::optional<std::size_t>(2));
        QCOMPARE(reasonText(mapping.columns[0]), "label:Phone 1 - Value");
    }

    void no_two_columns_claim_the_same_field_unless_a_product_shares_it() {
        static const std::vector<HeaderCase> cases = [] {
            auto all = readCases("products.txt");
            const auto more = readCases("held_out.txt");
            all.insert(all.end(), more.begin(), more.end());
            return all;
        }();
        VERIFY_PROPERTY([] {
            Cells header; // columns of many tables thrown together
            const auto count = *rc::gen::inRange(1, 60);
            for (int i = 0; i < count; ++i) {
                const auto& each = cases[*rc::gen::inRange<std::size_t>(0, cases.size())];
                header.push_back(each.headers[*rc::gen::inRange<std::size_t>(0, each.headers.size())]);
            }
            std::set<std::string> claimed;
            const auto mapping = mapped(header);
            for (const auto& column : mapping.columns) {
                if (isSingleValued(column.field) && column.reason != MappingReason::SharedBySignature)
                    RC_ASSERT(claimed.insert(column.field).second);
                RC_ASSERT(column.mapped() == (column.confidence > 0));
            }
        });
    }

    // ── The person's word

    void an_override_wins_and_the_loser_gets_the_next_field() {
        const auto mapping = mapped({"Email", "Backup"}, {}, {.overrides = {{"backup", "email"}}});
        QCOMPARE(fieldsOf(mapping), (Cells{"email_2", "email"}));
        QCOMPARE(reasonText(mapping.columns[1]), "override");
        QCOMPARE(mapping.columns[1].confidence, 1.0);
    }

    void columns_are_named_by_header_in_any_case_or_by_number() {
        QCOMPARE(fieldsOf(mapped({"X", "Foo  Bar"}, {}, {.overrides = {{"foo bar", "city"}}})), (Cells{"-", "city"}));
        QCOMPARE(fieldsOf(mapped({"X", "X"}, {}, {.overrides = {{"#2", "city"}}})), (Cells{"-", "city"}));
        QCOMPARE(fieldsOf(mapped({"A", "B"}, {{"x", "y"}}, {.overrides = {{"b", "city"}}, .hasHeader = false})),
                 (Cells{"-", "city"}));
    }

    void a_column_can_be_ignored_or_made_a_field_of_ones_own() {
        QCOMPARE(
            fieldsOf(mapped({"Email", "Shoe size"}, {}, {.overrides = {{"Email", "ignore"}, {"Shoe size", "custom:Shoe size"}}})),
            (Cells{"-", "custom:shoe_size"}));
    }

    void a_wrong_override_is_refused() {
        const Cells header{"Email", "Phone"};
        VERIFY_ERROR(mapColumns(header, {}, {.overrides = {{"Nope", "email"}}}), ErrorCode::NotFound);
        VERIFY_ERROR(mapColumns(header, {}, {.overrides = {{"#3", "email"}}}), ErrorCode::NotFound);
        VERIFY_ERROR(mapColumns(header, {}, {.overrides = {{"Email", "nope"}}}), ErrorCode::InvalidField);
        VERIFY_ERROR(mapColumns(header, {}, {.overrides = {{"Email", "due"}}}),
                     ErrorCode::InvalidField); // not importable
        VERIFY_ERROR(mapColumns(header, {}, {.overrides = {{"Email", "custom: "}}}), ErrorCode::InvalidField);
        VERIFY_ERROR(mapColumns(header, {}, {.overrides = {{"Email", "city"}, {"Phone", "city"}}}), ErrorCode::Conflict);
    }

    // ── Dates, samples, nothing

    void the_order_of_dates_is_decided_for_each_column() {
        const auto mapping = mapped({"Created", "Connected On"}, {{"03/04/2024", "01/02/2024"}, {"25/12/2023", "02/03/2024"}});
        QVERIFY(mapping.columns[0].dateOrder == DateOrder::DayFirst);
        QVERIFY(mapping.columns[1].dateOrder == DateOrder::Unknown);
        QVERIFY(mapping.columns[1].dateOrderUndecidable);
    }

    void samples_are_a_few_different_cells() {
        QCOMPARE(single("City", {"Bonn", "", "Bonn", "Rome", "Oslo", "Lyon"}).samples, (Cells{"Bonn", "Rome", "Oslo"}));
        QVERIFY(single("City", {std::string(500, 'x')}).samples[0].size() <= 80);
    }

    void an_empty_column_is_named_so() {
        QCOMPARE(reasonText(mapped({"", "City"}, {{"", "x"}}).columns[0]), "empty");
        QCOMPARE(mapped({"", "City"}, {{"a@x.example", "x"}, {"b@x.example", "y"}}).columns[0].field, "email");
    }

    void any_header_and_cells_are_mapped_without_harm() {
        VERIFY_PROPERTY([](const std::vector<std::string>& header, const std::vector<std::string>& cells) {
            RC_PRE(!header.empty());
            Cells row = cells;
            row.resize(header.size());
            RC_ASSERT(mapped(header, {row}).columns.size() == header.size());
        });
    }
};

OUTRIDER_TEST(ColumnMappingTest)
#include "column_mapping_test.moc"
