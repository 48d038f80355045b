// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <memory>
#include <optional>
#include <string>

struct icaltimetype;

namespace outrider::exchange {

// What the clocks of a calendar's zones show. A TZID is looked up among the system's zones by its IANA name, also behind a
// prefix ("/mozilla.org/20050126_1/Europe/Berlin"), then as Windows calls them ("W. Europe Standard Time"); a zone nobody
// else knows is taken as the calendar defines it. Not thread-safe.
class IcalZones {
public:
    explicit IcalZones(std::string floating); // IANA; of times without a zone
    ~IcalZones();
    IcalZones(const IcalZones&) = delete;
    IcalZones& operator=(const IcalZones&) = delete;

    void define(const std::string& component); // a VTIMEZONE

    // Of a day: its first moment where the person is. Nothing: there is no such time.
    std::optional<Instant> instantOf(const icaltimetype& time, const std::string& tzid);
    // What the clock there shows; for comparing with the calendar's own times.
    icaltimetype clockAt(Instant instant, const std::string& tzid, bool isUtc);

private:
    struct Zones;
    std::unique_ptr<Zones> m_zones;
};

} // namespace outrider::exchange
