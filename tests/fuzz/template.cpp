// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/field.h"
#include "core/outreach/mail_markup.h"
#include "core/outreach/message_template.h"

#include "fuzz.h"

using namespace outrider;
using namespace outrider::outreach;

// A message template: refused, or one that can be rendered for whoever has all its fields.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::textOf(data, size);
    const auto tags = templateTags(text);
    const auto checked = checkTemplate(text);
    FUZZ_REQUIRE(tags.has_value() || !checked.has_value());
    TemplateValues values;
    if (tags) {
        std::size_t end = 0;
        for (const TemplateTag& tag : *tags) {
            FUZZ_REQUIRE(tag.position >= end && tag.length >= 4 && tag.position + tag.length <= text.size());
            FUZZ_REQUIRE(text.substr(tag.position, 2) == "{{");
            end = tag.position + tag.length;
            values[tag.field] = "{{first_name}} & <b>\"x\"</b>";
        }
    }
    const auto nobody = renderTemplate(text, {});
    const auto rendered = renderTemplate(text, values);
    if (checked) {
        const auto waits = [](const Error& error) { // for a value, or for a snippet there is not
            return error.code == ErrorCode::MissingVariable
                   || (error.code == ErrorCode::UnknownVariable && error.detail.starts_with("> "));
        };
        FUZZ_REQUIRE(rendered.has_value() || waits(rendered.error()));
        FUZZ_REQUIRE(nobody.has_value() || waits(nobody.error()));
    }
    // HTML made of anything has no tag but those of the markup.
    const std::string html = htmlOf(text, text);
    FUZZ_REQUIRE(html.find("<script") == std::string::npos && html.find("<img") == std::string::npos);
    if (tags && tags->empty() && rendered && text.find_first_of("{\\") == std::string_view::npos)
        FUZZ_REQUIRE(rendered->text == text);
    return 0;
}
