// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/mail_card.h"

#include "support/test_registry.h"
#include "ui/widgets/button.h"

#include <QSignalSpy>
#include <QTest>

using namespace outrider;
using namespace outrider::widgets;

class MailCardTest : public QObject {
    Q_OBJECT

    static QStringList labels(const QWidget& in) {
        QStringList all;
        for (const Label* label : in.findChildren<Label*>())
            all.append(label->accessibleName());
        return all;
    }
    static QList<QWidget*> quotes(const QWidget& in) {
        QList<QWidget*> all;
        for (QWidget* widget : in.findChildren<QWidget*>()) {
            if (widget->accessibleName() == QLatin1String("Quoted"))
                all.append(widget);
        }
        return all;
    }

private Q_SLOTS:
    void quoted_lines_stand_apart_with_the_line_that_introduces_them() {
        const MailCard card({.text = "Yes.\n\nOn Tuesday Mara wrote:\n> Does it suit you?\n>\n> Mara\n\nUntil then.\n"});
        const auto apart = quotes(card);
        QCOMPARE(apart.size(), qsizetype(1));
        QCOMPARE(labels(*apart[0]), QStringList{QStringLiteral("On Tuesday Mara wrote:\nDoes it suit you?\n\nMara")});
        QVERIFY(labels(card).contains(QStringLiteral("Yes.")));
        QVERIFY(labels(card).contains(QStringLiteral("Until then.")));
    }

    void a_text_without_quotes_is_one_piece() {
        const MailCard card({.text = "Three things:\nfirst,\nsecond."});
        QVERIFY(quotes(card).isEmpty());
        QVERIFY(labels(card).contains(QStringLiteral("Three things:\nfirst,\nsecond.")));
    }

    void what_was_left_out_is_one_button_away() {
        MailCard card({.text = "Yes.", .quotedLines = 18});
        QVERIFY(labels(card).contains(QStringLiteral("18 quoted lines")));
        const QSignalSpy wanted(&card, &MailCard::wholeWanted);
        card.findChild<Button*>()->click();
        QCOMPARE(wanted.count(), 1);
    }
};

OUTRIDER_TEST(MailCardTest)
#include "mail_card_test.moc"
