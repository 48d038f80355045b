// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/mail_markup.h"

#include "core/outreach/message_template.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider;
using namespace outrider::outreach;

namespace {

std::string bodyOf(std::string_view markup, std::string_view footer = {}) {
    const std::string html = htmlOf(markup, footer);
    const auto begin = html.find("<body>\n") + 7;
    return html.substr(begin, html.find("</body>") - begin);
}

} // namespace

class MailMarkupTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void paragraphs_lines_and_emphasis() {
        QCOMPARE(bodyOf("Hi Zoë,\n\nthe **new** gate\nis *open*."),
                 std::string("<p>Hi Zoë,</p>\n<p>the <strong>new</strong> gate<br>\nis <em>open</em>.</p>\n"));
    }

    void lists_and_quotes() {
        QCOMPARE(bodyOf("- one\n- two"), std::string("<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"));
        QCOMPARE(bodyOf("3. three\n4. four"), std::string("<ol start=\"3\">\n<li>three</li>\n<li>four</li>\n</ol>\n"));
        QCOMPARE(bodyOf("> what they said"), std::string("<blockquote>\n<p>what they said</p>\n</blockquote>\n"));
    }

    void links_as_written_and_as_they_stand() {
        QCOMPARE(bodyOf("[our case](https://harborline.example/case?a=1&b=2)"),
                 std::string("<p><a href=\"https://harborline.example/case?a=1&amp;b=2\">our case</a></p>\n"));
        QCOMPARE(
            bodyOf("See https://harborline.example/a_b_c (or call)."),
            std::string(
                "<p>See <a href=\"https://harborline.example/a_b_c\">https://harborline.example/a_b_c</a> (or call).</p>\n"));
    }

    void a_link_to_anything_but_the_web_mail_and_phones_is_text() {
        QCOMPARE(bodyOf("[x](javascript:alert(1))"), std::string("<p>x</p>\n"));
        QCOMPARE(bodyOf("[x](data:text/html,y)"), std::string("<p>x</p>\n"));
        QCOMPARE(bodyOf("![pixel](https://t.example/p.gif)"), std::string("<p>pixel</p>\n"));
    }

    void html_is_text() {
        QCOMPARE(bodyOf("a <b>bold</b> claim"), std::string("<p>a &lt;b&gt;bold&lt;/b&gt; claim</p>\n"));
        QVERIFY(bodyOf("<script>alert(1)</script>").find("<script") == std::string::npos);
        QVERIFY(bodyOf("<div onload=x>\n\n</div>").find("<div") == std::string::npos);
    }

    void a_value_changes_nothing_but_its_own_words() {
        const std::string hostile = "<script>alert(1)</script> **[x](https://evil.example)** `c` &amp; _u_\n# h";
        const auto markdown =
            renderTemplate("Hi {{first_name}}, **really**.", {{"first_name", hostile}}, {.escapeForMarkdown = true});
        VERIFY_OK(markdown);
        const std::string html = bodyOf(markdown->text);
        QVERIFY2(html.find("<script") == std::string::npos, html.c_str());
        QVERIFY2(html.find("&lt;script&gt;alert(1)&lt;/script&gt; **[x](") != std::string::npos, html.c_str());
        QVERIFY2(html.find("&amp;amp; _u_") != std::string::npos, html.c_str());
        QVERIFY2(html.find("<strong>really</strong>") != std::string::npos, html.c_str());
        QVERIFY2(html.find("<strong>[") == std::string::npos && html.find("<p><strong>h") == std::string::npos, html.c_str());
    }

    void a_link_in_a_value_is_whole() {
        const auto markdown =
            renderTemplate("{{company_website}}", {{"company_website", "https://a-b.example/x_y"}}, {.escapeForMarkdown = true});
        VERIFY_OK(markdown);
        QCOMPARE(bodyOf(markdown->text), std::string("<p><a href=\"https://a-b.example/x_y\">https://a-b.example/x_y</a></p>\n"));
    }

    void the_footer_is_put_below_as_it_is() {
        QCOMPARE(bodyOf("Hi", "Mara <CEO>\n*Harborline*"), std::string("<p>Hi</p>\n<p>Mara &lt;CEO&gt;<br>\n*Harborline*</p>\n"));
    }

    void no_text_makes_a_tag_of_its_own() {
        VERIFY_PROPERTY([] {
            const auto pieces = *rc::gen::container<std::vector<std::string>>(
                rc::gen::element<std::string>("<script>", "</p>", "<img src=x onerror=y>", "*", "**", "[a](", ")", "\n", "- ",
                                              "> ", "`", "&", "https://x.example/\"onclick=z", "    "));
            std::string text;
            for (const std::string& piece : pieces)
                text += piece;
            std::string html = bodyOf(text, text);
            for (const std::string_view tag : {"<script", "<img", "\"onclick"})
                RC_ASSERT(html.find(tag) == std::string::npos);
        });
    }

    void links_are_found_where_they_stand() {
        const std::string_view text = "a [case](https://x.example/1) b https://y.example/2. ![p](https://z.example/3)";
        const auto links = linksOf(text);
        QCOMPARE(links.size(), std::size_t(3));
        QCOMPARE(links[0].text, std::string_view("case"));
        QCOMPARE(links[0].target, std::string_view("https://x.example/1"));
        QCOMPARE(text.substr(links[0].position, links[0].length), std::string_view("[case](https://x.example/1)"));
        QCOMPARE(links[1].target, std::string_view("https://y.example/2"));
        QVERIFY(links[1].text.empty());
        QVERIFY(links[2].picture);
    }
};

OUTRIDER_TEST(MailMarkupTest)
#include "mail_markup_test.moc"
