// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"

namespace outrider {

Q_LOGGING_CATEGORY(logStore, "outrider.store", QtInfoMsg)
Q_LOGGING_CATEGORY(logSend, "outrider.send", QtInfoMsg)
Q_LOGGING_CATEGORY(logInbox, "outrider.inbox", QtInfoMsg)
Q_LOGGING_CATEGORY(logImport, "outrider.import", QtInfoMsg)
Q_LOGGING_CATEGORY(logKeys, "outrider.keys", QtInfoMsg)
Q_LOGGING_CATEGORY(logUi, "outrider.ui", QtInfoMsg)

} // namespace outrider
