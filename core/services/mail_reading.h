// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/message.h"

#include <optional>
#include <string>
#include <vector>

namespace outrider {

// A link of a mail: what it says, and where it leads.
struct ShownLink {
    std::string text;
    std::string url;  // http, https or mailto, nothing else
    std::string host; // of mailto the address
    bool misleading = false;
};

// A mail for reading. Nothing in `html` runs, and nothing is fetched for it.
struct ShownMail {
    std::string html; // empty: it has none, `text` is what there is
    std::string text; // all of it, with what it quotes
    std::vector<ShownLink> links;
    int imagesLeftOut = 0;
    bool truncated = false; // there is more than is shown
};

// Why a mail was taken for what it is, and for whose.
struct JudgedMail {
    Message message; // with rule, evidence, matchedBy, matchEvidence; without its raw bytes
    std::string leadName;
    std::string effect; // of an automatic answer the ISO date of return, of a bounce its words
};

} // namespace outrider
