// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace outrider::contact {

// The part of a host name somebody registered, by the Public Suffix List (libpsl):
// "mail.nordwind.co.uk" -> "nordwind.co.uk". Empty when there is none ("co.uk", "localhost").
std::string registrableDomain(std::string_view host);

// The host of an address, URL or bare domain as people write them: "HTTPS://www.Nordwind.example/x",
// "nordwind.example", "z@nordwind.example". Lower case, without "www."; empty when there is none.
std::string hostOf(std::string_view urlOrAddress);

// Whether addresses there belong to private people (gmail.com, web.de…), so that the domain says
// nothing about a company. A built-in list of the large providers.
bool isFreeMailDomain(std::string_view domain);

// What identifies a company: the registrable domain of a URL, host or address, unless it is a
// free-mail one; else empty.
std::string companyDomainOf(std::string_view urlOrAddress);

// "https://www.linkedin.com/in/tobias-ruehl" from any spelling of a profile's address ("in/x",
// with tracking parameters, with a country's host); unchanged when it is no LinkedIn profile.
std::string normalisedLinkedInUrl(std::string_view url);

// "in/tobias-ruehl" for showing; empty when it is no LinkedIn profile.
std::string linkedInSlug(std::string_view url);

} // namespace outrider::contact
