// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace outrider::exchange {

// Cuts an iCalendar text into its VEVENTs and VTIMEZONEs, each a small text of its own with nothing in it but the
// properties that are read: no attachment, alarm or line without an end ever reaches the parser. Linear; what it keeps
// of one component is bounded.
class IcalComponents {
public:
    // False: no more.
    using Sink = std::function<bool(const std::string& component)>;

    Sink event;
    std::function<void(const std::string& component)> timeZone;

    // What the calendar is for, in upper case; once cut() has returned.
    const std::string& method() const { return m_method; }
    int broken() const { return m_broken; } // events that do not end

    void cut(std::string_view text);

private:
    enum class Inside { Calendar, Event, TimeZone };
    bool line(std::string_view logical); // false: the sink wants no more
    bool endEvent();

    Inside m_inside = Inside::Calendar;
    int m_nested = 0; // components within the one that is kept
    std::string m_text;
    std::string m_method;
    int m_broken = 0;
};

} // namespace outrider::exchange
