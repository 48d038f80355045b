// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/contact/address_advice.h"

#include "core/contact/domain_name.h"

#include <rapidfuzz/distance.hpp>

#include <algorithm>
#include <iterator>

namespace outrider::contact {

namespace {

// Sorted. Desks in English, German, French, Spanish, Italian, Dutch, Portuguese, Polish and the machines of RFC 2142.
constexpr std::string_view roleNames[] = {"abuse",
                                          "accounting",
                                          "accounts",
                                          "admin",
                                          "administracion",
                                          "administration",
                                          "administrativo",
                                          "ap",
                                          "atencion",
                                          "atendimento",
                                          "bewerbung",
                                          "billing",
                                          "biuro",
                                          "bonjour",
                                          "booking",
                                          "bookings",
                                          "buchhaltung",
                                          "buero",
                                          "careers",
                                          "club",
                                          "comercial",
                                          "commercial",
                                          "compras",
                                          "comptabilite",
                                          "contabilidad",
                                          "contact",
                                          "contact-us",
                                          "contacto",
                                          "contato",
                                          "contatti",
                                          "customercare",
                                          "customerservice",
                                          "datenschutz",
                                          "desk",
                                          "director",
                                          "direktion",
                                          "direzione",
                                          "donotreply",
                                          "editor",
                                          "einkauf",
                                          "empfang",
                                          "empleo",
                                          "enquiries",
                                          "enquiry",
                                          "export",
                                          "facturacion",
                                          "feedback",
                                          "finance",
                                          "ftp",
                                          "gdpr",
                                          "geral",
                                          "hallo",
                                          "handel",
                                          "hello",
                                          "help",
                                          "helpdesk",
                                          "hi",
                                          "hola",
                                          "hostmaster",
                                          "hr",
                                          "info",
                                          "information",
                                          "inkoop",
                                          "inquiries",
                                          "inquiry",
                                          "jobs",
                                          "kariera",
                                          "karriere",
                                          "klantenservice",
                                          "kontakt",
                                          "kundenservice",
                                          "lager",
                                          "legal",
                                          "logistics",
                                          "mail",
                                          "mailbox",
                                          "mailer-daemon",
                                          "marketing",
                                          "media",
                                          "news",
                                          "newsletter",
                                          "no-reply",
                                          "noc",
                                          "noreply",
                                          "office",
                                          "operations",
                                          "orders",
                                          "personal",
                                          "post",
                                          "postmaster",
                                          "praca",
                                          "press",
                                          "presse",
                                          "privacy",
                                          "purchasing",
                                          "reception",
                                          "rechnung",
                                          "recruiting",
                                          "recruitment",
                                          "redaktion",
                                          "reklamacje",
                                          "reservations",
                                          "rh",
                                          "root",
                                          "sales",
                                          "secretariat",
                                          "secretary",
                                          "security",
                                          "segreteria",
                                          "sekretariat",
                                          "service",
                                          "servicio",
                                          "shop",
                                          "sklep",
                                          "soporte",
                                          "spam",
                                          "sprzedaz",
                                          "staff",
                                          "support",
                                          "team",
                                          "tech",
                                          "ufficio",
                                          "unsubscribe",
                                          "usenet",
                                          "uucp",
                                          "vendas",
                                          "vendite",
                                          "ventas",
                                          "verkauf",
                                          "verkoop",
                                          "vertrieb",
                                          "verwaltung",
                                          "webmaster",
                                          "welcome",
                                          "werkstatt",
                                          "www",
                                          "zakupy",
                                          "zentrale"};
static_assert(std::is_sorted(std::begin(roleNames), std::end(roleNames)));

// Sorted.
constexpr std::string_view disposableDomains[] = {"10minutemail.com",
                                                  "10minutemail.net",
                                                  "20minutemail.com",
                                                  "33mail.com",
                                                  "anonbox.net",
                                                  "burnermail.io",
                                                  "byom.de",
                                                  "correotemporal.org",
                                                  "crazymailing.com",
                                                  "deadaddress.com",
                                                  "discard.email",
                                                  "discardmail.com",
                                                  "discardmail.de",
                                                  "dispostable.com",
                                                  "dropmail.me",
                                                  "einrot.com",
                                                  "emailfake.com",
                                                  "emailondeck.com",
                                                  "emltmp.com",
                                                  "fakeinbox.com",
                                                  "fakemail.net",
                                                  "fakemailgenerator.com",
                                                  "getairmail.com",
                                                  "getnada.com",
                                                  "grr.la",
                                                  "guerrillamail.biz",
                                                  "guerrillamail.com",
                                                  "guerrillamail.de",
                                                  "guerrillamail.info",
                                                  "guerrillamail.net",
                                                  "guerrillamail.org",
                                                  "guerrillamailblock.com",
                                                  "harakirimail.com",
                                                  "inboxbear.com",
                                                  "inboxkitten.com",
                                                  "incognitomail.org",
                                                  "jetable.org",
                                                  "kurzepost.de",
                                                  "mailcatch.com",
                                                  "maildrop.cc",
                                                  "maileater.com",
                                                  "mailexpire.com",
                                                  "mailforspam.com",
                                                  "mailinator.com",
                                                  "mailinator.net",
                                                  "mailnesia.com",
                                                  "mailnull.com",
                                                  "mailpoof.com",
                                                  "mailsac.com",
                                                  "mailslurp.com",
                                                  "mintemail.com",
                                                  "minuteinbox.com",
                                                  "moakt.com",
                                                  "mohmal.com",
                                                  "mytemp.email",
                                                  "mytrashmail.com",
                                                  "nada.email",
                                                  "nospamfor.us",
                                                  "objectmail.com",
                                                  "onewaymail.com",
                                                  "pokemail.net",
                                                  "proxymail.eu",
                                                  "rcpt.at",
                                                  "sharklasers.com",
                                                  "sneakemail.com",
                                                  "sofort-mail.de",
                                                  "spam4.me",
                                                  "spambog.com",
                                                  "spambox.us",
                                                  "spamfree24.org",
                                                  "spamgourmet.com",
                                                  "spamspot.com",
                                                  "spoofmail.de",
                                                  "temp-mail.io",
                                                  "temp-mail.org",
                                                  "tempail.com",
                                                  "tempinbox.com",
                                                  "tempmail.dev",
                                                  "tempmail.net",
                                                  "tempmailo.com",
                                                  "tempr.email",
                                                  "throwawaymail.com",
                                                  "tmail.ws",
                                                  "tmpmail.net",
                                                  "tmpmail.org",
                                                  "trash-mail.at",
                                                  "trash-mail.com",
                                                  "trash-mail.de",
                                                  "trashmail.com",
                                                  "trashmail.de",
                                                  "trashmail.net",
                                                  "trashmail.ws",
                                                  "trbvm.com",
                                                  "wegwerfemail.de",
                                                  "wegwerfmail.de",
                                                  "wegwerfmail.net",
                                                  "wegwerfmail.org",
                                                  "yopmail.com",
                                                  "yopmail.fr",
                                                  "yopmail.net",
                                                  "zehnminutenmail.de"};
static_assert(std::is_sorted(std::begin(disposableDomains), std::end(disposableDomains)));

// Those whose misspellings are common; the rest of the providers are known as right, but not guessed.
constexpr std::string_view oftenMeant[] = {
    "gmail.com",   "googlemail.com", "yahoo.com",   "yahoo.co.uk", "yahoo.de",       "yahoo.fr",   "hotmail.com", "hotmail.fr",
    "hotmail.de",  "hotmail.co.uk",  "outlook.com", "outlook.de",  "outlook.fr",     "icloud.com", "live.com",    "aol.com",
    "web.de",      "gmx.de",         "gmx.net",     "gmx.at",      "t-online.de",    "freenet.de", "orange.fr",   "wanadoo.fr",
    "laposte.net", "libero.it",      "virgilio.it", "ziggo.nl",    "protonmail.com", "comcast.net"};

} // namespace

bool isRoleLocalPart(std::string_view local) {
    local = local.substr(0, local.find('+'));
    return std::binary_search(std::begin(roleNames), std::end(roleNames), local);
}

bool isDisposableDomain(std::string_view domain) {
    for (;;) { // a host below such a domain is one as well
        if (std::binary_search(std::begin(disposableDomains), std::end(disposableDomains), domain))
            return true;
        const auto dot = domain.find('.');
        if (dot == std::string_view::npos)
            return false;
        domain.remove_prefix(dot + 1);
    }
}

std::string likelyMeantDomain(std::string_view domain) {
    if (isFreeMailDomain(domain))
        return {};
    for (const std::string_view meant : oftenMeant) {
        if (domain == meant)
            return {};
    }
    for (const std::string_view meant : oftenMeant) {
        const auto slips = rapidfuzz::osa_distance(domain, meant, std::size_t(1));
        // "gmx.de" is one letter from many a company ("gmc.de"): of a short name only two letters that changed places count.
        const auto dot = meant.find('.');
        const bool shortName = dot < 5;
        if (slips > 1)
            continue;
        std::string sorted(domain);
        std::string sortedMeant(meant);
        std::sort(sorted.begin(), sorted.end());
        std::sort(sortedMeant.begin(), sortedMeant.end());
        if (!shortName || sorted == sortedMeant)
            return std::string(meant);
    }
    return {};
}

} // namespace outrider::contact
