// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/message_template.h"

#include "core/contact/text.h"
#include "core/domain/field.h"
#include "core/outreach/choices.h"

#include <kainjow/mustache.hpp>

#include <algorithm>

namespace outrider::outreach {

namespace {

using Tag = TemplateTag;
namespace mustache = kainjow::mustache;

tl::unexpected<Error> syntax(std::size_t position, std::string_view what) {
    return fail(ErrorCode::TemplateSyntax, std::to_string(position) + ": " + std::string(what));
}

bool isKnown(std::string_view field) {
    if (customFieldKey(field))
        return true;
    const Field* known = findField(field);
    return known != nullptr && known->variable;
}

std::string_view valueOf(const TemplateValues& values, std::string_view field) {
    const auto found = values.find(field);
    return found == values.end() ? std::string_view() : contact::trimmed(found->second);
}

// The first field a reader would miss: a variable without value and fallback, in a section that shows.
std::string firstMissing(const std::vector<Tag>& tags, const TemplateValues& values) {
    std::vector<bool> shown{true};
    for (const Tag& tag : tags) {
        const bool filled = !valueOf(values, tag.field).empty();
        switch (tag.kind) {
        case Tag::Kind::SectionStart:
            shown.push_back(shown.back() && filled);
            break;
        case Tag::Kind::InvertedStart:
            shown.push_back(shown.back() && !filled);
            break;
        case Tag::Kind::SectionEnd:
            shown.pop_back();
            break;
        case Tag::Kind::Variable:
            if (shown.back() && !filled && !tag.hasFallback)
                return tag.field;
            break;
        case Tag::Kind::Comment:
        case Tag::Kind::Snippet: // its text stands there by now
            break;
        }
    }
    return {};
}

// Mustache reads "." as "inside of" and has no place for ":": fields get names of letters only.
std::string mustacheName(std::string_view field) {
    std::string name = "f_";
    for (const char c : field) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            name += c;
        else
            name += "_" + std::to_string(static_cast<unsigned char>(c)) + "_";
    }
    return name;
}

constexpr const char* openBrace = "open_brace"; // no field's safe name begins so
constexpr const char* closeBrace = "close_brace";

// Text between tags without its escapes. A brace that was escaped goes in as a value, lest it opens a tag.
void addText(std::string& out, std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (isEscape(text, at) && text[++at] != '|')
            out += std::string("{{{") + (text[at] == '{' ? openBrace : closeBrace) + "}}}";
        else
            out += text[at];
    }
}

// The template in plain Mustache: fallbacks as a section and its opposite, fields under safe names.
std::string toMustache(std::string_view text, const std::vector<Tag>& tags) {
    std::string out;
    std::size_t at = 0;
    for (const Tag& tag : tags) {
        addText(out, text.substr(at, tag.position - at));
        at = tag.position + tag.length;
        const std::string name = mustacheName(tag.field);
        switch (tag.kind) {
        case Tag::Kind::Variable:
            out += tag.hasFallback ? "{{#" + name + "}}{{{" + name + "}}}{{/" + name + "}}{{^" + name + "}}" + tag.fallback
                                         + "{{/" + name + "}}"
                                   : "{{{" + name + "}}}";
            break;
        case Tag::Kind::SectionStart:
            out += "{{#" + name + "}}";
            break;
        case Tag::Kind::InvertedStart:
            out += "{{^" + name + "}}";
            break;
        case Tag::Kind::SectionEnd:
            out += "{{/" + name + "}}";
            break;
        case Tag::Kind::Comment:
        case Tag::Kind::Snippet:
            break;
        }
    }
    addText(out, text.substr(at));
    return out;
}

// CommonMark §2.4: a backslash takes the meaning of any ASCII punctuation.
std::string escapedForMarkdown(std::string_view value) {
    std::string out;
    out.reserve(value.size() + value.size() / 8);
    for (const char c : value) {
        const bool punctuation =
            (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
        if (punctuation)
            out += '\\';
        out += c;
    }
    return out;
}

constexpr int deepestSnippet = 8;
constexpr std::size_t longestWithSnippets = std::size_t(1) << 20;

Result<std::string> expanded(std::string_view text, const TemplateSnippets& snippets, int depth) {
    OUTRIDER_ASSIGN(const std::vector<Tag> tags, templateTags(text));
    std::string out;
    std::size_t at = 0;
    for (const Tag& tag : tags) {
        if (tag.kind != Tag::Kind::Snippet)
            continue;
        const auto snippet = snippets.find(tag.field);
        if (snippet == snippets.end())
            return fail(ErrorCode::UnknownVariable, "> " + tag.field);
        if (depth >= deepestSnippet)
            return syntax(tag.position, "the snippet \"" + tag.field + "\" holds itself");
        out += text.substr(at, tag.position - at);
        OUTRIDER_ASSIGN(const std::string inner, expanded(snippet->second, snippets, depth + 1));
        if (out.size() + inner.size() > longestWithSnippets)
            return syntax(tag.position, "shorter snippets");
        out += inner;
        at = tag.position + tag.length;
    }
    return out += text.substr(at);
}

// Every option by itself, for what is opened in one has to be closed in it.
Result<> checkChoices(std::string_view text, std::size_t offset = 0) {
    OUTRIDER_ASSIGN(const auto choices, templateChoices(text));
    for (const TemplateChoice& choice : choices) {
        for (const std::string_view option : choice.options) {
            if (const auto tags = templateTags(option); !tags)
                return syntax(offset + choice.position, "every section of this choice closed where it was opened");
            OUTRIDER_TRY(checkChoices(option, offset + std::size_t(option.data() - text.data())));
        }
    }
    return {};
}

} // namespace

Result<std::vector<TemplateTag>> templateTags(std::string_view text) {
    std::vector<Tag> tags;
    std::vector<std::pair<std::string, std::size_t>> open;
    std::size_t at = 0;
    const auto nextTag = [text](std::size_t from) {
        while (from < text.size() && text.substr(from, 2) != "{{")
            from += isEscape(text, from) ? 2 : 1;
        return from < text.size() ? from : std::string_view::npos;
    };
    while ((at = nextTag(at)) != std::string_view::npos) {
        const auto end = text.find("}}", at + 2);
        if (end == std::string_view::npos || text.find("{{", at + 2) < end) // "{{first_name|there}, of {{company}}"
            return syntax(at, "the braces opened here are not closed");
        Tag tag{.position = at, .length = end + 2 - at};
        auto inner = contact::trimmed(text.substr(at + 2, end - at - 2));
        if (inner.starts_with('#') || inner.starts_with('^') || inner.starts_with('/') || inner.starts_with('!')
            || inner.starts_with('>')) {
            tag.kind = inner.front() == '#'   ? Tag::Kind::SectionStart
                       : inner.front() == '^' ? Tag::Kind::InvertedStart
                       : inner.front() == '/' ? Tag::Kind::SectionEnd
                       : inner.front() == '>' ? Tag::Kind::Snippet
                                              : Tag::Kind::Comment;
            inner = contact::trimmed(inner.substr(1));
        }
        if (tag.kind == Tag::Kind::Variable) {
            if (const auto bar = inner.find('|'); bar != std::string_view::npos) {
                tag.hasFallback = true;
                tag.fallback = std::string(contact::trimmed(inner.substr(bar + 1)));
                if (tag.fallback.find('{') != std::string::npos)
                    return syntax(at, "a fallback without braces");
                inner = contact::trimmed(inner.substr(0, bar));
            }
        }
        if (tag.kind != Tag::Kind::Comment) {
            const bool name = !inner.empty() && std::all_of(inner.begin(), inner.end(), [](char c) {
                return c != '{' && c != '}' && c != ' ' && c != '\n' && c != '&' && c != '>' && c != '=';
            });
            if (!name)
                return syntax(at, "a field's name between the braces");
            tag.field = std::string(inner);
            tag.known = tag.kind == Tag::Kind::Snippet || isKnown(tag.field);
            if (tag.kind == Tag::Kind::Snippet && !isSnippetName(inner))
                return syntax(at, "a snippet's name between the braces");
        }
        if (tag.kind == Tag::Kind::SectionStart || tag.kind == Tag::Kind::InvertedStart) {
            open.emplace_back(tag.field, at);
        } else if (tag.kind == Tag::Kind::SectionEnd) {
            if (open.empty() || open.back().first != tag.field)
                return syntax(at, "\"" + tag.field + "\" is closed here but was not opened last");
            open.pop_back();
        }
        at = end + 2;
        tags.push_back(std::move(tag));
    }
    if (!open.empty())
        return syntax(open.back().second, "the section \"" + open.back().first + "\" opened here is not closed");
    return tags;
}

Result<> checkTemplate(std::string_view text, const TemplateSnippets* snippets) {
    std::string whole;
    if (snippets != nullptr) {
        OUTRIDER_ASSIGN(whole, withSnippets(text, *snippets));
        text = whole;
    }
    OUTRIDER_ASSIGN(const std::vector<Tag> tags, templateTags(text));
    for (const Tag& tag : tags) {
        if (!tag.known)
            return fail(ErrorCode::UnknownVariable, tag.field);
    }
    return checkChoices(text);
}

Result<std::string> withSnippets(std::string_view text, const TemplateSnippets& snippets) { return expanded(text, snippets, 0); }

bool isSnippetName(std::string_view name) {
    constexpr std::size_t longest = 64;
    return !name.empty() && name.size() <= longest && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'
               || static_cast<unsigned char>(c) >= 0x80;
    });
}

Result<Rendered> renderTemplate(std::string_view text, const TemplateValues& values, const TemplateRendering& how) {
    static const TemplateSnippets none;
    const TemplateSnippets& snippets = how.snippets != nullptr ? *how.snippets : none;
    OUTRIDER_TRY(checkTemplate(text, &snippets));
    OUTRIDER_ASSIGN(const std::string whole, withSnippets(text, snippets));
    OUTRIDER_ASSIGN(const std::string chosen, withChoices(whole, how.seed));
    OUTRIDER_ASSIGN(const std::vector<Tag> tags, templateTags(chosen));
    if (std::string missing = firstMissing(tags, values); !missing.empty())
        return fail(ErrorCode::MissingVariable, std::move(missing));

    mustache::mustache compiled(toMustache(chosen, tags));
    if (!compiled.is_valid())
        return fail(ErrorCode::TemplateSyntax, "0: " + compiled.error_message());
    compiled.set_custom_escape([](const std::string& value) { return value; }); // mail text, not HTML
    Rendered rendered;
    mustache::data data(mustache::data::type::object);
    data.set(openBrace, "{");
    data.set(closeBrace, "}");
    for (const Tag& tag : tags) {
        const auto value = valueOf(values, tag.field);
        if (!value.empty()) // absent is what an inverted section waits for
            data.set(mustacheName(tag.field), how.escapeForMarkdown ? escapedForMarkdown(value) : std::string(value));
        rendered.variables += tag.kind == Tag::Kind::Variable ? 1 : 0;
    }
    rendered.text = compiled.render(data);
    if (!compiled.is_valid())
        return fail(ErrorCode::TemplateSyntax, "0: " + compiled.error_message());
    return rendered;
}

} // namespace outrider::outreach
