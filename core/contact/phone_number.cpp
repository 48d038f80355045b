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

// No number plan asks for more of a national number than its first six or seven digits; nine with the country's
// code are seven of them where it has two digits, and eight in North America.
Result<PhoneNumber> PhoneNumberReader::read(std::string_view text, std::string_view country) {
    constexpr std::size_t digitsAsked = 9;
    constexpr std::size_t modelsKept = 20000; // some 200 bytes each
    constexpr std::string_view separators = " -./";

    const auto plain = trimmed(text);
    bool international = plain.starts_with('+');
    m_digits.clear();
    for (const char c : plain.substr(international ? 1 : 0)) {
        if (c >= '0' && c <= '9')
            m_digits += c;
        else if (separators.find(c) == std::string_view::npos)
            return readPhoneNumber(text, country); // an extension, a "(0)", an apostrophe
    }
    if (!international && m_digits.starts_with("00")) {
        international = true;
        m_digits.erase(0, 2);
    }
    const std::size_t asked = international ? digitsAsked : digitsAsked - 1;
    if (m_digits.size() <= asked || m_digits.size() > 15)
        return readPhoneNumber(text, country);

    m_key.assign(international ? std::string_view("+") : country);
    m_key += static_cast<char>(m_digits.size());
    m_key.append(m_digits, 0, asked);
    const std::string_view rest = std::string_view(m_digits).substr(asked);
    if (const auto known = m_models.find(m_key); known != m_models.end()) {
        PhoneNumber number{.e164 = known->second.e164, .international = known->second.international};
        number.e164.replace(number.e164.size() - rest.size(), rest.size(), rest);
        std::size_t left = rest.size();
        for (auto c = number.international.rbegin(); left > 0; ++c) {
            if (*c >= '0' && *c <= '9')
                *c = rest[--left];
        }
        return number;
    }
    Result<PhoneNumber> number = readPhoneNumber(text, country);
    if (!number || !number->extension.empty() || !number->e164.ends_with(rest))
        return number;
    std::string written;
    for (const char c : number->international) {
        if (c >= '0' && c <= '9')
            written += c;
    }
    if (written != std::string_view(number->e164).substr(1))
        return number;
    if (m_models.size() >= modelsKept)
        m_models.clear();
    m_models.emplace(m_key, Model{number->e164, number->international});
    return number;
}

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
