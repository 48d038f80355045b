// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/contact/text.h"
#include "core/transport/html_clean.h"
#include "core/transport/html_text.h"
#include "support/clean_markup.h"

#include "fuzz.h"

using namespace outrider;

// The HTML of a mail: readable text, nothing more than was there; and markup that holds nothing but what is allowed.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view html = fuzz::textOf(data, size);
    const std::string_view charset = transport::htmlCharset(html);
    FUZZ_REQUIRE(charset.empty()
                 || (charset.data() >= html.data() && charset.data() + charset.size() <= html.data() + html.size()));
    if (!contact::isUtf8(html))
        return 0;
    const std::string text = transport::htmlToText(html);
    FUZZ_REQUIRE(contact::isUtf8(text));
    FUZZ_REQUIRE(text.find('\r') == std::string::npos);
    const transport::CleanHtml clean = transport::cleanHtml(html);
    FUZZ_REQUIRE(contact::isUtf8(clean.html) && clean.html.size() <= transport::mostCleanHtml);
    FUZZ_REQUIRE(test::offence(clean.html).empty());
    for (const transport::MailLink& link : clean.links)
        FUZZ_REQUIRE(!link.host.empty() || link.url.front() == 'm' || link.url.front() == 'M');
    return 0;
}
