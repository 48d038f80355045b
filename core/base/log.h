// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

namespace outrider {

// One category per part; ids and counts only. Never a body, an address, a password or a key:
// what a line needs to say about a person it says with the row's id.
Q_DECLARE_LOGGING_CATEGORY(logStore)
Q_DECLARE_LOGGING_CATEGORY(logSend)
Q_DECLARE_LOGGING_CATEGORY(logInbox)
Q_DECLARE_LOGGING_CATEGORY(logImport)
Q_DECLARE_LOGGING_CATEGORY(logKeys)
Q_DECLARE_LOGGING_CATEGORY(logUi)

} // namespace outrider
