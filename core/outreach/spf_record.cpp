// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/spf_record.h"

#include "core/contact/text.h"

#include <algorithm>
#include <charconv>

namespace outrider::outreach {

using transport::DnsAnswer;
using transport::DnsType;

namespace {

constexpr int deepest = 20;      // includes in includes; a receiver gives up long before
constexpr int mostFollowed = 60; // a record that counts to more is told so far

struct Term {
    char qualifier = '+';
    std::string name;   // lower case
    std::string domain; // behind ":" or "="; may have macros
    int bits4 = 32;
    int bits6 = 128;
    bool isModifier = false;
    std::string_view text;
};

bool isMacro(std::string_view domain) { return domain.find('%') != std::string_view::npos; }

bool parseBits(std::string_view text, int most, int& bits) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits);
    return error == std::errc() && end == text.data() + text.size() && bits >= 0 && bits <= most;
}

bool isHostName(std::string_view name) {
    return !name.empty() && name.size() <= 253 && name.find("..") == std::string_view::npos
           && std::all_of(name.begin(), name.end(), [](unsigned char c) {
                  return std::isalnum(c) != 0 || c == '.' || c == '-' || c == '_' || c == '%' || c == '{' || c == '}' || c == '+'
                         || c == '/' || c == '=';
              });
}

// §4.6.1: nullopt for what is none.
std::optional<Term> parseTerm(std::string_view text) {
    Term term{.text = text};
    std::string_view rest = text;
    if (!rest.empty() && std::string_view("+-~?").find(rest.front()) != std::string_view::npos) {
        term.qualifier = rest.front();
        rest.remove_prefix(1);
    }
    const auto end = std::min(rest.find_first_of(":=/"), rest.size());
    term.name = contact::asciiLower(rest.substr(0, end));
    if (term.name.empty())
        return std::nullopt;
    rest.remove_prefix(end);
    if (rest.starts_with('=')) {
        term.isModifier = true;
        term.domain = contact::asciiLower(rest.substr(1));
        const bool known = term.name == "redirect" || term.name == "exp";
        return rest.size() == text.size() - end && (!known || isHostName(term.domain)) ? std::optional(term) : std::nullopt;
    }
    const bool takesHost = term.name == "a" || term.name == "mx";
    if (term.name == "ip4" || term.name == "ip6") {
        if (!rest.starts_with(':'))
            return std::nullopt;
        rest.remove_prefix(1);
        const auto slash = rest.rfind('/');
        const int most = term.name == "ip4" ? 32 : 128;
        int bits = most;
        if (slash != std::string_view::npos && !parseBits(rest.substr(slash + 1), most, bits))
            return std::nullopt;
        (most == 32 ? term.bits4 : term.bits6) = bits;
        term.domain = rest.substr(0, slash);
        const auto address = parseIpAddress(term.domain);
        return address && address->isV6 == (most == 128) ? std::optional(term) : std::nullopt;
    }
    if (takesHost) { // a:host/24//64 (§5.6)
        const auto slash = rest.find('/');
        std::string_view lengths = slash == std::string_view::npos ? std::string_view() : rest.substr(slash);
        rest = rest.substr(0, slash);
        if (const auto six = lengths.find("//"); six != std::string_view::npos) {
            if (!parseBits(lengths.substr(six + 2), 128, term.bits6))
                return std::nullopt;
            lengths = lengths.substr(0, six);
        }
        if (!lengths.empty() && !parseBits(lengths.substr(1), 32, term.bits4))
            return std::nullopt;
    }
    if (rest.starts_with(':')) {
        term.domain = contact::asciiLower(rest.substr(1));
        while (term.domain.ends_with('.'))
            term.domain.pop_back();
        if (!isHostName(term.domain))
            return std::nullopt;
    } else if (!rest.empty()) {
        return std::nullopt;
    }
    if (term.name == "all")
        return term.domain.empty() ? std::optional(term) : std::nullopt;
    if (term.name == "include" || term.name == "exists")
        return term.domain.empty() ? std::nullopt : std::optional(term);
    return takesHost || term.name == "ptr" ? std::optional(term) : std::nullopt;
}

bool isSpf(std::string_view text) {
    const std::string lower = contact::asciiLower(text.substr(0, 7));
    return lower == "v=spf1" || lower == "v=spf1 ";
}

std::vector<std::string> spfRecords(const DnsAnswer& answer) {
    std::vector<std::string> records;
    std::copy_if(answer.values.begin(), answer.values.end(), std::back_inserter(records), isSpf);
    return records;
}

struct Record {
    std::vector<Term> terms;
    std::string malformed; // the first term that is none
    const Term* of(std::string_view name) const {
        const auto found = std::find_if(terms.begin(), terms.end(), [name](const Term& term) { return term.name == name; });
        return found == terms.end() ? nullptr : &*found;
    }
};

Record parseRecord(std::string_view text) {
    Record record;
    for (const std::string_view part : contact::split(text.substr(6), " ")) {
        if (part.empty())
            continue;
        if (auto term = parseTerm(part))
            record.terms.push_back(std::move(*term));
        else if (record.malformed.empty())
            record.malformed = part;
    }
    return record;
}

class Walk {
public:
    Walk(DnsLookups& dns, SpfAnalysis& analysis) : m_dns(dns), m_analysis(analysis) {}

    void domain(const std::string& name, bool isRoot) {
        if (std::find(m_path.begin(), m_path.end(), name) != m_path.end() || m_path.size() >= deepest) {
            problem(DnsFinding::Loop, name);
            return;
        }
        const DnsAnswer& answer = m_dns.ask(DnsType::Txt, name);
        if (!answer.isAnswer()) {
            problem(DnsFinding::NoAnswer, name);
            return;
        }
        if (!isRoot)
            voids(answer);
        const auto records = spfRecords(answer);
        if (isRoot)
            m_analysis.records = records;
        if (records.empty()) {
            problem(isRoot ? DnsFinding::Missing : DnsFinding::BrokenInclude, name);
            return;
        }
        if (records.size() > 1) {
            problem(isRoot ? DnsFinding::Several : DnsFinding::BrokenInclude, name);
            return;
        }
        m_path.push_back(name);
        record(parseRecord(records.front()), name, isRoot);
        m_path.pop_back();
    }

    void problem(DnsFinding finding, std::string detail) {
        if (m_analysis.problem)
            return;
        m_analysis.problem = finding;
        m_analysis.detail = std::move(detail);
    }

private:
    void record(const Record& record, const std::string& name, bool isRoot) {
        if (!record.malformed.empty())
            problem(DnsFinding::Malformed, record.malformed);
        for (const Term& term : record.terms) {
            if (m_analysis.lookups > mostFollowed)
                return;
            if (term.name == "all") {
                if (isRoot)
                    m_analysis.all = term.qualifier;
                return; // nothing behind it is looked at (§5.1)
            }
            if (!term.isModifier)
                mechanism(term, name);
        }
        const Term* redirect = record.of("redirect");
        if (redirect == nullptr)
            return;
        ++m_analysis.lookups;
        if (isMacro(redirect->domain))
            return;
        m_analysis.included.insert(redirect->domain);
        domain(redirect->domain, false);
        if (isRoot && !m_analysis.problem)
            m_analysis.all = redirectedAll(redirect->domain);
    }

    void mechanism(const Term& term, const std::string& name) {
        if (term.name == "ip4" || term.name == "ip6")
            return;
        ++m_analysis.lookups;
        const std::string& target = term.domain.empty() ? name : term.domain;
        if (term.name == "ptr")
            m_analysis.usesPtr = true;
        if (term.name == "ptr" || isMacro(target))
            return; // depend on who sends
        if (term.name == "include") {
            m_analysis.included.insert(target);
            domain(target, false);
        } else if (term.name == "mx") {
            voids(m_dns.ask(DnsType::Mx, target));
        } else { // a, exists
            const DnsAnswer& four = m_dns.ask(DnsType::A, target);
            if (term.name == "exists" || four.found() || m_dns.ask(DnsType::Aaaa, target).kind != DnsAnswer::Kind::Found)
                voids(four);
        }
    }

    void voids(const DnsAnswer& answer) {
        if (answer.kind == DnsAnswer::Kind::NoName || answer.kind == DnsAnswer::Kind::NoRecord)
            ++m_analysis.voids;
    }

    char redirectedAll(const std::string& name) {
        std::string at = name;
        for (int hops = 0; hops < deepest; ++hops) {
            const auto records = spfRecords(m_dns.ask(DnsType::Txt, at));
            if (records.size() != 1)
                return '\0';
            const Record record = parseRecord(records.front());
            if (const Term* all = record.of("all"))
                return all->qualifier;
            const Term* redirect = record.of("redirect");
            if (redirect == nullptr)
                return '\0';
            at = redirect->domain;
        }
        return '\0';
    }

    DnsLookups& m_dns;
    SpfAnalysis& m_analysis;
    std::vector<std::string> m_path;
};

// check_host() without its limits: they have been looked at before.
class Check {
public:
    Check(DnsLookups& dns, const IpAddress& address) : m_dns(dns), m_address(address) {}

    std::optional<char> host(const std::string& domain, int depth) {
        if (depth > deepest)
            return std::nullopt;
        const auto records = spfRecords(m_dns.ask(DnsType::Txt, domain));
        if (records.size() != 1)
            return std::nullopt;
        const Record record = parseRecord(records.front());
        if (!record.malformed.empty())
            return std::nullopt;
        for (const Term& term : record.terms) {
            if (term.isModifier)
                continue;
            const auto matches = match(term, term.domain.empty() ? domain : term.domain, depth);
            if (!matches)
                return std::nullopt;
            if (*matches)
                return term.qualifier;
        }
        const Term* redirect = record.of("redirect");
        return redirect == nullptr || isMacro(redirect->domain) ? std::optional('?') : host(redirect->domain, depth + 1);
    }

private:
    std::optional<bool> match(const Term& term, const std::string& target, int depth) {
        if (term.name == "all")
            return true;
        if (term.name == "ip4" || term.name == "ip6") {
            const auto network = parseIpAddress(term.domain);
            return network && isInNetwork(m_address, *network, network->isV6 ? term.bits6 : term.bits4);
        }
        if (term.name == "ptr" || isMacro(target))
            return false; // not known without a message
        if (term.name == "include") {
            const auto said = host(target, depth + 1);
            return said ? std::optional(*said == '+') : std::nullopt;
        }
        if (term.name == "exists")
            return m_dns.ask(DnsType::A, target).found();
        if (term.name == "a")
            return isAddressOf(target, term);
        const auto hosts = m_dns.ask(DnsType::Mx, target).values;
        return std::any_of(hosts.begin(), hosts.begin() + std::ptrdiff_t(std::min<std::size_t>(hosts.size(), 10)),
                           [&](const std::string& name) { return isAddressOf(name, term); });
    }

    bool isAddressOf(const std::string& name, const Term& term) {
        const auto& values = m_dns.ask(m_address.isV6 ? DnsType::Aaaa : DnsType::A, name).values;
        return std::any_of(values.begin(), values.end(), [&](const std::string& value) {
            const auto network = parseIpAddress(value);
            return network && isInNetwork(m_address, *network, network->isV6 ? term.bits6 : term.bits4);
        });
    }

    DnsLookups& m_dns;
    const IpAddress& m_address;
};

} // namespace

SpfAnalysis analyseSpf(DnsLookups& dns, const std::string& domain) {
    SpfAnalysis analysis;
    Walk walk(dns, analysis);
    walk.domain(domain, true);
    if (analysis.lookups > mostSpfLookups)
        walk.problem(DnsFinding::TooManyLookups, std::to_string(analysis.lookups));
    if (analysis.voids > mostSpfVoids)
        walk.problem(DnsFinding::TooManyVoid, std::to_string(analysis.voids));
    return analysis;
}

std::optional<char> spfSaysOf(DnsLookups& dns, const std::string& domain, const IpAddress& address) {
    return Check(dns, address).host(domain, 0);
}

std::string spfWith(std::string_view record, std::string_view term, std::string_view all) {
    std::string out = "v=spf1";
    for (const std::string_view part : contact::split(record.substr(std::min<std::size_t>(6, record.size())), " ")) {
        const auto known = part.empty() ? std::nullopt : parseTerm(part);
        if (known && known->name != "all" && !(known->name == "redirect" && !all.empty()))
            out += " " + std::string(part);
    }
    if (!term.empty())
        out += " " + std::string(term);
    return all.empty() ? out : out + " " + std::string(all);
}

} // namespace outrider::outreach
