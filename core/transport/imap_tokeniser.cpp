// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/imap_tokeniser.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace outrider::transport {

namespace {

std::string upper(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return out;
}

std::optional<std::uint32_t> parseNumber(std::string_view text) {
    std::uint32_t value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size())
        return std::nullopt;
    return value;
}

bool isStatus(std::string_view name) {
    return name == "OK" || name == "NO" || name == "BAD" || name == "BYE" || name == "PREAUTH";
}

// The length a literal's announcement gives, at the end of a line: "{12}", "{12+}".
std::optional<std::size_t> literalAnnounced(std::string_view line) {
    if (!line.ends_with('}'))
        return std::nullopt;
    const auto open = line.rfind('{');
    if (open == std::string_view::npos)
        return std::nullopt;
    auto digits = line.substr(open + 1, line.size() - open - 2);
    if (digits.ends_with('+'))
        digits.remove_suffix(1);
    std::size_t length = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), length);
    if (digits.empty() || parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size())
        return std::nullopt;
    return length;
}

// Status responses and continuations end in free text, where "{12}" at the end announces nothing.
bool endsInText(std::string_view response) {
    if (!response.starts_with("* "))
        return true;
    const auto rest = response.substr(2, 8);
    return isStatus(upper(rest.substr(0, std::min(rest.find_first_of(" \r\n"), rest.size()))));
}

// Reads one complete response; what is wrong with it is thrown as an Error and caught in takeLines().
class Reader {
public:
    Reader(std::string_view response, const ImapLimits& limits) : m_text(response), m_limits(limits) {}

    ImapResponse read() {
        ImapResponse response;
        if (peek() == '+') {
            response.kind = ImapResponse::Kind::Continuation;
            ++m_at;
            skipSpaces();
            response.text = rest();
            return response;
        }
        const std::string first = word();
        if (first != "*") {
            if (first.empty())
                throw Error(ErrorCode::ProtocolError, "a response without a tag");
            response.kind = ImapResponse::Kind::Tagged;
            response.tag = first;
        }
        skipSpaces();
        response.name = upper(word());
        if (const auto number = parseNumber(response.name); number && response.kind == ImapResponse::Kind::Untagged) {
            response.number = number;
            skipSpaces();
            response.name = upper(word());
        }
        if (response.name.empty())
            throw Error(ErrorCode::ProtocolError, "a response without a name");
        skipSpaces();
        if (isStatus(response.name)) {
            readCode(response);
            response.text = rest();
            return response;
        }
        if (response.kind == ImapResponse::Kind::Tagged)
            throw Error(ErrorCode::ProtocolError, "a tagged response that is no status");
        while (!atEnd()) {
            response.values.push_back(value(0));
            skipSpaces();
        }
        return response;
    }

private:
    bool atEnd() const { return m_at >= m_text.size(); }

    char peek() const { return atEnd() ? '\0' : m_text[m_at]; }

    void skipSpaces() {
        while (peek() == ' ')
            ++m_at;
    }

    // Up to a space.
    std::string word() {
        const auto end = std::min(m_text.find(' ', m_at), m_text.size());
        std::string text(m_text.substr(m_at, end - m_at));
        m_at = end;
        return text;
    }

    std::string rest() {
        std::string text(m_text.substr(std::min(m_at, m_text.size())));
        m_at = m_text.size();
        return text;
    }

    void readCode(ImapResponse& response) {
        if (peek() != '[')
            return;
        const auto start = m_at;
        ++m_at;
        const auto end = std::min(m_text.find_first_of(" ]", m_at), m_text.size());
        response.code = upper(m_text.substr(m_at, end - m_at));
        m_at = end;
        skipSpaces();
        while (!atEnd() && peek() != ']') {
            response.codeValues.push_back(value(0, true));
            skipSpaces();
        }
        if (atEnd()) { // never closed: it is text after all
            response.code.clear();
            response.codeValues.clear();
            m_at = start;
            return;
        }
        ++m_at;
        skipSpaces();
    }

    ImapValue value(int depth, bool inCode = false) {
        if (depth > m_limits.depth)
            throw Error(ErrorCode::MessageTooLarge, "lists nested too deeply");
        if (++m_values > m_limits.values)
            throw Error(ErrorCode::MessageTooLarge, "too many values");
        switch (peek()) {
        case '(':
            return list(depth, inCode);
        case '"':
            return quoted();
        case '{':
            return literal();
        case '~':
            if (m_text.substr(m_at, 2) == "~{") { // RFC 3516: binary
                ++m_at;
                return literal();
            }
            break;
        default:
            break;
        }
        return atom(inCode);
    }

    ImapValue list(int depth, bool inCode) {
        ImapValue list;
        list.kind = ImapValue::Kind::List;
        ++m_at;
        skipSpaces();
        while (peek() != ')') {
            if (atEnd())
                throw Error(ErrorCode::ProtocolError, "a list that is not closed");
            list.items.push_back(value(depth + 1, inCode));
            skipSpaces();
        }
        ++m_at;
        return list;
    }

    ImapValue quoted() {
        ImapValue string;
        string.kind = ImapValue::Kind::String;
        for (++m_at; peek() != '"'; ++m_at) {
            if (peek() == '\\')
                ++m_at;
            if (atEnd() || peek() == '\r' || peek() == '\n')
                throw Error(ErrorCode::ProtocolError, "a quoted string that is not closed");
            string.text += peek();
        }
        ++m_at;
        return string;
    }

    ImapValue literal() {
        const auto close = m_text.find('\n', m_at);
        auto head = m_text.substr(m_at, close == std::string_view::npos ? 0 : close - m_at);
        if (head.ends_with('\r'))
            head.remove_suffix(1);
        const auto length = literalAnnounced(head);
        if (!length || m_text.size() - close - 1 < *length)
            throw Error(ErrorCode::ProtocolError, "a literal that is none");
        ImapValue string;
        string.kind = ImapValue::Kind::String;
        string.text = m_text.substr(close + 1, *length);
        m_at = close + 1 + *length;
        return string;
    }

    // "\Seen", "INBOX", "BODY[HEADER.FIELDS (TO CC)]<0>": a section is part of its atom.
    ImapValue atom(bool inCode) {
        const auto start = m_at;
        bool section = false;
        for (; !atEnd(); ++m_at) {
            const char c = peek();
            if (c == '\r' || c == '\n')
                throw Error(ErrorCode::ProtocolError, "a line that ends inside a value");
            if (section) {
                section = c != ']';
                continue;
            }
            if (c == '[' && !inCode) {
                section = true;
                continue;
            }
            if (c == ' ' || c == '(' || c == ')' || c == '"' || (c == ']' && inCode))
                break;
        }
        if (m_at == start)
            throw Error(ErrorCode::ProtocolError, "a value that is none");
        ImapValue atom;
        atom.text = m_text.substr(start, m_at - start);
        atom.kind = upper(atom.text) == "NIL" ? ImapValue::Kind::Nil : ImapValue::Kind::Atom;
        return atom;
    }

    std::string_view m_text;
    const ImapLimits& m_limits;
    std::size_t m_at = 0;
    std::size_t m_values = 0;
};

} // namespace

bool ImapValue::isAtom(std::string_view upperCase) const { return kind == Kind::Atom && upper(text) == upperCase; }

std::optional<std::uint32_t> ImapValue::number() const { return kind == Kind::Atom ? parseNumber(text) : std::nullopt; }

Result<> ImapTokeniser::feed(std::string_view bytes) {
    if (m_failed)
        return fail(*m_failed);
    m_buffer += bytes;
    auto taken = takeLines();
    if (!taken) {
        m_failed = taken.error();
        m_buffer.clear();
    }
    return taken;
}

Result<> ImapTokeniser::takeLines() {
    std::size_t start = 0; // of the response
    const auto keepRest = [&] {
        m_buffer.erase(0, start);
        m_scanned -= start;
        m_line -= start;
    };
    for (;;) {
        if (m_literal > 0) {
            const auto there = std::min(m_literal, m_buffer.size() - m_scanned);
            m_scanned += there;
            m_literal -= there;
            if (m_literal > 0)
                break;
            m_line = m_scanned;
        }
        const auto end = m_buffer.find('\n', m_scanned);
        if (end == std::string::npos) {
            if (m_buffer.size() - start > m_limits.line + m_literals)
                return fail(ErrorCode::MessageTooLarge, "a line of the server's");
            m_scanned = m_buffer.size(); // not looked through again
            break;
        }
        std::size_t lineEnd = end;
        if (lineEnd > start && m_buffer[lineEnd - 1] == '\r')
            --lineEnd;
        const std::string_view response(m_buffer.data() + start, lineEnd - start);
        // The bytes of a literal before it may look like anything.
        const auto line = response.substr(std::min(m_line - start, response.size()));
        m_scanned = end + 1;
        m_line = m_scanned;
        if (response.size() > m_limits.line + m_literals)
            return fail(ErrorCode::MessageTooLarge, "a line of the server's");
        const auto announced = endsInText(response) ? std::nullopt : literalAnnounced(line);
        if (announced) {
            if (*announced > m_limits.literal - std::min(m_literals, m_limits.literal))
                return fail(ErrorCode::MessageTooLarge, std::to_string(m_limits.literal));
            m_literal = *announced;
            m_literals += *announced;
            continue;
        }
        if (!response.empty()) {
            try {
                m_ready.push_back(Reader(response, m_limits).read());
            } catch (const Error& error) {
                return fail(error);
            }
        }
        start = m_scanned;
        m_literals = 0;
    }
    keepRest();
    return {};
}

std::optional<ImapResponse> ImapTokeniser::next() {
    if (m_ready.empty())
        return std::nullopt;
    ImapResponse response = std::move(m_ready.front());
    m_ready.pop_front();
    return response;
}

} // namespace outrider::transport
