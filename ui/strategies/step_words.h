// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/strategy.h"

#include <QString>

namespace outrider::strategies {

// How steps and the time between them are put into words, for the list and for screen readers.

// The template of the subject as it will be sent: for an answer in the thread "Re: …" of the mail before.
QString stepSubject(const StrategyVersion& version, int position);
// The same to be read, fields by their name without braces; without a subject what the channel is called.
QString stepTitle(const StrategyVersion& version, int position);
// "E-mail, in thread", "Call, 09:30 to 12:00, their time".
QString stepDetail(const StrategyVersion& version, int position);
// What lies before a step: "3 business days, if no reply"; for the first "At once".
QString waitText(const StrategyVersion& version, int position);
// "3 business days"
QString daysText(int days, bool businessDays);

} // namespace outrider::strategies
