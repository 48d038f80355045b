// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/domain/mailbox.h"
#include "core/services/inbox_service.h"
#include "core/transport/mail_source.h"

namespace outrider {

class ServiceContext;

// Reads what is new in one mailbox's folder and applies it, mail by mail: each is one action. What the
// mailbox could not do is in report.errors. Returns up to where the folder was read. Blocks; one thread
// per source at a time.
transport::MailCursor readMailbox(ServiceContext& context, const Mailbox& mailbox, transport::MailSource& source,
                                  const Progress& progress, FetchReport& report);

} // namespace outrider
