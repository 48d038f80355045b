// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/location.h"

#include "support/test_registry.h"

using namespace outrider;
using namespace outrider::shell;

class LocationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void back_and_forward_retrace_the_way() {
        Trail trail;
        trail.go({.page = PageKind::Today});
        trail.go({.page = PageKind::Leads, .filter = QStringLiteral("status:open")});
        trail.go({.page = PageKind::Lead, .lead = LeadId{7}});
        QCOMPARE(trail.back().filter, std::optional(QStringLiteral("status:open")));
        QCOMPARE(trail.back().page, PageKind::Today);
        QVERIFY(!trail.canGoBack());
        QCOMPARE(trail.forward().page, PageKind::Leads);
        QVERIFY(trail.canGoForward());
    }
    void going_somewhere_new_forgets_what_was_ahead() {
        Trail trail;
        trail.go({.page = PageKind::Today});
        trail.go({.page = PageKind::Inbox});
        trail.back();
        trail.go({.page = PageKind::Settings});
        QVERIFY(!trail.canGoForward());
        QCOMPARE(trail.back().page, PageKind::Today);
    }
    void staying_is_no_step() {
        Trail trail;
        trail.go({.page = PageKind::Lead, .lead = LeadId{7}});
        trail.go({.page = PageKind::Lead, .lead = LeadId{7}});
        QVERIFY(!trail.canGoBack());
        trail.go({.page = PageKind::Lead, .lead = LeadId{8}});
        QVERIFY(trail.canGoBack());
    }
    void every_place_leads_to_its_own_page() {
        using Place = frame::Navigator::Place;
        for (const Place place : {Place::Today, Place::Inbox, Place::Leads, Place::Companies, Place::Pipeline, Place::Strategies,
                                  Place::Imports, Place::Outbox, Place::Settings})
            QCOMPARE(placeOf(pageOf(place)), place);
    }
};

OUTRIDER_TEST(LocationTest)
#include "location_test.moc"
