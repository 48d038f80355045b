// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/progress.h"
#include "core/base/result.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace outrider::transport {

// Where the browser is sent back to after a sign-in (RFC 8252 §7.3): a port of this computer alone, for as long
// as this object lives. Takes GET requests only, short ones, one after the other.
class LoopbackRedirect {
public:
    // The pages shown in the browser, as whole HTML documents.
    struct Pages {
        std::string done;
        std::string failed;
    };
    enum class Verdict {
        NotThis, // not the answer waited for: answered with 404, the wait goes on
        Done,
        Failed,
    };
    // Gets a request's target, "/?code=…". On the waiting thread.
    using Judge = std::function<Verdict(std::string_view target)>;

    static Result<std::unique_ptr<LoopbackRedirect>> listen();
    ~LoopbackRedirect();
    LoopbackRedirect(const LoopbackRedirect&) = delete;
    LoopbackRedirect& operator=(const LoopbackRedirect&) = delete;

    int port() const { return m_port; }

    // Until judge says Done or Failed. TimedOut, Cancelled. Blocks; cancelling is noticed within a tenth of a second.
    Result<> wait(const Judge& judge, const Pages& pages, Millis most, const Progress& progress);

private:
    LoopbackRedirect(int listener, int port) : m_listener(listener), m_port(port) {}

    const int m_listener;
    const int m_port;
};

} // namespace outrider::transport
