// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/send_limits.h"

#include "core/base/mix.h"
#include "core/contact/domain_name.h"

#include <algorithm>
#include <array>

namespace outrider::outreach {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr auto day = hours(24);

constexpr Provider gmail{"Gmail", 0, 500};
constexpr Provider workspace{"Google Workspace", 0, 2000};
constexpr Provider microsoft{"Microsoft 365", 30, 10000};

bool endsIn(std::string_view text, std::string_view end) { return text.ends_with(end); }

std::int64_t daysOfRamp(const Mailbox& mailbox, Instant now) {
    const Instant began = mailbox.limits.rampBegan.value_or(mailbox.createdAt);
    return std::max<std::int64_t>(0, std::chrono::floor<std::chrono::days>(now - began).count());
}

} // namespace

const Provider* providerOf(const Mailbox& mailbox) {
    const std::string_view host = mailbox.smtp.host;
    const auto account = outrider::providerOf(mailbox.account); // its HTTP interface counts as its servers do
    if (account == outrider::Provider::Google || endsIn(host, "gmail.com") || endsIn(host, "googlemail.com"))
        return endsIn(mailbox.address, "@gmail.com") || endsIn(mailbox.address, "@googlemail.com") ? &gmail : &workspace;
    if (account == outrider::Provider::Microsoft || endsIn(host, ".office365.com") || endsIn(host, ".outlook.com"))
        return &microsoft;
    return nullptr;
}

std::vector<SendLimit> limitsOf(const Mailbox& mailbox, std::string_view recipientDomain, Instant now) {
    using Scope = SendLimit::Scope;
    const SendLimits& own = mailbox.limits;
    std::vector<SendLimit> limits{{WaitReason::DailyLimit, Scope::Mailbox, day, mailbox.dailyLimit}};
    const auto add = [&](WaitReason reason, Scope scope, Millis window, int most) {
        if (most > 0)
            limits.push_back({reason, scope, window, most});
    };
    add(WaitReason::MinuteLimit, Scope::Mailbox, minutes(1), own.perMinute);
    add(WaitReason::HourlyLimit, Scope::Mailbox, hours(1), own.perHour);
    add(WaitReason::WeeklyLimit, Scope::Mailbox, 7 * day, own.perWeek);
    if (!isPhoneLine(mailbox.account) && !contact::isFreeMailDomain(recipientDomain))
        add(WaitReason::DomainLimit, Scope::Domain, hours(1), own.perDomainAndHour);
    if (const int allowed = rampAllows(mailbox, now); allowed < mailbox.dailyLimit)
        limits.push_back({WaitReason::RampLimit, Scope::Mailbox, day, allowed});
    if (const Provider* provider = providerOf(mailbox)) {
        add(WaitReason::ProviderLimit, Scope::Mailbox, minutes(1), provider->perMinute);
        add(WaitReason::ProviderLimit, Scope::Mailbox, day, provider->perDay);
    }
    return limits;
}

int rampAllows(const Mailbox& mailbox, Instant now) {
    const SendLimits& limits = mailbox.limits;
    if (limits.rampStart <= 0)
        return mailbox.dailyLimit;
    const std::int64_t allowed = limits.rampStart + daysOfRamp(mailbox, now) * limits.rampStep;
    return int(std::min<std::int64_t>(allowed, mailbox.dailyLimit));
}

Instant rampRises(const Mailbox& mailbox, Instant now) {
    const SendLimits& limits = mailbox.limits;
    if (limits.rampStart <= 0 || limits.rampStep <= 0 || rampAllows(mailbox, now) >= mailbox.dailyLimit)
        return Instant::max();
    return limits.rampBegan.value_or(mailbox.createdAt) + std::chrono::days(daysOfRamp(mailbox, now) + 1);
}

std::chrono::seconds spacingAfter(const Mailbox& mailbox, Instant handOver) {
    const int least = mailbox.spacingSeconds;
    const int range = mailbox.limits.spacingUpTo - least;
    if (range <= 0)
        return std::chrono::seconds(least);
    const std::uint64_t drawn = mixed(std::uint64_t(toEpochMillis(handOver)) ^ mixed(std::uint64_t(mailbox.id.value)));
    return std::chrono::seconds(least + int(drawn % std::uint64_t(range + 1)));
}

bool isOfMailbox(WaitReason reason) {
    switch (reason) {
    case WaitReason::DailyLimit:
    case WaitReason::HourlyLimit:
    case WaitReason::MinuteLimit:
    case WaitReason::WeeklyLimit:
    case WaitReason::ProviderLimit:
    case WaitReason::RampLimit:
    case WaitReason::Spacing:
    case WaitReason::MailboxPaused:
    case WaitReason::MailboxSignedOut:
        return true;
    case WaitReason::None:
    case WaitReason::UndoWindow:
    case WaitReason::HeldByUser:
    case WaitReason::OutsideHours:
    case WaitReason::Offline:
    case WaitReason::RetryLater:
    case WaitReason::SendFence:
    case WaitReason::MissingField:
    case WaitReason::DomainLimit:
    case WaitReason::DayOff:
    case WaitReason::LeadGap:
    case WaitReason::CompanyGap:
        break;
    }
    return false;
}

} // namespace outrider::outreach
