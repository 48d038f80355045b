// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/support.h"
#include "core/services/calendar_service.h"
#include "core/services/queue_service.h"
#include "ui/text/names.h"

namespace outrider::cli {

using nlohmann::json;

namespace {

struct QueueOptions {
    std::string date;
    int limit = 100;
    int days = 0;
};

// What the next days hold, by day and channel.
int queueOfDays(Session& session, Workspace& workspace, std::chrono::sys_days first, int days) {
    CLI_TRY(const TaskCalendar calendar, session.wait(workspace.calendar().days(first, days)));
    std::vector<std::vector<std::string>> rows{{"DAY"}};
    for (const Channel channel : channels)
        rows.front().emplace_back(name(channel));
    rows.front().insert(rows.front().end(), {"due", "done"});
    json list = json::array();
    for (const CalendarDay& day : calendar.days) {
        json due = json::object();
        json done = json::object();
        rows.push_back({toIsoDate(day.date)});
        for (const Channel channel : channels) {
            due[std::string(name(channel))] = day.open(channel);
            done[std::string(name(channel))] = day.done(channel);
            rows.back().push_back(std::to_string(day.open(channel)));
        }
        rows.back().push_back(std::to_string(day.planned()));
        rows.back().push_back(std::to_string(day.finished()));
        list.push_back({{"date", toIsoDate(day.date)}, {"workday", day.isWorkday}, {"due", due}, {"done", done}});
    }
    return session.done({{"today", toIsoDate(calendar.today)}, {"mail_cap", calendar.mailCap}, {"days", list}},
                        table(rows)
                            + (calendar.mailCap > 0 ? std::to_string(calendar.mailCap) + " e-mails a day may leave\n"
                                                    : "No mailbox sends yet.\n"));
}

int queue(Session& session, const QueueOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    if (options.days > 0) {
        std::optional<std::chrono::sys_days> first;
        if (!options.date.empty() && options.date != "today") {
            CLI_TRY(const Instant day, parseMoment(session, *workspace, options.date));
            first = std::chrono::floor<std::chrono::days>(day);
        } else {
            CLI_TRY(const TaskCalendar now, session.wait(workspace->calendar().days({}, 0)));
            first = now.today;
        }
        return queueOfDays(session, *workspace, *first, options.days);
    }
    Result<Today> today;
    if (options.date.empty() || options.date == "today") {
        today = session.wait(workspace->queue().today(options.limit));
    } else {
        CLI_TRY(const Instant day, parseMoment(session, *workspace, options.date));
        today = session.wait(workspace->queue().onDate(std::chrono::floor<std::chrono::days>(day), options.limit));
    }
    if (!today)
        return session.refused(today);
    std::vector<std::vector<std::string>> rows{{"TASK", "DUE", "CHANNEL", "LEAD", "COMPANY", "STRATEGY", "STEP"}};
    for (const QueueItem& item : today->items)
        rows.push_back({std::to_string(item.task.value), (item.overdue ? "! " : "  ") + session.moment(item.dueAt),
                        std::string(name(item.channel)), item.leadName, item.companyName, item.strategyName,
                        item.stepCount == 0 ? item.title : std::to_string(item.step + 1) + "/" + std::to_string(item.stepCount)});
    json data{{"date", toIsoDate(today->date)},      {"tasks", listJson(today->items)},   {"counts", toJson(today->counts)},
              {"tomorrow", toJson(today->tomorrow)}, {"no_next_step", today->noNextStep}, {"done", today->summary.done},
              {"skipped", today->summary.skipped}};
    const std::string text =
        today->items.empty() ? "Nothing is due.\n" : table(rows) + std::to_string(today->counts.total()) + " due\n";
    return session.done(data, text);
}

struct TaskOptions {
    bool overPhoneLine = false;
    std::string id;
    std::vector<std::string> ids; // done
    std::string disposition = "none";
    std::string note;
    std::string subject;
    std::string body;
    int seconds = -1;
    std::string until;
};

int show(Session& session, const TaskOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const std::int64_t id, parseId(options.id));
    CLI_TRY(const TaskDetail detail, session.wait(workspace->queue().open(TaskId{id})));
    CLI_TRY(const StatusKeys statuses, statusKeys(session, *workspace));
    json data = toJson(detail.item);
    data["lead_detail"] = toJson(detail.lead, statuses);
    data["why"] = detail.whyNow;
    std::string text =
        detail.item.leadName + ", " + detail.item.companyName + "\n" + std::string(name(detail.item.channel)) + "\n";
    if (detail.draft) {
        data["draft"] = {{"to", detail.draft->toAddress},
                         {"subject", detail.draft->subject},
                         {"body", detail.draft->body},
                         {"footer", detail.draft->footer},
                         {"in_reply_to", detail.draft->inReplyTo},
                         {"problem", detail.draft->problem ? toJson(*detail.draft->problem) : json()}};
        text += "\n" + detail.draft->subject + "\n\n" + detail.draft->body + "\n";
    }
    return session.done(data, text);
}

int done(Session& session, const TaskOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    const auto disposition = dispositionNames.value(options.disposition);
    if (!disposition)
        return session.refused(Error(ErrorCode::InvalidArgument, "outcome: " + options.disposition));
    TaskCompletion completion{.disposition = *disposition, .note = options.note, .overPhoneLine = options.overPhoneLine};
    if (options.seconds >= 0)
        completion.durationSeconds = options.seconds;
    if (!options.subject.empty())
        completion.subject = options.subject;
    if (!options.body.empty())
        completion.body = options.body;
    std::vector<std::int64_t> ids;
    for (const std::string& text : options.ids) {
        CLI_TRY(const std::int64_t id, parseId(text));
        ids.push_back(id);
    }
    json outcomes = json::array();
    std::string text;
    for (const std::int64_t id : ids) {
        CLI_TRY(const TaskOutcome outcome, session.wait(workspace->queue().complete(TaskId{id}, completion)));
        outcomes.push_back(toJson(outcome));
        text +=
            outcome.outbox ? "In the outbox" + (outcome.leavesAt ? ", leaves " + session.moment(*outcome.leavesAt) : "") : "Done";
        if (outcome.nextAt)
            text += "; next: " + std::string(name(outcome.nextChannel)) + ", " + session.moment(*outcome.nextAt);
        text += "\n";
    }
    return session.done(ids.size() == 1 ? outcomes.front() : json{{"outcomes", outcomes}}, text);
}

int skip(Session& session, const TaskOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const std::int64_t id, parseId(options.id));
    CLI_TRY(const TaskOutcome outcome, session.wait(workspace->queue().skip(TaskId{id}, options.note)));
    return session.done(toJson(outcome), outcome.nextAt ? "Skipped; next: " + session.moment(*outcome.nextAt) : "Skipped");
}

int snooze(Session& session, const TaskOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const std::int64_t id, parseId(options.id));
    CLI_TRY(const Instant until, parseMoment(session, *workspace, options.until));
    CLI_CHECK(session.wait(workspace->queue().snooze(TaskId{id}, until)));
    return session.done({{"due", momentJson(until)}}, "Due " + session.moment(until));
}

CLI::App* taskCommand(CLI::App* parent, const char* name, const char* help, const std::shared_ptr<TaskOptions>& options) {
    auto* command = parent->add_subcommand(name, help);
    command->add_option("id", options->id, "the task")->required();
    return command;
}

} // namespace

void addQueueCommands(CLI::App& app, Command& chosen) {
    auto queueOptions = std::make_shared<QueueOptions>();
    auto* queueCommand = app.add_subcommand("queue", "what is due");
    queueCommand->add_option("--date", queueOptions->date, "another day's tasks alone: 2026-11-23, tomorrow, +3d");
    queueCommand->add_option("--limit", queueOptions->limit)->check(CLI::Range(1, 100000));
    queueCommand->add_option("--days", queueOptions->days, "how much is due on each of so many days, by channel")
        ->check(CLI::Range(1, 366));
    onParsed(queueCommand, chosen, queueOptions, queue);

    auto* task = app.add_subcommand("task", "tasks: show, done, skip, snooze");
    task->require_subcommand(1);
    auto showOptions = std::make_shared<TaskOptions>();
    onParsed(taskCommand(task, "show", "with its lead and its draft", showOptions), chosen, showOptions, show);

    auto doneOptions = std::make_shared<TaskOptions>();
    auto* doneCommand = task->add_subcommand("done", "an e-mail goes to the outbox, anything else is logged");
    doneCommand->add_option("ids", doneOptions->ids, "the tasks, one after another; the first that fails ends it")->required();
    doneCommand->add_option("--outcome", doneOptions->disposition, "no_answer, voicemail, talked, meeting, not_now, never");
    doneCommand->add_option("--note", doneOptions->note);
    doneCommand->add_option("--seconds", doneOptions->seconds, "of a call");
    doneCommand->add_option("--subject", doneOptions->subject, "instead of the template's");
    doneCommand->add_option("--body", doneOptions->body, "instead of the template's");
    doneCommand->add_flag("--send", doneOptions->overPhoneLine, "SMS: send it over the phone line instead of logging it");
    onParsed(doneCommand, chosen, doneOptions, done);

    auto skipOptions = std::make_shared<TaskOptions>();
    auto* skipCommand = taskCommand(task, "skip", "the strategy goes on as if it had been done", skipOptions);
    skipCommand->add_option("--note", skipOptions->note);
    onParsed(skipCommand, chosen, skipOptions, skip);

    auto snoozeOptions = std::make_shared<TaskOptions>();
    auto* snoozeCommand = taskCommand(task, "snooze", "later", snoozeOptions);
    snoozeCommand->add_option("--until", snoozeOptions->until, "2026-11-23T09:00, tomorrow, +3d, +2h")->required();
    onParsed(snoozeCommand, chosen, snoozeOptions, snooze);
}

} // namespace outrider::cli
