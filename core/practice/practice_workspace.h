// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secure_bytes.h"
#include "core/store/store.h"

#include <string>

namespace outrider::practice {

// The practice workspace: what Outrider offers somebody who wants to try it without a mailbox of their
// own. Everything in it is invented, and its mailbox has no network (practice_transport.h).

// Its key is no secret: the file is encrypted like every other, but whoever has Outrider can open it.
SecureBytes practiceKey();

// Fills a new store: 300 leads, three strategies and six weeks of work on them, told so that on the day
// of `now` there is a full queue, and replies to answer. The past is made by the same flows as the
// present, each at its moment. The same `now` and `zone` (the person's, an IANA name; empty: the
// system's) always give the same content. Blocks for a second or two.
Result<> fillPracticeWorkspace(store::Store& store, Instant now, const std::string& zone);

} // namespace outrider::practice
