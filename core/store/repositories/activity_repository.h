// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/timeline.h"
#include "core/store/store.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::store {

class ActivityRepository {
public:
    explicit ActivityRepository(Connection& db) : m_db(db) {}

    // Inserts with a new id; `at` is now when not set.
    void append(WriteContext& write, Activity& activity);
    // An e-mail that was sent, with the hour of the week where the lead is (0 to 167; outreach/lead_zone.h): when
    // people answer is told by it.
    void appendSent(WriteContext& write, Activity& activity, int weekHour);
    // Many at once; `weekHours` none at all, or one for each.
    void appendAll(WriteContext& write, std::span<Activity> activities, std::span<const std::optional<int>> weekHours = {});

    // Newest first, `limit` at a time; `after` is the cursor of the page before.
    // Meetings as they are at `now`.
    Result<TimelinePage> timeline(LeadId lead, std::string_view after, int limit, Instant now = {});

    // Contacts are what we did to reach somebody: e-mails that left, calls, LinkedIn, SMS.
    // The last one with a lead after `since`, but for those of one enrolment.
    std::optional<Instant> lastContact(LeadId lead, EnrolmentId except, Instant since);
    // The last one with anybody of a company but one lead.
    std::optional<Instant> lastContactAt(CompanyId company, LeadId except, Instant since);
    // Whether a message to somebody else there is being sent right now.
    bool contactUnderWay(CompanyId company, LeadId except);
    struct Contact {
        LeadId lead;
        CompanyId company;
        EnrolmentId enrolment;
        Instant at{};
    };
    std::vector<Contact> contacts(LeadId lead, Instant since);
    std::vector<Contact> contactsAt(CompanyId company, Instant since);

    // The latest notes of a lead, newest first.
    std::vector<Activity> notes(LeadId lead, int limit);

    static std::string timelineSql(); // for its plan test

private:
    Connection& m_db;
};

} // namespace outrider::store
