// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/duplicates_sheet.h"

#include "core/services/merge_service.h"
#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/lead_view/choice_cell.h"
#include "ui/theme/outrider_style.h"

#include <QApplication>
#include <QSignalSpy>

using namespace outrider;
using namespace outrider::test;
using namespace outrider::lead_view;

namespace {

// A window with Ada in it, who is in the workspace twice.
struct Desk {
    bool open() {
        if (!fixture.open())
            return false;
        LeadService& leads = fixture.workspace().leads();
        ada = *ScreenFixture::await(leads.add({{"first_name", "Ada"},
                                               {"last_name", "Doe"},
                                               {"email", "ada@nordwind.example"},
                                               {"company", "Nordwind"},
                                               {"job_title", "Head of Yard"}}));
        other = *ScreenFixture::await(leads.add({{"first_name", "Ada"},
                                                 {"last_name", "Doe"},
                                                 {"company", "Nordwind"},
                                                 {"job_title", "Yard lead"},
                                                 {"city", "Kiel"}}));
        window.resize(1280, 720);
        window.show();
        sheet = new DuplicatesSheet(*fixture.context, &window);
        return true;
    }

    ChoiceCell* cell(const char* name) const {
        for (ChoiceCell* one : sheet->findChildren<ChoiceCell*>()) {
            if (one->accessibleName() == QLatin1String(name))
                return one;
        }
        return nullptr;
    }
    QAction* act(const char* id) const {
        for (const frame::Commands::Entry& entry : fixture.commands->all()) {
            if (entry.command.id == QLatin1String(id) && entry.action)
                return entry.action;
        }
        return nullptr;
    }
    Lead lead(LeadId id) { return ScreenFixture::await(fixture.workspace().leads().detail(id))->lead; }

    ScreenFixture fixture;
    QWidget window;
    DuplicatesSheet* sheet = nullptr;
    LeadId ada;
    LeadId other;
};

} // namespace

class DuplicatesSheetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void two_leads_stand_side_by_side_and_a_value_is_chosen() {
        Desk desk;
        QVERIFY(desk.open());
        desk.sheet->openOf(desk.ada);
        QTRY_VERIFY(desk.cell("Title: Head of Yard") != nullptr);
        QVERIFY(desk.cell("Title: Head of Yard")->isChecked());
        QVERIFY(!desk.cell("Title: Yard lead")->isChecked());
        QVERIFY(desk.cell("City: Kiel")->isChecked()); // only that one says it
        desk.cell("Title: Yard lead")->click();
        QTRY_VERIFY(desk.cell("Title: Yard lead") != nullptr && desk.cell("Title: Yard lead")->isChecked());
        QVERIFY(!desk.cell("Title: Head of Yard")->isChecked());
        QSignalSpy merged(desk.sheet, &DuplicatesSheet::merged);
        desk.act("duplicates.merge")->trigger();
        QTRY_COMPARE(merged.size(), 1);
        QCOMPARE(desk.lead(desk.ada).jobTitle, std::string("Yard lead"));
        QCOMPARE(desk.lead(desk.ada).city, std::string("Kiel"));
        QVERIFY(desk.lead(desk.other).trashedAt.has_value());
        QTRY_VERIFY(!desk.fixture.tell.said.isEmpty());
    }

    void arrow_keys_go_between_the_values() {
        Desk desk;
        QVERIFY(desk.open());
        desk.sheet->openPair(desk.ada, desk.other);
        QTRY_VERIFY(desk.cell("Title: Head of Yard") != nullptr);
        desk.cell("Title: Head of Yard")->setFocus();
        QTest::keyClick(desk.cell("Title: Head of Yard"), Qt::Key_Right);
        QCOMPARE(desk.sheet->window()->focusWidget(), static_cast<QWidget*>(desk.cell("Title: Yard lead")));
        QTest::keyClick(desk.cell("Title: Yard lead"), Qt::Key_Space);
        QTRY_VERIFY(desk.cell("Title: Yard lead") != nullptr && desk.cell("Title: Yard lead")->isChecked());
    }

    void the_other_one_may_stay() {
        Desk desk;
        QVERIFY(desk.open());
        desk.sheet->openPair(desk.ada, desk.other);
        QTRY_VERIFY(desk.cell("Title: Head of Yard") != nullptr);
        desk.act("duplicates.swap")->trigger();
        QTRY_VERIFY(desk.cell("Title: Yard lead") != nullptr && desk.cell("Title: Yard lead")->isChecked());
        QSignalSpy merged(desk.sheet, &DuplicatesSheet::merged);
        desk.act("duplicates.merge")->trigger();
        QTRY_COMPARE(merged.size(), 1);
        QVERIFY(desk.lead(desk.ada).trashedAt.has_value());
        QCOMPARE(desk.lead(desk.other).email, std::string("ada@nordwind.example"));
    }

    void the_whole_workspace_is_searched_and_a_pair_dismissed() {
        Desk desk;
        QVERIFY(desk.open());
        desk.sheet->openAll();
        QTRY_VERIFY(desk.cell("Title: Head of Yard") != nullptr);
        desk.act("duplicates.dismiss")->trigger();
        QTRY_VERIFY(desk.cell("Title: Head of Yard") == nullptr);
        QVERIFY(!desk.act("duplicates.merge")->isEnabled());
        QVERIFY(!desk.lead(desk.other).trashedAt.has_value());
    }
};

OUTRIDER_TEST(DuplicatesSheetTest)
#include "duplicates_sheet_test.moc"
