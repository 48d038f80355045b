// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to core/transport.

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace outrider::transport {

// White space as HTML has it.
constexpr bool isHtmlSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

// Puts words into lines the way a browser would: runs of white space are one space, blocks begin on
// a line of their own, quotes are marked at the start of every line.
class TextWriter {
public:
    static constexpr int deepestQuote = 16;

    void text(std::string_view words) {
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (isHtmlSpace(words[i])) {
                m_space = true;
            } else if (words.substr(i, 2) == "\xC2\xA0") { // no-break space
                m_space = true;
                ++i;
            } else {
                put(words[i]);
            }
        }
    }

    void verbatim(std::string_view lines) {
        for (const char c : lines) {
            if (c == '\n')
                lineBreak();
            else if (c != '\r')
                put(c);
        }
    }

    void block() {
        if (!m_line.empty())
            flush();
        m_space = false;
    }

    void paragraph() {
        block();
        m_wantsBlank = true;
    }

    void lineBreak() {
        flush();
        m_space = false;
    }

    void space() { m_space = true; }

    void quote(int change) {
        block();
        const int depth = std::clamp(m_quote + change, 0, deepestQuote);
        m_quote = std::min(m_quote, depth);
        if (std::exchange(m_wantsBlank, false)) // it belongs to the outer one
            blankLine();
        m_quote = depth;
    }

    std::string take() {
        block();
        while (!m_out.empty() && m_out.back() == '\n')
            m_out.pop_back();
        if (!m_out.empty())
            m_out += '\n';
        return std::move(m_out);
    }

private:
    void put(char c) {
        if (m_space && !m_line.empty())
            m_line += ' ';
        m_space = false;
        m_line += c;
    }

    void flush() {
        if (m_wantsBlank || m_line.empty()) {
            blankLine();
            m_wantsBlank = false;
        }
        if (m_line.empty())
            return;
        mark();
        if (m_quote > 0)
            m_out += ' ';
        m_out += m_line;
        m_out += '\n';
        m_line.clear();
        m_lastBlank = false;
    }

    // Never two together, none at the start.
    void blankLine() {
        if (m_out.empty() || m_lastBlank)
            return;
        mark();
        m_out += '\n';
        m_lastBlank = true;
    }

    void mark() { m_out.append(static_cast<std::size_t>(m_quote), '>'); }

    std::string m_out;
    std::string m_line;
    int m_quote = 0;
    bool m_space = false;
    bool m_wantsBlank = false;
    bool m_lastBlank = false;
};

} // namespace outrider::transport
