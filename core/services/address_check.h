// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace outrider {

// Whether an e-mail address can exist at all, by the standards; nobody is asked.
struct AddressCheck {
    bool valid = false;
    std::string reason; // what is wrong, in English; empty when valid
};
AddressCheck checkAddress(std::string_view address);

} // namespace outrider
