// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/base/secure_bytes.h"
#include "core/domain/erasure.h"
#include "core/domain/ids.h"
#include "core/store/store.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::store {

// Everything of one person, and taking all of it away. What is theirs is found by the schema: every row that belongs to
// the lead by a foreign key, and every row that belongs to such a row; so a table a later migration adds is among them.
// Leads that were merged into this one are the same person. All functions throw StoreException.

struct PersonRows {
    std::vector<std::int64_t> leads;                    // the lead, and those merged into it
    std::map<std::string, std::set<std::int64_t>> rows; // by table: ids
    struct Link {
        std::string table;
        std::string column;
        std::string parent;
    };
    std::vector<Link> byParent;      // tables without an id: their rows go with the parent's
    std::vector<Link> unlinked;      // columns of others that name such rows: set to NULL
    std::vector<std::string> emails; // normalised
    std::vector<std::string> phones;
    std::vector<std::string> names; // as they are written

    bool exists() const { return !leads.empty(); }
    RowCounts counts(Connection& db) const;
};

PersonRows rowsOf(Connection& db, LeadId lead);

// Leads with that address, number, profile or name, archived and thrown away ones too.
std::vector<std::int64_t> peopleKnownBy(Connection& db, std::string_view whom);

// The same as one JSON document: tables of rows by their columns, mails as text.
std::string copyOfPerson(Connection& db, const PersonRows& person);

// Rows of others in which an address or number of theirs stands, by table. Reads every text there is.
RowCounts mentionsOf(Connection& db, const PersonRows& person);

// Removes all of it, also from the journal: no undo brings any of it back, while what else the same actions did can
// still be undone. Addresses and numbers stay suppressed by hash. For Store::writeSilently. Busy: a message to them is on
// its way this moment. The certificate has no backups and no mentions yet.
ErasureCertificate erase(WriteContext& write, const PersonRows& person, const SecureBytes& key, Random& random);

// "lead 123", "email a@b.example" as it is kept of who was erased: a keyed BLAKE2b hash, under a key made of the
// workspace's, so that its backups know it too and nobody else can try addresses out.
std::string erasurePrint(const SecureBytes& key, std::string_view kind, std::string_view value);

struct Erased {
    std::int64_t id = 0;
    Instant at{};
    std::set<std::string> prints;
};
std::vector<Erased> erasures(Connection& db);
std::vector<ErasureCertificate> certificates(Connection& db);
void keepCertificate(WriteContext& write, const ErasureCertificate& certificate);

// Leads a list of erasures means: the very lead, or one that was there then and has an address or number of theirs.
std::vector<LeadId> leadsErased(Connection& db, const std::vector<Erased>& erased, const SecureBytes& key);

// Without contact since that moment, in no strategy and with nothing planned; the longest ago first.
std::vector<LeadId> leadsWithoutContact(Connection& db, Instant since, int limit);
std::int64_t countWithoutContact(Connection& db, Instant since);

} // namespace outrider::store
