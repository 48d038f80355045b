// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/contact/text.h"
#include "core/inbound/opt_out.h"
#include "core/inbound/reply_text.h"
#include "core/inbound/return_date.h"
#include "core/transport/address_list.h"
#include "core/transport/delivery_status.h"

#include "fuzz.h"

using namespace outrider;

// The text of an answer: parted from what it quotes, asked for an opt-out and a day.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::textOf(data, size);
    if (!contact::isUtf8(text))
        return 0;
    const inbound::ReplyText reply = inbound::replyText(text);
    FUZZ_REQUIRE(contact::isUtf8(reply.text) && reply.text.size() <= text.size() && reply.quotedLines >= 0);
    if (const auto optOut = inbound::findOptOut(text.substr(0, text.find('\n')), reply.text))
        FUZZ_REQUIRE(!optOut->rule.empty() && contact::isUtf8(optOut->evidence));
    const std::chrono::sys_days written = std::chrono::year(2026) / 11 / 19;
    if (const auto day = inbound::findReturnDate(text, written))
        FUZZ_REQUIRE(*day >= written && *day <= written + std::chrono::days(400));
    (void)inbound::findReturnDate(text, std::nullopt);
    (void)transport::findHeadersInText(text);
    (void)transport::parseDeliveryStatus(text);
    FUZZ_REQUIRE(transport::parseAddressList(text).size() <= transport::mostAddresses);
    return 0;
}
