// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace outrider::inbound {

// Which rules a mail is judged by: classify(), what is read of a mail, and what is shown of it. Stored with every mail
// that came in. One more whenever any of them judges differently, so that `inbox reclassify` knows what to look at again.
inline constexpr int rulesVersion = 2;

} // namespace outrider::inbound
