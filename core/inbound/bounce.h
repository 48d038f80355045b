// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inbound/diagnosis.h"
#include "core/transport/parsed_mail.h"

#include <optional>
#include <string>

namespace outrider::inbound {

// The judgement on a mail that says another one was not delivered.
struct Bounce {
    Diagnosis diagnosis;
    std::string recipient;
    std::string originalMessageId;
    bool delayed = false; // its server still tries
    std::string rule;
    std::string evidence;
};

// A delivery status notification (RFC 3464), or what mail servers write in its place. None when the mail
// is no bounce. Linear in the size of the mail.
std::optional<Bounce> findBounce(const transport::ParsedMail& mail);

} // namespace outrider::inbound
