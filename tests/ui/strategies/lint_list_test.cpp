// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/lint_list.h"

#include "core/services/mailbox_service.h"
#include "core/services/writing_service.h"
#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/strategies/message_bar.h"

#include <QAbstractButton>
#include <QSignalSpy>

using namespace outrider;
using namespace outrider::strategies;
using test::ScreenFixture;

// Remarks on a draft, and what goes with its messages.
class LintListTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ScreenFixture> m_fixture;
    std::unique_ptr<QWidget> m_window;
    StrategyDraft m_draft;

    static StrategyVersion oneMail(std::string body) {
        StrategyVersion version;
        version.steps.push_back({.channel = Channel::Email, .subject = "Ramps", .body = std::move(body)});
        return version;
    }

    bool says(const LintList& list, const QString& words) {
        for (const QString& text : list.texts()) {
            if (text.contains(words))
                return true;
        }
        return false;
    }

    QAbstractButton* button(const QString& start) {
        for (auto* each : m_window->findChildren<QAbstractButton*>()) {
            if (each->isVisible() && each->accessibleName().startsWith(start))
                return each;
        }
        return nullptr;
    }

private Q_SLOTS:
    void init() {
        m_fixture = std::make_unique<ScreenFixture>();
        QVERIFY(m_fixture->open());
        Mailbox mailbox = MailboxService::guess("mara@harborline.example");
        mailbox.optOutLine = "Tell me, and I will not write again.";
        QVERIFY(ScreenFixture::await(m_fixture->workspace().mailboxes().add(mailbox, nullptr)));
        m_window = std::make_unique<QWidget>();
        m_window->resize(400, 600);
    }
    void cleanup() {
        m_window.reset();
        m_fixture.reset();
    }

    void a_remark_is_fixed_where_it_can_be() {
        m_draft.reset(oneMail("Übrigens, with the the same crew."), true);
        auto* list = new LintList(*m_fixture->context, m_draft, m_window.get());
        list->resize(m_window->size());
        m_window->show();
        list->showStep(0);
        QTRY_VERIFY(says(*list, QStringLiteral("twice")));
        QVERIFY(button(QStringLiteral("Fix")) != nullptr);
        button(QStringLiteral("Fix"))->click();
        QCOMPARE(m_draft.step(0).body, std::string("Übrigens, with the same crew."));
        QTRY_VERIFY(!says(*list, QStringLiteral("twice")));
        m_draft.undo();
        QCOMPARE(m_draft.step(0).body, std::string("Übrigens, with the the same crew."));
    }

    void a_remark_tells_where_it_is_in_characters() {
        m_draft.reset(oneMail("Für Köln: siehe https://bit.ly/x"), true);
        auto* list = new LintList(*m_fixture->context, m_draft, m_window.get());
        list->resize(m_window->size());
        m_window->show();
        list->showStep(0);
        QTRY_VERIFY(says(*list, QStringLiteral("bit.ly")));
        QSignalSpy asked(list, &LintList::placeAsked);
        for (auto* each : m_window->findChildren<QAbstractButton*>()) {
            if (each->accessibleName().startsWith(QStringLiteral("Show"))
                && each->accessibleName().contains(QStringLiteral("bit.ly")))
                each->click();
        }
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.first().at(3).toInt(), 16);
        QCOMPARE(asked.first().at(4).toInt(), 16);
    }

    void files_of_a_step_are_saved_at_once() {
        const auto id = ScreenFixture::await(m_fixture->workspace().strategies().create("Ramps", oneMail("Hi")));
        VERIFY_OK(id);
        const auto detail = ScreenFixture::await(m_fixture->workspace().strategies().detail(*id));
        const Step step = detail->version.steps.front();
        auto* bar = new MessageBar(*m_fixture->context, m_window.get());
        m_window->show();
        bar->setStrategy(*id);
        bar->showStep(&step);
        MailAttachment file{
            .name = "deck.pdf", .mediaType = "application/pdf", .data = std::make_shared<const std::string>("%PDF")};
        VERIFY_OK(ScreenFixture::await(m_fixture->workspace().writing().setAttachments(step.id, {file})));
        bar->refresh();
        QTRY_VERIFY(button(QStringLiteral("Take off deck.pdf")) != nullptr);
        button(QStringLiteral("Take off deck.pdf"))->click();
        QTRY_VERIFY(ScreenFixture::await(m_fixture->workspace().writing().attachmentsOf(step.id))->empty());
        Step call{.channel = Channel::Call};
        bar->showStep(&call);
        QVERIFY(!bar->isVisible());
    }
};

OUTRIDER_TEST(LintListTest)
#include "lint_list_test.moc"
