// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/match.h"

#include "support/test_registry.h"

using namespace outrider::shell;

namespace {

int score(const char* typed, const char* text) {
    const auto found = match(QString::fromUtf8(typed), QString::fromUtf8(text));
    return found ? found->score : -1;
}

} // namespace

class MatchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void the_start_beats_the_start_of_a_word_beats_the_inside_beats_scattered_letters() {
        const int start = score("sno", "Snooze until tomorrow");
        const int word = score("sno", "Anna Snowdon-Hughes");
        const int inside = score("noo", "Snooze until tomorrow");
        const int scattered = score("sut", "Snooze until tomorrow");
        QVERIFY(start > word);
        QVERIFY(word > inside);
        QVERIFY(inside > scattered);
        QVERIFY(scattered > 0);
    }
    void case_and_accents_make_no_difference() {
        QVERIFY(score("zoe", "Zoë Brandt") > 0);
        QVERIFY(score("ZOË", "zoe brandt") > 0);
        QCOMPARE(match(QStringLiteral("muller"), QString::fromUtf8("Jörg Müller"))->positions, (QList<int>{5, 6, 7, 8, 9, 10}));
    }
    void every_word_has_to_be_found() {
        QVERIFY(score("snooze mon", "Snooze until Monday") > 0);
        QCOMPARE(score("snooze fri", "Snooze until Monday"), -1);
    }
    void what_does_not_fit_does_not() { QCOMPARE(score("xyz", "Snooze until Monday"), -1); }
    void nothing_typed_fits_everything() { QCOMPARE(score("", "Lock"), 0); }
    void letters_that_are_not_shown_only_fit_at_the_start_of_a_word() {
        QVERIFY(matchStarts(QStringLiteral("app"), QStringLiteral("theme appearance")));
        QVERIFY(!matchStarts(QStringLiteral("an"), QStringLiteral("theme appearance")));
    }
};

OUTRIDER_TEST(MatchTest)
#include "match_test.moc"
