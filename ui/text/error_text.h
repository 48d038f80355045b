// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QString>

namespace outrider::text {

// What a person is told about an error: what happened and what it means for their work, in one plain
// sentence. Every code has one (a test walks them).
QString sentence(const Error& error);

// What to do about it; empty when there is nothing to do.
QString hint(const Error& error);

} // namespace outrider::text
