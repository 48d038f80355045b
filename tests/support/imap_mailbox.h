// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/scripted_imap_server.h"

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <sstream>
#include <string>

namespace outrider::test {

// An INBOX of any size for a ScriptedImapServer: its mails, numbered from 1, are written when they are asked for, so that the
// server's memory says nothing about the client's. Knows nothing of days: SINCE and BEFORE find all of it.
class ImapMailbox {
public:
    using Mail = std::function<std::string(std::uint32_t uid)>; // CRLF

    ImapMailbox(std::uint32_t count, Mail mail) : m_count(count), m_mail(std::move(mail)) {}

    std::uint32_t uidValidity = 100;
    std::function<void(std::uint64_t fetched)> onFetched; // after each mail; on the server's thread
    std::uint64_t fetched() const { return m_fetched; }   // bodies that were asked for
    int searches() const { return m_searches; }
    bool changesAnything() const { return m_changes; } // STORE, SELECT, BODY[] without PEEK…

    ScriptedImapServer::Reply answer(const std::string& command) {
        if (command.starts_with("EXAMINE"))
            return {"* OK [UIDVALIDITY " + std::to_string(uidValidity) + "] x\r\n$ OK [READ-ONLY] done\r\n"};
        if (command.starts_with("LIST"))
            return {"* LIST () \"/\" INBOX\r\n$ OK done\r\n"};
        if (command.starts_with("UID SEARCH UID ")) {
            ++m_searches;
            std::string out = "* SEARCH";
            for (auto uid = std::uint32_t(std::atoll(command.c_str() + 15)); uid <= m_count; ++uid)
                out += " " + std::to_string(uid);
            return {out + "\r\n$ OK done\r\n"};
        }
        if (command.starts_with("UID FETCH "))
            return fetch(command.substr(10));
        m_changes = m_changes || command.find("STORE") != std::string::npos || command.starts_with("SELECT")
                    || command.starts_with("APPEND") || command.find("EXPUNGE") != std::string::npos;
        return {};
    }

private:
    ScriptedImapServer::Reply fetch(const std::string& rest) {
        const bool sizes = rest.ends_with("(UID RFC822.SIZE)");
        m_changes = m_changes || (!sizes && rest.find("BODY.PEEK[]") == std::string::npos);
        std::string out;
        std::stringstream parts(rest.substr(0, rest.find(' ')));
        for (std::string part; std::getline(parts, part, ',');) {
            const auto colon = part.find(':');
            const auto first = std::uint32_t(std::stoul(part));
            const auto last = colon == std::string::npos ? first : std::uint32_t(std::stoul(part.substr(colon + 1)));
            for (std::uint32_t uid = first; uid <= std::min(last, m_count); ++uid) {
                const std::string mail = m_mail(uid);
                const std::string size = std::to_string(mail.size());
                if (sizes) {
                    out += "* 1 FETCH (UID " + std::to_string(uid) + " RFC822.SIZE " + size + ")\r\n";
                    continue;
                }
                out += "* 1 FETCH (UID " + std::to_string(uid) + " INTERNALDATE \"10-Nov-2026 08:00:00 +0000\" RFC822.SIZE "
                       + size + " BODY[]<0> {" + size + "}\r\n" + mail + ")\r\n";
                ++m_fetched;
                if (onFetched)
                    onFetched(m_fetched);
            }
        }
        return {out + "$ OK done\r\n"};
    }

    const std::uint32_t m_count;
    const Mail m_mail;
    std::atomic<std::uint64_t> m_fetched = 0;
    std::atomic<int> m_searches = 0;
    std::atomic<bool> m_changes = false;
};

} // namespace outrider::test
