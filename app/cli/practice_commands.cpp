// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/support.h"
#include "core/services/history_service.h"
#include "core/services/outbox_service.h"
#include "core/services/queue_service.h"
#include "core/services/settings_service.h"
#include "core/services/workspace_opening.h"
#include "ui/text/dates.h"
#include "ui/text/names.h"

#include <QTimeZone>

#include <algorithm>
#include <array>

namespace outrider::cli {

using nlohmann::json;
using namespace std::chrono_literals;

namespace {

struct PracticeOptions {
    int rows = 12; // of each list
};

// Isolates are for screens; a terminal shows them as boxes.
std::string plain(QString text) { return text.remove(QChar(0x2068)).remove(QChar(0x2069)).toStdString(); }

// The first line that says something: behind "Hi Mara,".
std::string gist(const std::string& text) {
    constexpr std::size_t longestSalutation = 40;
    constexpr qsizetype longest = 76;
    const auto blank = text.find("\n\n");
    const auto from = blank == std::string::npos || blank > longestSalutation ? 0 : blank + 2;
    const QString line = QString::fromStdString(text.substr(from, text.find('\n', from) - from));
    return (line.size() > longest ? line.left(longest) + QChar(0x2026) : line).toStdString();
}

// A working day in the practice workspace, through the same services as the window, with a clock that is
// moved on by hand: nobody waits for the undo window or for an answer that takes an hour.
class PracticeDay {
public:
    PracticeDay(Session& session, const PracticeOptions& options)
        : m_session(session),
          m_options(options),
          m_clock(session.clock().now()),
          m_environment{.clock = m_clock,
                        .random = session.environment().random,
                        .keychain = session.environment().keychain,
                        .origin = Origin::CommandLine,
                        .timeZone = session.environment().timeZone} {}

    int play() {
        if (const auto played = playAll(); !played)
            return m_session.refused(played.error());
        const int code = m_session.done(m_data, m_text);
        return m_sound ? code : 1;
    }

private:
    Result<> playAll() {
        const std::string& store = m_session.options().store;
        OUTRIDER_ASSIGN(m_workspace,
                        m_session.wait(openPractice(m_environment, store.empty() ? practiceWorkspacePath() : store)));
        OUTRIDER_ASSIGN(const std::vector<Status> statuses, m_session.wait(m_workspace->leads().statuses()));
        for (const Status& status : statuses)
            m_statuses[status.id] = plain(text::statusName(status));
        OUTRIDER_TRY(introduce());
        OUTRIDER_TRY(showToday());
        OUTRIDER_TRY(work());
        OUTRIDER_TRY(send());
        // What comes within seconds, and what people write in the course of the day.
        OUTRIDER_TRY(fetch(30s));
        OUTRIDER_TRY(fetch(untilEvening()));
        OUTRIDER_TRY(showChanges());
        OUTRIDER_TRY(takeBack());
        OUTRIDER_TRY(showTomorrow());
        return check();
    }

    text::Dates dates() const { return {m_clock.now(), QTimeZone(QByteArray::fromStdString(m_workspace->zone()))}; }

    // Six hours on, but still today.
    Millis untilEvening() const {
        const QTime now = dates().local(m_clock.now()).time();
        return std::clamp<Millis>(Millis(now.msecsTo(QTime(23, 55))), Millis(0), 6h);
    }

    std::string moment(std::optional<Instant> at) const { return at ? dates().moment(*at).toStdString() : "nothing"; }

    void say(const std::string& line) { m_text += line + "\n"; }

    void heading(const std::string& title) { m_text += (m_text.empty() ? "" : "\n") + title + "\n"; }

    Result<> introduce() {
        OUTRIDER_ASSIGN(const WorkspaceInfo info, m_session.wait(m_workspace->settings().info()));
        say("Practice workspace of " + info.me.name + " <" + info.me.email + ">, " + std::to_string(info.leads)
            + " invented leads");
        say(info.path + " (" + plain(text::fileSize(info.bytes)) + ", " + info.cipher + ")");
        say(dates().longDate(m_clock.now()).toStdString() + ", " + dates().time(m_clock.now()).toStdString() + ", " + info.zone
            + ". Nothing in it can leave this machine.");
        m_data["workspace"] = {{"path", info.path}, {"leads", info.leads}, {"practice", info.practice}, {"cipher", info.cipher}};
        m_data["now"] = momentJson(m_clock.now());
        return {};
    }

    std::string counted(const QueueCounts& counts) const {
        std::string line = std::to_string(counts.total()) + " tasks: " + std::to_string(counts.overdue) + " overdue";
        for (const Channel channel : channels) {
            if (const int count = counts.byChannel.at(std::size_t(channel)); count > 0)
                line += ", " + plain(text::channelPlural(channel, count));
        }
        return line;
    }

    std::vector<std::string> row(const QueueItem& item) const {
        const std::string step =
            item.stepCount == 0 ? item.title : "Step " + std::to_string(item.step + 1) + " of " + std::to_string(item.stepCount);
        return {item.overdue ? " !" : "  ",
                (item.overdue ? dates().brief(item.dueAt) : dates().time(item.dueAt)).toStdString(),
                plain(text::channelName(item.channel)),
                item.leadName,
                item.companyName,
                step + (item.note.empty() ? "" : ". " + item.note)};
    }

    void list(const std::vector<QueueItem>& items) {
        std::vector<std::vector<std::string>> rows;
        for (const QueueItem& item : items) {
            if (int(rows.size()) == m_options.rows)
                break;
            rows.push_back(row(item));
        }
        m_text += table(rows);
        if (items.size() > rows.size())
            say("  … and " + std::to_string(items.size() - rows.size()) + " more");
    }

    Result<> showToday() {
        OUTRIDER_ASSIGN(const Today today, m_session.wait(m_workspace->queue().today()));
        heading("Today: " + counted(today.counts));
        list(today.items);
        m_items = today.items;
        m_data["today"] = {{"date", toIsoDate(today.date)}, {"counts", toJson(today.counts)}, {"tasks", listJson(today.items)}};
        OUTRIDER_ASSIGN(const InboxCounts inbox, m_session.wait(m_workspace->inbox().counts()));
        say("Inbox: " + std::to_string(inbox.replies) + " replies to answer");
        m_data["inbox_before"] = {{"replies", inbox.replies}};
        return {};
    }

    // ── Working the queue ────────────────────────────────────────────────────────────────────

    // All of the e-mails, some of the rest, each outcome once; then one is skipped.
    Result<> work() {
        heading("Working");
        m_worked = json::array();
        m_startedAt = m_clock.now();
        const std::array<TaskCompletion, 5> calls{{
            {.disposition = Disposition::NoAnswer},
            {.disposition = Disposition::Voicemail, .note = "Left a message: waiting times at the gate.", .durationSeconds = 31},
            {.disposition = Disposition::Talked,
             .note = "Plans berths in a spreadsheet. Wants numbers in writing.",
             .durationSeconds = 250},
            {.disposition = Disposition::Meeting, .note = "Demo agreed.", .durationSeconds = 410},
            {.disposition = Disposition::NotNow, .note = "Budget closed for this year.", .durationSeconds = 120},
        }};
        std::size_t called = 0;
        int linkedIn = 0;
        int todos = 0;
        int mails = 0;
        bool skipped = false;
        for (const QueueItem& item : m_items) {
            switch (item.channel) {
            case Channel::Email:
                OUTRIDER_TRY(complete(item, {}, ++mails <= m_options.rows));
                break;
            case Channel::Call:
                if (called < calls.size()) {
                    OUTRIDER_TRY(complete(item, calls.at(called++), true));
                } else if (!skipped) {
                    skipped = true;
                    OUTRIDER_TRY(skip(item));
                }
                break;
            case Channel::LinkedIn:
            case Channel::Sms:
                if (linkedIn++ < 2)
                    OUTRIDER_TRY(complete(item, {}, true));
                break;
            case Channel::Task:
                if (todos++ < 1)
                    OUTRIDER_TRY(complete(item, {}, true));
                break;
            }
        }
        if (mails > m_options.rows)
            say("  … and " + std::to_string(mails - m_options.rows) + " more e-mails");
        m_data["worked"] = m_worked;
        return {};
    }

    Result<> complete(const QueueItem& item, const TaskCompletion& completion, bool shown) {
        m_clock.advance(20s);
        const auto outcome = m_session.wait(m_workspace->queue().complete(item.task, completion));
        json entry{{"task", idJson(item.task.value)}, {"lead", item.leadName}, {"channel", name(item.channel)}};
        std::string line = "  " + plain(text::channelName(item.channel)) + ", " + item.leadName + ": ";
        if (!outcome) {
            // What a person would see on the task: a first name the template needs, say.
            entry["problem"] = toJson(outcome.error());
            line += "waits, " + std::string(name(outcome.error().code)) + " (" + outcome.error().detail + ")";
            shown = true;
        } else {
            entry["outcome"] = toJson(*outcome);
            if (outcome->leavesAt)
                line += "in the outbox, leaves " + dates().time(*outcome->leavesAt).toStdString();
            else if (completion.disposition != Disposition::None)
                line += plain(text::dispositionName(completion.disposition));
            else
                line += "done";
            if (outcome->next == TaskOutcome::Next::Step && outcome->nextAt)
                line += "; next: " + plain(text::channelName(outcome->nextChannel)) + ", " + moment(outcome->nextAt);
            else if (outcome->next == TaskOutcome::Next::Stopped)
                line += "; strategy stopped" + (outcome->nextAt ? ", asked again " + moment(outcome->nextAt) : "");
            else if (outcome->next == TaskOutcome::Next::Finished)
                line += "; that was the last step";
        }
        m_worked.push_back(std::move(entry));
        if (shown)
            say(line);
        return {};
    }

    Result<> skip(const QueueItem& item) {
        OUTRIDER_ASSIGN(const TaskOutcome outcome,
                        m_session.wait(m_workspace->queue().skip(item.task, "Front desk is closed today")));
        say("  " + plain(text::channelName(item.channel)) + ", " + item.leadName + ": skipped; next: " + moment(outcome.nextAt));
        m_worked.push_back(
            {{"task", idJson(item.task.value)}, {"lead", item.leadName}, {"skipped", true}, {"outcome", toJson(outcome)}});
        return {};
    }

    // ── Sending and what comes back ──────────────────────────────────────────────────────────

    Result<> send() {
        m_clock.advance(15s); // the undo window of the last one
        heading("Sending");
        OUTRIDER_ASSIGN(const OutboxService::SendReport report, m_session.wait(m_workspace->outbox().runOnce(1000)));
        say("  " + std::to_string(report.sent) + " sent, " + std::to_string(report.waiting) + " wait, "
            + std::to_string(report.refused) + " refused, " + std::to_string(report.unknown) + " unknown");
        OUTRIDER_ASSIGN(const std::vector<OutboxRow> waiting,
                        m_session.wait(m_workspace->outbox().list({OutboxState::Queued, OutboxState::Held}, m_options.rows)));
        for (const OutboxRow& row : waiting)
            say("  waits: " + row.leadName + ", " + plain(text::waitReasonText(row.item.waitReason)) + ", until "
                + moment(row.item.earliestAt));
        m_data["sent"] = {
            {"sent", report.sent}, {"waiting", report.waiting}, {"refused", report.refused}, {"unknown", report.unknown}};
        if (!report.errors.empty())
            return fail(report.errors.front());
        return {};
    }

    Result<> fetch(Millis later) {
        m_clock.advance(later);
        OUTRIDER_ASSIGN(const FetchReport report, m_session.wait(m_workspace->inbox().fetch()));
        if (!report.errors.empty())
            return fail(report.errors.front());
        heading("Inbox at " + dates().time(m_clock.now()).toStdString() + ": " + std::to_string(report.replies) + " replies, "
                + std::to_string(report.bounces) + " bounces, " + std::to_string(report.autoReplies) + " out of office, "
                + std::to_string(report.optOuts) + " opt-outs");
        m_data["fetched"].push_back(toJson(report));
        return {};
    }

    // Everything that came in, and what it changed.
    Result<> showChanges() {
        m_data["received"] = json::array();
        heading("What it changed");
        for (const MessageClass kind :
             {MessageClass::Bounce, MessageClass::AutoReply, MessageClass::OptOut, MessageClass::Reply}) {
            OUTRIDER_ASSIGN(const std::vector<InboxItem> items,
                            m_session.wait(m_workspace->inbox().list(kind, std::nullopt, 200)));
            for (const InboxItem& item : items) {
                if (item.message.at >= m_startedAt)
                    OUTRIDER_TRY(showOne(item));
            }
        }
        return {};
    }

    Result<> showOne(const InboxItem& item) {
        OUTRIDER_ASSIGN(const LeadDetail detail, m_session.wait(m_workspace->leads().detail(item.message.lead)));
        const bool running = !detail.enrolments.empty() && detail.enrolments.front().enrolment.isRunning();
        std::string line =
            "  " + std::string(name(item.message.messageClass)) + ", " + item.leadName + " (" + item.companyName + "): ";
        if (item.message.messageClass == MessageClass::Reply)
            line += "“" + gist(item.message.text) + "” ";
        line += m_statuses[detail.lead.status];
        if (detail.lead.reach != Reach::Ok)
            line += ", " + plain(text::reachName(detail.lead.reach));
        if (detail.emailSuppression)
            line += ", address suppressed";
        line += running ? ", goes on" : detail.enrolments.empty() ? "" : ", strategy stopped";
        if (!detail.openTasks.empty())
            line += ", next " + moment(detail.openTasks.front().dueAt);
        say(line);
        m_data["received"].push_back({{"class", name(item.message.messageClass)},
                                      {"lead", item.leadName},
                                      {"rule", item.message.rule},
                                      {"status", m_statuses[detail.lead.status]},
                                      {"reach", name(detail.lead.reach)},
                                      {"suppressed", detail.emailSuppression.has_value()},
                                      {"running", running},
                                      {"next", detail.openTasks.empty() ? json() : momentJson(detail.openTasks.front().dueAt)}});
        return {};
    }

    // ── The end of the day ───────────────────────────────────────────────────────────────────

    Result<> takeBack() {
        OUTRIDER_ASSIGN(const Today today, m_session.wait(m_workspace->queue().today()));
        heading("Still due: " + counted(today.counts));
        say("  done today: " + std::to_string(today.summary.done) + ", skipped: " + std::to_string(today.summary.skipped)
            + ", meetings: " + std::to_string(today.summary.meetings));
        m_data["left"] = toJson(today.counts);
        if (today.items.empty())
            return {};
        // Snoozed and taken back: the content is what it was, to the last bit.
        const QueueItem& item = today.items.back();
        OUTRIDER_ASSIGN(const std::string before, m_session.wait(m_workspace->history().contentHash()));
        const Instant until = m_workspace->queue().snoozeUntil(QueueService::Snooze::Tomorrow);
        OUTRIDER_TRY(m_session.wait(m_workspace->queue().snooze(item.task, until)));
        say("  snoozed " + item.leadName + " until " + moment(until));
        OUTRIDER_ASSIGN(const UndoReport report, m_session.wait(m_workspace->history().undo()));
        OUTRIDER_ASSIGN(const std::string after, m_session.wait(m_workspace->history().contentHash()));
        say("  undone: " + plain(text::actionText(report.undone.action)) + "; content "
            + (before == after ? "as before" : "DIFFERS"));
        m_sound = m_sound && before == after;
        m_data["undo"] = {{"action", report.undone.action.name}, {"restored", before == after}};
        return {};
    }

    Result<> showTomorrow() {
        OUTRIDER_ASSIGN(const Today today, m_session.wait(m_workspace->queue().today()));
        OUTRIDER_ASSIGN(const Today tomorrow, m_session.wait(m_workspace->queue().onDate(today.date + std::chrono::days(1))));
        heading("Tomorrow: " + counted(tomorrow.counts));
        list(tomorrow.items);
        m_data["tomorrow"] = toJson(tomorrow.counts);
        return {};
    }

    Result<> check() {
        OUTRIDER_ASSIGN(const std::string hash, m_session.wait(m_workspace->history().contentHash()));
        OUTRIDER_ASSIGN(const std::vector<std::string> wrong, m_session.wait(m_workspace->settings().doctor()));
        heading("Content " + hash);
        say(wrong.empty() ? "The file is sound." : "The file has faults:");
        for (const std::string& fault : wrong)
            say("  " + fault);
        m_sound = m_sound && wrong.empty();
        m_data["hash"] = hash;
        m_data["doctor"] = wrong;
        return {};
    }

    Session& m_session;
    const PracticeOptions m_options;
    ManualClock m_clock;
    Environment m_environment;
    std::shared_ptr<Workspace> m_workspace; // after what it works with
    std::map<StatusId, std::string> m_statuses;
    std::vector<QueueItem> m_items;
    Instant m_startedAt{};
    bool m_sound = true;
    json m_worked;
    json m_data = json::object();
    std::string m_text;
};

int practiceDay(Session& session, const PracticeOptions& options) { return PracticeDay(session, options).play(); }

} // namespace

void addPracticeCommands(CLI::App& app, Command& chosen) {
    auto* practice = app.add_subcommand("practice", "the practice workspace, where everything is invented");
    practice->require_subcommand(1);
    auto options = std::make_shared<PracticeOptions>();
    auto* day = practice->add_subcommand("day", "play a working day in it: queue, sending, answers, undo");
    day->add_option("--rows", options->rows, "of each list")->check(CLI::Range(1, 1000));
    onParsed(day, chosen, options, practiceDay);
}

} // namespace outrider::cli
