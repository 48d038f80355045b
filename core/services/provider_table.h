// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/account.h"
#include "core/services/account_service.h"
#include "core/services/mailbox_service.h"
#include "core/store/sqlite/connection.h"
#include "core/transport/oauth.h"

#include <string>

namespace outrider {

// What is known of the providers, and what the person has set instead. Nothing in it is a secret.

// As built in: the public addresses; a client id where the build was given one (CMakeLists.txt).
ProviderSettings builtInProvider(Provider provider);

// The same with what the workspace's settings say.
ProviderSettings providerSettings(store::Connection& db, Provider provider);
std::string providerSettingKey(Provider provider);
// Only what differs from the built-in one is kept.
std::string providerSettingJson(Provider provider, const ProviderSettings& settings);

// Who asks for what, for a mailbox of that kind. `caFile`: the mailbox's own authority.
transport::OAuthClient oauthClient(AccountKind kind, const ProviderSettings& settings, const std::string& caFile);

// Where such a mailbox sends and reads by SMTP and IMAP.
void applyServers(Mailbox& mailbox);

// The vault's names.
std::string accessTokenName(MailboxId id);
std::string imapSecretName(MailboxId id); // beside the key of an account that only sends
std::string clientSecretName(Provider provider);

} // namespace outrider
