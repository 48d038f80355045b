// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/contact/text.h"
#include "core/transport/html_text.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider;
using namespace outrider::transport;

namespace {

std::string repeated(std::string_view text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i)
        out += text;
    return out;
}

} // namespace

class HtmlTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void shows_what_a_reader_would_see_data() {
        QTest::addColumn<QByteArray>("html");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, const char* html, const char* text) {
            QTest::newRow(name) << QByteArray(html) << QByteArray(text);
        };
        row("paragraphs", "<p>One.</p><p>Two\n  words.</p>", "One.\n\nTwo words.\n");
        row("divs", "<div>One</div><div>Two</div>", "One\nTwo\n");
        row("breaks", "One<br>Two<br><br>Three", "One\nTwo\n\nThree\n");
        row("gmail's empty line", "<div>One</div><div><br></div><div>Two</div>", "One\n\nTwo\n");
        row("entities", "<p>Gr&uuml;&szlig;e&nbsp;&amp; &lt;b&gt; &#8364; &#x1F600;</p>", "Grüße & <b> € 😀\n");
        row("inline", "<p>a<b>b</b>c <i>d</i></p>", "abc d\n");
        row("list", "<ul><li>One</li><li>Two</li></ul>", "- One\n- Two\n");
        row("table", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "a b\nc d\n");
        row("pre", "<pre>a  b\n  c</pre>", "a  b\n  c\n");
        row("quote", "<p>Yes.</p><blockquote><p>One</p><p>Two</p></blockquote>After", "Yes.\n\n> One\n>\n> Two\n\nAfter\n");
        row("quote in quote", "<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>> b\n");
        row("rule", "One<hr>Two", "One\n________________________________\nTwo\n");
        row("hidden preview", "<div style=\"display: none; max-height:0\">psst</div>Hello", "Hello\n");
        row("script and style", "<head><title>t</title><style>p{}</style></head><body><script>x()</script>Hi</body>", "Hi\n");
        row("comments", "a<!-- b -->c<!--[if mso]>d<![endif]-->", "ac\n");
        row("outlook", "<p class=MsoNormal>Hello<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p>Bye</p>",
            "Hello\n\nBye\n");
        row("image", "<p>See <img src=\"https://t.example/x.gif\" alt=\"our logo\"></p>", "See our logo\n");
        row("tracking pixel", "Hi<img src=\"https://t.example/x.gif\" width=1 height=1>", "Hi\n");
        row("link", "<a href=\"https://evil.example\">nordwind.example</a>", "nordwind.example\n");
        row("broken", "<p>a<p>b</div><td>c", "a\n\nbc\n");
        row("nothing", "", "");
        row("only markup", "<html><body><div><br></div></body></html>", "");
    }

    void shows_what_a_reader_would_see() {
        QFETCH(QByteArray, html);
        QFETCH(QByteArray, text);
        QCOMPARE(QByteArray::fromStdString(htmlToText(html.toStdString())), text);
    }

    // Each of these took minutes, gigabytes or the stack in one of the steps before it was bounded.
    void hostile_markup_still_gives_its_text_data() {
        QTest::addColumn<QByteArray>("html");
        const auto row = [](const char* name, const std::string& html) {
            QTest::newRow(name) << QByteArray::fromStdString(html);
        };
        row("deep elements", repeated("<div>", 200000) + "needle");
        row("formatting cloned into every paragraph", "<p>" + repeated("<b a>", 400) + repeated("</p>x", 100000) + "needle");
        row("thousands of attributes", [] {
            std::string html = "<p ";
            for (int i = 0; i < 100000; ++i)
                html += "a" + std::to_string(i) + " ";
            return html + ">needle";
        }());
        row("nested tables", repeated("<table><tr><td>", 30000) + "needle");
        row("open styles", repeated("<style></style>", 60000) + "needle");
        row("quotes in quotes", repeated("<blockquote>", 50000) + "needle");
        row("nothing but signs", repeated("<", 500000) + " needle");
        row("references", repeated("&#x", 300000) + " needle");
    }

    void hostile_markup_still_gives_its_text() {
        QFETCH(QByteArray, html);
        QVERIFY(htmlToText(html.toStdString()).find("needle") != std::string::npos);
    }

    void the_plain_scan_reads_the_same_words() {
        // Open elements beyond reason send it there.
        const std::string html = repeated("<span>", 1000)
                                 + "<p>One &amp; tw&#111;</p><blockquote>quoted</blockquote><style>p{}</style><!-- no -->"
                                   "<a title='a > b'>three</a><br>four";
        QCOMPARE(htmlToText(html), std::string("One & two\n> quoted\nthree\nfour\n"));
    }

    void no_more_than_the_limit_is_read() {
        const std::string html = "<p>start</p>" + std::string(mostHtml, ' ') + "<p>end</p>";
        QCOMPARE(htmlToText(html), std::string("start\n"));
    }

    void any_markup_gives_clean_text() {
        VERIFY_PROPERTY([] {
            const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                "<", ">", "</", "/>", "<p>", "<b>", "<table>", "<td>", "<blockquote>", "</blockquote>", "<pre>", "<!--", "-->",
                "<style>", "&", "&#", ";", "\"", "'", "=", "x", "ü", "\xff", "\n", "<svg>", "<math>", "<select>", "<a href="));
            std::string html;
            for (const auto& piece : pieces)
                html += piece;
            RC_ASSERT(contact::isUtf8(htmlToText(html)));
        });
    }

    void the_declared_charset_is_found() {
        QCOMPARE(htmlCharset("<html><head><META content=\"text/html; charset=windows-1251\" http-equiv=x>"),
                 std::string_view("windows-1251"));
        QCOMPARE(htmlCharset("<meta charset='utf-8'>"), std::string_view("utf-8"));
        QCOMPARE(htmlCharset("<p>charset=koi8-r</p>"), std::string_view());
    }
};

OUTRIDER_TEST(HtmlTextTest)
#include "html_text_test.moc"
