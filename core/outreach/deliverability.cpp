// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/deliverability.h"

#include "core/contact/domain_name.h"
#include "core/contact/text.h"
#include "core/outreach/dkim_key.h"
#include "core/outreach/spf_record.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <utility>

namespace outrider::outreach {

using transport::DnsAnswer;
using transport::dnsAnswerNames;
using transport::DnsType;

namespace {

// What a provider asks its customers to publish, from its own setup pages.
struct KnownProvider {
    std::string_view servers; // ends of the names of its SMTP servers, between bars
    std::string_view spf;     // what has to be included
    std::string_view selectors;
};

constexpr std::array providers{
    KnownProvider{"|gmail.com|google.com|googlemail.com|", "_spf.google.com", "google 20230601"},
    KnownProvider{"|office365.com|outlook.com|", "spf.protection.outlook.com", "selector1 selector2"},
    KnownProvider{"|fastmail.com|messagingengine.com|", "spf.messagingengine.com", "fm1 fm2 fm3"},
    KnownProvider{"|mail.me.com|icloud.com|", "icloud.com", "sig1"},
    KnownProvider{"|protonmail.ch|proton.me|", "_spf.protonmail.ch", "protonmail protonmail2 protonmail3"},
    KnownProvider{"|sendgrid.net|", "sendgrid.net", "s1 s2"},
    KnownProvider{"|mailgun.org|", "mailgun.org", "k1 mx smtp pic mailo"},
    KnownProvider{"|amazonaws.com|resend.com|", "amazonses.com", "resend"},
    KnownProvider{"|postmarkapp.com|", "spf.mtasv.net", "pm"},
    KnownProvider{"|gandi.net|", "_mailcust.gandi.net", "gm1 gm2 gm3"},
    KnownProvider{"|zoho.com|zoho.eu|zohomail.com|", "", "zmail zoho"},
};

constexpr std::string_view anybodysSelectors = "default dkim mail s1 s2 k1 k2 selector selector1 selector2 key1 email google";

bool isBelow(std::string_view name, std::string_view domain) {
    return name == domain
           || (name.size() > domain.size() && name.ends_with(domain) && name[name.size() - domain.size() - 1] == '.');
}

const KnownProvider* knownProvider(std::string_view host) {
    const std::string name = contact::asciiLower(host);
    for (const KnownProvider& provider : providers) {
        for (const std::string_view end : contact::split(provider.servers, "|")) {
            if (!end.empty() && isBelow(name, end))
                return &provider;
        }
    }
    return nullptr;
}

// Of an account that is no server of its own, where its provider would take mail.
std::string sendingServer(const Mailbox& mailbox) {
    switch (providerOf(mailbox.account)) {
    case Provider::Google:
        return "smtp.gmail.com";
    case Provider::Microsoft:
        return "smtp.office365.com";
    case Provider::Resend:
        return "smtp.resend.com";
    case Provider::Twilio: // a phone line
    case Provider::None:
        break;
    }
    return contact::asciiLower(mailbox.smtp.host);
}

bool isThisComputer(std::string_view host) {
    return host.empty() || host == "localhost" || host.starts_with("127.") || host == "::1";
}

std::string joined(const std::vector<std::string>& values) {
    std::string out;
    for (const std::string& value : values)
        out += (out.empty() ? "" : "\n") + value;
    return out;
}

std::vector<std::string> startingWith(const DnsAnswer& answer, std::string_view start) {
    std::vector<std::string> records;
    for (const std::string& value : answer.values) {
        if (contact::asciiLower(std::string_view(value).substr(0, start.size())) == contact::asciiLower(start))
            records.push_back(value);
    }
    return records;
}

class Examination {
public:
    Examination(const Mailbox& mailbox, std::string_view selector, AskDns ask)
        : m_mailbox(mailbox),
          m_selector(mailbox.dkimSelector.empty() ? selector : std::string_view(mailbox.dkimSelector)),
          m_address(mailbox.address),
          m_domain(contact::asciiLower(m_address.substr(m_address.rfind('@') + 1))),
          m_server(sendingServer(mailbox)),
          m_provider(knownProvider(m_server)),
          m_dns(std::move(ask)) {}

    DnsReport run(Instant now) {
        DnsReport report{.domain = m_domain, .at = now};
        report.checks = {spf(), dkim()};
        report.checks.push_back(dmarc(report.checks[0], report.checks[1]));
        report.checks.push_back(mx());
        report.checks.push_back(ptr());
        report.checks.push_back(mtaSts());
        report.checks.push_back(tlsRpt());
        if (contact::isFreeMailDomain(m_domain)) { // its records are not this person's to change
            for (DnsCheck& check : report.checks) {
                check.advice.clear();
                if (check.verdict != DnsVerdict::Pass && check.verdict != DnsVerdict::Unknown)
                    judge(check, DnsVerdict::None, DnsFinding::NotNeeded);
            }
        }
        return report;
    }

private:
    static DnsCheck& judge(DnsCheck& check, DnsVerdict verdict, DnsFinding finding, std::string detail = {}) {
        check.verdict = verdict;
        check.finding = finding;
        check.detail = std::move(detail);
        return check;
    }

    static DnsCheck& notAnswered(DnsCheck& check, const DnsAnswer& answer) {
        check.record = dnsAnswerNames.name(answer.kind);
        return judge(check, DnsVerdict::Unknown, DnsFinding::NoAnswer, check.name);
    }

    DnsCheck spf() {
        DnsCheck check{.topic = DnsTopic::Spf, .name = m_domain};
        const SpfAnalysis found = analyseSpf(m_dns, m_domain);
        check.lookups = found.lookups;
        check.record = joined(found.records);
        const std::string term = termForServer();
        if (found.problem) {
            switch (*found.problem) {
            case DnsFinding::NoAnswer:
                check.record = dnsAnswerNames.name(m_dns.ask(DnsType::Txt, found.detail).kind);
                return judge(check, DnsVerdict::Unknown, DnsFinding::NoAnswer, found.detail);
            case DnsFinding::Missing:
                check.advice = spfWith("v=spf1 mx", term, "~all");
                if (m_provider != nullptr && !m_provider->spf.empty())
                    check.advice = spfWith("v=spf1", term, "~all");
                break;
            case DnsFinding::Several: {
                std::string all = "v=spf1";
                for (const std::string& record : found.records)
                    all += record.substr(6);
                check.advice = spfWith(all, {}, "~all");
                break;
            }
            case DnsFinding::Malformed:
                if (found.records.size() == 1 && found.records.front().find(found.detail) != std::string::npos)
                    check.advice = spfWith(found.records.front(), {}, allOf(found));
                break;
            case DnsFinding::BrokenInclude:
                if (const std::string broken = "include:" + found.detail; found.records.size() == 1) {
                    std::string record = found.records.front();
                    if (const auto at = record.find(" " + broken); at != std::string::npos)
                        check.advice = record.erase(at, broken.size() + 1);
                }
                break;
            default:
                break;
            }
            return judge(check, DnsVerdict::Fail, *found.problem, found.detail);
        }
        const std::string& record = found.records.front();
        if (found.all == '+') {
            check.advice = spfWith(record, {}, "~all");
            return judge(check, DnsVerdict::Fail, DnsFinding::AllowsAll);
        }
        if (m_provider != nullptr && !m_provider->spf.empty() && !found.included.contains(std::string(m_provider->spf))
            && m_domain != m_provider->spf) {
            check.advice = spfWith(record, term, allOf(found));
            return judge(check, DnsVerdict::Fail, DnsFinding::ServerMissing, std::string(m_provider->spf));
        }
        if (!coversOwnServer()) {
            check.advice = spfWith(record, term, allOf(found));
            return judge(check, DnsVerdict::Weak, DnsFinding::ServerMissing, m_server);
        }
        if (found.all == '\0' || found.all == '?') {
            check.advice = spfWith(record, {}, "~all");
            return judge(check, DnsVerdict::Weak, DnsFinding::NoAll);
        }
        if (found.usesPtr)
            return judge(check, DnsVerdict::Weak, DnsFinding::PtrMechanism);
        return judge(check, DnsVerdict::Pass, DnsFinding::Good, std::to_string(found.lookups));
    }

    // Empty keeps a redirect.
    static std::string allOf(const SpfAnalysis& found) {
        if (found.records.front().find("redirect=") != std::string::npos)
            return {};
        return found.all == '\0' || found.all == '+' || found.all == '?' ? "~all" : std::string(1, found.all) + "all";
    }

    std::string termForServer() const {
        if (m_provider != nullptr)
            return m_provider->spf.empty() ? std::string() : "include:" + std::string(m_provider->spf);
        if (isThisComputer(m_server) || parseIpAddress(m_server))
            return {};
        return "a:" + m_server;
    }

    // A server nobody knows usually sends by itself, but need not: what it hands on through another is not seen here.
    bool coversOwnServer() {
        if (m_provider != nullptr || isThisComputer(m_server))
            return true;
        const DnsAnswer& addresses = m_dns.ask(DnsType::A, m_server);
        bool known = false;
        for (const std::string& value : addresses.values) {
            const auto address = parseIpAddress(value);
            const auto said = address ? spfSaysOf(m_dns, m_domain, *address) : std::nullopt;
            if (said == '+')
                return true;
            known = known || said;
        }
        return !known;
    }

    DnsCheck dkim() {
        DnsCheck check{.topic = DnsTopic::Dkim};
        const bool given = !m_selector.empty();
        std::vector<std::string> selectors = given ? std::vector{m_selector} : likelySelectors(m_mailbox);
        std::optional<DkimKey> best;
        for (const std::string& selector : selectors) {
            const std::string name = selector + "._domainkey." + m_domain;
            const DnsAnswer& answer = m_dns.ask(DnsType::Txt, name);
            if (!answer.isAnswer() && (given || answer.kind != DnsAnswer::Kind::Failed)) {
                check.name = name;
                return notAnswered(check, answer);
            }
            for (const std::string& value : answer.values) {
                DkimKey key = readDkimKey(selector, value);
                const auto rank = [](const DkimKey& one) {
                    return one.verdict == DnsVerdict::Pass      ? 3
                           : one.verdict == DnsVerdict::Weak    ? 2
                           : one.finding == DnsFinding::WeakKey ? 1
                                                                : 0;
                };
                if (!best || rank(key) > rank(*best))
                    best = std::move(key);
            }
            if (best && best->verdict == DnsVerdict::Pass)
                break;
        }
        if (!best) {
            check.name = (given ? m_selector : std::string("*")) + "._domainkey." + m_domain;
            // A name that was not guessed is no proof that there is no key: a message that was signed shows it.
            return given ? judge(check, DnsVerdict::Fail, DnsFinding::Missing, m_selector)
                         : judge(check, DnsVerdict::Unknown, DnsFinding::NoSelector);
        }
        check.name = best->selector + "._domainkey." + m_domain;
        check.record = best->record;
        check.selector = best->selector;
        check.keyType = best->type;
        check.keyBits = best->bits;
        return judge(check, best->verdict, best->finding,
                     best->finding == DnsFinding::ShortKey || best->finding == DnsFinding::WeakKey ? std::to_string(best->bits)
                                                                                                   : best->selector);
    }

    DnsCheck dmarc(const DnsCheck& spf, const DnsCheck& dkim) {
        DnsCheck check{.topic = DnsTopic::Dmarc, .name = "_dmarc." + m_domain};
        const DnsAnswer* answer = &m_dns.ask(DnsType::Txt, check.name);
        if (!answer->isAnswer())
            return notAnswered(check, *answer);
        auto records = startingWith(*answer, "v=DMARC1");
        const std::string owner = organisationalDomain(m_domain);
        bool above = false;
        if (records.empty() && owner != m_domain) { // RFC 7489 §6.6.3
            answer = &m_dns.ask(DnsType::Txt, "_dmarc." + owner);
            records = startingWith(*answer, "v=DMARC1");
            above = !records.empty();
        }
        if (above) {
            check.name = "_dmarc." + owner;
            check.policyOwner = owner;
        }
        check.record = joined(records);
        const std::string reports = "rua=mailto:" + m_address;
        if (records.empty()) {
            check.advice = "v=DMARC1; p=none; " + reports;
            return judge(check, DnsVerdict::Fail, DnsFinding::Missing);
        }
        if (records.size() > 1)
            return judge(check, DnsVerdict::Fail, DnsFinding::Several);
        RecordTags tags = parseTags(records.front());
        std::string_view policy = tagOf(tags, "p");
        if (above && !tagOf(tags, "sp").empty())
            policy = tagOf(tags, "sp");
        check.policy = contact::asciiLower(policy);
        if (tags.empty() || tags.front().first != "v"
            || (check.policy != "none" && check.policy != "quarantine" && check.policy != "reject")) {
            check.advice = "v=DMARC1; p=none; " + reports;
            return judge(check, DnsVerdict::Fail, DnsFinding::Malformed, "p=" + std::string(policy));
        }
        const std::string_view rua = tagOf(tags, "rua");
        if (const std::string refused = refusesReports(rua); !refused.empty())
            return judge(check, DnsVerdict::Weak, DnsFinding::ReportsRefused, refused);
        if (check.policy == "none") {
            // Stricter only when what this mailbox sends would pass.
            if (spf.verdict == DnsVerdict::Pass && dkim.verdict == DnsVerdict::Pass && !above)
                check.advice = withPolicy(tags, "quarantine", rua.empty() ? reports : std::string());
            return judge(check, DnsVerdict::Weak, DnsFinding::PolicyNone);
        }
        int percent = 100;
        const std::string_view pct = tagOf(tags, "pct");
        std::from_chars(pct.data(), pct.data() + pct.size(), percent);
        if (percent < 100)
            return judge(check, DnsVerdict::Weak, DnsFinding::Testing, std::to_string(percent));
        if (rua.empty()) {
            check.advice = withPolicy(tags, check.policy, reports);
            return judge(check, DnsVerdict::Pass, DnsFinding::NoReports);
        }
        return judge(check, DnsVerdict::Pass, DnsFinding::Good, check.policy);
    }

    static std::string withPolicy(const RecordTags& tags, std::string_view policy, const std::string& reports) {
        std::string out;
        for (const auto& [name, value] : tags)
            out += (out.empty() ? "" : "; ") + name + "=" + (name == "p" ? std::string(policy) : value);
        return reports.empty() ? out : out + "; " + reports;
    }

    // RFC 7489 §7.1: who gets reports about somebody else has to say so.
    std::string refusesReports(std::string_view rua) {
        for (std::string_view uri : contact::split(rua, ",")) {
            uri = contact::trimmed(uri);
            if (contact::asciiLower(uri.substr(0, 7)) != "mailto:")
                continue;
            uri = uri.substr(0, uri.find('!'));
            const std::string host = contact::asciiLower(uri.substr(uri.rfind('@') + 1));
            if (organisationalDomain(host) == organisationalDomain(m_domain))
                continue;
            const DnsAnswer& answer = m_dns.ask(DnsType::Txt, m_domain + "._report._dmarc." + host);
            if (answer.isAnswer() && startingWith(answer, "v=DMARC1").empty())
                return host;
        }
        return {};
    }

    DnsCheck mx() {
        DnsCheck check{.topic = DnsTopic::Mx, .name = m_domain};
        const DnsAnswer& answer = m_dns.ask(DnsType::Mx, m_domain);
        if (!answer.isAnswer())
            return notAnswered(check, answer);
        if (!answer.found()) { // RFC 5321 §5.1: the domain's own address stands in
            if (m_dns.ask(DnsType::A, m_domain).found() || m_dns.ask(DnsType::Aaaa, m_domain).found())
                return judge(check, DnsVerdict::Weak, DnsFinding::Missing, m_domain);
            return judge(check, DnsVerdict::Fail, DnsFinding::Missing);
        }
        check.record = joined(answer.values);
        if (answer.values.front().empty())
            return judge(check, DnsVerdict::Fail, DnsFinding::NullMx);
        const std::vector<std::string> hosts = answer.values;
        std::string lost;
        int reachable = 0;
        for (const std::string& host : std::span(hosts).first(std::min<std::size_t>(hosts.size(), 5))) {
            const DnsAnswer& address = m_dns.ask(DnsType::A, host);
            const bool there = address.found() || !address.isAnswer() || m_dns.ask(DnsType::Aaaa, host).found();
            reachable += there ? 1 : 0;
            if (!there && lost.empty())
                lost = host;
        }
        if (!lost.empty())
            return judge(check, reachable > 0 ? DnsVerdict::Weak : DnsVerdict::Fail, DnsFinding::NoHost, lost);
        return judge(check, DnsVerdict::Pass, DnsFinding::Good, hosts.front());
    }

    DnsCheck ptr() {
        const std::string& host = m_server;
        DnsCheck check{.topic = DnsTopic::Ptr, .name = host};
        if (m_provider != nullptr || isThisComputer(host) || organisationalDomain(host) != organisationalDomain(m_domain))
            return judge(check, DnsVerdict::None, DnsFinding::NotNeeded, host);
        const DnsAnswer& addresses = m_dns.ask(DnsType::A, host);
        if (!addresses.isAnswer())
            return notAnswered(check, addresses);
        if (!addresses.found())
            return judge(check, DnsVerdict::Fail, DnsFinding::NoHost, host);
        const std::vector<std::string> all = addresses.values;
        for (const std::string& address : all) {
            const DnsAnswer& names = m_dns.ask(DnsType::Ptr, address);
            if (!names.isAnswer())
                return notAnswered(check, names);
            if (!names.found())
                return judge(check, DnsVerdict::Fail, DnsFinding::NoPtr, address);
            check.record += (check.record.empty() ? "" : "\n") + address + " " + names.values.front();
            const std::vector<std::string> back = names.values;
            const bool confirmed = std::any_of(back.begin(), back.end(), [&](const std::string& name) {
                const auto& forward = m_dns.ask(DnsType::A, name).values;
                return std::find(forward.begin(), forward.end(), address) != forward.end();
            });
            if (!confirmed)
                return judge(check, DnsVerdict::Fail, DnsFinding::NotConfirmed, back.front());
        }
        return judge(check, DnsVerdict::Pass, DnsFinding::Good, host);
    }

    DnsCheck oneText(DnsTopic topic, std::string name, std::string_view start, std::string_view needed) {
        DnsCheck check{.topic = topic, .name = std::move(name)};
        const DnsAnswer& answer = m_dns.ask(DnsType::Txt, check.name);
        if (!answer.isAnswer())
            return notAnswered(check, answer);
        const auto records = startingWith(answer, start);
        check.record = joined(records);
        if (records.empty())
            return judge(check, DnsVerdict::None, DnsFinding::Missing);
        if (records.size() > 1)
            return judge(check, DnsVerdict::Weak, DnsFinding::Several);
        if (tagOf(parseTags(records.front()), needed).empty())
            return judge(check, DnsVerdict::Weak, DnsFinding::Malformed, std::string(needed) + "=");
        return judge(check, DnsVerdict::Pass, DnsFinding::Good);
    }

    DnsCheck mtaSts() { return oneText(DnsTopic::MtaSts, "_mta-sts." + m_domain, "v=STSv1", "id"); }

    DnsCheck tlsRpt() {
        DnsCheck check = oneText(DnsTopic::TlsRpt, "_smtp._tls." + m_domain, "v=TLSRPTv1", "rua");
        if (check.finding == DnsFinding::Missing)
            check.advice = "v=TLSRPTv1; rua=mailto:" + m_address;
        return check;
    }

    const Mailbox& m_mailbox;
    const std::string m_selector;
    const std::string m_address;
    const std::string m_domain;
    const std::string m_server; // where its mail leaves
    const KnownProvider* m_provider;
    DnsLookups m_dns;
};

} // namespace

DnsReport examineDomain(const Mailbox& mailbox, std::string_view selector, AskDns ask, Instant now) {
    return Examination(mailbox, selector, std::move(ask)).run(now);
}

std::vector<std::string> likelySelectors(const Mailbox& mailbox) {
    std::vector<std::string> selectors;
    const auto take = [&selectors](std::string_view names) {
        for (const std::string_view name : contact::split(names, " ")) {
            if (std::find(selectors.begin(), selectors.end(), name) == selectors.end())
                selectors.emplace_back(name);
        }
    };
    if (const KnownProvider* provider = knownProvider(sendingServer(mailbox)))
        take(provider->selectors);
    take(anybodysSelectors);
    return selectors;
}

std::string organisationalDomain(std::string_view domain) {
    std::string registrable = contact::registrableDomain(domain);
    if (!registrable.empty())
        return registrable;
    // Under no public suffix: reserved names, a network of one's own.
    const auto last = domain.rfind('.');
    const auto before = last == std::string_view::npos || last == 0 ? std::string_view::npos : domain.rfind('.', last - 1);
    return contact::asciiLower(before == std::string_view::npos ? domain : domain.substr(before + 1));
}

bool isAligned(std::string_view domain, std::string_view fromDomain) {
    return !domain.empty() && organisationalDomain(domain) == organisationalDomain(fromDomain);
}

} // namespace outrider::outreach
