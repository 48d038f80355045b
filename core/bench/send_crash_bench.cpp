// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/send_crash_bench.h"

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/bench/full_outbox.h"
#include "core/outreach/send_flow.h"
#include "core/outreach/sender.h"
#include "core/store/doctor.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/store.h"
#include "core/transport/smtp_transport.h"

#include <QTemporaryDir>

#include <array>
#include <atomic>
#include <csignal>
#include <functional>

#if defined(Q_OS_UNIX)
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

namespace outrider::bench {

using namespace outrider::store;
using transport::SmtpTransport;

#if defined(Q_OS_UNIX)

namespace {

constexpr int messagesPerStore = 400; // then a new one
constexpr int mostBefore = 40;        // messages between two kills
constexpr auto patience = std::chrono::seconds(60);
const Instant start = *parseIso8601("2026-11-19T08:00");

// Where the process dies. The first are the sink's, in their order.
enum class Moment {
    Connected,
    Mail,
    Rcpt,
    Data,
    Body,
    Dot,
    Taken,
    Answered,
    Ready,      // the server waits for the message; it is not recorded as being sent
    HandedOver, // it is; not a byte has left
    Returned,   // the outcome is known and not recorded
    Committed,
    Any,
};
static_assert(int(Moment::Answered) == int(SmtpSink::At::Answered));

constexpr std::array momentNames{"connected",     "at MAIL",   "at RCPT",   "at DATA",           "in the message",
                                 "at the dot",    "taken",     "answered",  "before the record", "before the first byte",
                                 "outcome known", "committed", "any moment"};

// Seen by all three processes.
struct Shared {
    std::atomic<pid_t> victim = 0;
    std::atomic<int> moment = int(Moment::Any);
    std::atomic<int> countdown = 0;
    std::array<std::atomic<int>, messagesPerStore> taken{};

    // Whether this is where it dies.
    bool isDue(Moment here) { return moment == int(here) && --countdown == 0; }
};

SecureBytes key() {
    SecureBytes key(32);
    for (std::size_t i = 0; i < key.size(); ++i)
        key.raw()[i] = static_cast<unsigned char>(11 + i);
    return key;
}

// Dies where it is told to; asks nobody else.
class MortalTransport final : public transport::MailTransport {
public:
    MortalTransport(transport::MailTransport& inner, Shared& shared) : m_inner(inner), m_shared(shared) {}

    transport::SendOutcome send(const transport::Envelope& envelope, std::string_view raw, const transport::HandOver& beforeData,
                                const Progress& progress) override {
        const auto outcome = m_inner.send(
            envelope, raw,
            [&] {
                reach(Moment::Ready);
                const bool leaves = beforeData();
                reach(Moment::HandedOver);
                return leaves;
            },
            progress);
        reach(Moment::Returned);
        return outcome;
    }

private:
    void reach(Moment here) {
        if (m_shared.isDue(here))
            ::kill(::getpid(), SIGKILL);
    }

    transport::MailTransport& m_inner;
    Shared& m_shared;
};

class SendCrashTest {
public:
    explicit SendCrashTest(std::uint64_t seed) : m_random(seed), m_clock(start) {}
    ~SendCrashTest() {
        endSink();
        if (m_shared != nullptr)
            ::munmap(m_shared, sizeof(Shared));
    }
    SendCrashTest(const SendCrashTest&) = delete;
    SendCrashTest& operator=(const SendCrashTest&) = delete;

    bool isDone() const { return m_done; }

    // A new workspace, and a server that has nothing.
    Result<> begin() {
        endSink();
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral("killed.outrider")).toStdString();
        if (m_shared == nullptr) {
            void* const memory = ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
            if (memory == MAP_FAILED)
                return fail(ErrorCode::Internal, "mmap");
            m_shared = new (memory) Shared;
        }
        for (auto& taken : m_shared->taken)
            taken = 0;
        OUTRIDER_TRY(startSink());
        m_done = false;
        OUTRIDER_ASSIGN(const auto store, open(OpenMode::Create, WorkerMode::Inline));
        const SmtpSink::Address address{m_port, {}};
        OUTRIDER_TRY(m_outbox.fill(*store, m_random, m_surroundings, address, messagesPerStore));
        // The first start, which makes the record: cut off in its middle, the file counts as a copy, and a person is asked.
        OUTRIDER_TRY(wait(store->writeSilently(
            [&](WriteContext& write) { return store->fence().watch(write.db, write.now, m_random, record(), m_path); })));
        return wait(store->read([this](ReadContext& read) -> Result<> {
            m_items.clear();
            for (const OutboxRow& row : OutboxRepository(read.db).list({OutboxState::Queued}, messagesPerStore))
                m_items.push_back(row.item.id);
            return m_items.size() == messagesPerStore ? Result<>() : fail(ErrorCode::Internal, "the outbox was not filled");
        }));
    }

    Result<> killOnce(SendCrashReport& report) {
        const auto moment = Moment(m_random.below(momentNames.size()));
        m_shared->countdown = moment == Moment::Connected ? 1 : 1 + int(m_random.below(mostBefore));
        m_shared->moment = int(moment);
        m_clock.advance(std::chrono::seconds(1));
        const pid_t pid = ::fork();
        if (pid < 0)
            return fail(ErrorCode::Internal, "fork");
        if (pid == 0)
            child();
        if (moment == Moment::Any) {
            ::usleep(static_cast<useconds_t>(m_random.below(80'000)));
            ::kill(pid, SIGKILL);
        }
        OUTRIDER_ASSIGN(const bool killed, isKilled(pid));
        m_shared->moment = int(Moment::Any);
        OUTRIDER_TRY(compare(report));
        if (!killed) { // there was nothing left to send
            m_done = true;
            return {};
        }
        ++report.kills;
        ++report.at[momentNames[std::size_t(moment)]];
        return {};
    }

private:
    Result<std::unique_ptr<Store>> open(OpenMode mode, WorkerMode workers) {
        return Store::open({.path = m_path, .mode = mode, .workerMode = workers}, key(), m_clock, m_random);
    }

    std::string record() const { return m_path + ".fence"; }

    // As the program does at start.
    Result<OutboxRepository::Recovered> recover(Store& store) {
        return wait(store.writeSilently([&](WriteContext& write) -> Result<OutboxRepository::Recovered> {
            return OutboxRepository(write.db).recover(write, SendFence::begun(write.db, record(), m_path));
        }));
    }

    // The process that is killed.
    [[noreturn]] void child() {
        m_shared->victim = ::getpid();
        const auto opened = open(OpenMode::ReadWrite, WorkerMode::Thread);
        if (!opened)
            ::_exit(2);
        Store& store = **opened;
        const auto watched = wait(store.writeSilently([&](WriteContext& write) -> Result<FenceReason> {
            OutboxRepository(write.db).recover(write, SendFence::begun(write.db, record(), m_path));
            return store.fence().watch(write.db, write.now, m_random, record(), m_path);
        }));
        if (!watched || *watched != FenceReason::None)
            ::_exit(3);
        store.subscribe([this](const ChangeSet&) {
            if (m_shared->isDue(Moment::Committed))
                ::kill(::getpid(), SIGKILL);
        });
        SmtpTransport smtp({{"127.0.0.1", m_port, TlsMode::None}, AuthMethod::None, {}, {}},
                           [] { return Result<SecureBytes>(SecureBytes()); });
        MortalTransport mortal(smtp, *m_shared);
        const Progress progress;
        const auto report = outreach::Sender(store, [this] {
                                return m_surroundings;
                            }).run(m_outbox.mailbox(), mortal, messagesPerStore, progress);
        ::_exit(report.stoppedBy ? 4 : 0);
    }

    Result<bool> isKilled(pid_t pid) {
        const Stopwatch watch;
        int status = 0;
        while (::waitpid(pid, &status, WNOHANG) == 0) {
            if (watch.elapsed() > patience) {
                ::kill(pid, SIGKILL);
                ::waitpid(pid, &status, 0);
                return fail(ErrorCode::TimedOut, "the process neither sent nor died");
            }
            ::usleep(200);
        }
        if (WIFSIGNALED(status))
            return true;
        if (WEXITSTATUS(status) != 0)
            return fail(ErrorCode::Internal, "the process ended by itself with " + std::to_string(WEXITSTATUS(status)));
        return false;
    }

    // What the file says, beside what the server has.
    Result<> compare(SendCrashReport& report) {
        OUTRIDER_ASSIGN(const auto store, open(OpenMode::ReadWrite, WorkerMode::Inline));
        OUTRIDER_ASSIGN(const auto sending, wait(store->read([](ReadContext& read) -> Result<int> {
                            return int(OutboxRepository(read.db).list({OutboxState::Sending}, messagesPerStore).size());
                        })));
        OUTRIDER_ASSIGN(const auto recovered, recover(*store));
        report.unknown += recovered.unknown;
        report.notBegun += sending - recovered.unknown;
        int taken = 0;
        OUTRIDER_TRY(wait(store->writeSilently([&](WriteContext& write) -> Result<> {
            OutboxRepository outbox(write.db);
            for (const OutboxId id : m_items) {
                const auto item = outbox.find(id);
                if (!item)
                    return fail(ErrorCode::Internal, "a message is gone");
                const int times = m_shared->taken[std::size_t(FullOutbox::numberOf(item->recipient))];
                taken += times;
                if (times > 1)
                    return fail(ErrorCode::Internal, item->recipient + " was sent it twice");
                switch (item->state) {
                case OutboxState::Sent:
                    if (times == 0)
                        return fail(ErrorCode::Internal, item->recipient + " counts as sent and got nothing");
                    break;
                case OutboxState::Unknown:
                    if (times == 0)
                        break;
                    ++report.unknownTaken; // it lies among the server's mail
                    outreach::SendFlow(write, m_surroundings).sent(*item, "found among the sent mail");
                    break;
                case OutboxState::Queued:
                case OutboxState::Held:
                    if (times > 0)
                        return fail(ErrorCode::Internal, item->recipient + " has it, and it would be sent again");
                    break;
                default:
                    return fail(ErrorCode::Internal, item->recipient + " is " + std::string(name(item->state)));
                }
            }
            return {};
        })));
        report.taken += taken - m_taken;
        m_taken = taken;
        OUTRIDER_ASSIGN(const auto problems,
                        wait(store->read([](ReadContext& r) -> Result<std::vector<std::string>> { return examine(r.db); })));
        return problems.empty() ? Result<>() : fail(ErrorCode::StoreDamaged, problems.front());
    }

    // In a process of its own, which no kill concerns.
    Result<> startSink() {
        m_taken = 0;
        int pipes[2];
        if (::pipe(pipes) != 0)
            return fail(ErrorCode::Internal, "pipe");
        m_sink = ::fork();
        if (m_sink < 0)
            return fail(ErrorCode::Internal, "fork");
        if (m_sink == 0) {
            ::close(pipes[0]);
            SmtpSink sink(SmtpSink::Tls::Off, [shared = m_shared](SmtpSink::At at, std::string_view recipient) {
                if (at == SmtpSink::At::Taken)
                    ++shared->taken[std::size_t(FullOutbox::numberOf(recipient))];
                if (!shared->isDue(Moment(int(at))))
                    return true;
                ::kill(shared->victim, SIGKILL);
                return at != SmtpSink::At::Dot;
            });
            const int port = sink.start({}) ? sink.port() : 0;
            if (::write(pipes[1], &port, sizeof(port)) != sizeof(port))
                ::_exit(1);
            for (;;)
                ::pause();
        }
        ::close(pipes[1]);
        m_port = 0;
        const bool started = ::read(pipes[0], &m_port, sizeof(m_port)) == sizeof(m_port) && m_port != 0;
        ::close(pipes[0]);
        return started ? Result<>() : fail(ErrorCode::Internal, "the server did not start");
    }

    void endSink() {
        if (m_sink <= 0)
            return;
        ::kill(m_sink, SIGKILL);
        ::waitpid(m_sink, nullptr, 0);
        m_sink = 0;
    }

    SeededRandom m_random;
    ManualClock m_clock;
    const outreach::Surroundings m_surroundings;
    Shared* m_shared = nullptr;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
    FullOutbox m_outbox;
    std::vector<OutboxId> m_items;
    pid_t m_sink = 0;
    int m_port = 0;
    int m_taken = 0;
    bool m_done = true;
};

} // namespace

#endif

Result<SendCrashReport> sendCrashLoop([[maybe_unused]] const SendCrashOptions& options) {
#if defined(Q_OS_UNIX)
    const Stopwatch watch;
    SendCrashReport report;
    SendCrashTest test(options.seed);
    const auto goesOn = [&] { return options.kills > 0 ? report.kills < options.kills : report.taken < options.messages; };
    for (int n = 0; goesOn(); ++n) {
        report.seconds = watch.milliseconds() / 1000;
        if (options.seconds > 0 && report.seconds > options.seconds)
            break;
        if (test.isDone())
            OUTRIDER_TRY(test.begin());
        if (const auto survived = test.killOnce(report); !survived)
            return fail(ErrorCode::Internal, "process " + std::to_string(n) + " of seed " + std::to_string(options.seed) + ": "
                                                 + std::string(name(survived.error().code)) + " " + survived.error().detail);
    }
    report.seconds = watch.milliseconds() / 1000;
    return report;
#else
    return fail(ErrorCode::Unsupported, "killing processes");
#endif
}

Result<std::vector<Measurement>> sendCrashBench(int kills) {
    OUTRIDER_ASSIGN(const SendCrashReport report, sendCrashLoop({.kills = kills}));
    const auto one = [&report](std::string metric, double value, std::string unit, std::string reference, double referenceValue) {
        return Measurement{.bench = "crash-send",
                           .metric = std::move(metric),
                           .value = value,
                           .unit = std::move(unit),
                           .reference = std::move(reference),
                           .referenceValue = referenceValue,
                           .n = report.kills};
    };
    std::vector<Measurement> all{
        one("killed while sending; nobody got a message twice, none was lost, every gap waits or is unknown", report.kills,
            "kills", "messages the server took", report.taken),
        one("in doubt after a kill", report.unknown, "messages", "of them among the server's mail", report.unknownTaken),
        one("recorded as being sent and proven not to have begun", report.notBegun, "messages", "kills", report.kills)};
    for (const auto& [moment, count] : report.at)
        all.push_back(one("killed: " + moment, count, "kills", "kills", report.kills));
    return all;
}

} // namespace outrider::bench
