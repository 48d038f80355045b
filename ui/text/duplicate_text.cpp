// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/duplicate_text.h"

#include "ui/text/names.h"
#include "ui/text/tr.h"

namespace outrider::text {

QString reasonText(DuplicateReason reason) {
    switch (reason) {
    case DuplicateReason::SameEmail:
        return Tr::tr("same e-mail address");
    case DuplicateReason::SameAlias:
        return Tr::tr("an address or number of one is a second one of the other");
    case DuplicateReason::SamePhone:
        return Tr::tr("same phone number");
    case DuplicateReason::SameProfile:
        return Tr::tr("same LinkedIn profile");
    case DuplicateReason::SameExternalId:
        return Tr::tr("same ID in another system");
    case DuplicateReason::SameName:
        return Tr::tr("same name");
    case DuplicateReason::SimilarName:
        return Tr::tr("name spelt almost the same");
    case DuplicateReason::Nickname:
        return Tr::tr("a short form of the name");
    case DuplicateReason::Initial:
        return Tr::tr("first name as an initial");
    case DuplicateReason::SwappedNames:
        return Tr::tr("first and last name swapped");
    case DuplicateReason::SameCompany:
        return Tr::tr("same company");
    case DuplicateReason::SimilarCompany:
        return Tr::tr("company spelt almost the same");
    case DuplicateReason::SameDomain:
        return Tr::tr("same company domain");
    case DuplicateReason::SameCity:
        return Tr::tr("same city");
    case DuplicateReason::OtherEmail:
        return Tr::tr("addresses that say two people");
    case DuplicateReason::OtherPhone:
        return Tr::tr("different numbers");
    case DuplicateReason::OtherName:
        return Tr::tr("different names");
    }
    return {};
}

bool speaksAgainst(DuplicateReason reason) {
    return reason == DuplicateReason::OtherEmail || reason == DuplicateReason::OtherPhone || reason == DuplicateReason::OtherName;
}

QString reasonsText(const std::vector<DuplicateReason>& reasons) {
    QStringList forIt;
    QStringList against;
    for (const DuplicateReason reason : reasons)
        (speaksAgainst(reason) ? against : forIt) << reasonText(reason);
    QString text = forIt.join(QStringLiteral(", "));
    if (!against.isEmpty())
        text = text.isEmpty() ? against.join(QStringLiteral(", "))
                              : Tr::tr("%1; but %2").arg(text, against.join(QStringLiteral(", ")));
    if (!text.isEmpty())
        text.replace(0, 1, text.at(0).toUpper());
    return text;
}

QString sureness(int score) {
    if (score >= 90)
        return Tr::tr("Almost certain");
    return score >= 75 ? Tr::tr("Likely") : Tr::tr("Possible");
}

QString whyText(const MergeField& field) {
    switch (field.why) {
    case MergeWhy::Same:
        return Tr::tr("both say it");
    case MergeWhy::OnlyKept:
    case MergeWhy::OnlyGone:
        return Tr::tr("only one says it");
    case MergeWhy::Stays:
        return Tr::tr("of the lead that stays");
    case MergeWhy::Reachable:
        return Tr::tr("the other address bounced");
    case MergeWhy::Stricter:
        return Tr::tr("the stricter one holds");
    case MergeWhy::Final:
        return Tr::tr("further along");
    case MergeWhy::Higher:
        return Tr::tr("the higher one");
    case MergeWhy::Chosen:
        return Tr::tr("your choice");
    }
    return {};
}

QString movesText(const MergeCounts& counts) {
    QStringList parts;
    const auto add = [&](std::int64_t count, const QString& one, const QString& many) {
        if (count > 0)
            parts << counted(count, one, many);
    };
    add(counts.activities, Tr::tr("entry of the timeline"), Tr::tr("entries of the timeline"));
    add(counts.tasks, Tr::tr("task"), Tr::tr("tasks"));
    add(counts.enrolments, Tr::tr("strategy"), Tr::tr("strategies"));
    add(counts.messages, Tr::tr("message"), Tr::tr("messages"));
    add(counts.contacts, Tr::tr("second address or number"), Tr::tr("second addresses and numbers"));
    add(counts.tags, Tr::tr("tag"), Tr::tr("tags"));
    add(counts.lists, Tr::tr("list"), Tr::tr("lists"));
    add(counts.other, Tr::tr("field of your own"), Tr::tr("fields of your own"));
    return parts.isEmpty() ? Tr::tr("nothing") : parts.join(QStringLiteral(", "));
}

QString inFlightText(const MergeInFlight& message) {
    const QString what = isolated(toQt(message.subject.empty() ? message.recipient : message.subject));
    if (message.dropped)
        return Tr::tr("%1 will not be sent: another message to them is on its way").arg(what);
    if (message.state == OutboxState::Unknown)
        return Tr::tr("%1 may have been sent and is left as it is").arg(what);
    if (message.state == OutboxState::Sending || message.state == OutboxState::Claimed)
        return Tr::tr("%1 is being sent and is left as it is").arg(what);
    return Tr::tr("%1 stays on its way").arg(what);
}

QString splitText(const SplitReport& report) {
    QString text = Tr::tr("%1 and %2 are two leads again; %3 went back.")
                       .arg(isolated(toQt(report.keptName)), isolated(toQt(report.goneName)),
                            counted(report.restored, Tr::tr("row or value"), Tr::tr("rows and values")));
    if (report.stayed > 0)
        text += QLatin1Char(' ')
                + Tr::tr("%1 that came since stay with %2.")
                      .arg(counted(report.stayed, Tr::tr("entry"), Tr::tr("entries")), isolated(toQt(report.keptName)));
    if (!report.conflicts.empty())
        text += QLatin1Char(' ')
                + Tr::tr("%1 changed since and left as it is.")
                      .arg(counted(std::int64_t(report.conflicts.size()), Tr::tr("value was"), Tr::tr("values were")));
    return text;
}

} // namespace outrider::text
