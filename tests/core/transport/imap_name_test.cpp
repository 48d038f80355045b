// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/imap_name.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider;
using namespace outrider::transport;

class ImapNameTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void names_are_read_and_written_data() {
        QTest::addColumn<QByteArray>("wire");
        QTest::addColumn<QByteArray>("name");
        const auto row = [](const char* wire, const char* name) { QTest::newRow(name) << QByteArray(wire) << QByteArray(name); };
        row("INBOX", "INBOX");
        row("Envoy&AOk-s", "Envoyés");
        row("Entw&APw-rfe", "Entwürfe");
        row("~peter/mail/&U,BTFw-/&ZeVnLIqe-", "~peter/mail/台北/日本語"); // RFC 3501's own example
        row("Q&-A", "Q&A");
        row("&2D3eAA-", "😀");
        row("Wys&AUI-ane", "Wysłane");
    }

    void names_are_read_and_written() {
        QFETCH(QByteArray, wire);
        QFETCH(QByteArray, name);
        QCOMPARE(QByteArray::fromStdString(folderName(wire.toStdString())), name);
        QCOMPARE(QByteArray::fromStdString(wireFolderName(name.toStdString())), wire);
    }

    void every_name_survives_the_wire() {
        VERIFY_PROPERTY([] {
            const auto letters = *rc::gen::container<std::vector<std::string>>(
                rc::gen::element<std::string>("a", "&", "-", "/", " ", "é", "ł", "台", "😀", "\"", "\\", "+", ","));
            std::string name;
            for (const auto& letter : letters)
                name += letter;
            const std::string wire = wireFolderName(name);
            for (const char c : wire)
                RC_ASSERT(c >= ' ' && c <= '~');
            RC_ASSERT(folderName(wire) == name);
        });
    }

    void what_is_no_modified_utf7_is_left_as_it_is() {
        for (const char* wire : {"Tom & Jerry", "&", "&AOk", "&!-", "&2D0-", "&3gA-", "Gesendete Entwürfe"})
            QCOMPARE(folderName(wire), std::string(wire));
        QCOMPARE(folderName("caf\xe9"), std::string("caf\xEF\xBF\xBD"));
    }
};

OUTRIDER_TEST(ImapNameTest)
#include "imap_name_test.moc"
