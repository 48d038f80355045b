// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <tl/expected.hpp>

#include <utility>

namespace outrider {

// A value, or the reason there is none: tl::expected (gcc 12 has the standard one only in C++23
// mode, clang 14 cannot read it), made a class so that ignoring one is a warning.
template <typename T = void>
class [[nodiscard]] Result : public tl::expected<T, Error> {
public:
    using Base = tl::expected<T, Error>;
    using Base::Base;

    Result(Base base) : Base(std::move(base)) {}
};

inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

inline tl::unexpected<Error> fail(ErrorCode code, std::string detail = {}, int native = 0) {
    return tl::unexpected<Error>(Error(code, std::move(detail), native));
}

// Passes a failure on:  OUTRIDER_TRY(store.begin());
#define OUTRIDER_TRY(expression)                                                                                                 \
    do {                                                                                                                         \
        if (auto outriderResult = (expression); !outriderResult)                                                                 \
            return ::outrider::fail(std::move(outriderResult).error());                                                          \
    } while (false)

#define OUTRIDER_CONCAT_(a, b) a##b
#define OUTRIDER_CONCAT(a, b) OUTRIDER_CONCAT_(a, b)

// Takes the value or passes the failure on:  OUTRIDER_ASSIGN(auto lead, leads.find(id));
#define OUTRIDER_ASSIGN(target, expression)                                                                                      \
    auto OUTRIDER_CONCAT(outriderResult, __LINE__) = (expression);                                                               \
    if (!OUTRIDER_CONCAT(outriderResult, __LINE__))                                                                              \
        return ::outrider::fail(std::move(OUTRIDER_CONCAT(outriderResult, __LINE__)).error());                                   \
    target = std::move(*OUTRIDER_CONCAT(outriderResult, __LINE__))

} // namespace outrider
