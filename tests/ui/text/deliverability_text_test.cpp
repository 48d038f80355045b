// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/deliverability_text.h"

#include "support/test_registry.h"
#include "ui/text/tr.h"

using namespace outrider;

namespace {

// What outreach/deliverability can find about each.
const std::map<DnsTopic, std::vector<DnsFinding>> findings{
    {DnsTopic::Spf,
     {DnsFinding::Good, DnsFinding::NoAnswer, DnsFinding::NotNeeded, DnsFinding::Missing, DnsFinding::Several,
      DnsFinding::Malformed, DnsFinding::TooManyLookups, DnsFinding::TooManyVoid, DnsFinding::Loop, DnsFinding::BrokenInclude,
      DnsFinding::AllowsAll, DnsFinding::NoAll, DnsFinding::ServerMissing, DnsFinding::PtrMechanism}},
    {DnsTopic::Dkim,
     {DnsFinding::Good, DnsFinding::NoAnswer, DnsFinding::NotNeeded, DnsFinding::NoSelector, DnsFinding::Missing,
      DnsFinding::Malformed, DnsFinding::Revoked, DnsFinding::WeakKey, DnsFinding::ShortKey, DnsFinding::Testing}},
    {DnsTopic::Dmarc,
     {DnsFinding::Good, DnsFinding::NoAnswer, DnsFinding::NotNeeded, DnsFinding::Missing, DnsFinding::Several,
      DnsFinding::Malformed, DnsFinding::PolicyNone, DnsFinding::Testing, DnsFinding::NoReports, DnsFinding::ReportsRefused}},
    {DnsTopic::Mx,
     {DnsFinding::Good, DnsFinding::NoAnswer, DnsFinding::NotNeeded, DnsFinding::Missing, DnsFinding::NullMx,
      DnsFinding::NoHost}},
    {DnsTopic::Ptr,
     {DnsFinding::Good, DnsFinding::NoAnswer, DnsFinding::NotNeeded, DnsFinding::NoHost, DnsFinding::NoPtr,
      DnsFinding::NotConfirmed}},
    {DnsTopic::MtaSts,
     {DnsFinding::Good, DnsFinding::NoAnswer, DnsFinding::NotNeeded, DnsFinding::Missing, DnsFinding::Several,
      DnsFinding::Malformed}},
    {DnsTopic::TlsRpt,
     {DnsFinding::Good, DnsFinding::NoAnswer, DnsFinding::NotNeeded, DnsFinding::Missing, DnsFinding::Several,
      DnsFinding::Malformed}},
};

} // namespace

class DeliverabilityTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void every_finding_is_a_sentence() {
        QCOMPARE(findings.size(), std::size_t(7));
        for (const auto& [topic, found] : findings) {
            QVERIFY(!text::dnsTopicTitle(topic).isEmpty());
            QVERIFY(text::dnsTopicMeaning(topic).endsWith(QLatin1Char('.')));
            for (const DnsFinding finding : found) {
                for (const DnsVerdict verdict :
                     {DnsVerdict::Unknown, DnsVerdict::None, DnsVerdict::Pass, DnsVerdict::Weak, DnsVerdict::Fail}) {
                    DnsCheck check{
                        .topic = topic, .verdict = verdict, .finding = finding, .detail = "DETAIL", .name = "x.example"};
                    const QString sentence = text::dnsSentence(check);
                    const QString what = text::dnsTopicTitle(topic) + text::toQt(std::string(dnsFindingNames.name(finding)));
                    QVERIFY2(sentence.endsWith(QLatin1Char('.')), qPrintable(what));
                    QVERIFY2(!sentence.contains(QLatin1String("%1")) && !sentence.contains(QLatin1String("%2")),
                             qPrintable(what));
                    QVERIFY(!text::dnsVerdictText(check).isEmpty());
                }
            }
        }
    }

    void what_is_to_be_pasted_says_where() {
        DnsCheck check{.topic = DnsTopic::Dmarc, .name = "_dmarc.harborline.example", .advice = "v=DMARC1; p=none"};
        QVERIFY(text::dnsAdviceTitle(check).startsWith(QLatin1String("Add")));
        QVERIFY(text::dnsAdviceTitle(check).contains(QLatin1String("_dmarc.harborline.example")));
        check.record = "v=DMARC1; p=";
        QVERIFY(text::dnsAdviceTitle(check).startsWith(QLatin1String("Change")));
        check.advice.clear();
        QVERIFY(text::dnsAdviceTitle(check).isEmpty());
    }

    void every_point_of_health_says_why() {
        for (const HealthPoint point :
             {HealthPoint::Spf, HealthPoint::Dkim, HealthPoint::Dmarc, HealthPoint::Mx, HealthPoint::Bounces, HealthPoint::Errors,
              HealthPoint::Ramp, HealthPoint::Replies, HealthPoint::Connection}) {
            QVERIFY(!text::healthTitle(point).isEmpty());
            for (const char* detail : {"", "good", "probe_pass", "probe_fail", "over", "no_ramp", "rising"}) {
                for (const int most : {0, 10}) {
                    const QString sentence = text::healthSentence(
                        {.point = point, .points = most / 2, .most = most, .part = 3, .whole = 70, .detail = detail});
                    QVERIFY(!sentence.isEmpty());
                    QVERIFY(!sentence.contains(QLatin1Char('%')));
                }
            }
        }
    }

    void a_probe_says_how_it_arrived() {
        ProbeReport report{.to = "mara@harborline.example"};
        QVERIFY(text::probeSentence(report).contains(QLatin1String("did not arrive")));
        report.arrivedAt = report.sentAt + std::chrono::seconds(4);
        QCOMPARE(text::probeSentence(report),
                 QStringLiteral("Arrived after 4 seconds, not signed; the receiving server does not say what it thinks of it."));
        report.dkimDomain = "harborline.example";
        report.dkimAligned = true;
        report.results = {{"spf", "pass", ""}};
        QVERIFY(text::probeSentence(report).contains(QLatin1String(", signed by")));
        QVERIFY(text::probeSentence(report).contains(QLatin1String("leaves List-Unsubscribe out")));
        report.signsUnsubscribe = true;
        QVERIFY(!text::probeSentence(report).contains(QLatin1String("List-Unsubscribe")));
        QCOMPARE(text::authResultText({"dkim", "pass", ""}), QStringLiteral("DKIM passed"));
        QCOMPARE(text::authResultText({"spf", "softfail", ""}), QStringLiteral("SPF failed"));
        QCOMPARE(text::authResultText({"dmarc", "temperror", ""}), QStringLiteral("DMARC: temperror"));
    }
};

OUTRIDER_TEST(DeliverabilityTextTest)
#include "deliverability_text_test.moc"
