// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/mail_source.h"
#include "core/transport/mail_transport.h"

#include <functional>
#include <memory>

namespace outrider {

// Mail servers that are signed in to with a token: one that is refused although it should still be good (the clocks
// differ, the provider has withdrawn it early) is renewed, and the sign-in tried once more. What was not signed in to
// has sent and changed nothing.

std::unique_ptr<transport::MailTransport> renewing(std::unique_ptr<transport::MailTransport> transport,
                                                   std::function<void()> reject);
std::unique_ptr<transport::MailSource> renewing(std::unique_ptr<transport::MailSource> source, std::function<void()> reject);

} // namespace outrider
