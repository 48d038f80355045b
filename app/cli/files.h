// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>

namespace outrider::cli {

// Whole files, for small ones. FileNotFound, FileUnreadable, FileTooLarge, FileUnwritable.
Result<std::string> readFile(const std::string& path);
Result<> writeFile(const std::string& path, const std::string& text);

} // namespace outrider::cli
