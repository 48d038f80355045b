// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/domain/enum_names.h"
#include "core/domain/mailbox.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace outrider {

// What the DNS says of a mailbox's domain, and what comes of it. Everything is a machine name; ui/text words it.

// Stored by name; ui/text and outreach/deliverability know each.
enum class DnsTopic { Spf, Dkim, Dmarc, Mx, Ptr, MtaSts, TlsRpt };

inline constexpr auto dnsTopicNames = enumNames<DnsTopic>({
    {DnsTopic::Spf, "spf"},
    {DnsTopic::Dkim, "dkim"},
    {DnsTopic::Dmarc, "dmarc"},
    {DnsTopic::Mx, "mx"},
    {DnsTopic::Ptr, "ptr"},
    {DnsTopic::MtaSts, "mta_sts"},
    {DnsTopic::TlsRpt, "tls_rpt"},
});

// Worst last, but for the two that judge nothing.
enum class DnsVerdict {
    Unknown, // the DNS did not answer
    None,    // nothing to judge: not there and not needed, or the provider's business
    Pass,
    Weak, // works, could be better
    Fail, // mail is refused or taken for spam because of it
};

inline constexpr auto dnsVerdictNames = enumNames<DnsVerdict>({
    {DnsVerdict::Unknown, "unknown"},
    {DnsVerdict::None, "none"},
    {DnsVerdict::Pass, "pass"},
    {DnsVerdict::Weak, "weak"},
    {DnsVerdict::Fail, "fail"},
});

// What was found. Stored by name.
enum class DnsFinding {
    Good,
    NoAnswer,       // detail: which name; value: "timed_out", "server_failed"…
    NotNeeded,      // the provider's business, or nothing anybody insists on
    Missing,        // no record
    Several,        // more than one record where one is allowed: none counts
    Malformed,      // detail: the part that is wrong
    TooManyLookups, // SPF: detail: how many, of 10
    TooManyVoid,    // SPF: more than two lookups found nothing
    Loop,           // SPF: a domain includes itself
    BrokenInclude,  // SPF: detail: the domain that has no SPF record
    AllowsAll,      // SPF: +all
    NoAll,          // SPF: neither all nor redirect, or ?all: nothing is said of everybody else
    ServerMissing,  // SPF: detail: the include or server that is not covered
    PtrMechanism,   // SPF: slow and ignored by many
    NoSelector,     // DKIM: no key under any name tried
    Revoked,        // DKIM: p= is empty. detail: selector
    WeakKey,        // DKIM: detail: bits
    ShortKey,       // DKIM: 1024 bits, accepted everywhere, but 2048 is asked for. detail: bits
    Testing,        // DKIM: t=y. DMARC: pct below 100
    PolicyNone,     // DMARC: p=none
    NoReports,      // DMARC: no rua
    ReportsRefused, // DMARC: detail: the domain that does not accept reports about this one
    NullMx,         // MX: "." : the domain takes no mail
    NoHost,         // MX, PTR: detail: a name without an address
    NoPtr,          // PTR: detail: the address
    NotConfirmed,   // PTR: the name does not lead back to the address
};

inline constexpr auto dnsFindingNames = enumNames<DnsFinding>({
    {DnsFinding::Good, "good"},
    {DnsFinding::NoAnswer, "no_answer"},
    {DnsFinding::NotNeeded, "not_needed"},
    {DnsFinding::Missing, "missing"},
    {DnsFinding::Several, "several"},
    {DnsFinding::Malformed, "malformed"},
    {DnsFinding::TooManyLookups, "too_many_lookups"},
    {DnsFinding::TooManyVoid, "too_many_void"},
    {DnsFinding::Loop, "loop"},
    {DnsFinding::BrokenInclude, "broken_include"},
    {DnsFinding::AllowsAll, "allows_all"},
    {DnsFinding::NoAll, "no_all"},
    {DnsFinding::ServerMissing, "server_missing"},
    {DnsFinding::PtrMechanism, "ptr_mechanism"},
    {DnsFinding::NoSelector, "no_selector"},
    {DnsFinding::Revoked, "revoked"},
    {DnsFinding::WeakKey, "weak_key"},
    {DnsFinding::ShortKey, "short_key"},
    {DnsFinding::Testing, "testing"},
    {DnsFinding::PolicyNone, "policy_none"},
    {DnsFinding::NoReports, "no_reports"},
    {DnsFinding::ReportsRefused, "reports_refused"},
    {DnsFinding::NullMx, "null_mx"},
    {DnsFinding::NoHost, "no_host"},
    {DnsFinding::NoPtr, "no_ptr"},
    {DnsFinding::NotConfirmed, "not_confirmed"},
});

struct DnsCheck {
    DnsTopic topic = DnsTopic::Spf;
    DnsVerdict verdict = DnsVerdict::Unknown;
    DnsFinding finding = DnsFinding::NoAnswer;
    std::string detail;      // see the finding
    std::string name;        // where the record is, or would be: "_dmarc.harborline.example"
    std::string record;      // as found; several are a line each
    std::string advice;      // the record to put there instead; empty: none can be given
    int lookups = 0;         // SPF: how many of the ten
    std::string selector;    // DKIM
    std::string keyType;     // DKIM: "rsa", "ed25519"
    int keyBits = 0;         // DKIM
    std::string policy;      // DMARC: "none", "quarantine", "reject"
    std::string policyOwner; // DMARC: the domain above that has the record, when it is not the mailbox's own

    bool operator==(const DnsCheck&) const = default;
};

struct DnsReport {
    std::string domain;
    Instant at{};
    std::vector<DnsCheck> checks; // one a topic, in the order above

    const DnsCheck* of(DnsTopic topic) const {
        for (const DnsCheck& check : checks) {
            if (check.topic == topic)
                return &check;
        }
        return nullptr;
    }

    bool operator==(const DnsReport&) const = default;
};

// One method of an Authentication-Results header (RFC 8601).
struct AuthResult {
    std::string method;     // "spf", "dkim", "dmarc", "arc"…
    std::string result;     // "pass", "fail", "none", "neutral", "softfail", "temperror", "permerror", "policy"
    std::string properties; // "header.d=harborline.example header.s=s1"

    bool operator==(const AuthResult&) const = default;
};

// A message a mailbox sent to one of one's own, as it arrived there.
struct ProbeReport {
    Instant sentAt{};
    std::optional<Instant> arrivedAt; // none: it did not, as long as was waited
    std::string to;
    std::string folder;              // where it was found
    std::string authServer;          // who judged; empty: nobody did
    std::vector<AuthResult> results; // of the outermost header, the only one a sender cannot forge
    std::string dkimDomain;          // d= of its signature; empty: not signed
    std::string dkimSelector;
    bool dkimAligned = false;      // with the From address
    bool signsUnsubscribe = false; // h= has List-Unsubscribe and List-Unsubscribe-Post
    bool messageIdKept = true;     // else replies are matched by what the server made of it
    std::string messageId;         // as it arrived

    bool operator==(const ProbeReport&) const = default;
};

// Why a mailbox has the health it has. Stored nowhere.
enum class HealthPoint { Spf, Dkim, Dmarc, Mx, Bounces, Errors, Ramp, Replies, Connection };

inline constexpr auto healthPointNames = enumNames<HealthPoint>({
    {HealthPoint::Spf, "spf"},
    {HealthPoint::Dkim, "dkim"},
    {HealthPoint::Dmarc, "dmarc"},
    {HealthPoint::Mx, "mx"},
    {HealthPoint::Bounces, "bounces"},
    {HealthPoint::Errors, "errors"},
    {HealthPoint::Ramp, "ramp"},
    {HealthPoint::Replies, "replies"},
    {HealthPoint::Connection, "connection"},
});

struct HealthLine {
    HealthPoint point = HealthPoint::Spf;
    int points = 0;         // of `most`
    int most = 0;           // 0: too little is known to judge; the others make up the score
    std::int64_t part = 0;  // bounces, refusals, replies, sent today
    std::int64_t whole = 0; // of so many sent, or the day's limit
    std::string detail;     // a DnsFinding's name, where it is one

    bool operator==(const HealthLine&) const = default;
};

// The points that could be judged, scaled to a hundred.
struct MailboxHealth {
    std::optional<int> score; // none: nothing is known yet
    std::vector<HealthLine> lines;

    bool operator==(const MailboxHealth&) const = default;
};

} // namespace outrider
