// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/bench.h"
#include "core/bench/rounds.h"
#include "core/services/service_context.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace outrider::bench {

// The times of one thing beside those of its reference, in milliseconds.
Measurement measurement(const std::string& bench, const std::string& metric, const Rounds& ours, const char* reference,
                        const Rounds& other);

// Questions asked of a workspace, and by hand of the same file, in turns: over and over on a connection each, so that
// neither warms the other's cache; on a fresh connection; and with the file out of the page cache. A thousand times
// each, or as often as some seconds allow: a bench is to end. StoreException.
class Questions {
public:
    Questions(ServiceContext& context, std::string bench) : m_context(context), m_bench(std::move(bench)) {}

    Result<> open();
    store::Connection& hand() { return *m_hand; }

    // One question with its parameters drawn.
    struct Question {
        std::function<void(store::Connection&)> ours;
        std::function<void(store::Connection&)> byHand;
    };
    Result<> ask(const std::string& metric, const char* reference, const std::function<Question()>& draw);
    // A few times only, warm: where the reference takes long.
    void askSeldom(const std::string& metric, const char* reference, int times, const std::function<Question()>& draw);

    std::vector<Measurement> found() && { return std::move(m_found); }

private:
    Result<std::unique_ptr<store::Connection>> connect() const;
    Result<> elsewhere(const std::string& metric, const char* reference, bool cold, const std::function<Question()>& draw);

    ServiceContext& m_context;
    const std::string m_bench;
    std::unique_ptr<store::Connection> m_ours;
    std::unique_ptr<store::Connection> m_hand;
    std::vector<Measurement> m_found;
};

} // namespace outrider::bench
