// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/verification_text.h"

#include "ui/text/tr.h"

#include <QLocale>
#include <QStringList>

namespace outrider::text {

QString addressStateText(AddressState state) {
    switch (state) {
    case AddressState::Unknown:
        return Tr::tr("Unknown");
    case AddressState::Valid:
        return Tr::tr("Valid");
    case AddressState::Risky:
        return Tr::tr("Risky");
    case AddressState::Invalid:
        return Tr::tr("Invalid");
    }
    return {};
}

QString addressFindingText(AddressFinding finding) {
    switch (finding) {
    case AddressFinding::Good:
        return Tr::tr("Nothing speaks against it");
    case AddressFinding::Syntax:
        return Tr::tr("That is no e-mail address");
    case AddressFinding::NoDomain:
        return Tr::tr("The domain does not exist");
    case AddressFinding::TakesNoMail:
        return Tr::tr("The domain takes no mail");
    case AddressFinding::LikelyTypo:
        return Tr::tr("The domain looks like a slip of the keyboard");
    case AddressFinding::Disposable:
        return Tr::tr("An address made to be thrown away");
    case AddressFinding::Role:
        return Tr::tr("A desk reads it, not one person");
    case AddressFinding::NoAnswer:
        return Tr::tr("The domain's name server did not answer");
    case AddressFinding::Rejected:
        return Tr::tr("There is no such mailbox, says the verifier");
    case AddressFinding::CatchAll:
        return Tr::tr("The server takes every address, so nobody can tell");
    case AddressFinding::SpamTrap:
        return Tr::tr("A trap for senders of spam, says the verifier");
    case AddressFinding::Undetermined:
        return Tr::tr("The verifier could not tell");
    }
    return {};
}

QString addressSentence(const AddressVerdict& verdict) {
    QString text = addressFindingText(verdict.finding) + QLatin1Char('.');
    if (!verdict.suggestion.empty())
        text += QLatin1Char(' ') + Tr::tr("Did they mean %1?").arg(isolated(QString::fromStdString(verdict.suggestion)));
    return text;
}

QString verificationLine(const VerificationCounts& counts) {
    const QLocale locale;
    QStringList parts{Tr::tr("%1 valid").arg(locale.toString(qlonglong(counts.valid))),
                      Tr::tr("%1 risky").arg(locale.toString(qlonglong(counts.risky))),
                      Tr::tr("%1 invalid").arg(locale.toString(qlonglong(counts.invalid)))};
    if (counts.unknown > 0)
        parts << Tr::tr("%1 nobody could tell").arg(locale.toString(qlonglong(counts.unknown)));
    parts << Tr::tr("%1 not checked yet").arg(locale.toString(qlonglong(counts.unchecked)));
    if (counts.leads > counts.withAddress)
        parts << Tr::tr("%1 without an address").arg(locale.toString(qlonglong(counts.leads - counts.withAddress)));
    return parts.join(QStringLiteral(", "));
}

} // namespace outrider::text
