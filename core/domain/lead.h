// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/channel_set.h"
#include "core/domain/contact_point.h"
#include "core/domain/ids.h"
#include "core/domain/status.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace outrider {

// Whether a person may still be written to, beside their status. Stored; never renumber.
enum class Reach {
    Ok = 0,
    Bounced = 1,      // the primary address does not exist
    OptedOut = 2,     // asked not to be written to
    DoNotContact = 3, // the user decided so
};

inline constexpr auto reachNames = enumNames<Reach>({
    {Reach::Ok, "ok"},
    {Reach::Bounced, "bounced"},
    {Reach::OptedOut, "opted_out"},
    {Reach::DoNotContact, "do_not_contact"},
});

constexpr std::string_view name(Reach reach) { return reachNames.name(reach); }

// A person one wants to sell to. A plain value: nothing here is read lazily.
struct Lead {
    LeadId id;
    CompanyId company;       // none: the company is not known
    std::string companyName; // as given for this lead; what lists show

    std::string salutation;
    std::string firstName;
    std::string middleName;
    std::string lastName;
    std::string jobTitle;
    std::string department;

    std::string email;    // the primary address, as written
    std::string emailKey; // normalised; empty when there is none or it is not an address
    std::string phone;    // the primary number, in international form when it could be read
    std::string phoneKey; // E.164
    std::string linkedinUrl;
    std::vector<ContactPoint> otherContacts; // second addresses, numbers, profiles

    std::string street;
    std::string city;
    std::string region;
    std::string postalCode;
    std::string country;  // ISO 3166-1 alpha-2 when it could be read, else as given
    std::string timeZone; // IANA; empty: not known (see core/contact for the guess)
    std::string language; // BCP 47; empty: not known

    StatusId status = statuses::newLead;
    Reach reach = Reach::Ok;
    ChannelSet noContact;      // the ways they are not to be reached by, whatever `reach` says
    std::string consentSource; // who said that they may be written to, and where: "fair 2026", a form
    std::string consentOn;     // the day of it, ISO 8601; empty: not known
    MemberId owner;
    int score = 0; // 0 to 100

    std::string source;     // "linkedin", a list's name…
    std::string externalId; // the id in the system it came from

    Instant createdAt{};
    std::optional<Instant> lastTouchAt; // the last activity with the person
    std::optional<Instant> nextTaskAt;  // when the earliest open task is due; kept by the store
    std::optional<Instant> archivedAt;
    std::optional<Instant> trashedAt;

    std::vector<std::string> tags;             // names, sorted
    std::map<std::string, std::string> custom; // custom field key -> value

    bool operator==(const Lead&) const = default;
};

// First and last name in the order their script is written in: "Zoë Brandt", "山田 涼子". May be empty.
std::string fullName(const Lead& lead);

// The full name; else the company, the address or the number: never empty for a lead one can find.
std::string displayName(const Lead& lead);

// What a lead needs at least: a name, an e-mail, a phone or a LinkedIn profile.
bool hasIdentity(const Lead& lead);

} // namespace outrider
