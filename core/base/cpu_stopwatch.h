// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ctime>

namespace outrider {

// How much all threads of the program together have computed since: what something costs, also where others use the
// same machine and the time on the wall says little. In microseconds' steps; on Windows std::clock() is the time on the wall.
class CpuStopwatch {
public:
    double milliseconds() const { return 1000.0 * double(std::clock() - m_start) / CLOCKS_PER_SEC; }

private:
    std::clock_t m_start = std::clock();
};

} // namespace outrider
