// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/message_template.h"

#include "support/test_registry.h"

#include <rapidcheck.h>

using namespace outrider;
using namespace outrider::outreach;

namespace {

const TemplateValues zoe{
    {"first_name", "Zoë"}, {"company", "Nordwind & Söhne"}, {"city", ""}, {"custom:docks", "12"}, {"my.first_name", "Mara"}};

std::string rendered(std::string_view text, const TemplateValues& values = zoe) {
    const auto result = renderTemplate(text, values);
    return result ? result->text : std::string(name(result.error().code)) + " " + result.error().detail;
}

} // namespace

class MessageTemplateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fields_are_filled_in_as_they_are() {
        QCOMPARE(rendered("Hi {{first_name}}, how is {{ company }}?"), std::string("Hi Zoë, how is Nordwind & Söhne?"));
        QCOMPARE(rendered("{{custom:docks}} docks. {{my.first_name}}"), std::string("12 docks. Mara"));
        QCOMPARE(renderTemplate("{{first_name}} {{company}}", zoe)->variables, 2);
    }

    void a_fallback_stands_in_for_an_empty_field() {
        QCOMPARE(rendered("Hi {{first_name|there}},"), std::string("Hi Zoë,"));
        QCOMPARE(rendered("Hi {{first_name|there}},", {}), std::string("Hi there,"));
        QCOMPARE(rendered("in {{city|your region}}"), std::string("in your region"));
        QCOMPARE(rendered("x{{city|}}y"), std::string("xy")); // an empty fallback is one, too
    }

    void sections_show_only_when_their_field_is_filled() {
        const char* text = "{{#city}}in {{city}}{{/city}}{{^city}}where you are{{/city}}";
        QCOMPARE(rendered(text), std::string("where you are"));
        QCOMPARE(rendered(text, {{"city", "Hamburg"}}), std::string("in Hamburg"));
    }

    void an_empty_field_without_fallback_blocks_the_message() {
        const auto result = renderTemplate("Hi {{first_name}}", {{"first_name", "  "}});
        VERIFY_ERROR(result, ErrorCode::MissingVariable);
        QCOMPARE(result.error().detail, std::string("first_name"));
        // In a section that does not show, nothing is missed.
        VERIFY_OK(renderTemplate("{{#city}}in {{region}}{{/city}}", {}));
        VERIFY_ERROR(renderTemplate("{{#city}}in {{region}}{{/city}}", {{"city", "Rostock"}}), ErrorCode::MissingVariable);
    }

    void an_unknown_field_is_an_error_when_it_is_written() {
        const auto result = checkTemplate("Hi {{frist_name}}");
        VERIFY_ERROR(result, ErrorCode::UnknownVariable);
        QCOMPARE(result.error().detail, std::string("frist_name"));
        VERIFY_ERROR(checkTemplate("{{suppress_email}}"), ErrorCode::UnknownVariable); // a field, but not for messages
        VERIFY_OK(checkTemplate("{{custom:anything}}"));
    }

    void what_is_not_closed_is_said_with_its_place() {
        const auto open = checkTemplate("Hi {{first_name");
        VERIFY_ERROR(open, ErrorCode::TemplateSyntax);
        QVERIFY(open.error().detail.starts_with("3:"));
        VERIFY_ERROR(checkTemplate("{{#city}}in"), ErrorCode::TemplateSyntax);
        VERIFY_ERROR(checkTemplate("{{#city}}{{#company}}{{/city}}{{/company}}"), ErrorCode::TemplateSyntax);
        VERIFY_ERROR(checkTemplate("{{/city}}"), ErrorCode::TemplateSyntax);
        VERIFY_ERROR(checkTemplate("{{}}"), ErrorCode::TemplateSyntax);
        VERIFY_ERROR(checkTemplate("{{{first_name}}}"), ErrorCode::TemplateSyntax);
        // One brace too few is not a long fallback, nor does a brace in one end somewhere else.
        VERIFY_ERROR(checkTemplate("Hi {{first_name|there}, of {{company}}"), ErrorCode::TemplateSyntax);
        VERIFY_ERROR(checkTemplate("{{first_name|a{}} {{company}}"), ErrorCode::TemplateSyntax);
    }

    void braces_in_a_value_are_text() {
        QCOMPARE(rendered("{{first_name}}", {{"first_name", "{{company}}<b>&"}}), std::string("{{company}}<b>&"));
    }

    void tags_tell_where_they_stand() {
        const auto tags = templateTags("Hi {{first_name|you}} of {{#company}}{{company}}{{/company}}");
        VERIFY_OK(tags);
        QCOMPARE(tags->size(), std::size_t(4));
        QCOMPARE(tags->at(0).position, std::size_t(3));
        QCOMPARE(tags->at(0).length, std::size_t(18));
        QCOMPARE(tags->at(0).fallback, std::string("you"));
        QCOMPARE(int(tags->at(1).kind), int(TemplateTag::Kind::SectionStart));
    }

    void snippets_are_put_in_with_their_fields() {
        const TemplateSnippets snippets{
            {"intro", "Hi {{first_name}}, {{> where}}"}, {"where", "in {{city|town}}"}, {"me", "{{> me}}"}};
        const auto filled = renderTemplate("{{> intro}}.", zoe, {.snippets = &snippets});
        VERIFY_OK(filled);
        QCOMPARE(filled->text, std::string("Hi Zoë, in town."));
        const auto unknown = renderTemplate("{{>nobody}}", zoe, {.snippets = &snippets});
        VERIFY_ERROR(unknown, ErrorCode::UnknownVariable);
        QCOMPARE(unknown.error().detail, std::string("> nobody"));
        VERIFY_ERROR(renderTemplate("{{> me}}", zoe, {.snippets = &snippets}), ErrorCode::TemplateSyntax);
        VERIFY_ERROR(renderTemplate("{{> intro}}", zoe), ErrorCode::UnknownVariable);
        VERIFY_OK(checkTemplate("{{> anything}}")); // judged where snippets are known
        VERIFY_ERROR(checkTemplate("{{> two words}}"), ErrorCode::TemplateSyntax);
        QVERIFY(isSnippetName("Über-uns_2"));
        QVERIFY(!isSnippetName("a b") && !isSnippetName("") && !isSnippetName("a}"));
    }

    void values_are_escaped_for_markdown_and_the_author_is_not() {
        const auto filled =
            renderTemplate("**{{first_name}}** {{city|*x*}}", {{"first_name", "*Z* <b>"}}, {.escapeForMarkdown = true});
        VERIFY_OK(filled);
        QCOMPARE(filled->text, std::string("**\\*Z\\* \\<b\\>** *x*"));
    }

    void any_text_without_braces_is_rendered_unchanged() {
        VERIFY_PROPERTY([](const std::string& text) {
            RC_PRE(text.find('{') == std::string::npos && text.find('\\') == std::string::npos);
            const auto result = renderTemplate(text, zoe);
            RC_ASSERT(result.has_value());
            RC_ASSERT(result->text == text);
        });
    }

    void any_text_at_all_gives_a_text_or_a_clear_error() {
        VERIFY_PROPERTY([] {
            const auto pieces = *rc::gen::container<std::vector<std::string>>(
                rc::gen::element<std::string>("{{", "}}", "{{{", "#", "^", "/", "first_name", "city", "|", " ", "x",
                                              "{{first_name}}", "{{#city}}", "{{/city}}", "!"));
            std::string text;
            for (const std::string& piece : pieces)
                text += piece;
            const auto result = renderTemplate(text, zoe);
            if (!result)
                RC_ASSERT(!result.error().detail.empty());
        });
    }
};

OUTRIDER_TEST(MessageTemplateTest)
#include "message_template_test.moc"
