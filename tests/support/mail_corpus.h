// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace outrider::test {

// A mail of tests/data/mail/bounces_*.txt with what it is expected to be.
struct CorpusMail {
    std::string name;
    std::string kind;       // of a bounce: BounceKind
    std::string recipient;  // that failed
    std::string originalId; // empty: the mail does not say
    std::string raw;        // with CRLF
};

// Reads such a file; its first lines say how it is written.
std::vector<CorpusMail> readMailCorpus(const std::string& path);

} // namespace outrider::test
