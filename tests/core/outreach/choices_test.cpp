// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/choices.h"

#include "core/outreach/message_template.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

#include <map>
#include <set>

using namespace outrider;
using namespace outrider::outreach;

namespace {

std::string chosen(std::string_view text, std::uint64_t seed) {
    const auto made = withChoices(text, seed);
    return made ? *made : made.error().detail;
}

std::set<std::string> allOf(std::string_view text) {
    std::set<std::string> all;
    for (std::uint64_t seed = 0; seed < 200; ++seed)
        all.insert(chosen(text, seed));
    return all;
}

std::string rendered(std::string_view text, std::uint64_t seed, const TemplateValues& values = {{"first_name", "Zoë"}}) {
    const auto result = renderTemplate(text, values, {.seed = seed});
    return result ? result->text : std::string(name(result.error().code)) + " " + result.error().detail;
}

} // namespace

class ChoicesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_option_is_taken_and_about_as_often() {
        std::map<std::string, int> counts;
        for (std::uint64_t lead = 0; lead < 3000; ++lead)
            ++counts[chosen("{Hi|Hello|Hey} there", choiceSeed(lead, 0, 2))];
        QCOMPARE(counts.size(), std::size_t(3));
        for (const auto& [text, count] : counts)
            QVERIFY2(count > 850 && count < 1150, text.c_str());
    }

    void the_same_seed_makes_the_same_choices() {
        VERIFY_PROPERTY([](std::uint64_t seed) {
            const char* text = "{a|b|c} {d|{e|f} g} {h|i}";
            RC_ASSERT(chosen(text, seed) == chosen(text, seed));
        });
        // A step, and the subject beside the text, choose for themselves.
        QVERIFY(choiceSeed(1, 0, 1) != choiceSeed(1, 0, 2));
        QVERIFY(choiceSeed(1, 0, 1) != choiceSeed(1, 1, 1));
        QVERIFY(choiceSeed(1, 0, 1) != choiceSeed(2, 0, 1));
    }

    void choices_stand_inside_each_other_and_may_be_empty() {
        QCOMPARE(allOf("{a|{b|c}}"), (std::set<std::string>{"a", "b", "c"}));
        QCOMPARE(allOf("so{| very} glad"), (std::set<std::string>{"so glad", "so very glad"}));
    }

    void braces_without_a_bar_are_text() {
        QCOMPARE(chosen("{just so} and {", 1), std::string("{just so} and {"));
        QCOMPARE(rendered("{just so}", 1), std::string("{just so}"));
        QCOMPARE(rendered("a | b", 1), std::string("a | b"));
    }

    void a_backslash_makes_a_sign_of_it() {
        QCOMPARE(rendered("\\{Hi|Hello\\}", 1), std::string("{Hi|Hello}"));
        QCOMPARE(rendered("\\{\\{first_name\\}\\}", 1), std::string("{{first_name}}"));
        QCOMPARE(rendered("\\{{{first_name}}\\}", 1), std::string("{Zoë}"));
        const auto two = allOf("{a\\|b|c}");
        QCOMPARE(two, (std::set<std::string>{"a\\|b", "c"}));
        QCOMPARE(rendered("C:\\mail\\new", 1), std::string("C:\\mail\\new"));
    }

    void fields_and_their_fallbacks_stand_inside_a_choice() {
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const std::string text = rendered("{Hi {{first_name|you}}|Hello {{first_name|there}}},", seed);
            QVERIFY2(text == "Hi Zoë," || text == "Hello Zoë,", text.c_str());
        }
        // The bar of a fallback is none of the choice's.
        const auto choices = templateChoices("{{first_name|there}} {a|b}");
        VERIFY_OK(choices);
        QCOMPARE(choices->size(), std::size_t(1));
        QCOMPARE(choices->front().position, std::size_t(21));
        QCOMPARE(choices->front().options.size(), std::size_t(2));
    }

    void a_choice_in_a_value_is_text() {
        QCOMPARE(rendered("{{first_name}}", 3, {{"first_name", "{a|b} \\{c"}}), std::string("{a|b} \\{c"));
    }

    void what_is_not_closed_is_said_with_its_place() {
        const auto open = checkTemplate("Well, {Hi|Hello\nthere");
        VERIFY_ERROR(open, ErrorCode::TemplateSyntax);
        QVERIFY(open.error().detail.starts_with("6:"));
        // A section opened in one option cannot be closed outside of it.
        VERIFY_ERROR(checkTemplate("{a {{#city}}b|c} {{/city}}"), ErrorCode::TemplateSyntax);
        VERIFY_OK(checkTemplate("{a {{#city}}b{{/city}}|c}"));
    }

    void any_pieces_give_a_text_or_a_clear_error() {
        VERIFY_PROPERTY([](std::uint64_t seed) {
            const auto pieces = *rc::gen::container<std::vector<std::string>>(
                rc::gen::element<std::string>("{", "}", "|", "\\", "{{first_name}}", "{{", "}}", "a", "\n", "{b|c}"));
            std::string text;
            for (const std::string& piece : pieces)
                text += piece;
            const auto result = renderTemplate(text, {{"first_name", "Zoë"}}, {.seed = seed});
            const bool clear =
                result ? result->text.find("{{first_name}}") == std::string::npos || text.find("\\{") != std::string::npos
                       : !result.error().detail.empty();
            RC_ASSERT(clear);
        });
    }

    void deep_nesting_is_refused() {
        const std::string deep = std::string(40, '{') + "a|b" + std::string(40, '}');
        VERIFY_ERROR(checkTemplate(" " + deep), ErrorCode::TemplateSyntax);
    }
};

OUTRIDER_TEST(ChoicesTest)
#include "choices_test.moc"
