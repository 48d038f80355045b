// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/lint_words.h"

#include <algorithm>
#include <array>

namespace outrider::outreach {

namespace {

using namespace std::string_view_literals;

constexpr std::array phrases{
    "100% free"sv,
    "100 % gratis"sv,
    "act now"sv,
    "amazing offer"sv,
    "as seen on"sv,
    "best price"sv,
    "big bucks"sv,
    "bonus"sv,
    "buy now"sv,
    "cash bonus"sv,
    "cheap"sv,
    "click below"sv,
    "click here"sv,
    "dear friend"sv,
    "don't miss"sv,
    "double your"sv,
    "earn money"sv,
    "einmalige chance"sv,
    "exclusive deal"sv,
    "extra income"sv,
    "for free"sv,
    "free gift"sv,
    "free trial"sv,
    "garantiert"sv,
    "geld verdienen"sv,
    "get rich"sv,
    "gratis"sv,
    "great offer"sv,
    "guaranteed"sv,
    "hier klicken"sv,
    "incredible deal"sv,
    "jetzt kaufen"sv,
    "jetzt zugreifen"sv,
    "kostenlos"sv,
    "last chance"sv,
    "letzte chance"sv,
    "limited time"sv,
    "lowest price"sv,
    "make money"sv,
    "money back"sv,
    "no cost"sv,
    "no obligation"sv,
    "no risk"sv,
    "not spam"sv,
    "nur heute"sv,
    "once in a"sv,
    "order now"sv,
    "risk free"sv,
    "risk-free"sv,
    "satisfaction guaranteed"sv,
    "save big"sv,
    "schnell sein"sv,
    "sonderangebot"sv,
    "special promotion"sv,
    "this is not spam"sv,
    "unlimited"sv,
    "unverbindlich"sv,
    "urgent"sv,
    "while supplies last"sv,
    "winner"sv,
    "you have been selected"sv,
};

constexpr std::array shorteners{
    "bit.ly"sv, "buff.ly"sv,     "cutt.ly"sv, "goo.gl"sv, "is.gd"sv,   "lnkd.in"sv,     "ow.ly"sv,   "rb.gy"sv, "rebrand.ly"sv,
    "s.id"sv,   "shorturl.at"sv, "t.co"sv,    "t.ly"sv,   "tiny.cc"sv, "tinyurl.com"sv, "trib.al"sv, "v.gd"sv,
};

constexpr std::array refused{
    "apk"sv, "app"sv, "bat"sv, "cab"sv, "cmd"sv, "com"sv, "cpl"sv, "docm"sv, "exe"sv, "hta"sv, "html"sv, "img"sv, "iso"sv,
    "jar"sv, "js"sv,  "lnk"sv, "msi"sv, "ps1"sv, "scr"sv, "vbe"sv, "vbs"sv,  "vhd"sv, "wsf"sv, "xlsm"sv, "zip"sv,
};

} // namespace

std::span<const std::string_view> spamPhrases() { return phrases; }

bool isLinkShortener(std::string_view host) { return std::ranges::find(shorteners, host) != shorteners.end(); }

bool isRefusedFile(std::string_view extension) { return std::ranges::find(refused, extension) != refused.end(); }

} // namespace outrider::outreach
