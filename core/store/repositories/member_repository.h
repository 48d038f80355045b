// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/member.h"
#include "core/store/store.h"

#include <optional>
#include <string_view>
#include <vector>

namespace outrider::store {

class MemberRepository {
public:
    explicit MemberRepository(Connection& db) : m_db(db) {}

    std::vector<Member> all(); // the first is the person whose workspace this is
    std::optional<Member> me();
    void insert(WriteContext& write, Member& member);
    void update(WriteContext& write, const Member& member);
    // The member of that name (case and accents ignored), added when there is none.
    MemberId findOrCreate(WriteContext& write, std::string_view name);

private:
    Connection& m_db;
};

} // namespace outrider::store
