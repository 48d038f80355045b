// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <string>

namespace outrider::transport {

// What a libcurl result (CURLcode, https://curl.se/libcurl/c/libcurl-errors.html) together with the
// server's last reply means to us: the one mapping for this library. `reply` is an SMTP reply code, 0
// where there is none; `detail` the library's or the server's text, or the host.
//
// libcurl reports a refused recipient as "failed sending data" and a refused message as "weird server
// reply": where a reply of 400 or more came, it is the answer.
Error curlError(int curlCode, int reply, std::string detail);

// The same, looking at the system as well: "no such host" is Offline when no network is up. `host` is
// the detail of errors that are about it.
Error connectionError(int curlCode, int reply, const std::string& host, const std::string& detail);

} // namespace outrider::transport
