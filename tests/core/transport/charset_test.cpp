// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/contact/text.h"
#include "core/transport/charset.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider;
using namespace outrider::transport;

class CharsetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void reads_text_whatever_its_charset_is_called_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("charset");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, const char* bytes, const char* charset, const char* text) {
            QTest::newRow(name) << QByteArray(bytes) << QByteArray(charset) << QByteArray(text);
        };
        row("utf-8",
            "Gr\xc3\xbc\xc3\x9f"
            "e",
            "utf-8", "Grüße");
        row("quoted name",
            "Gr\xc3\xbc\xc3\x9f"
            "e",
            "\"UTF-8\"", "Grüße");
        row("latin-1",
            "Gr\xfc\xdf"
            "e",
            "ISO-8859-1", "Grüße");
        row("latin-1 is windows-1252",
            "\x84Gr\xfc\xdf"
            "e\x93 \x80",
            "iso-8859-1", "„Grüße“ €");
        row("utf-8 called latin-1",
            "Gr\xc3\xbc\xc3\x9f"
            "e",
            "iso-8859-1", "Grüße");
        row("latin-1 called utf-8",
            "Gr\xfc\xdf"
            "e",
            "utf-8", "Grüße");
        row("one broken character",
            "Gr\xc3\xbc\xc3\x9f"
            "e \xff",
            "utf-8", "Grüße \xEF\xBF\xBD");
        row("8-bit ascii", "caf\xe9", "us-ascii", "café");
        row("polish", "za\xbf\xf3\xb3\xe6", "iso-8859-2", "zażółć");
        row("cyrillic", "\xf0\xd2\xc9\xd7\xc5\xd4", "koi8-r", "Привет");
        row("japanese", "\x1b$B$3$s$K$A$O\x1b(B", "iso-2022-jp", "こんにちは");
        row("chinese", "\xc4\xe3\xba\xc3", "gb2312", "你好");
        row("unknown name",
            "Gr\xc3\xbc\xc3\x9f"
            "e",
            "x-does-not-exist", "Grüße");
        row("no name, utf-8",
            "Gr\xc3\xbc\xc3\x9f"
            "e",
            "", "Grüße");
        row("byte order mark",
            "\xef\xbb\xbfGr\xc3\xbc\xc3\x9f"
            "e",
            "utf-8", "Grüße");
        row("line ends", "a\r\nb\rc\nd", "utf-8", "a\nb\nc\nd");
        row("control characters", "a\x01\x1b[31mb\x7f\tc", "utf-8", "a[31mb\tc");
        row("C1 control",
            "a\xc2\x9b"
            "b",
            "utf-8", "ab");
    }

    void reads_text_whatever_its_charset_is_called() {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, charset);
        QFETCH(QByteArray, text);
        QCOMPARE(QByteArray::fromStdString(decodeText(bytes.toStdString(), charset.toStdString())), text);
    }

    void undeclared_eight_bit_text_is_guessed_from_its_letters() {
        const std::string russian = "\xcf\xf0\xe8\xe2\xe5\xf2, \xea\xe0\xea \xe4\xe5\xeb\xe0? \xcc\xfb "
                                    "\xef\xee\xeb\xf3\xf7\xe8\xeb\xe8 "
                                    "\xe2\xe0\xf8\xe5 \xef\xe8\xf1\xfc\xec\xee \xe8 "
                                    "\xee\xf2\xe2\xe5\xf2\xe8\xec \xe7\xe0\xe2\xf2\xf0\xe0.";
        QCOMPARE(decodeText(russian, "").substr(0, 12), std::string("Привет"));
    }

    void any_bytes_in_any_charset_become_clean_utf8() {
        VERIFY_PROPERTY([](const std::string& bytes) {
            const auto charset = *rc::gen::element<std::string>("", "utf-8", "utf-7", "utf-16", "iso-2022-jp", "hz-gb-2312",
                                                                "gb18030", "big5", "windows-1252", "//IGNORE", "../../x");
            const std::string text = decodeText(bytes, charset);
            RC_ASSERT(contact::isUtf8(text));
            for (const char c : text)
                RC_ASSERT(c == '\n' || c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f));
        });
    }

    void a_prefix_never_cuts_a_character() {
        const std::string text = "aü€😀";
        for (std::size_t bytes = 0; bytes <= text.size() + 1; ++bytes) {
            const auto prefix = utf8Prefix(text, bytes);
            QVERIFY(prefix.size() <= bytes);
            QVERIFY(contact::isUtf8(prefix));
            QVERIFY(text.starts_with(prefix));
        }
        QCOMPARE(utf8Prefix(text, 5), std::string_view("aü"));
    }
};

OUTRIDER_TEST(CharsetTest)
#include "charset_test.moc"
