// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/transfer_encoding.h"

#include "core/transport/gmime_library.h"

namespace outrider::transport {

std::string decodeTransfer(std::string_view body, std::string_view encoding) {
    useGMime();
    const bool base64 = encoding == "base64";
    if (!base64 && encoding != "quoted-printable")
        return std::string(body);
    GMimeEncoding decoder;
    g_mime_encoding_init_decode(&decoder, base64 ? GMIME_CONTENT_ENCODING_BASE64 : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    std::string out(g_mime_encoding_outlen(&decoder, body.size()), '\0');
    out.resize(g_mime_encoding_flush(&decoder, body.data(), body.size(), out.data()));
    return out;
}

} // namespace outrider::transport
