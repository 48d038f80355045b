// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/cpu_stopwatch.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace outrider::bench {

// Times of one thing over several rounds, in milliseconds: on the wall, and of what all threads computed meanwhile.
class Rounds {
public:
    template <typename Fn>
    auto measure(Fn fn) {
        const CpuStopwatch cpu;
        const Stopwatch watch;
        auto result = fn();
        m_times.push_back(watch.milliseconds());
        m_cpuTimes.push_back(cpu.milliseconds());
        return result;
    }

    double median() const { return percentile(0.5); }
    double percentile(double share) const { return percentileOf(m_times, share); }
    double cpuPercentile(double share) const { return percentileOf(m_cpuTimes, share); }
    double total() const { return std::accumulate(m_times.begin(), m_times.end(), 0.0); }
    int count() const { return static_cast<int>(m_times.size()); }

private:
    static double percentileOf(std::vector<double> times, double share) {
        if (times.empty())
            return 0;
        std::sort(times.begin(), times.end());
        return times[std::min(times.size() - 1, static_cast<std::size_t>(share * double(times.size())))];
    }

    std::vector<double> m_times;
    std::vector<double> m_cpuTimes;
};

} // namespace outrider::bench
