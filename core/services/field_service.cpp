// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/field_service.h"

#include "core/contact/text.h"
#include "core/domain/filter_check.h"
#include "core/services/service_context.h"
#include "core/store/repositories/custom_field_repository.h"

#include <algorithm>

namespace outrider {

using namespace outrider::store;

namespace {

constexpr std::size_t mostExamples = 8;

// The field as it would be kept: a name without stray blanks, a key, only what its type has.
CustomField tidied(CustomField field) {
    field.name = contact::collapsed(field.name);
    if (field.key.empty())
        field.key = toFieldKey(contact::unaccented(field.name));
    if (field.key.starts_with(customFieldPrefix))
        field.key.erase(0, customFieldPrefix.size());
    if (field.type != CustomFieldType::Money)
        field.currency.clear();
    for (char& c : field.currency)
        c = c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
    if (field.type != CustomFieldType::Choice && field.type != CustomFieldType::MultiChoice)
        field.choices.clear();
    for (std::string& choice : field.choices)
        choice = contact::collapsed(choice);
    return field;
}

Result<CustomField> known(CustomFieldRepository& fields, std::string_view key) {
    if (const auto plain = customFieldKey(key))
        key = *plain;
    auto field = fields.find(key);
    if (!field)
        return fail(ErrorCode::NotFound, "field " + std::string(key));
    return *std::move(field);
}

struct Rewrite {
    std::string from;
    std::string to; // empty: it does not fit
};

// Which values leads have would be written otherwise, and which do not fit.
FieldService::Fit fitOf(CustomFieldRepository& fields, const CustomField& field, std::vector<Rewrite>& rewrites) {
    FieldService::Fit fit;
    for (const auto& [value, leads] : fields.values(field.id)) {
        fit.values += leads;
        const auto read = readCustomValue(field, value);
        if (read && *read == value)
            continue;
        if (read && !read->empty()) {
            fit.rewritten += leads;
            rewrites.push_back({value, *read});
            continue;
        }
        fit.unfitting += leads;
        fit.examples.emplace_back(value, leads);
        rewrites.push_back({value, {}});
    }
    std::stable_sort(fit.examples.begin(), fit.examples.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    if (fit.examples.size() > mostExamples)
        fit.examples.resize(mostExamples);
    return fit;
}

} // namespace

QFuture<Result<std::vector<CustomField>>> FieldService::list(bool archivedToo) {
    return m_context.store().read([archivedToo](ReadContext& r) -> Result<std::vector<CustomField>> {
        return CustomFieldRepository(r.db).fields(archivedToo);
    });
}

QFuture<Result<CustomField>> FieldService::add(CustomField field) {
    field = tidied(std::move(field));
    return m_context.store().write(m_context.action("field.add", field.name),
                                   [field](WriteContext& write) mutable -> Result<CustomField> {
                                       OUTRIDER_TRY(checkCustomField(field));
                                       CustomFieldRepository(write.db).insert(write, field);
                                       return field;
                                   });
}

QFuture<Result<FieldService::Fit>> FieldService::preview(CustomField field) {
    return m_context.store().read([field = tidied(std::move(field))](ReadContext& r) mutable -> Result<Fit> {
        CustomFieldRepository fields(r.db);
        OUTRIDER_ASSIGN(const CustomField before, known(fields, field.key));
        OUTRIDER_TRY(checkCustomField(field));
        field.id = before.id;
        std::vector<Rewrite> rewrites;
        return fitOf(fields, field, rewrites);
    });
}

QFuture<Result<FieldService::Fit>> FieldService::save(CustomField field, bool dropUnfitting) {
    return m_context.store().write(
        m_context.action("field.edit", field.name),
        [field = tidied(std::move(field)), dropUnfitting](WriteContext& write) mutable -> Result<Fit> {
            CustomFieldRepository fields(write.db);
            OUTRIDER_ASSIGN(const CustomField before, known(fields, field.key));
            OUTRIDER_TRY(checkCustomField(field));
            field.id = before.id;
            field.position = before.position;
            field.archivedAt = before.archivedAt;
            Fit fit;
            if (field.type != before.type || field.currency != before.currency || field.choices != before.choices) {
                std::vector<Rewrite> rewrites;
                fit = fitOf(fields, field, rewrites);
                if (fit.unfitting > 0 && !dropUnfitting)
                    return fail(ErrorCode::Conflict, std::to_string(fit.unfitting) + " values do not fit");
                for (const Rewrite& rewrite : rewrites)
                    fields.replaceValue(write, field.id, rewrite.from, rewrite.to);
            }
            fields.update(write, field);
            return fit;
        });
}

QFuture<Result<>> FieldService::renameChoice(std::string key, std::string from, std::string to) {
    return m_context.store().write(
        m_context.action("field.edit", from),
        [key = std::move(key), from = std::move(from), to = contact::collapsed(to)](WriteContext& write) -> Result<> {
            CustomFieldRepository fields(write.db);
            OUTRIDER_ASSIGN(CustomField field, known(fields, key));
            const CustomField before = field;
            const auto at = std::find(field.choices.begin(), field.choices.end(), from);
            if (at == field.choices.end())
                return fail(ErrorCode::NotFound, "choice " + from);
            *at = to;
            OUTRIDER_TRY(checkCustomField(field));
            for (const auto& [value, leads] : fields.values(field.id)) {
                std::string renamed;
                if (field.type == CustomFieldType::Choice) {
                    renamed = value == from ? to : value;
                } else {
                    for (const auto part : contact::split(value, ",")) {
                        const std::string choice = contact::collapsed(part);
                        renamed += (renamed.empty() ? "" : ", ") + (choice == from ? to : choice);
                    }
                }
                if (renamed != value)
                    fields.replaceValue(write, field.id, value, renamed);
            }
            fields.update(write, field);
            return {};
        });
}

QFuture<Result<>> FieldService::setArchived(std::string key, bool archived) {
    return m_context.store().write(m_context.action(archived ? "field.archive" : "field.unarchive"),
                                   [key = std::move(key), archived](WriteContext& write) -> Result<> {
                                       CustomFieldRepository fields(write.db);
                                       OUTRIDER_ASSIGN(CustomField field, known(fields, key));
                                       write.describe(field.name);
                                       field.archivedAt = archived ? std::optional(write.now) : std::nullopt;
                                       fields.update(write, field);
                                       return {};
                                   });
}

QFuture<Result<>> FieldService::reorder(std::vector<std::string> keys) {
    return m_context.store().write(m_context.action("field.order"), [keys = std::move(keys)](WriteContext& write) -> Result<> {
        CustomFieldRepository fields(write.db);
        std::vector<CustomField> all = fields.fields(true);
        const auto placeOf = [&keys](const CustomField& field) { return std::find(keys.begin(), keys.end(), field.key); };
        std::stable_sort(all.begin(), all.end(),
                         [&](const CustomField& a, const CustomField& b) { return placeOf(a) < placeOf(b); });
        for (std::size_t i = 0; i < all.size(); ++i) {
            all[i].position = int(i) + 1;
            fields.update(write, all[i]);
        }
        return {};
    });
}

QFuture<Result<>> FieldService::check(Filter filter) {
    return m_context.store().read([filter = std::move(filter)](ReadContext& r) -> Result<> {
        return checkFilter(filter, CustomFieldRepository(r.db).fields(true));
    });
}

} // namespace outrider
