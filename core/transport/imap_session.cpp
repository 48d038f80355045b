// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/imap_session.h"

#include "core/contact/text.h"
#include "core/transport/imap_date.h"
#include "core/transport/imap_name.h"
#include "core/transport/imap_wire.h"
#include "core/transport/outgoing_mail.h"
#include "core/transport/server_sign_in.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace outrider::transport {

namespace {

constexpr Millis longestIdle = std::chrono::minutes(25); // RFC 2177: less than 29
constexpr std::size_t sizesAtOnce = 200;
constexpr std::size_t mailsAtOnce = 50;
constexpr std::size_t bytesAtOnce = 4 * 1024 * 1024;

// The name's last part, in lower case, as mail programs and providers call the folder.
constexpr std::array<std::string_view, 27> sentNames{"sent",
                                                     "sent items",
                                                     "sent messages",
                                                     "sent mail",
                                                     "sent-mail",
                                                     "gesendet",
                                                     "gesendete elemente",
                                                     "gesendete objekte",
                                                     "gesendete nachrichten",
                                                     "envoyés",
                                                     "messages envoyés",
                                                     "éléments envoyés",
                                                     "enviados",
                                                     "elementos enviados",
                                                     "mensajes enviados",
                                                     "enviado",
                                                     "itens enviados",
                                                     "mensagens enviadas",
                                                     "inviati",
                                                     "inviata",
                                                     "posta inviata",
                                                     "messaggi inviati",
                                                     "verzonden",
                                                     "verzonden items",
                                                     "verzonden berichten",
                                                     "wysłane",
                                                     "elementy wysłane"};

std::string upper(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return out;
}

// "1:4,7,9:12" of increasing numbers.
std::string uidSet(const std::vector<std::uint32_t>& uids, std::size_t from, std::size_t to) {
    std::string out;
    for (std::size_t i = from; i < to;) {
        std::size_t last = i;
        while (last + 1 < to && uids[last + 1] == uids[last] + 1)
            ++last;
        out += (out.empty() ? "" : ",") + std::to_string(uids[i]);
        if (last > i)
            out += ":" + std::to_string(uids[last]);
        i = last + 1;
    }
    return out;
}

// A 63-bit number; 0 when it is none.
std::uint64_t wideNumber(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

// The values of a FETCH response by their names.
const ImapValue* fetched(const ImapResponse& response, std::string_view upperCase) {
    if (response.name != "FETCH" || response.values.empty())
        return nullptr;
    const auto& items = response.values.front().items;
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
        const std::string name = upper(items[i].text);
        const bool section = upperCase == "BODY[]" && name.starts_with(upperCase); // perhaps with "<0>"
        if (name == upperCase || section)
            return &items[i + 1];
    }
    return nullptr;
}

} // namespace

bool ImapFolder::has(std::string_view upperCaseAttribute) const {
    return std::find(attributes.begin(), attributes.end(), upperCaseAttribute) != attributes.end();
}

const ImapFolder* sentFolder(const std::vector<ImapFolder>& folders) {
    for (const auto& folder : folders) {
        if (folder.has("\\SENT"))
            return &folder;
    }
    for (const auto& known : sentNames) {
        for (const auto& folder : folders) {
            const auto last = folder.name.find_last_of("/.");
            const std::string name = contact::folded(folder.name.substr(last == std::string::npos ? 0 : last + 1));
            if (name == known && !folder.has("\\NOSELECT"))
                return &folder;
        }
    }
    return nullptr;
}

ImapSession::ImapSession(std::unique_ptr<ImapWire> wire) : m_wire(std::move(wire)) {}

ImapSession::~ImapSession() = default;

Result<std::unique_ptr<ImapSession>> ImapSession::connect(const ServerLogin& login, const SecretSource& secret,
                                                          const NetworkTimeouts& timeouts, const Progress& progress,
                                                          SignInReport* report) {
    auto curl = std::make_unique<CurlHandle>();
    SignInReport own;
    OUTRIDER_TRY(signIn(*curl, "imap", login, secret, timeouts, progress, report != nullptr ? *report : own));
    std::unique_ptr<ImapSession> session(new ImapSession(std::make_unique<ImapWire>(std::move(curl), timeouts)));
    // What libcurl was told before the sign-in need not hold after it.
    OUTRIDER_TRY(session->m_wire->command("CAPABILITY", {}, progress));
    return session;
}

bool ImapSession::has(std::string_view capability) const { return m_wire->has(upper(capability)); }

Result<std::vector<ImapFolder>> ImapSession::list(const Progress& progress) {
    std::vector<ImapFolder> folders;
    const auto take = [&](ImapResponse& response) {
        if (response.name != "LIST" || response.values.size() < 3)
            return;
        ImapFolder folder;
        for (const auto& attribute : response.values[0].items)
            folder.attributes.push_back(upper(attribute.text));
        folder.wireName = response.values[2].text;
        folder.name = folderName(folder.wireName);
        folders.push_back(std::move(folder));
    };
    // Without asking for them some servers (Dovecot) keep the special uses to themselves.
    const bool extended = m_wire->has("SPECIAL-USE") && m_wire->has("LIST-EXTENDED");
    auto listed = m_wire->command(extended ? "LIST \"\" \"*\" RETURN (SPECIAL-USE)" : "LIST \"\" \"*\"", take, progress);
    if (!listed && extended && listed.error().code == ErrorCode::ProtocolError) {
        folders.clear();
        listed = m_wire->command("LIST \"\" \"*\"", take, progress);
    }
    if (!listed)
        return fail(listed.error());
    return folders;
}

Result<SelectedFolder> ImapSession::examine(const std::string& wireName, const Progress& progress) {
    OUTRIDER_ASSIGN(const std::string name, imapQuoted(wireName));
    SelectedFolder folder;
    auto opened = m_wire->command(
        "EXAMINE " + name + (m_wire->has("CONDSTORE") ? " (CONDSTORE)" : ""),
        [&](ImapResponse& response) {
            const auto value = response.codeValues.empty() ? std::nullopt : response.codeValues.front().number();
            if (response.code == "UIDVALIDITY")
                folder.uidValidity = value.value_or(0);
            else if (response.code == "UIDNEXT")
                folder.uidNext = value.value_or(0);
            else if (response.code == "HIGHESTMODSEQ" && !response.codeValues.empty())
                folder.modSeq = wideNumber(response.codeValues.front().text);
            else if (response.name == "EXISTS")
                folder.exists = response.number.value_or(0);
        },
        progress);
    if (!opened && opened.error().code == ErrorCode::RefusedHard) // many say so without a code
        return fail(ErrorCode::NotFound, opened.error().detail);
    if (!opened)
        return fail(opened.error());
    if (folder.uidValidity == 0)
        return fail(ErrorCode::ProtocolError, "no UIDVALIDITY");
    return folder;
}

Result<std::vector<std::uint32_t>> ImapSession::search(const std::string& criteria, const Progress& progress) {
    std::vector<std::uint32_t> uids;
    OUTRIDER_TRY(m_wire->command(
        "UID SEARCH " + criteria,
        [&](ImapResponse& response) {
            if (response.name != "SEARCH")
                return;
            for (const auto& value : response.values) {
                if (const auto uid = value.number(); uid && *uid != 0)
                    uids.push_back(*uid);
            }
        },
        progress));
    std::sort(uids.begin(), uids.end());
    uids.erase(std::unique(uids.begin(), uids.end()), uids.end());
    return uids;
}

Result<std::vector<std::uint32_t>> ImapSession::searchAfter(std::uint32_t uid, const Progress& progress) {
    if (uid == std::numeric_limits<std::uint32_t>::max())
        return std::vector<std::uint32_t>();
    OUTRIDER_ASSIGN(auto uids, search("UID " + std::to_string(uid + 1) + ":*", progress));
    // "n:*" always holds the last message, also when it is older than n.
    uids.erase(uids.begin(), std::upper_bound(uids.begin(), uids.end(), uid));
    return uids;
}

Result<std::vector<std::uint32_t>> ImapSession::searchStretch(std::uint32_t after, std::optional<std::chrono::sys_days> since,
                                                              std::optional<std::chrono::sys_days> before,
                                                              const Progress& progress) {
    if (after == std::numeric_limits<std::uint32_t>::max())
        return std::vector<std::uint32_t>();
    std::string criteria = "UID " + std::to_string(after + 1) + ":*";
    if (since)
        criteria += " SINCE " + imapDate(*since);
    if (before)
        criteria += " BEFORE " + imapDate(*before);
    OUTRIDER_ASSIGN(auto uids, search(criteria, progress));
    uids.erase(uids.begin(), std::upper_bound(uids.begin(), uids.end(), after));
    return uids;
}

Result<std::vector<std::uint32_t>> ImapSession::searchSince(std::chrono::sys_days day, const Progress& progress) {
    return search("SINCE " + imapDate(day), progress);
}

Result<std::vector<std::uint32_t>> ImapSession::searchHeader(std::string_view name, std::string_view value,
                                                             const Progress& progress) {
    OUTRIDER_ASSIGN(const std::string quotedName, imapQuoted(name));
    OUTRIDER_ASSIGN(const std::string quotedValue, imapQuoted(value));
    return search("HEADER " + quotedName + " " + quotedValue, progress);
}

Result<std::vector<FetchedMail>> ImapSession::fetchGroup(const std::string& uids, std::size_t mostBytes,
                                                         const Progress& progress) {
    std::vector<FetchedMail> mails;
    OUTRIDER_TRY(m_wire->command(
        "UID FETCH " + uids + " (UID INTERNALDATE RFC822.SIZE BODY.PEEK[]<0." + std::to_string(mostBytes) + ">)",
        [&](ImapResponse& response) {
            const ImapValue* uid = fetched(response, "UID");
            const ImapValue* body = fetched(response, "BODY[]");
            if (uid == nullptr || body == nullptr || !uid->number())
                return; // flags that changed meanwhile
            FetchedMail mail;
            mail.uid = *uid->number();
            const ImapValue* date = fetched(response, "INTERNALDATE");
            mail.internalDate = date == nullptr ? Instant{} : parseImapDateTime(date->text).value_or(Instant{});
            mail.raw = body->text;
            const ImapValue* size = fetched(response, "RFC822.SIZE");
            mail.size = size == nullptr ? mail.raw.size() : size->number().value_or(0);
            mails.push_back(std::move(mail));
        },
        progress));
    std::sort(mails.begin(), mails.end(), [](const auto& a, const auto& b) { return a.uid < b.uid; });
    return mails;
}

Result<> ImapSession::fetch(std::vector<std::uint32_t> uids, std::size_t mostBytes, const FetchSink& sink,
                            const Progress& progress) {
    std::sort(uids.begin(), uids.end());
    uids.erase(std::unique(uids.begin(), uids.end()), uids.end());
    for (std::size_t from = 0; from < uids.size(); from += sizesAtOnce) {
        const auto to = std::min(from + sizesAtOnce, uids.size());
        // The sizes first, so that a group of large mails never fills the memory.
        std::vector<std::pair<std::uint32_t, std::size_t>> there;
        OUTRIDER_TRY(m_wire->command(
            "UID FETCH " + uidSet(uids, from, to) + " (UID RFC822.SIZE)",
            [&](ImapResponse& response) {
                const ImapValue* uid = fetched(response, "UID");
                const ImapValue* size = fetched(response, "RFC822.SIZE");
                if (uid != nullptr && size != nullptr && uid->number())
                    there.emplace_back(*uid->number(), std::min<std::size_t>(size->number().value_or(0), mostBytes));
            },
            progress));
        std::sort(there.begin(), there.end());
        for (std::size_t i = 0; i < there.size();) {
            std::vector<std::uint32_t> group;
            for (std::size_t bytes = 0;
                 i < there.size() && group.size() < mailsAtOnce && (group.empty() || bytes + there[i].second <= bytesAtOnce);
                 ++i) {
                bytes += there[i].second;
                if (group.empty() || group.back() != there[i].first)
                    group.push_back(there[i].first);
            }
            OUTRIDER_ASSIGN(auto mails, fetchGroup(uidSet(group, 0, group.size()), mostBytes, progress));
            for (auto& mail : mails) {
                if (!sink(std::move(mail)))
                    return {};
            }
        }
    }
    return {};
}

Result<> ImapSession::append(const std::string& wireName, std::string_view raw, Instant date, const Progress& progress) {
    OUTRIDER_TRY(checkWireFormat(raw));
    OUTRIDER_ASSIGN(const std::string name, imapQuoted(wireName));
    OUTRIDER_TRY(m_wire->commandWithLiteral("APPEND " + name + " (\\Seen) \"" + imapDateTime(date) + "\"", raw, progress));
    return {};
}

Result<IdleEnd> ImapSession::idle(Millis most, const Progress& progress) {
    if (!m_wire->has("IDLE"))
        return fail(ErrorCode::Unsupported, "IDLE");
    const Progress neverCancelled; // the end of IDLE is said properly, and bounded by time
    Result<> sent;
    const std::string tag = m_wire->beginCommand("IDLE", progress, sent);
    if (!sent)
        return fail(sent.error());
    const Stopwatch waited;
    bool accepted = false;
    auto end = IdleEnd::TimedOut;
    most = std::min(most, longestIdle);
    for (;;) {
        const auto limit = accepted ? most : m_wire->timeouts().response;
        const auto left = limit - std::chrono::duration_cast<Millis>(waited.elapsed());
        OUTRIDER_ASSIGN(auto response, m_wire->wait(std::max(left, Millis(0)), progress));
        if (!response) {
            if (progress.cancelled())
                end = IdleEnd::Stopped;
            else if (!accepted)
                return m_wire->broken(Error(ErrorCode::TimedOut, "IDLE"));
            break;
        }
        if (response->kind == ImapResponse::Kind::Tagged && response->tag == tag)
            return fail(ErrorCode::ProtocolError, "IDLE: " + response->text);
        if (response->kind == ImapResponse::Kind::Continuation)
            accepted = true;
        // RECENT alone is said of nothing new by some.
        if (response->name == "EXISTS")
            end = IdleEnd::NewMail;
        if (accepted && end == IdleEnd::NewMail)
            break;
    }
    OUTRIDER_TRY(m_wire->send("DONE\r\n", neverCancelled));
    OUTRIDER_TRY(m_wire->finishCommandSoon(tag, [&](ImapResponse& response) {
        if (response.name == "EXISTS" && end == IdleEnd::TimedOut)
            end = IdleEnd::NewMail;
    }));
    return end;
}

Result<> ImapSession::noop(const Progress& progress) {
    OUTRIDER_TRY(m_wire->command("NOOP", {}, progress));
    return {};
}

void ImapSession::logout(const Progress& progress) {
    // The connection goes whatever the server says to it.
    [[maybe_unused]] const auto answered = m_wire->command("LOGOUT", {}, progress);
}

} // namespace outrider::transport
