// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

// What every target of this folder is: a function that takes bytes from outside and holds what is said of
// them. Built with the preset "fuzz" it is libFuzzer's (https://llvm.org/docs/LibFuzzer.html); otherwise
// corpus_main.cpp runs it over its corpus as a test.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

// Has to hold for every input. Ends the process: that is how a fuzzer is told.
#define FUZZ_REQUIRE(condition)                                                                                                  \
    do {                                                                                                                         \
        if (!(condition)) {                                                                                                      \
            std::fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);                                  \
            std::abort();                                                                                                        \
        }                                                                                                                        \
    } while (false)

namespace outrider::fuzz {

inline std::string_view textOf(const std::uint8_t* data, std::size_t size) { return {reinterpret_cast<const char*>(data), size}; }

// The first byte of an input chooses between variants; what is left is the input.
inline unsigned takeChoice(std::string_view& input) {
    if (input.empty())
        return 0;
    const auto choice = static_cast<unsigned char>(input.front());
    input.remove_prefix(1);
    return choice;
}

} // namespace outrider::fuzz
