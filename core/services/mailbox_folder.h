// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to mailbox_reader.cpp and mailbox_history.cpp.

#include "core/services/mailbox_reader.h"

#include <memory>
#include <string>

namespace outrider {

// A folder and where reading it stands.
struct MailboxReader::Folder {
    std::string name; // as its cursor is kept under
    std::unique_ptr<transport::MailSource> source;
    transport::MailCursor cursor; // after the last read
};

} // namespace outrider
