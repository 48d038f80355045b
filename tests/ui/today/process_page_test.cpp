// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/process_page.h"

#include "core/services/suppression_service.h"
#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/today/task_card.h"
#include "ui/today/task_note.h"
#include "ui/widgets/basics.h"

#include <QDesktopServices>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QUrl>
#include <QVBoxLayout>

using namespace outrider;
using test::ScreenFixture;

namespace {

// Takes what would be handed to the softphone.
class Dialled : public QObject {
    Q_OBJECT
public:
    Dialled() { QDesktopServices::setUrlHandler(QStringLiteral("tel"), this, "open"); }
    ~Dialled() override { QDesktopServices::unsetUrlHandler(QStringLiteral("tel")); }
    QList<QUrl> urls;
public Q_SLOTS:
    void open(const QUrl& url) { urls << url; }
};

} // namespace

class ProcessPageTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ScreenFixture> m_fixture;
    std::unique_ptr<QWidget> m_window;
    today::ProcessPage* m_page = nullptr;
    std::vector<LeadId> m_leads;

    Workspace& workspace() { return m_fixture->workspace(); }
    template <typename T>
    Result<T> await(QFuture<Result<T>> future) {
        return ScreenFixture::await(std::move(future));
    }

    // Three people at the first e-mail of a strategy; `body` is its template.
    void enrolThree(const std::string& body = "Hello {{first_name}},\n\na short question.") {
        Mailbox mailbox{.address = "mara@harborline.example", .displayName = "Mara Lindqvist"};
        mailbox.smtp = {.host = "localhost", .port = 2525, .tls = TlsMode::None};
        mailbox.imap = {.host = "localhost", .port = 2143, .tls = TlsMode::None};
        mailbox.userName = "mara";
        VERIFY_OK(await(workspace().mailboxes().add(mailbox, std::make_shared<SecureBytes>(std::string_view("secret")))));
        for (const auto& [first, last] :
             {std::pair("Amina", "Diallo"), std::pair("Zoë", "Brandt"), std::pair("Aoife", "Byrne")}) {
            const auto lead = await(workspace().leads().add({{"first_name", first},
                                                             {"last_name", last},
                                                             {"email", std::string(last) + "@globalport.example"},
                                                             {"phone", "+31 10 555 0142"},
                                                             {"time_zone", "Europe/Berlin"}}));
            VERIFY_OK(lead);
            m_leads.push_back(*lead);
        }
        StrategyVersion version;
        version.steps.push_back({.channel = Channel::Email, .subject = "About {{company|your work}}", .body = body});
        version.steps.push_back({.position = 1, .channel = Channel::Call, .dayOffset = 2, .subject = "Call", .body = "Ask."});
        const auto strategy = await(workspace().strategies().create("Dock delays", version));
        VERIFY_OK(strategy);
        VERIFY_OK(await(workspace().strategies().enrol(*strategy, {m_leads, std::nullopt}, "test")));
    }

    void start() {
        m_page->start();
        QTRY_COMPARE(progress(), QStringLiteral("Task 1 of 3"));
        QTRY_VERIFY(primaryIsReady());
        QTRY_VERIFY(card()->hasFocus());
    }

    QString label(const QString& start) {
        for (auto* each : m_page->findChildren<widgets::Label*>()) {
            if (each->isVisible() && each->text().startsWith(start))
                return each->accessibleName();
        }
        return {};
    }
    QString progress() { return label(QStringLiteral("Task ")); }
    today::TaskCard* card() {
        for (auto* each : m_page->findChildren<today::TaskCard*>()) {
            if (each->isVisible())
                return each;
        }
        return nullptr;
    }
    bool primaryIsReady() {
        return card() != nullptr && !card()->accessibleDescription().isEmpty()
               && card()->accessibleDescription().contains(name());
    }
    QString name() { return m_page->subject().section(QLatin1Char(' '), 0, 0); }
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QWidget* focus = QApplication::focusWidget();
        QTest::keyClick(focus != nullptr ? focus : m_page, Qt::Key(key), modifiers);
    }
    std::vector<QueueItem> queue() {
        const auto today = await(workspace().queue().today());
        return today ? today->items : std::vector<QueueItem>();
    }

private Q_SLOTS:
    void init() {
        m_fixture = std::make_unique<ScreenFixture>();
        QVERIFY(m_fixture->open());
        m_leads.clear();
        m_window = std::make_unique<QWidget>();
        m_page = new today::ProcessPage(*m_fixture->context);
        (new QVBoxLayout(m_window.get()))->addWidget(m_page);
        m_window->resize(1280, 720);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void cleanup() {
        m_window.reset();
        m_fixture.reset();
    }

    void enter_sends_and_shows_the_next_task() {
        enrolThree();
        start();
        const QString first = m_page->subject();
        press(Qt::Key_Return);
        QCOMPARE(progress(), QStringLiteral("Task 2 of 3")); // at once, not when it is stored
        QVERIFY(m_page->subject() != first);
        QTRY_COMPARE(m_fixture->tell.sent, QStringList{first});
        QCOMPARE(queue().size(), std::size_t(2));
    }

    void after_the_last_task_it_goes_back_to_today() {
        enrolThree();
        start();
        for (int i = 0; i < 3; ++i) {
            QTRY_VERIFY(primaryIsReady());
            press(Qt::Key_Return);
        }
        QTRY_COMPARE(m_fixture->go.went, 1);
        QVERIFY(queue().empty());
    }

    void x_skips_and_u_brings_the_task_back() {
        enrolThree();
        start();
        const QString first = m_page->subject();
        press(Qt::Key_X);
        QCOMPARE(progress(), QStringLiteral("Task 2 of 3"));
        QTRY_COMPARE(m_fixture->tell.said.size(), 1);
        QVERIFY(m_fixture->tell.said.first().contains(QStringLiteral("step 1 skipped")));
        press(Qt::Key_U);
        QTRY_COMPARE(progress(), QStringLiteral("Task 1 of 3"));
        QCOMPARE(m_page->subject(), first);
        QCOMPARE(queue().size(), std::size_t(3));
    }

    void an_undo_elsewhere_in_the_window_brings_the_task_back_too() {
        enrolThree();
        start();
        press(Qt::Key_X);
        QTRY_COMPARE(m_fixture->tell.said.size(), 1);
        VERIFY_OK(await(workspace().history().undo()));
        QTRY_COMPARE(progress(), QStringLiteral("Task 1 of 3"));
    }

    void s_3_snoozes_until_tomorrow() {
        enrolThree();
        start();
        press(Qt::Key_S);
        press(Qt::Key_3);
        QTRY_COMPARE(progress(), QStringLiteral("Task 2 of 3"));
        QTRY_COMPARE(queue().size(), std::size_t(2));
        const auto tomorrow = await(workspace().queue().onDate(std::chrono::sys_days(std::chrono::year(2026) / 11 / 20)));
        VERIFY_OK(tomorrow);
        QCOMPARE(tomorrow->items.size(), std::size_t(1));
        QCOMPARE(tomorrow->items.front().dueAt, workspace().queue().snoozeUntil(QueueService::Snooze::Tomorrow));
    }

    void letters_are_text_while_a_note_is_written() {
        enrolThree();
        start();
        press(Qt::Key_N);
        auto* note = m_page->findChild<today::TaskNote*>();
        QVERIFY(note->isWriting());
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("x d u 3"));
        press(Qt::Key_Return);
        QCOMPARE(note->text(), QStringLiteral("x d u 3"));
        QCOMPARE(progress(), QStringLiteral("Task 1 of 3"));
        press(Qt::Key_Escape);
        QVERIFY(card()->hasFocus());
        QCOMPARE(queue().size(), std::size_t(3));
    }

    void a_note_is_kept_while_it_is_written_and_goes_with_the_deed() {
        enrolThree();
        start();
        const TaskId task = queue().front().task;
        const LeadId lead = queue().front().lead;
        press(Qt::Key_N);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("ask about the gate"));
        const auto kept = [&] {
            const auto detail = await(workspace().queue().open(task));
            return detail ? detail->noteDraft : std::string("?");
        };
        QTRY_COMPARE(kept(), std::string("ask about the gate"));
        press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(m_fixture->tell.sent.size(), 1);
        QCOMPARE(kept(), std::string());
        const auto timeline = await(workspace().leads().timeline(lead, {}, 10));
        VERIFY_OK(timeline);
        QVERIFY(std::ranges::any_of(timeline->entries,
                                    [](const TimelineEntry& entry) { return entry.activity.text == "ask about the gate"; }));
    }

    void a_completion_that_fails_brings_its_task_back_with_its_note() {
        enrolThree();
        start();
        const QString first = m_page->subject();
        press(Qt::Key_N);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("keep me"));
        press(Qt::Key_Escape);
        // On its way to the store before Enter, so the page cannot know of it yet.
        const auto email = await(workspace().leads().detail(queue().front().lead))->lead.email;
        auto suppressed = workspace().suppressions().add(email, SuppressionReason::Manual, "test", false);
        press(Qt::Key_Return);
        QCOMPARE(progress(), QStringLiteral("Task 2 of 3"));
        QTRY_COMPARE(progress(), QStringLiteral("Task 1 of 3"));
        VERIFY_OK(await(std::move(suppressed)));
        QCOMPARE(m_page->subject(), first);
        QCOMPARE(m_page->findChild<today::TaskNote*>()->text(), QStringLiteral("keep me"));
        QVERIFY(!label(first + QStringLiteral(" is still")).isEmpty() || !label(QStringLiteral("\u2068") + first).isEmpty());
        QVERIFY(m_fixture->tell.sent.isEmpty());
    }

    void a_mail_with_a_missing_field_is_not_sent_until_it_is_filled_in() {
        enrolThree("Hello {{first_name}}, {{job_title}}.");
        start();
        QCOMPARE(card()->problem().field, QStringLiteral("job_title"));
        press(Qt::Key_Return);
        QCOMPARE(progress(), QStringLiteral("Task 1 of 3"));
        auto* input = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        QVERIFY(input != nullptr);
        QTest::keyClicks(input, QStringLiteral("VP Operations"));
        press(Qt::Key_Return);
        QTRY_VERIFY(card()->problem().sentence.isEmpty());
        QVERIFY(card()->hasFocus());
        press(Qt::Key_Return);
        QTRY_COMPARE(m_fixture->tell.sent.size(), 1);
    }

    void what_was_edited_is_what_is_sent() {
        enrolThree();
        start();
        const LeadId lead = queue().front().lead;
        press(Qt::Key_E);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("PS "));
        press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(m_fixture->tell.sent.size(), 1);
        const auto outbox = await(workspace().outbox().list({OutboxState::Held, OutboxState::Queued}, 10));
        VERIFY_OK(outbox);
        QCOMPARE(outbox->size(), std::size_t(1));
        const auto mails = await(workspace().inbox().conversation(lead, 5));
        VERIFY_OK(mails);
        QVERIFY(mails->front().text.starts_with("PS Hello"));
    }

    void a_call_is_dialled_by_enter_and_ended_by_its_outcome() {
        enrolThree();
        VERIFY_OK(await(workspace().leads().addTask(m_leads.front(), Channel::Call, "Berth slots",
                                                    m_fixture->clock.now() - std::chrono::hours(30))));
        Dialled dialled;
        m_page->start();
        QTRY_COMPARE(progress(), QStringLiteral("Task 1 of 4")); // overdue comes first
        QTRY_VERIFY(primaryIsReady());
        press(Qt::Key_Return);
        QCOMPARE(dialled.urls.size(), 1);
        QCOMPARE(dialled.urls.first().toString(), QStringLiteral("tel:+31105550142"));
        QCOMPARE(progress(), QStringLiteral("Task 1 of 4"));
        press(Qt::Key_3);
        QCOMPARE(progress(), QStringLiteral("Task 2 of 4"));
        QTRY_COMPARE(m_fixture->tell.said.size(), 1);
        const auto timeline = await(workspace().leads().timeline(m_leads.front(), {}, 10));
        VERIFY_OK(timeline);
        QVERIFY(std::ranges::any_of(timeline->entries, [](const TimelineEntry& entry) {
            return entry.activity.kind == ActivityKind::Call && entry.activity.disposition == Disposition::Talked
                   && entry.activity.durationSeconds;
        }));
    }

    void a_call_that_no_program_takes_is_said_to_be_dialled_by_hand() {
        enrolThree();
        VERIFY_OK(await(workspace().leads().addTask(m_leads.front(), Channel::Call, "Berth slots",
                                                    m_fixture->clock.now() - std::chrono::hours(30))));
        m_page->start();
        QTRY_COMPARE(progress(), QStringLiteral("Task 1 of 4"));
        QTRY_VERIFY(primaryIsReady());
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("does not support")));
        press(Qt::Key_Return);
        const auto labels = m_page->findChildren<widgets::Label*>();
        QVERIFY(std::ranges::any_of(labels, [](const widgets::Label* label) {
            return label->text().startsWith(QLatin1String("No program here takes calls"));
        }));
    }

    void an_outcome_on_an_e_mail_sends_nothing() {
        enrolThree();
        start();
        press(Qt::Key_4); // they agreed to a meeting on another way
        QTRY_COMPARE(m_fixture->tell.said.size(), 1);
        const auto counts = await(workspace().outbox().counts());
        VERIFY_OK(counts);
        QCOMPARE(counts->waiting, 0);
        QCOMPARE(queue().size(), std::size_t(2));
    }

    void j_and_k_move_without_doing_anything() {
        enrolThree();
        start();
        press(Qt::Key_J);
        QCOMPARE(progress(), QStringLiteral("Task 2 of 3"));
        press(Qt::Key_K);
        QCOMPARE(progress(), QStringLiteral("Task 1 of 3"));
        QCOMPARE(queue().size(), std::size_t(3));
    }
};

OUTRIDER_TEST(ProcessPageTest)
#include "process_page_test.moc"
