// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/company.h"
#include "core/domain/lead.h"

#include <string>
#include <string_view>

namespace outrider::exchange {

// One lead as a vCard 4.0 (RFC 6350), lines folded at 75 octets and ended by CR LF. Custom fields are X-OUTRIDER-…
// properties; whoever must not be written to is marked, so that a card is not mistaken for an invitation.
std::string toVCard(const Lead& lead, const Company* company = nullptr);

// "a\, b\; c\n": a text value of a card.
std::string vcardText(std::string_view text);

} // namespace outrider::exchange
