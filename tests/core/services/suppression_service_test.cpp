// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/suppression_service.h"

#include "core/services/suppression_lines.h"
#include "core/store/journal/undo.h"
#include "core/store/repositories/suppression_repository.h"
#include "support/builders.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;
using Line = SuppressionService::Line;

namespace {

std::string shown(std::string_view text, std::string_view country = {}) {
    std::string out;
    for (const Line& line : suppressionLines(text, SuppressionReason::Manual, country))
        out += (out.empty() ? "" : " | ")
               + (line.kind ? std::string(suppressionKindNames.name(*line.kind)) + " " + line.key : "? " + line.text)
               + (line.reason == SuppressionReason::Manual ? "" : " " + std::string(suppressionReasonNames.name(line.reason)));
    return out;
}

} // namespace

class SuppressionServiceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void any_mix_is_understood_line_by_line() {
        QCOMPARE(shown("Mara@Nordwind.example\n@competitor.example\r\n+49 40 1234567\n\n# a remark\nnot one\n"),
                 std::string("email mara@nordwind.example | domain competitor.example | phone +49401234567 | ? not one"));
        QCOMPARE(
            shown("nordwind.example\n*.nordwind.example\n*@nordwind.example\nhttps://www.nordwind.example/about"),
            std::string("domain nordwind.example | domain nordwind.example | domain nordwind.example | domain nordwind.example"));
        QCOMPARE(shown("Tobias Rühl <T@b.example>\n\"Rühl, Tobias\" <t@b.example>\nmailto:t@b.example"),
                 std::string("email t@b.example | email t@b.example | email t@b.example"));
        QCOMPARE(shown("040 1234567", "DE"), std::string("phone +49401234567"));
        QCOMPARE(shown("example"), std::string("? example")); // of one label, it would be everything
    }

    void a_table_gives_its_addresses_numbers_and_reasons() {
        QCOMPARE(shown("\xef\xbb\xbf"
                       "Email,Name,Status\na@b.example,Ann,unsubscribed\nc@b.example,\"Lee, Bo\",bounced\n"),
                 std::string("email a@b.example opt_out | email c@b.example hard_bounce"));
        QCOMPARE(shown("E-mail;Phone;Note\na@b.example;+49 40 1234567;spam complaint"),
                 std::string("email a@b.example complaint | phone +49401234567 complaint"));
        QCOMPARE(shown("a@b.example\tb.example\tx"), std::string("email a@b.example")); // the company's site is not meant
        QCOMPARE(shown("a@b.example, @b.example"), std::string("email a@b.example | domain b.example"));
    }

    void any_text_is_survived() {
        VERIFY_PROPERTY([](const std::string& text) {
            for (const Line& line : suppressionLines(text, SuppressionReason::Manual, "DE"))
                RC_ASSERT(line.kind.has_value() == (line.state != Line::State::Unreadable));
        });
    }

    void an_erased_address_stays_suppressed_and_is_nowhere() {
        TempStore store;
        const std::string secret = "erased.person@nordwind.example";
        const auto add = [&](WriteContext& w) {
            SuppressionRepository(w.db).add(w, SuppressionKind::Email, secret, SuppressionReason::OptOut, "their mail of 3 May");
            w.describe(secret);
        };
        store.write(add, {.name = "suppress.add"});
        store.write(
            [&](WriteContext& w) {
                SuppressionRepository(w.db).remove(w, SuppressionKind::Email, secret);
                w.describe(secret);
            },
            {.name = "suppress.remove"});
        store.write(add, {.name = "suppress.add"});
        QVERIFY(*wait(store->writeSilently([&](WriteContext& w) -> Result<bool> {
            SuppressionRepository suppressions(w.db);
            suppressions.seal(w, SuppressionKind::Email, secret, SuppressionReason::DoNotContact, store.random);
            suppressions.seal(w, SuppressionKind::Phone, "+49401234567", SuppressionReason::DoNotContact, store.random);
            return true;
        })));
        const auto is = [&](auto ask) {
            return store.read([&](ReadContext& r) {
                SuppressionRepository suppressions(r.db);
                return ask(suppressions);
            });
        };
        const auto found = is([&](SuppressionRepository& all) { return all.forEmail(secret); });
        QVERIFY(found.has_value());
        QCOMPARE(int(found->reason), int(SuppressionReason::OptOut)); // the first reason stays
        QVERIFY(found->key.starts_with('#') && found->key.find("person") == std::string::npos);
        QVERIFY(found->source.empty());
        QVERIFY(is([](SuppressionRepository& all) { return all.forPhone("+49401234567"); }).has_value());
        QVERIFY(!is([](SuppressionRepository& all) { return all.forEmail("other@nordwind.example"); }));
        QVERIFY(!is([](SuppressionRepository& all) { return all.forPhone("+49401234568"); }));
        QCOMPARE(is([](SuppressionRepository& all) { return all.count(); }), 2);
        QCOMPARE(is([](SuppressionRepository& all) { return all.count("person"); }), 0);
        QCOMPARE(
            is([&](SuppressionRepository& all) { return all.count("person", all.fingerprint(SuppressionKind::Email, secret)); }),
            1);
        QCOMPARE(store.read([](ReadContext& r) {
            return r.db.integer("SELECT (SELECT count(*) FROM change WHERE instr(CAST(old AS TEXT), 'person') > 0)"
                                " + (SELECT count(*) FROM action WHERE instr(subject, 'person') > 0)");
        }),
                 0);
        // An import that brings the person back adds nothing; sealing twice neither.
        store.write([&](WriteContext& w) {
            SuppressionRepository suppressions(w.db);
            QVERIFY(!suppressions.add(w, SuppressionKind::Email, secret, SuppressionReason::Imported, "list.csv"));
        });
        QVERIFY(*wait(store->writeSilently([&](WriteContext& w) -> Result<bool> {
            SuppressionRepository suppressions(w.db);
            suppressions.seal(w, SuppressionKind::Email, secret, SuppressionReason::DoNotContact, store.random);
            return suppressions.count() == 2;
        })));
    }

    void a_fingerprint_says_nothing_without_the_workspaces_key() {
        TempStore one;
        TempStore other;
        std::string prints[2];
        int i = 0;
        for (TempStore* store : {&one, &other}) {
            if (store == &other)
                store->random.next();
            prints[i++] = *wait((*store)->writeSilently([&](WriteContext& w) -> Result<std::string> {
                SuppressionRepository suppressions(w.db);
                QString before = QString::fromStdString(suppressions.fingerprint(SuppressionKind::Email, "a@b.example"));
                if (!before.isEmpty())
                    qFatal("a fingerprint without a key");
                suppressions.seal(w, SuppressionKind::Email, "a@b.example", SuppressionReason::OptOut, store->random);
                return suppressions.fingerprint(SuppressionKind::Email, "a@b.example");
            }));
        }
        QVERIFY(prints[0] != prints[1]);
        QCOMPARE(prints[0].size(), std::size_t(65));
    }

    void what_undo_takes_back_is_not_what_was_erased_since() {
        TempStore store;
        store.write([&](WriteContext& w) {
            SuppressionRepository(w.db).add(w, SuppressionKind::Email, "a@b.example", SuppressionReason::Manual, {});
        });
        VERIFY_OK(wait(store->writeSilently([&](WriteContext& w) -> Result<> {
            SuppressionRepository(w.db).seal(w, SuppressionKind::Email, "a@b.example", SuppressionReason::Manual, store.random);
            return {};
        })));
        const auto undone = wait(store->write({.name = "undo"}, [](WriteContext& w) -> Result<UndoReport> {
            return undoAction(w, nextUndo(w.db, w.action)->id, UndoPolicy::KeepChanged);
        }));
        Q_UNUSED(undone) // whatever it says to a row that is gone
        QVERIFY(store.read([](ReadContext& r) { return SuppressionRepository(r.db).forEmail("a@b.example").has_value(); }));
    }
};

OUTRIDER_TEST(SuppressionServiceTest)
#include "suppression_service_test.moc"
