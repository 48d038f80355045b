// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/account_check.h"

#include "core/transport/imap_name.h"
#include "core/transport/imap_session.h"
#include "core/transport/server_sign_in.h"

#include <algorithm>

namespace outrider::transport {

namespace {

// Collects the results in the order of the steps.
class Protocol {
public:
    explicit Protocol(const std::function<void(const CheckResult&)>& onResult) : m_onResult(onResult) {}

    void add(CheckResult result) {
        m_report.results.push_back(std::move(result));
        if (m_onResult)
            m_onResult(m_report.results.back());
    }

    void passed(CheckStep step, Millis duration, std::string detail) {
        add({step, CheckState::Passed, duration, std::move(detail), {}, {}});
    }

    void failed(CheckStep step, Millis duration, const Error& error) { add({step, CheckState::Failed, duration, {}, {}, error}); }

    void missing(CheckStep step, Millis duration) { add({step, CheckState::Missing, duration, {}, {}, {}}); }

    void skipped(CheckStep step) { add({step, CheckState::Skipped, {}, {}, {}, {}}); }

    AccountReport& report() { return m_report; }

private:
    AccountReport m_report;
    const std::function<void(const CheckResult&)>& m_onResult;
};

// What a sign-in tells about its three steps.
void addSignIn(Protocol& protocol, CheckStep connect, CheckStep tls, CheckStep signIn, const ServerLogin& login,
               const SignInReport& report, const Result<>& result) {
    const SendStage failedAt = report.stage;
    if (!result && failedAt == SendStage::Connect) {
        protocol.failed(connect, report.connect, result.error());
        protocol.skipped(tls);
        protocol.skipped(signIn);
        return;
    }
    protocol.passed(connect, report.connect, hostAndPort(login.server));
    if (login.server.tls == TlsMode::None) {
        protocol.skipped(tls);
    } else if (!result && failedAt == SendStage::Tls) {
        protocol.failed(tls, report.tls, result.error());
        protocol.skipped(signIn);
        return;
    } else {
        protocol.add({tls, CheckState::Passed, report.tls, report.tlsFacts.protocol, report.tlsFacts.expires, {}});
    }
    if (!result)
        protocol.failed(signIn, report.signIn, result.error());
    else
        protocol.passed(signIn, report.signIn, login.auth == AuthMethod::None ? std::string() : login.userName);
}

Millis since(const Stopwatch& watch) { return std::chrono::duration_cast<Millis>(watch.elapsed()); }

void checkFolders(Protocol& protocol, ImapSession& session, const Mailbox& mailbox, const Progress& progress) {
    Stopwatch watch;
    const auto inbox = session.examine(wireFolderName(mailbox.inboxFolder), progress);
    if (inbox)
        protocol.passed(CheckStep::Inbox, since(watch), std::to_string(inbox->exists));
    else
        protocol.failed(CheckStep::Inbox, since(watch), inbox.error());

    watch.restart();
    const auto folders = session.list(progress);
    if (!folders) {
        protocol.failed(CheckStep::Sent, since(watch), folders.error());
        return;
    }
    const ImapFolder* sent = nullptr;
    if (mailbox.sentFolder.empty()) {
        sent = sentFolder(*folders);
    } else {
        const auto found =
            std::find_if(folders->begin(), folders->end(), [&](const auto& folder) { return folder.name == mailbox.sentFolder; });
        sent = found == folders->end() ? nullptr : &*found;
    }
    if (sent == nullptr) {
        protocol.missing(CheckStep::Sent, since(watch));
        return;
    }
    protocol.report().sentFolder = sent->name;
    protocol.passed(CheckStep::Sent, since(watch), sent->name);
}

} // namespace

bool AccountReport::usable() const {
    return !results.empty()
           && std::none_of(results.begin(), results.end(), [](const auto& result) { return result.state == CheckState::Failed; });
}

const CheckResult& AccountReport::of(CheckStep step) const {
    static const CheckResult none;
    const auto found = std::find_if(results.begin(), results.end(), [step](const auto& result) { return result.step == step; });
    return found == results.end() ? none : *found;
}

AccountReport checkAccount(const Mailbox& mailbox, const SecretSource& secret, const NetworkTimeouts& timeouts,
                           const Progress& progress, const std::function<void(const CheckResult&)>& onResult) {
    Protocol protocol(onResult);
    if (mailbox.smtp.host.empty()) { // sent another way
        for (const CheckStep step : {CheckStep::SmtpConnect, CheckStep::SmtpTls, CheckStep::SmtpSignIn})
            protocol.skipped(step);
    } else {
        CurlHandle curl;
        SignInReport report;
        const ServerLogin login = smtpLogin(mailbox);
        const auto signedIn = signIn(curl, "smtp", login, secret, timeouts, progress, report);
        addSignIn(protocol, CheckStep::SmtpConnect, CheckStep::SmtpTls, CheckStep::SmtpSignIn, login, report, signedIn);
        curl.shutDown();
    }
    if (mailbox.imap.host.empty()) { // only sends
        for (const CheckStep step : {CheckStep::ImapConnect, CheckStep::ImapTls, CheckStep::ImapSignIn, CheckStep::Inbox,
                                     CheckStep::Sent, CheckStep::Idle})
            protocol.skipped(step);
        return std::move(protocol.report());
    }
    SignInReport report;
    const ServerLogin login = imapLogin(mailbox);
    const auto session = ImapSession::connect(login, secret, timeouts, progress, &report);
    addSignIn(protocol, CheckStep::ImapConnect, CheckStep::ImapTls, CheckStep::ImapSignIn, login, report,
              session ? Result<>() : Result<>(fail(session.error())));
    if (!session) {
        for (const CheckStep step : {CheckStep::Inbox, CheckStep::Sent, CheckStep::Idle})
            protocol.skipped(step);
        return std::move(protocol.report());
    }
    checkFolders(protocol, **session, mailbox, progress);
    if ((*session)->has("IDLE"))
        protocol.passed(CheckStep::Idle, {}, {});
    else
        protocol.missing(CheckStep::Idle, {});
    (*session)->logout(progress);
    return std::move(protocol.report());
}

} // namespace outrider::transport
