// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/store.h"

#include <string>
#include <string_view>

namespace outrider::store {

// Settings of the workspace, by key; values are JSON text. Settings of this computer's window (size,
// theme) are the window's own.
class SettingRepository {
public:
    explicit SettingRepository(Connection& db) : m_db(db) {}

    std::string get(std::string_view key); // empty: not set
    void set(WriteContext& write, std::string_view key, std::string_view json);

    // What the file is: its name, its id. Not journaled.
    std::string meta(std::string_view key);
    void setMeta(WriteContext& write, std::string_view key, std::string_view value);
    void removeMeta(WriteContext& write, std::string_view key);

private:
    Connection& m_db;
};

} // namespace outrider::store
