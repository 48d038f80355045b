// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/domain/ids.h"
#include "core/domain/send_fence.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

class QFile;

namespace outrider::store {

class Connection;

// Keeps a file that is not the one that sent last from sending anything: a restored backup, a copy on
// another computer or in another place, an older state of the same file, or a clock set back.
//
// How often this file was about to send, and under which random lineage, is kept twice: in the file, and
// in a record outside it that also knows the computer and the place. Inside first, outside before the
// first byte leaves; so the file is never behind its record, unless it is not the file the record is of.
// Then the fence is raised: everything that waits is held with WaitReason::SendFence, and so is what is
// queued later, until a person releases it, one by one or by lower(). lower() starts a new lineage: of
// two copies, the one whose owner said so last is the one that sends.
//
// A record that cannot be written keeps messages from leaving. What a snapshot of the whole computer puts
// back, file and record alike, cannot be told from what was there.
//
// The functions that take a Connection are for the writer's thread, inside a write; the others are
// thread-safe.
class SendFence {
public:
    SendFence();
    ~SendFence();
    SendFence(const SendFence&) = delete;
    SendFence& operator=(const SendFence&) = delete;

    // Compares the file with its record and raises the fence when they differ. From then on every send is
    // recorded; without it (tests, the practice workspace) only a fence that is up already counts.
    Result<FenceReason> watch(Connection& db, Instant now, Random& random, const std::string& recordPath,
                              const std::string& storePath);

    static FenceReason raised(Connection& db);
    static void raise(Connection& db, FenceReason reason);
    // Whether that message may leave, as far as the fence is concerned.
    static bool lets(Connection& db, OutboxId id);
    // A person has released that one message.
    static void pass(Connection& db, OutboxId id);

    // A person has looked through what waits: it may leave. Call lowered() once that is committed.
    static void lower(Connection& db, Instant now, Random& random);
    Result<> lowered(Connection& db);

    // Raises it when the clock has gone back behind what has left.
    void checkClock(Connection& db, Instant now) const;

    // Within the transaction that records messages as being sent: the number of the first of them, counted through the
    // workspace's life. After its commit, before the first byte of each: follow() with its number. When that fails it
    // may not leave.
    std::int64_t count(Connection& db, Instant now, int messages = 1) const;
    Result<> follow(std::int64_t number);
    // At start, before watch(): the number of the last message whose sending had begun when the program ended. nullopt:
    // nobody knows, since the record is not there, not this file's, or the computer was started since.
    static std::optional<std::int64_t> begun(Connection& db, const std::string& recordPath, const std::string& storePath);

private:
    struct Record;
    Result<> writeRecord(const Record& record);

    mutable std::mutex m_mutex;
    std::string m_recordPath; // empty: not watching
    std::string m_storePath;
    std::unique_ptr<QFile> m_file;
    std::string m_lineage; // empty: the record is another file's, and left alone
    std::string m_computer;
    std::uint64_t m_fileNumber = 0;
    std::int64_t m_followed = 0;
};

} // namespace outrider::store
