// SPDX-License-Identifier: GPL-3.0-or-later
// Earlier mail in the inbox: found, looked at, filed or left.
#include "core/services/mail_history_service.h"
#include "support/test_registry.h"
#include "ui/inbox/inbox_page.h"
#include "ui/inbox/ingest_banner.h"
#include "ui/inbox/ingest_sheet.h"
#include "ui/inbox/mail_desk.h"
#include "ui/inbox/row_list.h"

#include <QAbstractButton>

using namespace outrider;
using namespace outrider::inbox;
using test::ScreenFixture;

class InboxEarlierTest : public QObject {
    Q_OBJECT

    using Desk = test::MailDesk<InboxPage>;
    std::unique_ptr<Desk> m_desk;
    LeadId m_zoe;

    QAbstractButton* button(const QString& text) {
        for (QAbstractButton* one : m_desk->window->findChildren<QAbstractButton*>()) {
            if (one->isVisible() && one->text() == text)
                return one;
        }
        return nullptr;
    }

    void press(const QString& text) {
        QTRY_VERIFY2(button(text) != nullptr, qPrintable(text));
        button(text)->click();
    }

    IngestBanner* banner() { return m_desk->page->findChild<IngestBanner*>(); }

    std::int64_t messages() {
        const auto found = ScreenFixture::await(m_desk->workspace().inbox().conversation(m_zoe, 10));
        return found ? std::int64_t(found->size()) : -1;
    }

    void look() {
        m_desk->show();
        QTRY_VERIFY(banner()->isVisible());
        QVERIFY(m_desk->says(QStringLiteral("2 older messages of")));
        press(QStringLiteral("Look at them"));
        QTRY_VERIFY(m_desk->window->findChild<IngestSheet*>() != nullptr);
    }

private Q_SLOTS:
    void init() {
        m_desk = std::make_unique<Desk>();
        QVERIFY(m_desk->addMailbox());
        m_zoe = m_desk->addLead("Zoë Brandt", "zoe@nordwerft.example");
        m_desk->receive("Zoë Brandt <zoe@nordwerft.example>", "We spoke in spring.");
        m_desk->receive("Zoë Brandt <zoe@nordwerft.example>", "And in summer.");
        m_desk->receive("Nobody <nobody@elsewhere.example>", "Hello.");
        VERIFY_OK(ScreenFixture::await(m_desk->workspace().mailHistory().gather(m_desk->mailbox, {}, {})));
    }
    void cleanup() { m_desk.reset(); }

    void it_is_shown_before_anything_is_filed_and_filed_as_one() {
        look();
        QVERIFY(m_desk->says(QStringLiteral("Among them: 2 replies.")));
        QVERIFY(m_desk->says(QStringLiteral("One undo takes all of it back.")));
        QCOMPARE(m_desk->window->findChild<IngestSheet*>()->findChild<RowList*>()->count(), 1);
        QCOMPARE(messages(), std::int64_t(0));
        press(QStringLiteral("File 2 messages"));
        QTRY_VERIFY(!m_desk->tell.said.isEmpty());
        QCOMPARE(m_desk->tell.said.last(), QStringLiteral("Filed 2 earlier messages"));
        QVERIFY(m_desk->tell.canUndo);
        QCOMPARE(messages(), std::int64_t(2));
        QTRY_VERIFY(!banner()->isVisible());
    }

    void left_alone_it_is_not_spoken_of_again() {
        look();
        press(QStringLiteral("Leave them"));
        QTRY_VERIFY(!banner()->isVisible());
        QCOMPARE(messages(), std::int64_t(0));
    }

    void later_it_is_still_there() {
        look();
        press(QStringLiteral("Later"));
        QTRY_VERIFY(m_desk->window->findChild<IngestSheet*>() == nullptr);
        QVERIFY(banner()->isVisible());
    }
};

OUTRIDER_TEST(InboxEarlierTest)
#include "inbox_earlier_test.moc"
