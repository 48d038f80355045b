// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/support.h"
#include "core/services/history_service.h"
#include "core/services/settings_service.h"
#include "core/services/workspace_opening.h"

#include <QFileInfo>
#include <QStorageInfo>

#include <unistd.h>

namespace outrider::cli {

using nlohmann::json;

namespace {

struct InitOptions {
    std::string name = "My workspace";
    std::string person;
    std::string email;
    bool keychain = false;
};

int init(Session& session, const InitOptions& options) {
    CreateWorkspace request{.path = session.storePath(),
                            .name = options.name,
                            .personName = options.person.empty() ? options.name : options.person,
                            .personEmail = options.email,
                            .keychain = options.keychain};
    CLI_TRY(SecureBytes passphrase, session.passphrase("New passphrase", true));
    request.passphrase = std::make_shared<SecureBytes>(std::move(passphrase));
    CLI_TRY(const auto created, session.wait(createWorkspace(session.environment(), request)));
    std::string text = "Created " + request.path
                       + "\n\nRecovery code, shown this once. Print it and keep it away from the computer:\n\n    "
                       + std::string(created->recoveryCode.view()) + "\n";
    if (options.keychain && !created->keychain)
        text += "\nThe keychain did not take the key; the passphrase opens the workspace.\n";
    return session.done({{"path", request.path},
                         {"recovery_code", created->recoveryCode.view()},
                         {"keychain", options.keychain && created->keychain.has_value()}},
                        text);
}

struct Nothing {};

int unlockCheck(Session& session, const Nothing&) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    return session.done({{"path", workspace->path()}, {"read_only", workspace->isReadOnly()}},
                        "The workspace opens" + std::string(workspace->isReadOnly() ? ", read-only." : "."));
}

struct PassphraseOptions {
    std::string newFile;
};

int changePassphraseCommand(Session& session, const PassphraseOptions& options) {
    CLI_TRY(SecureBytes current, session.passphrase("Passphrase"));
    Result<SecureBytes> fresh;
    if (options.newFile.empty()) {
        fresh = askOnTerminal("New passphrase");
    } else {
        GlobalOptions other = session.options();
        other.passphraseFile = options.newFile;
        fresh = Session(other).passphrase("New passphrase");
    }
    if (!fresh)
        return session.refused(fresh);
    CLI_CHECK(session.wait(
        changePassphrase(session.environment(), session.storePath(),
                         {.method = UnlockWith::Method::Passphrase, .secret = std::make_shared<SecureBytes>(std::move(current))},
                         std::make_shared<SecureBytes>(std::move(*fresh)))));
    return session.done("The passphrase is changed. The recovery code is as before.");
}

struct DoctorOptions {
    bool repair = false;
};

int doctor(Session& session, const DoctorOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(!options.repair));
    SettingsService::Repaired repaired;
    if (options.repair) {
        CLI_TRY(repaired, session.wait(workspace->settings().repair()));
    } else {
        CLI_TRY(repaired.left, session.wait(workspace->settings().doctor()));
    }
    CLI_TRY(const WorkspaceInfo info, session.wait(workspace->settings().info()));
    const QStorageInfo disk(QFileInfo(QString::fromStdString(info.path)).absolutePath());
    std::string text = info.cipher + "\n";
    for (const std::string& line : repaired.done)
        text += "Repaired: " + line + "\n";
    for (const std::string& line : repaired.left)
        text += line + "\n";
    const json data{{"problems", repaired.left},
                    {"repaired", repaired.done},
                    {"cipher", info.cipher},
                    {"bytes", info.bytes},
                    {"free_bytes", disk.bytesAvailable()}};
    if (repaired.left.empty())
        return session.done(data, text + "The workspace is sound.");
    session.done(data, text);
    return 1;
}

int hash(Session& session, const Nothing&) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const std::string hash, session.wait(workspace->history().contentHash()));
    return session.done({{"hash", hash}}, hash);
}

int info(Session& session, const Nothing&) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const WorkspaceInfo info, session.wait(workspace->settings().info()));
    return session.done({{"name", info.name},
                         {"path", info.path},
                         {"bytes", info.bytes},
                         {"practice", info.practice},
                         {"cipher", info.cipher},
                         {"created", momentJson(info.createdAt)},
                         {"zone", info.zone},
                         {"person", info.me.name},
                         {"email", info.me.email},
                         {"leads", info.leads}},
                        info.name + "\n" + info.path + "\n" + info.cipher + "\n" + std::to_string(info.leads) + " leads\n");
}

struct ProfileOptions {
    std::string person;
    std::string email;
    std::string zone;
};

int profile(Session& session, const ProfileOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    if (!options.zone.empty())
        CLI_CHECK(session.wait(workspace->settings().setZone(options.zone)));
    if (!options.person.empty() || !options.email.empty()) {
        CLI_TRY(const WorkspaceInfo info, session.wait(workspace->settings().info()));
        Member me = info.me;
        if (!options.person.empty())
            me.name = options.person;
        if (!options.email.empty())
            me.email = options.email;
        CLI_CHECK(session.wait(workspace->settings().setMe(me)));
    }
    return info(session, {});
}

} // namespace

void addWorkspaceCommands(CLI::App& app, Command& chosen) {
    auto initOptions = std::make_shared<InitOptions>();
    auto* initCommand = app.add_subcommand("init", "create a workspace");
    initCommand->add_option("--name", initOptions->name, "what it is called");
    initCommand->add_option("--person", initOptions->person, "who works in it");
    initCommand->add_option("--email", initOptions->email, "their address");
    initCommand->add_flag("--keychain", initOptions->keychain, "also open it without asking on this computer");
    onParsed(initCommand, chosen, initOptions, init);

    const auto none = std::make_shared<Nothing>();
    onParsed(app.add_subcommand("unlock-check", "try whether the workspace opens"), chosen, none, unlockCheck);
    auto passphraseOptions = std::make_shared<PassphraseOptions>();
    auto* passphrase = app.add_subcommand("passphrase", "change the passphrase");
    passphrase->add_option("--new-file", passphraseOptions->newFile, "file whose first line is the new one");
    onParsed(passphrase, chosen, passphraseOptions, changePassphraseCommand);
    auto doctorOptions = std::make_shared<DoctorOptions>();
    auto* doctorCommand = app.add_subcommand("doctor", "look for damage; exit 1 when there is some");
    doctorCommand->add_flag("--repair", doctorOptions->repair, "put right what is derived from something else, and nothing else");
    onParsed(doctorCommand, chosen, doctorOptions, doctor);
    onParsed(app.add_subcommand("hash", "the hash of the whole content"), chosen, none, hash);
    onParsed(app.add_subcommand("info", "what the workspace is"), chosen, none, info);
    auto profileOptions = std::make_shared<ProfileOptions>();
    auto* profileCommand = app.add_subcommand("profile", "show or change who works here");
    profileCommand->add_option("--person", profileOptions->person, "name");
    profileCommand->add_option("--email", profileOptions->email, "address");
    profileCommand->add_option("--zone", profileOptions->zone, "IANA time zone");
    onParsed(profileCommand, chosen, profileOptions, profile);
}

} // namespace outrider::cli
