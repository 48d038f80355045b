// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/read_pace.h"

#include <algorithm>

namespace outrider {

namespace {

constexpr Millis firstRetry = std::chrono::seconds(15);
constexpr Millis lastRetry = std::chrono::minutes(15);
constexpr Millis openRetry = std::chrono::minutes(30);
constexpr Millis longestRetry = std::chrono::hours(24); // whatever a server asks for

} // namespace

ReadingState ReadPace::failed(const ReadingState& before, const Error& error, std::optional<Millis> retryAfter, Instant now,
                              Random& random) {
    ReadingState state = before;
    ++state.failures;
    state.error = name(error.code);
    state.detail = error.detail;
    state.nextTryAt.reset();
    if (error.code == ErrorCode::AuthFailed || error.code == ErrorCode::SecretMissing)
        return state;
    Millis wait = isCircuitOpen(state) ? openRetry : std::min(lastRetry, firstRetry * (1 << std::min(state.failures - 1, 10)));
    wait = wait * 3 / 4 + Millis(random.below(std::uint64_t(wait.count() / 2)));
    state.nextTryAt = now + std::min(std::max(wait, retryAfter.value_or(Millis(0))), longestRetry);
    return state;
}

ReadingState ReadPace::succeeded(const ReadingState& before) { return {.mailbox = before.mailbox, .readAt = before.readAt}; }

} // namespace outrider
