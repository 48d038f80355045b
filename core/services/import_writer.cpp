// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/import_writer.h"

#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/company_repository.h"
#include "core/store/repositories/enrolment_repository.h"
#include "core/store/repositories/import_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/member_repository.h"
#include "core/store/repositories/suppression_repository.h"

#include <algorithm>

namespace outrider {

using namespace outrider::store;
using exchange::LeadRow;

namespace {

constexpr std::size_t rowsTogether = 500; // some 20 ms, which no waiting write interrupts

void stopEnrolments(WriteContext& write, LeadId lead, StopReason reason) {
    EnrolmentRepository enrolments(write.db);
    for (const Enrolment& enrolment : enrolments.ofLead(lead)) {
        if (enrolment.isRunning())
            enrolments.stop(write, enrolment.id, reason);
    }
}

std::uint64_t hashOf(const Company& company) {
    std::uint64_t hash = std::hash<std::int64_t>()(company.employees.value_or(-1));
    for (const std::string* text :
         {&company.domain, &company.name, &company.shortName, &company.industry, &company.revenue, &company.phone,
          &company.website, &company.linkedinUrl, &company.city, &company.region, &company.country, &company.externalId})
        hash = hash * 0x9E3779B97F4A7C15U + std::hash<std::string>()(*text);
    return hash;
}

StopReason stopReasonOf(Reach reach) {
    switch (reach) {
    case Reach::Bounced:
        return StopReason::Bounce;
    case Reach::OptedOut:
        return StopReason::OptOut;
    case Reach::Ok:
    case Reach::DoNotContact:
        break;
    }
    return StopReason::DoNotContact;
}

} // namespace

ImportWriter::ImportWriter(const ImportOptions& options, const ImportSource& source, MemberId me)
    : m_policy(options.policy),
      m_fileName(source.fileName()),
      m_origin(source.origin()),
      m_me(me),
      m_matcher(options.key) {
    m_batch.fileName = source.fileName();
    m_batch.format = source.format();
    m_batch.mapping = source.mappingJson();
}

std::size_t ImportWriter::write(WriteContext& write, std::span<Item> items, const std::function<bool()>& goesOn) {
    if (!m_batch.id) {
        ImportRepository(write.db).insert(write, m_batch);
        m_matcher.begin(write.db);
    }
    m_names = ImportNames::read(write.db);
    WriteContext::SearchLater search(write);
    std::size_t taken = 0;
    while (taken < items.size() && (taken == 0 || goesOn())) {
        const auto some = items.subspan(taken, std::min(items.size() - taken, rowsTogether));
        writeSome(write, some);
        taken += some.size();
    }
    search.finish();
    ImportRepository(write.db).updateCounts(write, m_batch);
    return taken;
}

void ImportWriter::writeSome(WriteContext& write, std::span<Item> items) {
    m_pending.clear();
    m_pendingOf.clear();
    m_errors.clear();
    for (Item& item : items)
        take(write, item);
    for (Pending& pending : m_pending) {
        pending.company = companyOf(write, pending.row.company);
        pending.owner = pending.row.owner.empty() ? m_me : ownerOf(write, pending.row.owner);
        if (pending.row.lead.companyName.empty() && pending.company) {
            const auto known = CompanyRepository(write.db).find(pending.company);
            pending.row.lead.companyName = known ? known->name : std::string();
        }
    }
    insertPending(write);
}

void ImportWriter::othersWrote(const ChangeSet& changes) {
    if (changes.touches(EntityKind::Lead))
        m_matcher.othersWrote();
    if (changes.touches(EntityKind::Company))
        m_companies.clear();
}

void ImportWriter::take(WriteContext& write, Item& item) {
    const LeadRow& row = item.row;
    ++m_batch.rows;
    m_suppressed += row.refuses() ? 1 : 0;
    if (row.problem != exchange::RowProblem::None && !row.deletedThere)
        reject(item, std::string(name(row.problem)), row.problemDetail);
    if (row.deletedThere || !row.isTaken()) {
        m_batch.unchanged += row.deletedThere ? 1 : 0;
        refuseOnly(write, row);
        return;
    }
    if (row.companyOnly) {
        takeCompany(write, row);
        return;
    }
    const ImportMatcher::Match match = m_matcher.find(write.db, row);
    switch (match.kind) {
    case ImportMatcher::Match::Kind::InFile:
        takeAgain(write, item, match.person);
        return;
    case ImportMatcher::Match::Kind::Stored: {
        m_matcher.add(row, match.lead);
        m_leads.push_back(match.lead);
        LeadUpdate update = planUpdate(write.db, match.lead, row, m_policy, m_names);
        const bool changes = update.changesAnything();
        (changes ? m_batch.updated : m_batch.unchanged) += 1;
        if (changes)
            apply(write, row, std::move(update));
        return;
    }
    case ImportMatcher::Match::Kind::None:
        break;
    }
    ++m_batch.added;
    const std::uint32_t person = m_matcher.add(row);
    m_pendingOf.emplace(person, m_pending.size());
    m_pending.push_back({.row = std::move(item.row), .person = person});
}

// A row that repeats an earlier one fills what that one left blank; another person behind the same
// address is kept to be looked at.
void ImportWriter::takeAgain(WriteContext& write, Item& item, std::uint32_t person) {
    ++m_duplicates;
    if (m_matcher.isNamedOtherwise(person, item.row))
        reject(item, std::string(repeatedRow), std::to_string(m_matcher.rowOf(person)));
    m_matcher.extend(person, item.row);
    if (const auto pending = m_pendingOf.find(person); pending != m_pendingOf.end()) {
        mergeInto(m_pending[pending->second], item.row);
        return;
    }
    const auto policy = m_policy == ImportPolicy::Skip ? ImportPolicy::Skip : ImportPolicy::FillBlanks;
    LeadUpdate update = planUpdate(write.db, m_matcher.leadOf(person), item.row, policy, m_names);
    if (update.changesAnything())
        apply(write, item.row, std::move(update));
}

void ImportWriter::mergeInto(Pending& pending, const LeadRow& row) const {
    LeadRow& mine = pending.row;
    mine.lead = exchange::merged(mine.lead, row.lead, exchange::MergeRule::FillBlanks).lead;
    if (mine.company.name.empty() && mine.company.domain.empty())
        mine.company = row.company;
    else
        mine.company = exchange::merged(mine.company, row.company, exchange::MergeRule::FillBlanks);
    mine.refusesEmail |= row.refusesEmail;
    mine.refusesPhone |= row.refusesPhone;
    mine.doNotContact |= row.doNotContact;
    mine.bounced |= row.bounced && row.lead.emailKey == mine.lead.emailKey;
    mine.replied |= row.replied;
    if (mine.refusal.empty())
        mine.refusal = row.refusal;
    if (mine.owner.empty())
        mine.owner = row.owner;
    if (mine.status.empty())
        mine.status = row.status;
    if (mine.note.empty())
        mine.note = row.note;
    else if (!row.note.empty() && row.note != mine.note)
        mine.note += "\n\n" + row.note;
}

void ImportWriter::takeCompany(WriteContext& write, const LeadRow& row) {
    if (!m_companyRows.emplace(companyKeyOf(row.company), row.number).second) {
        ++m_duplicates;
        companyOf(write, row.company);
        return;
    }
    const CompanyUpdate update = planCompany(write.db, row.company, m_policy);
    CompanyRepository companies(write.db);
    if (!update.before) {
        ++m_batch.added;
        Company made = update.after;
        companies.insert(write, made);
    } else if (update.after != *update.before) {
        ++m_batch.updated;
        companies.update(write, *update.before, update.after);
    } else {
        ++m_batch.unchanged;
    }
}

void ImportWriter::apply(WriteContext& write, const LeadRow& row, LeadUpdate update) {
    LeadRepository leads(write.db);
    ActivityRepository activities(write.db);
    const LeadId id = update.before.id;
    if (update.companyBefore)
        CompanyRepository(write.db).update(write, *update.companyBefore, update.companyAfter);
    if (update.relinks) {
        update.after.company = companyOf(write, row.company);
        if (update.after.companyName.empty()) {
            const auto company = CompanyRepository(write.db).find(update.after.company);
            update.after.companyName = company ? company->name : std::string();
        }
    }
    if (!update.owner.empty())
        update.after.owner = ownerOf(write, update.owner);
    if (update.after != update.before) {
        leads.update(write, update.before, update.after);
        Activity imported{.lead = id, .kind = ActivityKind::Imported, .subject = trace(row)};
        activities.append(write, imported);
    }
    if (update.reach != update.before.reach) {
        stopEnrolments(write, id, stopReasonOf(update.reach));
        leads.setReach(write, id, update.reach);
    }
    if (update.status) {
        const auto key = [&](StatusId status) {
            for (const Status& known : m_names.statuses) {
                if (known.id == status)
                    return known.key;
            }
            return std::string();
        };
        leads.setStatus(write, id, *update.status);
        Activity changed{
            .lead = id, .kind = ActivityKind::StatusChanged, .subject = key(update.before.status) + " → " + key(*update.status)};
        activities.append(write, changed);
    }
    if (update.addsNote) {
        Activity note{.lead = id, .kind = ActivityKind::Note, .text = row.note};
        activities.append(write, note);
    }
    if (row.refuses() && (!update.suppressions.empty() || update.reach != update.before.reach)) {
        Activity refused{.lead = id, .kind = ActivityKind::OptOut, .subject = "imported", .text = row.refusal};
        activities.append(write, refused);
    }
    addSuppressions(write, update.suppressions);
}

void ImportWriter::insertPending(WriteContext& write) {
    if (m_pending.empty() && m_errors.empty())
        return;
    WriteContext::BulkInsert bulk(write);
    std::vector<Lead*> leads;
    for (Pending& pending : m_pending) {
        complete(pending);
        leads.push_back(&pending.row.lead);
    }
    LeadRepository(write.db).insertAll(write, leads, m_batch.id);
    std::vector<Activity> activities;
    for (const Pending& pending : m_pending) {
        const LeadRow& row = pending.row;
        const LeadId id = row.lead.id;
        m_matcher.setLead(pending.person, id);
        m_leads.push_back(id);
        activities.push_back({.lead = id, .kind = ActivityKind::Imported, .subject = trace(row)});
        if (!row.note.empty())
            activities.push_back({.lead = id, .kind = ActivityKind::Note, .text = row.note});
        if (row.refuses())
            activities.push_back({.lead = id, .kind = ActivityKind::OptOut, .subject = "imported", .text = row.refusal});
    }
    ActivityRepository(write.db).appendAll(write, activities);
    for (const Pending& pending : m_pending)
        addSuppressions(write, suppressionsOf(pending.row.lead, pending.row));
    for (const ImportError& error : m_errors)
        ImportRepository(write.db).addError(write, error);
    bulk.finish();
}

// What a new lead has besides what its row says of it.
void ImportWriter::complete(Pending& pending) const {
    const LeadRow& row = pending.row;
    Lead& lead = pending.row.lead;
    lead.company = pending.company;
    lead.owner = pending.owner;
    lead.reach = reachAfter(Reach::Ok, lead, row);
    if (lead.source.empty())
        lead.source = m_origin;
    lead.status = m_names.status(row.status).value_or(statuses::newLead);
    if (row.doNotContact && !m_names.isTerminal(lead.status))
        lead.status = statuses::disqualified;
    else if (row.replied && !m_names.isTerminal(lead.status))
        lead.status = statuses::replied;
}

void ImportWriter::reject(const Item& item, std::string code, std::string detail) {
    ++m_batch.errors;
    m_errors.push_back({.import = m_batch.id,
                        .rowNumber = item.row.number,
                        .code = std::move(code),
                        .detail = std::move(detail),
                        .cells = item.cells});
}

// There is no lead to take, but who does not want to be written to is not written to.
void ImportWriter::refuseOnly(WriteContext& write, const LeadRow& row) {
    if (row.refuses() || row.bounced)
        addSuppressions(write, suppressionsOf(row.lead, row));
}

void ImportWriter::addSuppressions(WriteContext& write, const std::vector<ImportSuppression>& entries) {
    SuppressionRepository suppressions(write.db);
    for (const ImportSuppression& entry : entries)
        suppressions.add(write, entry.kind, entry.key, entry.reason, m_fileName);
}

// Rows of one company usually say the same of it.
CompanyId ImportWriter::companyOf(WriteContext& write, const Company& company) {
    if (company.domain.empty() && company.name.empty())
        return {};
    const std::uint64_t key = std::hash<std::string>()(companyKeyOf(company));
    const std::uint64_t said = hashOf(company);
    const auto known = m_companies.find(key);
    if (known != m_companies.end() && known->second.said == said)
        return known->second.id;
    const CompanyId id = CompanyRepository(write.db).findOrCreate(write, company);
    m_companies.insert_or_assign(key, KnownCompany{said, id});
    return id;
}

MemberId ImportWriter::ownerOf(WriteContext& write, const std::string& called) {
    if (const auto known = m_names.member(called))
        return *known;
    const MemberId made = MemberRepository(write.db).findOrCreate(write, called);
    m_names.members = MemberRepository(write.db).all();
    return made;
}

// Where the lead came from, for its timeline: "contacts.csv:1204".
std::string ImportWriter::trace(const LeadRow& row) const { return m_fileName + ':' + std::to_string(row.number); }

} // namespace outrider
