// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/strategy_editor_page.h"

#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/strategies/examples.h"
#include "ui/strategies/preview_pane.h"
#include "ui/strategies/publish_sheet.h"
#include "ui/strategies/step_form.h"
#include "ui/strategies/step_list.h"
#include "ui/strategies/strategies_page.h"
#include "ui/strategies/strategy_list_model.h"
#include "ui/strategies/variable_popup.h"
#include "ui/widgets/button.h"

#include <QAccessible>
#include <QScrollArea>
#include <QTextBlock>

using namespace outrider;
using namespace outrider::strategies;
using test::ScreenFixture;

// The editor and the list on a real workspace, worked as a person does.
class StrategyEditorPageTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ScreenFixture> m_fixture;
    std::unique_ptr<QWidget> m_window;
    StrategyEditorPage* m_page = nullptr;
    StrategyId m_strategy;

    StrategyService& service() { return m_fixture->workspace().strategies(); }

    LeadId addLead(const char* first, const char* last, const char* email) {
        const auto id = ScreenFixture::await(m_fixture->workspace().leads().add(
            {{"first_name", first}, {"last_name", last}, {"email", email}, {"company", "Ostsee Kühlhaus AG"}}));
        return id ? *id : LeadId{};
    }

    StrategyDetail detail() {
        const auto detail = ScreenFixture::await(service().detail(m_strategy));
        return detail ? *detail : StrategyDetail{};
    }

    template <typename T>
    T* shown() const {
        for (T* widget : m_window->findChildren<T*>()) {
            if (widget->isVisible())
                return widget;
        }
        return nullptr;
    }

    void type(const QString& text) { QTest::keyClicks(m_page->stepForm()->body(), text); }

    // What can be reached by Tab and has no name for a screen reader.
    static QStringList nameless(const QWidget& in) {
        QStringList found;
        for (QWidget* widget : in.findChildren<QWidget*>()) {
            QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(widget);
            if (widget->isVisible() && (widget->focusPolicy() & Qt::TabFocus) != 0
                && qobject_cast<QScrollArea*>(widget) == nullptr && widget->focusProxy() == nullptr && accessible != nullptr
                && accessible->text(QAccessible::Name).isEmpty())
                found.append(QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ')
                             + widget->parentWidget()->accessibleName());
        }
        return found;
    }

private Q_SLOTS:
    void init() {
        m_fixture = std::make_unique<ScreenFixture>();
        QVERIFY(m_fixture->open());
        Mailbox mailbox = MailboxService::guess("mara@harborline.example");
        mailbox.displayName = "Mara Lindqvist";
        QVERIFY(ScreenFixture::await(m_fixture->workspace().mailboxes().add(mailbox, nullptr)));
        QVERIFY(addLead("Zoë", "Brandt", "z.brandt@ostsee.example"));
        const auto id = ScreenFixture::await(service().create("Dock delays", examples().front().version));
        VERIFY_OK(id);
        m_strategy = *id;
        m_window = std::make_unique<QWidget>();
        m_window->resize(1240, 860);
        m_page = new StrategyEditorPage(*m_fixture->context, m_window.get());
        m_page->resize(m_window->size());
        m_window->show();
        m_page->openStrategy(m_strategy);
        m_page->enter();
        QTRY_COMPARE(m_page->draft().stepCount(), 4);
        QTRY_COMPARE(m_page->steps()->current(), 0);
    }
    void cleanup() {
        m_window.reset();
        m_fixture.reset();
    }

    void every_example_can_be_published_as_it_is() {
        QCOMPARE(examples().size(), std::size_t(4));
        for (const Example& example : examples()) {
            const auto checks = ScreenFixture::await(service().check(example.version));
            VERIFY_OK(checks);
            for (const StrategyCheck& check : *checks)
                QVERIFY2(check.severity != StrategyCheck::Severity::Error, qPrintable(example.name));
            VERIFY_OK(StrategyService::fromJson(StrategyService::toJson({.name = "x"}, example.version)));
        }
    }

    void everything_one_can_act_on_has_a_name() {
        QCOMPARE(nameless(*m_window), QStringList());
        for (const auto& entry : m_fixture->commands->all()) {
            if (entry.command.id == QLatin1String("strategy.schedule") || entry.command.id == QLatin1String("strategy.enrol"))
                entry.action->trigger();
        }
        QVERIFY(shown<widgets::Sheet>() != nullptr);
        QCOMPARE(nameless(*m_window), QStringList());
    }

    void an_edit_shows_as_unsaved_until_it_is_taken_back() {
        QVERIFY(!m_page->showsUnsaved());
        QVERIFY(m_page->mayLeave());
        m_page->stepForm()->focusText();
        type(QStringLiteral("PS "));
        QVERIFY(m_page->showsUnsaved());
        while (m_page->draft().undo())
            ;
        QVERIFY(!m_page->showsUnsaved());
        QCOMPARE(m_page->stepForm()->body()->templateText(), QString::fromStdString(detail().version.steps.front().body));
    }

    void leaving_with_edits_asks_and_stays() {
        m_page->draft().remove(3);
        QVERIFY(!m_page->mayLeave());
        auto* sheet = shown<widgets::Sheet>();
        QVERIFY(sheet != nullptr);
        sheet->finish();
        QCOMPARE(m_page->draft().stepCount(), 3); // nothing was lost by asking
        QCOMPARE(m_fixture->go.went, 0);
    }

    void publishing_makes_the_next_version() {
        m_page->draft().add(3, Channel::Call);
        for (const auto& entry : m_fixture->commands->all()) {
            if (entry.command.id == QLatin1String("strategy.publish"))
                entry.action->trigger();
        }
        auto* sheet = shown<PublishSheet>();
        QVERIFY(sheet != nullptr);
        sheet->publishButton()->click();
        QTRY_COMPARE(detail().summary.versionNumber, 2);
        QCOMPARE(detail().version.steps.size(), std::size_t(5));
        QTRY_VERIFY(!m_page->showsUnsaved());
    }

    void who_is_in_it_finishes_on_the_old_version_unless_moved() {
        const auto lead = addLead("Tobias", "Rühl", "t.ruehl@ostsee.example");
        VERIFY_OK(ScreenFixture::await(service().enrol(m_strategy, LeadSelection::one(lead), "test")));
        const auto enrolledIn = [&] {
            const auto found = ScreenFixture::await(m_fixture->workspace().leads().detail(lead));
            return found ? found->enrolments.front().version.number : 0;
        };
        for (const bool moves : {false, true}) {
            Step step = m_page->draft().step(0);
            step.body += "\nPS";
            m_page->draft().edit(0, step, QStringLiteral("body"));
            StrategySummary summary = detail().summary;
            auto* sheet = new PublishSheet(m_page, *m_fixture->context, m_page->draft(), summary);
            sheet->open();
            QVERIFY(!sheet->movesRunning()); // nobody is moved without being asked for
            sheet->setMovesRunning(moves);
            sheet->publishButton()->click();
            QTRY_COMPARE(detail().summary.versionNumber, summary.versionNumber + 1);
            QCOMPARE(enrolledIn(), moves ? 3 : 1);
        }
    }

    void braces_offer_the_fields_and_enter_takes_one() {
        TemplateEdit* body = m_page->stepForm()->body();
        body->setTemplate({});
        body->setFocus();
        QTRY_VERIFY(body->hasFocus());
        type(QStringLiteral("Hi {{first"));
        QVERIFY(body->isCompleting());
        QTest::keyClick(body, Qt::Key_Return);
        QVERIFY(!body->isCompleting());
        QCOMPARE(body->templateText(), QStringLiteral("Hi {{first_name}}"));
        QCOMPARE(m_page->draft().step(0).body, std::string("Hi {{first_name}}"));
    }

    void the_preview_names_the_missing_field_and_the_lead() {
        const LeadId lead = addLead("Amina", "Diallo", "a.diallo@globalport.example");
        TemplateEdit* body = m_page->stepForm()->body();
        body->setTemplate({});
        body->setFocus();
        body->insertPlainText(QStringLiteral("Hello {{first_name}} in {{city}}"));
        m_page->preview()->setLead(lead, QStringLiteral("Amina Diallo"));
        QTRY_VERIFY(m_page->preview()->problemText().contains(QStringLiteral("Amina Diallo")));
        QVERIFY2(m_page->preview()->problemText().contains(QStringLiteral("city")), qPrintable(m_page->preview()->problemText()));
        // The editor marks it, and only it.
        const auto pills = body->pillsOf(body->document()->firstBlock());
        QCOMPARE(pills.size(), 2);
        QVERIFY(!pills[0].warns);
        QVERIFY(pills[1].warns);
        QTRY_VERIFY(m_page->preview()->checkTexts().join(QLatin1Char(' ')).contains(QStringLiteral("have no city")));
    }

    void the_list_shows_a_strategy_and_a_file_makes_another() {
        StrategiesPage list(*m_fixture->context);
        list.resize(1000, 600);
        list.show();
        list.enter();
        QTRY_COMPARE(list.model()->rowCount(), 1);
        const StrategyDetail now = detail();
        list.importText(QByteArray::fromStdString(StrategyService::toJson(now.summary.strategy, now.version)));
        QTRY_COMPARE(list.model()->rowCount(), 2); // of the same name: it got another
        QVERIFY(m_fixture->go.strategy);
        QVERIFY(m_fixture->go.strategy != m_strategy);
        list.importText("{}");
        QCOMPARE(m_fixture->tell.errors.size(), std::size_t(1));
        QCOMPARE(m_fixture->tell.errors.front().code, ErrorCode::UnsupportedFormat);
    }
};

OUTRIDER_TEST(StrategyEditorPageTest)
#include "strategy_editor_page_test.moc"
