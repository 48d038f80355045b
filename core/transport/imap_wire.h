// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to core/transport.

#include "core/base/progress.h"
#include "core/transport/curl_handle.h"
#include "core/transport/imap_tokeniser.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::transport {

// A signed-in connection as commands and responses: sends, waits, and keeps what the server says by
// the way (capabilities, BYE). After an error that leaves the two sides out of step, `failed` holds
// it and everything fails the same.
class ImapWire {
public:
    ImapWire(std::unique_ptr<CurlHandle> curl, NetworkTimeouts timeouts);
    ~ImapWire();
    ImapWire(const ImapWire&) = delete;
    ImapWire& operator=(const ImapWire&) = delete;

    using Untagged = std::function<void(ImapResponse&)>;

    // Sends a command and hands every untagged response until its end to `each`. A "NO" or "BAD" is
    // the error it means.
    Result<ImapResponse> command(const std::string& text, const Untagged& each, const Progress& progress);

    // A command whose last argument is a literal, which is sent when the server asks for it.
    Result<ImapResponse> commandWithLiteral(const std::string& text, std::string_view literal, const Progress& progress);

    // For IDLE, which is no ordinary command.
    std::string beginCommand(const std::string& text, const Progress& progress, Result<>& sent);
    Result<> send(std::string_view bytes, const Progress& progress);
    // Up to the tagged response.
    Result<ImapResponse> finishCommand(const std::string& tag, const Untagged& each, const Progress& progress);
    // The same, but the wait for it is short, and nothing but time ends it.
    Result<ImapResponse> finishCommandSoon(const std::string& tag, const Untagged& each);
    // The next response, or nothing within `most`; cancelling ends the wait, too, and is no error here.
    Result<std::optional<ImapResponse>> wait(Millis most, const Progress& progress);

    // The two sides are out of step: everything fails like this from now on.
    tl::unexpected<Error> broken(Error error);

    bool has(std::string_view capability) const;

    const NetworkTimeouts& timeouts() const { return m_timeouts; }

private:
    enum class Wanted { Input, Output };

    Result<ImapResponse> receive(const Progress& progress);
    Result<bool> fill(); // whether anything came
    void poll(Wanted wanted, Millis most) const;
    void notice(const ImapResponse& response);

    std::unique_ptr<CurlHandle> m_curl;
    curl_socket_t m_socket = CURL_SOCKET_BAD;
    const NetworkTimeouts m_timeouts;
    ImapTokeniser m_tokeniser;
    std::vector<std::string> m_capabilities; // upper case
    int m_tag = 0;
    bool m_leaving = false;
    std::optional<Error> m_failed;
};

// Printable ASCII as a quoted string; InvalidArgument for anything else.
Result<std::string> imapQuoted(std::string_view text);

} // namespace outrider::transport
