// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/transport/server_login.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::transport {

class ImapWire;
struct SignInReport;

struct ImapFolder {
    std::string name;                    // UTF-8
    std::string wireName;                // what the server calls it; what the verbs below take
    std::vector<std::string> attributes; // upper case: "\SENT", "\NOSELECT"

    bool has(std::string_view upperCaseAttribute) const;
};

// The folder copies of sent mail belong into: the one marked \Sent (RFC 6154), else the one called
// what mail programs call it. Null when there is none.
const ImapFolder* sentFolder(const std::vector<ImapFolder>& folders);

struct SelectedFolder {
    std::uint32_t uidValidity = 0; // uids mean nothing when this changes (RFC 3501 §2.3.1.1)
    std::uint32_t uidNext = 0;     // 0: the server does not say
    std::uint32_t exists = 0;
    std::uint64_t modSeq = 0; // of its last change (RFC 7162); 0: the server keeps none
};

struct FetchedMail {
    std::uint32_t uid = 0;
    Instant internalDate{}; // when the server got it
    std::size_t size = 0;   // of the whole
    std::string raw;        // at most as much as was asked for
};

// Returning false ends the fetch; what was already asked for is read and thrown away.
using FetchSink = std::function<bool(FetchedMail)>;

enum class IdleEnd { NewMail, TimedOut, Stopped };

// One signed-in IMAP connection (RFC 3501; IDLE: RFC 2177). libcurl connects, encrypts and signs in;
// what is said after that goes through our own tokeniser, because libcurl marks fetched mail as read
// and has no IDLE.
//
// One thread at a time. Everything blocks, is bounded by NetworkTimeouts, and ends with Cancelled soon
// after `progress` is cancelled; the connection is of no use any more after that, nor after
// ConnectionLost, TimedOut, ProtocolError or MessageTooLarge: every later call fails the same.
// A server's "no" is NotFound, RefusedSoft or RefusedHard with its text, and leaves it usable.
class ImapSession {
public:
    static Result<std::unique_ptr<ImapSession>> connect(const ServerLogin& login, const SecretSource& secret,
                                                        const NetworkTimeouts& timeouts, const Progress& progress,
                                                        SignInReport* report = nullptr);
    ~ImapSession(); // cuts the connection; logout() is the polite way
    ImapSession(const ImapSession&) = delete;
    ImapSession& operator=(const ImapSession&) = delete;

    bool has(std::string_view capability) const;

    Result<std::vector<ImapFolder>> list(const Progress& progress);

    // Opens a folder for reading only (EXAMINE): nothing that is fetched can become "seen".
    Result<SelectedFolder> examine(const std::string& wireName, const Progress& progress);

    // In the open folder, in increasing order.
    Result<std::vector<std::uint32_t>> searchAfter(std::uint32_t uid, const Progress& progress);
    Result<std::vector<std::uint32_t>> searchSince(std::chrono::sys_days day,
                                                   const Progress& progress); // server's days
    // Both: after that one, and received on these days, `before` left out. Days that are none do not limit.
    Result<std::vector<std::uint32_t>> searchStretch(std::uint32_t after, std::optional<std::chrono::sys_days> since,
                                                     std::optional<std::chrono::sys_days> before, const Progress& progress);
    Result<std::vector<std::uint32_t>> searchHeader(std::string_view name, std::string_view value, const Progress& progress);

    // Fetches by BODY.PEEK[], at most `mostBytes` of each, in order of uid. Memory: at most about
    // mostBytes or a few megabytes at once. Messages that are gone meanwhile are left out.
    Result<> fetch(std::vector<std::uint32_t> uids, std::size_t mostBytes, const FetchSink& sink, const Progress& progress);

    // Files a copy, marked as read.
    Result<> append(const std::string& wireName, std::string_view raw, Instant date, const Progress& progress);

    // Waits for news in the open folder. Unsupported where the server has no IDLE. Ends by itself after
    // `most`, at the latest after 25 minutes: servers close at 30.
    Result<IdleEnd> idle(Millis most, const Progress& progress);

    Result<> noop(const Progress& progress);
    void logout(const Progress& progress);

private:
    explicit ImapSession(std::unique_ptr<ImapWire> wire);
    Result<std::vector<std::uint32_t>> search(const std::string& criteria, const Progress& progress);
    Result<std::vector<FetchedMail>> fetchGroup(const std::string& uids, std::size_t mostBytes, const Progress& progress);

    std::unique_ptr<ImapWire> m_wire;
};

} // namespace outrider::transport
