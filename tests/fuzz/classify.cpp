// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inbound/classify.h"
#include "core/contact/text.h"
#include "core/inbound/diagnosis.h"

#include "fuzz.h"

#include <array>

using namespace outrider;

// What a server, a machine or a person writes, under each of the headers that tell them apart: judged, with the rule
// that did and what it saw. The first byte chooses the headers, the first line is the subject.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::array<std::string_view, 5> writers{
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\n", "From: t@ostsee.example\nAuto-Submitted: auto-replied\n",
        "From: t@ostsee.example\nIn-Reply-To: <m1@harborline.example>\n", "From: t@ostsee.example\nPrecedence: bulk\n",
        "From: postmaster@mx.example\nContent-Language: de\n"};
    std::string_view input = fuzz::textOf(data, size);
    const std::string_view headers = writers[fuzz::takeChoice(input) % writers.size()];
    const auto line = std::min(input.find('\n'), input.size());
    std::string raw(headers);
    raw += "To: mara@harborline.example\nDate: Thu, 19 Nov 2026 10:12:00 +0100\nSubject: ";
    raw += input.substr(0, line);
    raw += "\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n";
    raw += input.substr(std::min(line + 1, input.size()));
    const inbound::Classification judged = inbound::classify(transport::parse(raw));
    const bool bounce = judged.messageClass == MessageClass::Bounce;
    FUZZ_REQUIRE(!judged.rule.empty() && contact::isUtf8(judged.evidence) && contact::isUtf8(judged.contact));
    FUZZ_REQUIRE(judged.hard.has_value() == bounce);
    FUZZ_REQUIRE(bounce || judged.messageClass == MessageClass::AutoReply || judged.reason.empty());
    FUZZ_REQUIRE(!bounce || !judged.reason.empty());
    FUZZ_REQUIRE(!judged.returnDate || judged.messageClass == MessageClass::AutoReply);
    FUZZ_REQUIRE(contact::isUtf8(judged.recipient) && contact::isUtf8(judged.originalMessageId));
    (void)name(inbound::kindOf(judged.hard.value_or(false), judged.reason));
    return 0;
}
