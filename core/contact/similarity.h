// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace outrider::contact {

// How alike the names of people and companies are, however they are spelt. Pure functions; thread-safe.

// A name made comparable: folded, without accents, punctuation and doubled spaces; ä, ae and a are one, so "Müller",
// "Mueller" and "MULLER" are.
std::string likenessKey(std::string_view text);

// The same of a company, and without its legal form: "Nordwind GmbH & Co. KG" and "nordwind" are one.
std::string companyLikenessKey(std::string_view name);

// How a word of likenessKey() sounds, roughly and in the languages of Europe: "meier", "mayer" and "maier" alike. For
// finding what is to be compared; empty when there is no letter.
std::string soundOf(std::string_view word);

// Whom people call by another name: all of "bob", "rob", "robert" have one. The word itself when nobody does.
std::string_view givenNameOf(std::string_view word);

// The mailbox behind an address's key: without "+tag", and where dots do not count (gmail.com) without them.
std::string mailboxOf(std::string_view emailKey);

struct NameLikeness {
    int score = 0; // 0 to 100; 100: the same
    bool nickname = false;
    bool initial = false; // one has no more than a letter of the first name
    bool swapped = false; // first name and last name changed places
    bool known = true;    // false: one of them has no name at all

    bool operator==(const NameLikeness&) const = default;
};
// Of two people, given as likenessKey()s. Symmetric.
NameLikeness nameLikeness(std::string_view firstA, std::string_view lastA, std::string_view firstB, std::string_view lastB);

// Of two companies, given as companyLikenessKey()s: 0 to 100. Symmetric.
int companyLikeness(std::string_view a, std::string_view b);

} // namespace outrider::contact
