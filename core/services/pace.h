// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <atomic>

namespace outrider {

namespace store {
class Store;
}

// How much of a long deed goes into one transaction. While nobody else wants to write it may be much: a page that
// many rows touch is then written once for all of them. Once somebody waits, the chunk ends. A COMMIT cannot be
// hurried, so chunks are only so large that it stays short; but where even a small one touches most pages of an index,
// never so small that more time goes into COMMITs than into work.
class Pace {
public:
    explicit Pace(const store::Store& store) : m_store(store) {}

    void begin();
    bool goesOn(); // whether the chunk may take more
    void worked(); // what follows is its COMMIT
    void committed();

    // How long a chunk may take, and how long its COMMIT should.
    static constexpr Millis atLeast{20};
    static constexpr Millis atMost{400};
    static constexpr Millis commit{30};

private:
    const store::Store& m_store;
    Stopwatch m_watch;
    Stopwatch m_committing;
    double m_worked = 0; // milliseconds
    std::atomic<double> m_budget = double(atLeast.count());
};

} // namespace outrider
