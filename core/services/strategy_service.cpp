// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/strategy_service.h"

#include "core/contact/text.h"
#include "core/outreach/lint_input.h"
#include "core/outreach/mail_drafting.h"
#include "core/outreach/message_template.h"
#include "core/outreach/simulation.h"
#include "core/services/service_context.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/enrolment_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/task_repository.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace outrider {

using namespace outrider::store;
using nlohmann::json;

namespace {

Result<Strategy> strategyOf(Connection& db, StrategyId id) {
    const auto strategy = StrategyRepository(db).find(id);
    if (!strategy)
        return fail(ErrorCode::NotFound, "strategy " + std::to_string(id.value));
    return *strategy;
}

Result<Enrolment> runningEnrolment(WriteContext& write, EnrolmentId id) {
    const auto enrolment = EnrolmentRepository(write.db).find(id);
    if (!enrolment)
        return fail(ErrorCode::NotFound, "enrolment " + std::to_string(id.value));
    if (!enrolment->isRunning())
        return fail(ErrorCode::Conflict, std::string(name(enrolment->state)));
    if (const auto lead = LeadRepository(write.db).find(enrolment->lead))
        write.describe(displayName(*lead));
    return *enrolment;
}

bool isWindow(const Window& window) {
    return !window.days.none() && window.startMinute >= 0 && window.endMinute <= 24 * 60 && window.startMinute < window.endMinute;
}

// What makes a version impossible to run; the editor shows these as its red checks.
std::vector<StrategyCheck> faults(const StrategyVersion& version) {
    using Severity = StrategyCheck::Severity;
    std::vector<StrategyCheck> checks;
    if (version.steps.empty())
        checks.push_back({Severity::Error, "no_steps", {}, -1});
    if (!isWindow(version.window))
        checks.push_back({Severity::Error, "window_never_opens", {}, -1});
    int previousOffset = 0;
    int position = 0;
    for (const Step& step : version.steps) {
        if (step.window && !isWindow(*step.window))
            checks.push_back({Severity::Error, "window_never_opens", {}, position});
        if (step.dayOffset < 0)
            checks.push_back({Severity::Error, "days_negative", {}, position});
        if (version.offsetBase == OffsetBase::Enrolment && step.dayOffset < previousOffset)
            checks.push_back({Severity::Error, "days_go_back", std::to_string(previousOffset), position});
        previousOffset = step.dayOffset;
        for (const std::string* text : {&step.subject, &step.body}) {
            if (const auto valid = outreach::checkTemplate(*text); !valid)
                checks.push_back({Severity::Error, std::string(name(valid.error().code)), valid.error().detail, position});
        }
        if (step.channel == Channel::Email) {
            if (contact::trimmed(step.subject).empty() && (step.thread == Thread::New || position == 0))
                checks.push_back({Severity::Error, "no_subject", {}, position});
            if (contact::trimmed(step.body).empty())
                checks.push_back({Severity::Error, "no_text", {}, position});
        }
        ++position;
    }
    return checks;
}

// What is only worth knowing.
void advise(std::vector<StrategyCheck>& checks, const StrategyVersion& version) {
    using Severity = StrategyCheck::Severity;
    constexpr int longMail = 150;
    int position = 0;
    for (const Step& step : version.steps) {
        if (step.channel == Channel::Email && !step.body.empty()) {
            int words = 0;
            int links = 0;
            int questions = 0;
            const std::string text = contact::collapsed(step.body); // the words look into it
            for (const auto word : contact::split(text, " ")) {
                ++words;
                links += word.find("http://") != std::string_view::npos || word.find("https://") != std::string_view::npos;
                questions += word.ends_with("?") ? 1 : 0;
            }
            const std::string counts = std::to_string(words) + "," + std::to_string(questions) + "," + std::to_string(links);
            checks.push_back(
                {words > longMail || links > 2 ? Severity::Warning : Severity::Fine, "mail_length", counts, position});
        }
        ++position;
    }
}

json windowJson(const Window& window) {
    json days = json::array();
    constexpr std::array names{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    for (unsigned day = 1; day <= 7; ++day) {
        if (window.days.contains(day))
            days.push_back(names.at(day - 1));
    }
    const auto clock = [](int minute) {
        const std::string hours = std::to_string(minute / 60);
        const std::string minutes = std::to_string(minute % 60);
        return (hours.size() < 2 ? "0" : "") + hours + ":" + (minutes.size() < 2 ? "0" : "") + minutes;
    };
    return {{"days", days}, {"from", clock(window.startMinute)}, {"to", clock(window.endMinute)}};
}

Result<Window> windowFrom(const json& value, const std::string& where) {
    const auto bad = [&](const char* what) { return fail(ErrorCode::UnsupportedFormat, where + ": " + what); };
    if (!value.is_object())
        return bad("an object with days, from and to");
    Window window;
    if (value.contains("days")) {
        constexpr std::array names{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
        std::uint8_t bits = 0;
        if (!value["days"].is_array())
            return bad("days is a list of mon, tue…");
        for (const json& day : value["days"]) {
            const auto found = std::find(names.begin(), names.end(), day.is_string() ? day.get<std::string>() : std::string());
            if (found == names.end())
                return bad("days is a list of mon, tue…");
            bits = std::uint8_t(bits | (1U << unsigned(found - names.begin())));
        }
        window.days = Weekdays(bits);
    }
    const auto minute = [&](const char* key, int fallback) -> Result<int> {
        if (!value.contains(key))
            return fallback;
        const std::string text = value[key].is_string() ? value[key].get<std::string>() : std::string();
        int hours = 0;
        int minutes = 0;
        const auto colon = text.find(':');
        if (colon == std::string::npos || std::from_chars(text.data(), text.data() + colon, hours).ec != std::errc()
            || std::from_chars(text.data() + colon + 1, text.data() + text.size(), minutes).ec != std::errc() || hours < 0
            || hours > 24 || minutes < 0 || minutes > 59 || hours * 60 + minutes > 24 * 60)
            return bad("from and to are times like 08:00");
        return hours * 60 + minutes;
    };
    OUTRIDER_ASSIGN(window.startMinute, minute("from", window.startMinute));
    OUTRIDER_ASSIGN(window.endMinute, minute("to", window.endMinute));
    if (!isWindow(window))
        return bad("a window that opens");
    return window;
}

} // namespace

QFuture<Result<std::vector<StrategySummary>>> StrategyService::list() {
    return m_context.store().read(
        [](ReadContext& r) -> Result<std::vector<StrategySummary>> { return StrategyRepository(r.db).all(); });
}

QFuture<Result<StrategyDetail>> StrategyService::detail(StrategyId id) {
    return m_context.store().read([id](ReadContext& r) -> Result<StrategyDetail> {
        StrategyRepository strategies(r.db);
        const auto summary = strategies.summary(id);
        const auto version = summary ? strategies.version(summary->strategy.currentVersion) : std::nullopt;
        if (!summary || !version)
            return fail(ErrorCode::NotFound, "strategy " + std::to_string(id.value));
        StrategyDetail detail{.summary = *summary, .version = *version};
        for (const auto& counts : strategies.stepCounts(version->id))
            detail.steps.push_back({counts.done, counts.replied});
        detail.steps.resize(version->steps.size());
        return detail;
    });
}

QFuture<Result<StrategyId>> StrategyService::find(std::string nameOrId) {
    return m_context.store().read([nameOrId = std::move(nameOrId)](ReadContext& r) -> Result<StrategyId> {
        StrategyRepository strategies(r.db);
        if (const auto named = strategies.findByName(nameOrId))
            return named->id;
        std::int64_t id = 0;
        const auto [end, error] = std::from_chars(nameOrId.data(), nameOrId.data() + nameOrId.size(), id);
        if (error == std::errc() && end == nameOrId.data() + nameOrId.size() && strategies.find(StrategyId{id}))
            return StrategyId{id};
        return fail(ErrorCode::NotFound, nameOrId);
    });
}

QFuture<Result<StrategyId>> StrategyService::create(std::string name, StrategyVersion version) {
    auto action = m_context.action("strategy.create", name);
    return m_context.store().write(
        std::move(action),
        [name = std::move(name), version = std::move(version)](WriteContext& write) mutable -> Result<StrategyId> {
            if (contact::trimmed(name).empty())
                return fail(ErrorCode::InvalidArgument, "a strategy needs a name");
            if (const auto bad = faults(version); !bad.empty())
                return fail(ErrorCode::InvalidArgument, bad.front().code + " " + bad.front().detail);
            Strategy strategy{.name = contact::collapsed(name)};
            StrategyRepository strategies(write.db);
            strategies.insert(write, strategy);
            version.strategy = strategy.id;
            strategies.publish(write, version);
            return strategy.id;
        });
}

QFuture<Result<StrategyVersionId>> StrategyService::publish(StrategyId id, StrategyVersion version, Running running) {
    return m_context.store().write(
        m_context.action("strategy.publish"),
        [this, id, version = std::move(version), running](WriteContext& write) mutable -> Result<StrategyVersionId> {
            OUTRIDER_ASSIGN(const Strategy strategy, strategyOf(write.db, id));
            write.describe(strategy.name);
            if (const auto bad = faults(version); !bad.empty())
                return fail(ErrorCode::InvalidArgument, bad.front().code + " " + bad.front().detail);
            version.strategy = id;
            StrategyRepository(write.db).publish(write, version);
            if (running == Running::MoveToNew) {
                const auto surroundings = m_context.surroundings();
                outreach::StrategyFlow flow(write, surroundings);
                for (const EnrolmentId enrolment : EnrolmentRepository(write.db).runningIn(id))
                    flow.moveTo(enrolment, version);
            }
            return version.id;
        });
}

QFuture<Result<>> StrategyService::rename(StrategyId id, std::string name) {
    auto action = m_context.action("strategy.rename", name); // before the name moves on
    return m_context.store().write(std::move(action), [id, name = std::move(name)](WriteContext& write) -> Result<> {
        OUTRIDER_TRY(strategyOf(write.db, id));
        if (contact::trimmed(name).empty())
            return fail(ErrorCode::InvalidArgument, "a strategy needs a name");
        StrategyRepository(write.db).rename(write, id, contact::collapsed(name));
        return {};
    });
}

QFuture<Result<>> StrategyService::setMailbox(StrategyId id, MailboxId mailbox) {
    return m_context.store().write(m_context.action("strategy.mailbox"), [id, mailbox](WriteContext& write) -> Result<> {
        OUTRIDER_ASSIGN(const Strategy strategy, strategyOf(write.db, id));
        write.describe(strategy.name);
        StrategyRepository(write.db).setMailbox(write, id, mailbox);
        return {};
    });
}

QFuture<Result<>> StrategyService::pause(StrategyId id) {
    return m_context.store().write(m_context.action("strategy.pause"), [this, id](WriteContext& write) -> Result<> {
        OUTRIDER_ASSIGN(const Strategy strategy, strategyOf(write.db, id));
        write.describe(strategy.name);
        StrategyRepository(write.db).setState(write, id, StrategyState::Paused);
        const auto surroundings = m_context.surroundings();
        outreach::StrategyFlow(write, surroundings).withdrawTasks(id);
        return {};
    });
}

QFuture<Result<>> StrategyService::resume(StrategyId id) {
    return m_context.store().write(m_context.action("strategy.resume"), [this, id](WriteContext& write) -> Result<> {
        OUTRIDER_ASSIGN(const Strategy strategy, strategyOf(write.db, id));
        write.describe(strategy.name);
        StrategyRepository(write.db).setState(write, id, StrategyState::Active);
        const auto surroundings = m_context.surroundings();
        outreach::StrategyFlow flow(write, surroundings);
        for (const EnrolmentId enrolment : EnrolmentRepository(write.db).runningIn(id))
            flow.plan(enrolment);
        return {};
    });
}

QFuture<Result<>> StrategyService::archive(StrategyId id) {
    return m_context.store().write(m_context.action("strategy.archive"), [this, id](WriteContext& write) -> Result<> {
        OUTRIDER_ASSIGN(const Strategy strategy, strategyOf(write.db, id));
        write.describe(strategy.name);
        StrategyRepository(write.db).setState(write, id, StrategyState::Archived);
        const auto surroundings = m_context.surroundings();
        outreach::StrategyFlow(write, surroundings).withdrawTasks(id);
        return {};
    });
}

QFuture<Result<EnrolReport>> StrategyService::enrol(StrategyId id, LeadSelection selection, std::string source, bool previewOnly,
                                                    ProgressPtr progress) {
    auto report = std::make_shared<EnrolReport>();
    // Once for all of them: a message that can never be sent keeps everybody out.
    const auto leads = [this, id, of = leadsOf(m_context, std::move(selection))]() -> Result<std::vector<LeadId>> {
        OUTRIDER_TRY(wait(m_context.store().read([id](ReadContext& r) { return outreach::checkMessages(r.db, id); })));
        return of();
    };
    // A preview does the same in a transaction that is then rolled back: it cannot differ from the deed.
    const auto one = [this, id, source, report](WriteContext& write, LeadId lead) -> Result<bool> {
        OUTRIDER_ASSIGN(const Strategy strategy, strategyOf(write.db, id));
        const auto version = StrategyRepository(write.db).version(strategy.currentVersion);
        if (!version)
            return fail(ErrorCode::StrategyEmpty, strategy.name);
        if (strategy.state != StrategyState::Active)
            return fail(ErrorCode::StrategyNotActive, strategy.name);
        const auto surroundings = m_context.surroundings();
        const auto enrolled = outreach::StrategyFlow(write, surroundings).enrol(lead, strategy, *version, source);
        if (enrolled) {
            ++report->enrolled;
            return true;
        }
        const auto who = LeadRepository(write.db).find(lead);
        report->skipped.push_back({lead, who ? displayName(*who) : std::string(), enrolled.error()});
        return false;
    };
    if (previewOnly) {
        return m_context.background().run([this, leads, one, report]() -> Result<EnrolReport> {
            OUTRIDER_ASSIGN(const std::vector<LeadId> ids, leads());
            const auto tried = wait(m_context.store().writeSilently([&](WriteContext& write) -> Result<> {
                for (const LeadId lead : ids)
                    OUTRIDER_TRY(one(write, lead));
                return fail(ErrorCode::Cancelled); // take it all back
            }));
            if (tried.error().code != ErrorCode::Cancelled)
                return fail(tried.error());
            return *report;
        });
    }
    auto done = m_context.forEachLead(m_context.action("strategy.enrol"), leads, one, std::move(progress));
    return m_context.background().run([done, report]() mutable -> Result<EnrolReport> {
        OUTRIDER_TRY(wait(std::move(done)));
        return *report;
    });
}

QFuture<Result<>> StrategyService::remove(EnrolmentId id) {
    return m_context.store().write(m_context.action("strategy.remove"), [id](WriteContext& write) -> Result<> {
        EnrolmentRepository enrolments(write.db);
        const auto enrolment = enrolments.find(id);
        if (!enrolment)
            return fail(ErrorCode::NotFound, "enrolment " + std::to_string(id.value));
        if (const auto lead = LeadRepository(write.db).find(enrolment->lead))
            write.describe(displayName(*lead));
        enrolments.stop(write, id, StopReason::Removed);
        const auto strategy = StrategyRepository(write.db).find(enrolment->strategy);
        Activity activity{.lead = enrolment->lead,
                          .kind = ActivityKind::StrategyStopped,
                          .enrolment = id,
                          .subject = strategy ? strategy->name : std::string(),
                          .text = std::string(name(StopReason::Removed))};
        ActivityRepository(write.db).append(write, activity);
        return {};
    });
}

QFuture<Result<>> StrategyService::pauseFor(EnrolmentId id, Instant until) {
    return m_context.store().write(m_context.action("strategy.pause"), [this, id, until](WriteContext& write) -> Result<> {
        if (until <= write.now)
            return fail(ErrorCode::InvalidArgument, "a moment in the past");
        OUTRIDER_ASSIGN(const Enrolment enrolment, runningEnrolment(write, id));
        const auto surroundings = m_context.surroundings();
        outreach::StrategyFlow(write, surroundings).pauseUntil(enrolment.id, until);
        return {};
    });
}

QFuture<Result<>> StrategyService::resumeFor(EnrolmentId id) {
    return m_context.store().write(m_context.action("strategy.resume"), [this, id](WriteContext& write) -> Result<> {
        OUTRIDER_ASSIGN(Enrolment enrolment, runningEnrolment(write, id));
        enrolment.state = EnrolmentState::Active;
        enrolment.pausedUntil.reset();
        EnrolmentRepository(write.db).update(write, enrolment);
        const auto surroundings = m_context.surroundings();
        outreach::StrategyFlow(write, surroundings).plan(id);
        return {};
    });
}

QFuture<Result<SimulationReport>> StrategyService::simulate(int days) {
    constexpr int mostDays = 366;
    if (days < 1 || days > mostDays)
        return ready<SimulationReport>(fail(ErrorCode::InvalidArgument, "from 1 to 366 days"));
    return m_context.store().read([this, days](ReadContext& r) -> Result<SimulationReport> {
        const auto surroundings = m_context.surroundings();
        const auto input = outreach::simulationInput(r.db, surroundings, r.now);
        const auto lastDay = surroundings.zone.dayOf(r.now) + std::chrono::days(days);
        SimulationReport report{.plan = outreach::simulate(input, surroundings.zone.startOf(lastDay))};
        for (const auto& [id, strategy] : input.strategies)
            report.strategies.emplace(id, strategy.name);
        for (const Mailbox& mailbox : input.mailboxes) {
            report.mailboxes.emplace(mailbox.id, mailbox.address);
            report.dailyLimits.emplace(mailbox.id, mailbox.dailyLimit);
        }
        LeadRepository leads(r.db);
        const auto nameOf = [&](LeadId id) {
            if (report.leads.contains(id))
                return;
            const auto lead = leads.find(id);
            report.leads.emplace(id, lead ? displayName(*lead) : std::string());
        };
        for (const SimulatedStep& step : report.plan.steps)
            nameOf(step.lead);
        for (const SimulatedSkip& skip : report.plan.skips)
            nameOf(skip.lead);
        return report;
    });
}

QFuture<Result<MailDraft>> StrategyService::preview(LeadId lead, std::string subject, std::string body, int step) {
    return m_context.store().read([lead, subject = std::move(subject), body = std::move(body), step](ReadContext& r) {
        return outreach::previewOf(r.db, lead, subject, body, step);
    });
}

QFuture<Result<std::vector<StrategyCheck>>> StrategyService::check(StrategyVersion version) {
    return m_context.background().run([version = std::move(version)]() -> Result<std::vector<StrategyCheck>> {
        auto checks = faults(version);
        advise(checks, version);
        return checks;
    });
}

std::string StrategyService::toJson(const Strategy& strategy, const StrategyVersion& version) {
    json steps = json::array();
    for (const Step& step : version.steps) {
        json entry{
            {"channel", name(step.channel)}, {"day_offset", step.dayOffset}, {"subject", step.subject}, {"body", step.body}};
        if (step.channel == Channel::Email)
            entry["thread"] = threadNames.name(step.thread);
        if (step.window)
            entry["window"] = windowJson(*step.window);
        steps.push_back(std::move(entry));
    }
    const json document{{"name", strategy.name},
                        {"offset_base", offsetBaseNames.name(version.offsetBase)},
                        {"business_days", version.businessDays},
                        {"window", windowJson(version.window)},
                        {"steps", std::move(steps)}};
    return document.dump(2);
}

Result<StrategyService::Parsed> StrategyService::fromJson(std::string_view text) {
    const json document = json::parse(text, nullptr, false);
    const auto bad = [](const std::string& what) { return fail(ErrorCode::UnsupportedFormat, what); };
    if (!document.is_object())
        return bad("a strategy is a JSON object");
    Parsed parsed;
    if (!document.contains("name") || !document["name"].is_string())
        return bad("name: a text");
    parsed.name = document["name"].get<std::string>();
    if (document.contains("offset_base")) {
        const auto base = offsetBaseNames.value(document["offset_base"].is_string() ? document["offset_base"].get<std::string>()
                                                                                    : std::string());
        if (!base)
            return bad("offset_base: completion or enrolment");
        parsed.version.offsetBase = *base;
    }
    if (document.contains("business_days")) {
        if (!document["business_days"].is_boolean())
            return bad("business_days: true or false");
        parsed.version.businessDays = document["business_days"].get<bool>();
    }
    if (document.contains("window")) {
        OUTRIDER_ASSIGN(parsed.version.window, windowFrom(document["window"], "window"));
    }
    if (!document.contains("steps") || !document["steps"].is_array() || document["steps"].empty())
        return bad("steps: a list of at least one step");
    for (const json& entry : document["steps"]) {
        const std::string where = "step " + std::to_string(parsed.version.steps.size() + 1);
        if (!entry.is_object())
            return bad(where + ": an object");
        const auto textOf = [&](const char* key) -> Result<std::string> {
            if (!entry.contains(key))
                return std::string();
            if (!entry[key].is_string())
                return bad(where + ", " + key + ": a text");
            return entry[key].get<std::string>();
        };
        Step step{.position = int(parsed.version.steps.size())};
        OUTRIDER_ASSIGN(const std::string channel, textOf("channel"));
        const auto known = channelNames.value(channel);
        if (!known)
            return bad(where + ", channel: email, call, linkedin, sms or task");
        step.channel = *known;
        if (entry.contains("day_offset")) {
            if (!entry["day_offset"].is_number_integer() || entry["day_offset"].get<std::int64_t>() < 0
                || entry["day_offset"].get<std::int64_t>() > 3650)
                return bad(where + ", day_offset: a number of days");
            step.dayOffset = entry["day_offset"].get<int>();
        }
        OUTRIDER_ASSIGN(step.subject, textOf("subject"));
        OUTRIDER_ASSIGN(step.body, textOf("body"));
        OUTRIDER_ASSIGN(const std::string thread, textOf("thread"));
        step.thread = threadNames.value(thread).value_or(Thread::New);
        if (entry.contains("window")) {
            OUTRIDER_ASSIGN(step.window, windowFrom(entry["window"], where + ", window"));
        }
        parsed.version.steps.push_back(std::move(step));
    }
    if (const auto found = faults(parsed.version); !found.empty())
        return bad("step " + std::to_string(found.front().step + 1) + ": " + found.front().code + " " + found.front().detail);
    return parsed;
}

} // namespace outrider
