// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_list.h"
#include "core/bench/bench_store.h"
#include "core/bench/full_outbox.h"
#include "core/bench/rounds.h"
#include "core/bench/smtp_sink.h"
#include "core/outreach/sender.h"
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
constexpr int perRound = 1000;
constexpr int perBareRound = 3000; // of those without a store: they are over too soon otherwise

// A workspace on this computer that is the one that sends: its fence is watched as the program does.
Result<double> sendAll(BenchStore& bench, const FullOutbox& outbox, const SmtpSink& sink, int messages) {
    const std::string path = bench.path("bench.outrider");
    OUTRIDER_TRY(wait(bench.store().writeSilently([&](WriteContext& write) {
        return bench.store().fence().watch(write.db, write.now, bench.random(), path + ".fence", path);
    })));
    SmtpTransport transport(transport::smtpLogin(FullOutbox::mailboxAt(sink.address())),
                            [] { return Result<SecureBytes>(SecureBytes()); });
    const auto surroundings = bench.context().surroundings();
    const Progress progress;
    const Stopwatch watch;
    const auto report =
        outreach::Sender(bench.store(), [&] { return surroundings; }).run(outbox.mailbox(), transport, messages, progress);
    const double took = watch.milliseconds();
    if (report.sent != messages)
        return fail(report.stoppedBy.value_or(Error(ErrorCode::Internal, std::to_string(report.sent) + " were sent")));
    return 1000.0 * messages / took;
}

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
    SmtpTransport transport(transport::smtpLogin(FullOutbox::mailboxAt(sink.address())),
                            [] { return Result<SecureBytes>(SecureBytes()); });
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
    OUTRIDER_TRY(outbox.fill(bench.store(), bench.random(), bench.context().surroundings(), sink.address(), perRound));
    return sendAll(bench, outbox, sink, perRound);
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
        OUTRIDER_TRY(outbox.fill(bench.store(), bench.random(), bench.context().surroundings(), sink.address(), perRound));
        OUTRIDER_ASSIGN(const OutboxItem item, outbox.one(bench.store()));
        OUTRIDER_ASSIGN(const double sent, sendAll(bench, outbox, sink, perRound));
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
