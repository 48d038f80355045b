// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/parsed_mail.h"

#include <string_view>

namespace outrider::transport {

// Reads the body of a message/delivery-status part: blocks of fields apart by empty lines, the first
// about the message. Servers that put everything into one block, or begin with a recipient, are
// understood.
DeliveryStatus parseDeliveryStatus(std::string_view body);

// The headers of a message that a text carries a copy of, as qmail, Exim and many others return it:
// a run of header lines, perhaps quoted or indented, that holds what only a message has. Empty when
// there is none.
MailHeaders findHeadersInText(std::string_view text);

} // namespace outrider::transport
