// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/lint_input.h"

#include "core/contact/place.h"
#include "core/outreach/mail_drafting.h"
#include "core/store/repositories/attachment_repository.h"
#include "core/store/repositories/company_repository.h"
#include "core/store/repositories/custom_field_repository.h"
#include "core/store/repositories/enrolment_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/member_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/writing_repository.h"

namespace outrider::outreach {

using namespace outrider::store;

namespace {

constexpr std::size_t mostLeads = 1000; // every one is rendered for

} // namespace

LintInput lintInput(Connection& db, StrategyId id, const StrategyVersion& version, const std::vector<LeadId>& leads) {
    LintInput input{.version = version};
    WritingRepository writing(db);
    const auto strategy = id ? StrategyRepository(db).find(id) : std::nullopt;
    MailboxRepository mailboxes(db);
    auto mailbox = strategy && strategy->mailbox ? mailboxes.find(strategy->mailbox) : std::nullopt;
    if (!mailbox)
        mailbox = mailboxes.firstActive();
    input.hasMailbox = mailbox.has_value();
    if (mailbox) {
        const MailboxWriting its = writing.ofMailbox(mailbox->id);
        input.signature = mailbox->signature;
        input.optOutLine = mailbox->optOutLine;
        input.postalAddress = its.postalAddress;
        input.format = its.format;
    }
    if (id)
        input.format = writing.formatOf(id).value_or(input.format);
    for (Snippet& snippet : writing.snippets())
        input.snippets.emplace(std::move(snippet.name), std::move(snippet.text));
    for (CustomFieldInfo& field : CustomFieldRepository(db).all())
        input.customFields.insert(std::move(field.key));
    AttachmentRepository attachments(db);
    for (int step = 0; step < int(version.steps.size()); ++step) {
        if (auto files = attachments.ofStep(version.steps[std::size_t(step)].id); !files.empty())
            input.attachments.emplace(step, std::move(files));
    }
    const Member me = MemberRepository(db).me().value_or(Member{});
    LeadRepository all(db);
    CompanyRepository companies(db);
    for (const LeadId one : leads) {
        if (input.leads.size() >= mostLeads)
            break;
        const auto lead = all.find(one);
        if (!lead)
            continue;
        if (const std::string country = contact::countryCode(lead->country); !country.empty())
            ++input.countries[country];
        const auto company = lead->company ? companies.find(lead->company) : std::nullopt;
        input.leads.push_back(templateValues(*lead, company, me, mailbox.value_or(Mailbox{})));
    }
    return input;
}

std::vector<LeadId> leadsIn(Connection& db, StrategyId strategy) {
    std::vector<LeadId> leads;
    EnrolmentRepository enrolments(db);
    for (const EnrolmentId id : enrolments.runningIn(strategy)) {
        if (leads.size() >= mostLeads)
            break;
        if (const auto enrolment = enrolments.find(id))
            leads.push_back(enrolment->lead);
    }
    return leads;
}

Result<> checkMessages(Connection& db, StrategyId id) {
    const auto strategy = StrategyRepository(db).find(id);
    const auto version = strategy ? StrategyRepository(db).version(strategy->currentVersion) : std::nullopt;
    if (!version)
        return {}; // said elsewhere
    for (const LintFinding& finding : lintMessages(lintInput(db, id, *version, {}))) {
        if (finding.severity == LintFinding::Severity::Error)
            return fail(ErrorCode::MessageChecks, std::to_string(finding.step) + " " + finding.rule
                                                      + (finding.words.empty() ? "" : " " + finding.words.front()));
    }
    return {};
}

} // namespace outrider::outreach
