// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/encoding_detector.h"

#include "core/exchange/encode.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider;
using namespace outrider::exchange;
using test::encoded;

namespace {

EncodingGuess guess(std::string_view bytes, std::size_t piece = std::string::npos) {
    EncodingDetector detector;
    for (; bytes.size() > piece; bytes.remove_prefix(piece))
        detector.add(bytes.substr(0, piece));
    detector.add(bytes);
    return detector.guess();
}

// A table as people export it: mostly ASCII, a few names.
std::string table(const std::string& rows) {
    std::string text = "First Name,Last Name,City,Email\r\n" + rows;
    for (int i = 0; i < 20; ++i)
        text += "Tom,Smith,Boston,tom" + std::to_string(i) + "@acme.example\r\n";
    return text;
}

} // namespace

class EncodingDetectorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void a_byte_order_mark_decides() {
        QCOMPARE(guess("\xEF\xBB\xBFname\n"), (EncodingGuess{"UTF-8", 3, 1}));
        QCOMPARE(guess("\xFF\xFEn\x00"), (EncodingGuess{"UTF-16LE", 2, 1}));
        QCOMPARE(guess(std::string_view("\xFE\xFF\x00n", 4)), (EncodingGuess{"UTF-16BE", 2, 1}));
        QCOMPARE(guess(std::string_view("\xFF\xFE\x00\x00n\x00\x00\x00", 8)), (EncodingGuess{"UTF-32LE", 4, 1}));
    }

    void ascii_and_well_formed_utf8_are_utf8() {
        QCOMPARE(guess("plain"), EncodingGuess());
        QCOMPARE(guess("Zoë Brandt, 王思远"), EncodingGuess());
        QCOMPARE(guess(""), EncodingGuess());
    }

    void utf16_without_a_mark_is_known_by_its_zero_bytes() {
        const std::string rows = table("Jürgen,Groß,Köln,j@acme.example\r\n");
        QCOMPARE(guess(encoded(rows, "UTF-16LE")).name, "UTF-16LE");
        QCOMPARE(guess(encoded(rows, "UTF-16BE")).name, "UTF-16BE");
        const std::string chinese = "姓名,城市\n王思远,上海市\n李小龙,北京\n陈美丽,广州\n张伟,深圳\n";
        QCOMPARE(guess(encoded(chinese, "UTF-16LE")).name, "UTF-16LE");
        QCOMPARE(guess(encoded(chinese, "UTF-16BE")).name, "UTF-16BE");
    }

    void a_few_zero_bytes_do_not_make_utf16() { QCOMPARE(guess(std::string_view("a\0,b\nc,d\ne,f\ng,h\n", 17)).name, "UTF-8"); }

    void damaged_utf8_stays_utf8() {
        std::string rows;
        for (int i = 0; i < 10; ++i)
            rows += "Zoë,Größ,München,z@acme.example\n";
        const EncodingGuess found = guess(table(rows + "Jos\xE9,x,y,z\n"));
        QCOMPARE(found.name, "UTF-8");
        QVERIFY(found.confidence < 1);
    }

    void old_code_pages_are_told_apart_by_what_reads_well_data() {
        QTest::addColumn<QByteArray>("encoding");
        QTest::addColumn<QString>("rows");
        const auto row = [](const char* name, const char* encoding, const char* rows) {
            QTest::newRow(name) << QByteArray(encoding) << QString::fromUtf8(rows);
        };
        const char* german = "Jürgen,Müller,Köln,j@acme.example\r\nBjörn,Groß,Nürnberg,b@acme.example\r\n";
        row("German, Windows", "windows-1252", german);
        row("German, Mac", "macintosh", german);
        row("German, DOS", "IBM850", german);
        const char* french = "François,Lefèvre,Besançon,f@acme.example\r\nHélène,Côté,Québec,h@acme.example\r\n";
        row("French, Windows", "windows-1252", french);
        row("French, Mac", "macintosh", french);
        row("Spanish, Windows", "windows-1252", "José,Núñez,León,j@acme.example\r\nMaría,Peña,Málaga,m@a.example\r\n");
        row("Portuguese, Windows", "windows-1252", "João,Conceição,São Paulo,j@acme.example\r\n");
        row("Danish, Windows", "windows-1252", "Søren,Kjær,København,s@acme.example\r\nÅse,Løvås,Århus,a@a.example\r\n");
        row("one name only", "windows-1252", "Beyoncé,Smith,Leeds,b@acme.example\r\n");
        row("typographic quotes", "windows-1252", "Tom,O’Neill,Cork,t@acme.example\r\nAnn,“Best” Ltd,York,a@a.example\r\n");
        row("prices", "windows-1252", "Tom,£40 per month,Cork,t@acme.example\r\nAnn,€50,York,a@acme.example\r\n");
        row("several languages", "windows-1252",
            "Andreas,Krüger,Göttingen,a@a.example\r\nBenoît,Garçon,Paris,b@a.example\r\nBjørn,Ødegård,Tromsø,"
            "b@b.example\r\n");
        const char* polish = "Łukasz,Wójcik,Łódź,l@acme.example\r\nMałgorzata,Dąbrowska,Kraków,m@acme.example\r\n";
        row("Polish, Windows", "windows-1250", polish);
        row("Polish, ISO", "ISO-8859-2", polish);
        row("Polish, DOS", "IBM852", polish);
        row("Czech, Windows", "windows-1250", "Jiří,Dvořák,Plzeň,j@acme.example\r\nBožena,Růžičková,Třebíč,b@a.example\r\n");
        row("Hungarian, Windows", "windows-1250", "Győző,Szűcs,Győr,g@acme.example\r\n");
        row("Turkish", "windows-1254", "Şükrü,Işık,İstanbul,s@acme.example\r\nAyşe,Çağlar,Muğla,a@acme.example\r\n");
        const char* russian = "Иван,Петров,Москва,i@acme.example\r\nОльга,Щербакова,Екатеринбург,o@acme.example\r\n";
        row("Russian, Windows", "windows-1251", russian);
        row("Russian, KOI8", "KOI8-R", russian);
        row("Russian, DOS", "IBM866", russian);
        row("Ukrainian", "windows-1251", "Олексій,Їжак,Київ,o@acme.example\r\nЄва,Шевченко,Чернівці,y@acme.example\r\n");
        row("Greek", "windows-1253",
            "Γιώργος,Παπαδόπουλος,Αθήνα,g@acme.example\r\n"
            "Άννα,Ψαρά,Ηράκλειο,a@acme.example\r\n");
        row("Hebrew", "windows-1255", "משה,כהן,תל אביב,m@acme.example\r\nרחל,לוי,ירושלים,r@acme.example\r\n");
        row("Arabic", "windows-1256", "محمد,علي,القاهرة,m@acme.example\r\n");
        row("Latvian", "windows-1257", "Jānis,Bērziņš,Rīga,j@acme.example\r\nĢirts,Kļaviņš,Jūrmala,g@acme.example\r\n");
        row("Lithuanian", "windows-1257", "Žydrūnas,Šimkūnas,Šiauliai,z@acme.example\r\n");
        row("Thai", "windows-874", "สมชาย,ใจดี,กรุงเทพ,s@acme.example\r\n");
        row("Japanese, Shift_JIS", "Shift_JIS", "太郎,田中,東京,t@acme.example\r\n花子,佐藤,大阪市,h@acme.example\r\n");
        row("Japanese, EUC", "EUC-JP", "太郎,田中,東京,t@acme.example\r\nかおり,サトウ,大阪市,h@acme.example\r\n");
        row("Chinese", "GB18030",
            "思远,王,上海市,w@acme.example\r\n小龙,李,北京,l@acme.example\r\n美丽,陈,广州,c@acme."
            "example\r\n");
        row("Chinese, traditional", "Big5", "美麗,陳,臺北市,c@acme.example\r\n志豪,林,高雄,l@acme.example\r\n");
        row("Korean", "windows-949", "민수,김,서울,k@acme.example\r\n영희,이,부산,l@acme.example\r\n");
    }

    void old_code_pages_are_told_apart_by_what_reads_well() {
        QFETCH(QByteArray, encoding);
        QFETCH(QString, rows);
        const std::string bytes = encoded(table(rows.toStdString()), encoding.constData());
        QCOMPARE(QByteArray::fromStdString(guess(bytes).name), encoding);
        QCOMPARE(guess(bytes, 7).name, encoding.toStdString());
    }

    void seven_bit_japanese_is_recognised_by_its_escapes() {
        QCOMPARE(guess(encoded(table("太郎,田中,東京,t@acme.example\r\n"), "ISO-2022-JP")).name, "ISO-2022-JP");
    }

    void a_name_far_down_the_file_is_still_found() {
        std::string text = "name,email\n";
        for (int i = 0; i < 30000; ++i)
            text += "Tom Smith,tom" + std::to_string(i) + "@acme.example\n";
        text += encoded("Jürgen Müller,j@acme.example\n", "windows-1252");
        EncodingDetector detector;
        for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(std::min<std::size_t>(4096, rest.size()))) {
            QVERIFY(!detector.decided());
            detector.add(rest.substr(0, 4096));
        }
        QCOMPARE(detector.guess().name, "windows-1252");
    }

    void enough_evidence_decides_before_the_end() {
        EncodingDetector detector;
        const std::string piece = encoded(table("Jürgen,Müller,Köln,j@acme.example\r\n"), "windows-1252");
        int pieces = 0;
        for (; !detector.decided() && pieces < 100000; ++pieces)
            detector.add(piece);
        QVERIFY(pieces < 10000);
        QCOMPARE(detector.guess().name, "windows-1252");
    }

    void any_bytes_have_a_guess() {
        VERIFY_PROPERTY([] {
            const auto bytes = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
            RC_ASSERT(!guess(bytes).name.empty());
        });
    }
};

OUTRIDER_TEST(EncodingDetectorTest)
#include "encoding_detector_test.moc"
