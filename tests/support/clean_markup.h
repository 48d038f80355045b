// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace outrider::test {

// Reads the output of cleanHtml() as strictly as it is promised: what it holds that it must not, "" when nothing.
inline std::string offence(std::string_view html) {
    constexpr std::array<std::string_view, 34> names{"p",   "div", "span",  "b",          "i",  "u",  "s",  "h3",  "h4",
                                                     "h5",  "ul",  "ol",    "li",         "dl", "dt", "dd", "pre", "code",
                                                     "sub", "sup", "small", "big",        "br", "hr", "a",  "img", "tr",
                                                     "td",  "th",  "table", "blockquote", "",   "",   ""};
    constexpr std::array<std::string_view, 6> empty{"br", "hr", "img", "", "", ""};
    std::vector<std::string> open;
    for (std::size_t at = 0; at < html.size();) {
        if (html[at] == '>' || html[at] == '"' || html[at] == '\'')
            return "a bare sign at " + std::to_string(at);
        if (html[at] != '<') {
            ++at;
            continue;
        }
        const auto end = html.find('>', at);
        if (end == std::string_view::npos)
            return "an element without end";
        std::string_view tag = html.substr(at + 1, end - at - 1);
        at = end + 1;
        const bool closing = tag.starts_with('/');
        tag.remove_prefix(closing ? 1 : 0);
        const std::string name(tag.substr(0, tag.find(' ')));
        if (name.empty() || std::find(names.begin(), names.end(), name) == names.end())
            return "element " + name;
        if (closing) {
            if (open.empty() || open.back() != name)
                return "closed but not open: " + name;
            open.pop_back();
        } else if (std::find(empty.begin(), empty.end(), name) == empty.end()) {
            open.push_back(name);
        }
        for (std::string_view rest = tag.substr(name.size()); !rest.empty();) {
            const auto value = rest.find("=\"");
            const auto close = value == std::string_view::npos ? value : rest.find('"', value + 2);
            if (rest.front() != ' ' || close == std::string_view::npos)
                return "attributes " + std::string(rest);
            const std::string attribute = name + " " + std::string(rest.substr(1, value - 1));
            const std::string_view text = rest.substr(value + 2, close - value - 2);
            std::string lower(text.substr(0, 32));
            std::transform(lower.begin(), lower.end(), lower.begin(),
                           [](unsigned char c) { return c < 0x80 ? char(tolower(c)) : char(c); });
            const bool link = attribute == "a href"
                              && (lower.starts_with("https://") || lower.starts_with("http://") || lower.starts_with("mailto:"));
            const bool image = attribute == "img src"
                               && (lower.starts_with("data:image/png;base64,") || lower.starts_with("data:image/jpeg;base64,")
                                   || lower.starts_with("data:image/jpg;base64,") || lower.starts_with("data:image/gif;base64,"));
            const bool plain = attribute == "img alt" || attribute == "td colspan" || attribute == "td rowspan"
                               || attribute == "th colspan" || attribute == "th rowspan";
            if (!link && !image && !plain)
                return "attribute " + attribute + "=" + std::string(text.substr(0, 60));
            rest.remove_prefix(close + 1);
        }
    }
    return open.empty() ? std::string() : "not closed: " + open.back();
}

} // namespace outrider::test
