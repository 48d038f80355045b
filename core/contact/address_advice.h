// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace outrider::contact {

// What an address tells by itself. All take lower-case parts (EmailAddress::local of key, EmailAddress::domain), ask nobody
// and are thread-safe.

// Whether it is the address of a desk ("info", "sales+de", "no-reply", "buchhaltung") in the languages mail is written in.
bool isRoleLocalPart(std::string_view local);

// Whether addresses there are thrown away after use: the well-known providers and what is below their domains. New ones
// appear daily, so "no" proves nothing.
bool isDisposableDomain(std::string_view domain);

// The large provider's domain that was probably meant: "gmail.com" for "gmial.com", "web.de" for "wbe.de". Empty when the
// domain is one of theirs, or is not so close that a slip is likelier than a company of that name.
std::string likelyMeantDomain(std::string_view domain);

} // namespace outrider::contact
