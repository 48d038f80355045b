// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::outreach {

// Message templates: Mustache (https://mustache.github.io/mustache.5.html, by kainjow-mustache) with
// one short form more.
//
//   Hi {{first_name|there}},                      the fallback when the field is empty
//   {{#company}}at {{company}}{{/company}}        only when it is not empty
//   {{^company}}where you work{{/company}}        only when it is
//
// Fields are those of the catalogue marked as variables, and custom:… ones. An unknown field is an
// error when the template is written; a field that is empty without a fallback blocks that one send
// with its reason: nobody gets "Hi ,".

// Field name -> value. What is empty or absent counts as empty.
using TemplateValues = std::map<std::string, std::string, std::less<>>;

struct Rendered {
    std::string text;
    int variables = 0; // how many were filled in
};

// MissingVariable (detail: the field), UnknownVariable, TemplateSyntax ("position: what was expected").
Result<Rendered> renderTemplate(std::string_view text, const TemplateValues& values);

// One {{…}} of a template, for highlighting and checking.
struct TemplateTag {
    enum class Kind { Variable, SectionStart, InvertedStart, SectionEnd, Comment };
    Kind kind = Kind::Variable;
    std::string field;
    std::string fallback;
    bool hasFallback = false;
    std::size_t position = 0; // in bytes, of the first brace
    std::size_t length = 0;   // in bytes, with the braces
    bool known = true;
};

// TemplateSyntax when a tag or section is not closed.
Result<std::vector<TemplateTag>> templateTags(std::string_view text);

// Whether it can be published: well-formed, and every field known.
Result<> checkTemplate(std::string_view text);

} // namespace outrider::outreach
