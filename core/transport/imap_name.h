// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace outrider::transport {

// Folder names go over the wire in modified UTF-7 (RFC 3501 §5.1.3): "Envoyés" is "Envoy&AOk-s".

// As people read it. A name that is no valid modified UTF-7 is taken as UTF-8 if it is that, else
// returned as it is with every foreign byte as U+FFFD.
std::string folderName(std::string_view wire);

// As the server wants it; `name` is UTF-8.
std::string wireFolderName(std::string_view name);

} // namespace outrider::transport
