// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to core/transport: never included by a public header.

#include <gmime/gmime.h>

#include <memory>
#include <string>

namespace outrider::transport {

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};

struct Free {
    void operator()(void* memory) const { g_free(memory); }
};

// A GObject reference of ours.
template <typename T>
using GObjectPtr = std::unique_ptr<T, Unref>;

using GText = std::unique_ptr<char, Free>;

// Initialises GMime once per process; call before anything else of it. Thread-safe. GMime has no
// state of its own besides registered types, so objects may live on any one thread.
void useGMime();

inline std::string toString(const char* text) { return text != nullptr ? std::string(text) : std::string(); }

} // namespace outrider::transport
