// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/history_text.h"

#include "support/test_registry.h"
#include "ui/text/names.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

using namespace outrider;

class HistoryTextTest : public QObject {
    Q_OBJECT

    const QTimeZone m_zone{"Europe/Berlin"};
    const Instant m_now = *parseIso8601("2026-11-19T08:00Z"); // Thursday, 09:00 there

    static QString plain(QString text) { return text.remove(QChar(0x2068)).remove(QChar(0x2069)); }

private Q_SLOTS:
    void a_moment_that_has_passed_is_read_as_it_is_said_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("moment");
        const auto row = [](const char* text, const char* moment) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(moment);
        };
        row("2026-11-01", "2026-11-01 23:59");
        row("2026-11-01 14:00", "2026-11-01 14:00");
        row("2026-11-01T14:00", "2026-11-01 14:00");
        row("yesterday", "2026-11-18 23:59");
        row("Yesterday 9:30", "2026-11-18 09:30");
        row("today", "2026-11-19 09:00"); // now
        row("today 08:15", "2026-11-19 08:15");
        row("3d ago", "2026-11-16 09:00");
        row("2h", "2026-11-19 07:00");
        row("2 w ago", "2026-11-05 09:00");
        row("today 14:00", "no moment");
        row("2026-11-20", "no moment");
        row("2026-02-30", "no moment");
        row("soon", "no moment");
        row("", "no moment");
    }
    void a_moment_that_has_passed_is_read_as_it_is_said() {
        QFETCH(const QString, text);
        const auto at = text::parsePast(text, m_now, m_zone);
        QTEST(at ? QDateTime::fromMSecsSinceEpoch(toEpochMillis(*at), m_zone).toString(QStringLiteral("yyyy-MM-dd HH:mm"))
                 : QStringLiteral("no moment"),
              "moment");
    }

    void every_action_of_the_program_has_its_words() {
        static const QRegularExpression named(QStringLiteral(
            "(?:\\baction\\(\\s*|\\bforEach\\(\\s*|\\.name = |[?:] )\"((?:[a-z]+\\.[a-z_]+)|import|send|undo|redo|seed)\""));
        QSet<QString> names;
        QDirIterator files(QStringLiteral(OUTRIDER_SOURCE_DIR "/core/services"), {QStringLiteral("*.cpp")}, QDir::Files);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            auto matches = named.globalMatch(QString::fromUtf8(file.readAll()));
            while (matches.hasNext())
                names.insert(matches.next().captured(1));
        }
        QVERIFY(names.size() > 25);
        for (const QString& name : std::as_const(names))
            QVERIFY2(text::actionText({.name = name.toStdString(), .subject = "x"}) != name, qPrintable(name));
    }

    void a_conflict_names_the_lead_the_field_both_values_and_who() {
        UndoConflict conflict{.table = "lead", .field = "job_title", .lead = LeadId{1}, .leadName = "Ada Lovelace"};
        conflict.before = "Analyst";
        conflict.now = "Countess";
        conflict.later.id = ActionId{7};
        conflict.later.action = {.name = "lead.edit", .subject = "Ada Lovelace"};
        conflict.later.actorName = "Mara";
        QCOMPARE(plain(text::conflictText(conflict)),
                 QStringLiteral("Ada Lovelace: Title is now Countess, would be Analyst (Edited Ada Lovelace, Mara)"));
    }

    void where_a_field_comes_from_is_said_short_and_whole() {
        FieldOrigin origin{.field = "email", .value = "ada@x.example"};
        origin.entry.id = ActionId{7};
        origin.entry.action = {.name = "import", .subject = "people.csv"};
        origin.entry.actorName = "Mara";
        origin.importFile = "people.csv";
        origin.importRow = 12;
        QCOMPARE(plain(text::originText(origin)), QStringLiteral("Row 12 of people.csv, by Mara"));
        QCOMPARE(text::originBrief(origin), QStringLiteral("import, row 12"));
    }
};

OUTRIDER_TEST(HistoryTextTest)
#include "history_text_test.moc"
