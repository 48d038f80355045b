// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/message_lint.h"

#include "support/test_registry.h"

#include <algorithm>

using namespace outrider;
using namespace outrider::outreach;

namespace {

LintInput mailOf(std::string subject, std::string body) {
    LintInput input;
    input.version.steps.push_back({.channel = Channel::Email, .subject = std::move(subject), .body = std::move(body)});
    input.optOutLine = "Tell me, and I will not write again.";
    input.postalAddress = "Harborline, Pier 4, Hamburg";
    return input;
}

LintInput bodyOf(std::string body) { return mailOf("A question", std::move(body)); }

std::optional<LintFinding> found(const LintInput& input, std::string_view rule) {
    const auto all = lintMessages(input);
    const auto one = std::ranges::find(all, rule, &LintFinding::rule);
    return one == all.end() ? std::nullopt : std::optional(*one);
}

std::string rules(const LintInput& input) {
    std::string all;
    for (const LintFinding& finding : lintMessages(input))
        all += finding.rule + " ";
    return all;
}

std::string words(int count) {
    std::string text;
    for (int i = 0; i < count; ++i)
        text += "w" + std::to_string(i) + " ";
    return text;
}

} // namespace

class MessageLintTest : public QObject {
    Q_OBJECT

    using Severity = LintFinding::Severity;

private Q_SLOTS:
    void a_careful_message_is_left_alone() {
        QCOMPARE(rules(bodyOf("{Hi|Hello} {{first_name|there}},\n\nhow do your drivers get a ramp?\n\nMara")), std::string());
    }

    void what_can_never_be_sent_is_an_error_with_its_place() {
        const auto unknown = found(bodyOf("Hi {{frist_name}}"), "unknown_field");
        QVERIFY(unknown && unknown->severity == Severity::Error);
        QCOMPARE(unknown->position, std::size_t(3));
        QCOMPARE(unknown->words.front(), std::string("frist_name"));
        QCOMPARE(int(found(bodyOf("Hi {{first_name"), "merge_syntax")->severity), int(Severity::Error));
        QCOMPARE(int(found(bodyOf("Oh, {Hi|Hello"), "choice_syntax")->severity), int(Severity::Error));
        QCOMPARE(found(bodyOf("Oh, {Hi|Hello"), "choice_syntax")->position, std::size_t(4));
        QCOMPARE(int(found(bodyOf("[us](https://)"), "broken_link")->severity), int(Severity::Error));
    }

    void fields_of_ones_own_have_to_exist() {
        LintInput input = bodyOf("{{custom:opener}} {{custom:docks|some}}");
        QCOMPARE(found(input, "unknown_field")->words.front(), std::string("custom:opener"));
        input.customFields = {"opener"};
        QVERIFY(!found(input, "unknown_field"));
    }

    void snippets_have_to_exist_and_be_fit() {
        LintInput input = bodyOf("{{> intro}}");
        QCOMPARE(found(input, "unknown_snippet")->words.front(), std::string("intro"));
        input.snippets = {{"intro", "Hi {{frist_name}}"}};
        QVERIFY(found(input, "broken_snippet"));
        input.snippets = {{"intro", "{{> intro}}"}};
        QVERIFY(found(input, "broken_snippet"));
        input.snippets = {{"intro", "Hi {{first_name}}"}};
        QCOMPARE(rules(input), std::string());
    }

    void who_has_no_value_is_counted() {
        LintInput input = bodyOf("Hi {{first_name}}, {{city|there}}");
        input.leads = {{{"first_name", "Zoë"}}, {{"city", "Rostock"}}, {}};
        const auto missing = found(input, "field_missing");
        QVERIFY(missing && missing->severity == Severity::Warning);
        QCOMPARE(missing->count, 2);
        QCOMPARE(missing->limit, 3);
        QCOMPARE(missing->position, std::size_t(3));
    }

    void length_is_judged_by_what_is_sent() {
        QVERIFY(!found(bodyOf(words(120)), "long_text"));
        QCOMPARE(int(found(bodyOf(words(130)), "long_text")->severity), int(Severity::Hint));
        QCOMPARE(int(found(bodyOf(words(201)), "long_text")->severity), int(Severity::Warning));
        // One option of a choice is sent, not all.
        QVERIFY(!found(bodyOf("{" + words(100) + "|" + words(100) + "}"), "long_text"));
        QCOMPARE(found(mailOf(std::string(71, 'x'), "y"), "long_subject")->count, 71);
        QVERIFY(!found(mailOf("{{company|" + std::string(80, 'x') + "}}", "y"), "long_subject"));
    }

    void links_are_looked_at_one_by_one() {
        QVERIFY(found(bodyOf("https://a.example https://b.example https://c.example"), "many_links"));
        QCOMPARE(found(bodyOf("see https://bit.ly/x"), "short_link")->words.front(), std::string("bit.ly"));
        QVERIFY(found(bodyOf("see https://192.0.2.7/x"), "number_link"));
        QCOMPARE(found(bodyOf("see http://a.example/x"), "insecure_link")->replacement, std::string("https://a.example/x"));
        const auto mismatch = found(bodyOf("[www.mybank.example](https://evil.example/x)"), "link_mismatch");
        QVERIFY(mismatch && mismatch->words.at(1) == "evil.example");
        QVERIFY(!found(bodyOf("[mybank.example](https://www.mybank.example/x)"), "link_mismatch"));
        QVERIFY(!found(bodyOf("[our case](https://mybank.example/x)"), "link_mismatch"));
    }

    void only_the_first_message_is_asked_to_be_without_links() {
        LintInput input = bodyOf("Hi");
        QVERIFY(found(bodyOf("https://a.example"), "first_mail_link"));
        input.version.steps.push_back({.channel = Channel::Email, .subject = "More", .body = "https://a.example"});
        QVERIFY(!found(input, "first_mail_link"));
    }

    void shouting_and_advertising_are_named() {
        QCOMPARE(found(mailOf("URGENT question", "x"), "capitals")->words.front(), std::string("URGENT"));
        QVERIFY(!found(bodyOf("Our ERP and HTML and B2B"), "capitals"));
        QCOMPARE(found(bodyOf("Great!! Really"), "exclamations")->replacement, std::string("."));
        QVERIFY(!found(bodyOf("Thank you!"), "exclamations"));
        const auto spam = found(mailOf("Act now", "x"), "spam_words");
        QVERIFY(spam && spam->severity == Severity::Warning);
        QCOMPARE(spam->words.front(), std::string("act now"));
        QCOMPARE(int(found(bodyOf("there is no risk in it"), "spam_words")->severity), int(Severity::Hint));
        QVERIFY(!found(bodyOf("the bonuses of Gratiss"), "spam_words"));
        // What a field or a link is called is not what is said.
        QVERIFY(!found(bodyOf("[here](https://a.example/free-trial) {{company|x}}"), "spam_words"));
    }

    void a_word_that_stands_twice_can_be_taken_out() {
        const auto twice = found(bodyOf("with the the same crew"), "repeated_word");
        QVERIFY(twice);
        QCOMPARE(twice->position, std::size_t(5));
        QCOMPARE(twice->length, std::size_t(7));
        QCOMPARE(twice->replacement, std::string("the"));
        QVERIFY(!found(bodyOf("the. The same"), "repeated_word"));
    }

    void a_subject_that_pretends_to_answer_is_told() {
        QVERIFY(found(mailOf("Re: our talk", "x"), "false_reply"));
        LintInput input = bodyOf("x");
        input.version.steps.push_back(
            {.channel = Channel::Email, .thread = Thread::Reply, .subject = "Re: our talk", .body = "y"});
        QVERIFY(!found(input, "false_reply"));
    }

    void the_law_asks_by_where_the_leads_are() {
        LintInput input = bodyOf("x");
        input.optOutLine = " ";
        input.postalAddress.clear();
        QCOMPARE(int(found(input, "no_opt_out")->severity), int(Severity::Hint));
        QCOMPARE(int(found(input, "no_postal_address")->severity), int(Severity::Hint));
        input.countries = {{"US", 3}, {"DE", 2}, {"JP", 1}};
        const auto optOut = found(input, "no_opt_out");
        QCOMPARE(int(optOut->severity), int(Severity::Warning));
        QCOMPARE(optOut->words, (std::vector<std::string>{"DE", "US"}));
        QCOMPARE(optOut->count, 5);
        QCOMPARE(found(input, "no_postal_address")->count, 3);
        input.countries = {{"DE", 2}};
        QVERIFY(!found(input, "no_postal_address"));
        input.version.steps.front().channel = Channel::Call;
        QVERIFY(!found(input, "no_opt_out"));
    }

    void markup_counts_only_where_it_is_not_shown() {
        LintInput input = bodyOf("a **b** [c](https://d.example)");
        QVERIFY(found(input, "markup_in_plain"));
        input.format = MailFormat::Formatted;
        QVERIFY(!found(input, "markup_in_plain"));
        QVERIFY(found(bodyOf("a <b>b</b>"), "html"));
        QVERIFY(found(bodyOf("![x](https://d.example/x.png)"), "picture"));
    }

    void files_are_weighed() {
        LintInput input = bodyOf("x");
        input.attachments[0] = {{.name = "deck.pdf", .mediaType = "application/pdf", .size = 100'000}};
        QVERIFY(found(input, "first_mail_file"));
        QVERIFY(!found(input, "files_large"));
        input.attachments[0].push_back({.name = "Setup.EXE", .mediaType = "application/x-msdownload", .size = 3'000'000});
        QCOMPARE(found(input, "refused_file")->words.front(), std::string("Setup.EXE"));
        QVERIFY(found(input, "files_large"));
        input.attachments[0].push_back({.name = "film.mp4", .mediaType = "video/mp4", .size = mostAttachmentBytes});
        QCOMPARE(int(found(input, "files_too_large")->severity), int(Severity::Error));
    }

    void variants_are_read_too_and_errors_come_first() {
        LintInput input = mailOf("Great!! offer", "Hi");
        input.version.steps.front().variants.push_back({.subject = "S", .body = "Hi {{frist_name}}"});
        const auto all = lintMessages(input);
        QCOMPARE(all.front().rule, std::string("unknown_field"));
        QCOMPARE(all.front().variant, 1);
    }
};

OUTRIDER_TEST(MessageLintTest)
#include "message_lint_test.moc"
