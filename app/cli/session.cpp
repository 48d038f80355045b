// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/session.h"

#include "core/services/workspace_opening.h"
#include "ui/text/error_text.h"
#include "ui/text/tr.h"

#include <QFile>
#include <QTimeZone>

#include <nlohmann/json.hpp>

#include <cstdio>
#include <iostream>

#if defined(Q_OS_UNIX)
#include <termios.h>
#include <unistd.h>
#endif

namespace outrider::cli {

using nlohmann::json;

namespace {

std::string dump(const json& document) { return document.dump(-1, ' ', false, json::error_handler_t::replace); }

// The first line of a descriptor, without ever being in an ordinary string.
Result<SecureBytes> firstLineOf(QFile& file, const std::string& what) {
    constexpr std::size_t most = 4096;
    SecureBytes buffer(most);
    std::size_t size = 0;
    while (size < most) {
        char c = 0;
        const qint64 count = file.read(&c, 1);
        if (count < 0)
            return fail(ErrorCode::FileUnreadable, what);
        if (count == 0 || c == '\n' || c == '\r')
            break;
        buffer.raw()[size++] = static_cast<unsigned char>(c);
        c = 0;
    }
    return SecureBytes(std::span<const std::byte>(buffer.data(), size));
}

} // namespace

Result<SecureBytes> askOnTerminal(const char* prompt) {
#if defined(Q_OS_UNIX)
    if (isatty(STDIN_FILENO) == 0)
        return fail(ErrorCode::InvalidArgument,
                    "there is no terminal to ask on; give a file (--passphrase-file, a mailbox's --secret-file)");
    std::fprintf(stderr, "%s: ", prompt);
    termios shown{};
    tcgetattr(STDIN_FILENO, &shown);
    termios hidden = shown;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    QFile in;
    auto line = in.open(stdin, QIODevice::ReadOnly | QIODevice::Unbuffered)
                    ? firstLineOf(in, "the terminal")
                    : Result<SecureBytes>(fail(ErrorCode::FileUnreadable, "the terminal"));
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    std::fputc('\n', stderr);
    return line;
#else
    return fail(ErrorCode::Unsupported, std::string("asking on the terminal: ") + prompt);
#endif
}

Session::Session(GlobalOptions options) : m_options(std::move(options)) {
    if (!m_options.asOf.empty()) // then is now: what was due, was due then
        m_clock = std::make_unique<ManualClock>(*parseIso8601(m_options.asOf));
    else if (m_options.now.empty())
        m_clock = std::make_unique<SystemClock>();
    else
        m_clock = std::make_unique<ManualClock>(*parseIso8601(m_options.now));
    m_environment = std::make_unique<Environment>(Environment{.clock = *m_clock,
                                                              .random = m_random,
                                                              .keychain = m_keychain,
                                                              .origin = Origin::CommandLine,
                                                              .timeZone = QTimeZone::systemTimeZoneId().toStdString(),
                                                              .fenceFolder = defaultFenceFolder()});
    if (!m_options.asOf.empty())
        m_environment->asOf = m_clock->now();
}

Session::~Session() = default;

std::string Session::storePath() const {
    if (!m_options.store.empty())
        return m_options.store;
    return m_options.practice ? practiceWorkspacePath() : defaultWorkspacePath(m_options.profile);
}

Result<SecureBytes> Session::passphrase(const char* prompt, bool repeat) {
    QFile file;
    if (!m_options.passphraseFile.empty()) {
        file.setFileName(QString::fromStdString(m_options.passphraseFile));
        if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
            return fail(file.exists() ? ErrorCode::FileUnreadable : ErrorCode::FileNotFound, m_options.passphraseFile);
        return firstLineOf(file, m_options.passphraseFile);
    }
    if (m_options.passphraseFd >= 0) {
        if (!file.open(m_options.passphraseFd, QIODevice::ReadOnly | QIODevice::Unbuffered))
            return fail(ErrorCode::FileUnreadable, "descriptor " + std::to_string(m_options.passphraseFd));
        return firstLineOf(file, "the descriptor");
    }
    OUTRIDER_ASSIGN(SecureBytes first, askOnTerminal(prompt));
    if (repeat) {
        OUTRIDER_ASSIGN(const SecureBytes second, askOnTerminal("Once more"));
        if (!(first == second))
            return fail(ErrorCode::InvalidArgument, "the two passphrases differ");
    }
    return first;
}

Result<SecureBytes> Session::secret(const std::string& file, const char* prompt) {
    if (file.empty())
        return askOnTerminal(prompt);
    QFile in(QString::fromStdString(file));
    if (!in.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return fail(in.exists() ? ErrorCode::FileUnreadable : ErrorCode::FileNotFound, file);
    return firstLineOf(in, file);
}

Result<Workspace*> Session::workspace(bool readOnlyIsEnough) {
    if (m_workspace)
        return m_workspace.get();
    const std::string path = storePath();
    if (m_options.practice) {
        OUTRIDER_ASSIGN(m_workspace, wait(openPractice(*m_environment, path)));
        return m_workspace.get();
    }
    OUTRIDER_ASSIGN(const WorkspaceFiles files, inspectWorkspace(path));
    if (!files.exists)
        return fail(ErrorCode::StoreNotFound, path);
    UnlockWith with;
    const bool told = !m_options.passphraseFile.empty() || m_options.passphraseFd >= 0;
    if (!told && files.hasKeychain) {
        with.method = UnlockWith::Method::Keychain;
        auto opened = wait(openWorkspace(*m_environment, path, with));
        if (opened) {
            m_workspace = std::move(*opened);
            return m_workspace.get();
        }
    }
    OUTRIDER_ASSIGN(SecureBytes secret, passphrase("Passphrase"));
    with.method = UnlockWith::Method::Passphrase;
    with.secret = std::make_shared<SecureBytes>(std::move(secret));
    auto opened = wait(openWorkspace(*m_environment, path, with));
    if (!opened && readOnlyIsEnough
        && (opened.error().code == ErrorCode::StoreLocked || opened.error().code == ErrorCode::StoreReadOnly))
        opened = wait(openWorkspace(*m_environment, path, with, true));
    if (!opened)
        return fail(std::move(opened).error());
    m_workspace = std::move(*opened);
    return m_workspace.get();
}

int Session::done(const json& data, const std::string& text) {
    if (m_options.json)
        std::cout << dump({{"ok", true}, {"data", data}}) << '\n';
    else if (!text.empty())
        std::cout << text << (text.back() == '\n' ? "" : "\n");
    return std::cout.flush() ? 0 : 1;
}

int Session::done(const std::string& text) { return done(json::object(), text); }

int Session::refused(const Error& error) { return refused(error, json::object(), {}); }

int Session::refused(const Error& error, const json& more, const std::string& text) {
    // Isolates are for screens; a terminal shows them as boxes.
    const auto plain = [](QString said) { return said.remove(QChar(0x2068)).remove(QChar(0x2069)).toStdString(); };
    const std::string message = plain(text::sentence(error));
    const std::string hint = plain(text::hint(error));
    if (m_options.json) {
        json shown{{"code", name(error.code)}, {"message", message}, {"hint", hint}};
        shown.update(more);
        std::cout << dump({{"ok", false}, {"error", std::move(shown)}}) << '\n';
    }
    std::cerr << message << (hint.empty() ? "" : " " + hint) << '\n' << text;
    return 1;
}

text::Dates Session::dates() const {
    return {m_clock->now(), QTimeZone(QByteArray::fromStdString(m_workspace ? m_workspace->zone() : m_environment->timeZone))};
}

std::string Session::moment(Instant at) const { return dates().moment(at).toStdString(); }

} // namespace outrider::cli
