// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/address_survey.h"

#include "core/contact/address_advice.h"
#include "core/contact/email_address.h"
#include "core/transport/dns_query.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>

namespace outrider {

namespace {

constexpr std::size_t atOnce = 8; // questions under way; a resolver takes many more, a home router not

AddressFinding mailOf(transport::DnsQuery& dns, const std::string& domain, const Progress& progress) {
    using Kind = transport::DnsAnswer::Kind;
    const auto mx = dns.ask(transport::DnsType::Mx, domain, progress);
    if (mx.found())
        return mx.values.size() == 1 && mx.values.front().empty() ? AddressFinding::TakesNoMail : AddressFinding::Good;
    if (mx.kind == Kind::NoName)
        return AddressFinding::NoDomain;
    if (mx.kind != Kind::NoRecord)
        return AddressFinding::NoAnswer;
    bool isSure = true;
    for (const auto type : {transport::DnsType::A, transport::DnsType::Aaaa}) {
        const auto host = dns.ask(type, domain, progress);
        if (host.found())
            return AddressFinding::Good;
        isSure = isSure && host.isAnswer();
    }
    return isSure ? AddressFinding::TakesNoMail : AddressFinding::NoAnswer;
}

} // namespace

DomainFindings surveyDomains(const std::vector<std::string>& domains, const std::string& dnsServers, WorkerMode workers,
                             const Progress& progress, const std::function<void()>& tell) {
    DomainFindings findings;
    std::mutex mutex; // findings, and telling
    std::atomic<std::size_t> next = 0;
    const auto ask = [&] {
        transport::DnsQuery dns(dnsServers);
        for (std::size_t i = next++; i < domains.size() && !progress.cancelled(); i = next++) {
            const AddressFinding found = mailOf(dns, domains[i], progress);
            if (progress.cancelled())
                return;
            const std::lock_guard lock(mutex);
            findings[domains[i]] = found;
            if (tell)
                tell();
        }
    };
    {
        std::vector<std::unique_ptr<Worker>> lanes;
        for (std::size_t i = 0; i < std::min(atOnce, domains.size()); ++i) {
            lanes.push_back(std::make_unique<Worker>("dns " + std::to_string(i + 1), workers));
            lanes.back()->post(ask);
        }
    } // each is done when it ends
    return findings;
}

AddressVerdict judgeAddress(std::string_view address, AddressFinding domain) {
    AddressVerdict verdict{.key = std::string(address)};
    const auto parsed = contact::parseEmailAddress(address);
    if (!parsed) {
        verdict.state = AddressState::Invalid;
        verdict.finding = AddressFinding::Syntax;
        return verdict;
    }
    verdict.key = parsed->key;
    if (const std::string meant = contact::likelyMeantDomain(parsed->domain); !meant.empty())
        verdict.suggestion = parsed->local + '@' + meant;
    verdict.finding = domain;
    if (domain == AddressFinding::NoDomain || domain == AddressFinding::TakesNoMail) {
        verdict.state = AddressState::Invalid;
    } else if (contact::isDisposableDomain(parsed->domain)) {
        verdict.state = AddressState::Risky;
        verdict.finding = AddressFinding::Disposable;
    } else if (!verdict.suggestion.empty()) {
        verdict.state = AddressState::Risky;
        verdict.finding = AddressFinding::LikelyTypo;
    } else if (domain == AddressFinding::NoAnswer) {
        verdict.state = AddressState::Unknown;
    } else if (contact::isRoleLocalPart(parsed->key.substr(0, parsed->key.rfind('@')))) {
        verdict.state = AddressState::Risky;
        verdict.finding = AddressFinding::Role;
    } else {
        verdict.state = AddressState::Valid;
    }
    return verdict;
}

std::string domainToAsk(std::string_view address) {
    const auto parsed = contact::parseEmailAddress(address);
    if (!parsed || contact::isDisposableDomain(parsed->domain))
        return {};
    return parsed->domain;
}

} // namespace outrider
