// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/progress.h"
#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace outrider::transport {

// Up to where a folder was read. Kept by the caller, in the same transaction as the mails.
struct MailCursor {
    std::uint32_t uidValidity = 0; // 0: never read
    std::uint32_t lastUid = 0;
    std::uint64_t modSeq = 0; // of the folder when all of it was read; unchanged: nothing is new (RFC 7162). 0: not known
    std::string position;     // where a provider's own list has been read to; empty over IMAP

    bool operator==(const MailCursor&) const = default;
};

struct FetchLimits {
    std::size_t mails = 500;                    // in one call
    std::size_t mailBytes = 8U * 1024 * 1024;   // of each; a larger one is cut off there
    std::optional<std::chrono::sys_days> since; // when reading from the start: only mail of that day or later
    // A closed stretch: only mail before that day, and `since` holds throughout.
    std::optional<std::chrono::sys_days> before;
};

struct FetchReport {
    MailCursor cursor; // to go on from; what the sink did not take is not before it
    std::size_t fetched = 0;
    bool startedOver = false; // the folder's uids have changed: mails may come that were seen before
    bool more = false;        // the limit was reached, or the sink had enough
    std::size_t ahead = 0;    // about how many come after these

    bool operator==(const FetchReport&) const = default;
};

// Gets a mail's RFC 5322 bytes and when its server received it. False: this mail was not taken, stop.
using MailSink = std::function<bool(std::uint32_t uid, Instant receivedAt, std::string_view raw)>;

enum class WaitEnd { NewMail, TimedOut, Stopped };

// Where incoming mail is read from: an IMAP folder, a provider's HTTP interface, or a practice mailbox. One thread at a time;
// everything blocks, is bounded and can be cancelled.
class MailSource {
public:
    virtual ~MailSource() = default;

    // Hands over what came after the cursor, oldest first, without changing anything in the mailbox.
    // On an error, mails that were handed over before stay handed over: `reached`, when given, is moved
    // along mail by mail, so that nothing has to be read twice.
    virtual Result<FetchReport> fetchNew(const MailCursor& cursor, const FetchLimits& limits, const MailSink& sink,
                                         const Progress& progress, MailCursor* reached = nullptr) = 0;

    // Waits until there is mail after the cursor, at most that long; returns at once when there is some
    // already. Unsupported: look again after a while instead.
    virtual Result<WaitEnd> waitForMail(const MailCursor& cursor, Millis most, const Progress& progress) = 0;

    // How long the server asked to be left alone, with its last refusal.
    virtual std::optional<Millis> retryAfter() const { return std::nullopt; }
};

} // namespace outrider::transport
