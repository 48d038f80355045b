// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/board_service.h"
#include "core/services/calendar_service.h"
#include "core/services/company_service.h"
#include "core/services/conversation_service.h"
#include "core/services/history_service.h"
#include "core/services/import_service.h"
#include "core/services/inbox_service.h"
#include "core/services/lead_service.h"
#include "core/services/mailbox_service.h"
#include "core/services/outbox_service.h"
#include "core/services/queue_service.h"
#include "core/services/search_service.h"
#include "core/services/settings_service.h"
#include "core/services/strategy_service.h"
#include "core/services/workspace.h"
#include "ui/frame/commands.h"
#include "ui/frame/navigator.h"
#include "ui/frame/notifier.h"
#include "ui/frame/preferences.h"
#include "ui/text/dates.h"

namespace outrider::frame {

// What every page is given, by reference; all of it outlives the pages.
struct Context {
    Workspace& workspace;
    Navigator& go;
    Notifier& tell;
    Commands& commands;
    Preferences& preferences;

    // Moments as the person reads them, against the clock's now. Make a new one per refresh.
    text::Dates dates() const;
};

} // namespace outrider::frame
