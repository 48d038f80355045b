// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/mail_form.h"

#include "core/services/lead_service.h"
#include "core/services/mailbox_service.h"
#include "core/services/outbox_service.h"
#include "core/services/writing_service.h"
#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/lead_view/attachment_row.h"
#include "ui/lead_view/growing_text.h"

#include <QAbstractButton>
#include <QDropEvent>
#include <QFile>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>

using namespace outrider;
using test::ScreenFixture;

// A message by hand: files dropped on it, snippets put in.
class MailFormTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ScreenFixture> m_fixture;
    std::unique_ptr<QWidget> m_window;
    lead_view::MailForm* m_form = nullptr;
    LeadId m_lead;
    QTemporaryDir m_folder;

    QAbstractButton* button(const QString& name) const {
        for (auto* each : m_window->findChildren<QAbstractButton*>()) {
            if (each->isVisible() && each->accessibleName() == name)
                return each;
        }
        return nullptr;
    }
    QLineEdit* subject() const { return m_form->findChild<QLineEdit*>(); }
    lead_view::GrowingText* body() const { return m_form->findChild<lead_view::GrowingText*>(); }

private Q_SLOTS:
    void init() {
        m_fixture = std::make_unique<ScreenFixture>();
        QVERIFY(m_fixture->open());
        QVERIFY(ScreenFixture::await(
            m_fixture->workspace().mailboxes().add(MailboxService::guess("mara@harborline.example"), nullptr)));
        const auto lead = ScreenFixture::await(m_fixture->workspace().leads().add(
            {{"first_name", "Zoë"}, {"last_name", "Brandt"}, {"email", "zoe@nordwind.example"}}));
        VERIFY_OK(lead);
        m_lead = *lead;
        m_window = std::make_unique<QWidget>();
        m_window->resize(900, 500);
        m_form = new lead_view::MailForm(*m_fixture->context, m_window.get());
        m_form->resize(m_window->size());
        m_window->show();
        m_form->start(m_lead, QStringLiteral("Zoë Brandt"), {});
        m_form->writeNew();
        QTRY_VERIFY(m_form->draft().base.has_value());
    }
    void cleanup() {
        m_window.reset();
        m_fixture.reset();
    }

    void a_file_dropped_on_the_text_goes_along() {
        QFile file(m_folder.filePath(QStringLiteral("Überblick.pdf")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("%PDF-1.4\n") == 9);
        file.close();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file.fileName())});
        QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(body()->viewport(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(body()->viewport(), &drop);
        QVERIFY(drop.isAccepted());
        QTRY_VERIFY(button(QStringLiteral("Take off Überblick.pdf")) != nullptr);
        QVERIFY(body()->toPlainText().isEmpty()); // not the path as text
        QVERIFY(m_form->draft().isWorthKeeping());

        subject()->setText(QStringLiteral("The overview"));
        body()->setPlainText(QStringLiteral("As promised."));
        QVERIFY(button(QStringLiteral("Send")) != nullptr);
        button(QStringLiteral("Send"))->click();
        QTRY_VERIFY(!m_form->draft().base);
        const auto waiting =
            ScreenFixture::await(m_fixture->workspace().outbox().list({OutboxState::Held, OutboxState::Queued}, 5));
        QCOMPARE(waiting->size(), std::size_t(1));
        const auto files = ScreenFixture::await(m_fixture->workspace().writing().attachmentsOf(waiting->front().item.message));
        QCOMPARE(files->size(), std::size_t(1));
        QCOMPARE(files->front().name, std::string("Überblick.pdf"));
        QVERIFY(!m_form->findChild<lead_view::AttachmentRow*>()->isVisible()); // the next message begins without it
    }

    void a_file_that_cannot_be_read_is_told() {
        m_form->findChild<lead_view::AttachmentRow*>()->add({m_folder.filePath(QStringLiteral("nothing.pdf"))});
        QTRY_COMPARE(m_fixture->tell.errors.size(), std::size_t(1));
        QVERIFY(m_fixture->tell.errors.front().code == ErrorCode::FileNotFound);
    }

    void a_snippet_is_put_in_filled_for_the_lead() {
        VERIFY_OK(ScreenFixture::await(m_fixture->workspace().writing().addSnippet("thanks", "Thank you, {{first_name}}.")));
        QVERIFY(button(QStringLiteral("Insert a snippet")) != nullptr);
        button(QStringLiteral("Insert a snippet"))->click();
        QListView* list = nullptr;
        QTRY_VERIFY((list = m_window->findChild<QListView*>()) != nullptr && list->isVisible());
        QTest::keyClick(list, Qt::Key_Return);
        QTRY_COMPARE(body()->toPlainText(), QStringLiteral("Thank you, Zoë."));
    }
};

OUTRIDER_TEST(MailFormTest)
#include "mail_form_test.moc"
