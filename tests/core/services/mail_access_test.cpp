// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/mail_access.h"

#include "core/practice/practice_transport.h"
#include "core/security/keychain.h"
#include "core/services/workspace_opening.h"
#include "core/transport/imap_source.h"
#include "core/transport/smtp_transport.h"
#include "support/temp_store.h"
#include "support/test_registry.h"

#include <QFileInfo>

using namespace outrider;
using namespace outrider::test;

namespace {

// A mailbox row as it would be for a real account.
Mailbox realMailbox() {
    return {.kind = MailboxKind::Mail,
            .address = "mara@harborline.example",
            .smtp = {"smtp.harborline.example", 465, TlsMode::Implicit},
            .imap = {"imap.harborline.example", 993, TlsMode::Implicit}};
}

struct Surroundings {
    Surroundings()
        : environment{.clock = store.clock, .random = store.random, .keychain = keychain, .timeZone = "Europe/Stockholm"} {}

    TempStore store;
    security::SystemKeychain keychain;
    Environment environment;
};

template <typename T>
Result<T> finished(QFuture<Result<T>> future) {
    constexpr int most = 60000;
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, most))
        return fail(ErrorCode::TimedOut);
    return future.takeResult();
}

} // namespace

class MailAccessTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void practice_has_no_network_whatever_its_rows_say() {
        Surroundings around;
        const auto access = makeMailAccess(*around.store, around.environment, true);
        QVERIFY(dynamic_cast<practice::PracticeTransport*>(access->transport(realMailbox()).get()) != nullptr);
        QVERIFY(dynamic_cast<practice::PracticeSource*>(access->source(realMailbox()).get()) != nullptr);
        Progress progress;
        for (const MailboxCheckStep& step : access->check(realMailbox(), nullptr, progress))
            QVERIFY(step.state == MailboxCheckStep::State::Passed);
        VERIFY_OK(access->fileCopies(realMailbox(), {}, progress));
    }

    void a_real_workspace_has_no_practice() {
        Surroundings around;
        Mailbox mailbox = realMailbox();
        mailbox.kind = MailboxKind::Practice;
        const auto access = makeMailAccess(*around.store, around.environment, false);
        QVERIFY(dynamic_cast<transport::SmtpTransport*>(access->transport(mailbox).get()) != nullptr);
        QVERIFY(dynamic_cast<transport::ImapSource*>(access->source(mailbox).get()) != nullptr);
    }

    void the_practice_workspace_is_made_once_and_opened_again() {
        Surroundings around;
        const std::string path = around.store.dir.filePath(QStringLiteral("deep/practice.outrider")).toStdString();
        for (int time = 0; time < 2; ++time) {
            const auto opened = finished(openPractice(around.environment, path));
            VERIFY_OK(opened);
            QVERIFY((*opened)->isPractice());
            QVERIFY(!QFile::exists(QString::fromStdString(path + ".new")));
        }
    }

    void a_file_that_is_no_practice_workspace_is_not_touched() {
        Surroundings around;
        const std::string path = around.store.path();
        around.store.close();
        const auto before = QFileInfo(QString::fromStdString(path)).size();
        QVERIFY(!finished(openPractice(around.environment, path)));
        QCOMPARE(QFileInfo(QString::fromStdString(path)).size(), before);
    }
};

OUTRIDER_TEST(MailAccessTest)
#include "mail_access_test.moc"
