// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/imap_tokeniser.h"
#include "support/mail_text.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider;
using namespace outrider::transport;
using outrider::test::crlf;

namespace {

// A response written so that two can be compared, and read in a failure.
std::string shown(const ImapValue& value) {
    switch (value.kind) {
    case ImapValue::Kind::Nil:
        return "nil";
    case ImapValue::Kind::Atom:
        return value.text;
    case ImapValue::Kind::String:
        return "'" + value.text + "'";
    case ImapValue::Kind::List:
        break;
    }
    std::string out = "(";
    for (const auto& item : value.items)
        out += (out.size() == 1 ? "" : " ") + shown(item);
    return out + ")";
}

std::string shown(const ImapResponse& response) {
    std::string out = response.kind == ImapResponse::Kind::Continuation ? "+"
                      : response.kind == ImapResponse::Kind::Tagged     ? response.tag
                                                                        : "*";
    if (response.number)
        out += " #" + std::to_string(*response.number);
    if (!response.name.empty())
        out += " " + response.name;
    if (!response.code.empty()) {
        out += " [" + response.code;
        for (const auto& value : response.codeValues)
            out += " " + shown(value);
        out += "]";
    }
    for (const auto& value : response.values)
        out += " " + shown(value);
    if (!response.text.empty())
        out += " |" + response.text;
    return out;
}

// All responses in the bytes, fed in pieces of the given size.
Result<std::vector<std::string>> read(std::string_view bytes, std::size_t piece, ImapLimits limits = {}) {
    ImapTokeniser tokeniser(limits);
    std::vector<std::string> out;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        OUTRIDER_TRY(tokeniser.feed(bytes.substr(at, piece)));
        while (auto response = tokeniser.next())
            out.push_back(shown(*response));
    }
    return out;
}

std::string one(std::string_view bytes) {
    const auto all = read(bytes, bytes.size());
    if (!all)
        return "error: " + all.error().detail;
    return all->size() == 1 ? all->front() : std::to_string(all->size()) + " responses";
}

} // namespace

class ImapTokeniserTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void responses_of_every_kind_are_read_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* name, const char* bytes, const char* expected) {
            QTest::newRow(name) << QByteArray::fromStdString(crlf(bytes)) << QByteArray(expected);
        };
        row("tagged", "a1 OK done\n", "a1 OK |done");
        row("tagged, in small letters", "a1 no [alert] sorry\n", "a1 NO [ALERT] |sorry");
        row("without text", "a1 OK\n", "a1 OK");
        row("exists", "* 23 EXISTS\n", "* #23 EXISTS");
        row("uidvalidity", "* OK [UIDVALIDITY 3857529045] UIDs valid\n", "* OK [UIDVALIDITY 3857529045] |UIDs valid");
        row("flags in a code", "* OK [PERMANENTFLAGS (\\Answered \\*)] Limited\n",
            "* OK [PERMANENTFLAGS (\\Answered \\*)] |Limited");
        row("appenduid", "a3 OK [APPENDUID 38505 3955] APPEND completed\n", "a3 OK [APPENDUID 38505 3955] |APPEND completed");
        row("code without an end", "* OK [ this is text\n", "* OK |[ this is text");
        row("capability", "* CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN\n", "* CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN");
        row("list", "* LIST (\\HasNoChildren \\Sent) \"/\" \"Sent Items\"\n", "* LIST (\\HasNoChildren \\Sent) '/' 'Sent Items'");
        row("list, nil", "* LIST () NIL INBOX\n", "* LIST () nil INBOX");
        row("list, literal", "* LIST () \"/\" {7}\nfoo\"bar\n", "* LIST () '/' 'foo\"bar'");
        row("search", "* SEARCH 2 3 6\n", "* SEARCH 2 3 6");
        row("search, nothing", "* SEARCH\n", "* SEARCH");
        row("search, space at the end", "* SEARCH 2 \n", "* SEARCH 2");
        row("fetch", "* 12 FETCH (UID 5 FLAGS (\\Seen) RFC822.SIZE 44)\n", "* #12 FETCH (UID 5 FLAGS (\\Seen) RFC822.SIZE 44)");
        row("fetch, empty string", "* 12 FETCH (BODY[] \"\")\n", "* #12 FETCH (BODY[] '')");
        row("fetch, section", "* 1 FETCH (BODY[HEADER.FIELDS (TO \"X Y\")]<0> {3}\nabc UID 9)\n",
            "* #1 FETCH (BODY[HEADER.FIELDS (TO \"X Y\")]<0> 'abc' UID 9)");
        row("empty literal", "* 1 FETCH (BODY[] {0}\n)\n", "* #1 FETCH (BODY[] '')");
        row("non-synchronising literal", "* 1 FETCH (BODY[] {1+}\nx)\n", "* #1 FETCH (BODY[] 'x')");
        row("binary literal", "* 1 FETCH (BINARY[1] ~{1}\nx)\n", "* #1 FETCH (BINARY[1] 'x')");
        row("quoted escapes", "* LIST () \"\\\\\" \"a\\\"b\"\n", "* LIST () '\\' 'a\"b'");
        row("nested lists", "* X ((a (b)) () c)\n", "* X ((a (b)) () c)");
        row("continuation", "+ go ahead\n", "+ |go ahead");
        row("bare continuation", "+\n", "+");
        row("a price is no literal", "* NO [ALERT] That costs {12}\n", "* NO [ALERT] |That costs {12}");
        row("bye", "* BYE Autologout; idle for too long\n", "* BYE |Autologout; idle for too long");
    }

    void responses_of_every_kind_are_read() {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, expected);
        QCOMPARE(QByteArray::fromStdString(one(bytes.toStdString())), expected);
    }

    void a_literal_may_hold_anything() {
        const std::string body = "* 2 EXISTS\r\na1 OK {5}\r\n) \"\\ {9}\r\n{";
        const std::string bytes =
            "* 1 FETCH (UID 7 BODY[] {" + std::to_string(body.size()) + "}\r\n" + body + "9})\r\n* 3 EXISTS\r\n";
        const auto all = read(bytes, bytes.size());
        // "9}" after the literal's "{" is an atom, not an announcement.
        VERIFY_OK(all);
        QCOMPARE(all->size(), std::size_t(2));
        QCOMPARE(all->at(0), "* #1 FETCH (UID 7 BODY[] '" + body + "' 9})");
        QCOMPARE(all->at(1), std::string("* #3 EXISTS"));
    }

    void it_makes_no_difference_how_the_bytes_arrive() {
        VERIFY_PROPERTY([] {
            const auto literal =
                *rc::gen::container<std::string>(rc::gen::element('a', '\r', '\n', '{', '}', '2', '(', '"', '\0'));
            const auto lines = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                "* 2 EXISTS\r\n", "* SEARCH 1 2 3\r\n",
                "* 1 FETCH (UID 7 BODY[] {" + std::to_string(literal.size()) + "}\r\n" + literal + ")\r\n",
                "* LIST (\\Sent) \"/\" {" + std::to_string(literal.size()) + "}\r\n" + literal + "\r\n", "+ idling\r\n",
                "a1 OK [READ-WRITE] done {3}\r\n", "* OK [UIDNEXT 4] x\r\n", "\r\n")));
            const auto piece = *rc::gen::inRange<std::size_t>(1, 20);
            std::string bytes;
            for (const auto& line : lines)
                bytes += line;
            const auto whole = read(bytes, bytes.size());
            const auto pieces = read(bytes, piece);
            RC_ASSERT(whole.has_value());
            RC_ASSERT(pieces.has_value());
            RC_ASSERT(*whole == *pieces);
            RC_ASSERT(whole->size()
                      == std::size_t(std::count_if(lines.begin(), lines.end(), [](const auto& line) { return line != "\r\n"; })));
        });
    }

    void any_bytes_are_survived() {
        VERIFY_PROPERTY([] {
            const auto pieces = *rc::gen::container<std::vector<std::string>>(
                rc::gen::element<std::string>("* ", "1 ", "FETCH ", "(", ")", "{", "}", "{3}", "{99999999999999999999}", "\r\n",
                                              "\n", "\"", "\\", "[", "]", "+", "OK ", "a1 ", " ", "NIL", "~{1}", "x", "\xff"));
            std::string bytes;
            for (const auto& piece : pieces)
                bytes += piece;
            const auto whole = read(bytes, std::max<std::size_t>(bytes.size(), 1));
            const auto single = read(bytes, 1);
            RC_ASSERT(whole.has_value() == single.has_value());
        });
    }

    void what_is_no_imap_is_refused_for_good() {
        for (const char* bytes : {"* \r\n", "*\r\n", " x\r\n", "a1 FETCH 1\r\n", "* 1 FETCH (a\r\n", "* LIST \"a\r\n",
                                  "* X )\r\n", "* 5\r\n", "* X (\"\\\r\n"}) {
            ImapTokeniser tokeniser;
            VERIFY_ERROR(tokeniser.feed(bytes), ErrorCode::ProtocolError);
            VERIFY_ERROR(tokeniser.feed("* 2 EXISTS\r\n"), ErrorCode::ProtocolError);
            QVERIFY(!tokeniser.next());
        }
    }

    void limits_hold() {
        ImapLimits limits;
        limits.line = 1000;
        limits.literal = 5000;
        limits.values = 50;
        limits.depth = 5;
        VERIFY_ERROR(read("* X " + std::string(2000, 'x') + "\r\n", 100, limits), ErrorCode::MessageTooLarge);
        VERIFY_ERROR(read("* X " + std::string(2000, 'x'), 100, limits), ErrorCode::MessageTooLarge);
        VERIFY_ERROR(read("* 1 FETCH (BODY[] {5001}\r\n", 100, limits), ErrorCode::MessageTooLarge);
        VERIFY_ERROR(read("* 1 FETCH (A {3000}\r\n" + std::string(3000, 'x') + " B {3000}\r\n", 100, limits),
                     ErrorCode::MessageTooLarge);
        VERIFY_OK(read("* 1 FETCH (A {4000}\r\n" + std::string(4000, 'x') + ")\r\n", 100, limits));
        VERIFY_ERROR(read("* X ((((((((a))))))))\r\n", 100, limits), ErrorCode::MessageTooLarge);
        std::string many = "* SEARCH";
        for (int i = 0; i < 60; ++i)
            many += " 1";
        VERIFY_ERROR(read(many + "\r\n", 100, limits), ErrorCode::MessageTooLarge);
        VERIFY_ERROR(read("* 1 FETCH (BODY[] {18446744073709551615}\r\n", 7), ErrorCode::MessageTooLarge);
    }

    void numbers_are_read_from_atoms_only() {
        ImapTokeniser tokeniser;
        VERIFY_OK(tokeniser.feed("* X 4294967295 4294967296 -1 12a \"12\" NIL\r\n"));
        const auto response = tokeniser.next();
        QVERIFY(response->values[0].number() == 4294967295U);
        for (std::size_t i = 1; i < response->values.size(); ++i)
            QVERIFY(!response->values[i].number());
    }
};

OUTRIDER_TEST(ImapTokeniserTest)
#include "imap_tokeniser_test.moc"
