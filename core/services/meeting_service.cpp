// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/meeting_service.h"

#include "core/base/log.h"
#include "core/contact/text.h"
#include "core/exchange/ical_reader.h"
#include "core/outreach/free_time.h"
#include "core/outreach/meeting_flow.h"
#include "core/services/account_tokens.h"
#include "core/services/calendar_reading.h"
#include "core/services/service_context.h"
#include "core/store/repositories/calendar_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/meeting_repository.h"
#include "core/store/repositories/secret_repository.h"
#include "core/store/repositories/setting_repository.h"
#include "core/transport/http_client.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <tuple>

namespace outrider {

using namespace outrider::store;
using nlohmann::json;

namespace {

constexpr std::size_t eventsAtOnce = 200; // in one transaction
constexpr auto readEvery = std::chrono::minutes(5);
constexpr auto firstRetry = std::chrono::minutes(1);
constexpr auto lastRetry = std::chrono::hours(1);
constexpr auto untilSignedIn = std::chrono::hours(6); // asking again and again with a wrong password locks accounts
constexpr auto taskTakes = std::chrono::minutes(30);

Result<std::string> readFile(const std::string& path) {
    QFile file(QString::fromStdString(path));
    if (!file.exists())
        return fail(ErrorCode::FileNotFound, path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::FileUnreadable, path);
    if (file.size() > qint64(exchange::mostIcalBytes))
        return fail(ErrorCode::FileTooLarge, std::to_string(exchange::mostIcalBytes / 1024 / 1024) + " MB");
    return file.read(qint64(exchange::mostIcalBytes)).toStdString();
}

Result<> checkSource(Connection& db, const CalendarSource& source, bool hasPassword) {
    if (source.kind == CalendarKind::CalDav) {
        OUTRIDER_TRY(transport::checkUrl(source.url));
        if (source.userName.empty() || !hasPassword)
            return fail(ErrorCode::SecretMissing, source.url);
        if (contact::hasControlCharacter(source.userName) || source.userName.find(':') != std::string::npos)
            return fail(ErrorCode::InvalidArgument, "user name: " + source.userName);
        return {};
    }
    if (source.kind != CalendarKind::Google)
        return fail(ErrorCode::InvalidArgument, "a calendar of that kind is not added");
    const auto mailbox = MailboxRepository(db).find(source.mailbox);
    if (!mailbox || providerOf(mailbox->account) != Provider::Google)
        return fail(ErrorCode::InvalidArgument, "a mailbox that is signed in to with Google is needed");
    return {};
}

std::pair<int, int> workingHours(Connection& db) {
    const json stored = json::parse(SettingRepository(db).get("hours"), nullptr, false);
    const Window usual;
    if (!stored.is_object())
        return {usual.startMinute, usual.endMinute};
    const int start = stored.value("start", usual.startMinute);
    const int end = stored.value("end", usual.endMinute);
    return start >= 0 && start < end && end <= 24 * 60 ? std::pair(start, end) : std::pair(usual.startMinute, usual.endMinute);
}

std::string nameFor(Connection& db, const CalendarSource& source) {
    if (!source.name.empty())
        return source.name;
    if (const auto mailbox = MailboxRepository(db).find(source.mailbox))
        return mailbox->address;
    return source.userName;
}

} // namespace

MeetingService::MeetingService(ServiceContext& context)
    : m_context(context),
      m_tokens(std::make_unique<AccountTokens>(context.store(), httpTimeouts())),
      m_worker(std::make_unique<Worker>("calendars", context.environment().workers)) {}

MeetingService::~MeetingService() {
    stop();
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& one : m_running) {
            if (const ProgressPtr progress = one.lock())
                progress->cancel();
        }
    }
    m_worker.reset();
}

ProgressPtr MeetingService::started(ProgressPtr progress) {
    if (!progress)
        progress = std::make_shared<Progress>();
    progress->setPhase(Progress::Phase::Receiving);
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_running, [](const auto& one) { return one.expired(); });
    m_running.push_back(progress);
    return progress;
}

QFuture<Result<std::vector<CalendarSource>>> MeetingService::sources() {
    return m_context.store().read(
        [](ReadContext& r) -> Result<std::vector<CalendarSource>> { return MeetingRepository(r.db).sources(r.now); });
}

QFuture<Result<CalendarSourceId>> MeetingService::add(CalendarSource source, std::shared_ptr<SecureBytes> password) {
    if (m_context.isPractice())
        return ready<CalendarSourceId>(fail(ErrorCode::Unsupported, "the practice workspace reaches no network"));
    return m_context.store().write(
        m_context.action("calendar.add"),
        [source = std::move(source), password = std::move(password)](WriteContext& write) mutable -> Result<CalendarSourceId> {
            OUTRIDER_TRY(checkSource(write.db, source, password && !password->empty()));
            source.name = nameFor(write.db, source);
            source.approvedAt.reset();
            MeetingRepository(write.db).insertSource(write, source);
            if (source.kind == CalendarKind::CalDav)
                SecretRepository(write.db).set(write, calendarSecretName(source.id), *password);
            write.describe(source.name);
            return source.id;
        });
}

Result<CalendarIngestPtr> MeetingService::ingestOf(CalendarReading reading) {
    auto kept = std::make_shared<const CalendarReading>(std::move(reading));
    return wait(m_context.store().read([kept](ReadContext& r) -> Result<CalendarIngestPtr> {
        auto ingest = std::make_shared<CalendarIngest>();
        ingest->preview = meaningOf(r.db, *kept, r.now).preview;
        ingest->reading = kept;
        return CalendarIngestPtr(std::move(ingest));
    }));
}

QFuture<Result<CalendarIngestPtr>> MeetingService::preview(CalendarSourceId id, ProgressPtr progress) {
    return m_worker->run([this, id, progress = started(std::move(progress))]() -> Result<CalendarIngestPtr> {
        OUTRIDER_ASSIGN(const CalendarSource source, wait(m_context.store().read([id](ReadContext& r) -> Result<CalendarSource> {
                            auto found = MeetingRepository(r.db).source(id);
                            if (!found)
                                return fail(ErrorCode::NotFound, "calendar " + std::to_string(id.value));
                            return *found;
                        })));
        auto reading = readCalendar(m_context, *m_tokens, source, true, *progress);
        if (!reading) {
            noteProblem(id, reading.error());
            return fail(reading.error());
        }
        return ingestOf(std::move(*reading));
    });
}

QFuture<Result<CalendarIngestPtr>> MeetingService::previewFile(std::string path, ProgressPtr progress) {
    return m_worker->run([this, path = std::move(path), progress = started(std::move(progress))]() -> Result<CalendarIngestPtr> {
        OUTRIDER_ASSIGN(const std::string text, readFile(path));
        CalendarSource source{.kind = CalendarKind::File};
        source.name = QFileInfo(QString::fromStdString(path)).fileName().toStdString();
        source.url = source.name;
        OUTRIDER_ASSIGN(CalendarReading reading, readCalendarText(m_context, source, text, *progress));
        return ingestOf(std::move(reading));
    });
}

Result<> MeetingService::keep(const CalendarReading& reading, std::string action, bool approves, CalendarReport& report) {
    CalendarSourceId id = reading.source.id;
    ActionId begun;
    const auto keepSome = [&](WriteContext& write, std::size_t from) -> Result<> {
        MeetingRepository meetings(write.db);
        if (from == 0) {
            begun = write.action;
            if (!id) { // a file: one that is read again is the same calendar
                for (const CalendarSource& each : meetings.sources(write.now))
                    id = each.kind == reading.source.kind && each.name == reading.source.name ? each.id : id;
            }
            if (!id) {
                CalendarSource source = reading.source;
                meetings.insertSource(write, source);
                id = source.id;
            }
            const auto source = meetings.source(id);
            if (!source || (!approves && !source->approvedAt)) // removed, or taken back, while it was read
                return fail(ErrorCode::Conflict, reading.source.name);
            meetings.approve(write, id);
        }
        outreach::MeetingPeople people(write.db, reading.source.userName);
        outreach::MeetingFlow flow(write, report);
        const std::size_t end = std::min(reading.events.size(), from + eventsAtOnce);
        for (std::size_t i = from; i < end; ++i) {
            outreach::MeetingEvent event = reading.events[i];
            for (Meeting& meeting : event.occurrences)
                people.resolve(meeting);
            flow.keep(id, event, reading.from, true);
        }
        if (end < reading.events.size())
            return {};
        for (const std::string& remote : reading.vanished) {
            flow.vanished(id, remote);
            meetings.removeTag(write, id, remote);
        }
        for (const auto& [path, etag] : reading.tags)
            meetings.setTag(write, id, path, etag);
        for (const auto& [collection, cursor] : reading.cursors)
            meetings.setCursor(write, id, collection, cursor);
        meetings.noteRead(write, id, {});
        return {};
    };
    OUTRIDER_TRY(wait(m_context.store().write(m_context.action(std::move(action), reading.source.name),
                                              [&](WriteContext& write) -> Result<> { return keepSome(write, 0); })));
    for (std::size_t from = eventsAtOnce; from < reading.events.size(); from += eventsAtOnce) {
        if (m_context.isStopping())
            return fail(ErrorCode::Cancelled);
        OUTRIDER_TRY(
            wait(m_context.store().writeMore(begun, [&](WriteContext& write) -> Result<> { return keepSome(write, from); })));
    }
    return {};
}

QFuture<Result<CalendarReport>> MeetingService::approve(CalendarIngestPtr ingest) {
    return m_worker->run([this, ingest = std::move(ingest)]() -> Result<CalendarReport> {
        CalendarReport report;
        OUTRIDER_TRY(keep(*ingest->reading, "calendar.ingest", true, report));
        return report;
    });
}

QFuture<Result<>> MeetingService::remove(CalendarSourceId id) {
    return m_context.store().write(m_context.action("calendar.remove"), [id](WriteContext& write) -> Result<> {
        MeetingRepository meetings(write.db);
        const auto source = meetings.source(id);
        if (!source)
            return fail(ErrorCode::NotFound, "calendar " + std::to_string(id.value));
        write.describe(source->name);
        meetings.removeSource(write, id);
        return {};
    });
}

void MeetingService::noteProblem(CalendarSourceId id, const Error& error) {
    qCWarning(logInbox, "reading calendar %lld: %s", static_cast<long long>(id.value), std::string(name(error.code)).c_str());
    if (error.code == ErrorCode::Cancelled || m_context.store().isReadOnly())
        return;
    const auto noted = wait(m_context.store().writeSilently([&](WriteContext& write) -> Result<> {
        MeetingRepository(write.db).noteRead(write, id, name(error.code));
        return {};
    }));
    if (!noted)
        qCWarning(logInbox, "which could not be noted");
}

Result<> MeetingService::readOne(const CalendarSource& source, CalendarReport& report, const Progress& progress) {
    auto reading = readCalendar(m_context, *m_tokens, source, false, progress);
    if (!reading) {
        noteProblem(source.id, reading.error());
        return fail(reading.error());
    }
    OUTRIDER_ASSIGN(const bool changes, wait(m_context.store().read([&](ReadContext& r) -> Result<bool> {
                        return meaningOf(r.db, *reading, r.now).changes;
                    })));
    if (changes)
        return keep(*reading, "calendar.read", false, report);
    return wait(m_context.store().writeSilently([&](WriteContext& write) -> Result<> {
        MeetingRepository meetings(write.db);
        const auto now = meetings.source(source.id);
        if (!now || !now->approvedAt)
            return {};
        for (const std::string& remote : reading->vanished)
            meetings.removeTag(write, source.id, remote);
        for (const auto& [path, etag] : reading->tags)
            meetings.setTag(write, source.id, path, etag);
        for (const auto& [collection, cursor] : reading->cursors)
            meetings.setCursor(write, source.id, collection, cursor);
        meetings.noteRead(write, source.id, {});
        return {};
    }));
}

QFuture<Result<CalendarReport>> MeetingService::readAll(ProgressPtr progress) {
    return m_worker->run([this, progress = started(std::move(progress))]() -> Result<CalendarReport> {
        OUTRIDER_ASSIGN(const auto all, wait(sources()));
        CalendarReport report;
        progress->setTotal(std::int64_t(all.size()));
        std::int64_t done = 0;
        for (const CalendarSource& source : all) {
            progress->setDone(done++);
            if (!source.isRead() || !source.approvedAt || m_context.isPractice())
                continue;
            if (const auto read = readOne(source, report, *progress); !read) {
                if (progress->cancelled())
                    return fail(ErrorCode::Cancelled);
                report.errors.push_back(read.error());
            }
        }
        return report;
    });
}

QFuture<Result<std::vector<Meeting>>> MeetingService::between(Instant from, Instant to) {
    return m_context.store().read(
        [from, to](ReadContext& r) -> Result<std::vector<Meeting>> { return MeetingRepository(r.db).between(from, to); });
}

QFuture<Result<FreeTime>> MeetingService::freeTime(FreeWish wish) {
    if (wish.days < 1 || wish.days > 60 || wish.fromMinute < 0 || wish.toMinute > 24 * 60
        || (wish.toMinute != 0 && wish.fromMinute >= wish.toMinute) || wish.length < 5 || wish.length > 24 * 60)
        return ready<FreeTime>(fail(ErrorCode::InvalidArgument, "a stretch of the day, 1 to 60 days, 5 minutes to a day"));
    return m_context.store().read([this, wish](ReadContext& r) mutable -> Result<FreeTime> {
        const auto surroundings = m_context.surroundings();
        const outreach::Zone& zone = surroundings.zone;
        if (wish.first == std::chrono::sys_days{})
            wish.first = zone.dayOf(r.now);
        if (wish.toMinute == 0)
            std::tie(wish.fromMinute, wish.toMinute) = workingHours(r.db);
        const Instant from = zone.startOf(wish.first);
        const Instant to = zone.startOf(wish.first + std::chrono::days(3 * wish.days + 30)); // holidays, too
        std::vector<FreeSlot> taken;
        for (const Meeting& meeting : MeetingRepository(r.db).between(from, to)) {
            if (meeting.isBusy && meeting.endsAt > meeting.startsAt)
                taken.push_back({meeting.startsAt, meeting.endsAt});
        }
        for (const Instant at : CalendarRepository(r.db).setByHand(from, to)) {
            if (at != zone.startOf(zone.dayOf(at))) // of a day, not of an hour
                taken.push_back({at, at + taskTakes});
        }
        return FreeTime{outreach::freeTime(wish, std::move(taken), zone, surroundings.daysOff, r.now), zone.name()};
    });
}

void MeetingService::start() {
    const std::lock_guard lock(m_mutex);
    if (m_watcher.joinable() || m_context.isPractice() || m_context.store().isReadOnly())
        return;
    m_stopping = false;
    m_watcher = std::thread([this] { watch(); });
}

void MeetingService::stop() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        for (const auto& one : m_running) {
            if (const ProgressPtr progress = one.lock(); progress && m_watcher.joinable())
                progress->cancel();
        }
    }
    m_wake.notify_all();
    if (m_watcher.joinable())
        m_watcher.join();
}

void MeetingService::watch() {
    struct Turn {
        Millis wait{};
        Stopwatch since;
    };
    std::map<CalendarSourceId, Turn> turns;
    const ProgressPtr progress = started({});
    for (;;) {
        const auto all = wait(sources());
        for (const CalendarSource& source : all.value_or(std::vector<CalendarSource>())) {
            if (!source.isRead() || !source.approvedAt)
                continue;
            auto [turn, isFirst] = turns.try_emplace(source.id);
            if (!isFirst && turn->second.since.elapsed() < turn->second.wait)
                continue;
            CalendarReport report;
            const auto read = readOne(source, report, *progress);
            const bool isSignedOut =
                !read && (read.error().code == ErrorCode::AuthFailed || read.error().code == ErrorCode::SecretMissing);
            const Millis doubled = std::clamp<Millis>(turn->second.wait * 2, firstRetry, lastRetry);
            turn->second = {.wait = read ? Millis(readEvery) : isSignedOut ? Millis(untilSignedIn) : doubled, .since = {}};
            if (progress->cancelled())
                return;
        }
        std::unique_lock lock(m_mutex);
        if (m_wake.wait_for(lock, firstRetry, [this] { return m_stopping; }))
            return;
    }
}

} // namespace outrider
