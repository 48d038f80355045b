// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/support.h"
#include "core/services/field_service.h"

namespace outrider::cli {

using nlohmann::json;

namespace {

json toJson(const CustomField& field) {
    json data{{"key", std::string(customFieldPrefix) + field.key},
              {"name", field.name},
              {"type", std::string(name(field.type))},
              {"archived", field.archivedAt.has_value()}};
    if (!field.currency.empty())
        data["currency"] = field.currency;
    if (!field.choices.empty())
        data["choices"] = field.choices;
    return data;
}

json toJson(const FieldService::Fit& fit) {
    json examples = json::array();
    for (const auto& [value, leads] : fit.examples)
        examples.push_back({{"value", value}, {"leads", leads}});
    return {{"values", fit.values}, {"rewritten", fit.rewritten}, {"unfitting", fit.unfitting}, {"examples", examples}};
}

std::string fitText(const FieldService::Fit& fit) {
    std::string text = std::to_string(fit.values) + " values, " + std::to_string(fit.rewritten) + " written otherwise, "
                       + std::to_string(fit.unfitting) + " do not fit\n";
    for (const auto& [value, leads] : fit.examples)
        text += "  " + value + "  (" + std::to_string(leads) + ")\n";
    return text;
}

struct ListOptions {
    bool all = false;
};

int list(Session& session, const ListOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace(true));
    CLI_TRY(const std::vector<CustomField> fields, session.wait(workspace->fields().list(options.all)));
    json data = json::array();
    std::vector<std::vector<std::string>> rows{{"KEY", "NAME", "TYPE", "OF"}};
    for (const CustomField& field : fields) {
        data.push_back(toJson(field));
        std::string of = field.currency;
        for (const std::string& choice : field.choices)
            of += (of.empty() ? "" : ", ") + choice;
        rows.push_back({std::string(customFieldPrefix) + field.key, field.name + (field.archivedAt ? " (archived)" : ""),
                        std::string(name(field.type)), of});
    }
    return session.done(data, table(rows));
}

struct FieldOptions {
    std::string key;
    std::string name;
    std::string type;
    std::string currency;
    std::vector<std::string> choices;
    std::string from;
    std::vector<std::string> keys;
    bool drop = false;
    bool dry = false;
    bool back = false;
};

Result<CustomFieldType> typeOf(const std::string& word) {
    const auto type = customFieldTypeNames.value(word);
    if (!type)
        return fail(ErrorCode::InvalidArgument, "type: text, number, money, date, choice, multi_choice, yes_no, url");
    return *type;
}

int add(Session& session, const FieldOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(const CustomFieldType type, typeOf(options.type));
    CLI_TRY(
        const CustomField field,
        session.wait(workspace->fields().add(
            {.key = options.key, .name = options.name, .type = type, .currency = options.currency, .choices = options.choices})));
    return session.done(toJson(field), std::string(customFieldPrefix) + field.key);
}

Result<CustomField> find(Session& session, Workspace& workspace, std::string_view key) {
    if (const auto plain = customFieldKey(key))
        key = *plain;
    OUTRIDER_ASSIGN(const std::vector<CustomField> fields, session.wait(workspace.fields().list(true)));
    for (const CustomField& field : fields) {
        if (field.key == key)
            return field;
    }
    return fail(ErrorCode::NotFound, "field " + std::string(key));
}

// Says what would not fit before anything is done about it.
int save(Session& session, Workspace& workspace, const CustomField& field, const FieldOptions& options) {
    CLI_TRY(const FieldService::Fit fit, session.wait(workspace.fields().preview(field)));
    if (options.dry)
        return session.done(toJson(fit), fitText(fit));
    if (fit.unfitting > 0 && !options.drop)
        return session.refused(Error(ErrorCode::Conflict, std::to_string(fit.unfitting) + " values do not fit"),
                               {{"fit", toJson(fit)}}, fitText(fit) + "--drop takes them away\n");
    CLI_CHECK(session.wait(workspace.fields().save(field, options.drop)));
    return session.done({{"field", toJson(field)}, {"fit", toJson(fit)}}, fit.values > 0 ? fitText(fit) : std::string());
}

int rename(Session& session, const FieldOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(CustomField field, find(session, *workspace, options.key));
    field.name = options.name;
    return save(session, *workspace, field, options);
}

int setType(Session& session, const FieldOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(CustomField field, find(session, *workspace, options.key));
    CLI_TRY(field.type, typeOf(options.type));
    if (!options.currency.empty())
        field.currency = options.currency;
    if (!options.choices.empty())
        field.choices = options.choices;
    return save(session, *workspace, field, options);
}

int setChoices(Session& session, const FieldOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_TRY(CustomField field, find(session, *workspace, options.key));
    if (!options.from.empty()) {
        const auto equals = options.from.find('=');
        if (equals == std::string::npos)
            return session.refused(Error(ErrorCode::InvalidArgument, "--rename OLD=NEW"));
        CLI_CHECK(session.wait(
            workspace->fields().renameChoice(field.key, options.from.substr(0, equals), options.from.substr(equals + 1))));
        return session.done({{"key", field.key}}, {});
    }
    field.choices = options.choices;
    return save(session, *workspace, field, options);
}

int archive(Session& session, const FieldOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    CLI_CHECK(session.wait(workspace->fields().setArchived(options.key, !options.back)));
    return session.done({{"key", options.key}}, {});
}

int order(Session& session, const FieldOptions& options) {
    CLI_TRY(Workspace * workspace, session.workspace());
    std::vector<std::string> keys;
    for (const std::string& key : options.keys) {
        CLI_TRY(const CustomField field, find(session, *workspace, key));
        keys.push_back(field.key);
    }
    CLI_CHECK(session.wait(workspace->fields().reorder(keys)));
    return session.done(json(keys), {});
}

} // namespace

void addFieldCommands(CLI::App& app, Command& chosen) {
    auto* field = app.add_subcommand("field", "your own fields of leads: list, add, rename, type, choices, archive, order");
    field->require_subcommand(1);
    const char* types = "text, number, money, date, choice, multi_choice, yes_no, url";

    auto listOptions = std::make_shared<ListOptions>();
    auto* listCommand = field->add_subcommand("list", "the fields there are");
    listCommand->add_flag("--all", listOptions->all, "archived ones, too");
    onParsed(listCommand, chosen, listOptions, list);

    const auto options = [] { return std::make_shared<FieldOptions>(); };
    const auto kind = [types](CLI::App* command, const std::shared_ptr<FieldOptions>& o) {
        command->add_option("--currency", o->currency, "of money, such as EUR");
        command->add_option("--choices", o->choices, "what there is to choose from")->delimiter(',');
        return types;
    };
    const auto changes = [](CLI::App* command, const std::shared_ptr<FieldOptions>& o) {
        command->add_option("key", o->key, "custom:dock_count")->required();
        command->add_flag("--dry", o->dry, "only say which values would not fit");
        command->add_flag("--drop", o->drop, "take values away that do not fit");
    };

    auto addOptions = options();
    auto* addCommand = field->add_subcommand("add", "a new field: field add \"Dock count\" number");
    addCommand->add_option("name", addOptions->name)->required();
    addCommand->add_option("type", addOptions->type, kind(addCommand, addOptions))->required();
    addCommand->add_option("--key", addOptions->key, "what filters and templates call it");
    onParsed(addCommand, chosen, addOptions, add);

    auto renameOptions = options();
    auto* renameCommand = field->add_subcommand("rename", "another name; the key stays");
    changes(renameCommand, renameOptions);
    renameCommand->add_option("name", renameOptions->name)->required();
    onParsed(renameCommand, chosen, renameOptions, rename);

    auto typeOptions = options();
    auto* typeCommand = field->add_subcommand("type", "another type; says first which values do not fit");
    changes(typeCommand, typeOptions);
    typeCommand->add_option("type", typeOptions->type, kind(typeCommand, typeOptions))->required();
    onParsed(typeCommand, chosen, typeOptions, setType);

    auto choiceOptions = options();
    auto* choiceCommand = field->add_subcommand("choices", "what there is to choose from, in order");
    changes(choiceCommand, choiceOptions);
    choiceCommand->add_option("choices", choiceOptions->choices, "north,south,west")->delimiter(',');
    choiceCommand->add_option("--rename", choiceOptions->from, "OLD=NEW: another word for one, where leads have it as well");
    onParsed(choiceCommand, chosen, choiceOptions, setChoices);

    auto archiveOptions = options();
    auto* archiveCommand = field->add_subcommand("archive", "no longer offered; values stay");
    archiveCommand->add_option("key", archiveOptions->key)->required();
    archiveCommand->add_flag("--back", archiveOptions->back, "offered again");
    onParsed(archiveCommand, chosen, archiveOptions, archive);

    auto orderOptions = options();
    auto* orderCommand = field->add_subcommand("order", "these first, in that order");
    orderCommand->add_option("keys", orderOptions->keys)->required();
    onParsed(orderCommand, chosen, orderOptions, order);
}

} // namespace outrider::cli
