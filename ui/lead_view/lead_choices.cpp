// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/lead_choices.h"

#include "core/base/deliver.h"
#include "ui/lead_view/ask_bar.h"
#include "ui/lead_view/lead_actions.h"
#include "ui/lead_view/lead_feed.h"
#include "ui/text/quick_date.h"
#include "ui/text/tr.h"
#include "ui/widgets/popup.h"

#include <QTimeZone>

namespace outrider::lead_view {

using text::toQt;
using widgets::Popup;

LeadChoices::LeadChoices(const frame::Context& context, const LeadActions& actions, LeadFeed* feed, AskBar* ask, QObject* parent)
    : QObject(parent),
      m_context(context),
      m_actions(actions),
      m_feed(feed),
      m_ask(ask) {}

void LeadChoices::snooze(TaskId task, QWidget* anchor) {
    const LeadDetail* detail = m_feed->detail();
    if (detail == nullptr || !task)
        return;
    const auto pick = [this, lead = detail->lead, task] {
        m_ask->askMoment(tr("Snooze until"), [this, lead, task](Instant until) { m_actions.snooze(lead, task, until); });
    };
    Popup::open(anchor, tr("Snooze"), m_actions.snoozeEntries(detail->lead, task, pick));
}

void LeadChoices::stage(QWidget* anchor) {
    if (const LeadDetail* detail = m_feed->detail())
        Popup::open(anchor, tr("Stage"), m_actions.statusEntries(detail->lead, m_feed->statuses()));
}

void LeadChoices::strategy(QWidget* anchor) {
    deliver(m_context.workspace.strategies().list(), this, [this, anchor](Result<std::vector<StrategySummary>> strategies) {
        const LeadDetail* detail = m_feed->detail();
        if (detail == nullptr || !strategies)
            return;
        QList<Popup::Entry> entries;
        for (const StrategySummary& summary : *strategies) {
            if (summary.strategy.state == StrategyState::Active)
                entries.append({.text = toQt(summary.strategy.name),
                                .icon = theme::Icon::Route,
                                .run = [this, lead = detail->lead, id = summary.strategy.id, name = toQt(summary.strategy.name)] {
                                    m_actions.enrol(lead, id, name);
                                }});
        }
        if (entries.isEmpty())
            entries.append(
                {.text = tr("New strategy…"), .icon = theme::Icon::Plus, .run = [this] { m_context.go.newStrategy(); }});
        Popup::open(anchor, tr("Enrol in a strategy"), entries);
    });
}

void LeadChoices::tag() {
    deliver(m_context.workspace.leads().tags(), this, [this](Result<std::vector<std::string>> tags) {
        const LeadDetail* detail = m_feed->detail();
        if (detail == nullptr)
            return;
        QStringList known;
        if (tags) {
            for (const std::string& tag : *tags)
                known.append(toQt(tag));
        }
        m_ask->askText(tr("Add tag"), known, [this, lead = detail->lead](const QString& tag) { m_actions.addTag(lead, tag); });
    });
}

void LeadChoices::pause(EnrolmentId id, QWidget* anchor) {
    const auto now = m_context.workspace.clock().now();
    const QTimeZone zone(QByteArray::fromStdString(m_context.workspace.zone()));
    QList<Popup::Entry> entries;
    const auto offer = [&](const QString& text, const QString& words) {
        if (const auto until = text::parseMoment(words, now, zone))
            entries.append({.text = text,
                            .hint = m_context.dates().day(*until),
                            .icon = theme::Icon::Pause,
                            .key = QString::number(entries.size() + 1),
                            .run = [this, id, until] { pauseUntil(id, *until); }});
    };
    offer(tr("For a week"), QStringLiteral("+1w"));
    offer(tr("For two weeks"), QStringLiteral("+2w"));
    offer(tr("For a month"), QStringLiteral("+1m"));
    entries.append({.text = tr("Pick a day…"), .icon = theme::Icon::Calendar, .key = QStringLiteral("4"), .run = [this, id] {
                        m_ask->askMoment(tr("Pause until"), [this, id](Instant until) { pauseUntil(id, until); });
                    }});
    Popup::open(anchor, tr("Pause"), entries);
}

void LeadChoices::pauseUntil(EnrolmentId id, Instant until) {
    tell(m_context.workspace.strategies().pauseFor(id, until), tr("Paused until %1").arg(m_context.dates().day(until)),
         theme::Icon::Pause);
}

void LeadChoices::resume(EnrolmentId id) {
    tell(m_context.workspace.strategies().resumeFor(id), tr("The strategy goes on"), theme::Icon::Play);
}

void LeadChoices::takeOut(EnrolmentId id) {
    tell(m_context.workspace.strategies().remove(id), tr("Taken out of the strategy"), theme::Icon::Route);
}

void LeadChoices::tell(QFuture<Result<>> future, const QString& sentence, theme::Icon icon) {
    deliver(std::move(future), this, [this, sentence, icon](Result<> result) {
        if (!result)
            m_context.tell.failed(result.error(), tr("Nothing was changed"));
        else
            m_context.tell.done(sentence, true, icon);
    });
}

} // namespace outrider::lead_view
