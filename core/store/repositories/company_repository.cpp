// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/company_repository.h"

#include "core/contact/text.h"
#include "core/store/journal/journaled_tables.h"

#include <array>

namespace outrider::store {

namespace {

struct TextColumn {
    const char* name;
    std::string Company::*member;
};
constexpr std::array textColumns{
    TextColumn{"domain", &Company::domain},
    TextColumn{"name", &Company::name},
    TextColumn{"short_name", &Company::shortName},
    TextColumn{"industry", &Company::industry},
    TextColumn{"revenue", &Company::revenue},
    TextColumn{"phone", &Company::phone},
    TextColumn{"website", &Company::website},
    TextColumn{"linkedin_url", &Company::linkedinUrl},
    TextColumn{"city", &Company::city},
    TextColumn{"region", &Company::region},
    TextColumn{"country", &Company::country},
    TextColumn{"external_id", &Company::externalId},
};

std::string nameKey(std::string_view name) { return contact::unaccented(contact::collapsed(name)); }

} // namespace

std::optional<Company> CompanyRepository::find(CompanyId id) {
    static const std::string sql = [] {
        std::string text = "SELECT id, employees, created_at";
        for (const TextColumn& column : textColumns)
            text += std::string(", ") + column.name;
        return text + " FROM company WHERE id = ?1";
    }();
    Statement row = m_db.query(sql, id);
    if (!row.step())
        return std::nullopt;
    Company company{.id = row.id<CompanyId>(0), .employees = row.optionalInteger(1), .createdAt = row.instant(2)};
    int column = 3;
    for (const TextColumn& text : textColumns)
        company.*text.member = row.text(column++);
    return company;
}

std::optional<CompanyId> CompanyRepository::findByDomain(std::string_view domain) {
    if (domain.empty())
        return std::nullopt;
    Statement row = m_db.query("SELECT id FROM company WHERE domain = ?1 AND domain <> ''", domain);
    return row.step() ? std::optional(row.id<CompanyId>(0)) : std::nullopt;
}

std::optional<CompanyId> CompanyRepository::findByName(std::string_view name) {
    const std::string key = nameKey(name);
    if (key.empty())
        return std::nullopt;
    Statement row = m_db.query("SELECT id FROM company WHERE name_key = ?1 AND name_key <> '' AND domain = ''"
                               " ORDER BY id LIMIT 1",
                               key);
    return row.step() ? std::optional(row.id<CompanyId>(0)) : std::nullopt;
}

CompanyId CompanyRepository::findOrCreate(WriteContext& write, const Company& company) {
    if (company.domain.empty() && nameKey(company.name).empty())
        return {};
    auto known = company.domain.empty() ? findByName(company.name) : findByDomain(company.domain);
    if (!known && company.domain.empty()) { // one company of that name, its domain known meanwhile
        Statement row = m_db.query("SELECT id FROM company WHERE name_key = ?1 AND name_key <> '' ORDER BY id LIMIT 2",
                                   nameKey(company.name));
        if (row.step()) {
            const auto id = row.id<CompanyId>(0);
            if (!row.step())
                known = id;
        }
    }
    if (!known && !company.domain.empty()) // known by name so far; now its domain is told
        known = findByName(company.name);
    if (!known) {
        Company made = company;
        insert(write, made);
        return made.id;
    }
    const auto before = find(*known);
    Company after = *before;
    for (const TextColumn& text : textColumns) {
        if ((after.*text.member).empty())
            after.*text.member = company.*text.member;
    }
    if (!after.employees)
        after.employees = company.employees;
    if (after != *before)
        update(write, *before, after);
    return *known;
}

void CompanyRepository::insert(WriteContext& write, Company& company) {
    static const std::string sql = [] {
        std::string names = "id, employees, created_at, name_key";
        std::string places = "?1, ?2, ?3, ?4";
        int place = 4;
        for (const TextColumn& column : textColumns) {
            names += std::string(", ") + column.name;
            places += ", ?" + std::to_string(++place);
        }
        return "INSERT INTO company(" + names + ") VALUES (" + places + ")";
    }();
    company.id = write.newId<CompanyId>();
    if (company.createdAt == Instant{})
        company.createdAt = write.now;
    Statement insert = m_db.prepare(sql);
    insert.bind(company.id, company.employees, company.createdAt, nameKey(company.name));
    int place = 5;
    for (const TextColumn& text : textColumns)
        insert.bindText(place++, company.*text.member);
    insert.run();
    if (write.bulk() != nullptr)
        write.bulk()->inserted(journaledTable("company")->number, company.id.value);
}

void CompanyRepository::update(WriteContext&, const Company& before, const Company& after) {
    for (const TextColumn& text : textColumns) {
        if (before.*text.member != after.*text.member)
            m_db.run(std::string("UPDATE company SET ") + text.name + " = ?1 WHERE id = ?2", after.*text.member, after.id);
    }
    if (before.name != after.name)
        m_db.run("UPDATE company SET name_key = ?1 WHERE id = ?2", nameKey(after.name), after.id);
    if (before.employees != after.employees)
        m_db.run("UPDATE company SET employees = ?1 WHERE id = ?2", after.employees, after.id);
}

int CompanyRepository::leadCount(CompanyId id) {
    return static_cast<int>(m_db.integer("SELECT count(*) FROM lead WHERE company_id = ?1 AND trashed_at IS NULL", id));
}

} // namespace outrider::store
