// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress_line.h"
#include "app/cli/support.h"
#include "core/services/backup_service.h"
#include "ui/text/error_text.h"

#include <QFileInfo>

namespace outrider::cli {

using nlohmann::json;

namespace {

struct FolderOptions {
    std::string folder;
};

json toJson(const BackupFacts& facts) {
    return {{"path", facts.path},      {"hash", facts.hash}, {"schema", facts.schema},
            {"made_at", facts.madeAt}, {"kind", facts.kind}, {"bytes", facts.bytes}};
}

std::string absolute(const std::string& path) {
    return path.empty() ? path : QFileInfo(QString::fromStdString(path)).absoluteFilePath().toStdString();
}

int create(Session& session, const FolderOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    const auto progress = std::make_shared<Progress>();
    const Interruptible interruptible(progress);
    const ProgressLine line(session, progress, "Backing up");
    CLI_TRY(const BackupFacts facts, session.wait(workspace->backups().create(absolute(options.folder), progress)));
    return session.done(toJson(facts), "Made and checked: " + facts.path);
}

int list(Session& session, const FolderOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const std::vector<BackupFile> files, session.wait(workspace->backups().list(absolute(options.folder))));
    json all = json::array();
    std::vector<std::vector<std::string>> rows{{"MADE", "KIND", "BYTES", "FILE"}};
    for (const BackupFile& file : files) {
        all.push_back({{"path", file.path}, {"made_at", momentJson(file.at)}, {"kind", name(file.kind)}, {"bytes", file.bytes}});
        rows.push_back({session.moment(file.at), std::string(name(file.kind)), std::to_string(file.bytes),
                        QFileInfo(QString::fromStdString(file.path)).fileName().toStdString()});
    }
    return session.done({{"backups", all}},
                        files.empty()
                            ? "There is no backup yet."
                            : QFileInfo(QString::fromStdString(files.back().path)).path().toStdString() + "\n" + table(rows));
}

struct FileOptions {
    std::string file;
    std::string target;
    std::string recoveryFile;
};

// A backup opens with what opened its workspace then; the workspace need not exist any more.
Result<UnlockWith> unlocking(Session& session, const FileOptions& options) {
    UnlockWith with;
    if (options.recoveryFile.empty()) {
        OUTRIDER_ASSIGN(SecureBytes passphrase, session.passphrase("Passphrase of the backup"));
        with.secret = std::make_shared<SecureBytes>(std::move(passphrase));
    } else {
        with.method = UnlockWith::Method::RecoveryCode;
        OUTRIDER_ASSIGN(SecureBytes code, session.secret(options.recoveryFile, "Recovery code"));
        with.secret = std::make_shared<SecureBytes>(std::move(code));
    }
    return with;
}

int verify(Session& session, const FileOptions& options) {
    if (!QFileInfo::exists(QString::fromStdString(options.file)))
        return session.refused(Error(ErrorCode::FileNotFound, options.file));
    CLI_TRY(const UnlockWith with, unlocking(session, options));
    const auto progress = std::make_shared<Progress>();
    Worker worker("backup");
    CLI_TRY(const BackupFacts facts, session.wait(worker.run([&] { return verifyBackup(options.file, with, progress); })));
    return session.done(toJson(facts), "The backup is sound.\n" + facts.hash);
}

int restore(Session& session, const FileOptions& options) {
    if (!QFileInfo::exists(QString::fromStdString(options.file)))
        return session.refused(Error(ErrorCode::FileNotFound, options.file));
    CLI_TRY(const UnlockWith with, unlocking(session, options));
    const auto progress = std::make_shared<Progress>();
    const Interruptible interruptible(progress);
    const ProgressLine line(session, progress, "Restoring");
    Worker worker("backup");
    CLI_TRY(const BackupFacts facts, session.wait(worker.run([&] {
        return restoreBackup(session.environment(), options.file, absolute(options.target), with, progress);
    })));
    return session.done(toJson(facts),
                        "Restored to " + facts.path
                            + "\nNothing leaves it by itself: look through `outbox list`, then `outbox release ID`, "
                              "or `outbox release --all`.");
}

struct PolicyOptions {
    bool on = false;
    bool off = false;
    std::optional<std::string> folder;
    std::optional<int> hourly;
    std::optional<int> daily;
    std::optional<int> weekly;
};

int policy(Session& session, const PolicyOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const BackupPolicy before, session.wait(workspace->backups().policy()));
    BackupPolicy policy = before;
    if (options.on || options.off)
        policy.automatic = options.on;
    if (options.folder)
        policy.folder = absolute(*options.folder);
    policy.hourly = options.hourly.value_or(policy.hourly);
    policy.daily = options.daily.value_or(policy.daily);
    policy.weekly = options.weekly.value_or(policy.weekly);
    if (!(policy == before))
        CLI_CHECK(session.wait(workspace->backups().setPolicy(policy)));
    CLI_TRY(const BackupService::Status status, session.wait(workspace->backups().status()));
    return session.done({{"automatic", policy.automatic},
                         {"folder", status.folder},
                         {"hourly", policy.hourly},
                         {"daily", policy.daily},
                         {"weekly", policy.weekly},
                         {"backups", status.count},
                         {"bytes", status.bytes}},
                        std::string(policy.automatic ? "Automatic, while the window is open" : "By hand only") + "\nIn "
                            + status.folder + "\nKept: " + std::to_string(policy.hourly) + " hourly, "
                            + std::to_string(policy.daily) + " daily, " + std::to_string(policy.weekly) + " weekly");
}

struct ArchiveOptions {
    std::string format = "jsonl";
    std::string folder;
};

int exportCommand(Session& session, const ArchiveOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    const auto progress = std::make_shared<Progress>();
    const Interruptible interruptible(progress);
    const ProgressLine line(session, progress, "Exporting");
    CLI_TRY(const ArchiveFacts facts, session.wait(workspace->backups().exportArchive(*archiveFormatNames.value(options.format),
                                                                                      absolute(options.folder), progress)));
    return session.done({{"folder", options.folder},
                         {"format", name(facts.format)},
                         {"rows", facts.rows},
                         {"hash", facts.hash},
                         {"encrypted", false}},
                        std::to_string(facts.rows) + " rows written to " + options.folder
                            + "\nThis is plain text: whoever reads the folder reads everything in it. Passwords of mailboxes are "
                              "not among it.");
}

int importArchiveCommand(Session& session, const ArchiveOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    const auto progress = std::make_shared<Progress>();
    const Interruptible interruptible(progress);
    const ProgressLine line(session, progress, "Importing");
    CLI_TRY(const ArchiveFacts facts, session.wait(workspace->backups().importArchive(absolute(options.folder), progress)));
    return session.done({{"rows", facts.rows}, {"hash", facts.hash}},
                        std::to_string(facts.rows)
                            + " rows taken. Mailboxes need their passwords again, and nothing leaves until you release it.");
}

} // namespace

void addBackupCommands(CLI::App& app, Command& chosen) {
    auto* backup = app.add_subcommand("backup", "encrypted copies: create, list, verify, restore, policy");
    backup->require_subcommand(1);
    auto createOptions = std::make_shared<FolderOptions>();
    auto* createCommand = backup->add_subcommand("create", "make one now, also while the window works, and check it");
    createCommand->add_option("--to,folder", createOptions->folder, "another folder than the usual one");
    onParsed(createCommand, chosen, createOptions, create);
    auto listOptions = std::make_shared<FolderOptions>();
    auto* listCommand = backup->add_subcommand("list", "the backups there are");
    listCommand->add_option("--in,folder", listOptions->folder, "another folder than the usual one");
    onParsed(listCommand, chosen, listOptions, list);

    auto verifyOptions = std::make_shared<FileOptions>();
    auto* verifyCommand = backup->add_subcommand("verify", "open one, read all of it and compare its content's hash");
    verifyCommand->add_option("file", verifyOptions->file)->required();
    verifyCommand->add_option("--recovery-code-file", verifyOptions->recoveryFile, "open it by recovery code");
    onParsed(verifyCommand, chosen, verifyOptions, verify);
    auto restoreOptions = std::make_shared<FileOptions>();
    auto* restoreCommand = backup->add_subcommand("restore", "make a new workspace of one; nothing leaves it unasked");
    restoreCommand->add_option("file", restoreOptions->file)->required();
    restoreCommand->add_option("--to,target", restoreOptions->target, "the new workspace file; none may be there")->required();
    restoreCommand->add_option("--recovery-code-file", restoreOptions->recoveryFile, "open it by recovery code");
    onParsed(restoreCommand, chosen, restoreOptions, restore);

    auto policyOptions = std::make_shared<PolicyOptions>();
    auto* policyCommand = backup->add_subcommand("policy", "show or change the automatic ones");
    auto* on = policyCommand->add_flag("--on", policyOptions->on);
    policyCommand->add_flag("--off", policyOptions->off)->excludes(on);
    policyCommand->add_option("--folder", policyOptions->folder, "where to; \"\": beside the workspace");
    policyCommand->add_option("--hourly", policyOptions->hourly, "how many to keep")->check(CLI::Range(0, 10000));
    policyCommand->add_option("--daily", policyOptions->daily)->check(CLI::Range(0, 10000));
    policyCommand->add_option("--weekly", policyOptions->weekly)->check(CLI::Range(0, 10000));
    onParsed(policyCommand, chosen, policyOptions, policy);

    auto exportOptions = std::make_shared<ArchiveOptions>();
    auto* exporting = app.add_subcommand("export", "everything as plain files, unencrypted, into an empty folder");
    exporting->add_option("--format", exportOptions->format)->check(CLI::IsMember({"jsonl", "csv", "sqlite"}));
    exporting->add_option("folder", exportOptions->folder)->required();
    onParsed(exporting, chosen, exportOptions, exportCommand);
    auto archiveOptions = std::make_shared<ArchiveOptions>();
    auto* importing = app.add_subcommand("import-archive", "an export back into a workspace that was just made");
    importing->add_option("folder", archiveOptions->folder)->required();
    onParsed(importing, chosen, archiveOptions, importArchiveCommand);
}

} // namespace outrider::cli
