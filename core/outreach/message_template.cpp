// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/message_template.h"

#include "core/contact/text.h"
#include "core/domain/field.h"

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

// The template in plain Mustache: fallbacks as a section and its opposite, fields under safe names.
std::string toMustache(std::string_view text, const std::vector<Tag>& tags) {
    std::string out;
    std::size_t at = 0;
    for (const Tag& tag : tags) {
        out += text.substr(at, tag.position - at);
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
            break;
        }
    }
    return out += text.substr(at);
}

} // namespace

Result<std::vector<TemplateTag>> templateTags(std::string_view text) {
    std::vector<Tag> tags;
    std::vector<std::pair<std::string, std::size_t>> open;
    std::size_t at = 0;
    while ((at = text.find("{{", at)) != std::string_view::npos) {
        const auto end = text.find("}}", at + 2);
        if (end == std::string_view::npos || text.find("{{", at + 2) < end) // "{{first_name|there}, of {{company}}"
            return syntax(at, "the braces opened here are not closed");
        Tag tag{.position = at, .length = end + 2 - at};
        auto inner = contact::trimmed(text.substr(at + 2, end - at - 2));
        if (inner.starts_with('#') || inner.starts_with('^') || inner.starts_with('/') || inner.starts_with('!')) {
            tag.kind = inner.front() == '#'   ? Tag::Kind::SectionStart
                       : inner.front() == '^' ? Tag::Kind::InvertedStart
                       : inner.front() == '/' ? Tag::Kind::SectionEnd
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
            tag.known = isKnown(tag.field);
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

Result<> checkTemplate(std::string_view text) {
    OUTRIDER_ASSIGN(const std::vector<Tag> tags, templateTags(text));
    for (const Tag& tag : tags) {
        if (!tag.known)
            return fail(ErrorCode::UnknownVariable, tag.field);
    }
    return {};
}

Result<Rendered> renderTemplate(std::string_view text, const TemplateValues& values) {
    OUTRIDER_TRY(checkTemplate(text));
    OUTRIDER_ASSIGN(const std::vector<Tag> tags, templateTags(text));
    if (std::string missing = firstMissing(tags, values); !missing.empty())
        return fail(ErrorCode::MissingVariable, std::move(missing));

    mustache::mustache compiled(toMustache(text, tags));
    if (!compiled.is_valid())
        return fail(ErrorCode::TemplateSyntax, "0: " + compiled.error_message());
    compiled.set_custom_escape([](const std::string& value) { return value; }); // mail text, not HTML
    Rendered rendered;
    mustache::data data(mustache::data::type::object);
    for (const Tag& tag : tags) {
        const auto value = valueOf(values, tag.field);
        if (!value.empty()) // absent is what an inverted section waits for
            data.set(mustacheName(tag.field), std::string(value));
        rendered.variables += tag.kind == Tag::Kind::Variable ? 1 : 0;
    }
    rendered.text = compiled.render(data);
    if (!compiled.is_valid())
        return fail(ErrorCode::TemplateSyntax, "0: " + compiled.error_message());
    return rendered;
}

} // namespace outrider::outreach
