// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/imap_session.h"
#include "core/transport/mail_source.h"
#include "core/transport/server_login.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace outrider::transport {

// Reads a folder over IMAP. Connects when first needed and again after the connection was lost (one
// attempt per call: when to try again is the caller's to decide).
//
// A large folder is listed once, in numbers, and read on from there by the calls that follow: memory is that list
// (four bytes a mail) and a few megabytes of mail, however much there is.
class ImapSource final : public MailSource {
public:
    // Instead of a folder's name: the one that holds sent mail, by its \\Sent attribute or its name.
    static constexpr const char* sentMail = "\\Sent";

    // `folder` is the name people read; "INBOX" by default.
    ImapSource(ServerLogin login, SecretSource secret, std::string folder = "INBOX", NetworkTimeouts timeouts = {});

    // Reads another folder over the same connection; used by the same thread.
    std::unique_ptr<ImapSource> beside(std::string folder) const;

    Result<FetchReport> fetchNew(const MailCursor& cursor, const FetchLimits& limits, const MailSink& sink,
                                 const Progress& progress, MailCursor* reached = nullptr) override;
    Result<WaitEnd> waitForMail(const MailCursor& cursor, Millis most, const Progress& progress) override;

    // Files a copy of a sent message, in the folder of that name or, when empty, in the one found to be
    // for sent mail. NotFound when there is none. `alreadyThere` tells whether the server had filed one
    // itself, by its Message-ID; then nothing is added.
    Result<> fileSent(const std::string& folder, std::string_view raw, const std::string& messageId, Instant date,
                      const Progress& progress, bool* alreadyThere = nullptr);

    // Whether the folder for sent mail holds a message with that id in any of the headers it may have
    // been moved to; how a hand-over whose answer was lost is settled.
    Result<bool> isInSent(const std::string& folder, const std::string& messageId, const Progress& progress);

    // Takes leave of the server.
    void disconnect(const Progress& progress);

private:
    // What was found and not handed over yet.
    struct Ahead {
        MailCursor at; // whoever goes on from there is handed these
        std::optional<std::chrono::sys_days> since;
        std::optional<std::chrono::sys_days> before;
        std::vector<std::uint32_t> uids;
    };
    Result<> ensureConnected(const Progress& progress);
    Result<SelectedFolder> openFolder(const Progress& progress);
    Result<FetchReport> fetchOnce(const MailCursor& cursor, const FetchLimits& limits, const MailSink& sink,
                                  const Progress& progress, MailCursor* reached);
    Result<std::string> sentFolderName(const std::string& folder, const Progress& progress);
    template <typename T>
    Result<T> kept(Result<T> result);

    // To one server; shared by those beside each other.
    struct Line {
        const ServerLogin login;
        const SecretSource secret;
        const NetworkTimeouts timeouts;
        std::unique_ptr<ImapSession> session;
    };
    ImapSource(std::shared_ptr<Line> line, std::string folder);

    const std::shared_ptr<Line> m_line;
    const std::string m_folder;
    std::string m_wireName; // of the folder, once it was looked for
    Ahead m_ahead;
};

} // namespace outrider::transport
