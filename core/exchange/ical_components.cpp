// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/ical_components.h"

#include "core/contact/text.h"

#include <algorithm>
#include <array>

namespace outrider::exchange {

namespace {

constexpr std::size_t longestLine = 8 * 1024; // unfolded
constexpr std::size_t longestComponent = 256 * 1024;

constexpr std::array<std::string_view, 18> wanted{"UID",
                                                  "DTSTAMP",
                                                  "SEQUENCE",
                                                  "DTSTART",
                                                  "DTEND",
                                                  "DURATION",
                                                  "RRULE",
                                                  "RDATE",
                                                  "EXDATE",
                                                  "SUMMARY",
                                                  "LOCATION",
                                                  "STATUS",
                                                  "TRANSP",
                                                  "RECURRENCE-ID",
                                                  "ATTENDEE",
                                                  "ORGANIZER",
                                                  "X-MICROSOFT-CDO-BUSYSTATUS",
                                                  "LAST-MODIFIED"};

std::string upper(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
    return out;
}

std::string nameOf(std::string_view line) { return upper(line.substr(0, std::min(line.find_first_of(":;"), line.size()))); }

std::string_view valueOf(std::string_view line) {
    const auto colon = line.find(':');
    return colon == std::string_view::npos ? std::string_view() : contact::trimmed(line.substr(colon + 1));
}

// A zone changes its clock once or twice a year; any other rule only keeps a reader busy.
bool isRuleOfZone(std::string_view line) {
    const std::string rule = upper(line);
    if (rule.find("FREQ=YEARLY") == std::string::npos)
        return false;
    return std::ranges::none_of(std::array{"BYHOUR", "BYMINUTE", "BYSECOND", "BYSETPOS", "RSCALE"},
                                [&rule](const char* part) { return rule.find(part) != std::string::npos; });
}

} // namespace

bool IcalComponents::endEvent() {
    m_inside = Inside::Calendar;
    m_nested = 0;
    m_text += "END:VEVENT\r\n";
    return event(m_text);
}

bool IcalComponents::line(std::string_view logical) {
    const std::string name = nameOf(logical);
    if (name == "BEGIN") {
        const std::string what = upper(valueOf(logical));
        if (what == "VEVENT" || (what == "VTIMEZONE" && m_inside != Inside::Event)) {
            m_broken += m_inside == Inside::Event ? 1 : 0; // the one before has no end
            m_inside = what == "VEVENT" ? Inside::Event : Inside::TimeZone;
            m_nested = 0;
            m_text = "BEGIN:" + what + "\r\n";
            return true;
        }
        if (m_inside == Inside::Calendar)
            return true;
        ++m_nested;
        if (m_inside == Inside::TimeZone && m_nested == 1)
            m_text += "BEGIN:" + what + "\r\n";
        return true;
    }
    if (name == "END") {
        const std::string what = upper(valueOf(logical));
        if (m_inside == Inside::Event && what == "VEVENT")
            return endEvent();
        if (m_inside == Inside::TimeZone && what == "VTIMEZONE") {
            m_inside = Inside::Calendar;
            m_text += "END:VTIMEZONE\r\n";
            timeZone(m_text);
            return true;
        }
        if (m_inside == Inside::TimeZone && m_nested == 1)
            m_text += "END:" + what + "\r\n";
        m_nested = std::max(0, m_nested - 1);
        return true;
    }
    if (m_inside == Inside::Calendar) {
        if (name == "METHOD" && m_method.empty())
            m_method = upper(valueOf(logical)).substr(0, 20);
        return true;
    }
    const bool isWanted = m_inside == Inside::Event ? m_nested == 0 && std::ranges::find(wanted, name) != wanted.end()
                                                    : m_nested <= 1 && (name != "RRULE" || isRuleOfZone(logical));
    if (isWanted && m_text.size() + logical.size() < longestComponent) {
        m_text += logical;
        m_text += "\r\n";
    }
    return true;
}

void IcalComponents::cut(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    std::string logical;
    bool isTooLong = false;
    bool goesOn = true;
    const auto end = [&] {
        if (!logical.empty() && !isTooLong)
            goesOn = line(logical);
        logical.clear();
        isTooLong = false;
    };
    while (!text.empty() && goesOn) {
        const auto newline = std::min(text.find('\n'), text.size());
        std::string_view physical = text.substr(0, newline);
        text.remove_prefix(std::min(newline + 1, text.size()));
        if (physical.ends_with('\r'))
            physical.remove_suffix(1);
        const bool isFolded = !physical.empty() && (physical.front() == ' ' || physical.front() == '\t');
        if (isFolded)
            physical.remove_prefix(1);
        else
            end();
        if (logical.size() + physical.size() > longestLine)
            isTooLong = true;
        else if (goesOn)
            logical += physical;
    }
    if (goesOn)
        end();
    m_broken += m_inside == Inside::Event ? 1 : 0;
    m_inside = Inside::Calendar;
    m_text.clear();
}

} // namespace outrider::exchange
