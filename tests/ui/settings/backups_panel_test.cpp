// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/backups_panel.h"

#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/widgets/button.h"

using namespace outrider;
using namespace outrider::settings;
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

    void the_practice_workspace_says_that_it_has_none() {
        QVERIFY(m_fixture->openPractice());
        show();
        QTRY_VERIFY(says(QStringLiteral("The practice workspace has no backups")));
        QVERIFY(!button(QStringLiteral("Back up now"))->isVisible());
    }
};

OUTRIDER_TEST(BackupsPanelTest)
#include "backups_panel_test.moc"
