// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bitset>
#include <cstdint>
#include <string_view>

namespace outrider::exchange {

// What the words of a header can mean, whatever the language.
enum class Concept : std::uint8_t {
    // Of whom or what
    Person,
    Contact, // beside Person: "contact", which is also what one is asked not to do
    Company,
    Headquarters,
    Deal,
    Owner,    // the salesperson, not the lead
    Relation, // assistant, manager, spouse, referrer: another person
    Previous, // a former employer
    Group,    // parent company, subsidiary
    // Names
    FirstName,
    MiddleName,
    LastName,
    FullName,
    Name,
    NameVariant, // phonetic, maiden, nick, suffix, initials: nothing of ours
    Salutation,
    Title, // Mr or manager
    Job,
    Department,
    Language,
    // Ways to reach
    Email,
    Phone,
    Mobile,
    Fax,
    Sms,
    Extension,
    Url,
    Website,
    Domain,
    Profile,
    LinkedIn,
    SalesNavigator,
    OtherNetwork,
    // Which of several
    Work,
    Home,
    Other,
    Primary,
    Second,
    Third,
    Mailing,
    Billing,
    Shipping,
    // Places
    Street,
    Address,
    City,
    Region,
    Postal,
    Country,
    Location,
    TimeZone,
    PlaceDetail, // PO box, latitude, county, formatted: nothing of ours
    // The company's facts
    Industry,
    Employees,
    Size,
    Revenue,
    Short,
    // Bookkeeping
    Id,
    Ids,
    Number,
    Code,
    Status,
    Stage,
    Source,
    Created,
    Connected,
    Date,
    Time,
    Modified,
    Activity,
    Score,
    Tags,
    Notes,
    Label,
    Type,
    Value,
    Reason,
    Count,
    Verification,
    Deleted,
    Product,
    // Refusals, permissions and history
    OptOut,       // of everything, or of what else is named
    Unsubscribed, // of e-mail
    Blocked,
    Not,
    Allow,
    Consent,
    Newsletter,
    Call,
    Write,
    Bounced,
    Replied,
    Sent,
    // Words without weight, and those not known
    Filler,
    Unknown,
    Count_,
};

using Concepts = std::bitset<static_cast<std::size_t>(Concept::Count_)>;

// What a header says.
struct HeaderMeaning {
    Concepts concepts;
    int number = 0;  // "E-mail 2 - Value": 2; 0: none
    int unknown = 0; // how many words the lexicon does not know

    bool has(Concept c) const { return concepts.test(static_cast<std::size_t>(c)); }

    bool operator==(const HeaderMeaning&) const = default;
};

// Reads a header by a lexicon in English, German, French, Spanish, Italian, Dutch, Portuguese and
// Polish; compounds ("Firmentelefonnummer", "linkedinprofileurl") are taken apart. Thread-safe.
HeaderMeaning meaningOf(std::string_view header);

} // namespace outrider::exchange
