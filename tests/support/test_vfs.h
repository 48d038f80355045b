// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <set>
#include <string>

struct sqlite3_vfs;

namespace outrider::test {

// An SQLite VFS (https://sqlite.org/vfs.html) over the system's own that watches every operation:
//
//  - fails the N-th one as a disk would: an I/O error, no space left, a short read, a sync or a lock;
//  - looks at every byte written to any file, also to those that are gone at once, for a word that
//    must not be there in plain text.
//
// Registered under name() while it lives. Thread-safe.
class TestVfs {
public:
    explicit TestVfs(const std::string& name);
    ~TestVfs();
    TestVfs(const TestVfs&) = delete;
    TestVfs& operator=(const TestVfs&) = delete;

    const std::string& name() const { return m_name; }

    // IoError counts every operation, DiskFull what takes room; the others those of their kind: a read that gives less than
    // was asked for, a sync or a lock that fails.
    enum class Fault { IoError, DiskFull, ShortRead, Sync, Lock };
    enum class Lasting { ForGood, Once };
    // Fails the n-th operation from now on (1: the next), and, as a dead disk does, all after it until
    // heal(); or just that one, as a loose cable does. 0: none.
    void failAt(int n, Fault fault, Lasting lasting = Lasting::ForGood);
    void heal();
    // Syncs are counted, not done: what a loop of hundreds of sessions tests is not the disk.
    void skipSyncs() { m_skipsSyncs = true; }
    bool skipsSyncs() const { return m_skipsSyncs; }
    bool hasFailed() const { return m_failed; }
    int operations() const { return m_operations; }

    void lookFor(std::string word) { m_word = std::move(word); }
    // The files the word was written to.
    std::set<std::string> foundIn();
    int filesOpened() const { return m_filesOpened; }

    // For the C callbacks.
    enum class Kind { Read, Write, Sync, Lock, Other };
    int before(Kind kind); // SQLITE_OK, or the error to return
    void onWrite(const char* file, const void* data, int size);
    void onOpen() { ++m_filesOpened; }
    sqlite3_vfs* real() const { return m_real; }

private:
    std::string m_name;
    sqlite3_vfs* m_real = nullptr;
    sqlite3_vfs* m_own = nullptr;
    std::atomic<int> m_operations = 0;
    std::atomic<int> m_failAt = 0;
    std::atomic<Fault> m_fault = Fault::IoError;
    std::atomic<Lasting> m_lasting = Lasting::ForGood;
    std::atomic<bool> m_failed = false;
    std::atomic<int> m_filesOpened = 0;
    std::atomic<bool> m_skipsSyncs = false;
    std::string m_word;
    std::mutex m_mutex;
    std::set<std::string> m_found;
};

} // namespace outrider::test
