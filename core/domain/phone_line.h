// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace outrider {

// What a mailbox that is a phone line has instead of servers. Its secret, the auth token or that of the API key, is in
// the vault. Numbers are E.164.
struct PhoneLine {
    std::string accountSid; // "AC…"
    std::string keySid;     // "SK…": signed in with this API key; empty: with the account's auth token
    std::string number;     // what messages and calls come from
    std::string serviceSid; // "MG…": messages leave through this messaging service instead; may be empty
    std::string ownNumber;  // the person's own phone: a call rings there first; empty: this line does not call

    bool operator==(const PhoneLine&) const = default;
};

} // namespace outrider
