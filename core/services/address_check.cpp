// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/address_check.h"

#include "core/contact/email_address.h"

namespace outrider {

AddressCheck checkAddress(std::string_view address) {
    const auto parsed = contact::parseEmailAddress(address);
    if (parsed)
        return {true, {}};
    return {false, parsed.error().detail};
}

} // namespace outrider
