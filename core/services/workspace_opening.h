// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secure_bytes.h"
#include "core/services/workspace.h"

#include <QFuture>

#include <memory>
#include <string>
#include <string_view>

namespace outrider {

// How a workspace is unlocked.
struct UnlockWith {
    enum class Method { Passphrase, RecoveryCode, Keychain };
    Method method = Method::Passphrase;
    std::shared_ptr<SecureBytes> secret; // passphrase or code
};

struct CreateWorkspace {
    std::string path;
    std::string name;       // "Harborline, Mara"
    std::string personName; // who works in it
    std::string personEmail;
    std::shared_ptr<SecureBytes> passphrase; // at least this or the recovery code opens it
    bool keychain = false;                   // also open without asking on this computer
};

struct CreatedWorkspace {
    std::unique_ptr<Workspace> workspace;
    SecureBytes recoveryCode; // to be shown once
    // Whether the keychain took the key; the workspace is fine without.
    Result<> keychain;
};

// How good a passphrase is, for the bar under its field.
struct PassphraseHint {
    enum class Level { TooShort, Weak, Fair, Strong };
    Level level = Level::TooShort;
    double share = 0; // 0 to 1
};
PassphraseHint passphraseHint(std::string_view passphrase);

// What can be known of a workspace without opening it.
struct WorkspaceFiles {
    bool exists = false;
    std::int64_t bytes = 0;
    bool hasPassphrase = false;
    bool hasRecoveryCode = false;
    bool hasKeychain = false;
};
Result<WorkspaceFiles> inspectWorkspace(const std::string& path);

// Creating and opening, on worker threads. The future resolves on one; the Workspace itself belongs to
// the thread these are called on.
QFuture<Result<std::shared_ptr<CreatedWorkspace>>> createWorkspace(Environment& environment, CreateWorkspace request);
QFuture<Result<std::shared_ptr<Workspace>>> openWorkspace(Environment& environment, std::string path, UnlockWith with,
                                                          bool readOnly = false);
// The practice workspace: its key is no secret, its mailbox answers by itself, nothing leaves the
// machine. Made when there is none at `path`.
QFuture<Result<std::shared_ptr<Workspace>>> openPractice(Environment& environment, std::string path);

// Changing how a workspace is opened; nothing of it is encrypted anew. Who asks proves themselves again,
// by passphrase or recovery code (Unsupported: by keychain). WrongPassphrase, WrongRecoveryCode,
// WeakPassphrase, KeyFileMissing.
QFuture<Result<>> changePassphrase(Environment& environment, std::string path, UnlockWith with,
                                   std::shared_ptr<SecureBytes> passphrase);
// The old code opens it no more; the new one is to be shown once.
QFuture<Result<SecureBytes>> renewRecoveryCode(Environment& environment, std::string path, UnlockWith with);
// Whether this computer's keychain opens it without asking. Taking it away needs no proof.
QFuture<Result<>> keepInKeychain(Environment& environment, std::string path, UnlockWith with);
QFuture<Result<>> removeFromKeychain(Environment& environment, std::string path);

// Where workspaces live by default, and the practice one.
std::string defaultWorkspacePath(const std::string& profile);
std::string practiceWorkspacePath();
// What belongs to this computer and user, not to a workspace: Environment::fenceFolder.
std::string defaultFenceFolder();

} // namespace outrider
