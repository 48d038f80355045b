// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/support.h"
#include "core/services/company_service.h"
#include "ui/text/names.h"

namespace outrider::cli {

using nlohmann::json;

namespace {

json toJson(const CompanyPeople& people) {
    return {{"count", people.count},
            {"more", people.more},
            {"open_tasks", people.openTasks},
            {"last_touch", momentJson(people.lastTouchAt)},
            {"due", momentJson(people.nextTaskAt)}};
}

json toJson(const CompanyListRow& row) {
    return {{"id", idJson(row.id.value)}, {"name", row.name},       {"domain", row.domain},        {"industry", row.industry},
            {"city", row.city},           {"country", row.country}, {"people", toJson(row.people)}};
}

json toJson(const Company& company) {
    return {{"id", idJson(company.id.value)},
            {"name", company.name},
            {"domain", company.domain},
            {"short_name", company.shortName},
            {"industry", company.industry},
            {"employees", company.employees ? json(*company.employees) : json()},
            {"revenue", company.revenue},
            {"phone", company.phone},
            {"website", company.website},
            {"linkedin_url", company.linkedinUrl},
            {"city", company.city},
            {"region", company.region},
            {"country", company.country},
            {"external_id", company.externalId},
            {"created", momentJson(company.createdAt)}};
}

std::string countOf(const CompanyPeople& people) { return std::to_string(people.count) + (people.more ? "+" : ""); }

struct ListOptions {
    std::string words;
    int limit = 50;
    std::string after;
};

int list(Session& session, const ListOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const CompanyPage page,
            session.wait(workspace->companies().page({.words = options.words, .limit = options.limit, .after = options.after})));
    json companies = json::array();
    std::vector<std::vector<std::string>> rows{{"ID", "NAME", "DOMAIN", "PEOPLE", "TASKS", "LAST TOUCH"}};
    for (const CompanyListRow& row : page.rows) {
        companies.push_back(toJson(row));
        rows.push_back({std::to_string(row.id.value), row.name, row.domain, countOf(row.people),
                        std::to_string(row.people.openTasks),
                        row.people.lastTouchAt ? session.moment(*row.people.lastTouchAt) : ""});
    }
    return session.done({{"companies", companies}, {"next", page.next.empty() ? json() : json(page.next)}},
                        table(rows) + (page.next.empty() ? "" : "more: --after '" + page.next + "'\n"));
}

struct ShowOptions {
    std::string id;
    int limit = 20;
};

int show(Session& session, const ShowOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const std::int64_t id, parseId(options.id));
    CLI_TRY(const StatusKeys statuses, statusKeys(session, *workspace));
    CLI_TRY(const CompanyDetail detail, session.wait(workspace->companies().detail(CompanyId{id})));
    CLI_TRY(const CompanyTimelinePage page, session.wait(workspace->companies().timeline(CompanyId{id}, {}, options.limit)));
    json data = toJson(detail.company);
    data["people"] = toJson(detail.people);
    data["leads"] = listJson(detail.leads, statuses);
    data["timeline"] = json::array();
    for (const CompanyTimelineEntry& one : page.entries) {
        json entry = cli::toJson(one.entry);
        entry["lead_name"] = one.leadName;
        data["timeline"].push_back(std::move(entry));
    }
    std::string text = (detail.company.name.empty() ? detail.company.domain : detail.company.name) + "\n";
    for (const char* key : {"domain", "industry", "employees", "revenue", "phone", "website", "city", "country"}) {
        const json& value = data[key];
        if (value.is_string() && !value.get<std::string>().empty())
            text += "  " + std::string(key) + ": " + value.get<std::string>() + "\n";
        else if (value.is_number())
            text += "  " + std::string(key) + ": " + std::to_string(value.get<std::int64_t>()) + "\n";
    }
    text += "  people: " + countOf(detail.people) + "\n";
    std::vector<std::vector<std::string>> people;
    for (const LeadListRow& row : detail.leads)
        people.push_back({"  " + std::to_string(row.id.value), row.name, row.jobTitle, statuses.at(row.status),
                          row.nextTaskAt ? session.moment(*row.nextTaskAt) : ""});
    text += table(people);
    for (const CompanyTimelineEntry& one : page.entries)
        text += "  " + session.moment(one.entry.activity.at) + "  " + one.leadName + "  "
                + text::activityTitle(one.entry.activity).toStdString() + "  " + one.entry.activity.subject + "\n";
    return session.done(data, text);
}

} // namespace

void addCompanyCommands(CLI::App& app, Command& chosen) {
    auto* company = app.add_subcommand("company", "companies, their people and one history of them all");
    company->require_subcommand(1);
    {
        auto options = std::make_shared<ListOptions>();
        auto* command = company->add_subcommand("list", "by name, with how many people are known there");
        command->add_option("words", options->words, "the beginning of a name, a domain or a word of a name");
        command->add_option("--limit", options->limit, "at most so many")->check(CLI::Range(1, 10'000));
        command->add_option("--after", options->after, "goes on where a list ended");
        onParsed(command, chosen, options, list);
    }
    {
        auto options = std::make_shared<ShowOptions>();
        auto* command = company->add_subcommand("show", "its facts, its people and the latest of their history");
        command->add_option("id", options->id, "the company's id")->required();
        command->add_option("--limit", options->limit, "entries of the history")->check(CLI::Range(1, 10'000));
        onParsed(command, chosen, options, show);
    }
}

} // namespace outrider::cli
