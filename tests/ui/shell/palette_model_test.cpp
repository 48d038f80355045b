// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/palette_model.h"

#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::shell;

// What the palette lists, and in what order.
class PaletteModelTest : public QObject {
    Q_OBJECT

    QList<QAction*> m_actions;
    PaletteModel::Input m_input;

    void command(const char* id, const char* text, const char* group, const char* keys = "", const char* keywords = "") {
        auto* action = new QAction(this);
        action->setShortcuts(QKeySequence::listFromString(QString::fromLatin1(keys)));
        m_input.commands.append({{.id = QString::fromLatin1(id),
                                  .text = QString::fromLatin1(text),
                                  .group = QString::fromLatin1(group),
                                  .keywords = QString::fromLatin1(keywords)},
                                 nullptr,
                                 action});
    }
    QStringList rows(const char* typed) const {
        QStringList texts;
        for (const auto& row : PaletteModel::rowsFor(PaletteModel::parse(QString::fromUtf8(typed)), m_input))
            texts.append(row.kind == PaletteModel::Row::Kind::Heading ? QLatin1Char('[') + row.text + QLatin1Char(']')
                                                                      : row.text);
        return texts;
    }

private Q_SLOTS:
    void init() {
        m_input = {};
        command("today.snooze.tomorrow", "Snooze until tomorrow", "Task", "S, 3");
        command("today.skip", "Skip step", "Task", "X");
        command("app.lock", "Lock", "Outrider", "Ctrl+L");
        command("outbox.hold", "Hold or release everything", "Outrider", "Ctrl+Shift+H", "stop sending");
        SearchHit lead{
            .kind = SearchHit::Kind::Lead, .lead = LeadId{7}, .title = "Jacqueline Snoeck", .detail = "Haven Oostende NV"};
        SearchHit company{.kind = SearchHit::Kind::Company, .title = "Snowline Reefers Ltd", .count = 14};
        SearchHit note{
            .kind = SearchHit::Kind::Text, .lead = LeadId{8}, .title = "closed by snow until March", .detail = "Lukasz"};
        m_input.hits = {note, company, lead};
    }
    void cleanup() { qDeleteAll(findChildren<QAction*>()); }

    void commands_come_first_then_people_companies_and_texts() {
        QCOMPARE(rows("sno"),
                 (QStringList{QStringLiteral("[Task]"), QStringLiteral("Snooze until tomorrow"), QStringLiteral("[Leads]"),
                              QStringLiteral("Jacqueline Snoeck"), QStringLiteral("[Companies]"),
                              QStringLiteral("Snowline Reefers Ltd"), QStringLiteral("[In notes and e-mails]"),
                              QStringLiteral("closed by snow until March")}));
    }
    void leads_counted_to_the_limit_are_so_many_or_more() {
        m_input.hits = {{.kind = SearchHit::Kind::Company, .title = "Snowline", .count = SearchHit::mostCounted},
                        {.kind = SearchHit::Kind::Company, .title = "Snow", .count = 1}};
        QStringList details;
        for (const auto& row : PaletteModel::rowsFor(PaletteModel::parse(QStringLiteral("snow")), m_input)) {
            if (row.kind == PaletteModel::Row::Kind::Company)
                details.append(row.detail);
        }
        details.sort();
        QCOMPARE(details, (QStringList{QStringLiteral("1 lead"), QStringLiteral("200 leads or more")}));
    }
    void the_group_with_the_best_match_comes_first() {
        m_input.hits.clear();
        QCOMPARE(rows("lock").mid(0, 2), (QStringList{QStringLiteral("[Outrider]"), QStringLiteral("Lock")}));
        QCOMPARE(rows("s").mid(0, 2), (QStringList{QStringLiteral("[Task]"), QStringLiteral("Snooze until tomorrow")}));
    }
    void a_command_is_found_by_its_keywords() { QVERIFY(rows("stop").contains(QStringLiteral("Hold or release everything"))); }
    void with_nothing_typed_every_command_is_there_and_recent_ones_lead() {
        m_input.recent = {QStringLiteral("app.lock")};
        m_input.recentLeads = {{.kind = SearchHit::Kind::Lead, .lead = LeadId{9}, .title = "Amina Diallo"}};
        const QStringList all = rows("");
        QCOMPARE(all.mid(0, 3),
                 (QStringList{QStringLiteral("[Recent]"), QStringLiteral("Lock"), QStringLiteral("Amina Diallo")}));
        for (const auto& entry : m_input.commands)
            QVERIFY(all.contains(entry.command.text));
    }
    void a_sign_in_front_narrows_what_is_found() {
        QVERIFY(!rows(">sno").contains(QStringLiteral("Jacqueline Snoeck")));
        QCOMPARE(rows("@sno"), (QStringList{QStringLiteral("[Leads]"), QStringLiteral("Jacqueline Snoeck")}));
        m_input.tags = {QStringLiteral("cold-chain"), QStringLiteral("port")};
        QCOMPARE(rows("#cold"), (QStringList{QStringLiteral("[Leads with the tag]"), QStringLiteral("cold-chain")}));
    }
    void a_row_shows_its_key() {
        const auto found = PaletteModel::rowsFor(PaletteModel::parse(QStringLiteral(">snooze")), m_input);
        QCOMPARE(found.at(1).keys, QStringLiteral("S 3"));
        QCOMPARE(found.at(1).strong, (QList<int>{0, 1, 2, 3, 4, 5}));
    }
    void headings_cannot_be_chosen() {
        PaletteModel model;
        model.setRows(PaletteModel::rowsFor(PaletteModel::parse(QStringLiteral("sno")), m_input));
        QCOMPARE(model.nextChoice(0, 1), 1);
        QCOMPARE(model.nextChoice(2, 1), 3);
        QCOMPARE(model.nextChoice(2, -1), 1);
        QCOMPARE(model.nextChoice(0, -1), -1);
    }
};

OUTRIDER_TEST(PaletteModelTest)
#include "palette_model_test.moc"
