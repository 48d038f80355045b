// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/choices.h"

#include "core/base/mix.h"

#include <optional>

namespace outrider::outreach {

namespace {

constexpr int deepest = 16;

// Past the {{…}} that begins at `at`; the end of the text when it is not closed.
std::size_t afterTag(std::string_view text, std::size_t at) {
    const auto end = text.find("}}", at + 2);
    return end == std::string_view::npos ? text.size() : end + 2;
}

bool isTag(std::string_view text, std::size_t at) { return text.substr(at, 2) == "{{"; }

// The choice that opens at `at`: nothing when these braces are text.
Result<std::optional<TemplateChoice>> choiceAt(std::string_view text, std::size_t opening, int depth) {
    if (depth > deepest)
        return fail(ErrorCode::TemplateSyntax, std::to_string(opening) + ": fewer choices inside each other");
    TemplateChoice choice{.position = opening};
    std::size_t begin = opening + 1;
    bool sameLine = true;
    bool barInLine = false;
    for (std::size_t at = begin; at < text.size();) {
        if (isEscape(text, at)) {
            at += 2;
        } else if (isTag(text, at)) {
            at = afterTag(text, at);
        } else if (text[at] == '{') {
            OUTRIDER_ASSIGN(const auto inner, choiceAt(text, at, depth + 1));
            at = inner ? inner->position + inner->length : at + 1;
        } else if (text[at] == '|') {
            barInLine = barInLine || sameLine;
            choice.options.push_back(text.substr(begin, at - begin));
            begin = ++at;
        } else if (text[at] == '}') {
            if (choice.options.empty())
                return std::optional<TemplateChoice>();
            choice.options.push_back(text.substr(begin, at - begin));
            choice.length = at + 1 - opening;
            return std::optional(choice);
        } else {
            sameLine = sameLine && text[at] != '\n';
            ++at;
        }
    }
    if (barInLine)
        return fail(ErrorCode::TemplateSyntax, std::to_string(opening) + ": the choice opened here is not closed");
    return std::optional<TemplateChoice>();
}

Result<> choose(std::string_view text, std::uint64_t seed, std::uint64_t& number, std::string& out) {
    std::size_t at = 0;
    while (at < text.size()) {
        if (isEscape(text, at)) {
            out += text.substr(at, 2);
            at += 2;
        } else if (isTag(text, at)) {
            const auto end = afterTag(text, at);
            out += text.substr(at, end - at);
            at = end;
        } else if (text[at] == '{') {
            OUTRIDER_ASSIGN(const auto choice, choiceAt(text, at, 0));
            if (choice) {
                const auto which = mixed(seed + number++) % choice->options.size();
                OUTRIDER_TRY(choose(choice->options[which], seed, number, out));
                at += choice->length;
            } else {
                out += text[at++];
            }
        } else {
            out += text[at++];
        }
    }
    return {};
}

} // namespace

Result<std::vector<TemplateChoice>> templateChoices(std::string_view text) {
    std::vector<TemplateChoice> choices;
    for (std::size_t at = 0; at < text.size();) {
        if (isEscape(text, at)) {
            at += 2;
        } else if (isTag(text, at)) {
            at = afterTag(text, at);
        } else if (text[at] == '{') {
            OUTRIDER_ASSIGN(const auto choice, choiceAt(text, at, 0));
            at = choice ? choice->position + choice->length : at + 1;
            if (choice)
                choices.push_back(*choice);
        } else {
            ++at;
        }
    }
    return choices;
}

Result<std::string> withChoices(std::string_view text, std::uint64_t seed) {
    std::string out;
    out.reserve(text.size());
    std::uint64_t number = 0;
    OUTRIDER_TRY(choose(text, seed, number, out));
    return out;
}

std::uint64_t choiceSeed(std::uint64_t lead, std::uint64_t step, std::uint64_t part) {
    return mixed(mixed(mixed(lead) + step) + part);
}

} // namespace outrider::outreach
