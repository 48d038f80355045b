// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/mail_transport.h"

#include <string>

namespace outrider::transport {

// What was seen of one attempt to hand a message over by libcurl. libcurl asks for the message (its
// read callback) only when the server has accepted DATA, and sends the final dot only when the
// callback has said that nothing follows.
struct SendFacts {
    int curlCode = 0; // CURLcode
    SendStage stage = SendStage::Connect;
    int reply = 0;         // the last reply's code; 0: none came
    bool started = false;  // libcurl asked for the message
    bool heldBack = false; // and beforeData said no
    bool finished = false; // libcurl has all of it
    bool answered = false; // a reply came after that
    bool reused = false;   // over a connection that was open before

    bool operator==(const SendFacts&) const = default;
};

// What that means. The table is in tests/core/transport/send_facts_test.cpp; the rule behind it: a
// message of which not all was handed over is not sent; one that was is settled by the server's
// answer alone, and without an answer nobody can know.
SendKind kindOf(const SendFacts& facts);

// Whether the same message may be tried once more at once, on a new connection: the old one had been
// closed, or forgotten, by the server while it was idle, and nothing of this message has left.
bool mayReconnect(const SendFacts& facts);

} // namespace outrider::transport
