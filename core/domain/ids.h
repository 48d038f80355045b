// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"

namespace outrider {

// The kinds of ids, one strong type an entity: a task's id never passes for a lead's (core/base/id.h).

using ActionId = Id<struct ActionTag>;
using ActivityId = Id<struct ActivityTag>;
using CalendarSourceId = Id<struct CalendarSourceTag>;
using CompanyId = Id<struct CompanyTag>;
using CustomFieldId = Id<struct CustomFieldTag>;
using EnrolmentId = Id<struct EnrolmentTag>;
using ImportId = Id<struct ImportTag>;
using LeadId = Id<struct LeadTag>;
using ListId = Id<struct ListTag>;
using MailboxId = Id<struct MailboxTag>;
using MeetingId = Id<struct MeetingTag>;
using MemberId = Id<struct MemberTag>;
using MergeId = Id<struct MergeTag>;
using MessageId = Id<struct MessageTag>;
using OutboxId = Id<struct OutboxTag>;
using SavedViewId = Id<struct SavedViewTag>;
using StatusId = Id<struct StatusTag>;
using StepId = Id<struct StepTag>;
using StrategyId = Id<struct StrategyTag>;
using StrategyVersionId = Id<struct StrategyVersionTag>;
using SuppressionId = Id<struct SuppressionTag>;
using TagId = Id<struct TagTag>;
using TaskId = Id<struct TaskTag>;

} // namespace outrider
