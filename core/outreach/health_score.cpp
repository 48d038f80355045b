// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/health_score.h"

#include <algorithm>
#include <chrono>

namespace outrider::outreach {

namespace {

constexpr std::int64_t enoughToJudge = 20; // as for pausing
constexpr std::int64_t enoughForReplies = 50;
constexpr double goodReplyRate = 0.03;
constexpr int worstBouncePercent = 5; // where a mailbox does not pause by itself
constexpr int worstErrorPercent = 5;
constexpr auto young = std::chrono::days(30);
constexpr int boldForANewOne = 30; // messages a day without a ramp

// What a receiver said outweighs what the DNS lets expect.
const AuthResult* said(const ProbeReport* probe, std::string_view method) {
    if (probe == nullptr)
        return nullptr;
    const AuthResult* best = nullptr;
    for (const AuthResult& result : probe->results) {
        if (result.method == method && (best == nullptr || result.result == "pass"))
            best = &result;
    }
    return best;
}

HealthLine ofRecord(HealthPoint point, DnsTopic topic, std::string_view method, int most, const HealthFacts& facts) {
    HealthLine line{.point = point};
    const DnsCheck* check = facts.dns == nullptr ? nullptr : facts.dns->of(topic);
    const AuthResult* result = method.empty() ? nullptr : said(facts.probe, method);
    if (result != nullptr && (result->result == "fail" || result->result == "softfail" || result->result == "permerror")) {
        line.most = most;
        line.detail = "probe_" + result->result;
        return line;
    }
    if (check != nullptr)
        line.detail = dnsFindingNames.name(check->finding);
    if (check != nullptr
        && (check->verdict == DnsVerdict::Pass || check->verdict == DnsVerdict::Weak || check->verdict == DnsVerdict::Fail)) {
        line.most = most;
        line.points = check->verdict == DnsVerdict::Pass ? most : check->verdict == DnsVerdict::Weak ? most / 2 : 0;
    } else if (result != nullptr && result->result == "pass") {
        line.most = line.points = most;
        line.detail = "probe_pass";
    }
    return line;
}

// All of the points for none, nothing from `worst` percent on.
HealthLine ofRate(HealthPoint point, std::int64_t part, std::int64_t whole, double worst, int most) {
    HealthLine line{.point = point, .part = part, .whole = whole};
    if (whole < enoughToJudge)
        return line;
    line.most = most;
    const double percent = 100.0 * double(part) / double(whole);
    line.points = std::clamp(int(most * (1 - percent / worst) + 0.5), 0, most);
    return line;
}

HealthLine ofVolume(const HealthFacts& facts) {
    HealthLine line{.point = HealthPoint::Ramp, .part = facts.sentInADay, .whole = facts.limitToday};
    line.most = 10;
    const bool isNew = facts.now - facts.mailbox.createdAt < young;
    if (facts.sentInADay > facts.limitToday) {
        line.detail = "over";
    } else if (isNew && facts.mailbox.limits.rampStart == 0 && facts.mailbox.dailyLimit > boldForANewOne) {
        line.points = 5;
        line.detail = "no_ramp";
    } else {
        line.points = 10;
        line.detail = facts.limitToday < facts.mailbox.dailyLimit ? "rising" : "within";
    }
    return line;
}

HealthLine ofReplies(const HealthFacts& facts) {
    HealthLine line{.point = HealthPoint::Replies, .part = facts.replies, .whole = facts.sentInAMonth};
    if (facts.sentInAMonth < enoughForReplies)
        return line;
    line.most = 10;
    const double rate = double(facts.replies) / double(facts.sentInAMonth);
    line.points = std::min(10, int(10 * rate / goodReplyRate + 0.5));
    return line;
}

HealthLine ofConnection(const HealthFacts& facts) {
    HealthLine line{.point = HealthPoint::Connection};
    if (facts.mailbox.state == MailboxState::NeedsAttention) {
        line.most = 5;
        line.detail = facts.mailbox.stateReason;
    } else if (facts.mailbox.checkedAt || facts.mailbox.fetchedAt) {
        line.most = line.points = 5;
        line.detail = "works";
    }
    return line;
}

} // namespace

MailboxHealth healthOf(const HealthFacts& facts) {
    MailboxHealth health;
    const PauseRules& pauses = facts.mailbox.pauses;
    health.lines = {
        ofRecord(HealthPoint::Spf, DnsTopic::Spf, "spf", 15, facts),
        ofRecord(HealthPoint::Dkim, DnsTopic::Dkim, "dkim", 15, facts),
        ofRecord(HealthPoint::Dmarc, DnsTopic::Dmarc, "dmarc", 10, facts),
        ofRecord(HealthPoint::Mx, DnsTopic::Mx, {}, 5, facts),
        ofRate(HealthPoint::Bounces, facts.bounced, facts.sentInAWeek,
               pauses.bouncePercent > 0 ? pauses.bouncePercent : worstBouncePercent, 20),
        ofRate(HealthPoint::Errors, facts.refused, facts.sentInAWeek + facts.refused,
               pauses.errorPercent > 0 ? pauses.errorPercent : worstErrorPercent, 10),
        ofVolume(facts),
        ofReplies(facts),
        ofConnection(facts),
    };
    int points = 0;
    int most = 0;
    bool known = false; // that it keeps its limits says nothing by itself
    for (const HealthLine& line : health.lines) {
        points += line.points;
        most += line.most;
        known = known || (line.most > 0 && line.point != HealthPoint::Ramp);
    }
    if (known)
        health.score = (points * 100 + most / 2) / most;
    return health;
}

} // namespace outrider::outreach
