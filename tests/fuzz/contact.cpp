// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/contact/domain_name.h"
#include "core/contact/email_address.h"
#include "core/contact/person_name.h"
#include "core/contact/phone_number.h"
#include "core/contact/place.h"
#include "core/contact/text.h"
#include "core/contact/words.h"

#include "fuzz.h"

using namespace outrider;
using namespace outrider::contact;

// A cell of somebody's list: made comparable once, it stays as it is.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::textOf(data, size);
    if (const auto address = parseEmailAddress(text)) {
        FUZZ_REQUIRE(isUtf8(address->key) && !hasControlCharacter(address->key));
        const auto again = parseEmailAddress(address->key);
        FUZZ_REQUIRE(again.has_value() && again->key == address->key);
    }
    if (const auto phone = readPhoneNumber(text, "DE"); phone && phone->valid) {
        const auto again = readPhoneNumber(phone->e164, "");
        FUZZ_REQUIRE(again.has_value() && again->e164 == phone->e164);
    }
    (void)companyDomainOf(text);
    const std::string link = normalisedLinkedInUrl(text);
    FUZZ_REQUIRE(link.empty() || normalisedLinkedInUrl(link) == link);
    (void)countryCode(text);
    (void)timeZoneName(text);
    (void)displayNameOf(text);
    if (!isUtf8(text))
        return 0;
    const PersonName name = splitFullName(text);
    FUZZ_REQUIRE(isUtf8(name.first) && isUtf8(name.middle) && isUtf8(name.last) && isUtf8(name.salutation));
    FUZZ_REQUIRE(collapsed(collapsed(text)) == collapsed(text));
    for (const std::string& word : wordsOf(text))
        FUZZ_REQUIRE(!word.empty() && isUtf8(word));
    return 0;
}
