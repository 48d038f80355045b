// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/cell_shape.h"

#include "core/contact/email_address.h"
#include "core/contact/phone_number.h"
#include "core/contact/text.h"
#include "core/exchange/cell_dates.h"
#include "core/exchange/cell_values.h"

#include <algorithm>

namespace outrider::exchange {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// A host name with a top-level domain of letters, and perhaps a path.
bool looksLikeDomain(std::string_view text) {
    const auto host = text.substr(0, text.find('/'));
    const auto dot = host.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || host.size() - dot < 3 || host.size() > 253)
        return false;
    const auto top = host.substr(dot + 1);
    return std::all_of(top.begin(), top.end(), isLetter) && std::all_of(host.begin(), host.end(), [](char c) {
               return isLetter(c) || isDigit(c) || c == '-' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
           });
}

bool looksLikeNumber(std::string_view text) {
    std::size_t digits = 0;
    for (const char c : text) {
        if (isDigit(c))
            ++digits;
        else if (std::string_view("+-.,' %$\xE2\x82\xAC\xC2\xA3\xA5").find(c) == std::string_view::npos)
            return false;
    }
    return digits > 0;
}

} // namespace

CellShape shapeOf(std::string_view cell) {
    const auto text = contact::trimmed(cell);
    if (isPlaceholder(text))
        return CellShape::Empty;
    if (text.size() > 2048)
        return CellShape::Text;
    if (contains(text, "@") && contact::looksLikeEmail(text))
        return CellShape::Email;
    const bool spaces = contains(text, " ");
    if (!spaces && contains(text, ".")) {
        const std::string lower = contact::asciiLower(text);
        if (contains(lower, "linkedin.com/")) {
            if (contains(lower, "linkedin.com/sales/"))
                return CellShape::SalesNavigator;
            if (contains(lower, "linkedin.com/company/") || contains(lower, "linkedin.com/school/")
                || contains(lower, "linkedin.com/showcase/"))
                return CellShape::LinkedInCompany;
            return CellShape::LinkedInPerson;
        }
        if (contains(lower, "://") || lower.starts_with("www."))
            return CellShape::Url;
    }
    const bool startsLikeNumber =
        isDigit(text.front()) || text.front() == '+' || text.front() == '(' || text.front() == '\'' || text.front() == '-';
    if (startsLikeNumber || isDigit(text.back())) {
        if (parseDate(text, DateOrder::DayFirst, false) || parseDate(text, DateOrder::MonthFirst, false))
            return CellShape::Date;
    }
    if (startsLikeNumber) {
        const auto digits = std::count_if(text.begin(), text.end(), isDigit);
        const bool international = text.front() == '+' || text.starts_with("'+") || text.starts_with("00");
        const bool grouped =
            std::any_of(text.begin(), text.end(), [](char c) { return c == ' ' || c == '-' || c == '(' || c == '/'; });
        if (digits >= 7 && (international || grouped || text.front() == '0') && contact::looksLikePhone(text))
            return CellShape::Phone;
        if (looksLikeNumber(text))
            return CellShape::Number;
    }
    if (!spaces && looksLikeDomain(text))
        return CellShape::Domain;
    return CellShape::Text;
}

} // namespace outrider::exchange
