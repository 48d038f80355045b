// SPDX-License-Identifier: GPL-3.0-or-later
// What is exported is what comes in again.
#include "core/services/export_service.h"

#include "core/services/lead_service.h"
#include "support/import_desk.h"
#include "support/test_registry.h"

#include <QTest>

using namespace outrider;
using namespace outrider::store;
using namespace outrider::test;

class ExportServiceTest : public QObject {
    Q_OBJECT

    static Result<ExportService::Done> exportAll(Desk& desk, ExportFormat format, const std::string& path,
                                                 ProgressPtr progress = {}) {
        ExportService::Request request{.format = format, .path = path};
        request.leads.filter = Filter{};
        return wait(ExportService(*desk.context).run(request, std::move(progress)));
    }

    static void fill(Desk& desk) {
        const LeadService::FieldValues zoe{{"salutation", "Dr."},
                                           {"first_name", "Zoë"},
                                           {"last_name", "=Brandt"},
                                           {"email", "zoe@kelvar.example"},
                                           {"email_2", "z2@kelvar.example"},
                                           {"phone", "+49 30 901820"},
                                           {"job_title", "-Head, \"Docks\""},
                                           {"city", "Berlin"},
                                           {"country", "DE"},
                                           {"tags", "fair, warm"},
                                           {"no_contact", "sms"},
                                           {"consent_source", "fair 2026"},
                                           {"consent_on", "2026-11-01"},
                                           {"custom:dock_count", "12"}};
        if (const auto added = wait(LeadService(*desk.context).add(zoe)); !added)
            qFatal("not added: %s", added.error().detail.c_str());
    }

private Q_SLOTS:
    void our_own_table_gives_the_same_lead_again() {
        Desk from;
        fill(from);
        const std::string path = from.dir.filePath(QStringLiteral("all.csv")).toStdString();
        const auto done = exportAll(from, ExportFormat::Csv, path);
        VERIFY_OK(done);
        QCOMPARE(done->leads, std::int64_t(1));

        Desk into;
        VERIFY_OK(into.run({.path = path}));
        const Lead before = *from.byEmail("zoe@kelvar.example");
        const auto after = into.byEmail("zoe@kelvar.example");
        QVERIFY(after.has_value());
        QCOMPARE(after->lastName, before.lastName);
        QCOMPARE(after->jobTitle, before.jobTitle);
        QCOMPARE(after->salutation, before.salutation);
        QCOMPARE(after->phoneKey, before.phoneKey);
        QVERIFY(after->otherContacts == before.otherContacts);
        QCOMPARE(after->tags, before.tags);
        QCOMPARE(after->custom, before.custom);
        QVERIFY(after->noContact == before.noContact);
        QCOMPARE(after->consentSource, before.consentSource);
        QCOMPARE(after->consentOn, before.consentOn);
        QVERIFY(after->status == before.status);
        QCOMPARE(after->city, before.city);
    }

    void every_format_is_written_whole_or_not_at_all() {
        Desk desk;
        fill(desk);
        for (const ExportFormat format : {ExportFormat::Csv, ExportFormat::Xlsx, ExportFormat::VCard, ExportFormat::Jsonl}) {
            const QString path =
                desk.dir.filePath(QStringLiteral("leads.") + QString::fromUtf8(exportFormatNames.name(format).data()));
            QFile old(path);
            QVERIFY(old.open(QIODevice::WriteOnly));
            old.write("what was there");
            old.close();
            const auto stopped = std::make_shared<Progress>();
            stopped->cancel();
            VERIFY_ERROR(exportAll(desk, format, path.toStdString(), stopped), ErrorCode::Cancelled);
            QVERIFY(old.open(QIODevice::ReadOnly));
            QCOMPARE(old.readAll(), QByteArray("what was there"));
            old.close();
            QVERIFY(!QFile::exists(path + QStringLiteral(".part")));
            const auto done = exportAll(desk, format, path.toStdString());
            VERIFY_OK(done);
            QVERIFY(done->bytes > 100);
        }
        VERIFY_ERROR(exportAll(desk, ExportFormat::Csv, "/nowhere/at/all.csv"), ErrorCode::FileUnwritable);
    }
};

OUTRIDER_TEST(ExportServiceTest)
#include "export_service_test.moc"
