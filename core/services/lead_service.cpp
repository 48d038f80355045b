// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/lead_service.h"

#include "core/contact/domain_name.h"
#include "core/contact/person_name.h"
#include "core/contact/text.h"
#include "core/domain/field.h"
#include "core/outreach/task_flow.h"
#include "core/services/lead_detail.h"
#include "core/services/lead_fields.h"
#include "core/services/service_context.h"
#include "core/store/repositories/activity_repository.h"
#include "core/store/repositories/company_repository.h"
#include "core/store/repositories/custom_field_repository.h"
#include "core/store/repositories/lead_bulk_edit.h"
#include "core/store/repositories/lead_list_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/member_repository.h"
#include "core/store/repositories/saved_view_repository.h"
#include "core/store/repositories/status_repository.h"
#include "core/store/repositories/task_repository.h"

#include <algorithm>
#include <memory>

namespace outrider {

using namespace outrider::store;

namespace {

// Fields that name something in the workspace's own tables.
Result<> setReferences(WriteContext& write, Lead& lead, std::optional<StatusId>& status, const LeadService::FieldValues& values) {
    if (const auto owner = values.find("owner"); owner != values.end())
        lead.owner = owner->second.empty() ? MemberId{} : MemberRepository(write.db).findOrCreate(write, owner->second);
    if (const auto wanted = values.find("status"); wanted != values.end()) {
        const auto found = StatusRepository(write.db).findByKey(wanted->second);
        if (!found)
            return fail(ErrorCode::InvalidArgument, "status: " + wanted->second);
        status = found->id;
    }
    return {};
}

Result<> setFields(Lead& lead, Company& company, const LeadService::FieldValues& values) {
    // The country first: a phone number without a prefix is read by it.
    if (const auto country = values.find("country"); country != values.end())
        OUTRIDER_TRY(setLeadField(lead, company, "country", country->second));
    for (const auto& [field, value] : values) {
        if (field != "owner" && field != "status")
            OUTRIDER_TRY(setLeadField(lead, company, field, value));
    }
    return {};
}

// Of fields that the person made, as their kind keeps them. Unknown ones become text.
Result<LeadService::FieldValues> readCustomValues(WriteContext& write, LeadService::FieldValues values) {
    CustomFieldRepository fields(write.db);
    for (auto& [field, value] : values) {
        const auto key = customFieldKey(field);
        const auto known = key ? fields.find(*key) : std::nullopt;
        if (known) {
            OUTRIDER_ASSIGN(value, readCustomValue(*known, value));
        }
    }
    return values;
}

// The company the lead works for: as told, else by the address's domain.
void linkCompany(WriteContext& write, Lead& lead, Company company) {
    if (company.domain.empty() && !lead.emailKey.empty())
        company.domain = contact::companyDomainOf(lead.emailKey);
    if (company.name.empty())
        company.name = lead.companyName;
    const CompanyId id = CompanyRepository(write.db).findOrCreate(write, company);
    lead.company = id;
    if (lead.companyName.empty() && id) {
        const auto known = CompanyRepository(write.db).find(id);
        lead.companyName = known ? known->name : std::string();
    }
}

Result<std::int64_t> countInSteps(ServiceContext& context, const Filter& filter, const ProgressPtr& progress) {
    LeadListRepository::CountStep step;
    while (!step.done) {
        if (progress && progress->cancelled())
            return fail(ErrorCode::Cancelled);
        OUTRIDER_TRY(wait(context.store().read([&](ReadContext& r) -> Result<> {
            LeadListRepository(r).countMore(step, filter, context.filterContext());
            return {};
        })));
    }
    return step.count;
}

} // namespace

QFuture<Result<LeadPage>> LeadService::page(LeadQuery query) {
    return m_context.store().read([this, query = std::move(query)](ReadContext& r) {
        return LeadListRepository(r).page(query, m_context.filterContext());
    });
}

QFuture<Result<std::int64_t>> LeadService::count(Filter filter, ProgressPtr progress) {
    return m_context.counting().run(
        [this, filter = std::move(filter), progress = std::move(progress)] { return countInSteps(m_context, filter, progress); });
}

QFuture<Result<std::vector<ListCursor>>> LeadService::anchors(LeadQuery query, int pageSize, ProgressPtr progress) {
    return m_context.counting().run(
        [this, query = std::move(query), pageSize, progress = std::move(progress)]() -> Result<std::vector<ListCursor>> {
            LeadListRepository::AnchorStep step;
            while (!step.done) {
                if (progress && progress->cancelled())
                    return fail(ErrorCode::Cancelled);
                OUTRIDER_TRY(wait(m_context.store().read([&](ReadContext& r) {
                    return LeadListRepository(r).anchorsMore(step, query, m_context.filterContext(), pageSize);
                })));
            }
            return std::move(step.anchors);
        });
}

QFuture<Result<std::vector<LeadListRow>>> LeadService::rows(std::vector<LeadId> ids) {
    return m_context.store().read([ids = std::move(ids)](ReadContext& r) -> Result<std::vector<LeadListRow>> {
        std::vector<LeadListRow> rows;
        LeadListRepository list(r);
        for (const LeadId id : ids) {
            if (auto row = list.row(id))
                rows.push_back(std::move(*row));
        }
        return rows;
    });
}

QFuture<Result<LeadDetail>> LeadService::detail(LeadId id) {
    return m_context.store().read(
        [this, id](ReadContext& r) { return readLeadDetail(r.db, id, m_context.surroundings(), r.now); });
}

QFuture<Result<TimelinePage>> LeadService::timeline(LeadId id, std::string after, int limit) {
    return m_context.store().read([id, after = std::move(after), limit](ReadContext& r) {
        return ActivityRepository(r.db).timeline(id, after, limit, r.now);
    });
}

QFuture<Result<LeadId>> LeadService::add(FieldValues values) {
    if (const auto whole = values.extract("full_name")) {
        const contact::PersonName name = contact::splitFullName(whole.mapped());
        for (const auto& [field, part] : {std::pair("salutation", name.salutation), std::pair("first_name", name.first),
                                          std::pair("middle_name", name.middle), std::pair("last_name", name.last)}) {
            if (!part.empty())
                values.try_emplace(field, part);
        }
    }
    std::string subject = values.contains("first_name") ? values["first_name"] : std::string();
    if (values.contains("last_name"))
        subject += (subject.empty() ? "" : " ") + values["last_name"];
    return m_context.store().write(
        m_context.action("lead.add", subject), [this, given = std::move(values)](WriteContext& write) -> Result<LeadId> {
            OUTRIDER_ASSIGN(const FieldValues read, readCustomValues(write, given));
            Lead lead{.owner = m_context.me(), .source = "by hand"};
            Company company;
            std::optional<StatusId> status;
            OUTRIDER_TRY(setFields(lead, company, read));
            OUTRIDER_TRY(setReferences(write, lead, status, read));
            if (!hasIdentity(lead))
                return fail(ErrorCode::InvalidArgument, "a lead needs a name, an e-mail, a phone or a profile");
            LeadRepository leads(write.db);
            if (leads.findByEmailKey(lead.emailKey))
                return fail(ErrorCode::AlreadyExists, lead.email);
            linkCompany(write, lead, std::move(company));
            if (status)
                lead.status = *status;
            leads.insert(write, lead);
            Activity created{.lead = lead.id, .kind = ActivityKind::Created, .subject = lead.source};
            ActivityRepository(write.db).append(write, created);
            return lead.id;
        });
}

QFuture<Result<>> LeadService::edit(LeadId id, FieldValues values) {
    return m_context.store().write(
        m_context.action("lead.edit"), [id, given = std::move(values)](WriteContext& write) -> Result<> {
            OUTRIDER_ASSIGN(const FieldValues read, readCustomValues(write, given));
            LeadRepository leads(write.db);
            const auto before = leads.find(id);
            if (!before)
                return fail(ErrorCode::NotFound, "lead " + std::to_string(id.value));
            Lead after = *before;
            Company company;
            std::optional<StatusId> status;
            OUTRIDER_TRY(setFields(after, company, read));
            OUTRIDER_TRY(setReferences(write, after, status, read));
            if (!hasIdentity(after))
                return fail(ErrorCode::InvalidArgument, "a lead needs a name, an e-mail, a phone or a profile");
            if (read.contains("company") || read.contains("company_domain"))
                linkCompany(write, after, std::move(company));
            leads.update(write, *before, after);
            if (after.noContact != before->noContact)
                outreach::stopBlocked(write, id);
            if (status)
                leads.setStatus(write, id, *status);
            write.describe(displayName(after));
            return {};
        });
}

template <typename Fn>
QFuture<Result<std::int64_t>> LeadService::forMany(std::string_view action, LeadSelection leads, ProgressPtr progress, Fn fn) {
    return m_context.forLeads(
        m_context.action(std::string(action)), leadsOf(m_context, std::move(leads)),
        [fn](WriteContext& write, std::span<const LeadId> these) -> Result<std::int64_t> {
            LeadBulkEdit edit(write);
            return fn(edit, these);
        },
        std::move(progress));
}

QFuture<Result<std::int64_t>> LeadService::setStatus(LeadSelection leads, StatusId status, ProgressPtr progress) {
    return forMany("lead.status", std::move(leads), std::move(progress),
                   [status](LeadBulkEdit& edit, std::span<const LeadId> these) { return edit.setStatus(these, status); });
}

QFuture<Result<std::int64_t>> LeadService::setOwner(LeadSelection leads, MemberId owner, ProgressPtr progress) {
    return forMany("lead.owner", std::move(leads), std::move(progress),
                   [owner](LeadBulkEdit& edit, std::span<const LeadId> these) { return edit.setOwner(these, owner); });
}

QFuture<Result<std::int64_t>> LeadService::addTag(LeadSelection leads, std::string tag, ProgressPtr progress) {
    return forMany("lead.tag", std::move(leads), std::move(progress),
                   [tag = std::move(tag)](LeadBulkEdit& edit, std::span<const LeadId> these) { return edit.addTag(these, tag); });
}

QFuture<Result<std::int64_t>> LeadService::removeTag(LeadSelection leads, std::string tag, ProgressPtr progress) {
    return forMany(
        "lead.untag", std::move(leads), std::move(progress),
        [tag = std::move(tag)](LeadBulkEdit& edit, std::span<const LeadId> these) { return edit.removeTag(these, tag); });
}

bool LeadService::canEditMany(std::string_view field) {
    return field == "owner" || field == "status" || customFieldKey(field) || LeadBulkEdit::takesField(field);
}

QFuture<Result<std::int64_t>> LeadService::editMany(LeadSelection leads, FieldValues values, ProgressPtr progress) {
    const auto refused = [](Error error) { return QtFuture::makeReadyFuture(Result<std::int64_t>(fail(std::move(error)))); };
    Lead plain;
    Company company;
    for (const auto& [field, value] : values) {
        if (!canEditMany(field))
            return refused(Error(ErrorCode::InvalidField, field));
        if (LeadBulkEdit::takesField(field)) {
            if (auto set = setLeadField(plain, company, field, value); !set)
                return refused(set.error());
        }
    }
    return forMany(
        "lead.edit", std::move(leads), std::move(progress),
        [values = std::move(values), plain](LeadBulkEdit& edit, std::span<const LeadId> these) -> Result<std::int64_t> {
            WriteContext& write = edit.context();
            OUTRIDER_ASSIGN(const FieldValues read, readCustomValues(write, values));
            std::int64_t changed = 0; // of the field that changed most: leads, not values
            Lead named;
            std::optional<StatusId> status;
            OUTRIDER_TRY(setReferences(write, named, status, read));
            for (const auto& [field, value] : read) {
                std::int64_t now = 0;
                if (field == "owner")
                    now = edit.setOwner(these, named.owner);
                else if (field == "status")
                    now = edit.setStatus(these, *status);
                else if (const auto key = customFieldKey(field))
                    now = edit.setCustom(these, CustomFieldRepository(write.db).findOrCreate(write, *key), value);
                else
                    now = edit.setField(these, field, plain);
                if (field == "no_contact" && !plain.noContact.empty()) {
                    for (const LeadId id : these)
                        outreach::stopBlocked(write, id);
                }
                changed = std::max(changed, now);
            }
            return changed;
        });
}

QFuture<Result<std::int64_t>> LeadService::setArchived(LeadSelection leads, bool archived, ProgressPtr progress) {
    return forMany(archived ? "lead.archive" : "lead.unarchive", std::move(leads), std::move(progress),
                   [archived](LeadBulkEdit& edit, std::span<const LeadId> these) { return edit.setArchived(these, archived); });
}

QFuture<Result<std::int64_t>> LeadService::setTrashed(LeadSelection leads, bool trashed, ProgressPtr progress) {
    return forMany(trashed ? "lead.trash" : "lead.restore", std::move(leads), std::move(progress),
                   [trashed](LeadBulkEdit& edit, std::span<const LeadId> these) { return edit.setTrashed(these, trashed); });
}

QFuture<Result<>> LeadService::doNotContact(LeadId id) {
    return m_context.store().write(m_context.action("lead.do_not_contact"), [this, id](WriteContext& write) -> Result<> {
        const outreach::Surroundings surroundings = m_context.surroundings();
        const auto lead = LeadRepository(write.db).find(id);
        if (lead)
            write.describe(displayName(*lead));
        return outreach::TaskFlow(write, surroundings, m_context.random())
            .doNotContact(id, SuppressionReason::DoNotContact, "by hand");
    });
}

QFuture<Result<ActivityId>> LeadService::addNote(LeadId id, std::string text) {
    return m_context.store().write(m_context.action("note.add"),
                                   [id, text = std::move(text)](WriteContext& write) -> Result<ActivityId> {
                                       const auto lead = LeadRepository(write.db).find(id);
                                       if (!lead)
                                           return fail(ErrorCode::NotFound, "lead " + std::to_string(id.value));
                                       if (contact::trimmed(text).empty())
                                           return fail(ErrorCode::InvalidArgument, "an empty note");
                                       write.describe(displayName(*lead));
                                       Activity note{.lead = id, .kind = ActivityKind::Note, .text = text};
                                       ActivityRepository(write.db).append(write, note);
                                       return note.id;
                                   });
}

QFuture<Result<ActivityId>> LeadService::logCall(LeadId id, Disposition disposition, std::optional<int> seconds,
                                                 std::string note) {
    return m_context.store().write(
        m_context.action("call.log"),
        [id, disposition, seconds, note = std::move(note)](WriteContext& write) -> Result<ActivityId> {
            const auto lead = LeadRepository(write.db).find(id);
            if (!lead)
                return fail(ErrorCode::NotFound, "lead " + std::to_string(id.value));
            write.describe(displayName(*lead));
            Activity call{
                .lead = id, .kind = ActivityKind::Call, .disposition = disposition, .durationSeconds = seconds, .text = note};
            ActivityRepository(write.db).append(write, call);
            outreach::noteFirstTouch(write, id, "call");
            return call.id;
        });
}

QFuture<Result<TaskId>> LeadService::addTask(LeadId id, Channel channel, std::string title, Instant dueAt) {
    return m_context.store().write(
        m_context.action("task.add"), [id, channel, title = std::move(title), dueAt](WriteContext& write) -> Result<TaskId> {
            const auto lead = LeadRepository(write.db).find(id);
            if (!lead)
                return fail(ErrorCode::NotFound, "lead " + std::to_string(id.value));
            write.describe(displayName(*lead));
            Task task{.lead = id, .channel = channel, .title = contact::collapsed(title), .dueAt = dueAt};
            TaskRepository(write.db).insert(write, task);
            return task.id;
        });
}

QFuture<Result<std::int64_t>> LeadService::addTasks(LeadSelection leads, Channel channel, std::string title, Instant dueAt,
                                                    ProgressPtr progress) {
    return m_context.forEachLead(
        m_context.action("task.add"), leadsOf(m_context, std::move(leads)),
        [channel, title = contact::collapsed(title), dueAt](WriteContext& write, LeadId id) -> Result<bool> {
            Task task{.lead = id, .channel = channel, .title = title, .dueAt = dueAt};
            TaskRepository(write.db).insert(write, task);
            return true;
        },
        std::move(progress));
}

QFuture<Result<std::vector<Status>>> LeadService::statuses() {
    return m_context.store().read([](ReadContext& r) -> Result<std::vector<Status>> { return StatusRepository(r.db).all(); });
}

QFuture<Result<StatusId>> LeadService::addStatus(std::string name, StatusKind kind) {
    auto action = m_context.action("status.add", name); // before the name moves on
    return m_context.store().write(std::move(action), [name = std::move(name), kind](WriteContext& write) -> Result<StatusId> {
        const std::string key = toFieldKey(contact::unaccented(name));
        if (key.empty())
            return fail(ErrorCode::InvalidArgument, "a status needs a name");
        StatusRepository repository(write.db);
        return repository.add(
            write, {.key = key, .name = contact::collapsed(name), .kind = kind, .position = int(repository.all().size())});
    });
}

QFuture<Result<std::vector<Member>>> LeadService::owners() {
    return m_context.store().read([](ReadContext& r) -> Result<std::vector<Member>> { return MemberRepository(r.db).all(); });
}

QFuture<Result<std::vector<std::string>>> LeadService::tags() {
    return m_context.store().read(
        [](ReadContext& r) -> Result<std::vector<std::string>> { return LeadRepository(r.db).allTags(); });
}

QFuture<Result<std::vector<LeadService::CustomField>>> LeadService::customFields() {
    return m_context.store().read([](ReadContext& r) -> Result<std::vector<CustomField>> {
        std::vector<CustomField> fields;
        for (const auto& field : CustomFieldRepository(r.db).all())
            fields.push_back({field.key, field.name});
        return fields;
    });
}

QFuture<Result<std::vector<LeadService::ViewWithCount>>> LeadService::savedViews() {
    return m_context.counting().run([this]() -> Result<std::vector<ViewWithCount>> {
        OUTRIDER_ASSIGN(std::vector<SavedView> saved,
                        wait(m_context.store().read(
                            [](ReadContext& r) -> Result<std::vector<SavedView>> { return SavedViewRepository(r.db).all(); })));
        std::vector<ViewWithCount> views;
        for (SavedView& view : saved) {
            const auto filter = parseFilter(view.filter);
            std::int64_t count = 0;
            if (filter) {
                OUTRIDER_ASSIGN(count, countInSteps(m_context, *filter, {}));
            }
            views.push_back({std::move(view), count});
        }
        return views;
    });
}

QFuture<Result<SavedViewId>> LeadService::saveView(SavedView view) {
    return m_context.store().write(m_context.action("view.save", view.name),
                                   [view = std::move(view)](WriteContext& write) mutable -> Result<SavedViewId> {
                                       OUTRIDER_TRY(parseFilter(view.filter));
                                       if (contact::trimmed(view.name).empty())
                                           return fail(ErrorCode::InvalidArgument, "a view needs a name");
                                       SavedViewRepository views(write.db);
                                       if (view.id)
                                           views.update(write, view);
                                       else
                                           views.insert(write, view);
                                       return view.id;
                                   });
}

QFuture<Result<>> LeadService::removeView(SavedViewId id) {
    return m_context.store().write(m_context.action("view.remove"), [id](WriteContext& write) -> Result<> {
        SavedViewRepository(write.db).remove(write, id);
        return {};
    });
}

} // namespace outrider
