// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/practice_mail_repository.h"

namespace outrider::store {

void PracticeMailRepository::deliver(WriteContext& write, Instant arrivesAt, std::string_view raw) {
    m_db.run("INSERT INTO practice_mail(id, arrives_at, raw) VALUES (?1, ?2, ?3)", write.newId<Id<struct PracticeMailTag>>(),
             arrivesAt, std::as_bytes(std::span(raw)));
}

std::vector<PracticeMailRepository::Mail> PracticeMailRepository::arrived(std::int64_t afterUid, Instant now, int limit) {
    std::vector<Mail> out;
    // A server numbers mail as it arrives: the order is the arrival's, not the writing's.
    Statement rows = m_db.query("SELECT uid, arrives_at, raw FROM (SELECT row_number() OVER (ORDER BY arrives_at, id) AS uid,"
                                " arrives_at, raw FROM practice_mail WHERE arrives_at <= ?2) WHERE uid > ?1 LIMIT ?3",
                                afterUid, now, limit);
    while (rows.step())
        out.push_back({rows.integer(0), rows.instant(1), rows.blob(2)});
    return out;
}

std::optional<Instant> PracticeMailRepository::nextArrival(Instant after) {
    Statement row = m_db.query("SELECT min(arrives_at) FROM practice_mail WHERE arrives_at > ?1", after);
    return row.step() ? row.optionalInstant(0) : std::nullopt;
}

} // namespace outrider::store
