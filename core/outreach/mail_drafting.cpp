// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/mail_drafting.h"

#include "core/contact/text.h"
#include "core/domain/field.h"
#include "core/store/repositories/company_repository.h"
#include "core/store/repositories/enrolment_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/member_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/transport/outgoing_mail.h"

#include <array>

namespace outrider::outreach {

using namespace outrider::store;

namespace {

std::string footerOf(const Mailbox& mailbox, bool withOptOut) {
    std::string footer = mailbox.signature;
    if (withOptOut && !mailbox.optOutLine.empty())
        footer += (footer.empty() ? "" : "\n") + mailbox.optOutLine;
    return footer;
}

// "Re: " once, whatever the other side's program calls it.
std::string replySubject(const std::string& subject) {
    const auto trimmed = contact::trimmed(subject);
    for (const std::string_view prefix : {"re:", "aw:", "sv:", "antw:", "odp:", "rif:", "ref:", "res:"}) {
        if (contact::asciiLower(trimmed.substr(0, prefix.size())) == prefix)
            return std::string(trimmed);
    }
    return "Re: " + std::string(trimmed);
}

struct Parties {
    Lead lead;
    std::optional<Company> company;
    Member me;
    Mailbox mailbox;
};

Result<Parties> partiesOf(Connection& db, LeadId id, MailboxId wanted) {
    Parties parties;
    const auto lead = LeadRepository(db).find(id);
    if (!lead)
        return fail(ErrorCode::NotFound, "lead " + std::to_string(id.value));
    parties.lead = *lead;
    if (lead->company)
        parties.company = CompanyRepository(db).find(lead->company);
    parties.me = MemberRepository(db).me().value_or(Member{});
    MailboxRepository mailboxes(db);
    auto mailbox = wanted ? mailboxes.find(wanted) : std::nullopt;
    if (!mailbox)
        mailbox = mailboxes.firstActive();
    if (!mailbox)
        return fail(ErrorCode::NoMailbox);
    parties.mailbox = *mailbox;
    return parties;
}

MailDraft addressed(const Parties& parties, bool withOptOut) {
    MailDraft draft{.mailbox = parties.mailbox.id,
                    .fromName = parties.mailbox.displayName,
                    .fromAddress = parties.mailbox.address,
                    .toName = fullName(parties.lead),
                    .toAddress = parties.lead.email,
                    .footer = footerOf(parties.mailbox, withOptOut)};
    if (parties.lead.emailKey.empty())
        draft.problem = Error(ErrorCode::NoAddressForChannel, "email");
    return draft;
}

// Fills subject and body; the first thing missing becomes the draft's problem, and what can be filled is.
void fill(MailDraft& draft, const Parties& parties, std::string_view subject, std::string_view body) {
    const TemplateValues values = templateValues(parties.lead, parties.company, parties.me, parties.mailbox);
    const auto render = [&](std::string_view text) {
        const auto rendered = renderTemplate(text, values);
        if (!rendered) {
            if (!draft.problem)
                draft.problem = rendered.error();
            return std::string(text);
        }
        draft.variables += rendered->variables;
        return rendered->text;
    };
    draft.subject = contact::collapsed(render(subject));
    draft.body = render(body);
}

std::string makeMessageId(const MailDraft& draft, Instant now, Random& random) {
    constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuv";
    std::string id = std::to_string(toEpochMillis(now)) + '.';
    std::array<std::byte, 20> bytes{};
    random.fill(bytes);
    for (const std::byte byte : bytes)
        id += digits[std::to_integer<std::size_t>(byte) & 31];
    const auto at = draft.fromAddress.rfind('@');
    return id + '@' + (at == std::string::npos ? "localhost" : draft.fromAddress.substr(at + 1));
}

} // namespace

TemplateValues templateValues(const Lead& lead, const std::optional<Company>& company, const Member& me, const Mailbox& mailbox) {
    TemplateValues values{
        {"salutation", lead.salutation},
        {"first_name", lead.firstName},
        {"last_name", lead.lastName},
        {"full_name", fullName(lead)},
        {"job_title", lead.jobTitle},
        {"department", lead.department},
        {"email", lead.email},
        {"phone", lead.phone},
        {"linkedin_url", lead.linkedinUrl},
        {"city", lead.city},
        {"region", lead.region},
        {"country", lead.country},
        {"company", lead.companyName},
        {"source", lead.source},
    };
    if (company) {
        if (lead.companyName.empty())
            values["company"] = company->name;
        values["company_short"] = company->shortName.empty() ? values["company"] : company->shortName;
        values["company_domain"] = company->domain;
        values["company_website"] = company->website;
        values["company_industry"] = company->industry;
        values["company_city"] = company->city;
        if (company->employees)
            values["company_employees"] = std::to_string(*company->employees);
    } else {
        values["company_short"] = lead.companyName;
    }
    for (const auto& [key, value] : lead.custom)
        values[std::string(customFieldPrefix) + key] = value;
    const std::string& my = mailbox.displayName.empty() ? me.name : mailbox.displayName;
    values["my.name"] = my;
    values["my.first_name"] = my.substr(0, my.find(' '));
    values["my.email"] = mailbox.address;
    return values;
}

Result<MailDraft> draftOfStep(Connection& db, LeadId lead, EnrolmentId enrolment, const Step& step) {
    MailboxId mailbox;
    const auto its = EnrolmentRepository(db).find(enrolment);
    if (its) {
        if (const auto strategy = StrategyRepository(db).find(its->strategy))
            mailbox = strategy->mailbox;
    }
    OutboxRepository outbox(db);
    const auto sent = enrolment ? outbox.sentIn(enrolment) : std::vector<OutboxRepository::SentMail>();
    OUTRIDER_ASSIGN(const Parties parties, partiesOf(db, lead, mailbox));
    MailDraft draft = addressed(parties, true);
    draft.optOutHeader = true;
    fill(draft, parties, step.subject, step.body);
    if (step.thread == Thread::Reply && !sent.empty()) {
        draft.inThread = true;
        draft.subject = replySubject(sent.front().subject);
        draft.inReplyTo = sent.back().messageIdHeader;
        for (const auto& mail : sent)
            draft.references.push_back(mail.messageIdHeader);
    }
    if (draft.subject.empty() && !draft.problem)
        draft.problem = Error(ErrorCode::MissingVariable, "subject");
    return draft;
}

Result<MailDraft> draftTo(Connection& db, LeadId lead, const std::optional<Message>& answering) {
    OUTRIDER_ASSIGN(const Parties parties, partiesOf(db, lead, answering ? answering->mailbox : MailboxId{}));
    MailDraft draft = addressed(parties, false);
    if (answering) {
        draft.inThread = true;
        draft.subject = replySubject(answering->subject);
        draft.inReplyTo = answering->messageIdHeader;
        if (!answering->inReplyTo.empty())
            draft.references.push_back(answering->inReplyTo);
        draft.references.push_back(answering->messageIdHeader);
    }
    return draft;
}

Result<MailDraft> previewOf(Connection& db, LeadId lead, std::string_view subject, std::string_view body) {
    OUTRIDER_ASSIGN(const Parties parties, partiesOf(db, lead, {}));
    MailDraft draft = addressed(parties, true);
    fill(draft, parties, subject, body);
    return draft;
}

std::string stepTitle(Connection& db, LeadId id, const std::string& subject) {
    if (subject.find("{{") == std::string::npos)
        return subject;
    const auto lead = LeadRepository(db).find(id);
    if (!lead)
        return subject;
    const auto company = lead->company ? CompanyRepository(db).find(lead->company) : std::nullopt;
    const auto mailbox = MailboxRepository(db).firstActive();
    const auto filled = renderTemplate(
        subject, templateValues(*lead, company, MemberRepository(db).me().value_or(Member{}), mailbox.value_or(Mailbox{})));
    return filled ? contact::collapsed(filled->text) : subject;
}

Result<ComposedMail> compose(const MailDraft& draft, Instant now, const Zone& persons, Random& random) {
    if (draft.problem)
        return fail(*draft.problem);
    ComposedMail composed;
    composed.messageIdHeader = makeMessageId(draft, now, random);
    composed.text = draft.body;
    while (!composed.text.empty() && (composed.text.back() == '\n' || composed.text.back() == ' '))
        composed.text.pop_back();
    if (!draft.footer.empty())
        composed.text += "\n\n" + draft.footer;
    composed.text += '\n';
    transport::OutgoingMail mail{.fromName = draft.fromName,
                                 .fromAddress = draft.fromAddress,
                                 .toName = draft.toName,
                                 .toAddress = draft.toAddress,
                                 .subject = draft.subject,
                                 .text = composed.text,
                                 .messageId = composed.messageIdHeader,
                                 .inReplyTo = draft.inReplyTo,
                                 .references = draft.references,
                                 .date = now,
                                 .utcOffsetMinutes = persons.offsetMinutes(now)};
    // A provider may put its own Message-ID in place of ours; this one stays.
    mail.extra.push_back({"X-Outrider-Id", composed.messageIdHeader.substr(0, composed.messageIdHeader.find('@'))});
    if (draft.optOutHeader)
        mail.extra.push_back({"List-Unsubscribe", "<mailto:" + draft.fromAddress + "?subject=unsubscribe>"});
    OUTRIDER_ASSIGN(composed.raw, transport::render(mail));
    return composed;
}

} // namespace outrider::outreach
