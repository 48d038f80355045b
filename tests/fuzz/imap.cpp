// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/imap_tokeniser.h"

#include "fuzz.h"

#include <vector>

using namespace outrider;
using namespace outrider::transport;

namespace {

void write(std::string& out, const ImapValue& value) {
    out += std::to_string(int(value.kind)) + '[' + value.text + ']';
    for (const ImapValue& item : value.items)
        write(out, item);
}

// What a server said, when its bytes come in pieces of that size.
std::string said(std::string_view bytes, std::size_t piece) {
    ImapTokeniser tokeniser({.line = 4096, .literal = 8192, .depth = 16, .values = 2000});
    std::string out;
    const auto takeAll = [&] {
        while (const auto response = tokeniser.next()) {
            out += std::to_string(int(response->kind)) + response->tag + ' ' + response->name + ' ' + response->code + ' '
                   + response->text + ' ' + std::to_string(response->number.value_or(0));
            for (const ImapValue& value : response->values)
                write(out, value);
            for (const ImapValue& value : response->codeValues)
                write(out, value);
            out += '\n';
        }
    };
    for (std::size_t from = 0; from < bytes.size(); from += piece) {
        const auto fed = tokeniser.feed(bytes.substr(from, piece));
        takeAll();
        if (!fed) {
            FUZZ_REQUIRE(!tokeniser.feed("* OK\r\n"));
            return out + "failed " + std::string(name(fed.error().code));
        }
    }
    return out;
}

} // namespace

// What a mail server sends: understood the same however it arrives, or refused for good.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = fuzz::textOf(data, size);
    FUZZ_REQUIRE(said(bytes, std::max<std::size_t>(1, bytes.size())) == said(bytes, 1));
    return 0;
}
