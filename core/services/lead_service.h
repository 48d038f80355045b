// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/domain/company.h"
#include "core/domain/enrolment.h"
#include "core/domain/lead.h"
#include "core/domain/lead_list.h"
#include "core/domain/member.h"
#include "core/domain/saved_view.h"
#include "core/domain/strategy.h"
#include "core/domain/suppression.h"
#include "core/domain/task.h"
#include "core/domain/timeline.h"
#include "core/services/lead_selection.h"

#include <QFuture>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider {

class ServiceContext;

// How far a lead is through one strategy, step by step.
struct EnrolmentDetail {
    Enrolment enrolment;
    std::string strategyName;
    StrategyVersion version;
    std::string source; // the list or search it was enrolled from
    struct StepState {
        enum class Kind { Done, Skipped, Current, Coming, Removed };
        Kind kind = Kind::Coming;
        std::optional<Instant> at; // done: when; current and coming: when it is due, as planned now
    };
    std::vector<StepState> steps; // one per step of the version
};

// A lead with everything its page shows beside the timeline.
struct LeadDetail {
    Lead lead;
    std::optional<Company> company;
    int companyLeads = 0; // how many leads work there
    std::string ownerName;
    std::string zone;                        // the IANA name in use
    std::string zoneOrigin;                  // "field", "region", "country", "phone", "person"
    int zoneOffsetMinutes = 0;               // from UTC, now
    bool insideHours = false;                // now, by the usual window
    std::vector<EnrolmentDetail> enrolments; // the running one first, then the latest
    std::vector<Task> openTasks;             // by due
    std::optional<Suppression> emailSuppression;
    std::optional<Suppression> phoneSuppression;
    std::optional<Instant> outboxAt; // a message waits, and may leave then
};

// Leads, their lists and what one does with them. Thread-safe; every call returns at once.
class LeadService {
public:
    explicit LeadService(ServiceContext& context) : m_context(context) {}

    // Lists. A page takes no longer than a frame: when few leads match it comes with what was found so far,
    // says so, and the next call goes on from there. Counts and anchors are made up of reads as short, and end
    // with ErrorCode::Cancelled when nobody wants them any more.
    QFuture<Result<LeadPage>> page(LeadQuery query);
    QFuture<Result<std::int64_t>> count(Filter filter, ProgressPtr progress = {});
    QFuture<Result<std::vector<ListCursor>>> anchors(LeadQuery query, int pageSize, ProgressPtr progress = {});
    QFuture<Result<std::vector<LeadListRow>>> rows(std::vector<LeadId> ids); // for refreshing a few

    // One lead
    QFuture<Result<LeadDetail>> detail(LeadId id);
    QFuture<Result<TimelinePage>> timeline(LeadId id, std::string after, int limit);

    // Fields by their names (core/domain/field.h); an empty value clears. Values are normalised: phone
    // numbers, addresses, URLs, countries. InvalidField, InvalidEmail, InvalidPhone; AlreadyExists when
    // another lead has that e-mail address (add only). add also takes a `full_name` and splits it.
    using FieldValues = std::map<std::string, std::string>;
    QFuture<Result<LeadId>> add(FieldValues values);
    QFuture<Result<>> edit(LeadId id, FieldValues values);

    // Actions, each one undo
    QFuture<Result<std::int64_t>> setStatus(LeadSelection leads, StatusId status, ProgressPtr progress = {});
    QFuture<Result<std::int64_t>> setOwner(LeadSelection leads, MemberId owner, ProgressPtr progress = {});
    QFuture<Result<std::int64_t>> addTag(LeadSelection leads, std::string tag, ProgressPtr progress = {});
    QFuture<Result<std::int64_t>> removeTag(LeadSelection leads, std::string tag, ProgressPtr progress = {});
    // Fields that may be the same for many: no name, company, address or number (InvalidField). Values as of edit().
    QFuture<Result<std::int64_t>> editMany(LeadSelection leads, FieldValues values, ProgressPtr progress = {});
    static bool canEditMany(std::string_view field);
    QFuture<Result<std::int64_t>> setArchived(LeadSelection leads, bool archived, ProgressPtr progress = {});
    QFuture<Result<std::int64_t>> setTrashed(LeadSelection leads, bool trashed, ProgressPtr progress = {});
    QFuture<Result<>> doNotContact(LeadId id);

    QFuture<Result<ActivityId>> addNote(LeadId id, std::string text);
    QFuture<Result<ActivityId>> logCall(LeadId id, Disposition disposition, std::optional<int> seconds, std::string note);
    QFuture<Result<TaskId>> addTask(LeadId id, Channel channel, std::string title, Instant dueAt);
    // The same task for each of them, as one action; how many.
    QFuture<Result<std::int64_t>> addTasks(LeadSelection leads, Channel channel, std::string title, Instant dueAt,
                                           ProgressPtr progress = {});

    // What lists and forms choose from
    QFuture<Result<std::vector<Status>>> statuses();
    QFuture<Result<StatusId>> addStatus(std::string name, StatusKind kind);
    QFuture<Result<std::vector<Member>>> owners();
    QFuture<Result<std::vector<std::string>>> tags();
    struct CustomField {
        std::string key;
        std::string name;
    };
    QFuture<Result<std::vector<CustomField>>> customFields();
    struct ViewWithCount {
        SavedView view;
        std::int64_t count = 0;
    };
    QFuture<Result<std::vector<ViewWithCount>>> savedViews();
    QFuture<Result<SavedViewId>> saveView(SavedView view); // id set: changes that one
    QFuture<Result<>> removeView(SavedViewId id);

private:
    template <typename Fn>
    QFuture<Result<std::int64_t>> forMany(std::string_view action, LeadSelection leads, ProgressPtr progress, Fn fn);

    ServiceContext& m_context;
};

} // namespace outrider
