// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/verification.h"

#include <QString>

namespace outrider::text {

// What is known of an address, in plain words. Every state and finding is named; a test walks them.
QString addressStateText(AddressState state);               // "Valid", for a chip
QString addressFindingText(AddressFinding finding);         // why, a sentence without its full stop
QString addressSentence(const AddressVerdict& verdict);     // why and what to do: "The domain does not exist. Did they mean …?"
QString verificationLine(const VerificationCounts& counts); // "812 valid, 90 risky, 12 invalid, 86 not checked yet"

} // namespace outrider::text
