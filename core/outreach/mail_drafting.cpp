// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/mail_drafting.h"

#include "core/contact/text.h"
#include "core/domain/field.h"
#include "core/domain/variant.h"
#include "core/outreach/choices.h"
#include "core/outreach/mail_markup.h"
#include "core/outreach/text_message.h"
#include "core/store/repositories/attachment_repository.h"
#include "core/store/repositories/company_repository.h"
#include "core/store/repositories/enrolment_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/mailbox_repository.h"
#include "core/store/repositories/member_repository.h"
#include "core/store/repositories/message_repository.h"
#include "core/store/repositories/outbox_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/writing_repository.h"
#include "core/transport/outgoing_mail.h"
#include "core/transport/parsed_mail.h"

#include <array>

namespace outrider::outreach {

using namespace outrider::store;

namespace {

std::string footerOf(const Mailbox& mailbox, const MailboxWriting& writing, bool ofStrategy) {
    std::string footer = mailbox.signature;
    const auto add = [&footer](const std::string& line) {
        if (!line.empty())
            footer += (footer.empty() ? "" : "\n") + line;
    };
    if (ofStrategy) {
        add(mailbox.optOutLine);
        add(writing.postalAddress);
    }
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
    MailboxWriting writing;
};

// Of a text message also without a mailbox: `my.email` has no value then.
Result<Parties> partiesOf(Connection& db, LeadId id, MailboxId wanted, Channel channel = Channel::Email) {
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
    if (!mailbox || isPhoneLine(mailbox->account))
        mailbox = mailboxes.firstActive();
    if (!mailbox && channel == Channel::Email)
        return fail(ErrorCode::NoMailbox);
    parties.mailbox = mailbox.value_or(Mailbox{});
    if (mailbox)
        parties.writing = WritingRepository(db).ofMailbox(mailbox->id);
    return parties;
}

MailDraft addressed(const Parties& parties, bool ofStrategy) {
    MailDraft draft{.mailbox = parties.mailbox.id,
                    .fromName = parties.mailbox.displayName,
                    .fromAddress = parties.mailbox.address,
                    .toName = fullName(parties.lead),
                    .toAddress = parties.lead.email,
                    .footer = footerOf(parties.mailbox, parties.writing, ofStrategy),
                    .format = parties.writing.format};
    if (parties.lead.emailKey.empty())
        draft.problem = Error(ErrorCode::NoAddressForChannel, "email");
    return draft;
}

// The draft as a text message over the phone line; without one it can be read, but not sent.
void makeText(Connection& db, MailDraft& draft, const Parties& parties, bool ofStrategy) {
    draft.channel = Channel::Sms;
    draft.format = MailFormat::Plain;
    draft.toAddress = parties.lead.phoneKey;
    draft.mailbox = {};
    draft.fromAddress.clear();
    draft.footer.clear();
    if (const auto line = MailboxRepository(db).firstLine()) {
        draft.mailbox = line->id;
        draft.fromName = line->displayName;
        draft.fromAddress = line->address;
        draft.footer = footerOf(*line, {}, ofStrategy);
    }
    draft.problem.reset();
    if (parties.lead.phoneKey.empty())
        draft.problem = Error(ErrorCode::NoAddressForChannel, std::string(name(Channel::Sms)));
}

TemplateSnippets snippetsFor(Connection& db, std::string_view text) {
    TemplateSnippets snippets;
    if (text.find('>') != std::string_view::npos) { // most texts have none
        for (Snippet& snippet : WritingRepository(db).snippets())
            snippets.emplace(std::move(snippet.name), std::move(snippet.text));
    }
    return snippets;
}

enum Part : std::uint64_t { Subject = 1, Body = 2 };

std::uint64_t seedOf(LeadId lead, int step, Part part) {
    return choiceSeed(std::uint64_t(lead.value), std::uint64_t(step), part);
}

// Fills subject and body; the first thing missing becomes the draft's problem, and what can be filled is.
void fill(Connection& db, MailDraft& draft, const Parties& parties, std::string_view subject, std::string_view body, int step) {
    const TemplateValues values = templateValues(parties.lead, parties.company, parties.me, parties.mailbox);
    const auto render = [&](std::string_view text, Part part) {
        const TemplateSnippets snippets = snippetsFor(db, text);
        TemplateRendering how{.snippets = &snippets, .seed = seedOf(parties.lead.id, step, part)};
        const auto rendered = renderTemplate(text, values, how);
        if (!rendered) {
            if (!draft.problem)
                draft.problem = rendered.error();
            return std::string(text);
        }
        draft.variables += rendered->variables;
        how.escapeForMarkdown = true;
        if (part == Body && draft.format == MailFormat::Formatted) {
            if (auto markdown = renderTemplate(text, values, how))
                draft.markdown = std::move(markdown->text);
        }
        return rendered->text;
    };
    draft.subject = contact::collapsed(render(subject, Subject));
    draft.body = render(body, Body);
    draft.filledBody = draft.body;
}

// Programs look at the first and the last; a conversation of years would not fit into a header.
void shorten(std::vector<std::string>& references) {
    constexpr std::size_t most = 20;
    if (references.size() > most)
        references.erase(references.begin() + 1, references.end() - (most - 1));
}

std::string withToken(std::string url, std::string_view token) {
    constexpr std::string_view place = "{token}";
    for (auto at = url.find(place); at != std::string::npos; at = url.find(place, at + token.size()))
        url.replace(at, place.size(), token);
    return url;
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
    std::optional<MailFormat> format;
    const auto its = EnrolmentRepository(db).find(enrolment);
    if (its) {
        if (const auto strategy = StrategyRepository(db).find(its->strategy))
            mailbox = strategy->mailbox;
        format = WritingRepository(db).formatOf(its->strategy);
    }
    OutboxRepository outbox(db);
    const auto sent = enrolment ? outbox.sentIn(enrolment) : std::vector<OutboxRepository::SentMail>();
    OUTRIDER_ASSIGN(const Parties parties, partiesOf(db, lead, mailbox, step.channel));
    MailDraft draft = addressed(parties, true);
    if (step.channel == Channel::Sms) {
        makeText(db, draft, parties, true);
        fill(db, draft, parties, step.subject, step.body, step.position);
        if (draft.body.empty() && !draft.problem)
            draft.problem = Error(ErrorCode::MissingVariable, "text");
        return draft;
    }
    draft.optOutHeader = true;
    draft.oneClickUrl = parties.writing.unsubscribeUrl;
    draft.format = format.value_or(draft.format);
    draft.attachments = AttachmentRepository(db).ofStep(step.id);
    const int variant = enrolment ? variantFor(enrolment, step) : 0;
    fill(db, draft, parties, std::string(subjectOf(step, variant)), std::string(bodyOf(step, variant)), step.position);
    if (step.thread == Thread::Reply && !sent.empty()) {
        draft.inThread = true;
        draft.subject = replySubject(sent.front().subject);
        draft.inReplyTo = sent.back().messageIdHeader;
        for (const auto& mail : sent)
            draft.references.push_back(mail.messageIdHeader);
        shorten(draft.references);
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
        // What it refers to, then itself (RFC 5322 §3.6.4).
        draft.references = transport::parse(MessageRepository(db).raw(answering->id)).references;
        if (draft.references.empty() && !answering->inReplyTo.empty())
            draft.references.push_back(answering->inReplyTo);
        draft.references.push_back(answering->messageIdHeader);
        shorten(draft.references);
    }
    return draft;
}

Result<MailDraft> textTo(Connection& db, LeadId lead) {
    OUTRIDER_ASSIGN(const Parties parties, partiesOf(db, lead, {}, Channel::Sms));
    MailDraft draft = addressed(parties, false);
    makeText(db, draft, parties, false);
    return draft;
}

Result<MailDraft> previewOf(Connection& db, LeadId lead, std::string_view subject, std::string_view body, int step) {
    OUTRIDER_ASSIGN(const Parties parties, partiesOf(db, lead, {}));
    MailDraft draft = addressed(parties, true);
    fill(db, draft, parties, subject, body, step);
    return draft;
}

Result<std::string> snippetFor(Connection& db, LeadId lead, std::string_view name) {
    const auto snippet = WritingRepository(db).snippet(name);
    if (!snippet)
        return fail(ErrorCode::NotFound, "snippet " + std::string(name));
    OUTRIDER_ASSIGN(const Parties parties, partiesOf(db, lead, {}));
    const TemplateSnippets snippets = snippetsFor(db, snippet->text);
    OUTRIDER_ASSIGN(const Rendered rendered,
                    renderTemplate(snippet->text, templateValues(parties.lead, parties.company, parties.me, parties.mailbox),
                                   {.snippets = &snippets, .seed = seedOf(lead, 0, Body)}));
    return rendered.text;
}

std::string stepTitle(Connection& db, LeadId id, const std::string& subject, int step) {
    if (subject.find_first_of("{\\") == std::string::npos)
        return subject;
    const auto lead = LeadRepository(db).find(id);
    if (!lead)
        return subject;
    const auto company = lead->company ? CompanyRepository(db).find(lead->company) : std::nullopt;
    const auto mailbox = MailboxRepository(db).firstActive();
    const TemplateSnippets snippets = snippetsFor(db, subject);
    const auto filled = renderTemplate(
        subject, templateValues(*lead, company, MemberRepository(db).me().value_or(Member{}), mailbox.value_or(Mailbox{})),
        {.snippets = &snippets, .seed = seedOf(id, step, Subject)});
    return filled ? contact::collapsed(filled->text) : subject;
}

Result<> checkFilled(const MailDraft& draft) {
    for (const std::string_view text : {std::string_view(draft.subject), std::string_view(draft.body)}) {
        const auto tags = templateTags(text);
        if (!tags)
            continue; // braces of another kind
        for (const TemplateTag& tag : *tags) {
            if (tag.known && tag.kind != TemplateTag::Kind::Comment)
                return fail(ErrorCode::MissingVariable, tag.field);
        }
    }
    return {};
}

Result<> checkAttachments(const std::vector<MailAttachment>& attachments) {
    std::int64_t size = 0;
    for (const MailAttachment& one : attachments)
        size += one.data ? std::int64_t(one.data->size()) : one.size;
    if (size > mostAttachmentBytes || attachments.size() > mostAttachments)
        return fail(ErrorCode::MessageTooLarge, std::to_string(mostAttachmentBytes >> 20) + " MB of files, "
                                                    + std::to_string(mostAttachments) + " of them at most");
    return {};
}

Result<ComposedMail> compose(const MailDraft& draft, Instant now, const Zone& persons, Random& random) {
    if (draft.problem)
        return fail(*draft.problem);
    ComposedMail composed;
    composed.messageIdHeader = makeMessageId(draft, now, random);
    composed.text = draft.body;
    while (!composed.text.empty() && (composed.text.back() == '\n' || composed.text.back() == ' '))
        composed.text.pop_back();
    if (draft.channel == Channel::Sms) {
        if (contact::trimmed(composed.text).empty())
            return fail(ErrorCode::MissingVariable, "text");
        composed.text += (draft.footer.empty() ? "" : "\n") + draft.footer;
        if (charactersOf(composed.text) > mostTextCharacters)
            return fail(ErrorCode::MessageTooLarge, std::to_string(mostTextCharacters) + " characters");
        composed.raw = composed.text;
        return composed;
    }
    std::string html;
    if (draft.format == MailFormat::Formatted) {
        // An edited text is the person's own, with whatever stands in it.
        const bool asFilled = draft.body == draft.filledBody && !draft.markdown.empty();
        html = htmlOf(asFilled ? draft.markdown : draft.body, draft.footer);
    }
    std::vector<transport::OutgoingFile> files;
    for (const MailAttachment& one : draft.attachments) {
        if (!one.data)
            return fail(ErrorCode::Internal, "a file without its bytes");
        files.push_back({.name = one.name, .mediaType = one.mediaType, .data = *one.data});
    }
    if (!draft.footer.empty())
        composed.text += "\n\n" + draft.footer;
    composed.text += '\n';
    transport::OutgoingMail mail{.fromName = draft.fromName,
                                 .fromAddress = draft.fromAddress,
                                 .toName = draft.toName,
                                 .toAddress = draft.toAddress,
                                 .subject = draft.subject,
                                 .text = composed.text,
                                 .html = std::move(html),
                                 .files = std::move(files),
                                 .messageId = composed.messageIdHeader,
                                 .inReplyTo = draft.inReplyTo,
                                 .references = draft.references,
                                 .date = now,
                                 .utcOffsetMinutes = persons.offsetMinutes(now)};
    // A provider may put its own Message-ID in place of ours; this one stays.
    mail.extra.push_back({"X-Outrider-Id", composed.messageIdHeader.substr(0, composed.messageIdHeader.find('@'))});
    if (draft.optOutHeader) {
        // The token is what nobody can guess; the endpoint's owner finds the message by it.
        const std::string token = composed.messageIdHeader.substr(0, composed.messageIdHeader.find('@'));
        const std::string mailto = "<mailto:" + draft.fromAddress + "?subject=unsubscribe%20" + token + ">";
        if (draft.oneClickUrl.empty()) {
            mail.extra.push_back({"List-Unsubscribe", mailto});
        } else {
            mail.extra.push_back({"List-Unsubscribe", "<" + withToken(draft.oneClickUrl, token) + ">, " + mailto});
            mail.extra.push_back({"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"});
        }
    }
    OUTRIDER_ASSIGN(composed.raw, transport::render(mail));
    return composed;
}

} // namespace outrider::outreach
