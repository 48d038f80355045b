// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/contact/phone_number.h"

#include "core/contact/text.h"

#include <phonenumbers/phonenumberutil.h>

namespace outrider::contact {

using i18n::phonenumbers::PhoneNumberUtil;

namespace {

Result<PhoneNumber> read(std::string_view text, std::string_view country, bool askPlan) {
    auto cleaned = trimmed(text);
    while (!cleaned.empty() && (cleaned.front() == '\'' || cleaned.front() == '=' || cleaned.front() == '"'))
        cleaned.remove_prefix(1);
    while (!cleaned.empty() && cleaned.back() == '"')
        cleaned.remove_suffix(1);
    if (cleaned.starts_with("tel:"))
        cleaned.remove_prefix(4);
    const auto refuse = [text] { return fail(ErrorCode::InvalidPhone, std::string(text.substr(0, 80))); };
    if (cleaned.empty() || cleaned.size() > 80)
        return refuse();

    static const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance(); // the library's own, never freed
    i18n::phonenumbers::PhoneNumber number;
    // "00" is the international prefix nearly everywhere; without a country nobody expands it.
    std::string input(cleaned);
    if (input.starts_with("00"))
        input.replace(0, 2, "+");
    const std::string region = country.size() == 2 ? std::string(country) : std::string("ZZ");
    if (util.Parse(input, region, &number) != PhoneNumberUtil::NO_PARSING_ERROR || !util.IsPossibleNumber(number))
        return refuse();

    PhoneNumber result;
    result.extension = number.extension();
    util.Format(number, PhoneNumberUtil::E164, &result.e164);
    util.Format(number, PhoneNumberUtil::INTERNATIONAL, &result.international);
    if (!askPlan)
        return result;
    result.valid = util.IsValidNumber(number);
    std::string numberRegion;
    util.GetRegionCodeForNumber(number, &numberRegion);
    if (numberRegion.size() == 2 && numberRegion != "ZZ")
        result.country = numberRegion;
    return result;
}

} // namespace

Result<PhoneNumber> parsePhoneNumber(std::string_view text, std::string_view country) { return read(text, country, true); }

Result<PhoneNumber> readPhoneNumber(std::string_view text, std::string_view country) { return read(text, country, false); }

bool looksLikePhone(std::string_view text) {
    int digits = 0;
    for (const char c : text) {
        if (c >= '0' && c <= '9')
            ++digits;
        else if (std::string_view(" +-().'/\xC2\xA0xext").find(c) == std::string_view::npos)
            return false;
    }
    return digits >= 6 && digits <= 16;
}

} // namespace outrider::contact
