// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/merge_flow.h"

#include "core/domain/activity.h"
#include "core/domain/lead.h"
#include "core/outreach/send_flow.h"
#include "core/store/journal/provenance.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/enrolment_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/member_repository.h"
#include "core/store/repositories/merge_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/status_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/suppression_repository.h"
#include "core/store/repositories/task_repository.h"

#include <algorithm>
#include <array>
#include <map>

namespace outrider {

using namespace outrider::store;

namespace {

struct TextField {
    std::string_view name; // core/domain/field.h
    std::string Lead::*member;
};
// In the order a page shows them.
constexpr std::array textFields{
    TextField{"salutation", &Lead::salutation},
    TextField{"first_name", &Lead::firstName},
    TextField{"middle_name", &Lead::middleName},
    TextField{"last_name", &Lead::lastName},
    TextField{"job_title", &Lead::jobTitle},
    TextField{"department", &Lead::department},
    TextField{"company", &Lead::companyName},
    TextField{"email", &Lead::email},
    TextField{"phone", &Lead::phone},
    TextField{"linkedin_url", &Lead::linkedinUrl},
    TextField{"street", &Lead::street},
    TextField{"postal_code", &Lead::postalCode},
    TextField{"city", &Lead::city},
    TextField{"region", &Lead::region},
    TextField{"country", &Lead::country},
    TextField{"time_zone", &Lead::timeZone},
    TextField{"language", &Lead::language},
    TextField{"source", &Lead::source},
    TextField{"external_id", &Lead::externalId},
};

class Comparing {
public:
    Comparing(Connection& db, const Lead& kept, const Lead& gone, const MergeChoice& choice)
        : m_db(db),
          m_kept(kept),
          m_gone(gone),
          m_choice(choice) {}

    Result<MergeComparison> compare() {
        m_result.kept = m_kept.id;
        m_result.gone = m_gone.id;
        m_result.keptName = displayName(m_kept);
        m_result.goneName = displayName(m_gone);
        compareFields();
        OUTRIDER_TRY(choose());
        addMoments();
        m_result.moves = MergeRepository(m_db).counts(m_kept.id, m_gone.id);
        findTwice();
        findInFlight();
        return std::move(m_result);
    }

private:
    using Why = MergeWhy;

    void add(std::string field, std::string kept, std::string gone, bool takesGone = false, Why why = Why::Stays) {
        if (kept.empty() && gone.empty())
            return;
        if (kept == gone)
            why = Why::Same;
        else if (gone.empty())
            why = Why::OnlyKept;
        else if (kept.empty())
            why = Why::OnlyGone;
        const bool takes = why == Why::OnlyGone || (takesGone && why != Why::Same && why != Why::OnlyKept);
        m_result.fields.push_back({.field = std::move(field),
                                   .kept = std::move(kept),
                                   .gone = std::move(gone),
                                   .takesGone = takes,
                                   .why = why,
                                   .choosable = why != Why::Same,
                                   .keptSaid = {},
                                   .goneSaid = {}});
    }

    void compareFields() {
        for (const TextField& text : textFields) {
            // Another spelling of one address is the same one.
            const bool sameEmail = text.name == "email" && !m_kept.emailKey.empty() && m_kept.emailKey == m_gone.emailKey;
            const bool bounced = text.name == "email" && m_kept.reach == Reach::Bounced && m_gone.reach == Reach::Ok;
            add(std::string(text.name), m_kept.*text.member, sameEmail ? m_kept.email : m_gone.*text.member, bounced,
                bounced ? Why::Reachable : Why::Stays);
        }
        compareStatus();
        std::map<MemberId, std::string> names;
        for (const Member& member : MemberRepository(m_db).all())
            names.emplace(member.id, member.name);
        add("owner", m_kept.owner ? names[m_kept.owner] : std::string(), m_gone.owner ? names[m_gone.owner] : std::string());
        const bool higher = m_gone.score > m_kept.score;
        add("score", std::to_string(m_kept.score), std::to_string(m_gone.score), higher, higher ? Why::Higher : Why::Stays);
        std::set<std::string> keys;
        for (const auto& [key, value] : m_kept.custom)
            keys.insert(key);
        for (const auto& [key, value] : m_gone.custom)
            keys.insert(key);
        const auto said = [](const Lead& lead, const std::string& key) {
            const auto found = lead.custom.find(key);
            return found == lead.custom.end() ? std::string() : found->second;
        };
        for (const std::string& key : keys)
            add("custom:" + key, said(m_kept, key), said(m_gone, key));
    }

    void compareStatus() {
        StatusRepository statuses(m_db);
        const auto kept = statuses.find(m_kept.status);
        const auto gone = statuses.find(m_gone.status);
        if (!kept || !gone)
            return;
        // What ended work holds; of two open ones, that of who is further.
        const bool ends = gone->isTerminal() && !kept->isTerminal();
        const bool further = gone->isTerminal() == kept->isTerminal() && !gone->isTerminal() && gone->position > kept->position;
        add("status", kept->key, gone->key, ends || further, ends || further ? Why::Final : Why::Stays);
    }

    // Of two, whoever may be reached less. That an address bounced is told of that address alone.
    void compareReach() {
        const bool goneEmail = std::ranges::any_of(
            m_result.fields, [](const MergeField& field) { return field.field == "email" && field.takesGone; });
        const auto of = [](const Lead& lead, bool addressTaken) {
            return lead.reach == Reach::Bounced && !addressTaken ? Reach::Ok : lead.reach;
        };
        const bool same = m_kept.emailKey == m_gone.emailKey;
        const Reach kept = of(m_kept, !goneEmail || same);
        const Reach gone = of(m_gone, goneEmail || same);
        if (kept == Reach::Ok && gone == Reach::Ok && m_kept.reach == Reach::Ok)
            return;
        const Reach wanted = std::max(kept, gone);
        m_result.fields.push_back({.field = "reach",
                                   .kept = std::string(name(m_kept.reach)),
                                   .gone = std::string(name(m_gone.reach)),
                                   .takesGone = wanted != m_kept.reach,
                                   .why = Why::Stricter,
                                   .choosable = false,
                                   .keptSaid = {},
                                   .goneSaid = {}});
    }

    Result<> choose() {
        for (const bool gone : {false, true}) {
            for (const std::string& field : gone ? m_choice.takeGone : m_choice.takeKept) {
                const auto found = std::ranges::find(m_result.fields, field, &MergeField::field);
                const bool other = gone ? m_choice.takeKept.contains(field) : m_choice.takeGone.contains(field);
                if (found == m_result.fields.end() || !found->choosable || other) {
                    if (found != m_result.fields.end() && found->why == Why::Same && !other)
                        continue; // either is right
                    return fail(ErrorCode::InvalidField, field);
                }
                if (found->takesGone != gone) {
                    found->takesGone = gone;
                    found->why = Why::Chosen;
                }
            }
        }
        compareReach(); // which address is the first one decides whether that one bounced
        return {};
    }

    void addMoments() {
        const auto momentsOf = [this](LeadId lead) {
            std::map<std::string, Instant> moments;
            for (const FieldOrigin& origin : provenance(m_db, lead))
                moments.emplace(origin.field, origin.entry.at);
            return moments;
        };
        const auto kept = momentsOf(m_kept.id);
        const auto gone = momentsOf(m_gone.id);
        for (MergeField& field : m_result.fields) {
            if (const auto said = kept.find(field.field); said != kept.end() && said->second != Instant{})
                field.keptSaid = said->second;
            if (const auto said = gone.find(field.field); said != gone.end() && said->second != Instant{})
                field.goneSaid = said->second;
        }
    }

    void findTwice() {
        EnrolmentRepository enrolments(m_db);
        for (const Enrolment& enrolment : enrolments.ofLead(m_gone.id)) {
            if (!enrolment.isRunning() || !enrolments.running(m_kept.id, enrolment.strategy))
                continue;
            if (const auto strategy = StrategyRepository(m_db).find(enrolment.strategy))
                m_result.strategiesTwice.push_back(strategy->name);
        }
    }

    void findInFlight();

    Connection& m_db;
    const Lead& m_kept;
    const Lead& m_gone;
    const MergeChoice& m_choice;
    MergeComparison m_result;
};

// Of two runs of one strategy, the one that has come further goes on; of equals, the older one.
bool goesOn(const Enrolment& a, const Enrolment& b) {
    if (a.nextStep != b.nextStep)
        return a.nextStep > b.nextStep;
    return a.enrolledAt != b.enrolledAt ? a.enrolledAt < b.enrolledAt : a.id < b.id;
}

struct Twice {
    Enrolment kept;
    Enrolment gone;
    const Enrolment& ends() const { return goesOn(kept, gone) ? gone : kept; }
};

std::vector<Twice> twiceRunning(Connection& db, LeadId kept, LeadId gone) {
    std::vector<Twice> twice;
    EnrolmentRepository enrolments(db);
    for (const Enrolment& enrolment : enrolments.ofLead(gone)) {
        if (!enrolment.isRunning())
            continue;
        if (const auto other = enrolments.running(kept, enrolment.strategy))
            twice.push_back({*other, enrolment});
    }
    return twice;
}

void Comparing::findInFlight() {
    std::vector<EnrolmentId> ending;
    for (const Twice& each : twiceRunning(m_db, m_kept.id, m_gone.id))
        ending.push_back(each.ends().id);
    OutboxRepository outbox(m_db);
    std::vector<OutboxItem> items; // by the time they may leave
    for (const OutboxId id : MergeRepository(m_db).inFlight(m_kept.id, m_gone.id)) {
        if (auto item = outbox.find(id))
            items.push_back(*std::move(item));
    }
    // One stays. What is being sent, or may have left, is it.
    bool stays = std::ranges::any_of(items, [](const OutboxItem& item) { return !canTakeBack(item.state); });
    for (const OutboxItem& item : items) {
        MergeInFlight message{.id = item.id, .subject = item.subject, .recipient = item.recipient, .state = item.state};
        const bool ends = item.enrolment && std::ranges::find(ending, item.enrolment) != ending.end();
        message.dropped = canTakeBack(item.state) && (ends || stays);
        stays = stays || !message.dropped;
        m_result.inFlight.push_back(std::move(message));
    }
}

} // namespace

Result<MergeComparison> MergeFlow::compare(Connection& db, LeadId keptId, LeadId goneId, const MergeChoice& choice) {
    if (keptId == goneId)
        return fail(ErrorCode::InvalidArgument, "a lead and itself");
    LeadRepository leads(db);
    const auto kept = leads.find(keptId);
    const auto gone = leads.find(goneId);
    if (!kept || !gone)
        return fail(ErrorCode::NotFound, "lead " + std::to_string((kept ? goneId : keptId).value));
    if (kept->trashedAt || gone->trashedAt)
        return fail(ErrorCode::InvalidArgument, "in the trash: " + displayName(kept->trashedAt ? *kept : *gone));
    return Comparing(db, *kept, *gone, choice).compare();
}

Result<MergeReport> MergeFlow::merge(LeadId kept, LeadId gone, const MergeChoice& choice) {
    OUTRIDER_ASSIGN(MergeComparison decided, compare(m_write.db, kept, gone, choice));
    MergeRepository merges(m_write.db);
    const std::int64_t mark = merges.mark();
    m_write.describe(decided.goneName == decided.keptName ? decided.keptName : decided.goneName + " → " + decided.keptName);
    // Who they are in full, before anything of it changes.
    const Lead goneLead = *LeadRepository(m_write.db).find(gone);
    endOneOfTwo(decided);
    merges.moveChildren(m_write, kept, gone);
    takeFields(decided);
    dropMessages(decided);
    holdReach(decided);
    LeadRepository(m_write.db).setTrashed(m_write, gone, true);
    Activity merged{.lead = kept, .kind = ActivityKind::Merged, .subject = decided.goneName, .text = goneLead.email};
    ActivityRepository(m_write.db).append(m_write, merged);
    MergeReport report{.id = {}, .action = m_write.action, .done = std::move(decided)};
    report.id = merges.record(m_write, kept, gone, mark);
    return report;
}

void MergeFlow::endOneOfTwo(const MergeComparison& decided) {
    for (const Twice& each : twiceRunning(m_write.db, decided.kept, decided.gone))
        EnrolmentRepository(m_write.db).stop(m_write, each.ends().id, StopReason::Removed);
}

void MergeFlow::takeFields(const MergeComparison& decided) {
    LeadRepository leads(m_write.db);
    MergeRepository merges(m_write.db);
    const Lead before = *leads.find(decided.kept);
    const Lead gone = *leads.find(decided.gone);
    Lead after = before;
    std::optional<StatusId> status;
    for (const MergeField& field : decided.fields) {
        if (!field.takesGone)
            continue;
        const auto text = std::ranges::find(textFields, std::string_view(field.field), &TextField::name);
        if (text != textFields.end())
            after.*text->member = gone.*text->member;
        if (field.field == "email")
            after.emailKey = gone.emailKey;
        else if (field.field == "phone")
            after.phoneKey = gone.phoneKey;
        else if (field.field == "company")
            after.company = gone.company;
        else if (field.field == "owner")
            after.owner = gone.owner;
        else if (field.field == "score")
            after.score = gone.score;
        else if (field.field == "status")
            status = gone.status;
        else if (field.field.starts_with("custom:") && !field.kept.empty())
            merges.takeCustom(m_write, decided.kept, decided.gone, std::string_view(field.field).substr(7));
    }
    after.custom = before.custom; // copied with its rows
    after.otherContacts = before.otherContacts;
    if (!after.company)
        after.company = gone.company;
    leads.update(m_write, before, after);
    // Every way to reach either of them is one to reach who stays.
    const auto keep = [&](ContactPoint contact, const std::string& value, const std::string& key) {
        if (contact.key.empty() ? contact.value != value : contact.key != key)
            merges.addContact(m_write, decided.kept, contact);
    };
    for (const Lead* lead : {&before, &gone}) {
        keep({.kind = ContactKind::Email, .label = {}, .value = lead->email, .key = lead->emailKey}, after.email, after.emailKey);
        keep({.kind = ContactKind::Phone, .label = {}, .value = lead->phone, .key = lead->phoneKey}, after.phone, after.phoneKey);
        keep({.kind = ContactKind::Url, .label = {}, .value = lead->linkedinUrl, .key = {}}, after.linkedinUrl, {});
    }
    if (status)
        leads.setStatus(m_write, decided.kept, *status);
    else if (const auto now = StatusRepository(m_write.db).find(before.status); now && now->isTerminal()) {
        // It was final before the other's strategies came.
        for (const Enrolment& enrolment : EnrolmentRepository(m_write.db).ofLead(decided.kept)) {
            if (enrolment.isRunning())
                EnrolmentRepository(m_write.db).stop(m_write, enrolment.id, StopReason::TerminalStatus);
        }
    }
}

void MergeFlow::holdReach(const MergeComparison& decided) {
    const auto reach = std::ranges::find(decided.fields, "reach", &MergeField::field);
    if (reach == decided.fields.end())
        return;
    LeadRepository leads(m_write.db);
    const auto kept = leads.find(decided.kept);
    const auto gone = leads.find(decided.gone);
    const auto barred = std::max(kept->reach, gone->reach);
    if (barred == Reach::OptedOut || barred == Reach::DoNotContact) {
        leads.setReach(m_write, decided.kept, barred);
        const StopReason why = barred == Reach::OptedOut ? StopReason::OptOut : StopReason::DoNotContact;
        for (const Enrolment& enrolment : EnrolmentRepository(m_write.db).ofLead(decided.kept)) {
            if (enrolment.isRunning())
                EnrolmentRepository(m_write.db).stop(m_write, enrolment.id, why);
        }
        OutboxRepository outbox(m_write.db);
        for (const OutboxId id : MergeRepository(m_write.db).inFlight(decided.kept, decided.gone)) {
            if (const auto item = outbox.find(id); item && canTakeBack(item->state))
                outreach::SendFlow(m_write, m_surroundings).obsolete(*item);
        }
        // Whoever asked not to be written to meant every address of theirs.
        SuppressionRepository suppressions(m_write.db);
        const auto reason = barred == Reach::OptedOut ? SuppressionReason::OptOut : SuppressionReason::DoNotContact;
        const Lead now = *leads.find(decided.kept);
        const auto bar = [&](SuppressionKind kind, const std::string& key) {
            const bool known =
                kind == SuppressionKind::Email ? suppressions.forEmail(key).has_value() : suppressions.forPhone(key).has_value();
            if (!key.empty() && !known)
                suppressions.add(m_write, kind, key, reason, "merged with " + decided.goneName);
        };
        bar(SuppressionKind::Email, now.emailKey);
        bar(SuppressionKind::Phone, now.phoneKey);
        for (const ContactPoint& contact : now.otherContacts) {
            if (contact.kind != ContactKind::Url)
                bar(contact.kind == ContactKind::Email ? SuppressionKind::Email : SuppressionKind::Phone, contact.key);
        }
        return;
    }
    // A bounce is told of one address: the one that is the first now.
    const bool bounced =
        (kept->reach == Reach::Bounced && !reach->takesGone) || (gone->reach == Reach::Bounced && reach->takesGone);
    leads.setReach(m_write, decided.kept, bounced ? Reach::Bounced : Reach::Ok);
}

void MergeFlow::dropMessages(const MergeComparison& decided) {
    OutboxRepository outbox(m_write.db);
    for (const MergeInFlight& message : decided.inFlight) {
        if (!message.dropped)
            continue;
        const auto item = outbox.find(message.id);
        if (item && canTakeBack(item->state)) // that of a run that ended is dropped with it
            outreach::SendFlow(m_write, m_surroundings).dropped(*item);
    }
}

Result<SplitReport> MergeFlow::split(MergeId id) {
    MergeRepository merges(m_write.db);
    const auto merge = merges.find(id);
    if (!merge)
        return fail(ErrorCode::NotFound, "merge " + std::to_string(id.value));
    if (const auto later = merges.later(*merge))
        return fail(ErrorCode::Conflict,
                    merge->keptName + " → " + later->keptName + ", merge " + std::to_string(later->id.value));
    m_write.describe(merge->goneName == merge->keptName ? merge->keptName : merge->goneName + " ← " + merge->keptName);
    auto taken = merges.takeBack(m_write, *merge);
    planAgain(taken.running);
    LeadRepository leads(m_write.db); // called as they were
    taken.report.keptName = displayName(*leads.find(merge->kept));
    taken.report.goneName = displayName(*leads.find(merge->gone));
    return std::move(taken.report);
}

void MergeFlow::planAgain(const std::vector<EnrolmentId>& runs) {
    outreach::StrategyFlow flow(m_write, m_surroundings);
    for (const EnrolmentId run : runs) {
        const auto enrolment = EnrolmentRepository(m_write.db).find(run);
        const bool waits = enrolment && enrolment->isRunning() && !TaskRepository(m_write.db).openOf(run);
        if (waits && !OutboxRepository(m_write.db).isUnderWay(run))
            flow.plan(run);
    }
}

void MergeFlow::undone(LeadId kept, LeadId gone) {
    std::vector<EnrolmentId> runs;
    for (const LeadId lead : {kept, gone}) {
        for (const Enrolment& enrolment : EnrolmentRepository(m_write.db).ofLead(lead))
            runs.push_back(enrolment.id);
    }
    planAgain(runs);
}

} // namespace outrider
