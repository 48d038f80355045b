// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/check_words.h"

#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QCoreApplication>

namespace outrider::strategies {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(StrategyChecks)
};

// "92,1,0" -> "92 words, 1 question, no links"
QString mailLength(const QString& counts) {
    const QStringList parts = counts.split(QLatin1Char(','));
    const auto number = [&](int i) { return i < parts.size() ? parts[i].toInt() : 0; };
    const QString words = text::counted(number(0), Words::tr("word"), Words::tr("words"));
    const QString questions =
        number(1) == 0 ? Words::tr("no question") : text::counted(number(1), Words::tr("question"), Words::tr("questions"));
    const QString links =
        number(2) == 0 ? Words::tr("no links") : text::counted(number(2), Words::tr("link"), Words::tr("links"));
    return Words::tr("%1, %2, %3").arg(words, questions, links);
}

} // namespace

QString checkText(const StrategyCheck& check) {
    const QString detail = text::toQt(check.detail);
    if (check.code == "no_steps")
        return Words::tr("There is no step yet");
    if (check.code == "window_never_opens")
        return Words::tr("The hours never open: choose a day, and an end after the start");
    if (check.code == "days_negative")
        return Words::tr("The days are below 0");
    if (check.code == "days_go_back")
        return Words::tr("Falls before day %1, the day of the step above").arg(detail);
    if (check.code == "no_subject")
        return Words::tr("The e-mail has no subject");
    if (check.code == "no_text")
        return Words::tr("The e-mail has no text");
    if (check.code == "mail_length")
        return mailLength(detail);
    for (const ErrorCode code : {ErrorCode::UnknownVariable, ErrorCode::TemplateSyntax}) {
        if (check.code == name(code)) {
            QString sentence = text::sentence(Error(code, check.detail));
            if (sentence.endsWith(QLatin1Char('.')))
                sentence.chop(1);
            return sentence;
        }
    }
    return text::toQt(check.code);
}

} // namespace outrider::strategies
