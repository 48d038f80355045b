// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/transport/http_client.h"
#include "core/transport/server_login.h"

#include <string>
#include <string_view>
#include <vector>

namespace outrider::transport {

struct DavEntry; // private

// A collection of events on a server.
struct DavCalendar {
    std::string url;
    std::string name;
    std::string tag; // changes with its content (sync-token, else getctag); may be empty

    bool operator==(const DavCalendar&) const = default;
};

// One object in it: a calendar text of its own.
struct DavObject {
    std::string url;
    std::string etag;
    std::string text; // when asked for

    bool operator==(const DavObject&) const = default;
};

// Reads calendars of a CalDAV server (RFC 4791, RFC 6764), by name and password. Nothing is ever written. The password
// goes to the host it was given for and to others of the same registered domain only, over TLS (plain only to this
// computer). Blocks, bounded; one thread at a time.
class CaldavClient {
public:
    struct Login {
        std::string url; // a server, an account or one calendar
        std::string userName;
        std::string caFile; // trusted beside the system's
    };

    CaldavClient(Login login, SecretSource password, NetworkTimeouts timeouts = {});

    // The calendars with events behind the address: it itself, or those of the account (current-user-principal,
    // calendar-home-set). NotFound: there are none.
    Result<std::vector<DavCalendar>> calendars(const Progress& progress);

    // What lies between two moments, without its text.
    Result<std::vector<DavObject>> list(const DavCalendar& calendar, Instant from, Instant to, const Progress& progress);

    // Those objects with their text; one that is gone meanwhile is left out.
    Result<std::vector<DavObject>> fetch(const DavCalendar& calendar, const std::vector<std::string>& urls,
                                         const Progress& progress);

    static constexpr std::size_t mostFetched = 50; // objects in one request
    static constexpr std::size_t mostCalendars = 50;

private:
    Result<std::vector<DavEntry>> ask(const std::string& method, std::string url, int depth, const std::string& body,
                                      const Progress& progress);
    bool mayAsk(const std::string& url) const;

    const Login m_login;
    const SecretSource m_password;
    HttpClient m_http;
};

} // namespace outrider::transport
