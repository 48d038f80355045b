// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/crash_bench.h"

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/store/content_hash.h"
#include "core/store/doctor.h"
#include "core/store/journal/undo.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/task_repository.h"
#include "core/store/store.h"

#include <QFile>
#include <QTemporaryDir>

#include <csignal>

#if defined(Q_OS_UNIX)
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

namespace outrider::bench {

using namespace outrider::store;

namespace {

constexpr int killsPerStore = 40;                         // then a new one: opening and hashing would only get slower
constexpr int mostActions = 25;                           // between two kills
const Instant start = fromEpochMillis(1'795'680'000'000); // 26 November 2026

SecureBytes key() {
    SecureBytes key(32);
    for (std::size_t i = 0; i < key.size(); ++i)
        key.raw()[i] = static_cast<unsigned char>(7 + i);
    return key;
}

Lead leadOf(std::int64_t number) {
    Lead lead;
    lead.firstName = "Lead";
    lead.lastName = std::to_string(number);
    lead.email = "lead" + std::to_string(number) + "@x.example";
    lead.emailKey = lead.email;
    return lead;
}

// The n-th action, the same on every copy that holds the ones before it: what it does follows from n and from the content.
Result<> act(Store& store, ManualClock& clock, std::int64_t n) {
    SeededRandom random(static_cast<std::uint64_t>(n) * 7919 + 1);
    clock.set(start + std::chrono::seconds(n));
    const auto kind = random.below(10);
    if (kind == 9) {
        OUTRIDER_ASSIGN(const auto next,
                        wait(store.read([](ReadContext& r) -> Result<std::optional<HistoryEntry>> { return nextUndo(r.db); })));
        if (next) {
            return wait(store.write({.name = "undo"}, [&next](WriteContext& w) -> Result<> {
                OUTRIDER_TRY(undoAction(w, next->id, UndoPolicy::KeepChanged));
                return {};
            }));
        }
    }
    return wait(store.write({.name = "crash.act"}, [&](WriteContext& w) -> Result<> {
        LeadRepository leads(w.db);
        // Any of the earlier ones that is still there.
        const auto id = leads.findByEmailKey(leadOf(std::int64_t(random.below(static_cast<std::uint64_t>(n)))).email);
        const auto before = id ? leads.find(*id) : std::nullopt;
        if (kind < 2 || (!before && kind != 3)) {
            Lead lead = leadOf(n);
            leads.insert(w, lead);
            return {};
        }
        if (kind == 3) { // a small import
            WriteContext::BulkInsert bulk(w);
            for (int i = 0; i < 20; ++i) {
                Lead lead = leadOf(n * 100 + i);
                leads.insert(w, lead);
            }
            bulk.finish();
            return {};
        }
        if (kind < 6) {
            Lead changed = *before;
            changed.city = "City " + std::to_string(n);
            changed.score = int(random.below(101));
            leads.update(w, *before, changed);
        } else if (kind == 6) {
            Task task{.lead = *id, .channel = Channel::Call, .dueAt = w.now + std::chrono::hours(1)};
            TaskRepository(w.db).insert(w, task);
        } else if (kind == 7) {
            Activity note{.lead = *id, .at = w.now, .kind = ActivityKind::Note, .text = "note " + std::to_string(n)};
            ActivityRepository(w.db).append(w, note);
        } else {
            const std::vector<Task> open = TaskRepository(w.db).openOf(*id);
            if (open.empty()) {
                Lead changed = *before;
                changed.jobTitle = "Title " + std::to_string(n);
                leads.update(w, *before, changed);
            } else {
                TaskRepository(w.db).close(w, open.front().id, TaskState::Done);
            }
        }
        return {};
    }));
}

Result<std::string> hashOf(Store& store) {
    return wait(store.read([](ReadContext& r) -> Result<std::string> { return contentHash(r); }));
}

#if defined(Q_OS_UNIX)

Result<std::unique_ptr<Store>> openAt(const std::string& path, const Clock& clock, Random& random,
                                      OpenMode mode = OpenMode::ReadWrite) {
    return Store::open({.path = path, .mode = mode, .workerMode = WorkerMode::Inline}, key(), clock, random);
}

// In the process that will be killed: says the number of each action once it is on the disk.
[[noreturn]] void child(const std::string& path, std::int64_t from, int acknowledgements) {
    ManualClock clock(start + std::chrono::seconds(from));
    SeededRandom random(1);
    const auto opened = openAt(path, clock, random);
    if (!opened)
        _exit(2);
    for (std::int64_t n = from;; ++n) {
        if (!act(**opened, clock, n))
            _exit(3);
        if (::write(acknowledgements, &n, sizeof(n)) != sizeof(n))
            _exit(4);
    }
}

// One after the other: a child, its death, and what it left. Two files that begin as the same one.
class CrashTest {
public:
    explicit CrashTest(std::uint64_t seed) : m_random(seed), m_clock(start) {}

    Result<> begin() {
        m_mirror.reset();
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral("killed.outrider")).toStdString();
        const QString mirror = m_folder->filePath(QStringLiteral("mirror.outrider"));
        m_clock.set(start);
        { OUTRIDER_TRY(openAt(m_path, m_clock, m_random, OpenMode::Create)); }
        if (!QFile::copy(QString::fromStdString(m_path), mirror))
            return fail(ErrorCode::FileUnwritable, mirror.toStdString());
        OUTRIDER_ASSIGN(m_mirror, openAt(mirror.toStdString(), m_clock, m_random));
        m_next = 1;
        return {};
    }

    Result<> killOnce(CrashReport& report) {
        int pipes[2];
        if (::pipe(pipes) != 0)
            return fail(ErrorCode::Internal, "pipe");
        const pid_t pid = ::fork();
        if (pid < 0)
            return fail(ErrorCode::Internal, "fork");
        if (pid == 0) {
            ::close(pipes[0]);
            child(m_path, m_next, pipes[1]);
        }
        ::close(pipes[1]);
        // After a random number of acknowledgements, none of them too, and a random moment more.
        std::int64_t last = m_next - 1;
        const auto until = m_next - 1 + std::int64_t(m_random.below(mostActions));
        bool running = true;
        while (running && last < until)
            running = readOne(pipes[0], last);
        ::usleep(static_cast<useconds_t>(m_random.below(until == m_next - 1 ? 12'000 : 2'500)));
        ::kill(pid, SIGKILL);
        int status = 0;
        ::waitpid(pid, &status, 0);
        while (readOne(pipes[0], last)) {
        }
        ::close(pipes[0]);
        if (!WIFSIGNALED(status))
            return fail(ErrorCode::Internal, "the process ended by itself with " + std::to_string(WEXITSTATUS(status)));
        report.acknowledged += last - (m_next - 1);
        return compare(last, report);
    }

private:
    static bool readOne(int from, std::int64_t& number) {
        std::int64_t got = 0;
        if (::read(from, &got, sizeof(got)) != sizeof(got))
            return false;
        number = got;
        return true;
    }

    Result<> compare(std::int64_t last, CrashReport& report) {
        for (; m_next <= last; ++m_next)
            OUTRIDER_TRY(act(*m_mirror, m_clock, m_next));
        ManualClock clock(m_clock.now());
        OUTRIDER_ASSIGN(const auto killed, openAt(m_path, clock, m_random));
        OUTRIDER_ASSIGN(const auto problems,
                        wait(killed->read([](ReadContext& r) -> Result<std::vector<std::string>> { return examine(r.db); })));
        if (!problems.empty())
            return fail(ErrorCode::StoreDamaged, problems.front());
        OUTRIDER_ASSIGN(const std::string there, hashOf(*killed));
        OUTRIDER_ASSIGN(std::string wanted, hashOf(*m_mirror));
        if (there == wanted)
            return {};
        // The action under way may have reached the disk before the kill, unacknowledged. Never half of it.
        ++report.inDoubt;
        OUTRIDER_TRY(act(*m_mirror, m_clock, m_next));
        OUTRIDER_ASSIGN(wanted, hashOf(*m_mirror));
        if (there != wanted)
            return fail(ErrorCode::Internal,
                        "the content is not that of the acknowledged actions, after action " + std::to_string(last));
        ++m_next;
        return {};
    }

    SeededRandom m_random;
    ManualClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
    std::unique_ptr<Store> m_mirror;
    std::int64_t m_next = 1;
};

#endif

} // namespace

Result<CrashReport> crashLoop([[maybe_unused]] const CrashOptions& options) {
#if defined(Q_OS_UNIX)
    const Stopwatch watch;
    CrashReport report;
    CrashTest test(options.seed);
    for (int n = 0; n < options.kills; ++n) {
        if (options.seconds > 0 && watch.milliseconds() > options.seconds * 1000)
            break;
        if (n % killsPerStore == 0)
            OUTRIDER_TRY(test.begin());
        if (const auto survived = test.killOnce(report); !survived)
            return fail(ErrorCode::Internal, "kill " + std::to_string(n) + " of seed " + std::to_string(options.seed) + ": "
                                                 + std::string(name(survived.error().code)) + " " + survived.error().detail);
        ++report.kills;
    }
    report.seconds = watch.milliseconds() / 1000;
    return report;
#else
    return fail(ErrorCode::Unsupported, "killing processes");
#endif
}

Result<std::vector<Measurement>> crashBench(int kills) {
    OUTRIDER_ASSIGN(const CrashReport report, crashLoop({.kills = kills}));
    return std::vector<Measurement>{
        {.bench = "crash",
         .metric = "killed while writing: opened again sound, with every acknowledged action",
         .value = double(report.kills),
         .unit = "kills",
         .reference = "kills",
         .referenceValue = double(kills),
         .n = report.kills},
        {.bench = "crash",
         .metric = "actions acknowledged before the kills, all of them there",
         .value = double(report.acknowledged),
         .unit = "actions",
         .reference = "kills whose last action was there unacknowledged",
         .referenceValue = double(report.inDoubt),
         .n = report.kills},
    };
}

} // namespace outrider::bench
