// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/secure_bytes.h"
#include "core/domain/mailbox.h"
#include "core/services/environment.h"
#include "core/services/mailbox_service.h"
#include "core/transport/mail_source.h"
#include "core/transport/mail_transport.h"

#include <memory>
#include <vector>

namespace outrider::store {
class Store;
}

namespace outrider {

// How mail leaves and arrives: over the network, or, in the practice workspace, through the built-in
// mailbox. A practice workspace is given only the latter, so nothing in it can reach the network,
// whatever its rows say.
class MailAccess {
public:
    virtual ~MailAccess() = default;
    virtual Result<std::unique_ptr<transport::MailTransport>> transport(const Mailbox& mailbox, SecureBytes secret) = 0;
    virtual Result<std::unique_ptr<transport::MailSource>> source(const Mailbox& mailbox, SecureBytes secret) = 0;
    virtual std::vector<MailboxCheckStep> check(const Mailbox& mailbox, SecureBytes secret, const ProgressPtr& progress) = 0;
    // Files a copy of what was sent, for servers that do not do it themselves. Best effort.
    virtual Result<> fileCopy(const Mailbox& mailbox, SecureBytes secret, const std::string& raw) = 0;
};

std::unique_ptr<MailAccess> makeMailAccess(store::Store& store, Environment& environment, bool practice);

} // namespace outrider
