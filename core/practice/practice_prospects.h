// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/domain/enum_names.h"
#include "core/domain/lead.h"
#include "core/transport/parsed_mail.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace outrider::practice {

// How the owner of an address behaves when written to.
enum class ProspectKind {
    Silent, // most
    Replies,
    Gone,    // the address does not exist: a hard bounce
    Full,    // the mailbox is full: a soft bounce
    Away,    // out of office, back on a day
    OptsOut, // asks to be left alone
};

inline constexpr auto prospectKindNames = enumNames<ProspectKind>({
    {ProspectKind::Silent, "silent"},
    {ProspectKind::Replies, "replies"},
    {ProspectKind::Gone, "gone"},
    {ProspectKind::Full, "full"},
    {ProspectKind::Away, "away"},
    {ProspectKind::OptsOut, "opts_out"},
});

struct Prospect {
    ProspectKind kind = ProspectKind::Silent;
    Millis answersAfter{0}; // of the mail's arrival
    std::uint32_t seed = 0; // which of the things people say
};

// Always the same for the same address, invented ones and ones the person adds: 12 % reply, 3 % are gone,
// 2 % have a full mailbox, 5 % are away, 1 % opt out. Machines answer within seconds, and so do half of
// the people; the rest take hours.
Prospect prospectAt(std::string_view address);

// What a prospect writes back, as RFC 5322 bytes.
class PracticeLetter {
public:
    // `lead` is who writes, as far as known; `ours` the mail they got. Both must outlive the letter.
    PracticeLetter(const Lead& lead, const transport::ParsedMail& ours, Instant writtenAt, int utcOffsetMinutes)
        : m_lead(lead),
          m_ours(ours),
          m_at(writtenAt),
          m_offset(utcOffsetMinutes) {}

    // The letter of that kind of prospect; not for Silent.
    Result<std::string> of(const Prospect& prospect) const;
    // A person's answer in these words, with what it answers quoted below.
    Result<std::string> saying(const std::string& words) const;
    // A person's answer to our answer.
    Result<std::string> second(const Prospect& prospect) const;

private:
    Result<std::string> automatic(const Prospect& prospect) const;
    std::string report(bool gone) const; // RFC 3464
    Result<std::string> render(const std::string& subject, const std::string& text, bool automatic) const;
    std::string messageId() const;
    std::string quotation() const;

    const Lead& m_lead;
    const transport::ParsedMail& m_ours;
    Instant m_at;
    int m_offset;
};

} // namespace outrider::practice
