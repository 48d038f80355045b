// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/imap_wire.h"

#include "core/transport/charset.h"
#include "core/transport/curl_error.h"

#include <poll.h>

#include <algorithm>
#include <array>

namespace outrider::transport {

namespace {

constexpr Millis lookForCancel{200};
constexpr std::size_t readAtOnce = 64 * 1024;
constexpr std::size_t mostDetail = 1024;

std::string upper(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return out;
}

std::string detailOf(const ImapResponse& response) {
    const std::string text = response.code.empty() ? response.text : "[" + response.code + "] " + response.text;
    return std::string(utf8Prefix(cleanUtf8(text), mostDetail));
}

// RFC 5530's codes, where they tell more than "no".
Error refusal(const ImapResponse& response) {
    const std::string& code = response.code;
    const auto is = [&](std::initializer_list<std::string_view> codes) {
        return std::find(codes.begin(), codes.end(), code) != codes.end();
    };
    if (response.name == "BAD")
        return Error(ErrorCode::ProtocolError, detailOf(response));
    if (is({"NONEXISTENT", "TRYCREATE"}))
        return Error(ErrorCode::NotFound, detailOf(response));
    if (is({"UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "OVERQUOTA"}))
        return Error(ErrorCode::RefusedSoft, detailOf(response));
    if (is({"AUTHENTICATIONFAILED", "AUTHORIZATIONFAILED", "EXPIRED"}))
        return Error(ErrorCode::AuthFailed, detailOf(response));
    return Error(ErrorCode::RefusedHard, detailOf(response));
}

} // namespace

ImapWire::ImapWire(std::unique_ptr<CurlHandle> curl, NetworkTimeouts timeouts) : m_curl(std::move(curl)), m_timeouts(timeouts) {
    curl_easy_getinfo(m_curl->get(), CURLINFO_ACTIVESOCKET, &m_socket);
}

ImapWire::~ImapWire() { m_curl->shutDown(); }

Result<ImapResponse> ImapWire::command(const std::string& text, const Untagged& each, const Progress& progress) {
    Result<> sent;
    m_leaving = text == "LOGOUT";
    const std::string tag = beginCommand(text, progress, sent);
    if (!sent)
        return fail(sent.error());
    return finishCommand(tag, each, progress);
}

Result<ImapResponse> ImapWire::commandWithLiteral(const std::string& text, std::string_view literal, const Progress& progress) {
    Result<> sent;
    const std::string tag = beginCommand(text + " {" + std::to_string(literal.size()) + "}", progress, sent);
    if (!sent)
        return fail(sent.error());
    for (;;) {
        OUTRIDER_ASSIGN(ImapResponse response, receive(progress));
        if (response.kind == ImapResponse::Kind::Continuation)
            break;
        if (response.kind == ImapResponse::Kind::Tagged && response.tag == tag)
            return fail(refusal(response));
    }
    OUTRIDER_TRY(send(literal, progress));
    OUTRIDER_TRY(send("\r\n", progress));
    return finishCommand(tag, {}, progress);
}

std::string ImapWire::beginCommand(const std::string& text, const Progress& progress, Result<>& sent) {
    std::string tag = "o" + std::to_string(++m_tag);
    sent = send(tag + " " + text + "\r\n", progress);
    return tag;
}

Result<ImapResponse> ImapWire::finishCommand(const std::string& tag, const Untagged& each, const Progress& progress) {
    for (;;) {
        OUTRIDER_ASSIGN(ImapResponse response, receive(progress));
        if (response.kind == ImapResponse::Kind::Tagged && response.tag == tag) {
            if (response.name == "OK")
                return response;
            return fail(refusal(response));
        }
        if (response.kind == ImapResponse::Kind::Untagged && each)
            each(response);
    }
}

Result<ImapResponse> ImapWire::finishCommandSoon(const std::string& tag, const Untagged& each) {
    const Progress neverCancelled;
    const Stopwatch waited;
    for (;;) {
        const auto left = m_timeouts.afterCancel - std::chrono::duration_cast<Millis>(waited.elapsed());
        OUTRIDER_ASSIGN(auto response, wait(std::max(left, Millis(0)), neverCancelled));
        if (!response)
            return broken(Error(ErrorCode::TimedOut, "the server's answer"));
        if (response->kind == ImapResponse::Kind::Tagged && response->tag == tag) {
            if (response->name == "OK")
                return std::move(*response);
            return fail(refusal(*response));
        }
        if (response->kind == ImapResponse::Kind::Untagged && each)
            each(*response);
    }
}

Result<> ImapWire::send(std::string_view bytes, const Progress& progress) {
    if (m_failed)
        return fail(*m_failed);
    Stopwatch silent;
    while (!bytes.empty()) {
        if (progress.cancelled())
            return broken(Error(ErrorCode::Cancelled));
        std::size_t sent = 0;
        const CURLcode code = curl_easy_send(m_curl->get(), bytes.data(), bytes.size(), &sent);
        if (code == CURLE_OK) {
            bytes.remove_prefix(sent);
            silent.restart();
        } else if (code == CURLE_AGAIN) {
            if (silent.elapsed() > m_timeouts.response)
                return broken(Error(ErrorCode::TimedOut, "sending"));
            poll(Wanted::Output, lookForCancel);
        } else {
            return broken(curlError(code, 0, m_curl->errorText()));
        }
    }
    return {};
}

Result<ImapResponse> ImapWire::receive(const Progress& progress) {
    Stopwatch silent;
    for (;;) {
        if (m_failed)
            return fail(*m_failed);
        if (auto response = m_tokeniser.next()) {
            notice(*response);
            if (m_failed)
                return fail(*m_failed);
            return std::move(*response);
        }
        if (progress.cancelled())
            return broken(Error(ErrorCode::Cancelled));
        OUTRIDER_ASSIGN(const bool came, fill());
        if (came) {
            silent.restart();
            continue;
        }
        if (silent.elapsed() > m_timeouts.response)
            return broken(Error(ErrorCode::TimedOut, "the server's answer"));
        poll(Wanted::Input, std::min(lookForCancel, m_timeouts.response));
    }
}

Result<std::optional<ImapResponse>> ImapWire::wait(Millis most, const Progress& progress) {
    const Stopwatch waited;
    for (;;) {
        if (m_failed)
            return fail(*m_failed);
        if (auto response = m_tokeniser.next()) {
            notice(*response);
            if (m_failed)
                return fail(*m_failed);
            return response;
        }
        OUTRIDER_ASSIGN(const bool came, fill());
        if (came)
            continue;
        const auto left = most - std::chrono::duration_cast<Millis>(waited.elapsed());
        if (left <= Millis(0) || progress.cancelled())
            return std::optional<ImapResponse>();
        poll(Wanted::Input, std::min(lookForCancel, left));
    }
}

Result<bool> ImapWire::fill() {
    std::array<char, readAtOnce> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init): written by recv
    std::size_t got = 0;
    const CURLcode code = curl_easy_recv(m_curl->get(), buffer.data(), buffer.size(), &got);
    if (code == CURLE_AGAIN)
        return false;
    if (code != CURLE_OK)
        return broken(curlError(code, 0, m_curl->errorText()));
    if (got == 0)
        return broken(Error(ErrorCode::ConnectionLost, "closed by the server"));
    if (auto fed = m_tokeniser.feed({buffer.data(), got}); !fed)
        return broken(fed.error());
    return true;
}

void ImapWire::poll(Wanted wanted, Millis most) const {
    pollfd watched{m_socket, static_cast<short>(wanted == Wanted::Input ? POLLIN : POLLOUT), 0};
    ::poll(&watched, 1, static_cast<int>(std::max<std::int64_t>(most.count(), 1)));
}

void ImapWire::notice(const ImapResponse& response) {
    if (response.name == "BYE" && !m_leaving)
        broken(Error(ErrorCode::ConnectionLost, detailOf(response)));
    const bool listed = response.name == "CAPABILITY" && response.kind == ImapResponse::Kind::Untagged;
    const auto& values = listed ? response.values : response.codeValues;
    if (!listed && response.code != "CAPABILITY")
        return;
    m_capabilities.clear();
    for (const auto& value : values)
        m_capabilities.push_back(upper(value.text));
}

bool ImapWire::has(std::string_view capability) const {
    return std::find(m_capabilities.begin(), m_capabilities.end(), capability) != m_capabilities.end();
}

tl::unexpected<Error> ImapWire::broken(Error error) {
    if (!m_failed)
        m_failed = std::move(error);
    return fail(*m_failed);
}

Result<std::string> imapQuoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c < ' ' || c > '~')
            return fail(ErrorCode::InvalidArgument, "not printable ASCII");
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '"';
}

} // namespace outrider::transport
