// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/bench/bench.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace outrider::bench {

struct SendCrashOptions {
    int kills = 0;         // ends after that many; 0: by the messages
    int messages = 10'000; // or once the server has taken that many
    double seconds = 0;    // stops earlier when that is over; 0: never
    std::uint64_t seed = 20261124;
};

struct SendCrashReport {
    int kills = 0;
    int taken = 0;   // messages the server has; never one twice
    int unknown = 0; // in doubt after a kill
    int unknownTaken = 0;
    int notBegun = 0;              // recorded as being sent, and proven not to have begun: they wait again
    std::map<std::string, int> at; // kills by the moment they came at
    double seconds = 0;
};

// A process sends a full outbox over SMTP to a server in another process, and is killed (SIGKILL): at a random moment, or at
// every moment at which it waits for somebody: the server has its connection, a command, part of the message, all of it and
// not yet taken it, taken it and not answered, answered; just before and after a message is recorded as being sent, after the
// outcome is known and not recorded, after a commit. Then, each time, the file is opened as the program does at start, and:
//
//   nobody was sent a message twice; what counts as sent has arrived; what waits again has not; everything else is unknown
//
// and the next process goes on with the same file: what is unknown is settled by what lies among the server's mail, or stays.
// The first time it is not so, that is the Error: Internal, with the seed and the number of the kill. Forks, so for a program
// or test without threads of its own. Unix only (Unsupported).
Result<SendCrashReport> sendCrashLoop(const SendCrashOptions& options);

// The same as a bench: `outrider-cli bench crash-send --kills N`; without, as many as 10,000 messages take.
Result<std::vector<Measurement>> sendCrashBench(int kills);

} // namespace outrider::bench
