// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/domain/company.h"
#include "core/domain/lead.h"
#include "core/domain/mail_draft.h"
#include "core/domain/mailbox.h"
#include "core/domain/member.h"
#include "core/domain/message.h"
#include "core/domain/strategy.h"
#include "core/domain/task.h"
#include "core/outreach/message_template.h"
#include "core/outreach/zone.h"
#include "core/store/sqlite/connection.h"

namespace outrider::outreach {

// The values a template may use for one lead, from the one mailbox.
TemplateValues templateValues(const Lead& lead, const std::optional<Company>& company, const Member& me, const Mailbox& mailbox);

// The message of a strategy's step for a lead: subject and text from the step's templates, threaded into
// what the enrolment has sent before when the step says so. What keeps it from being sent is in
// `problem`; a text message's is one of the phone line. NoMailbox and NotFound are errors of the call.
Result<MailDraft> draftOfStep(store::Connection& db, LeadId lead, EnrolmentId enrolment, const Step& step);

// An empty message to a lead, or an answer to what they wrote.
Result<MailDraft> draftTo(store::Connection& db, LeadId lead, const std::optional<Message>& answering);

// An empty text message to a lead. Without a phone line it has no mailbox and cannot be sent.
Result<MailDraft> textTo(store::Connection& db, LeadId lead);

// A template filled for a lead as it would be sent at that step (0-based), for the editor's preview. Choices fall by
// lead and step, so what is shown is what will be sent.
Result<MailDraft> previewOf(store::Connection& db, LeadId lead, std::string_view subject, std::string_view body, int step = 0);

// A snippet filled for a lead, for the composer.
Result<std::string> snippetFor(store::Connection& db, LeadId lead, std::string_view name);

// What a step is about, in lists and on the timeline: its subject filled for the lead. The template itself
// when something it needs is missing. Throws StoreException.
std::string stepTitle(store::Connection& db, LeadId lead, const std::string& subject, int step = 0);

// MissingVariable when a field still stands bare in a text a person has written or edited.
Result<> checkFilled(const MailDraft& draft);

// MessageTooLarge when they are more than one message may carry.
Result<> checkAttachments(const std::vector<MailAttachment>& attachments);

// A draft as bytes, with a fresh Message-ID. Its files have to come with their data. Of a text message, which has neither
// headers nor files, the bytes are the text.
struct ComposedMail {
    std::string messageIdHeader; // without angle brackets
    std::string text;            // body and footer, as sent
    std::string raw;             // RFC 5322, CRLF
};
// The draft's problem; MessageMalformed, InvalidEmail.
Result<ComposedMail> compose(const MailDraft& draft, Instant now, const Zone& persons, Random& random);

} // namespace outrider::outreach
