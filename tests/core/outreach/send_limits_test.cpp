// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outreach/send_limits.h"

#include "core/outreach/send_gate.h"
#include "support/test_registry.h"

#include <rapidcheck.h>

#include <map>

using namespace outrider;
using namespace outrider::outreach;

namespace {

const Instant start = *parseIso8601("2026-11-02T08:00");
const DaysOff noDaysOff;

Mailbox box(int daily = 50) {
    return {.id = MailboxId{7}, .address = "mara@harborline.example", .dailyLimit = daily, .createdAt = start};
}

struct HandOver {
    Instant at;
    std::string domain;
};

// A mailbox on a clock that goes where the gate says.
struct Lane {
    Mailbox mailbox;
    std::vector<HandOver> ledger;

    SendGate gate(const OutboxItem& item, Instant now) const {
        const std::string domain = item.recipientKey.substr(item.recipientKey.rfind('@') + 1);
        const Zone zone = Zone::utc();
        SendGateInput input{.now = now, .item = item, .mailbox = mailbox, .zone = zone, .daysOff = noDaysOff};
        input.handedOver = [&](SendLimit::Scope scope, int n) -> std::optional<Instant> {
            for (auto one = ledger.rbegin(); one != ledger.rend(); ++one) {
                if ((scope == SendLimit::Scope::Mailbox || one->domain == domain) && --n == 0)
                    return one->at;
            }
            return std::nullopt;
        };
        return sendGate(input);
    }
};

OutboxItem message(int number, int domains) {
    return {.id = OutboxId{number + 1},
            .recipientKey = "lead" + std::to_string(number) + "@company" + std::to_string(number % domains) + ".example",
            .state = OutboxState::Queued};
}

int inWindow(const std::vector<HandOver>& ledger, std::size_t last, Millis window, bool sameDomain) {
    int count = 0;
    for (std::size_t i = 0; i <= last; ++i) {
        if (ledger[i].at > ledger[last].at - window && (!sameDomain || ledger[i].domain == ledger[last].domain))
            ++count;
    }
    return count;
}

} // namespace

class SendLimitsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void no_rolling_window_ever_holds_more_than_its_limit_and_everything_leaves() {
        const bool held = rc::check("limits of a mailbox", [] {
            Lane lane{.mailbox = box(*rc::gen::inRange(1, 12)), .ledger = {}};
            SendLimits& limits = lane.mailbox.limits;
            limits.perMinute = *rc::gen::inRange(0, 4);
            limits.perHour = *rc::gen::inRange(0, 8);
            limits.perWeek = *rc::gen::inRange(0, 40);
            limits.perDomainAndHour = *rc::gen::inRange(0, 3);
            lane.mailbox.spacingSeconds = *rc::gen::inRange(0, 120);
            limits.spacingUpTo = *rc::gen::inRange(0, 300);
            limits.rampStart = *rc::gen::inRange(0, 4);
            limits.rampStep = limits.rampStart > 0 ? *rc::gen::inRange(1, 4) : 0;
            const int domains = *rc::gen::inRange(1, 5);
            Instant now = start + std::chrono::minutes(*rc::gen::inRange(0, 3000));
            for (int i = 0; i < 60; ++i) {
                const OutboxItem item = message(i, domains);
                int looks = 0;
                for (;;) {
                    const SendGate gate = lane.gate(item, now);
                    if (gate.verdict == SendGate::Verdict::Go)
                        break;
                    RC_ASSERT(gate.verdict == SendGate::Verdict::Wait);
                    RC_ASSERT(gate.reason != WaitReason::None);
                    RC_ASSERT(gate.earliestAt > now); // never stands still
                    RC_ASSERT(++looks < 500);
                    now = gate.earliestAt;
                }
                lane.ledger.push_back({now, "company" + std::to_string(i % domains) + ".example"});
                const std::size_t last = lane.ledger.size() - 1;
                for (const SendLimit& limit : limitsOf(lane.mailbox, lane.ledger[last].domain, now))
                    RC_ASSERT(inWindow(lane.ledger, last, limit.window, limit.scope == SendLimit::Scope::Domain) <= limit.most);
                if (last > 0)
                    RC_ASSERT(lane.ledger[last].at - lane.ledger[last - 1].at
                              >= std::chrono::seconds(lane.mailbox.spacingSeconds));
            }
        });
        QVERIFY(held);
    }

    void a_limit_that_frees_itself_frees_at_that_very_moment() {
        Lane lane{.mailbox = box(), .ledger = {}};
        lane.mailbox.limits.perHour = 2;
        lane.ledger = {{start, "a.example"}, {start + std::chrono::minutes(10), "a.example"}};
        const SendGate gate = lane.gate(message(3, 1), start + std::chrono::minutes(20));
        QVERIFY(gate.reason == WaitReason::HourlyLimit);
        QVERIFY(gate.earliestAt == start + std::chrono::hours(1));
        QVERIFY(lane.gate(message(3, 1), gate.earliestAt).verdict == SendGate::Verdict::Go);
    }

    void of_several_limits_the_longest_is_the_reason() {
        Lane lane{.mailbox = box(2), .ledger = {}};
        lane.mailbox.limits.perMinute = 1;
        lane.ledger = {{start, "a.example"}, {start + std::chrono::hours(2), "a.example"}};
        const SendGate gate = lane.gate(message(3, 1), start + std::chrono::hours(2));
        QVERIFY(gate.reason == WaitReason::DailyLimit);
        QVERIFY(gate.earliestAt == start + std::chrono::hours(24));
    }

    void a_ramp_never_falls_and_never_jumps() {
        Mailbox mailbox = box(40);
        mailbox.limits.rampStart = 5;
        mailbox.limits.rampStep = 4;
        int before = rampAllows(mailbox, start);
        QCOMPARE(before, 5);
        for (int hour = 1; hour < 24 * 30; ++hour) {
            const int allowed = rampAllows(mailbox, start + std::chrono::hours(hour));
            QVERIFY(allowed >= before);
            QVERIFY(allowed - before <= 4);
            QVERIFY(allowed <= 40);
            before = allowed;
        }
        QCOMPARE(before, 40);
        QVERIFY(rampRises(mailbox, start + std::chrono::days(29)) == Instant::max());
        QVERIFY(rampRises(mailbox, start + std::chrono::hours(30)) == start + std::chrono::days(2));
    }

    void a_ramped_mailbox_goes_on_when_the_ramp_rises() {
        Lane lane{.mailbox = box(40), .ledger = {}};
        lane.mailbox.limits.rampStart = 1;
        lane.mailbox.limits.rampStep = 1;
        lane.ledger = {{start + std::chrono::hours(20), "a.example"}};
        const SendGate gate = lane.gate(message(1, 1), start + std::chrono::hours(21));
        QVERIFY(gate.reason == WaitReason::RampLimit);
        QVERIFY(gate.earliestAt == start + std::chrono::days(1));
    }

    void spacing_is_drawn_from_the_hand_over_before_it() {
        Mailbox mailbox = box();
        mailbox.spacingSeconds = 90;
        mailbox.limits.spacingUpTo = 180;
        std::map<std::int64_t, int> drawn;
        for (int i = 0; i < 1000; ++i) {
            const Instant before = start + std::chrono::seconds(i);
            const auto spacing = spacingAfter(mailbox, before);
            QVERIFY(spacing >= std::chrono::seconds(90) && spacing <= std::chrono::seconds(180));
            QVERIFY(spacingAfter(mailbox, before) == spacing);
            ++drawn[spacing.count()];
        }
        QVERIFY2(drawn.size() > 80, qPrintable(QString::number(drawn.size())));
    }

    void a_free_mail_domain_is_no_company() {
        Mailbox mailbox = box();
        mailbox.limits.perDomainAndHour = 2;
        QCOMPARE(limitsOf(mailbox, "gmail.com", start).size(), std::size_t(1));
        QCOMPARE(limitsOf(mailbox, "nordwind.example", start).size(), std::size_t(2));
    }

    void a_providers_own_limits_hold_whatever_is_set() {
        Mailbox mailbox = box(100000);
        mailbox.smtp.host = "smtp.office365.com";
        QCOMPARE(std::string(providerOf(mailbox)->name), std::string("Microsoft 365"));
        const auto limits = limitsOf(mailbox, "nordwind.example", start);
        QCOMPARE(std::ranges::count(limits, WaitReason::ProviderLimit, &SendLimit::reason), 2);
        mailbox.smtp.host = "smtp.gmail.com";
        QCOMPARE(providerOf(mailbox)->perDay, 2000);
        mailbox.address = "mara@gmail.com";
        QCOMPARE(providerOf(mailbox)->perDay, 500);
        mailbox.smtp.host = "mail.harborline.example";
        QVERIFY(providerOf(mailbox) == nullptr);
        // Spoken to by HTTP it is the same account.
        mailbox = box(100000);
        mailbox.account = AccountKind::Graph;
        QCOMPARE(std::string(providerOf(mailbox)->name), std::string("Microsoft 365"));
        mailbox.account = AccountKind::GmailApi;
        QCOMPARE(providerOf(mailbox)->perDay, 2000);
        mailbox.account = AccountKind::Resend;
        QVERIFY(providerOf(mailbox) == nullptr);
    }

    void a_limit_of_nothing_lets_nothing_leave_and_looks_again_tomorrow() {
        Lane lane{.mailbox = box(0), .ledger = {}};
        const SendGate gate = lane.gate(message(1, 1), start);
        QVERIFY(gate.reason == WaitReason::DailyLimit);
        QVERIFY(gate.earliestAt == start + std::chrono::hours(24));
    }
};

OUTRIDER_TEST(SendLimitsTest)
#include "send_limits_test.moc"
