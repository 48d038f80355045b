// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

namespace outrider::inbound {

// What mail servers say, as wordsOf() gives it (words.h): collected from the documentation and the sources
// of Postfix, Exim, Sendmail, qmail, Exchange and of the large providers.

using Phrases = std::vector<std::string_view>;

struct SoftReason {
    std::string_view reason;
    Phrases phrases;
};

// Said in so many words: soft, whatever else is said. In order; the first one found decides.
const std::vector<SoftReason>& certainlySoft();

// Hard, unless said to be for now.
const Phrases& hostUnknown();
const Phrases& noMailAccepted();
const Phrases& moved();
const Phrases& userUnknown();
// What servers say of an address that does not exist, but also of one that is switched off.
const Phrases& unavailable();

// Said in passing: soft, unless an address was said to be unknown. In order.
const std::vector<SoftReason>& perhapsSoft();

} // namespace outrider::inbound
