// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace outrider::bench {

// Times of one thing over several rounds, in milliseconds.
class Rounds {
public:
    template <typename Fn>
    auto measure(Fn fn) {
        const Stopwatch watch;
        auto result = fn();
        m_times.push_back(watch.milliseconds());
        return result;
    }

    double median() const { return percentile(0.5); }
    double percentile(double share) const {
        if (m_times.empty())
            return 0;
        std::vector<double> sorted = m_times;
        std::sort(sorted.begin(), sorted.end());
        return sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(share * double(sorted.size())))];
    }
    double total() const { return std::accumulate(m_times.begin(), m_times.end(), 0.0); }
    int count() const { return static_cast<int>(m_times.size()); }

private:
    std::vector<double> m_times;
};

} // namespace outrider::bench
