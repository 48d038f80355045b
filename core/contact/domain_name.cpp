// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/contact/domain_name.h"

#include "core/contact/text.h"

#include <libpsl.h>

#include <algorithm>
#include <array>

namespace outrider::contact {

namespace {

// Sorted. The large providers of private mailboxes; small local ones are not worth a wrong guess.
constexpr std::array<std::string_view, 72> freeMailDomains{
    "163.com",        "aol.com",        "arcor.de",       "att.net",        "bigpond.com",  "bluewin.ch",  "bol.com.br",
    "btinternet.com", "comcast.net",    "duck.com",       "email.cz",       "fastmail.com", "fastmail.fm", "free.fr",
    "freenet.de",     "gmail.com",      "gmx.at",         "gmx.ch",         "gmx.com",      "gmx.de",      "gmx.fr",
    "gmx.net",        "googlemail.com", "hey.com",        "hotmail.co.uk",  "hotmail.com",  "hotmail.de",  "hotmail.es",
    "hotmail.fr",     "hotmail.it",     "hotmail.nl",     "icloud.com",     "inbox.lv",     "interia.pl",  "kpnmail.nl",
    "laposte.net",    "libero.it",      "live.co.uk",     "live.com",       "live.fr",      "live.nl",     "mac.com",
    "mail.com",       "mail.ru",        "me.com",         "msn.com",        "o2.pl",        "onet.pl",     "orange.fr",
    "outlook.com",    "outlook.de",     "outlook.es",     "outlook.fr",     "outlook.it",   "planet.nl",   "proton.me",
    "protonmail.com", "qq.com",         "rediffmail.com", "rocketmail.com", "seznam.cz",    "t-online.de", "uol.com.br",
    "virgilio.it",    "wanadoo.fr",     "web.de",         "wp.pl",          "yahoo.co.uk",  "yahoo.com",   "yahoo.de",
    "yandex.ru",      "ziggo.nl"};
static_assert(std::is_sorted(freeMailDomains.begin(), freeMailDomains.end()));

} // namespace

std::string registrableDomain(std::string_view host) {
    static const psl_ctx_t* const list = psl_latest(nullptr); // lives as long as the process
    if (list == nullptr)
        return {};
    const std::string lower = asciiLower(host);
    const char* domain = psl_registrable_domain(list, lower.c_str());
    return domain == nullptr ? std::string() : std::string(domain);
}

std::string hostOf(std::string_view text) {
    text = trimmed(text);
    if (const auto scheme = text.find("://"); scheme != std::string_view::npos)
        text.remove_prefix(scheme + 3);
    text = text.substr(0, text.find_first_of("/?#"));
    if (const auto at = text.rfind('@'); at != std::string_view::npos)
        text.remove_prefix(at + 1);
    text = text.substr(0, text.find(':'));
    while (!text.empty() && text.back() == '.')
        text.remove_suffix(1);
    std::string host = folded(text);
    if (host.starts_with("www."))
        host.erase(0, 4);
    if (host.find('.') == std::string::npos || host.find(' ') != std::string::npos)
        return {};
    return host;
}

bool isFreeMailDomain(std::string_view domain) {
    return std::binary_search(freeMailDomains.begin(), freeMailDomains.end(), domain);
}

std::string companyDomainOf(std::string_view urlOrAddress) {
    const std::string host = hostOf(urlOrAddress);
    std::string domain = registrableDomain(host);
    // Reserved test names (".example") are no public suffix, so the list knows no domain below them.
    if (domain.empty() && host.ends_with(".example"))
        domain = host;
    if (isFreeMailDomain(domain) || domain == "linkedin.com" || domain == "facebook.com")
        return {};
    return domain;
}

std::string linkedInSlug(std::string_view url) {
    url = trimmed(url);
    const auto lower = asciiLower(url);
    auto at = lower.find("linkedin.com/");
    if (at != std::string::npos)
        at += std::string_view("linkedin.com/").size();
    else if (lower.starts_with("in/") || lower.starts_with("/in/"))
        at = lower.front() == '/' ? 1 : 0;
    else
        return {};
    auto path = url.substr(at);
    path = path.substr(0, path.find_first_of("?#"));
    while (!path.empty() && path.back() == '/')
        path.remove_suffix(1);
    const std::string kind = asciiLower(path.substr(0, path.find('/')));
    if ((kind != "in" && kind != "pub") || path.size() < kind.size() + 2)
        return {};
    auto slug = path.substr(kind.size() + 1);
    if (kind == "in") // a locale may follow: in/name/de
        slug = slug.substr(0, slug.find('/'));
    slug = trimmed(slug);
    if (slug.empty() || slug.find_first_of(" \t\r\n") != std::string_view::npos) // "in/out tray"
        return {};
    return kind + '/' + std::string(slug);
}

std::string normalisedLinkedInUrl(std::string_view url) {
    const std::string slug = linkedInSlug(url);
    return slug.empty() ? std::string(trimmed(url)) : "https://www.linkedin.com/" + slug;
}

} // namespace outrider::contact
