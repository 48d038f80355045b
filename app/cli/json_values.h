// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/enrol_report.h"
#include "core/domain/history.h"
#include "core/domain/import_batch.h"
#include "core/domain/lead.h"
#include "core/domain/lead_list.h"
#include "core/domain/mail_history.h"
#include "core/domain/mailbox.h"
#include "core/domain/outbox_detail.h"
#include "core/domain/outbox_list.h"
#include "core/domain/provenance.h"
#include "core/domain/queue.h"
#include "core/domain/search_hit.h"
#include "core/domain/status.h"
#include "core/domain/strategy_summary.h"
#include "core/domain/suppression.h"
#include "core/domain/task_outcome.h"
#include "core/domain/timeline.h"
#include "core/services/conversation_service.h"
#include "core/services/inbox_service.h"
#include "core/services/lead_service.h"
#include "core/services/mailbox_service.h"

#include <nlohmann/json.hpp>

#include <map>

namespace outrider::cli {

// How values look in --json. Fields are named as in core/domain/field.h, moments are ISO 8601 in UTC,
// ids are strings (they do not fit a JavaScript number), what is not set is null or left out.

using StatusKeys = std::map<StatusId, std::string>; // id -> "in_progress"

nlohmann::json idJson(std::int64_t id);
nlohmann::json momentJson(std::optional<Instant> at);

nlohmann::json toJson(const Lead& lead, const StatusKeys& statuses);
nlohmann::json toJson(const LeadListRow& row, const StatusKeys& statuses);
nlohmann::json toJson(const LeadDetail& detail, const StatusKeys& statuses);
nlohmann::json toJson(const TimelineEntry& entry);
nlohmann::json toJson(const QueueItem& item);
nlohmann::json toJson(const QueueCounts& counts);
nlohmann::json toJson(const TaskOutcome& outcome);
nlohmann::json toJson(const SearchHit& hit);
nlohmann::json toJson(const StrategySummary& summary);
nlohmann::json toJson(const EnrolReport& report);
nlohmann::json toJson(const Mailbox& mailbox);
nlohmann::json toJson(const ReadingState& state);
nlohmann::json toJson(const MailboxCheckStep& step);
nlohmann::json toJson(const OutboxRow& row);
nlohmann::json toJson(const OutboxDetail& detail);
nlohmann::json toJson(const InboxItem& item, const StatusKeys& statuses);
nlohmann::json toJson(const Conversation& conversation, const StatusKeys& statuses);
nlohmann::json toJson(const FetchReport& report);
nlohmann::json toJson(const JudgedMail& mail);
nlohmann::json toJson(const ClassifiedMail& mail);
nlohmann::json toJson(const HistoryEntry& entry);
nlohmann::json toJson(const UndoConflict& conflict);
nlohmann::json toJson(const UndoReport& report);
nlohmann::json toJson(const FieldOrigin& origin);
nlohmann::json toJson(const Suppression& suppression);
nlohmann::json toJson(const Error& error);

template <typename T, typename... Args>
nlohmann::json listJson(const std::vector<T>& values, const Args&... args) {
    nlohmann::json list = nlohmann::json::array();
    for (const T& value : values)
        list.push_back(toJson(value, args...));
    return list;
}

} // namespace outrider::cli
