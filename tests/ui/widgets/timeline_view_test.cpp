// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/timeline_view.h"

#include "support/test_registry.h"
#include "ui/widgets/button.h"
#include "ui/widgets/mail_card.h"
#include "ui/widgets/timeline_entry.h"

#include <QApplication>
#include <QSignalSpy>

using namespace outrider;
using namespace outrider::widgets;

class TimelineViewTest : public QObject {
    Q_OBJECT

    static QString q(const char* text) { return QString::fromUtf8(text); }
    static Instant at(const char* text) { return *parseIso8601(text); }

    const text::Dates m_dates{*parseIso8601("2026-11-19T08:00Z"), QTimeZone::utc()};

    static TimelineEntry reply() {
        TimelineEntry entry;
        entry.activity = {.at = at("2026-11-19T07:12Z"), .kind = ActivityKind::EmailReceived, .subject = "Re: Tor 2"};
        entry.message = Message{.id = MessageId{7},
                                .direction = Direction::Inbound,
                                .from = "Tobias Rühl <t.ruehl@kuehlhaus.example>",
                                .subject = "Re: Tor 2",
                                .text = "Das Thema passt.\nWir bauen um.",
                                .quotedLines = 18};
        return entry;
    }

    static TimelineEntry note(const char* text) {
        TimelineEntry entry;
        entry.activity = {.at = at("2026-11-03T07:12Z"), .kind = ActivityKind::Note, .text = text};
        return entry;
    }

private Q_SLOTS:
    void an_entry_says_what_happened_and_the_fact_that_belongs_to_it() {
        QCOMPARE(wordsOf(reply()).title, q("Replied"));
        QCOMPARE(wordsOf(reply()).detail, q("Das Thema passt."));
        TimelineEntry sent;
        sent.activity = {.kind = ActivityKind::EmailSent, .subject = "Trucks at gate 4"};
        sent.step = 1;
        QCOMPARE(wordsOf(sent).title, q("E-mail sent, step 2"));
        QCOMPARE(wordsOf(sent).detail, q("Trucks at gate 4"));
        TimelineEntry moved;
        moved.activity = {.kind = ActivityKind::StatusChanged, .subject = "new → in_progress"};
        QCOMPARE(wordsOf(moved).title, q("New → In progress"));
    }

    void a_row_is_read_out_with_its_date() {
        TimelineView view(TimelineView::Size::Full);
        view.setEntries({reply(), note("Ask about March")}, m_dates);
        const QString spoken = view.model()->index(0, 0).data(Qt::AccessibleTextRole).toString();
        QCOMPARE(spoken, q("Replied, Das Thema passt., 07:12"));
        QVERIFY(view.model()->index(1, 0).data(Qt::AccessibleTextRole).toString().endsWith(q("3 Nov")));
    }

    void a_mail_opens_in_place_and_its_quoted_lines_are_asked_for() {
        TimelineView view(TimelineView::Size::Full);
        view.resize(500, 400);
        view.setEntries({reply(), note("Ask about March")}, m_dates);
        view.show();
        view.setCurrentIndex(view.model()->index(0, 0));
        const int closed = view.visualRect(view.model()->index(0, 0)).height();
        QTest::keyClick(&view, Qt::Key_Return);
        const auto* card = view.findChild<MailCard*>();
        QVERIFY(card);
        QTRY_VERIFY(view.visualRect(view.model()->index(0, 0)).height() > closed);
        QSignalSpy opened(&view, &TimelineView::messageOpened);
        card->findChild<Button*>()->click();
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened.first().first().value<MessageId>(), MessageId{7});
        QTest::keyClick(&view, Qt::Key_Return);
        QTRY_VERIFY(!view.findChild<MailCard*>());
        QTRY_COMPARE(view.visualRect(view.model()->index(0, 0)).height(), closed);
    }

    void what_is_no_mail_does_not_open() {
        TimelineView view(TimelineView::Size::Full);
        view.setEntries({note("Ask about March")}, m_dates);
        view.setExpanded(0, true);
        QVERIFY(!view.findChild<MailCard*>());
    }

    void a_long_note_takes_more_lines_in_a_narrow_view() {
        TimelineView view(TimelineView::Size::Full);
        view.setEntries({note("Send the Westküste numbers in German, he forwards them to the board before Christmas.")}, m_dates);
        view.resize(900, 300);
        view.show();
        const QModelIndex first = view.model()->index(0, 0);
        QTRY_VERIFY(view.visualRect(first).height() > 0);
        const int wide = view.visualRect(first).height();
        view.resize(260, 300);
        QTRY_VERIFY(view.visualRect(first).height() > wide);
    }

    void the_end_of_the_list_asks_for_the_next_page() {
        TimelineView view(TimelineView::Size::Compact);
        std::vector<TimelineEntry> many(40, note("Ask about March"));
        view.resize(300, 200);
        view.setEntries(many, m_dates);
        view.show();
        QSignalSpy end(&view, &TimelineView::endReached);
        view.scrollToBottom();
        QTRY_VERIFY(end.count() >= 1);
        view.append({note("older")});
        QCOMPARE(view.model()->rowCount(), 41);
    }
};

OUTRIDER_TEST(TimelineViewTest)
#include "timeline_view_test.moc"
