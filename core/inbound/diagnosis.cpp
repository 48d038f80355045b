// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inbound/diagnosis.h"

#include "core/inbound/diagnosis_phrases.h"
#include "core/inbound/words.h"

#include <array>

namespace outrider::inbound {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

std::optional<std::string> softReason(std::string_view words, const std::vector<SoftReason>& reasons) {
    for (const SoftReason& soft : reasons) {
        if (holdsAny(words, soft.phrases))
            return std::string(soft.reason);
    }
    return std::nullopt;
}

// "5.1.1", "550-5.1.1", "#5.1.1)": in the middle of sentences that servers break anywhere.
bool isNumber(std::string_view token) {
    return std::all_of(token.begin(), token.end(),
                       [](char c) { return isDigit(c) || c == '.' || c == '-' || c == '#' || c == '(' || c == ')' || c == ':'; });
}

// Names of machines say nothing about the reason, even when one is called "mx.spamfilter.example".
bool isHostName(std::string_view token, std::string_view before) {
    if (token.size() > 0 && token.front() == '[')
        return true;
    const auto dots = std::count(token.begin(), token.end(), '.');
    const bool sentence = token.ends_with('.') && dots == 1;
    if (dots == 0 || sentence)
        return false;
    if (dots >= 2 && token.find("..") == std::string_view::npos)
        return true;
    constexpr std::array<std::string_view, 9> introducing{"host", "domain", "server", "by", "from", "mx", "at", "relay", "for"};
    return std::find(introducing.begin(), introducing.end(), before) != introducing.end();
}

// The words that tell a reason: without addresses, links, host names and the codes that long answers
// repeat at every line.
std::string reasonWords(std::string_view said) {
    // Exchange's reasons are dotted names: "RESOLVER.ADR.RecipNotFound".
    constexpr std::array<std::string_view, 6> exchange{"RESOLVER.", "STOREDRV.", "SMTPSEND.", "QUEUE.", "ROUTING.", "AGENT."};
    std::string kept;
    kept.reserve(said.size());
    std::string_view before;
    for (std::size_t at = 0; at < said.size();) {
        const auto from = said.find_first_not_of(" \t\r\n", at);
        if (from == std::string_view::npos)
            break;
        at = std::min(said.find_first_of(" \t\r\n", from), said.size());
        const std::string_view token = said.substr(from, at - from);
        const bool reason =
            std::any_of(exchange.begin(), exchange.end(), [&](std::string_view name) { return holds(token, name); });
        const bool address = holds(token, "@") || holds(token, "://") || token.starts_with("www.");
        if (reason || (!address && !isNumber(token) && !isHostName(token, before))) {
            kept += token;
            kept += ' ';
        }
        before = token;
    }
    return wordsOf(kept);
}

} // namespace

BounceKind kindOf(bool hard, std::string_view reason) {
    constexpr std::array<std::string_view, 7> ours{"spam",           "policy",       "blocked", "sender",
                                                   "authentication", "relay_denied", "content"};
    if (hard)
        return BounceKind::Hard;
    if (reason == "mailbox_full")
        return BounceKind::MailboxFull;
    if (reason == "unknown")
        return BounceKind::Unknown;
    return std::find(ours.begin(), ours.end(), reason) != ours.end() ? BounceKind::Policy : BounceKind::Soft;
}

std::string_view statusIn(std::string_view text) {
    // class "." subject "." detail, not a piece of a longer number (an IP address).
    for (std::size_t at = 0; at + 4 < text.size(); ++at) {
        if ((text[at] != '2' && text[at] != '4' && text[at] != '5') || text[at + 1] != '.')
            continue;
        if (at > 0 && (isDigit(text[at - 1]) || text[at - 1] == '.'))
            continue;
        std::size_t end = at + 2;
        int parts = 1;
        int digits = 0;
        for (; end < text.size(); ++end) {
            if (isDigit(text[end]) && digits < 3) {
                ++digits;
            } else if (text[end] == '.' && digits > 0 && parts == 1) {
                ++parts;
                digits = 0;
            } else {
                break;
            }
        }
        const bool ended =
            end == text.size() || (!isDigit(text[end]) && !(text[end] == '.' && end + 1 < text.size() && isDigit(text[end + 1])));
        if (parts == 2 && digits > 0 && ended)
            return text.substr(at, end - at);
    }
    return {};
}

int replyCodeIn(std::string_view text) {
    for (std::size_t at = 0; at + 3 <= text.size(); ++at) {
        if ((text[at] != '4' && text[at] != '5') || !isDigit(text[at + 1]) || !isDigit(text[at + 2]) || text[at + 1] > '5')
            continue;
        const bool begins = at == 0 || text[at - 1] == ' ' || text[at - 1] == '\n' || text[at - 1] == '(' || text[at - 1] == ':'
                            || text[at - 1] == ';' || text[at - 1] == '\t' || text[at - 1] == '"';
        const bool ends = at + 3 == text.size() || text[at + 3] == ' ' || text[at + 3] == '-' || text[at + 3] == '\n'
                          || text[at + 3] == ':' || text[at + 3] == '_';
        if (begins && ends)
            return (text[at] - '0') * 100 + (text[at + 1] - '0') * 10 + (text[at + 2] - '0');
    }
    return 0;
}

namespace {

// What is said to be for now cannot be hard: the server itself would have tried again.
bool isTransient(std::string_view said, std::string_view status) {
    const std::string_view inside = statusIn(said);
    const int reply = replyCodeIn(said);
    if (reply != 0)
        return reply < 500;
    if (!inside.empty())
        return inside.front() == '4';
    return status.starts_with("4") && !status.ends_with(".0.0"); // "4.0.0" is given for everything
}

bool isHardStatus(std::string_view status) {
    constexpr std::array<std::string_view, 5> codes{"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"};
    return std::find(codes.begin(), codes.end(), status) != codes.end();
}

} // namespace

std::optional<Diagnosis> diagnoseByWords(std::string_view said, std::string_view status) {
    const std::string words = reasonWords(said);
    if (auto reason = softReason(words, certainlySoft()))
        return Diagnosis{false, std::move(*reason)};

    const std::string_view inside = statusIn(said);
    const std::string_view specific = inside.empty() || inside.ends_with(".0.0") ? status : inside;
    const bool transient = isTransient(said, status);
    // Exchange Online says "denied" of addresses its directory does not know.
    const bool directory = specific == "5.4.1" && holds(words, " recipient address rejected access denied");
    // Half a phrase, which the number completes.
    const bool rejectedAddress = specific.starts_with("5.1.")
                                 && holdsAny(words, std::array<std::string_view, 4>{" recipient rejected", " address rejected",
                                                                                    " recipient refused", " no longer"});
    if (holdsAny(words, noMailAccepted()))
        return Diagnosis{!transient, "no_mail_accepted"};
    if (holdsAny(words, hostUnknown()))
        return Diagnosis{!transient, "host_unknown"};
    const bool gone =
        holdsAny(words, unavailable())
        && (specific.empty() || specific.starts_with("5.1.") || specific.starts_with("5.5.") || specific.ends_with(".0.0"));
    if (directory || rejectedAddress || gone || holdsAny(words, userUnknown())) {
        // "User unknown or disabled", "5.7.1 unknown user or access denied": the number decides.
        const bool policy =
            specific.starts_with("5.7.")
            && holdsAny(words, std::array<std::string_view, 3>{" access denied", " not authorized", " not permitted"});
        return Diagnosis{!transient && !policy, policy ? "policy" : "user_unknown"};
    }
    if (holdsAny(words, moved()))
        return Diagnosis{!transient, "moved"};
    if (auto reason = softReason(words, perhapsSoft())) {
        if (isHardStatus(specific) && *reason != "mailbox_disabled" && *reason != "mailbox_full")
            return std::nullopt; // "5.1.1 rejected": the number says more
        return Diagnosis{false, std::move(*reason)};
    }
    return std::nullopt;
}

Diagnosis diagnose(std::string_view said, std::string_view status) {
    if (auto byWords = diagnoseByWords(said, status))
        return *byWords;
    const std::string_view inside = statusIn(said);
    if (!inside.empty() && !inside.ends_with(".0.0"))
        status = inside;
    if (isHardStatus(status))
        return {true, status == "5.1.2" ? "host_unknown" : status == "5.1.6" ? "moved" : "user_unknown"};
    constexpr std::array<std::pair<std::string_view, std::string_view>, 11> subjects{{
        {".1.7", "sender"},
        {".1.8", "sender"},
        {".2.1", "mailbox_disabled"},
        {".2.2", "mailbox_full"},
        {".2.3", "too_large"},
        {".3.4", "too_large"},
        {".4.6", "loop"},
        {".4.7", "expired"},
        {".4.", "network"},
        {".6.", "content"},
        {".7.", "policy"},
    }};
    if (!status.empty()) {
        for (const auto& [subject, reason] : subjects) {
            if (status.substr(1).starts_with(subject))
                return {false, std::string(reason)};
        }
        if (status.substr(1).starts_with(".3."))
            return {false, "system"};
    }
    return {false, "unknown"};
}

} // namespace outrider::inbound
