// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secure_bytes.h"
#include "core/domain/change_set.h"
#include "core/services/environment.h"

#include <QFuture>
#include <QObject>

#include <memory>
#include <string>

namespace outrider {

class HistoryService;
class ImportService;
class InboxService;
class LeadService;
class MailboxService;
class OutboxService;
class QueueService;
class SearchService;
class ServiceContext;
class SettingsService;
class StrategyService;

// An open workspace: the façade the window and the command line work through.
//
// Lives on the thread that opened it; its services may be called from there and return at once.
// Destroying it closes the file and wipes the key. The environment must outlive it.
class Workspace : public QObject {
    Q_OBJECT

public:
    ~Workspace() override;

    LeadService& leads();
    QueueService& queue();
    StrategyService& strategies();
    MailboxService& mailboxes();
    OutboxService& outbox();
    InboxService& inbox();
    ImportService& imports();
    HistoryService& history();
    SearchService& search();
    SettingsService& settings();

    const std::string& path() const;
    bool isPractice() const;
    bool isReadOnly() const;
    const Clock& clock() const;
    // The person's IANA zone, for showing moments.
    const std::string& zone() const;

Q_SIGNALS:
    // After every commit, with what it touched. On the workspace's thread.
    void changed(const outrider::ChangeSet& changes);

private:
    friend class WorkspaceOpening;
    explicit Workspace(std::unique_ptr<ServiceContext> context);

    struct Services;
    std::unique_ptr<ServiceContext> m_context;
    std::unique_ptr<Services> m_services;
};

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

// Where workspaces live by default, and the practice one.
std::string defaultWorkspacePath(const std::string& profile);
std::string practiceWorkspacePath();

} // namespace outrider
