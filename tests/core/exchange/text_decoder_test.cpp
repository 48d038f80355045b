// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/text_decoder.h"

#include "core/contact/text.h"
#include "core/exchange/encode.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider;
using namespace outrider::exchange;
using test::encoded;

namespace {

struct Decoded {
    std::string text;
    std::int64_t replaced = 0;

    bool operator==(const Decoded&) const = default;
};

Decoded decode(std::string_view bytes, const std::string& encoding, std::size_t piece = std::string::npos) {
    auto decoder = TextDecoder::create(encoding);
    if (!decoder)
        return {.text = "no such encoding"};
    Decoded decoded;
    for (; bytes.size() > piece; bytes.remove_prefix(piece))
        decoder->decode(bytes.substr(0, piece), false, decoded.text);
    decoder->decode(bytes, true, decoded.text);
    decoded.replaced = decoder->replaced();
    return decoded;
}

const std::string replacement = "\uFFFD";

} // namespace

class TextDecoderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void every_encoding_gives_the_text_back_however_it_is_cut_data() {
        QTest::addColumn<QByteArray>("encoding");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* encoding, const char* text) {
            QTest::newRow(encoding) << QByteArray(encoding) << QString::fromUtf8(text);
        };
        row("UTF-8", "Zoë Brandt, 王思远, 😀");
        row("UTF-16LE", "Zoë Brandt, 王思远, 😀");
        row("UTF-16BE", "Zoë Brandt, 王思远, 😀");
        row("UTF-32LE", "Zoë Brandt, 王思远, 😀");
        row("windows-1252", "Jürgen Groß – €5 “quoted”");
        row("ISO-8859-15", "Jürgen Groß €5");
        row("macintosh", "Jürgen Groß “quoted”");
        row("windows-1250", "Łukasz Wójcik, Győző, Růžička");
        row("windows-1251", "Иван Щербаков");
        row("KOI8-R", "Иван Щербаков");
        row("windows-1253", "Γιώργος Παπαδόπουλος");
        row("windows-1254", "Şükrü Işık, İstanbul");
        row("windows-1257", "Jānis Bērziņš");
        row("ibm-850", "Søren Kjær");
        row("Shift_JIS", "田中太郎,東京");
        row("EUC-JP", "田中太郎,東京");
        row("ISO-2022-JP", "田中太郎,東京");
        row("GB18030", "王思远,上海市");
        row("Big5", "陳美麗,臺北市");
        row("windows-949", "김민수,서울");
    }

    void every_encoding_gives_the_text_back_however_it_is_cut() {
        QFETCH(QByteArray, encoding);
        QFETCH(QString, text);
        const std::string utf8 = text.toStdString();
        const std::string bytes = encoded(utf8, encoding.constData());
        for (std::size_t piece = 1; piece <= bytes.size(); ++piece)
            QCOMPARE(decode(bytes, encoding.toStdString(), piece), (Decoded{utf8, 0}));
    }

    void broken_utf8_is_replaced_and_counted() {
        QCOMPARE(decode("M\xFCller", "UTF-8"), (Decoded{"M" + replacement + "ller", 1}));
        QCOMPARE(decode("cut \xE2\x82", "UTF-8"), (Decoded{"cut " + replacement, 1}));
        QCOMPARE(decode("\xC0\xAF", "UTF-8").replaced, 2);          // overlong
        QVERIFY(decode("\xED\xA0\x80", "UTF-8").replaced >= 1);     // a surrogate
        QVERIFY(decode("\xF4\x90\x80\x80", "UTF-8").replaced >= 1); // beyond Unicode
    }

    void bytes_an_encoding_has_no_character_for_are_replaced_and_counted() {
        const Decoded decoded = decode("\x88\xFFok", "Shift_JIS");
        QVERIFY(decoded.replaced >= 1);
        QVERIFY(decoded.text.find(replacement) != std::string::npos);
        QVERIFY(decoded.text.ends_with("ok"));
        QCOMPARE(decode(std::string_view("\x41\x00\xD8", 3), "UTF-16LE").replaced, 1); // cut in the middle
    }

    void an_unknown_encoding_is_refused() {
        VERIFY_ERROR(TextDecoder::create("klingon-1"), ErrorCode::Unsupported);
        VERIFY_ERROR(TextDecoder::create(""), ErrorCode::Unsupported);
    }

    void any_bytes_give_well_formed_utf8_wherever_they_are_cut() {
        VERIFY_PROPERTY([] {
            const auto bytes = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
            const auto encoding = *rc::gen::element<std::string>("UTF-8", "UTF-16LE", "windows-1252", "Shift_JIS", "GB18030",
                                                                 "EUC-JP", "windows-949", "Big5");
            const auto piece = *rc::gen::inRange<std::size_t>(1, 8);
            const Decoded whole = decode(bytes, encoding);
            RC_ASSERT(contact::isUtf8(whole.text));
            RC_ASSERT(decode(bytes, encoding, piece) == whole);
        });
    }
};

OUTRIDER_TEST(TextDecoderTest)
#include "text_decoder_test.moc"
