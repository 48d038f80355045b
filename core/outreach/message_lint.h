// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/message_parts.h"
#include "core/domain/strategy.h"
#include "core/outreach/message_template.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace outrider::outreach {

// What a careful reader would say of a strategy's messages before the first one leaves. Pure: the same input gives the
// same remarks. Which are errors: what keeps a message from being made or sent at all. Which are warnings: what harms
// delivery, misleads, or leaves out what a law asks for. The rest is worth knowing.

struct LintInput {
    StrategyVersion version;
    std::map<int, std::vector<MailAttachment>> attachments; // by step
    MailFormat format = MailFormat::Plain;

    // The mailbox they leave from.
    bool hasMailbox = true;
    std::string signature;
    std::string optOutLine;
    std::string postalAddress;

    TemplateSnippets snippets;
    std::set<std::string, std::less<>> customFields; // keys there are

    // Of those it is for.
    std::map<std::string, int> countries; // ISO codes, how many each
    std::vector<TemplateValues> leads;    // some of them, what is known of each
};

std::vector<LintFinding> lintMessages(const LintInput& input);

// The laws that ask a commercial e-mail for something, by where its reader is (ISO 3166-1 alpha-2).
bool asksForOptOut(std::string_view country);
bool asksForPostalAddress(std::string_view country);

} // namespace outrider::outreach
