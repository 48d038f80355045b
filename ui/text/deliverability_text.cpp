// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/deliverability_text.h"

#include "ui/text/names.h"
#include "ui/text/tr.h"

namespace outrider::text {

namespace {

QString detailOf(const DnsCheck& check) { return isolated(toQt(check.detail)); }

QString ofSpf(const DnsCheck& check) {
    switch (check.finding) {
    case DnsFinding::Good:
        return Tr::tr("Says who may send for the domain. Receivers need %1 of the 10 look-ups they allow for it.")
            .arg(check.lookups);
    case DnsFinding::Missing:
        return Tr::tr("The domain does not say who may send for it, so anybody could, and its mail is easily taken for spam.");
    case DnsFinding::Several:
        return Tr::tr("There is more than one SPF record, and then none of them counts. Replace them by one.");
    case DnsFinding::Malformed:
        return Tr::tr("Receivers cannot read the record because of \"%1\", so it does not count.").arg(detailOf(check));
    case DnsFinding::TooManyLookups:
        return Tr::tr("Receivers would need %1 look-ups for the record and give up after 10. Take out services that no longer "
                      "send for you, or replace an include by its ip4 ranges.")
            .arg(check.lookups);
    case DnsFinding::TooManyVoid:
        return Tr::tr("%1 of the names in the record do not exist; receivers give up after 2. Take them out.")
            .arg(detailOf(check));
    case DnsFinding::Loop:
        return Tr::tr("The record leads back to itself through %1; receivers give up on it.").arg(detailOf(check));
    case DnsFinding::BrokenInclude:
        return Tr::
            tr("The record includes %1, which has no SPF record of its own; that breaks the whole. Take it out or correct it.")
                .arg(detailOf(check));
    case DnsFinding::AllowsAll:
        return Tr::tr("The record lets the whole world send for the domain (+all). End it with ~all or -all.");
    case DnsFinding::NoAll:
        return Tr::tr("The record says nothing about everybody else. End it with ~all or -all.");
    case DnsFinding::ServerMissing:
        return Tr::tr("%1, through which this mailbox sends, is not among those who may.").arg(detailOf(check));
    case DnsFinding::PtrMechanism:
        return Tr::tr("The record uses ptr, which is slow and which many receivers ignore. Name the servers instead.");
    default:
        return {};
    }
}

QString ofDkim(const DnsCheck& check) {
    switch (check.finding) {
    case DnsFinding::Good:
        return Tr::tr("The key that signatures are checked with is there: %1, %2 bits.")
            .arg(isolated(toQt(check.selector)), QString::number(check.keyBits));
    case DnsFinding::NoSelector:
        return Tr::tr("No key was found under the usual names. Send a probe: its signature shows where the key is. Or type the "
                      "selector your provider gave you.");
    case DnsFinding::Missing:
        return Tr::tr(
                   "There is no key under %1, so signatures cannot be checked. Copy the record from your provider's DKIM page.")
            .arg(detailOf(check));
    case DnsFinding::Malformed:
        return Tr::tr("The key under %1 cannot be read, so signatures fail. Copy it again from your provider, whole.")
            .arg(detailOf(check));
    case DnsFinding::Revoked:
        return Tr::
            tr("The key under %1 was taken back (p= is empty): what is signed with it fails. Make a new one with your provider.")
                .arg(detailOf(check));
    case DnsFinding::WeakKey:
        return Tr::tr("The key has %1 bits; receivers take nothing below 1024. Make one of 2048 bits with your provider.")
            .arg(detailOf(check));
    case DnsFinding::ShortKey:
        return Tr::tr("The key has %1 bits, which is still accepted; 2048 are asked for today.").arg(detailOf(check));
    case DnsFinding::Testing:
        return Tr::tr("The key is marked as a test (t=y), so some receivers ignore it. Take the mark off.");
    default:
        return {};
    }
}

QString ofDmarc(const DnsCheck& check) {
    switch (check.finding) {
    case DnsFinding::Good:
        return check.policyOwner.empty() ? Tr::tr("Who only pretends to be the domain is dealt with: %1.").arg(detailOf(check))
                                         : Tr::tr("The policy of %1 is this domain's, too: %2.")
                                               .arg(isolated(toQt(check.policyOwner)), detailOf(check));
    case DnsFinding::Missing:
        return Tr::tr(
            "There is no policy. Large receivers refuse or hide mail of domains without one; p=none is enough to begin.");
    case DnsFinding::Several:
        return Tr::tr("There is more than one policy, and then none counts. Leave one.");
    case DnsFinding::Malformed:
        return Tr::tr("Receivers cannot read the policy because of \"%1\".").arg(detailOf(check));
    case DnsFinding::PolicyNone:
        return check.advice.empty()
                   ? Tr::tr("The policy only watches (p=none). Get SPF and DKIM right first, then make it stricter.")
                   : Tr::tr("The policy only watches (p=none). SPF and DKIM are right, so it is safe to set p=quarantine.");
    case DnsFinding::Testing:
        return Tr::tr("The policy is for %1 % of the mail only. Take pct out once nothing of yours fails.").arg(detailOf(check));
    case DnsFinding::NoReports:
        return Tr::tr("The policy works, but nobody is told when something fails. Add an address for reports.");
    case DnsFinding::ReportsRefused:
        return Tr::tr("Reports are to go to %1, which does not accept them for this domain, so none arrive.")
            .arg(detailOf(check));
    default:
        return {};
    }
}

QString ofMx(const DnsCheck& check) {
    switch (check.finding) {
    case DnsFinding::Good:
        return Tr::tr("Answers arrive at %1.").arg(detailOf(check));
    case DnsFinding::Missing:
        return check.verdict == DnsVerdict::Fail
                   ? Tr::tr(
                       "The domain takes no mail: answers and bounces get lost, and receivers distrust it. Add the MX records "
                       "your provider names.")
                   : Tr::tr("There is no MX record; mail goes to the domain's own address. Add one, many receivers look for it.");
    case DnsFinding::NullMx:
        return Tr::tr("The domain says that it takes no mail (MX \".\"), so nobody can answer.");
    case DnsFinding::NoHost:
        return Tr::tr("Mail is to go to %1, which has no address.").arg(detailOf(check));
    default:
        return {};
    }
}

QString ofPtr(const DnsCheck& check) {
    switch (check.finding) {
    case DnsFinding::Good:
        return Tr::tr("The server's address leads to its name and back.");
    case DnsFinding::NotNeeded:
        return Tr::tr("Mail leaves through %1, whose provider sees to that.").arg(detailOf(check));
    case DnsFinding::NoHost:
        return Tr::tr("%1 has no address.").arg(detailOf(check));
    case DnsFinding::NoPtr:
        return Tr::tr("The address %1 has no name. Large receivers refuse mail from such a server; whoever rents you the address "
                      "can set it.")
            .arg(detailOf(check));
    case DnsFinding::NotConfirmed:
        return Tr::tr("The server's address leads to the name %1, which does not lead back. Set the name to the server's own.")
            .arg(detailOf(check));
    default:
        return {};
    }
}

QString ofOptional(const DnsCheck& check) {
    switch (check.finding) {
    case DnsFinding::Good:
        return Tr::tr("There.");
    case DnsFinding::Missing:
        return Tr::tr("Not there. Nobody insists on it; it protects mail on its way to you.");
    case DnsFinding::Several:
        return Tr::tr("There is more than one record, and then none counts.");
    case DnsFinding::Malformed:
        return Tr::tr("The record has no \"%1\".").arg(detailOf(check));
    default:
        return {};
    }
}

} // namespace

QString dnsTopicTitle(DnsTopic topic) {
    switch (topic) {
    case DnsTopic::Spf:
        return QStringLiteral("SPF");
    case DnsTopic::Dkim:
        return QStringLiteral("DKIM");
    case DnsTopic::Dmarc:
        return QStringLiteral("DMARC");
    case DnsTopic::Mx:
        return QStringLiteral("MX");
    case DnsTopic::Ptr:
        return QStringLiteral("PTR");
    case DnsTopic::MtaSts:
        return QStringLiteral("MTA-STS");
    case DnsTopic::TlsRpt:
        return QStringLiteral("TLS-RPT");
    }
    return {};
}

QString dnsTopicMeaning(DnsTopic topic) {
    switch (topic) {
    case DnsTopic::Spf:
        return Tr::tr("Which servers may send for the domain.");
    case DnsTopic::Dkim:
        return Tr::tr("The key with which receivers check the signature of your mail.");
    case DnsTopic::Dmarc:
        return Tr::tr("What receivers do with mail that only pretends to be yours.");
    case DnsTopic::Mx:
        return Tr::tr("Where answers go.");
    case DnsTopic::Ptr:
        return Tr::tr("The name of your server's address.");
    case DnsTopic::MtaSts:
        return Tr::tr("That mail to you is always encrypted on its way.");
    case DnsTopic::TlsRpt:
        return Tr::tr("Where failures of that encryption are reported.");
    }
    return {};
}

QString dnsVerdictText(const DnsCheck& check) {
    switch (check.verdict) {
    case DnsVerdict::Unknown:
        return check.finding == DnsFinding::NoSelector ? Tr::tr("Not found") : Tr::tr("No answer");
    case DnsVerdict::None:
        return check.finding == DnsFinding::Missing ? Tr::tr("None") : Tr::tr("Not yours");
    case DnsVerdict::Pass:
        return Tr::tr("Pass");
    case DnsVerdict::Weak:
        if (check.finding == DnsFinding::PolicyNone)
            return Tr::tr("Weak: p=none");
        if (check.finding == DnsFinding::ShortKey)
            return Tr::tr("Weak: %1 bits").arg(check.keyBits);
        return Tr::tr("Weak");
    case DnsVerdict::Fail:
        if (check.finding == DnsFinding::Missing)
            return Tr::tr("Missing");
        if (check.finding == DnsFinding::TooManyLookups)
            return Tr::tr("Fails: %1 look-ups").arg(check.lookups);
        return Tr::tr("Fails");
    }
    return {};
}

QString dnsRecordLine(const DnsCheck& check) {
    if (check.topic == DnsTopic::Dkim && !check.selector.empty()) {
        const QString type = check.keyType == "ed25519" ? QStringLiteral("Ed25519") : QStringLiteral("RSA");
        return check.keyType == "ed25519" ? QStringLiteral("%1._domainkey, %2").arg(toQt(check.selector), type)
               : check.keyBits > 0 ? QStringLiteral("%1._domainkey, %2 %3").arg(toQt(check.selector), type).arg(check.keyBits)
                                   : QStringLiteral("%1._domainkey").arg(toQt(check.selector));
    }
    if (check.verdict == DnsVerdict::Unknown || check.record.empty())
        return {};
    return toQt(check.record).replace(QLatin1Char('\n'), QLatin1String(", "));
}

QString dnsSentence(const DnsCheck& check) {
    if (check.finding == DnsFinding::NoAnswer)
        return Tr::tr("The DNS gave no answer about %1, so nothing can be said. Try again when the network is there.")
            .arg(isolated(toQt(check.detail.empty() ? check.name : check.detail)));
    if (check.finding == DnsFinding::NotNeeded && check.topic != DnsTopic::Ptr)
        return Tr::tr("The domain is your mail provider's, and so is this.");
    switch (check.topic) {
    case DnsTopic::Spf:
        return ofSpf(check);
    case DnsTopic::Dkim:
        return ofDkim(check);
    case DnsTopic::Dmarc:
        return ofDmarc(check);
    case DnsTopic::Mx:
        return ofMx(check);
    case DnsTopic::Ptr:
        return ofPtr(check);
    case DnsTopic::MtaSts:
    case DnsTopic::TlsRpt:
        return ofOptional(check);
    }
    return {};
}

QString dnsAdviceTitle(const DnsCheck& check) {
    if (check.advice.empty())
        return {};
    const QString where = isolated(toQt(check.name));
    return check.record.empty() ? Tr::tr("Add a TXT record at %1:").arg(where)
                                : Tr::tr("Change the TXT record at %1 to:").arg(where);
}

QString authResultText(const AuthResult& result) {
    const QString method = toQt(result.method).toUpper();
    if (result.result == "pass")
        return Tr::tr("%1 passed").arg(method);
    if (result.result == "none")
        return Tr::tr("%1: nothing to judge").arg(method);
    if (result.result == "fail" || result.result == "softfail" || result.result == "permerror" || result.result == "policy")
        return Tr::tr("%1 failed").arg(method);
    return Tr::tr("%1: %2").arg(method, toQt(result.result));
}

QString healthTitle(HealthPoint point) {
    switch (point) {
    case HealthPoint::Spf:
        return QStringLiteral("SPF");
    case HealthPoint::Dkim:
        return QStringLiteral("DKIM");
    case HealthPoint::Dmarc:
        return QStringLiteral("DMARC");
    case HealthPoint::Mx:
        return QStringLiteral("MX");
    case HealthPoint::Bounces:
        return Tr::tr("Bounces");
    case HealthPoint::Errors:
        return Tr::tr("Refusals");
    case HealthPoint::Ramp:
        return Tr::tr("Volume");
    case HealthPoint::Replies:
        return Tr::tr("Replies");
    case HealthPoint::Connection:
        return Tr::tr("Connection");
    }
    return {};
}

QString healthSentence(const HealthLine& line) {
    switch (line.point) {
    case HealthPoint::Spf:
    case HealthPoint::Dkim:
    case HealthPoint::Dmarc:
    case HealthPoint::Mx:
        if (line.detail == "probe_pass")
            return Tr::tr("passed where the probe arrived");
        if (line.detail.starts_with("probe_"))
            return Tr::tr("failed where the probe arrived");
        if (line.most == 0)
            return line.detail.empty() ? Tr::tr("not looked at yet") : Tr::tr("not known");
        return line.points == line.most ? Tr::tr("in order") : line.points == 0 ? Tr::tr("fails") : Tr::tr("could be better");
    case HealthPoint::Bounces:
        return line.most == 0 ? Tr::tr("%1 of %2 in seven days; judged from 20 on").arg(line.part).arg(line.whole)
                              : Tr::tr("%1 of %2 in seven days").arg(line.part).arg(line.whole);
    case HealthPoint::Errors:
        return line.most == 0 ? Tr::tr("%1 of %2 tried in seven days; judged from 20 on").arg(line.part).arg(line.whole)
                              : Tr::tr("%1 of %2 tried in seven days").arg(line.part).arg(line.whole);
    case HealthPoint::Ramp:
        if (line.detail == "over")
            return Tr::tr("%1 in 24 hours, more than the %2 allowed today").arg(line.part).arg(line.whole);
        if (line.detail == "no_ramp")
            return Tr::tr("%1 of %2 in 24 hours; a new mailbox is better off with a ramp").arg(line.part).arg(line.whole);
        return line.detail == "rising" ? Tr::tr("%1 of the %2 its ramp allows today").arg(line.part).arg(line.whole)
                                       : Tr::tr("%1 of %2 in 24 hours").arg(line.part).arg(line.whole);
    case HealthPoint::Replies:
        return line.most == 0 ? Tr::tr("%1 to %2 in 30 days; judged from 50 on").arg(line.part).arg(line.whole)
                              : Tr::tr("%1 to %2 in 30 days").arg(line.part).arg(line.whole);
    case HealthPoint::Connection:
        return line.most == 0 ? Tr::tr("not tested yet") : line.points > 0 ? Tr::tr("works") : Tr::tr("does not work");
    }
    return {};
}

QString healthWord(const MailboxHealth& health) {
    if (!health.score)
        return Tr::tr("Not known yet");
    return *health.score >= 80 ? Tr::tr("Good") : *health.score >= 55 ? Tr::tr("Fair") : Tr::tr("Poor");
}

QString probeSubject(const QString& address) { return Tr::tr("Test of %1").arg(address); }

QString probeBody() {
    return Tr::tr(
        "This message was sent by Outrider to a mailbox of yours, to see how it arrives. Nobody else got it, and you can "
        "delete it.");
}

QString probeSentence(const ProbeReport& report) {
    if (!report.arrivedAt)
        return Tr::tr("The probe to %1 did not arrive within two minutes. Look into the folder for spam there.")
            .arg(isolated(toQt(report.to)));
    const auto millis = (*report.arrivedAt - report.sentAt).count();
    QString text = millis < 1500 ? Tr::tr("Arrived at once")
                                 : Tr::tr("Arrived after %1").arg(counted(millis / 1000, Tr::tr("second"), Tr::tr("seconds")));
    text += report.dkimDomain.empty() ? Tr::tr(", not signed")
            : report.dkimAligned
                ? Tr::tr(", signed by %1").arg(isolated(toQt(report.dkimDomain)))
                : Tr::tr(", signed only by %1, which is not the From domain").arg(isolated(toQt(report.dkimDomain)));
    text += report.results.empty() ? Tr::tr("; the receiving server does not say what it thinks of it.") : QStringLiteral(".");
    if (!report.dkimDomain.empty() && !report.signsUnsubscribe) // RFC 8058 §4
        text += Tr::tr(" The signature leaves List-Unsubscribe out, so receivers do not trust that header.");
    return text;
}

} // namespace outrider::text
