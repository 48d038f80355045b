// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/lead.h"
#include "core/store/store.h"

#include <span>
#include <string_view>

namespace outrider::store {

// What people do to many leads at once, with a statement for many of them: SQLite sets up its triggers and copies
// the pages a statement touches once per statement, which for a lead at a time costs more than the change itself.
// The outcome is that of LeadRepository's functions for one. Every function returns how many leads it changed;
// leads that do not exist are none of them. For some hundreds at a time, best in the order of their ids.
class LeadBulkEdit {
public:
    explicit LeadBulkEdit(WriteContext& write) : m_write(write) {}
    WriteContext& context() { return m_write; }

    // With auto-stop, and an entry on each timeline.
    std::int64_t setStatus(std::span<const LeadId> leads, StatusId status);
    std::int64_t setOwner(std::span<const LeadId> leads, MemberId owner);
    std::int64_t setArchived(std::span<const LeadId> leads, bool archived);
    std::int64_t setTrashed(std::span<const LeadId> leads, bool trashed);
    std::int64_t addTag(std::span<const LeadId> leads, std::string_view tag);
    std::int64_t removeTag(std::span<const LeadId> leads, std::string_view tag);

    // A field of which the lead's row is all there is to change: no name, company, address or number. The value is as
    // the lead keeps it; an empty one clears. False: not such a field.
    static bool takesField(std::string_view field);
    std::int64_t setField(std::span<const LeadId> leads, std::string_view field, const Lead& values);
    // As the field keeps it (domain/custom_field.h); an empty one takes it away.
    std::int64_t setCustom(std::span<const LeadId> leads, CustomFieldId field, std::string_view value);

private:
    WriteContext& m_write;
};

} // namespace outrider::store
