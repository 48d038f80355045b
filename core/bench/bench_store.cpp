// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/bench_store.h"

#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/member_repository.h"
#include "core/store/repositories/task_repository.h"

#include <QDir>

namespace outrider::bench {

using namespace outrider::store;

BenchStore::BenchStore(const QString& base)
    : m_folder((base.isEmpty() ? QDir::tempPath() : base) + QStringLiteral("/outrider-bench-XXXXXX")),
      m_clock(*parseIso8601("2026-11-19T08:00")),
      m_random(1),
      m_environment{.clock = m_clock,
                    .random = m_random,
                    .keychain = m_keychain,
                    .origin = Origin::System, // nothing happens by itself while one measures
                    .workers = WorkerMode::Thread,
                    .timeZone = "Europe/Berlin"} {}

BenchStore::~BenchStore() = default;

SecureBytes BenchStore::key() {
    SecureBytes key(32);
    for (std::size_t i = 0; i < key.size(); ++i)
        key.raw()[i] = static_cast<unsigned char>(i);
    return key;
}

Result<> BenchStore::open() {
    OUTRIDER_ASSIGN(auto opened,
                    Store::open({.path = path("bench.outrider"), .mode = OpenMode::Create}, key(), m_clock, m_random));
    OUTRIDER_TRY(wait(opened->write({.name = "workspace.create", .undoable = false}, [](WriteContext& write) -> Result<> {
        Member me{.name = "Bench", .email = "bench@harborline.example"};
        MemberRepository(write.db).insert(write, me);
        return {};
    })));
    m_context = std::make_unique<ServiceContext>(m_environment, std::move(opened), false);
    return m_context->loadSettings();
}

Result<> BenchStore::reopen() {
    OUTRIDER_ASSIGN(auto opened, Store::open({.path = path("bench.outrider")}, key(), m_clock, m_random));
    m_context = std::make_unique<ServiceContext>(m_environment, std::move(opened), false);
    return m_context->loadSettings();
}

Result<std::unique_ptr<Connection>> BenchStore::connection(const std::string& file) const {
    return Connection::open({.path = file, .mode = OpenMode::ReadWrite}, key());
}

Result<std::unique_ptr<Connection>> BenchStore::otherFile() const {
    return Connection::open({.path = path("reference.outrider"), .mode = OpenMode::Create}, key());
}

Result<> BenchStore::fill(int leads) {
    const auto day = m_context->today();
    return wait(store().write({.name = "import", .subject = "bench"}, [leads, day](WriteContext& write) -> Result<> {
        WriteContext::BulkInsert bulk(write);
        LeadRepository repository(write.db);
        TaskRepository tasks(write.db);
        for (int i = 0; i < leads; ++i) {
            const std::string number = std::to_string(i);
            Lead lead{.companyName = "Company " + std::to_string(i % 997),
                      .firstName = "First" + number,
                      .lastName = "Last" + std::to_string(i * 7919 % 10007),
                      .jobTitle = "Head of Operations",
                      .email = "lead" + number + "@company" + std::to_string(i % 997) + ".example",
                      .emailKey = "lead" + number + "@company" + std::to_string(i % 997) + ".example",
                      .city = "Rostock",
                      .country = "DE",
                      .score = i % 101};
            repository.insert(write, lead);
            Task task{.lead = lead.id,
                      .channel = channels[std::size_t(i) % channels.size()],
                      .title = "Follow up",
                      .dueAt = day.start + std::chrono::minutes(i % 1400)};
            tasks.insert(write, task);
        }
        bulk.finish();
        return {};
    }));
}

} // namespace outrider::bench
