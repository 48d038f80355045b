// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace outrider::exchange {

// How much `text` (UTF-8) looks like what people write: the mean over its characters beyond ASCII,
// about 5 for names and places decoded rightly, below 0 for the same bytes decoded wrongly. Weighs
// the letters by how common they are, and what stands beside them: a sign inside a word, a capital
// after a small letter or two scripts in one word do not happen by nature. 0 without such characters.
double plausibility(std::string_view text);

} // namespace outrider::exchange
