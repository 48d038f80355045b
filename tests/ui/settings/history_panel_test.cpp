// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/history_panel.h"

#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"
#include "ui/widgets/sheet.h"

using namespace outrider;
using namespace outrider::settings;
using test::ScreenFixture;

class HistoryPanelTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ScreenFixture> m_fixture;
    std::unique_ptr<HistoryPanel> m_panel;

    int kept() const { return ScreenFixture::await(m_fixture->workspace().history().keepDays()).value_or(-1); }
    bool says(const QString& part) const {
        for (const widgets::Label* label : m_panel->findChildren<widgets::Label*>()) {
            if (label->isVisible() && label->text().contains(part))
                return true;
        }
        return false;
    }
    void pick(int days) const {
        auto* combo = m_panel->findChild<widgets::Combo*>();
        combo->setValue(days);
        Q_EMIT combo->picked(days);
    }
    void press(const QString& text) const {
        for (auto* button : m_panel->findChildren<widgets::Button*>()) {
            if (button->text() == text)
                button->click();
        }
    }

private Q_SLOTS:
    void init() {
        m_fixture = std::make_unique<ScreenFixture>();
        QVERIFY(m_fixture->open());
        m_panel = std::make_unique<HistoryPanel>(*m_fixture->context);
        m_panel->resize(900, 700);
        m_panel->show();
        m_panel->read();
    }
    void cleanup() {
        m_panel.reset();
        m_fixture.reset();
    }

    void at_first_nothing_is_forgotten_and_its_room_is_told() {
        QTRY_VERIFY(says(QStringLiteral("It takes about")));
        QVERIFY(says(QStringLiteral("Nothing is forgotten.")));
        QCOMPARE(m_panel->findChild<widgets::Combo*>()->value().toInt(), 0);
    }

    void a_shorter_time_is_asked_about_and_kept_only_when_said_so() {
        QTRY_VERIFY(says(QStringLiteral("It takes about")));
        pick(365);
        QTRY_VERIFY(says(QStringLiteral("Nothing is that old yet.")));
        press(QStringLiteral("Keep it"));
        QCOMPARE(kept(), 0);
        QCOMPARE(m_panel->findChild<widgets::Combo*>()->value().toInt(), 0);
        QTRY_VERIFY(m_panel->findChild<widgets::Sheet*>() == nullptr);

        pick(365);
        QTRY_VERIFY(says(QStringLiteral("Nothing is that old yet.")));
        press(QStringLiteral("Set it"));
        QTRY_COMPARE(kept(), 365);
        QVERIFY(says(QStringLiteral("longer ago than 1 year cannot be undone")));
        QTRY_VERIFY(m_panel->findChild<widgets::Sheet*>() == nullptr);

        pick(0); // longer: nothing to be asked
        QTRY_COMPARE(kept(), 0);
    }

    void what_is_older_is_weighed_before_it_is_forgotten_and_gone_afterwards() {
        const auto added =
            ScreenFixture::await(m_fixture->workspace().leads().add({{"first_name", "Anna"}, {"last_name", "Berg"}}));
        VERIFY_OK(added);
        m_fixture->clock.advance(std::chrono::days(400));
        VERIFY_OK(ScreenFixture::await(m_fixture->workspace().leads().addNote(*added, "later")));
        pick(365);
        QTRY_VERIFY(says(QStringLiteral("become free within the file")));
        press(QStringLiteral("Forget it"));
        QTRY_COMPARE(kept(), 365);
        const auto older = [this] {
            return ScreenFixture::await(m_fixture->workspace().settings().journalRoom(365))->bytesOlder;
        };
        QTRY_COMPARE(older(), std::int64_t(0));
    }
};

OUTRIDER_TEST(HistoryPanelTest)
#include "history_panel_test.moc"
