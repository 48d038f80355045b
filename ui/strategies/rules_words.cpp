// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/rules_words.h"

#include "ui/strategies/step_words.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QCoreApplication>

namespace outrider::strategies {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(StrategyRules)
};

} // namespace

QStringList stopWords(const StrategyRules& rules) {
    QStringList words;
    if (rules.stops.reply)
        words << Words::tr("Reply");
    if (rules.stops.meeting)
        words << Words::tr("Meeting");
    if (rules.stops.talked)
        words << Words::tr("Spoken to");
    words << Words::tr("Hard bounce") << Words::tr("Opt-out") << Words::tr("Status is final");
    return words;
}

QString rulesText(const StrategyRules& rules) {
    QStringList sentences{Words::tr("Out of office pauses until the return date.")};
    if (rules.colleague == ColleagueReply::Delay)
        sentences << Words::tr("A colleague’s reply delays the others by %1.")
                         .arg(text::counted(rules.colleagueDays, Words::tr("day"), Words::tr("days")));
    if (rules.colleague == ColleagueReply::Stop)
        sentences << Words::tr("A colleague’s reply stops the others.");
    if (rules.canaryPercent > 0)
        sentences << Words::tr("%1 % begin, the others once you have looked.").arg(rules.canaryPercent);
    if (rules.perWeekday > 0)
        sentences << Words::tr("%1 begin on a weekday.").arg(rules.perWeekday);
    return sentences.join(QLatin1Char(' '));
}

} // namespace outrider::strategies
