// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/member_repository.h"

#include "core/contact/text.h"
#include "core/store/journal/journaled_tables.h"

namespace outrider::store {

std::vector<Member> MemberRepository::all() {
    std::vector<Member> members;
    Statement rows = m_db.prepare("SELECT id, name, email FROM member ORDER BY id");
    while (rows.step())
        members.push_back({rows.id<MemberId>(0), rows.text(1), rows.text(2)});
    return members;
}

std::optional<Member> MemberRepository::me() {
    auto members = all();
    return members.empty() ? std::nullopt : std::optional(std::move(members.front()));
}

void MemberRepository::insert(WriteContext& write, Member& member) {
    member.id = write.newId<MemberId>();
    m_db.run("INSERT INTO member(id, name, email, created_at) VALUES (?1, ?2, ?3, ?4)", member.id, member.name, member.email,
             write.now);
    if (write.bulk() != nullptr)
        write.bulk()->inserted(journaledTable("member")->number, member.id.value);
}

void MemberRepository::update(WriteContext&, const Member& member) {
    m_db.run("UPDATE member SET name = ?2, email = ?3 WHERE id = ?1", member.id, member.name, member.email);
}

MemberId MemberRepository::findOrCreate(WriteContext& write, std::string_view name) {
    const std::string wanted = contact::unaccented(contact::collapsed(name));
    for (const Member& member : all()) {
        if (contact::unaccented(member.name) == wanted)
            return member.id;
    }
    Member member{.name = contact::collapsed(name)};
    insert(write, member);
    return member.id;
}

} // namespace outrider::store
