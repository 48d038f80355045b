// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/practice/practice_prospects.h"

#include "core/contact/text.h"
#include "core/practice/practice_phrases.h"
#include "core/transport/outgoing_mail.h"

#include <algorithm>
#include <array>

namespace outrider::practice {

using namespace std::chrono_literals;

namespace {

constexpr int quotedLinesMost = 40;

std::uint32_t hashOf(std::string_view text, std::uint32_t salt) {
    std::uint32_t hash = 2166136261U ^ (salt * 16777619U); // FNV-1a
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 16777619U;
    }
    hash ^= hash >> 16;
    hash *= 0x7FEB352DU;
    return hash ^ (hash >> 15);
}

// Who plays a part in the story the practice workspace starts with.
struct Known {
    std::string_view address;
    ProspectKind kind;
    bool soon;           // answers within seconds
    std::uint32_t words; // which of their language's
};

constexpr std::array known{
    Known{"a.diallo@globalport.example", ProspectKind::Silent, false, 0},
    Known{"z.brandt@nordwind-logistik.example", ProspectKind::Replies, true, 0},
    Known{"t.ruehl@ostsee-kuehlhaus.example", ProspectKind::Replies, false, 0},
    Known{"r.yamada@minato-butsuryu.example", ProspectKind::Replies, true, 1},
    Known{"siddharth.iyer@konkan-reefer.example", ProspectKind::Replies, false, 3},
    Known{"noor.vanderheijden@westland-fresh.example", ProspectKind::Replies, true, 0},
    Known{"misaki.suzuki@yokohama-reizo.example", ProspectKind::Replies, true, 0},
    Known{"a.nibhriain@brightwater.example", ProspectKind::Away, true, 0},
    Known{"a.strauss@main-fresh.example", ProspectKind::Gone, true, 0},
    Known{"clara.baumgaertner@baumgaertner-obst.example", ProspectKind::OptsOut, true, 0},
    Known{"u.rueegg@rueegg-frische.example", ProspectKind::Away, true, 0},
    Known{"i.koehler@elbe-gateway.example", ProspectKind::Silent, false, 0},
};

ProspectKind kindOf(std::uint32_t hash) {
    const std::uint32_t percent = hash % 100;
    if (percent < 12)
        return ProspectKind::Replies;
    if (percent < 15)
        return ProspectKind::Gone;
    if (percent < 17)
        return ProspectKind::Full;
    if (percent < 22)
        return ProspectKind::Away;
    return percent < 23 ? ProspectKind::OptsOut : ProspectKind::Silent;
}

std::string hex(std::uint32_t value) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (int shift = 28; shift >= 0; shift -= 4)
        out += digits[(value >> shift) & 15U];
    return out;
}

std::string domainOf(std::string_view address) {
    const auto at = address.rfind('@');
    return std::string(at == std::string_view::npos ? "practice.example" : address.substr(at + 1));
}

struct Local {
    std::chrono::year_month_day day;
    std::string time; // "09:24"
    unsigned weekday; // 1 Monday
};

Local localOf(Instant at, int offsetMinutes) {
    const auto wall = at + std::chrono::minutes(offsetMinutes);
    const auto day = std::chrono::floor<std::chrono::days>(wall);
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(wall - day).count();
    const auto two = [](long long n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return {std::chrono::year_month_day(day), two(minutes / 60) + ":" + two(minutes % 60),
            std::chrono::weekday(day).iso_encoding()};
}

void replaceAll(std::string& text, std::string_view what, const std::string& with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

// "19 November 2026", as its language writes it.
std::string longDate(const PhraseBook& book, std::chrono::sys_days day) {
    const std::chrono::year_month_day date(day);
    std::string text(book.datePattern);
    replaceAll(text, "{d}", std::to_string(unsigned(date.day())));
    replaceAll(text, "{m}", std::string(book.months[unsigned(date.month()) - 1]));
    replaceAll(text, "{y}", std::to_string(int(date.year())));
    return text;
}

std::string senderOf(const transport::ParsedMail& mail) { return mail.from.name.empty() ? mail.from.address : mail.from.name; }

} // namespace

Prospect prospectAt(std::string_view address) {
    constexpr std::uint32_t kindSalt = 2409; // with it, the 300 come out at the shares promised
    const std::string lower = contact::asciiLower(address);
    const std::uint32_t hash = hashOf(lower, kindSalt);
    Prospect prospect{.kind = kindOf(hash), .seed = hash / 128};
    const auto* const who = std::find_if(known.begin(), known.end(), [&](const Known& one) { return one.address == lower; });
    if (who != known.end()) {
        prospect.kind = who->kind;
        prospect.seed = who->words * 2 + (who->soon ? 0 : 1);
    }
    const bool soon = prospect.seed % 2 == 0;
    const auto within = [&](Millis least, Millis span) { return least + Millis(hashOf(lower, 5) % std::uint32_t(span.count())); };
    switch (prospect.kind) {
    case ProspectKind::Silent:
        break;
    case ProspectKind::Replies:
    case ProspectKind::OptsOut:
        prospect.answersAfter = soon ? within(4s, 8s) : within(40min, 5h);
        break;
    case ProspectKind::Gone:
    case ProspectKind::Full:
    case ProspectKind::Away:
        prospect.answersAfter = within(1500ms, 4s);
        break;
    }
    return prospect;
}

Result<std::string> PracticeLetter::of(const Prospect& prospect) const {
    const PhraseBook& book = phraseBook(m_lead.language);
    switch (prospect.kind) {
    case ProspectKind::Silent:
        break;
    case ProspectKind::Replies:
        return saying(std::string(book.replies[prospect.seed / 2 % book.replies.size()]));
    case ProspectKind::OptsOut:
        return saying(std::string(book.optOut));
    case ProspectKind::Away:
        return automatic(prospect);
    case ProspectKind::Gone:
    case ProspectKind::Full:
        return report(prospect.kind == ProspectKind::Gone);
    }
    return fail(ErrorCode::InvalidArgument, "a silent prospect writes no letter");
}

Result<std::string> PracticeLetter::second(const Prospect& prospect) const {
    const PhraseBook& book = phraseBook(m_lead.language);
    return saying(std::string(book.secondReplies[prospect.seed / 2 % book.secondReplies.size()]));
}

Result<std::string> PracticeLetter::saying(const std::string& words) const {
    const PhraseBook& book = phraseBook(m_lead.language);
    std::string text(words);
    const std::string sender = senderOf(m_ours);
    replaceAll(text, "{me}", sender);
    replaceAll(text, "{first}", sender.substr(0, sender.find(' ')));
    replaceAll(text, "{last}", sender.substr(sender.rfind(' ') + 1));
    const auto gate = m_lead.custom.find("gate");
    replaceAll(text, "{gate}", gate == m_lead.custom.end() ? "gate 2" : gate->second);
    const std::string who = displayName(m_lead);
    text += "\n\n" + std::string(book.greeting) + "\n" + who + "\n\n" + quotation();
    const std::string subject =
        contact::asciiLower(m_ours.subject.substr(0, 3)) == "re:" ? m_ours.subject : std::string(book.prefix) + m_ours.subject;
    return render(subject, text, false);
}

Result<std::string> PracticeLetter::automatic(const Prospect& prospect) const {
    const PhraseBook& book = phraseBook(m_lead.language);
    auto back =
        std::chrono::floor<std::chrono::days>(m_at + std::chrono::minutes(m_offset)) + std::chrono::days(5 + prospect.seed % 10);
    while (std::chrono::weekday(back).iso_encoding() > 5)
        back += std::chrono::days(1);
    std::string text(book.away);
    replaceAll(text, "{back}", longDate(book, back));
    replaceAll(text, "{name}", displayName(m_lead));
    return render(std::string(book.awaySubject) + m_ours.subject, text, true);
}

std::string PracticeLetter::quotation() const {
    const PhraseBook& book = phraseBook(m_lead.language);
    const Local sent = localOf(m_ours.date.value_or(m_at), m_offset);
    std::string text(book.attribution);
    replaceAll(text, "{date}", longDate(book, std::chrono::sys_days(sent.day)));
    replaceAll(text, "{time}", sent.time);
    replaceAll(text, "{who}", senderOf(m_ours) + " <" + m_ours.from.address + ">");
    int lines = 0;
    for (const auto line : contact::split(contact::trimmed(m_ours.text), "\n")) {
        if (++lines > quotedLinesMost)
            break;
        text += line.starts_with('>') ? "\n>" : "\n> ";
        text += line;
    }
    return text + "\n";
}

std::string PracticeLetter::messageId() const {
    const std::string seed = m_ours.messageId + m_lead.email + std::to_string(toEpochMillis(m_at));
    return hex(hashOf(seed, 1)) + hex(hashOf(seed, 2)) + "@" + domainOf(m_lead.email);
}

Result<std::string> PracticeLetter::render(const std::string& subject, const std::string& text, bool automatic) const {
    transport::OutgoingMail mail{.fromName = displayName(m_lead),
                                 .fromAddress = m_lead.email,
                                 .toName = m_ours.from.name,
                                 .toAddress = m_ours.from.address,
                                 .subject = subject,
                                 .text = text,
                                 .messageId = messageId(),
                                 .inReplyTo = m_ours.messageId,
                                 .references = m_ours.references,
                                 .date = m_at,
                                 .utcOffsetMinutes = m_offset};
    mail.references.push_back(m_ours.messageId);
    if (automatic) {
        mail.extra.push_back({"Auto-Submitted", "auto-replied"});
        mail.extra.push_back({"X-Auto-Response-Suppress", "All"});
    }
    return transport::render(mail);
}

// The shape Postfix gives it: a text, a delivery status and the headers of what came back.
std::string PracticeLetter::report(bool gone) const {
    const std::string host = "mx." + domainOf(m_lead.email);
    const std::string status = gone ? "5.1.1" : "5.2.2";
    const std::string answer =
        gone ? "550 5.1.1 <" + m_lead.email + ">: Recipient address rejected: User unknown in virtual mailbox table"
             : "552 5.2.2 <" + m_lead.email + ">: Mailbox is full, quota exceeded";
    const std::string boundary = "practice." + hex(hashOf(m_ours.messageId, 9));
    static constexpr std::array<const char*, 7> days{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const Local now = localOf(m_at, 0);
    const std::string date = std::string(days[now.weekday - 1]) + ", " + std::to_string(unsigned(now.day.day())) + " "
                             + months[unsigned(now.day.month()) - 1] + " " + std::to_string(int(now.day.year())) + " " + now.time
                             + ":00 +0000";
    std::string text = "Return-Path: <>\n"
                       "From: Mail Delivery System <MAILER-DAEMON@"
                       + host
                       + ">\n"
                         "To: <"
                       + m_ours.from.address
                       + ">\n"
                         "Subject: Undelivered Mail Returned to Sender\n"
                         "Date: "
                       + date
                       + "\n"
                         "Message-ID: <"
                       + messageId()
                       + ">\n"
                         "Auto-Submitted: auto-replied\n"
                         "MIME-Version: 1.0\n"
                         "Content-Type: multipart/report; report-type=delivery-status;\n"
                         "\tboundary=\""
                       + boundary
                       + "\"\n"
                         "\n"
                         "This is a MIME-encapsulated message.\n"
                         "\n"
                         "--"
                       + boundary
                       + "\n"
                         "Content-Description: Notification\n"
                         "Content-Type: text/plain; charset=us-ascii\n"
                         "\n"
                         "This is the mail system at host "
                       + host
                       + ".\n"
                         "\n"
                         "I'm sorry to have to inform you that your message could not\n"
                         "be delivered to one or more recipients.\n"
                         "\n"
                         "<"
                       + m_lead.email + ">: host " + host
                       + " said:\n"
                         "    "
                       + answer
                       + " (in reply to RCPT TO command)\n"
                         "\n"
                         "--"
                       + boundary
                       + "\n"
                         "Content-Description: Delivery report\n"
                         "Content-Type: message/delivery-status\n"
                         "\n"
                         "Reporting-MTA: dns; "
                       + host
                       + "\n"
                         "Arrival-Date: "
                       + date
                       + "\n"
                         "\n"
                         "Final-Recipient: rfc822; "
                       + m_lead.email
                       + "\n"
                         "Original-Recipient: rfc822;"
                       + m_lead.email
                       + "\n"
                         "Action: failed\n"
                         "Status: "
                       + status
                       + "\n"
                         "Remote-MTA: dns; "
                       + host
                       + "\n"
                         "Diagnostic-Code: smtp; "
                       + answer
                       + "\n"
                         "\n"
                         "--"
                       + boundary
                       + "\n"
                         "Content-Description: Undelivered Message Headers\n"
                         "Content-Type: text/rfc822-headers\n"
                         "\n"
                         "Return-Path: <"
                       + m_ours.from.address
                       + ">\n"
                         "From: <"
                       + m_ours.from.address
                       + ">\n"
                         "To: <"
                       + m_lead.email
                       + ">\n"
                         "Message-ID: <"
                       + m_ours.messageId
                       + ">\n"
                         "\n"
                         "--"
                       + boundary + "--\n";
    std::string wire;
    for (const char c : text) {
        if (c == '\n')
            wire += '\r';
        wire += c;
    }
    return wire;
}

} // namespace outrider::practice
