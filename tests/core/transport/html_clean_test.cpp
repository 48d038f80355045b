// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/html_clean.h"
#include "core/transport/mail_html.h"
#include "support/clean_markup.h"
#include "support/mail_text.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider::transport;
using namespace outrider::test;

class HtmlCleanTest : public QObject {
    Q_OBJECT

private Q_SLOTS:

    void what_runs_or_loads_is_left_out_data() {
        QTest::addColumn<QByteArray>("html");
        for (const char* html : {"<script>alert(1)</script>",
                                 "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
                                 "<img src=x onerror=alert(1)>",
                                 "<body onload=alert(1)>",
                                 "<style>@import url(http://evil.example/x.css)</style>",
                                 "<p style=\"background:url(http://evil.example/p.gif)\">",
                                 "<div background=\"http://evil.example/p.gif\">",
                                 "<table background=\"http://evil.example/p.gif\"><tr><td>",
                                 "<iframe src=\"http://evil.example\"></iframe>",
                                 "<object data=\"http://evil.example\"></object>",
                                 "<embed src=\"http://evil.example\">",
                                 "<meta http-equiv=refresh content=\"0;url=http://evil.example\">",
                                 "<link rel=stylesheet href=http://evil.example/x.css>",
                                 "<base href=\"http://evil.example/\">",
                                 "<form action=\"http://evil.example\"><input name=a value=b><button>Go</button></form>",
                                 "<svg><script>alert(1)</script><image href=\"http://evil.example/p.svg\"/></svg>",
                                 "<math><mi xlink:href=\"javascript:1\">",
                                 "<video src=\"http://evil.example/v\" poster=\"http://evil.example/p\"></video>",
                                 "<audio src=http://evil.example/a>",
                                 "<img src=\"http://evil.example/p.gif\" srcset=\"http://evil.example/2.gif 2x\">",
                                 "<img src=\"file:///etc/passwd\">",
                                 "<img src=\"data:image/svg+xml;base64,PHN2Zz4=\">",
                                 "<img src=\"data:text/html;base64,PHNjcmlwdD4=\">",
                                 "<a href=\"javascript:alert(1)\">x</a>",
                                 "<a href=\"java\tscript:alert(1)\">x</a>",
                                 "<a href=\" &#106;avascript:alert(1)\">x</a>",
                                 "<a href=\"data:text/html,<script>\">x</a>",
                                 "<a href=\"file:///etc/passwd\">x</a>",
                                 "<a href=\"vbscript:x\">x</a>",
                                 "<a href=\"//evil.example\">x</a>",
                                 "<a href=\"https://\">x</a>",
                                 "<a href=x onclick=alert(1)>x</a>",
                                 "<p><![CDATA[<script>]]></p>",
                                 "<!--[if mso]><script>1</script><![endif]-->",
                                 "<noscript><img src=http://evil.example></noscript>",
                                 "<template><script>1</script></template>",
                                 "<textarea><script>1</script></textarea>",
                                 "<title><script>1</script></title>",
                                 "<xmp><script>1</script></xmp>",
                                 "<plaintext><script>1</script>",
                                 "<a href=\"https://x.example/\"onmouseover=alert(1)>x</a>",
                                 "<img src=\"cid:x\" onerror=1>",
                                 "<p title='\"><script>1</script>'>x</p>"})
            QTest::newRow(html) << QByteArray(html);
    }

    void what_runs_or_loads_is_left_out() {
        QFETCH(QByteArray, html);
        const CleanHtml clean = cleanHtml(html.toStdString());
        QCOMPARE(offence(clean.html), std::string());
        QVERIFY2(clean.html.find("evil.example") == std::string::npos, clean.html.c_str());
        QVERIFY(clean.links.size() <= 1);
    }

    void what_a_person_wrote_stays() {
        const CleanHtml clean =
            cleanHtml("<h1>Hello</h1><p>Some <b>bold</b> &amp; <i>slanted</i> text.<br>Next.</p><ul><li>One</li></ul>"
                      "<blockquote>Before</blockquote><table><tr><td colspan=2>A</td></tr></table><hr>");
        QCOMPARE(clean.html,
                 std::string("<h3>Hello</h3><p>Some <b>bold</b> &amp; <i>slanted</i> text.<br>Next.</p><ul><li>One</li></ul>"
                             "<blockquote>Before</blockquote><table><tr><td colspan=\"2\">A</td></tr></table><hr>"));
        QVERIFY(!clean.truncated);
    }

    void hidden_text_is_not_shown() {
        QCOMPARE(cleanHtml("<div style=\"display: none\">Secret</div><p hidden>x</p><p>Seen</p>").html,
                 std::string("<p>Seen</p>"));
    }

    void pictures_are_replaced_and_counted() {
        const CleanHtml clean =
            cleanHtml("<img src=\"https://cdn.example/logo.png\" alt=\"Our logo\"><img src=\"https://t.example/o\" "
                      "width=1 height=1><img src=\"data:image/png;base64,iVBORw0KGgo=\">");
        QCOMPARE(clean.imagesLeftOut, 2);
        QCOMPARE(clean.html, std::string("\xE2\x96\xA2 Our logo<img src=\"data:image/png;base64,iVBORw0KGgo=\" alt=\"\">"));
    }

    void links_are_shown_honestly_data() {
        QTest::addColumn<QByteArray>("html");
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("misleading");
        const auto row = [](const char* html, const char* host, bool misleading) {
            QTest::newRow(html) << QByteArray(html) << QByteArray(host) << misleading;
        };
        row("<a href=\"https://www.nordwind.example/x\">Our site</a>", "www.nordwind.example", false);
        row("<a href=\"https://www.nordwind.example/x\">nordwind.example</a>", "www.nordwind.example", false);
        row("<a href=\"https://www.nordwind.example/x\">https://nordwind.example/x</a>", "www.nordwind.example", false);
        row("<a href=\"https://evil.example/x\">www.bank.example</a>", "evil.example", true);
        row("<a href=\"https://evil.example/x\">Log in at https://bank.example now</a>", "evil.example", true);
        row("<a href=\"https://bank.example@evil.example/\">Bank</a>", "evil.example", true);
        row("<a href=\"https://evil.example\\@bank.example/\">Bank</a>", "evil.example", false);
        row("<a href=\"https://bank.example.evil.example/\">bank.example</a>", "bank.example.evil.example", true);
        row("<a href=\"HTTPS://EVIL.example:8443/\">bank.example</a>", "evil.example", true);
        row("<a href=\"https://evil.example/\"><b>bank</b>.example</a>", "evil.example", true);
        row("<a href=\"https://nordwind.example/offer.pdf\">See 3.5 of the offer.</a>", "nordwind.example", false);
        row("<a href=\"mailto:t@nordwind.example?subject=x\">t@nordwind.example</a>", "t@nordwind.example", false);
        row("<a href=\"mailto:t@evil.example\">t@nordwind.example</a>", "t@evil.example", true);
        row("<a href=\"https://evil.example/\">\xE2\x80\xAE"
            "elpmaxe.knab</a>",
            "evil.example", true);
    }

    void links_are_shown_honestly() {
        QFETCH(QByteArray, html);
        QFETCH(QByteArray, host);
        QFETCH(bool, misleading);
        const CleanHtml clean = cleanHtml(html.toStdString());
        QCOMPARE(offence(clean.html), std::string());
        QCOMPARE(clean.links.size(), std::size_t(1));
        QCOMPARE(clean.links[0].host, host.toStdString());
        QCOMPARE(clean.links[0].misleading, misleading);
        QCOMPARE(clean.html.find("[" + host.toStdString() + "]") != std::string::npos, misleading);
        QVERIFY(clean.html.find("\xE2\x80\xAE") == std::string::npos);
    }

    void a_mails_own_pictures_are_put_in() {
        const std::string mail =
            "From: t@x.example\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n"
            "<p>Hi<img src=\"cid:logo@x\"><img src=\"cid:none@x\" alt=\"gone\"></p>\n"
            "--b\nContent-Type: image/png\nContent-ID: <logo@x>\nContent-Transfer-Encoding: base64\n\niVBORw0K\nGgo=\n--b--\n";
        const auto clean = cleanMailHtml(crlf(mail));
        QVERIFY(clean.has_value());
        QVERIFY2(clean->html.find("<img src=\"data:image/png;base64,iVBORw0KGgo=\"") != std::string::npos, clean->html.c_str());
        QCOMPARE(clean->imagesLeftOut, 1);
        QVERIFY(!cleanMailHtml(crlf("From: t@x.example\n\nPlain.\n")));
        QVERIFY(!cleanMailHtml(crlf("From: t@x.example\nContent-Type: text/html\nContent-Disposition: attachment\n\n<p>x\n")));
    }

    void any_markup_is_survived_and_harmless() {
        VERIFY_PROPERTY([] {
            const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                "<a href=\"", "https://evil.example/", "javascript:x", "\">", "<img src=", "<table>", "<td>", "</table>",
                "<script>", "'", "<", ">", "&lt;", "&#x3c;", "<svg>", "<p>", "</a>", "<b", " onclick=x", "\xE2\x80\xAE", "<!--",
                "-->", "<style>", "data:image/png;base64,AA=="));
            std::string html;
            for (const auto& piece : pieces)
                html += piece;
            RC_ASSERT(offence(cleanHtml(html).html).empty());
        });
    }

    void a_page_without_end_is_cut() {
        for (const char* unit : {"<table><tr><td>", "<div>", "<a href=https://x.example>", "<p>&amp;&amp;&amp;</p>", "<b><i>",
                                 "''''''", "<img src=x alt=y>", "<blockquote>"}) {
            std::string html;
            while (html.size() < 3 * 1024 * 1024)
                html += unit;
            const CleanHtml clean = cleanHtml(html);
            QVERIFY(clean.truncated);
            QVERIFY(clean.html.size() <= mostCleanHtml);
            QCOMPARE(offence(clean.html), std::string());
        }
    }
};

OUTRIDER_TEST(HtmlCleanTest)
#include "html_clean_test.moc"
