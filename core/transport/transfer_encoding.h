// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to core/transport.

#include <string>
#include <string_view>

namespace outrider::transport {

// Takes off a Content-Transfer-Encoding (lower case): base64, quoted-printable, or none. Damaged input
// gives what can be read of it.
std::string decodeTransfer(std::string_view body, std::string_view encoding);

} // namespace outrider::transport
