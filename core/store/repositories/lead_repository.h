// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/company.h"
#include "core/domain/lead.h"
#include "core/store/store.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace outrider::store {

// Leads as whole values. Lists are lead_list_repository.h. All functions throw StoreException.
class LeadRepository {
public:
    explicit LeadRepository(Connection& db) : m_db(db) {}

    std::optional<Lead> find(LeadId id);
    bool exists(LeadId id);

    // The oldest lead, not in the trash, with that key; also among second addresses and numbers.
    std::optional<LeadId> findByEmailKey(std::string_view key);
    std::optional<LeadId> findByPhoneKey(std::string_view key);
    std::optional<LeadId> findByLinkedInUrl(std::string_view url);
    std::optional<LeadId> findByExternalId(std::string_view externalId);
    // Whether every lead has one of these; by counting, so once for a long task.
    bool allHaveEmail();
    bool allHavePhone();
    bool allHaveLinkedIn();
    bool allHaveExternalId();
    // Case and accents ignored; not among the archived.
    std::optional<LeadId> findByNameAndCompany(std::string_view fullName, std::string_view companyName);

    // Inserts with a new id, given to lead.id. Sorting and search keys are made here; e-mail and phone
    // keys are the caller's (core/contact).
    void insert(WriteContext& write, Lead& lead, ImportId import = {});
    // The same for many at once, several times as fast. Derived::Given: when tasks are due and when the person was last
    // touched is as the leads say, of whom these will be inserted in the same transaction.
    enum class Derived { Later, Given };
    void insertAll(WriteContext& write, std::span<Lead* const> leads, ImportId import = {}, Derived derived = Derived::Later);

    // Writes what differs from `before`, and nothing else: one journaled change per changed field.
    // Status is not among them (setStatus), nor the derived fields.
    void update(WriteContext& write, const Lead& before, const Lead& after);

    // Sets the status with all its consequences (auto-stop) in the same action.
    // Returns whether anything changed.
    bool setStatus(WriteContext& write, LeadId id, StatusId status);

    StatusId statusOf(LeadId id); // none: no such lead
    bool setOwner(WriteContext& write, LeadId id, MemberId owner);
    void setReach(WriteContext& write, LeadId id, Reach reach);
    bool setArchived(WriteContext& write, LeadId id, bool archived);
    // In the trash a lead is in no list and in no strategy; nothing of it is gone.
    bool setTrashed(WriteContext& write, LeadId id, bool trashed);

    TagId tagId(WriteContext& write, std::string_view name); // made when there is none of that name
    void addTag(WriteContext& write, LeadId id, std::string_view tag);
    void removeTag(WriteContext& write, LeadId id, std::string_view tag);

    std::vector<std::string> allTags(); // by name
    std::int64_t countAll();            // neither archived nor in the trash
    // Open leads nobody has anything planned for: no task, no message on its way. Counted up to `most`.
    std::int64_t countWithoutNextStep(int most);

private:
    void insertContacts(WriteContext& write, std::span<const Lead* const> leads);
    void insertCustom(WriteContext& write, std::span<const Lead* const> leads);
    void updateCustom(WriteContext& write, const Lead& before, const Lead& after);

    Connection& m_db;
};

} // namespace outrider::store
