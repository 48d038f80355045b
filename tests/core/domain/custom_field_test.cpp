// SPDX-License-Identifier: GPL-3.0-or-later
// What people and files write into fields of their own, and what is kept of it.
#include "core/domain/custom_field.h"

#include "core/domain/filter_check.h"
#include "support/test_registry.h"

#include <QTest>

using namespace outrider;

class CustomFieldTest : public QObject {
    Q_OBJECT

    static std::string read(CustomFieldType type, std::string_view text) {
        const CustomField field{.key = "f", .name = "F", .type = type, .currency = "EUR", .choices = {"North", "South", "West"}};
        const auto value = readCustomValue(field, text);
        return value ? *value : "!";
    }

private Q_SLOTS:
    void a_value_is_kept_in_one_spelling_or_refused_data() {
        QTest::addColumn<int>("type");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("kept");
        const auto row = [](CustomFieldType type, const char* text, const char* kept) {
            QTest::addRow("%s: %s", std::string(name(type)).c_str(), text)
                << int(type) << QString::fromUtf8(text) << QString::fromUtf8(kept);
        };
        using enum CustomFieldType;
        row(Number, "1,234.50", "1234.5");
        row(Number, "1.234,50", "1234.5");
        row(Number, "1 234", "1234");
        row(Number, "-0.0", "0");
        row(Number, "12,5", "12.5");
        row(Number, "many", "!");
        row(Number, "1,2,3", "!");
        row(Money, "99,5 \u20AC", "99.50 EUR");
        row(Money, "1200", "1200 EUR");
        row(Money, "12 USD", "!");
        row(Date, "19.11.2026", "2026-11-19");
        row(Date, "2026-11-19T08:00", "2026-11-19");
        row(Date, "2026-02-30", "!");
        row(Date, "03/04/2026", "!"); // nobody knows which is the month
        row(Choice, "north", "North");
        row(Choice, "east", "!");
        row(MultiChoice, "west; NORTH", "North, West");
        row(YesNo, "ja", "yes");
        row(YesNo, "0", "no");
        row(YesNo, "perhaps", "!");
        row(Url, "dock.example/a", "https://dock.example/a");
        row(Url, "javascript://x.example", "!");
        row(Text, "  as it is ", "as it is");
    }
    void a_value_is_kept_in_one_spelling_or_refused() {
        QFETCH(int, type);
        QFETCH(QString, text);
        QFETCH(QString, kept);
        const std::string value = read(CustomFieldType(type), text.toStdString());
        QCOMPARE(QString::fromStdString(value), kept);
        if (value != "!")
            QCOMPARE(read(CustomFieldType(type), value), value); // what is kept is read as itself
    }

    void a_field_needs_what_its_type_needs() {
        VERIFY_ERROR(checkCustomField({.key = "a", .name = "A", .type = CustomFieldType::Money}), ErrorCode::InvalidArgument);
        VERIFY_ERROR(checkCustomField({.key = "a", .name = "A", .type = CustomFieldType::Choice}), ErrorCode::InvalidArgument);
        VERIFY_ERROR(checkCustomField({.key = "a", .name = "A", .type = CustomFieldType::Choice, .choices = {"x", "X"}}),
                     ErrorCode::AlreadyExists);
        VERIFY_OK(checkCustomField({.key = "a", .name = "A", .type = CustomFieldType::Money, .currency = "EUR"}));
    }

    void a_filter_is_told_which_field_was_probably_meant() {
        const auto wrong = parseFilter("city:Berlin stauts:open");
        VERIFY_ERROR(wrong, ErrorCode::FilterSyntax);
        QVERIFY2(wrong.error().detail.find("did you mean \"status\"?") != std::string::npos, wrong.error().detail.c_str());
        const std::vector<CustomField> fields{{.key = "dock_count", .name = "Dock count", .type = CustomFieldType::Number}};
        VERIFY_OK(checkFilter(*parseFilter("custom:dock_count>5"), fields));
        const auto slip = checkFilter(*parseFilter("custom:dock_cuont>5"), fields);
        VERIFY_ERROR(slip, ErrorCode::FilterSyntax);
        QVERIFY(slip.error().detail.find("custom:dock_count") != std::string::npos);
        VERIFY_ERROR(checkFilter(*parseFilter("custom:dock_count>many"), fields), ErrorCode::FilterSyntax);
    }
};

OUTRIDER_TEST(CustomFieldTest)
#include "custom_field_test.moc"
