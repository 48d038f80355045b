// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <stdexcept>
#include <string>

namespace outrider::store {

// What an SQLite result code (https://sqlite.org/rescode.html, extended codes) means to us: the one
// mapping for this library. `text` is the library's message, `path` the file concerned.
Error sqliteError(int extendedCode, const std::string& text, const std::string& path);

// Carries an Error out of a transaction. Statements and repositories throw it; Store::read and
// Store::write catch it, roll back and hand the Error on. It never leaves the store otherwise.
class StoreException : public std::runtime_error {
public:
    explicit StoreException(Error error)
        : std::runtime_error(std::string(name(error.code)) + ": " + error.detail),
          m_error(std::move(error)) {}
    const Error& error() const { return m_error; }

private:
    Error m_error;
};

} // namespace outrider::store
