// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/mail_headers.h"

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::transport {

// A Content-Type or Content-Disposition value: "text/plain", "attachment".
struct MimeField {
    std::string value;                             // lower case
    std::map<std::string, std::string> parameters; // lower-case names; RFC 2231 decoded

    std::string parameter(const std::string& name) const;
};

struct MimeNode {
    std::vector<MailHeader> headers; // unfolded, not decoded
    MimeField type;                  // text/plain when nothing says otherwise
    MimeField disposition;
    std::string encoding; // Content-Transfer-Encoding, lower case
    std::string_view body;
    std::vector<MimeNode> children; // of a multipart its parts, of a message/rfc822 the message

    // The value of the first header of that name; not decoded.
    std::string_view header(std::string_view name) const;
};

// The parts of a mail (RFC 2045, 2046), as views into its bytes.
//
// GMime's own parser is not used for the structure: it recurses as deep as the sender likes, for
// parts as for address groups (a mail of 120 kilobytes overflows the stack), and its time is not
// linear. Here depth, parts and header bytes are bounded (parsed_mail.h), and a part that is not
// closed ends with its parent. GMime still reads the fields' parameters (RFC 2231), dates, base64 and
// quoted-printable.
class MimeTree {
public:
    // `raw` must outlive the tree.
    explicit MimeTree(std::string_view raw);
    // The same, the root being declared as `type` whatever its headers say; `raw` is its body.
    MimeTree(std::string_view body, MimeField type);

    const MimeNode& root() const { return m_root; }

    bool truncated() const { return m_truncated; } // something was beyond a limit

private:
    MimeNode read(std::string_view raw, int depth, const char* defaultType);
    void readChildren(MimeNode& node, int depth);

    MimeNode m_root;
    std::deque<std::string> m_decoded; // messages that were attached encoded
    std::size_t m_nodes = 0;
    bool m_truncated = false;
};

} // namespace outrider::transport
