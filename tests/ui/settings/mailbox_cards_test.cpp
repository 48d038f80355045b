// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/mailbox_pause.h"
#include "core/services/deliverability_service.h"
#include "core/services/mailbox_service.h"
#include "core/services/suppression_service.h"
#include "support/dns_server.h"
#include "support/screen_fixture.h"
#include "support/test_registry.h"
#include "ui/settings/dns_card.h"
#include "ui/settings/health_card.h"
#include "ui/settings/limits_form.h"
#include "ui/settings/mailbox_list.h"
#include "ui/settings/ramp_chart.h"
#include "ui/settings/suppression_panel.h"
#include "ui/theme/outrider_style.h"
#include "ui/widgets/button.h"

#include <QCheckBox>
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QTableWidget>

using namespace outrider;
using namespace outrider::settings;
using outrider::test::DnsServer;
using outrider::test::ScreenFixture;

namespace {

template <typename T>
T* the(const QWidget& in, const QString& accessibleName) {
    for (T* widget : in.findChildren<T*>()) {
        if (widget->accessibleName() == accessibleName)
            return widget;
    }
    return nullptr;
}

} // namespace

// What the page of a mailbox is made of: records, health, limits; and the suppression list.
class MailboxCardsTest : public QObject {
    Q_OBJECT

    DnsServer m_dns;
    std::unique_ptr<ScreenFixture> m_fixture;
    std::unique_ptr<QWidget> m_window;

    Mailbox addMailbox() {
        Mailbox mailbox = MailboxService::guess("mara@harborline.example");
        mailbox.auth = AuthMethod::None;
        mailbox.id = *ScreenFixture::await(m_fixture->workspace().mailboxes().add(mailbox, nullptr));
        return *ScreenFixture::await(m_fixture->workspace().mailboxes().find(mailbox.id));
    }

private Q_SLOTS:
    void init() {
        m_fixture = std::make_unique<ScreenFixture>();
        m_fixture->environment.dnsServers = m_dns.address();
        QVERIFY(m_fixture->open());
        m_window = std::make_unique<QWidget>();
        m_window->resize(1000, 800);
        m_window->show();
    }
    void cleanup() {
        m_window.reset();
        m_fixture.reset();
    }

    void each_record_has_its_word_and_the_one_to_mend_can_be_copied() {
        m_dns.add("harborline.example", "TXT", "v=spf1 ip4:192.0.2.0/24 -all");
        m_dns.add("harborline.example", "MX", "10 mx1.harborline.example");
        m_dns.add("mx1.harborline.example", "A", "192.0.2.25");
        m_dns.add("smtp.harborline.example", "A", "192.0.2.26");
        m_dns.add("26.2.0.192.in-addr.arpa", "PTR", "smtp.harborline.example");
        auto* card = new DnsCard(*m_fixture->context, m_window.get());
        card->resize(500, 400);
        card->show();
        MailboxHealth health;
        connect(card, &DnsCard::healthChanged, card, [&health](const MailboxHealth& now) { health = now; });
        card->setMailbox(addMailbox());
        QVERIFY(card->lines().isEmpty());
        card->lookAgain();
        QVERIFY(card->isLooking());
        QTRY_VERIFY(!card->isLooking());
        QTRY_VERIFY(health.score.has_value());
        QCOMPARE(card->lines().size(), 7);
        QCOMPARE(card->lines().at(0), QStringLiteral("SPF, Pass, v=spf1 ip4:192.0.2.0/24 -all"));
        QVERIFY(card->lines().at(2).startsWith(QLatin1String("DMARC, Missing")));

        auto* banner = the<QWidget>(*card, QStringLiteral("Banner"));
        QVERIFY(banner != nullptr && banner->isVisible());
        auto* copy = the<widgets::Button>(*banner, QStringLiteral("Copy record"));
        QVERIFY(copy != nullptr);
        copy->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("v=DMARC1; p=none; rua=mailto:mara@harborline.example"));

        // What was found is there the next time, without asking.
        const auto asked = m_dns.questions().size();
        auto* again = new DnsCard(*m_fixture->context, m_window.get());
        again->setMailbox(ScreenFixture::await(m_fixture->workspace().mailboxes().list())->front());
        again->read();
        QTRY_COMPARE(again->lines(), card->lines());
        QCOMPARE(m_dns.questions().size(), asked);
    }

    void a_record_opens_with_what_it_means() {
        auto* card = new DnsCard(*m_fixture->context, m_window.get());
        card->show();
        card->setMailbox(addMailbox());
        card->lookAgain();
        QTRY_VERIFY(!card->isLooking());
        card->showTopic(DnsTopic::Dkim);
        auto* selector = the<QLineEdit>(*m_window, QStringLiteral("DKIM selector"));
        QVERIFY(selector != nullptr);
        selector->setText(QStringLiteral("s9"));
        for (auto* button : m_window->findChildren<widgets::Button*>()) {
            if (button->text() == QStringLiteral("Look there"))
                button->click();
        }
        QTRY_VERIFY(!card->isLooking() && card->lines().size() > 1
                    && card->lines().at(1).startsWith(QLatin1String("DKIM, Missing")));
        const auto kept = ScreenFixture::await(m_fixture->workspace().mailboxes().list());
        QCOMPARE(kept->front().dkimSelector, std::string("s9"));
    }

    void the_ramp_is_drawn_day_by_day_up_to_the_limit() {
        Mailbox mailbox{.dailyLimit = 30};
        QVERIFY(rampOf(mailbox, {}).days.empty());
        mailbox.limits.rampStart = 5;
        mailbox.limits.rampStep = 10;
        QCOMPARE(rampOf(mailbox, {}).days, (std::vector<int>{5, 15, 25, 30}));
        QCOMPARE(rampOf(mailbox, {}).today, -1);
        mailbox.limits.rampBegan = m_fixture->clock.now();
        QCOMPARE(rampOf(mailbox, m_fixture->clock.now() + std::chrono::hours(25)).today, 1);
        mailbox.limits.rampStart = 30;
        QVERIFY(rampOf(mailbox, {}).days.empty());
    }

    void what_pauses_a_mailbox_is_switched_and_set() {
        auto* form = new LimitsForm(m_window.get());
        form->setMailbox({.pauses = {.bouncePercent = 5, .errorPercent = 0, .onPolicy = true}});
        int edits = 0;
        connect(form, &LimitsForm::edited, form, [&edits] { ++edits; });
        Mailbox mailbox;
        form->apply(mailbox);
        QCOMPARE(mailbox.pauses, (PauseRules{.bouncePercent = 5, .errorPercent = 0, .onPolicy = true}));
        the<QCheckBox>(*form, QStringLiteral("Pause when refusals pass a share"))->setChecked(true);
        the<QSpinBox>(*form, QStringLiteral("Pause above this share of refusals"))->setValue(2);
        the<QCheckBox>(*form, QStringLiteral("Pause when bounces pass a share"))->setChecked(false);
        the<QCheckBox>(*form, QStringLiteral("Pause when its server answers 5.7.x"))->setChecked(false);
        form->apply(mailbox);
        QCOMPARE(mailbox.pauses, (PauseRules{.bouncePercent = 0, .errorPercent = 2, .onPolicy = false}));
        QVERIFY(edits >= 4);
    }

    void a_row_says_what_was_sent_and_what_is_wrong() {
        MailboxListModel model;
        DeliverabilityService::Overview one{.mailbox = addMailbox(), .sentInADay = 12, .limitToday = 50};
        one.health.score = 86;
        model.set({one});
        const QString said = model.index(0).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(said.contains(QLatin1String("12 of 50 in 24 hours")) && said.contains(QLatin1String("health 86 of 100")),
                 qPrintable(said));
        one.mailbox.state = MailboxState::Paused;
        one.mailbox.stateReason = pauseReasons::policy;
        one.mailbox.stateDetail = "550 5.7.1 quota";
        model.set({one});
        QVERIFY(model.index(0).data(MailboxListModel::DetailRole).toString().contains(QLatin1String("550 5.7.1 quota")));
    }

    void a_pasted_list_is_shown_before_it_is_added() {
        auto* panel = new SuppressionPanel(*m_fixture->context, m_window.get());
        panel->show();
        panel->read();
        auto* lines = the<QPlainTextEdit>(*panel, QStringLiteral("Addresses, domains or numbers"));
        lines->setPlainText(QStringLiteral("a@b.example\n@competitor.example\n+49 40 1234567\na@b.example\nnot one"));
        const auto shown = [&](const QString& text) {
            for (auto* label : panel->findChildren<widgets::Label*>()) {
                if (label->text() == text)
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(shown(QStringLiteral("1 new address, 1 new domain, 1 new number, 1 twice, 1 not understood")));
    }

    void a_file_is_shown_then_added_found_and_taken_out_again() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("list.csv"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("email,status\na@b.example,unsubscribed\nc@d.example,bounced\nnothing here\n");
        file.close();
        auto* panel = new SuppressionPanel(*m_fixture->context, m_window.get());
        panel->resize(900, 700);
        panel->show();
        panel->importFile(path);
        widgets::Button* go = nullptr;
        QTRY_VERIFY([&] {
            for (auto* button : m_window->findChildren<widgets::Button*>()) {
                if (button->text() == QStringLiteral("Suppress 2"))
                    go = button;
            }
            return go != nullptr;
        }());
        auto* understood = the<QTableWidget>(*m_window, QStringLiteral("What is understood"));
        QCOMPARE(understood->rowCount(), 3);
        QCOMPARE(understood->item(0, 3)->text(), QStringLiteral("Not understood"));
        go->click();
        auto* table = the<QTableWidget>(*panel, QStringLiteral("Suppression table"));
        QTRY_COMPARE(table->rowCount(), 2);
        QCOMPARE(table->item(0, 3)->text(), QStringLiteral("list.csv"));

        auto* search = the<QLineEdit>(*panel, QStringLiteral("Find in the suppression list"));
        search->setText(QStringLiteral("d.example"));
        QTRY_COMPARE(table->rowCount(), 1);
        table->selectRow(0);
        the<widgets::Button>(*panel, QStringLiteral("Remove from the suppression list"))->click();
        QTRY_COMPARE(int(ScreenFixture::await(m_fixture->workspace().suppressions().list({}, 10))->total), 1);
        VERIFY_OK(ScreenFixture::await(m_fixture->workspace().suppressions().list({}, 10)));
    }
};

OUTRIDER_TEST(MailboxCardsTest)
#include "mailbox_cards_test.moc"
