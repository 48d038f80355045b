// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/deliverability.h"

#include <QString>

namespace outrider::text {

// What looking at a mailbox from outside found, in plain words. Every topic, verdict, finding and point is named; a test
// walks them.
QString dnsTopicTitle(DnsTopic topic);            // "SPF"
QString dnsTopicMeaning(DnsTopic topic);          // what it is for, a sentence
QString dnsVerdictText(const DnsCheck& check);    // for a chip: "Pass", "Weak: p=none"
QString dnsRecordLine(const DnsCheck& check);     // what is there, in a line: "s1, RSA 2048", the record itself
QString dnsSentence(const DnsCheck& check);       // what that means and what to do
QString dnsAdviceTitle(const DnsCheck& check);    // above the record to paste: "Put this TXT record at _dmarc.x"
QString authResultText(const AuthResult& result); // "SPF passed"

QString healthTitle(HealthPoint point);          // "Bounces"
QString healthSentence(const HealthLine& line);  // "3 of 120 in seven days"
QString healthWord(const MailboxHealth& health); // "Good", "Fair", "Poor", "Not known yet"

// The subject and text of a message a mailbox sends to one's own.
QString probeSubject(const QString& address);
QString probeBody();
QString probeSentence(const ProbeReport& report); // how it arrived

} // namespace outrider::text
