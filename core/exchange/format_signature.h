// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/source_formats.h"

#include <span>
#include <string>

namespace outrider::exchange {

struct FormatMatch {
    const SourceFormat* format = nullptr; // nullptr: of no known product
    double confidence = 0;                // 0 to 1: the more of the product's columns the surer

    std::string_view key() const { return format == nullptr ? genericFormat : format->key; }
};

// Recognises the product a table comes from by its header: case, spaces, punctuation, asterisks and
// underscores do not matter, single columns never suffice. Of several the one that knows most columns.
FormatMatch recogniseFormat(std::span<const std::string> header);

// What the product means by the column; nullptr when it is not one of its own.
const KnownColumn* knownColumn(const SourceFormat& format, std::string_view header);

} // namespace outrider::exchange
