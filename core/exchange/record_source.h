// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/exchange/record_splitter.h"

#include <cstdint>

#include <optional>
#include <string>
#include <vector>

namespace outrider::exchange {

// The records of a file that is no delimited text, in order and as often as wanted; in bounded memory, one
// record at a time. Not thread-safe.
class RecordSource {
public:
    virtual ~RecordSource() = default;

    // False from `sink` ends the reading without an error. Progress counts from 0 to size().
    // ErrorCode: FileUnreadable, FileTooLarge, UnsupportedFormat, Cancelled.
    virtual Result<> read(const RecordSplitter::Sink& sink, const ProgressPtr& progress) = 0;

    // What `progress` counts up to.
    virtual std::int64_t size() const = 0;

    // The columns, where the format names them; empty: a row of the table does.
    virtual const std::vector<std::string>& columns() const = 0;

    // How many there are, when that has been counted.
    virtual std::optional<std::int64_t> count() const = 0;
};

} // namespace outrider::exchange
