// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <utility>

namespace outrider::models {

// The pages of a long list that are kept in memory: the least recently used one goes when there are too
// many. A page that is out of date stays readable until its successor is put.
template <typename Page>
class PageCache {
public:
    explicit PageCache(std::size_t most) : m_most(most) {}

    // nullptr: not kept. Counts as a use; valid until the next put or clear.
    Page* find(int number) {
        const auto found = m_pages.find(number);
        if (found == m_pages.end())
            return nullptr;
        found->second.used = ++m_uses;
        return &found->second.page;
    }
    bool isFresh(int number) const {
        const auto found = m_pages.find(number);
        return found != m_pages.end() && !found->second.stale;
    }

    Page& put(int number, Page page) {
        if (!m_pages.contains(number) && m_pages.size() >= m_most) {
            auto oldest = m_pages.begin();
            for (auto at = m_pages.begin(); at != m_pages.end(); ++at) {
                if (at->second.used < oldest->second.used)
                    oldest = at;
            }
            m_pages.erase(oldest);
        }
        Kept& kept = m_pages[number];
        kept = {std::move(page), ++m_uses, false};
        return kept.page;
    }

    void markAllStale() {
        for (auto& [number, kept] : m_pages)
            kept.stale = true;
    }
    void removeFrom(int number) { m_pages.erase(m_pages.lower_bound(number), m_pages.end()); }
    void clear() { m_pages.clear(); }
    std::size_t size() const { return m_pages.size(); }

    // By number; not a use.
    template <typename Fn>
    void forEach(Fn fn) {
        for (auto& [number, kept] : m_pages)
            fn(number, kept.page);
    }

private:
    struct Kept {
        Page page;
        std::uint64_t used = 0;
        bool stale = false;
    };
    std::size_t m_most;
    std::uint64_t m_uses = 0;
    std::map<int, Kept> m_pages;
};

} // namespace outrider::models
