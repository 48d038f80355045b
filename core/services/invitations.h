// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/inbound/incoming_mail.h"
#include "core/store/store.h"

namespace outrider {

class ServiceContext;

// Keeps the meetings a mail invites to, moves or cancels, and what its sender answers to an invitation, in the transaction
// that files the mail. Only of mail whose sender is known, the lead or the person themselves: a stranger's invitation ends
// no strategy, and somebody's answer counts for themselves alone.
Result<> keepInvitations(ServiceContext& context, store::WriteContext& write, const inbound::IncomingMail& mail);

} // namespace outrider
