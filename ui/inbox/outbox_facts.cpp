// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/outbox_facts.h"

#include "ui/text/outbox_text.h"

#include <QBoxLayout>
#include <QDateTime>
#include <QTimeZone>

namespace outrider::inbox {

using theme::Icon;
using theme::TextStyle;
using widgets::Ink;
using widgets::Label;

FactList::FactList(const QString& title, QWidget* parent) : QWidget(parent) {
    const theme::Tokens& t = theme::tokens(this);
    m_column = widgets::column(this, t.space.xs);
    m_column->addWidget(new Label(TextStyle::Section, Ink::Text, title));
    hide();
}

void FactList::setFacts(const QList<Fact>& facts) {
    const theme::Tokens& t = theme::tokens(this);
    delete m_rows;
    m_rows = new QWidget;
    auto* rows = widgets::column(m_rows, t.space.xs);
    for (const Fact& fact : facts) {
        auto* line = new QWidget;
        auto* both = widgets::row(line, t.space.s);
        const bool timed = !fact.moment.isEmpty();
        if (timed)
            both->addWidget(new Label(TextStyle::Mono, Ink::Muted, fact.moment), 0, Qt::AlignTop);
        else
            both->addWidget(new widgets::IconLabel(fact.icon, fact.iconInk), 0, Qt::AlignTop);
        auto* words = new Label(timed ? TextStyle::Meta : TextStyle::Body, fact.ink, fact.text);
        words->setWordWrap(true);
        both->addWidget(words, 1);
        rows->addWidget(line);
    }
    m_column->addWidget(m_rows);
    setVisible(!facts.isEmpty());
}

QList<FactList::Fact> checkFacts(const OutboxDetail& detail, const text::Dates& dates) {
    QList<FactList::Fact> facts;
    for (const SendCheck& check : detail.checks) {
        const QString text = text::sendCheckText(check, dates);
        switch (check.state) {
        case SendCheck::State::Passed:
            facts.append({.icon = Icon::CircleCheck, .iconInk = Ink::Ok, .text = text});
            break;
        case SendCheck::State::Waits:
            facts.append({.icon = Icon::Clock, .iconInk = Ink::Accent, .text = text});
            break;
        case SendCheck::State::Later:
            facts.append({.icon = Icon::CircleDot, .text = text, .ink = Ink::Muted});
            break;
        }
    }
    return facts;
}

QString earliestText(const OutboxDetail& detail, const text::Dates& dates) {
    for (const SendCheck& check : detail.checks) {
        if (check.state != SendCheck::State::Waits)
            continue;
        if (!check.until)
            return {};
        const QDateTime here = dates.local(*check.until);
        const QTimeZone zone(QByteArray::fromStdString(detail.zone));
        const QDateTime there = zone.isValid() ? here.toTimeZone(zone) : here;
        const QString moment = dates.moment(*check.until);
        return there.offsetFromUtc() == here.offsetFromUtc()
                   ? FactList::tr("Earliest %1").arg(moment)
                   : FactList::tr("Earliest %1, %2 on their clock").arg(moment, there.toString(QStringLiteral("ddd HH:mm")));
    }
    return {};
}

QList<FactList::Fact> traceFacts(const OutboxDetail& detail, const text::Dates& dates) {
    QList<FactList::Fact> facts;
    for (const OutboxTraceEntry& entry : detail.trace) {
        const QDateTime at = dates.local(entry.at);
        const QString time = at.toString(QStringLiteral("HH:mm:ss"));
        facts.append({.moment = dates.isToday(entry.at) ? time : QStringLiteral("%1 %2").arg(dates.shortDay(entry.at), time),
                      .text = text::traceText(entry, dates)});
    }
    return facts;
}

} // namespace outrider::inbox
