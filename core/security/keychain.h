// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secure_bytes.h"

#include <QFuture>

#include <string>

namespace outrider::security {

// The system's own store of secrets (Secret Service, Windows Credential Store, macOS Keychain).
//
// Asynchronous: a locked keyring asks the person, for as long as they like. Call on the thread that
// runs the application's event loop. KeychainUnavailable (detail: what the system said),
// KeychainDenied, KeychainEntryMissing; and never take a missing entry for a new user: a locked
// keyring also says so (seen with QtKeychain 0.13.2).
class Keychain {
public:
    virtual ~Keychain() = default;
    virtual QFuture<Result<SecureBytes>> read(const std::string& entry) = 0;
    virtual QFuture<Result<>> write(const std::string& entry, const SecureBytes& secret) = 0;
    virtual QFuture<Result<>> remove(const std::string& entry) = 0;
};

// By QtKeychain, under the service name "outrider". Gives up after 30 seconds.
class SystemKeychain final : public Keychain {
public:
    QFuture<Result<SecureBytes>> read(const std::string& entry) override;
    QFuture<Result<>> write(const std::string& entry, const SecureBytes& secret) override;
    QFuture<Result<>> remove(const std::string& entry) override;
};

// The entry a workspace's key is kept under.
std::string keychainEntry(const std::string& workspaceId);

} // namespace outrider::security
