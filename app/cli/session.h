// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/security/keychain.h"
#include "core/services/environment.h"
#include "core/services/workspace.h"
#include "ui/text/dates.h"

#include <QEventLoop>
#include <QFuture>
#include <QFutureWatcher>

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <optional>
#include <string>

namespace outrider::cli {

// What stands before the command.
struct GlobalOptions {
    std::string profile;
    std::string store;
    std::string passphraseFile;
    int passphraseFd = -1;
    bool practice = false;
    bool json = false;
    std::string now;  // ISO 8601
    std::string asOf; // the same: reads the workspace as it was then, and writes nothing
};

// One run of the program: its clock, the workspace once a command asks for it, and what is printed.
//
// The command line may wait, unlike the window: wait() runs the one event loop of the program until
// the future is finished, because keychain jobs and delivered results need one.
class Session {
public:
    explicit Session(GlobalOptions options);
    ~Session();

    const GlobalOptions& options() const { return m_options; }
    const Clock& clock() const { return *m_clock; }
    Environment& environment() { return *m_environment; }

    // The file the options mean.
    std::string storePath() const;

    // Opens it, by passphrase file, passphrase descriptor, keychain, or a question on the terminal.
    // `readOnlyIsEnough`: when another program has it open, it is read beside it.
    Result<Workspace*> workspace(bool readOnlyIsEnough = false);

    // The passphrase as the options tell, or asked for. Twice with `repeat`.
    Result<SecureBytes> passphrase(const char* prompt, bool repeat = false);

    // A password of something else: the first line of `file`, or asked for.
    Result<SecureBytes> secret(const std::string& file, const char* prompt);

    template <typename T>
    Result<T> wait(QFuture<Result<T>> future) {
        if (!future.isFinished()) {
            QEventLoop loop;
            QFutureWatcher<Result<T>> watcher;
            QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
            watcher.setFuture(future);
            if (!future.isFinished())
                loop.exec();
        }
        if (future.resultCount() == 0)
            return fail(ErrorCode::Cancelled);
        return future.takeResult();
    }

    // Prints the answer: {"ok":true,"data":…} with --json, else nothing; the text is for people.
    int done(const nlohmann::json& data, const std::string& text);
    int done(const std::string& text);
    // Prints the error, to stderr or as JSON, and gives the exit code.
    int refused(const Error& error);
    // With more to it: "error" has these members, too, with --json; `text` follows the sentence otherwise.
    int refused(const Error& error, const nlohmann::json& more, const std::string& text);
    template <typename T>
    int refused(const Result<T>& result) {
        return refused(result.error());
    }

    // A moment as the options' user reads it.
    std::string moment(Instant at) const;
    text::Dates dates() const;

private:
    GlobalOptions m_options;
    std::unique_ptr<Clock> m_clock;
    SystemRandom m_random;
    security::SystemKeychain m_keychain;
    std::unique_ptr<Environment> m_environment;
    std::shared_ptr<Workspace> m_workspace;
};

// Reads a passphrase from a terminal without showing it.
Result<SecureBytes> askOnTerminal(const char* prompt);

} // namespace outrider::cli
