// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/secure_bytes.h"
#include "core/base/worker.h"
#include "core/domain/meeting.h"

#include <QFuture>

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace outrider {

class AccountTokens;
class ServiceContext;
struct CalendarReading;

// A calendar that was read and waits for a yes: what it would mean, and what was read.
struct CalendarIngest {
    CalendarPreview preview;
    std::shared_ptr<const CalendarReading> reading;
};
using CalendarIngestPtr = std::shared_ptr<const CalendarIngest>;

// Calendars of the person's: added, looked through before anything is kept, then read by themselves; their meetings, and
// the time they leave free. Thread-safe; every call returns at once. In the practice workspace nothing reaches the network.
class MeetingService {
public:
    explicit MeetingService(ServiceContext& context);
    ~MeetingService(); // breaks off what is read

    QFuture<Result<std::vector<CalendarSource>>> sources();

    // Keeps where it is, not what is in it. CalDAV: the password goes to the vault. InvalidArgument: an address that is
    // not https, nor of this computer; a mailbox that is not signed in to with Google.
    QFuture<Result<CalendarSourceId>> add(CalendarSource source, std::shared_ptr<SecureBytes> password);

    // Reads all of it; nothing is kept.
    QFuture<Result<CalendarIngestPtr>> preview(CalendarSourceId id, ProgressPtr progress = {});
    // The same of an .ics file. FileTooLarge, FileNotFound, UnsupportedFormat.
    QFuture<Result<CalendarIngestPtr>> previewFile(std::string path, ProgressPtr progress = {});
    // Keeps what was read, as one action. From now on the calendar is read by itself; undoing it ends that.
    QFuture<Result<CalendarReport>> approve(CalendarIngestPtr ingest);

    // With its meetings. What a lead's timeline says stays.
    QFuture<Result<>> remove(CalendarSourceId id);

    // Reads what has changed in every approved calendar. What fails is in the report.
    QFuture<Result<CalendarReport>> readAll(ProgressPtr progress = {});

    // Meetings that touch [from, to), by start.
    QFuture<Result<std::vector<Meeting>>> between(Instant from, Instant to);

    // Time without a meeting and without a task that was set to an hour by hand.
    QFuture<Result<FreeTime>> freeTime(FreeWish wish);

    // Reads every approved calendar every few minutes until stop(), less often while one cannot be reached.
    void start();
    void stop();

private:
    Result<CalendarIngestPtr> ingestOf(CalendarReading reading);
    Result<> readOne(const CalendarSource& source, CalendarReport& report, const Progress& progress);
    Result<> keep(const CalendarReading& reading, std::string action, bool approves, CalendarReport& report);
    void noteProblem(CalendarSourceId id, const Error& error);
    void watch();
    ProgressPtr started(ProgressPtr progress);

    ServiceContext& m_context;
    std::unique_ptr<AccountTokens> m_tokens;
    std::mutex m_mutex; // everything below
    std::condition_variable m_wake;
    std::vector<std::weak_ptr<Progress>> m_running;
    bool m_stopping = false;
    std::thread m_watcher;
    std::unique_ptr<Worker> m_worker; // reading takes seconds: not behind imports
};

} // namespace outrider
