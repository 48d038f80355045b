// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/commands.h"

#include "support/test_registry.h"
#include "ui/frame/preferences.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>

#include <memory>

using namespace outrider;
using frame::Commands;

// Keys as a person presses them, in a small window: a page with a list and a text field, and another.
class CommandsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<frame::Preferences> m_preferences;
    std::unique_ptr<Commands> m_commands;
    std::unique_ptr<QWidget> m_window;
    QWidget* m_page = nullptr;
    QListWidget* m_list = nullptr;
    QLineEdit* m_text = nullptr;
    QPushButton* m_elsewhere = nullptr;
    int m_ran = 0;

    QAction* add(QWidget* owner, const char* id, std::initializer_list<const char*> keys) {
        QList<QKeySequence> list;
        for (const char* key : keys)
            list.append(QKeySequence(QString::fromLatin1(key)));
        return m_commands->add(owner, {.id = QString::fromLatin1(id), .text = QString::fromLatin1(id), .keys = list},
                               [this]() { ++m_ran; });
    }

private Q_SLOTS:
    void init() {
        m_settings = std::make_unique<QSettings>(m_folder.filePath(QStringLiteral("ui.ini")), QSettings::IniFormat);
        m_settings->clear();
        m_preferences = std::make_unique<frame::Preferences>(*m_settings);
        m_commands = std::make_unique<Commands>();
        m_commands->keepIn(*m_preferences);
        m_window = std::make_unique<QWidget>();
        auto* rows = new QVBoxLayout(m_window.get());
        m_page = new QWidget;
        auto* inner = new QVBoxLayout(m_page);
        m_list = new QListWidget;
        m_list->addItems({QStringLiteral("Ada"), QStringLiteral("Zoë")});
        m_text = new QLineEdit;
        inner->addWidget(m_list);
        inner->addWidget(m_text);
        m_elsewhere = new QPushButton(QStringLiteral("elsewhere"));
        rows->addWidget(m_page);
        rows->addWidget(m_elsewhere);
        m_window->show();
        QApplication::setActiveWindow(m_window.get());
        m_ran = 0;
    }
    void cleanup() {
        m_window.reset();
        m_commands.reset();
    }

    void a_letter_acts_while_its_page_has_the_focus() {
        add(m_page, "skip", {"X"});
        m_list->setFocus();
        QTest::keyClick(m_list, Qt::Key_X);
        QCOMPARE(m_ran, 1);
    }
    void a_letter_is_typed_while_a_text_field_has_the_focus() {
        add(m_page, "skip", {"X"});
        add(m_window.get(), "help", {"?"});
        m_text->setFocus();
        QTest::keyClicks(m_text, QStringLiteral("x?"));
        QCOMPARE(m_ran, 0);
        QCOMPARE(m_text->text(), QStringLiteral("x?"));
    }
    void a_letter_does_nothing_while_the_focus_is_elsewhere() {
        add(m_page, "skip", {"X"});
        m_elsewhere->setFocus();
        QTest::keyClick(m_elsewhere, Qt::Key_X);
        QCOMPARE(m_ran, 0);
    }
    void a_chord_acts_wherever_the_focus_is() {
        add(m_page, "process", {"Ctrl+P"});
        m_elsewhere->setFocus();
        QTest::keyClick(m_elsewhere, Qt::Key_P, Qt::ControlModifier);
        m_text->setFocus();
        QTest::keyClick(m_text, Qt::Key_P, Qt::ControlModifier);
        QCOMPARE(m_ran, 2);
    }
    void nothing_acts_on_a_page_that_is_not_shown() {
        add(m_page, "process", {"Ctrl+P"});
        m_page->hide();
        m_elsewhere->setFocus();
        QTest::keyClick(m_elsewhere, Qt::Key_P, Qt::ControlModifier);
        QCOMPARE(m_ran, 0);
        QVERIFY(m_commands->available().isEmpty());
    }
    void undo_takes_back_typing_first_and_then_the_last_act() {
        add(m_window.get(), "undo", {"Ctrl+Z"});
        m_text->setFocus();
        QTest::keyClicks(m_text, QStringLiteral("note"));
        QTest::keyClick(m_text, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_ran, 0);
        QCOMPARE(m_text->text(), QString());
        QTest::keyClick(m_text, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_ran, 1);
    }
    void the_owner_nearest_to_the_focus_wins() {
        int nearer = 0;
        add(m_window.get(), "window", {"U"});
        m_commands->add(m_page, {.id = QStringLiteral("page"), .text = QStringLiteral("page"), .keys = {QKeySequence(Qt::Key_U)}},
                        [&nearer]() { ++nearer; });
        m_list->setFocus();
        QTest::keyClick(m_list, Qt::Key_U);
        QCOMPARE(nearer, 1);
        QCOMPARE(m_ran, 0);
    }
    void a_disabled_command_leaves_its_key_to_the_next() {
        QAction* off = add(m_page, "page", {"U"});
        off->setEnabled(false);
        int outer = 0;
        m_commands->add(m_window.get(), {.id = QStringLiteral("window"), .text = {}, .keys = {QKeySequence(Qt::Key_U)}},
                        [&outer]() { ++outer; });
        m_list->setFocus();
        QTest::keyClick(m_list, Qt::Key_U);
        QCOMPARE(outer, 1);
    }
    void two_keys_one_after_the_other_are_one_command() {
        add(m_page, "snooze.tomorrow", {"S, 3"});
        m_list->setFocus();
        QTest::keyClick(m_list, Qt::Key_S);
        QCOMPARE(m_ran, 0);
        QTest::keyClick(m_list, Qt::Key_3);
        QCOMPARE(m_ran, 1);
        QTest::keyClick(m_list, Qt::Key_3);
        QCOMPARE(m_ran, 1);
    }
    void a_held_key_acts_once() {
        add(m_page, "send", {"Return"});
        m_list->setFocus();
        QKeyEvent first(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier);
        QApplication::sendEvent(m_list, &first);
        for (int i = 0; i < 5; ++i) {
            QKeyEvent again(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, QString(), true);
            QApplication::sendEvent(m_list, &again);
        }
        QCOMPARE(m_ran, 1);
    }
    void a_shifted_sign_is_found_on_every_keyboard() {
        add(m_page, "keys", {"?"});
        m_list->setFocus();
        QTest::keyClick(m_list, Qt::Key_Question, Qt::ShiftModifier);
        QCOMPARE(m_ran, 1);
    }
    void keys_can_be_changed_switched_off_and_put_back() {
        QAction* skip = add(m_page, "skip", {"X"});
        m_list->setFocus();
        m_commands->setKeys(QStringLiteral("skip"), {QKeySequence(Qt::Key_W)});
        QCOMPARE(frame::keyText(skip), QStringLiteral("W"));
        QTest::keyClick(m_list, Qt::Key_X);
        QTest::keyClick(m_list, Qt::Key_W);
        QCOMPARE(m_ran, 1);
        m_commands->setKeys(QStringLiteral("skip"), {});
        QTest::keyClick(m_list, Qt::Key_W);
        QCOMPARE(m_ran, 1);
        m_commands->resetKeys(QStringLiteral("skip"));
        QTest::keyClick(m_list, Qt::Key_X);
        QCOMPARE(m_ran, 2);
    }
    void changed_keys_are_known_at_the_next_start() {
        add(m_page, "skip", {"X"});
        m_commands->setKeys(QStringLiteral("skip"), {QKeySequence(Qt::Key_W)});
        Commands again;
        again.keepIn(*m_preferences);
        QAction* skip = again.add(m_page, {.id = QStringLiteral("skip"), .text = {}, .keys = {QKeySequence(Qt::Key_X)}}, []() {});
        QCOMPARE(skip->shortcuts(), QList<QKeySequence>{QKeySequence(Qt::Key_W)});
    }
    void letters_can_be_switched_off_and_chords_stay() {
        add(m_page, "skip", {"X", "Ctrl+Shift+X"});
        m_preferences->setSingleKeys(false);
        m_list->setFocus();
        QTest::keyClick(m_list, Qt::Key_X);
        QCOMPARE(m_ran, 0);
        QTest::keyClick(m_list, Qt::Key_X, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(m_ran, 1);
    }
    void a_layer_keeps_the_keys_of_what_lies_behind_it() {
        add(m_window.get(), "lock", {"Ctrl+L"});
        Commands::setLayer(m_page);
        m_list->setFocus();
        QTest::keyClick(m_list, Qt::Key_L, Qt::ControlModifier);
        QCOMPARE(m_ran, 0);
        m_elsewhere->setFocus();
        QTest::keyClick(m_elsewhere, Qt::Key_L, Qt::ControlModifier);
        QCOMPARE(m_ran, 1);
    }
    void a_command_goes_with_its_owner() {
        add(m_page, "skip", {"X"});
        delete m_page;
        QVERIFY(m_commands->all().isEmpty());
    }
    void keys_are_written_as_they_stand_on_the_caps() {
        QCOMPARE(frame::keyText(QKeySequence(QStringLiteral("Return"))), QStringLiteral("Enter"));
        QCOMPARE(frame::keyText(QKeySequence(QStringLiteral("S, 3"))), QStringLiteral("S 3"));
        QCOMPARE(frame::keyText(QKeySequence(QStringLiteral("Ctrl+Shift+Z"))), QStringLiteral("Ctrl+Shift+Z"));
    }
};

OUTRIDER_TEST(CommandsTest)
#include "commands_test.moc"
