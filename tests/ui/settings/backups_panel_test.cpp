// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/backups_panel.h"

#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/frame/restore_sheet.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"
#include "ui/widgets/secret_field.h"

#include <QFile>
#include <QLineEdit>

#include <algorithm>

using namespace outrider;
using namespace outrider::settings;
using frame::RestoreSheet;
using test::ScreenFixture;

class BackupsPanelTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ScreenFixture> m_fixture;
    std::unique_ptr<BackupsPanel> m_panel;

    void show() {
        m_panel = std::make_unique<BackupsPanel>(*m_fixture->context);
        m_panel->resize(900, 700);
        m_panel->show();
        m_panel->read();
    }
    bool says(const QString& part) const {
        for (const widgets::Label* label : m_panel->findChildren<widgets::Label*>()) {
            if (label->isVisible() && label->text().contains(part))
                return true;
        }
        return false;
    }
    widgets::Button* button(const QString& text) const {
        for (auto* button : m_panel->findChildren<widgets::Button*>()) {
            if (button->text() == text)
                return button;
        }
        return nullptr;
    }

    RestoreSheet* openSheet() {
        button(QStringLiteral("Restore…"))->click();
        RestoreSheet* sheet = nullptr;
        (void)QTest::qWaitFor([&] { return (sheet = m_panel->findChild<RestoreSheet*>()) != nullptr; }, 5000);
        return sheet;
    }
    static bool in(const RestoreSheet& sheet, const QString& part) {
        const auto labels = sheet.findChildren<widgets::Label*>();
        return std::any_of(labels.begin(), labels.end(),
                           [&part](const widgets::Label* label) { return label->isVisible() && label->text().contains(part); });
    }
    static void press(const RestoreSheet& sheet, const QString& text) {
        for (auto* button : sheet.findChildren<widgets::Button*>()) {
            if (button->text() == text)
                button->click();
        }
    }
    static QString targetOf(const RestoreSheet& sheet) {
        for (const auto* edit : sheet.findChildren<QLineEdit*>()) {
            if (edit->accessibleName() == QLatin1String("New workspace"))
                return edit->text();
        }
        return {};
    }

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<ScreenFixture>(); }
    void cleanup() {
        m_panel.reset();
        m_fixture.reset();
    }

    void one_is_made_at_once_and_verified() {
        QVERIFY(m_fixture->open());
        show();
        QTRY_VERIFY(says(QStringLiteral("There is no backup yet.")));
        QVERIFY(!button(QStringLiteral("Verify"))->isEnabled());
        button(QStringLiteral("Back up now"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("Made and checked.")), 20'000);
        QTRY_VERIFY(says(QStringLiteral("Last: ")));
        QVERIFY(says(QStringLiteral("backups"))); // where
        button(QStringLiteral("Verify"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("The last backup is sound")), 20'000);
    }

    void why_none_was_made_is_said() {
        QVERIFY(m_fixture->open());
        auto policy = ScreenFixture::await(m_fixture->workspace().backups().policy());
        VERIFY_OK(policy);
        policy->folder = "/proc/backups";
        VERIFY_OK(ScreenFixture::await(m_fixture->workspace().backups().setPolicy(*policy)));
        show();
        QTRY_VERIFY(says(QStringLiteral("/proc/backups")));
        button(QStringLiteral("Back up now"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("Nothing can be written to")), 20'000);
    }

    void automatic_ones_are_turned_off_and_on() {
        QVERIFY(m_fixture->open());
        show();
        QTRY_VERIFY(button(QStringLiteral("Turn automatic off")) != nullptr);
        button(QStringLiteral("Turn automatic off"))->click();
        QTRY_VERIFY(button(QStringLiteral("Turn automatic on")) != nullptr);
        QVERIFY(!ScreenFixture::await(m_fixture->workspace().backups().policy())->automatic);
        button(QStringLiteral("Turn automatic on"))->click();
        QTRY_VERIFY(button(QStringLiteral("Turn automatic off")) != nullptr);
    }

    void a_listed_one_becomes_a_workspace_of_its_own_that_can_be_opened() {
        QVERIFY(m_fixture->open());
        const auto made = ScreenFixture::await(m_fixture->workspace().backups().create());
        VERIFY_OK(made);
        show();
        QTRY_VERIFY(says(QStringLiteral("Last: ")));
        RestoreSheet* sheet = openSheet();
        QVERIFY(sheet != nullptr);
        QCOMPARE(sheet->findChild<widgets::Combo*>()->value().toString().toStdString(), made->path);
        QVERIFY(!sheet->findChild<widgets::SecretField*>()->isVisible()); // this workspace's key opens it
        press(*sheet, QStringLiteral("Restore"));
        QTRY_VERIFY_WITH_TIMEOUT(in(*sheet, QStringLiteral("Restored to")), 20'000);
        const QString target = targetOf(*sheet);
        QVERIFY(QFile::exists(target) && QFile::exists(target + QStringLiteral(".keys")));
        VERIFY_OK(ScreenFixture::await(m_fixture->workspace().settings().info())); // as it was
        press(*sheet, QStringLiteral("Open it"));
        QCOMPARE(m_fixture->go.workspace, target);

        UnlockWith with{.secret = std::make_shared<SecureBytes>(std::string_view("a long enough passphrase"))};
        const auto opened = ScreenFixture::await(openWorkspace(m_fixture->environment, target.toStdString(), with));
        VERIFY_OK(opened);
        QVERIFY(ScreenFixture::await((*opened)->outbox().fence()) == FenceReason::Restored);
    }

    void a_place_that_is_taken_is_said_and_left_alone() {
        QVERIFY(m_fixture->open());
        VERIFY_OK(ScreenFixture::await(m_fixture->workspace().backups().create()));
        show();
        QTRY_VERIFY(says(QStringLiteral("Last: ")));
        RestoreSheet* sheet = openSheet();
        QVERIFY(sheet != nullptr);
        const QString own = QString::fromStdString(m_fixture->workspace().path());
        for (auto* edit : sheet->findChildren<QLineEdit*>()) {
            if (edit->accessibleName() == QLatin1String("New workspace"))
                edit->setText(own);
        }
        press(*sheet, QStringLiteral("Restore"));
        QTRY_VERIFY_WITH_TIMEOUT(in(*sheet, QStringLiteral("already. Choose another name.")), 20'000);
        QTRY_VERIFY(in(*sheet, QStringLiteral("A new workspace is made")) && sheet->isVisible());
    }

    void one_of_another_key_asks_for_what_opened_it() {
        QVERIFY(m_fixture->open());
        VERIFY_OK(ScreenFixture::await(m_fixture->workspace().backups().create()));
        ScreenFixture other;
        QVERIFY(other.open());
        const auto foreign = ScreenFixture::await(other.workspace().backups().create());
        VERIFY_OK(foreign);
        // Its name is one of ours, its key is not.
        const QString ours = QString::fromStdString(ScreenFixture::await(m_fixture->workspace().backups().list())->back().path);
        for (const char* suffix : {"", ".keys"}) {
            QVERIFY(QFile::remove(ours + QLatin1String(suffix)));
            QVERIFY(QFile::copy(QString::fromStdString(foreign->path) + QLatin1String(suffix), ours + QLatin1String(suffix)));
        }
        show();
        QTRY_VERIFY(says(QStringLiteral("Last: ")));
        RestoreSheet* sheet = openSheet();
        QVERIFY(sheet != nullptr);
        press(*sheet, QStringLiteral("Restore"));
        QTRY_VERIFY_WITH_TIMEOUT(in(*sheet, QStringLiteral("This backup has another key.")), 20'000);
        auto* secret = sheet->findChild<widgets::SecretField*>();
        QVERIFY(secret->isVisible());
        QTest::keyClicks(secret, QStringLiteral("not the passphrase"));
        press(*sheet, QStringLiteral("Restore"));
        QTRY_VERIFY_WITH_TIMEOUT(in(*sheet, QStringLiteral("did not open the file")), 20'000);
        secret->clear();
        QTest::keyClicks(secret, QStringLiteral("a long enough passphrase"));
        press(*sheet, QStringLiteral("Restore"));
        QTRY_VERIFY_WITH_TIMEOUT(in(*sheet, QStringLiteral("Restored to")), 20'000);
    }

    void the_practice_workspace_says_that_it_has_none() {
        QVERIFY(m_fixture->openPractice());
        show();
        QTRY_VERIFY(says(QStringLiteral("The practice workspace has no backups")));
        QVERIFY(!button(QStringLiteral("Back up now"))->isVisible());
    }
};

OUTRIDER_TEST(BackupsPanelTest)
#include "backups_panel_test.moc"
