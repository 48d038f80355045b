// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/inbound_mails.h"

#include <algorithm>
#include <array>

namespace outrider::bench {

namespace {

constexpr std::string_view me = "mara@harborline.example";

constexpr std::array<std::string_view, 4> answers{
    "Hello Mara,\n\nthank you for writing. Gate times have been on my list since spring, so yes: Thursday after two would "
    "suit me. Please send a short agenda, and bring the numbers from Rostock.\n\nKind regards\nTobias",
    "Guten Tag Frau Lindqvist,\n\nim Moment ist das bei uns kein Thema, wir stellen gerade das Lagersystem um. Melden Sie sich "
    "gern im zweiten Quartal noch einmal.\n\nMit freundlichen Grüßen\nTobias Rühl",
    "Hi,\n\nI am not the right person for this, Jana Kowalska looks after the yard. I have put her in copy.\n\nBest,\nTobias",
    "Bonjour,\n\nmerci pour votre message. Pouvez-vous m'en dire plus sur les coûts et la durée du projet ?\n\nCordialement,\n"
    "Tobias Rühl"};

constexpr std::string_view quoted =
    "yards of your size lose about an hour a truck at the gate. We brought that down to twelve minutes in Rostock and in "
    "Gdańsk, without a new gate.";

std::string lines(std::string_view text, std::string_view before = {}) {
    std::string out;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        out += std::string(before) + std::string(text.substr(at, end - at)) + "\r\n";
        at = end + 1;
    }
    return out;
}

std::string head(int number, std::string_view from, std::string_view subject) {
    const std::string id = std::to_string(number);
    std::string out = "Return-Path: <" + std::string(from) + ">\r\nDelivered-To: " + std::string(me) + "\r\n";
    for (const char* hop : {"mx3.harborline.example", "relay-eu-west.mail.example", "edge07.mail.example"})
        out += "Received: from " + std::string(hop) + " (" + hop + " [192.0.2.17])\r\n\tby mx.harborline.example with ESMTPS id "
               + id
               + "abcdef0123456789\r\n\t(version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384);\r\n\tThu, 19 Nov 2026 09:00:11 "
                 "+0100 (CET)\r\n";
    out += "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=company.example; s=mail2026;\r\n\tt=1795082411; "
           "h=from:to:subject:date:message-id:mime-version;\r\n\tbh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;\r\n\t"
           "b=dGhpcyBpcyBhIHNpZ25hdHVyZSBvZiB0aGUgdXN1YWwgbGVuZ3RoIGFuZCBub3RoaW5nIGVsc2U\r\n\t"
           "9xQ2d0ZXN0c2lnbmF0dXJlMDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6\r\n";
    return out + "From: =?utf-8?q?Tobias_R=C3=BChl?= <" + std::string(from) + ">\r\nTo: Mara Lindqvist <" + std::string(me)
           + ">\r\nSubject: " + std::string(subject) + "\r\nDate: Thu, 19 Nov 2026 09:00:00 +0100\r\nMessage-ID: <in-" + id
           + "@company.example>\r\nMIME-Version: 1.0\r\n";
}

std::string inThread(std::string_view id) {
    return "In-Reply-To: <" + std::string(id) + ">\r\nReferences: <" + std::string(id) + ">\r\n";
}

std::string plainAnswer(int number, std::string_view from, std::string_view id) {
    return head(number, from, "Re: Dock delays") + inThread(id)
           + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
           + lines(answers[std::size_t(number) % answers.size()]) + "\r\nOn Thu, 19 Nov 2026 at 08:00, Mara Lindqvist <"
           + std::string(me) + "> wrote:\r\n" + lines(quoted, "> ");
}

std::string htmlAnswer(int number, std::string_view from, std::string_view id) {
    const std::string text(answers[std::size_t(number) % answers.size()]);
    std::string html = "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"><style><!-- p.Mso "
                       "{margin:0cm;font-size:11.0pt;font-family:\"Calibri\",sans-serif;} --></style></head><body lang=\"EN\" "
                       "link=\"#0563C1\">\r\n";
    for (int i = 0; i < 6; ++i)
        html += "<div class=\"WordSection" + std::to_string(i)
                + "\"><p class=\"Mso\"><span lang=\"EN-GB\" "
                  "style=\"mso-fareast-language:EN-US\">"
                + text.substr(0, 120) + "</span></p><p class=\"Mso\">&nbsp;</p></div>\r\n";
    html += "<blockquote>" + std::string(quoted) + "</blockquote></body></html>\r\n";
    return head(number, from, "AW: Dock delays") + inThread(id)
           + "Content-Type: multipart/alternative; boundary=\"=_part\"\r\n\r\n--=_part\r\nContent-Type: text/plain; "
             "charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
           + lines(text) + "\r\n________________________________\r\nFrom: Mara Lindqvist <" + std::string(me)
           + ">\r\nSent: Thursday, 19 November 2026 08:00\r\nTo: Tobias\r\nSubject: Dock delays\r\n\r\n" + lines(quoted)
           + "\r\n--=_part\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + html
           + "\r\n--=_part--\r\n";
}

std::string absence(int number, std::string_view from, std::string_view id) {
    return head(number, from, "Automatic reply: Dock delays") + inThread(id)
           + "Auto-Submitted: auto-replied\r\nX-Auto-Response-Suppress: All\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
           + lines("Thank you for your message. I am out of the office and will be back on 2 December 2026.\nIn urgent cases "
                   "please write to yard@company.example.\n\nTobias");
}

std::string bounce(int number, std::string_view to, std::string_view id) {
    const bool hard = number % 2 == 0;
    const std::string code = hard ? "5.1.1" : "4.2.2";
    const std::string said =
        hard ? "550 5.1.1 The email account that you tried to reach does not exist" : "452 4.2.2 mailbox full";
    return "Return-Path: <>\r\n" + head(number, "MAILER-DAEMON@mx.company.example", "Undelivered Mail Returned to Sender")
           + "Auto-Submitted: auto-replied\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n"
             "--b\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\nThis is the mail system at host "
             "mx.company.example.\r\n\r\n"
             "I'm sorry to have to inform you that your message could not\r\nbe delivered to one or more recipients.\r\n\r\n<"
           + std::string(to) + ">: host mail.company.example said: " + said
           + "\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.company.example\r\n\r\n"
             "Final-Recipient: rfc822; "
           + std::string(to) + "\r\nAction: failed\r\nStatus: " + code + "\r\nDiagnostic-Code: smtp; " + said
           + "\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <" + std::string(id)
           + ">\r\nFrom: " + std::string(me) + "\r\nTo: " + std::string(to) + "\r\nSubject: Dock delays\r\n\r\n--b--\r\n";
}

std::string optOut(int number, std::string_view from, std::string_view id) {
    return head(number, from, "Re: Dock delays") + inThread(id) + "Content-Type: text/plain; charset=utf-8\r\n\r\n"
           + lines("Please take me off your list.\n\nTobias") + lines(quoted, "> ");
}

std::string newsletter(int number) {
    return head(number, "news@magazine.example", "The yard of the month")
           + "List-Id: <yard.magazine.example>\r\nList-Unsubscribe: <mailto:leave@magazine.example>\r\nContent-Type: text/plain; "
             "charset=utf-8\r\n\r\n"
           + lines("This month: gates, and who opens them.\n\nTo unsubscribe from this newsletter, click below.");
}

} // namespace

std::string inboundMail(int number, std::string_view from, std::string_view answered) {
    switch (number % 20) {
    case 12:
    case 13:
    case 14:
    case 15:
        return absence(number, from, answered);
    case 16:
    case 17:
        return bounce(number, from, answered);
    case 18:
        return optOut(number, from, answered);
    case 19:
        return newsletter(number);
    default:
        return number % 2 == 0 ? htmlAnswer(number, from, answered) : plainAnswer(number, from, answered);
    }
}

} // namespace outrider::bench
