// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/import_plan.h"

#include "core/contact/text.h"
#include "core/domain/field.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/company_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/member_repository.h"
#include "core/store/repositories/status_repository.h"
#include "core/store/repositories/suppression_repository.h"

#include <algorithm>
#include <array>

namespace outrider {

using namespace outrider::store;
using exchange::LeadRow;
using exchange::MergeRule;

namespace {

constexpr int notesCompared = 50;

MergeRule ruleOf(ImportPolicy policy) {
    switch (policy) {
    case ImportPolicy::FillBlanks:
        return MergeRule::FillBlanks;
    case ImportPolicy::Overwrite:
        return MergeRule::Overwrite;
    case ImportPolicy::Skip:
        break;
    }
    return MergeRule::Keep;
}

std::string nameKey(std::string_view name) { return contact::unaccented(contact::collapsed(name)); }

// Whether the row's company is the one the lead is at already.
bool isSameCompany(const Company& mine, const Company& file) {
    if (!mine.domain.empty() && !file.domain.empty())
        return mine.domain == file.domain;
    return !file.name.empty() && nameKey(mine.name) == nameKey(file.name);
}

bool isSuppressed(Connection& db, const ImportSuppression& entry) {
    SuppressionRepository suppressions(db);
    return entry.kind == SuppressionKind::Email ? suppressions.forEmail(entry.key).has_value()
                                                : suppressions.forPhone(entry.key).has_value();
}

struct CompanyField {
    std::string_view field;
    std::string Company::*member;
};
constexpr std::array companyFields{
    CompanyField{"company", &Company::name},
    CompanyField{"company_short", &Company::shortName},
    CompanyField{"company_industry", &Company::industry},
    CompanyField{"company_revenue", &Company::revenue},
    CompanyField{"company_phone", &Company::phone},
    CompanyField{"company_website", &Company::website},
    CompanyField{"company_linkedin_url", &Company::linkedinUrl},
    CompanyField{"company_city", &Company::city},
    CompanyField{"company_region", &Company::region},
    CompanyField{"company_country", &Company::country},
    CompanyField{"company_external_id", &Company::externalId},
};

void addDifferences(std::vector<exchange::FieldDifference>& differences, const Company& before, const Company& after) {
    for (const CompanyField& field : companyFields) {
        if (before.*field.member != after.*field.member)
            differences.push_back({std::string(field.field), before.*field.member, after.*field.member, false});
    }
    const auto text = [](const std::optional<std::int64_t>& count) { return count ? std::to_string(*count) : std::string(); };
    if (before.employees != after.employees)
        differences.push_back({"company_employees", text(before.employees), text(after.employees), false});
}

} // namespace

std::vector<ImportSuppression> suppressionsOf(const Lead& lead, const LeadRow& row) {
    std::vector<ImportSuppression> all;
    const auto add = [&](SuppressionKind kind, const std::string& key, SuppressionReason reason) {
        if (!key.empty())
            all.push_back({kind, key, reason});
    };
    const SuppressionReason reason = row.doNotContact ? SuppressionReason::DoNotContact : SuppressionReason::Imported;
    if (row.refusesEmail)
        add(SuppressionKind::Email, lead.emailKey, reason);
    if (row.refusesPhone)
        add(SuppressionKind::Phone, lead.phoneKey, reason);
    for (const ContactPoint& contact : lead.otherContacts) {
        if (contact.kind == ContactKind::Email && row.refusesEmail)
            add(SuppressionKind::Email, contact.key, reason);
        if (contact.kind == ContactKind::Phone && row.refusesPhone)
            add(SuppressionKind::Phone, contact.key, reason);
    }
    if (row.bounced && !row.refusesEmail) // the row's own address, whatever else the lead has
        add(SuppressionKind::Email, row.lead.emailKey, SuppressionReason::HardBounce);
    return all;
}

Reach reachAfter(Reach before, const Lead& lead, const LeadRow& row) {
    Reach said = Reach::Ok;
    if (row.doNotContact)
        said = Reach::DoNotContact;
    else if (row.refusesEmail)
        said = Reach::OptedOut;
    else if (row.bounced && lead.emailKey == row.lead.emailKey)
        said = Reach::Bounced;
    return std::max(before, said);
}

ImportNames ImportNames::read(Connection& db) {
    return {.statuses = StatusRepository(db).all(), .members = MemberRepository(db).all()};
}

std::optional<StatusId> ImportNames::status(std::string_view called) const {
    const std::string key = toFieldKey(contact::unaccented(called));
    if (key.empty())
        return std::nullopt;
    for (const Status& status : statuses) {
        if (status.key == key || toFieldKey(contact::unaccented(status.name)) == key)
            return status.id;
    }
    return key == "unqualified" ? std::optional(statuses::disqualified) : std::nullopt;
}

std::optional<MemberId> ImportNames::member(std::string_view called) const {
    const std::string wanted = nameKey(called);
    for (const Member& member : members) {
        if (contact::unaccented(member.name) == wanted || (!member.email.empty() && contact::folded(member.email) == wanted))
            return member.id;
    }
    return std::nullopt;
}

bool ImportNames::isTerminal(StatusId id) const {
    return std::any_of(statuses.begin(), statuses.end(), [id](const Status& s) { return s.id == id && s.isTerminal(); });
}

bool LeadUpdate::changesAnything() const {
    return after != before || status || reach != before.reach || relinks || !owner.empty() || addsNote || companyBefore
           || !suppressions.empty();
}

LeadUpdate planUpdate(Connection& db, LeadId id, const LeadRow& row, ImportPolicy policy, const ImportNames& names) {
    const auto known = LeadRepository(db).find(id);
    if (!known)
        throw StoreException(Error(ErrorCode::NotFound, "lead " + std::to_string(id.value)));
    const MergeRule rule = ruleOf(policy);
    exchange::Merged merged = exchange::merged(*known, row.lead, rule);
    LeadUpdate update{.before = *known, .after = std::move(merged.lead), .differences = std::move(merged.differences)};

    update.reach = reachAfter(known->reach, update.after, row);
    for (ImportSuppression& entry : suppressionsOf(policy == ImportPolicy::Skip ? row.lead : update.after, row)) {
        if (!isSuppressed(db, entry))
            update.suppressions.push_back(std::move(entry));
    }
    if (policy == ImportPolicy::Skip) // a refusal is never skipped
        return update;

    if (!row.owner.empty()) {
        const bool takes = !known->owner || (policy == ImportPolicy::Overwrite && names.member(row.owner) != known->owner);
        if (takes)
            update.owner = row.owner;
    }
    if (row.replied && known->status == statuses::newLead)
        update.status = statuses::replied;
    if (row.doNotContact && !names.isTerminal(known->status))
        update.status = statuses::disqualified;
    if (!row.note.empty()) {
        const auto notes = ActivityRepository(db).notes(id, notesCompared);
        update.addsNote = std::none_of(notes.begin(), notes.end(), [&](const Activity& note) { return note.text == row.note; });
    }
    const auto mine = known->company ? CompanyRepository(db).find(known->company) : std::nullopt;
    if (mine && (isSameCompany(*mine, row.company) || row.company.name.empty())) {
        if (row.company.domain.empty() || mine->domain.empty() || row.company.domain == mine->domain) {
            update.companyAfter = exchange::merged(*mine, row.company, rule);
            if (update.companyAfter != *mine) {
                addDifferences(update.differences, *mine, update.companyAfter);
                update.companyBefore = mine;
            }
        }
    } else if (!mine || update.after.companyName != known->companyName) {
        update.relinks = !row.company.name.empty() || !row.company.domain.empty();
    }
    return update;
}

CompanyUpdate planCompany(Connection& db, const Company& row, ImportPolicy policy) {
    CompanyRepository companies(db);
    auto known = companies.findByDomain(row.domain);
    if (!known)
        known = companies.findByName(row.name);
    if (!known)
        return {.after = row};
    CompanyUpdate update{.before = companies.find(*known)};
    update.after = exchange::merged(*update.before, row, ruleOf(policy));
    if (update.after.domain.empty() && !row.domain.empty() && policy != ImportPolicy::Skip)
        update.after.domain = row.domain; // nobody has it, or it would have been found by it
    addDifferences(update.differences, *update.before, update.after);
    return update;
}

std::string companyKeyOf(const Company& company) {
    return company.domain.empty() ? "name " + nameKey(company.name) : "domain " + company.domain;
}

} // namespace outrider
