// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_list.h"
#include "core/bench/bench_store.h"
#include "core/bench/rounds.h"
#include "core/bench/smtp_sink.h"
#include "core/outreach/sender.h"
#include "core/outreach/task_flow.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/task_repository.h"
#include "core/transport/smtp_transport.h"

#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <iterator>

namespace outrider::bench {

using namespace outrider::store;
using transport::SendKind;
using transport::SmtpTransport;

namespace {

constexpr int rounds = 5;
constexpr int perRound = 300;
constexpr int perBareRound = 3000; // of those without a store: they are over too soon otherwise

// Leads in a strategy whose first e-mail is written and may leave.
class FullOutbox {
public:
    Result<> fill(BenchStore& bench, const SmtpSink& sink, int messages) {
        m_surroundings = bench.context().surroundings();
        return wait(bench.store().write({.name = "enrol"}, [&](WriteContext& write) -> Result<> {
            Mailbox box{.address = "mara@harborline.example",
                        .displayName = "Mara Lindqvist",
                        .signature = "Mara Lindqvist\nHarborline",
                        .smtp = {"127.0.0.1", sink.port(), sink.caFile().empty() ? TlsMode::None : TlsMode::Implicit},
                        .auth = AuthMethod::None,
                        .caFile = sink.caFile(),
                        .dailyLimit = 1000000,
                        .holdSeconds = 0};
            MailboxRepository(write.db).insert(write, box);
            m_mailbox = box.id;
            Strategy strategy{.name = "Dock delays"};
            StrategyVersion version;
            StrategyRepository strategies(write.db);
            strategies.insert(write, strategy);
            version.strategy = strategy.id;
            version.steps = {{.channel = Channel::Email,
                              .subject = "Dock delays at {{company}}",
                              .body = "Hello {{first_name}},\n\nyards of your size lose about an hour a truck at the gate. We "
                                      "brought that down to twelve minutes in Rostock and in Gdańsk, without a new gate.\n\n"
                                      "Would a quarter of an hour next week be worth it to see how?"},
                             {.channel = Channel::Call, .dayOffset = 2}};
            strategies.publish(write, version);
            for (int i = 0; i < messages; ++i)
                OUTRIDER_TRY(add(bench, write, strategy, version, i));
            return {};
        }));
    }

    Result<double> sendAll(BenchStore& bench, const SmtpSink& sink, int messages) {
        SmtpTransport transport(transport::smtpLogin(mailboxAt(sink)), [] { return Result<SecureBytes>(SecureBytes()); });
        const Progress progress;
        const Stopwatch watch;
        const auto report =
            outreach::Sender(bench.store(), [&] { return m_surroundings; }).run(m_mailbox, transport, messages, progress);
        const double took = watch.milliseconds();
        if (report.sent != messages)
            return fail(report.stoppedBy.value_or(Error(ErrorCode::Internal, std::to_string(report.sent) + " were sent")));
        return 1000.0 * messages / took;
    }

    // Any of them, as it leaves.
    Result<OutboxItem> one(BenchStore& bench) const {
        return wait(bench.store().read([&](ReadContext& read) -> Result<OutboxItem> {
            OutboxRepository outbox(read.db);
            for (const OutboxId id : outbox.due(m_mailbox, read.now, 1)) {
                if (auto item = outbox.find(id))
                    return *std::move(item);
            }
            return fail(ErrorCode::NotFound);
        }));
    }

    static Mailbox mailboxAt(const SmtpSink& sink) {
        return {.smtp = {"127.0.0.1", sink.port(), sink.caFile().empty() ? TlsMode::None : TlsMode::Implicit},
                .auth = AuthMethod::None,
                .caFile = sink.caFile()};
    }

private:
    Result<> add(BenchStore& bench, WriteContext& write, const Strategy& strategy, const StrategyVersion& version, int i) {
        const std::string number = std::to_string(i);
        const std::string address = "lead" + number + "@company" + std::to_string(i % 97) + ".example";
        Lead lead{.companyName = "Company " + std::to_string(i % 97),
                  .firstName = "First" + number,
                  .lastName = "Last" + number,
                  .email = address,
                  .emailKey = address};
        LeadRepository(write.db).insert(write, lead);
        OUTRIDER_TRY(outreach::StrategyFlow(write, m_surroundings).enrol(lead.id, strategy, version, {}));
        const auto open = TaskRepository(write.db).openOf(lead.id);
        if (open.empty())
            return fail(ErrorCode::NotFound);
        OUTRIDER_TRY(outreach::TaskFlow(write, m_surroundings, bench.random()).complete(open.front().id, {}));
        return {};
    }

    outreach::Surroundings m_surroundings;
    MailboxId m_mailbox;
};

// The loop one would write by hand: libcurl, one connection, nothing recorded.
class BareLoop {
public:
    BareLoop(const SmtpSink& sink, const OutboxItem& item)
        : m_curl(curl_easy_init(), curl_easy_cleanup),
          m_to(curl_slist_append(nullptr, item.recipient.c_str()), curl_slist_free_all),
          m_raw(item.raw) {
        const std::string url =
            (sink.caFile().empty() ? "smtp://127.0.0.1:" : "smtps://127.0.0.1:") + std::to_string(sink.port());
        curl_easy_setopt(m_curl.get(), CURLOPT_URL, url.c_str());
        curl_easy_setopt(m_curl.get(), CURLOPT_NOPROXY, "*");
        curl_easy_setopt(m_curl.get(), CURLOPT_NOSIGNAL, 1L);
        if (!sink.caFile().empty())
            curl_easy_setopt(m_curl.get(), CURLOPT_CAINFO, sink.caFile().c_str());
        curl_easy_setopt(m_curl.get(), CURLOPT_MAIL_FROM, "mara@harborline.example");
        curl_easy_setopt(m_curl.get(), CURLOPT_MAIL_RCPT, m_to.get());
        curl_easy_setopt(m_curl.get(), CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(m_curl.get(), CURLOPT_READFUNCTION, &BareLoop::read);
        curl_easy_setopt(m_curl.get(), CURLOPT_READDATA, static_cast<void*>(this));
    }

    bool send() {
        m_at = 0;
        return curl_easy_perform(m_curl.get()) == CURLE_OK;
    }

private:
    static std::size_t read(char* to, std::size_t size, std::size_t count, void* loop) {
        auto& self = *static_cast<BareLoop*>(loop);
        const auto length = std::min(size * count, self.m_raw.size() - self.m_at);
        std::memcpy(to, self.m_raw.data() + self.m_at, length);
        self.m_at += length;
        return length;
    }

    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> m_curl;
    std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> m_to;
    std::string m_raw;
    std::size_t m_at = 0;
};

Result<double> bareLoop(const SmtpSink& sink, const OutboxItem& item, int messages) {
    BareLoop loop(sink, item);
    const Stopwatch watch;
    for (int i = 0; i < messages; ++i) {
        if (!loop.send())
            return fail(ErrorCode::Internal, "the bare loop did not send");
    }
    return 1000.0 * messages / watch.milliseconds();
}

// The same with the least that never sends twice: an encrypted row says "sending" before and "sent"
// after, each on the disk before anything goes on.
Result<double> bareLoopRecorded(const BenchStore& bench, const SmtpSink& sink, const OutboxItem& item, int messages) {
    OUTRIDER_ASSIGN(const auto db, bench.otherFile());
    BareLoop loop(sink, item);
    try {
        db->script("CREATE TABLE bare(id INTEGER PRIMARY KEY, state INTEGER, raw BLOB)");
        db->script("BEGIN");
        for (int i = 0; i < messages; ++i)
            db->run("INSERT INTO bare VALUES (?1, 0, ?2)", i, item.raw);
        db->script("COMMIT");
        const Stopwatch watch;
        for (int i = 0; i < messages; ++i) {
            db->run("UPDATE bare SET state = 1 WHERE id = ?1", i);
            if (!loop.send())
                return fail(ErrorCode::Internal, "the bare loop did not send");
            db->run("UPDATE bare SET state = 2 WHERE id = ?1", i);
        }
        return 1000.0 * messages / watch.milliseconds();
    } catch (const StoreException& e) {
        return fail(e.error());
    }
}

Result<double> transportAlone(const SmtpSink& sink, const OutboxItem& item, int messages) {
    SmtpTransport transport(transport::smtpLogin(FullOutbox::mailboxAt(sink)), [] { return Result<SecureBytes>(SecureBytes()); });
    const transport::Envelope envelope{"mara@harborline.example", item.recipient};
    const Progress progress;
    const Stopwatch watch;
    for (int i = 0; i < messages; ++i) {
        const auto outcome = transport.send(
            envelope, item.raw, [] { return true; }, progress);
        if (outcome.kind != SendKind::Sent)
            return fail(outcome.error);
    }
    return 1000.0 * messages / watch.milliseconds();
}

// Postfix's own load generator, where there is one: messages as long, over one connection.
QString smtpSource() {
    return QStandardPaths::findExecutable(QStringLiteral("smtp-source"),
                                          {QStringLiteral("/usr/sbin"), QStringLiteral("/usr/bin")});
}

Result<double> smtpSourceRun(const SmtpSink& sink, const OutboxItem& item, int messages) {
    QProcess source;
    const Stopwatch watch;
    source.start(smtpSource(), {QStringLiteral("-d"), QStringLiteral("-s"), QStringLiteral("1"), QStringLiteral("-m"),
                                QString::number(messages), QStringLiteral("-l"), QString::number(item.raw.size()),
                                QStringLiteral("-f"), QStringLiteral("mara@harborline.example"), QStringLiteral("-t"),
                                QString::fromStdString(item.recipient), QStringLiteral("127.0.0.1:%1").arg(sink.port())});
    if (!source.waitForFinished(60000) || source.exitStatus() != QProcess::NormalExit || source.exitCode() != 0)
        return fail(ErrorCode::Internal, "smtp-source: " + source.readAllStandardError().toStdString());
    return 1000.0 * messages / watch.milliseconds();
}

double median(std::vector<double> values) {
    std::nth_element(values.begin(), values.begin() + std::ptrdiff_t(values.size() / 2), values.end());
    return values[values.size() / 2];
}

// A file system without a disk below it: what the program costs when nothing waits for one.
constexpr auto memoryFolder = "/dev/shm";

Result<double> sentFromMemory(const SmtpSink& sink) {
    BenchStore bench(QString::fromLatin1(memoryFolder));
    OUTRIDER_TRY(bench.open());
    FullOutbox outbox;
    OUTRIDER_TRY(outbox.fill(bench, sink, perRound));
    return outbox.sendAll(bench, sink, perRound);
}

// One connection, plain or TLS: every way of sending in turn, so that a slow moment is slow for all.
Result<std::vector<Measurement>> overOne(SmtpSink::Tls tls) {
    const bool plain = tls == SmtpSink::Tls::Off;
    const bool source = plain && !smtpSource().isEmpty();
    std::vector<double> ours;
    std::vector<double> alone;
    std::vector<double> recorded;
    std::vector<double> bare;
    std::vector<double> inMemory;
    const bool memory = QFileInfo(QString::fromLatin1(memoryFolder)).isWritable();
    for (int i = 0; i < rounds; ++i) {
        BenchStore bench;
        OUTRIDER_TRY(bench.open());
        SmtpSink sink(tls);
        OUTRIDER_TRY(sink.start(bench.folder()));
        FullOutbox outbox;
        OUTRIDER_TRY(outbox.fill(bench, sink, perRound));
        OUTRIDER_ASSIGN(const OutboxItem item, outbox.one(bench));
        OUTRIDER_ASSIGN(const double sent, outbox.sendAll(bench, sink, perRound));
        OUTRIDER_ASSIGN(const double byHand, bareLoopRecorded(bench, sink, item, perRound));
        OUTRIDER_ASSIGN(const double transport, transportAlone(sink, item, perBareRound));
        OUTRIDER_ASSIGN(const double loop, source ? smtpSourceRun(sink, item, perBareRound) : bareLoop(sink, item, perBareRound));
        if (memory) {
            OUTRIDER_ASSIGN(const double withoutDisk, sentFromMemory(sink));
            inMemory.push_back(withoutDisk);
        }
        ours.push_back(sent);
        recorded.push_back(byHand);
        alone.push_back(transport);
        bare.push_back(loop);
    }
    const std::string how = plain ? "plain, one kept connection" : "TLS, one kept connection";
    const std::string sender = source ? "smtp-source of Postfix, one connection" : "a bare libcurl loop, one connection";
    const auto one = [&](const std::string& what, const std::vector<double>& values, const std::string& reference,
                         const std::vector<double>& against) {
        return Measurement{.bench = "send",
                           .metric = what + ", " + how,
                           .value = median(values),
                           .unit = "messages/s",
                           .reference = reference,
                           .referenceValue = median(against),
                           .n = rounds};
    };
    std::vector<Measurement> all{
        one("from outbox rows to recorded outcomes", ours, sender + ", nothing recorded", bare),
        one("from outbox rows to recorded outcomes", ours, "a bare libcurl loop, a durable row before and after each", recorded),
        one("rendered messages handed over", alone, sender, bare)};
    if (memory)
        all.push_back(
            one("from outbox rows to recorded outcomes, the file in memory", inMemory, sender + ", nothing recorded", bare));
    return all;
}

} // namespace

Result<std::vector<Measurement>> sendBench() {
    std::vector<Measurement> all;
    for (const auto tls : {SmtpSink::Tls::Off, SmtpSink::Tls::On}) {
        OUTRIDER_ASSIGN(auto found, overOne(tls));
        std::move(found.begin(), found.end(), std::back_inserter(all));
    }
    return all;
}

} // namespace outrider::bench
