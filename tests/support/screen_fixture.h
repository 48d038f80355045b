// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/security/keychain.h"
#include "core/services/workspace_opening.h"
#include "ui/frame/context.h"

#include <QCoreApplication>
#include <QFuture>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <string>
#include <vector>

namespace outrider::test {

// A keychain that has nothing and takes nothing.
class NoKeychain final : public security::Keychain {
public:
    QFuture<Result<SecureBytes>> read(const std::string&) override { return answer<SecureBytes>(); }
    QFuture<Result<>> write(const std::string&, const SecureBytes&) override { return answer<void>(); }
    QFuture<Result<>> remove(const std::string&) override { return answer<void>(); }

private:
    template <typename T>
    static QFuture<Result<T>> answer() {
        QPromise<Result<T>> promise;
        promise.start();
        promise.addResult(Result<T>(fail(ErrorCode::KeychainUnavailable)));
        promise.finish();
        return promise.future();
    }
};

// Where a page went, and what it told.
class RecordingNavigator final : public frame::Navigator {
public:
    void go(Place) override { ++went; }
    void openLead(LeadId id, std::vector<LeadId>) override { lead = id; }
    void openLeads(const QString& text) override { filter = text; }
    void openCompany(CompanyId id) override { company = id; }
    void openSavedView(SavedViewId) override {}
    void newLead() override { ++newLeads; }
    void openStrategy(StrategyId id) override { strategy = id; }
    void newStrategy() override {}
    void openImport(const QString&) override {}
    void openMailbox(std::optional<MailboxId>) override {}
    void process(std::optional<TaskId> first) override { processed = first; }
    void openWorkspace(const QString& path) override { workspace = path; }
    void back() override { ++wentBack; }
    void openPalette(const QString&) override {}

    int went = 0;
    int wentBack = 0;
    int newLeads = 0;
    LeadId lead;
    CompanyId company;
    StrategyId strategy;
    QString filter;
    QString workspace;
    std::optional<TaskId> processed;
};

class RecordingNotifier final : public frame::Notifier {
public:
    void done(const QString& sentence, bool, theme::Icon) override { said.append(sentence); }
    void sending(const QString& who, Instant) override { sent.append(who); }
    void failed(const Error& error, const QString&) override { errors.push_back(error); }
    void info(const QString& sentence) override { said.append(sentence); }
    int startJob(const QString&, ProgressPtr) override { return 1; }
    void endJob(int) override {}

    QStringList said;
    QStringList sent;
    std::vector<Error> errors;
};

// A new, empty workspace on the disk and everything a page is given, on a clock that stands still:
// Thursday 19 November 2026, 09:00 in Berlin.
class ScreenFixture {
public:
    bool open() {
        if (environment.dnsServers.empty())
            environment.dnsServers = "127.0.0.1:9"; // nobody: a test asks no real server
        CreateWorkspace request{.path = (m_folder.path() + QStringLiteral("/test.outrider")).toStdString(),
                                .name = "Harborline",
                                .personName = "Mara Lindqvist",
                                .personEmail = "mara@harborline.example"};
        request.passphrase = std::make_shared<SecureBytes>(std::string_view("a long enough passphrase"));
        auto created = await(createWorkspace(environment, std::move(request)));
        if (!created)
            return false;
        m_workspace = std::shared_ptr<Workspace>(*created, (*created)->workspace.get());
        return furnish();
    }

    // The practice workspace instead: 300 leads, a full queue, replies to answer; nothing leaves the machine.
    bool openPractice() {
        auto opened =
            await(outrider::openPractice(environment, (m_folder.path() + QStringLiteral("/practice.outrider")).toStdString()));
        if (!opened)
            return false;
        m_workspace = *opened;
        return furnish();
    }
    Workspace& workspace() { return *m_workspace; }

    // The answer, while the events go on; a Cancelled error after ten seconds.
    template <typename T>
    static Result<T> await(QFuture<Result<T>> future) {
        if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 10'000) || future.resultCount() == 0)
            return fail(ErrorCode::TimedOut, "a service's answer");
        return future.takeResult();
    }

    ManualClock clock{*parseIso8601("2026-11-19T08:00Z")};
    SystemRandom random;
    NoKeychain keychain;
    Environment environment{clock, random, keychain, Origin::Window, WorkerMode::Thread, "Europe/Berlin"};
    RecordingNavigator go;
    RecordingNotifier tell;
    std::unique_ptr<frame::Commands> commands;
    std::unique_ptr<frame::Preferences> preferences;
    std::unique_ptr<frame::Context> context;

private:
    bool furnish() {
        commands = std::make_unique<frame::Commands>();
        m_settings = std::make_unique<QSettings>(m_folder.path() + QStringLiteral("/ui.ini"), QSettings::IniFormat);
        preferences = std::make_unique<frame::Preferences>(*m_settings);
        context = std::make_unique<frame::Context>(frame::Context{*m_workspace, go, tell, *commands, *preferences});
        return true;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    std::shared_ptr<Workspace> m_workspace;
};

} // namespace outrider::test
