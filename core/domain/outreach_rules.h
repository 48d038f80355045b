// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace outrider {

// Rules of contact that hold for the whole workspace, whatever a strategy says.
struct OutreachRules {
    bool oneStrategyAtATime = true; // a lead is in one running strategy at most
    int leadGapDays = 0;            // days between another contact with a lead and a strategy's next message; 0: none
    int companyGapDays = 0;         // days between contacts with two people of one company; 0: none
    bool holidays = true;           // public holidays of the lead's country are days off

    bool operator==(const OutreachRules&) const = default;
};

} // namespace outrider
