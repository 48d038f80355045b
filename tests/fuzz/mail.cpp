// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/contact/text.h"
#include "core/inbound/classify.h"
#include "core/inbound/incoming_mail.h"
#include "core/transport/parsed_mail.h"

#include "fuzz.h"

using namespace outrider;

namespace {

bool isReadable(std::string_view text) { return contact::isUtf8(text) && text.find('\r') == std::string_view::npos; }

void check(const transport::MailHeaders& headers) {
    for (const auto& header : headers.list())
        FUZZ_REQUIRE(contact::isUtf8(header.name) && contact::isUtf8(header.value));
}

} // namespace

// A mail as strangers write it: read as far as it goes, judged, bounded, all of it text.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view raw = fuzz::textOf(data, size);
    const transport::ParsedMail mail = transport::parse(raw);
    FUZZ_REQUIRE(isReadable(mail.text) && mail.text.size() <= transport::mostTextBytes);
    FUZZ_REQUIRE(isReadable(mail.subject) && mail.parts.size() <= transport::mostParts);
    FUZZ_REQUIRE(mail.headers.list().size() <= transport::mostHeaders);
    check(mail.headers);
    check(mail.original);
    for (const transport::DeliveryStatus& status : mail.deliveryStatus) {
        FUZZ_REQUIRE(status.recipients.size() <= transport::mostStatusRecipients);
        for (const transport::MailHeaders& recipient : status.recipients)
            check(recipient);
    }
    for (const transport::MailPart& part : mail.parts)
        FUZZ_REQUIRE(contact::isUtf8(part.type) && contact::isUtf8(part.name));
    for (const auto* people : {&mail.to, &mail.cc, &mail.replyTo}) {
        for (const transport::MailAddress& address : *people)
            FUZZ_REQUIRE(contact::isUtf8(address.name) && contact::isUtf8(address.address));
    }
    const inbound::IncomingMail incoming = inbound::readIncoming(raw, Instant{}, MailboxId{1});
    FUZZ_REQUIRE(incoming.classification == inbound::classify(mail));
    FUZZ_REQUIRE(isReadable(incoming.message.text) && contact::isUtf8(incoming.classification.evidence));
    FUZZ_REQUIRE(contact::isUtf8(incoming.classification.recipient) && contact::isUtf8(incoming.message.messageIdHeader));
    return 0;
}
