// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::outreach {

// Message templates: Mustache (https://mustache.github.io/mustache.5.html, by kainjow-mustache) with
// a short form for fallbacks, and choices.
//
//   Hi {{first_name|there}},                      the fallback when the field is empty
//   {{#company}}at {{company}}{{/company}}        only when it is not empty
//   {{^company}}where you work{{/company}}        only when it is
//   {{> intro}}                                   the snippet of that name, with fields and choices of its own
//   {Hi|Hello|Hey}                                one of these, see choices.h; \{ \} \| are the signs themselves
//
// Fields are those of the catalogue marked as variables, and custom:… ones. An unknown field is an
// error when the template is written; a field that is empty without a fallback blocks that one send
// with its reason: nobody gets "Hi ,".

// Field name -> value. What is empty or absent counts as empty.
using TemplateValues = std::map<std::string, std::string, std::less<>>;
// Name -> text.
using TemplateSnippets = std::map<std::string, std::string, std::less<>>;

struct Rendered {
    std::string text;
    int variables = 0; // how many were filled in
};

struct TemplateRendering {
    const TemplateSnippets* snippets = nullptr; // none: a template with one cannot be rendered
    std::uint64_t seed = 0;                     // the same seed makes the same choices
    // Puts a backslash before every sign of a value that means something in Markdown; what the author of the
    // template wrote stays as it is.
    bool escapeForMarkdown = false;
};

// MissingVariable (detail: the field), UnknownVariable (also "> name", a snippet there is not), TemplateSyntax
// ("position: what was expected").
Result<Rendered> renderTemplate(std::string_view text, const TemplateValues& values, const TemplateRendering& how = {});

// One {{…}} of a template, for highlighting and checking.
struct TemplateTag {
    enum class Kind { Variable, SectionStart, InvertedStart, SectionEnd, Comment, Snippet };
    Kind kind = Kind::Variable;
    std::string field; // of a snippet: its name
    std::string fallback;
    bool hasFallback = false;
    std::size_t position = 0; // in bytes, of the first brace
    std::size_t length = 0;   // in bytes, with the braces
    bool known = true;
};

// TemplateSyntax when a tag or section is not closed.
Result<std::vector<TemplateTag>> templateTags(std::string_view text);

// Whether it can be published: well-formed, and every field known. Snippets are looked at when they are given.
Result<> checkTemplate(std::string_view text, const TemplateSnippets* snippets = nullptr);

// The text with its snippets in their place, those in them too. UnknownVariable, TemplateSyntax when one holds itself.
Result<std::string> withSnippets(std::string_view text, const TemplateSnippets& snippets);

// Letters, digits, "-" and "_", and not too long.
bool isSnippetName(std::string_view name);

} // namespace outrider::outreach
