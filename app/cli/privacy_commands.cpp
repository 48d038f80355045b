// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/support.h"
#include "core/services/privacy_service.h"

namespace outrider::cli {

using nlohmann::json;

namespace {

json toJson(const RowCounts& counts) {
    json data = json::object();
    for (const auto& [what, count] : counts)
        data[what] = count;
    return data;
}

std::string countsText(const RowCounts& counts) {
    std::string text;
    for (const auto& [what, count] : counts)
        text += "  " + what + ": " + std::to_string(count) + "\n";
    return text;
}

json toJson(const ErasureCertificate& certificate) {
    json backups = json::array();
    for (const ErasureCertificate::Backup& backup : certificate.backups)
        backups.push_back({{"path", backup.path}, {"at", momentJson(backup.at)}, {"until", momentJson(backup.until)}});
    return {{"id", idJson(certificate.id)},           {"at", momentJson(certificate.at)},
            {"removed", toJson(certificate.removed)}, {"mentions", toJson(certificate.mentions)},
            {"prints", certificate.prints},           {"backups", backups}};
}

std::string certificateText(const Session& session, const ErasureCertificate& certificate, bool done) {
    std::string text =
        (done ? "Erased " : "Would be erased ") + session.moment(certificate.at) + ":\n" + countsText(certificate.removed);
    if (!certificate.mentions.empty())
        text += "Rows of others that name an address or number of theirs, and stay:\n" + countsText(certificate.mentions);
    if (!certificate.backups.empty())
        text += "Backups that hold them; when one is restored they are erased again as it is opened:\n";
    for (const ErasureCertificate::Backup& backup : certificate.backups)
        text += "  " + backup.path
                + (backup.until ? " until " + session.moment(*backup.until) : std::string(" until it is removed by hand")) + "\n";
    for (const std::string& print : certificate.prints)
        text += "  " + print + "\n";
    return text;
}

struct PrivacyOptions {
    std::string whom;
    bool yes = false;
    int months = -1;
};

int find(Session& session, const PrivacyOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const auto found, session.wait(workspace->privacy().find(options.whom)));
    json data = json::array();
    std::string text;
    for (const PrivacyService::Holdings& one : found) {
        data.push_back({{"id", idJson(one.lead.value)}, {"name", one.name}, {"rows", toJson(one.rows)}});
        text += std::to_string(one.lead.value) + "  " + one.name + "\n" + countsText(one.rows);
    }
    return session.done(data, text.empty() ? "nobody" : text);
}

int copy(Session& session, const PrivacyOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const std::int64_t id, parseId(options.whom));
    CLI_TRY(const std::string all, session.wait(workspace->privacy().copyOf(LeadId{id})));
    return session.done(json::parse(all, nullptr, false), all);
}

// Without --yes only says what would go.
int erase(Session& session, const PrivacyOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const std::int64_t id, parseId(options.whom));
    auto& privacy = workspace->privacy();
    CLI_TRY(const ErasureCertificate certificate,
            session.wait(options.yes ? privacy.erase(LeadId{id}) : privacy.preview(LeadId{id})));
    return session.done(toJson(certificate), certificateText(session, certificate, options.yes)
                                                 + (options.yes ? "" : "--yes erases them; nothing brings them back\n"));
}

int certificates(Session& session, const PrivacyOptions&) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const std::vector<ErasureCertificate> all, session.wait(workspace->privacy().certificates()));
    json data = json::array();
    std::string text;
    for (const ErasureCertificate& one : all) {
        data.push_back(toJson(one));
        text += certificateText(session, one, true);
    }
    return session.done(data, text);
}

int retention(Session& session, const PrivacyOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(options.months < 0));
    if (options.months >= 0)
        CLI_CHECK(session.wait(workspace->privacy().setRetention({.months = options.months})));
    constexpr int most = 100;
    CLI_TRY(const PrivacyService::Retention rule, session.wait(workspace->privacy().retention()));
    CLI_TRY(const PrivacyService::Proposed proposed, session.wait(workspace->privacy().proposed(most)));
    json leads = json::array();
    std::vector<std::vector<std::string>> rows;
    for (const LeadListRow& row : proposed.leads) {
        leads.push_back({{"id", idJson(row.id.value)}, {"name", row.name}});
        rows.push_back({std::to_string(row.id.value), row.name});
    }
    return session.done({{"months", rule.months}, {"total", proposed.total}, {"leads", leads}},
                        table(rows) + std::to_string(proposed.total) + " without contact\n");
}

} // namespace

void addPrivacyCommands(CLI::App& app, Command& chosen) {
    auto* privacy = app.add_subcommand("privacy", "what is kept of a person: find, export, erase, certificates, retention");
    privacy->require_subcommand(1);
    const auto command = [&](const char* name, const char* help, const char* what, auto fn) {
        auto options = std::make_shared<PrivacyOptions>();
        auto* sub = privacy->add_subcommand(name, help);
        if (what != nullptr)
            sub->add_option("whom", options->whom, what)->required();
        onParsed(sub, chosen, options, fn);
        return std::pair(sub, options);
    };
    command("find", "who that is, and what there is of them", "address, number, profile, name or #id", find);
    command("export", "everything about a lead as one JSON document", "a lead's id", copy);
    const auto [eraseCommand, eraseOptions] = command("erase", "remove everything of a lead, for good", "a lead's id", erase);
    eraseCommand->add_flag("--yes", eraseOptions->yes, "do it; else only what would go is said");
    command("certificates", "what was erased when", nullptr, certificates);
    const auto [rule, ruleOptions] =
        command("retention", "who was long not in contact, proposed for erasure", nullptr, retention);
    rule->add_option("--months", ruleOptions->months, "of no contact; 0: nobody is proposed")->check(CLI::Range(0, 1200));
}

} // namespace outrider::cli
