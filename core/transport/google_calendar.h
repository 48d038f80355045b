// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/domain/meeting.h"
#include "core/transport/http_client.h"
#include "core/transport/token_request.h"

#include <functional>
#include <string>
#include <vector>

namespace outrider::transport {

struct GoogleEvent {
    std::string id; // of the occurrence
    Meeting meeting;
    bool isGone = false; // cancelled: of it only the id is known for sure
};

struct GoogleReading {
    std::vector<GoogleEvent> events;
    std::string token;        // for asking what has changed since
    bool startedOver = false; // the token had run out (410): all of it was read again
    bool isPartial = false;   // there is more than is read
};

// Reads the person's first calendar over Google's HTTP interface
// (developers.google.com/calendar/api/v3/reference/events/list), occurrence by occurrence as Google counts them. Nothing
// is ever written. Blocks, bounded; one thread at a time.
class GoogleCalendar {
public:
    // `startOfDay`: when a day begins where the person is.
    GoogleCalendar(std::string apiUrl, TokenSource token, std::function<Instant(std::chrono::sys_days)> startOfDay,
                   std::string caFile = {}, NetworkTimeouts timeouts = {});

    // What has changed since `token`; all between the two moments without one. AuthFailed: the sign-in does not hold, or
    // was not asked for calendars. RefusedSoft: too much was asked; passes by itself.
    Result<GoogleReading> read(const std::string& token, Instant from, Instant to, const Progress& progress);

    static constexpr int mostPages = 40;

private:
    Result<GoogleReading> readPages(const std::string& query, const Progress& progress);

    const std::string m_apiUrl;
    const TokenSource m_token;
    const std::function<Instant(std::chrono::sys_days)> m_startOfDay;
    HttpClient m_http;
};

} // namespace outrider::transport
