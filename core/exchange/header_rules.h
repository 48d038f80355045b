// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/header_lexicon.h"

#include <string_view>
#include <vector>

namespace outrider::exchange {

// What a table's rows are.
enum class RowObject { Person, Company, Deal };

// What the other headers of the table say; some headers only mean something beside others.
struct HeaderContext {
    RowObject object = RowObject::Person;
    bool firstName = false;
    bool lastName = false;
    bool jobTitle = false;
    bool company = false;
    bool contactPerson = false; // "Ansprechpartner"
};

// Which ways to reach somebody a refusal is about.
enum class RefusalScope { Email, Phone, Both };

// One reading of a header.
struct FieldGuess {
    std::string_view field; // a key of the catalogue
    double confidence = 0;  // 0 to 1
    int rank = 0;           // among several columns for one field the lowest gets it
    // For suppress_email and suppress_phone
    RefusalScope scope = RefusalScope::Email;
    bool inverted = false; // "Allow e-mail": no is the refusal

    bool operator==(const FieldGuess&) const = default;
};

// What a column may be by its header's meaning, best first: "E-mail" is email, and if that is taken
// email_2. Nothing when there is no field for it or the header is not understood: a word the lexicon
// does not know makes another thing of a known one ("Company founded"), except in refusals, bounces
// and replies, which are never overlooked for a word too many.
std::vector<FieldGuess> fieldsFor(const HeaderMeaning& header, const HeaderContext& context);

// What `headers` say as a whole. `object` is as known from elsewhere.
HeaderContext contextOf(const std::vector<HeaderMeaning>& headers, RowObject object);

// Whether the column holds the labels of the group it is in: "Phone 1 - Label", "E-mail 2 Type".
bool isLabelColumn(const HeaderMeaning& meaning);

} // namespace outrider::exchange
