// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/lead_history.h"

#include "core/base/deliver.h"
#include "core/services/merge_service.h"
#include "ui/lead_view/text_link.h"
#include "ui/text/duplicate_text.h"
#include "ui/text/error_text.h"
#include "ui/text/history_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"

#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace outrider::lead_view {

using text::isolated;
using text::toQt;
using widgets::Ink;
using widgets::Label;

namespace {

constexpr int actionsShown = 30;
constexpr int entriesShown = 8;

struct Fact {
    QString name;
    QString value;
};

// What one compares between then and now.
std::vector<Fact> factsOf(const LeadDetail& detail) {
    const Lead& lead = detail.lead;
    std::vector<Fact> facts;
    const auto add = [&](std::string_view field, const std::string& value) {
        facts.push_back({text::fieldName(field), toQt(value)});
    };
    add("first_name", lead.firstName);
    add("last_name", lead.lastName);
    add("job_title", lead.jobTitle);
    add("company", lead.companyName);
    add("email", lead.email);
    add("phone", lead.phone);
    add("linkedin_url", lead.linkedinUrl);
    add("city", lead.city);
    add("country", lead.country);
    add("owner", detail.ownerName);
    add("score", std::to_string(lead.score));
    QStringList tags;
    for (const std::string& tag : lead.tags)
        tags.append(toQt(tag));
    facts.push_back({text::fieldName("tags"), tags.join(QStringLiteral(", "))});
    for (const auto& [key, value] : lead.custom)
        add("custom:" + key, value);
    return facts;
}

QString orNothing(const QString& value) { return value.isEmpty() ? LeadHistory::tr("nothing") : isolated(value); }

} // namespace

LeadHistory::LeadHistory(const frame::Context& context, QWidget* over, const LeadDetail& detail)
    : Sheet(over, tr("History of %1").arg(isolated(toQt(displayName(detail.lead))))),
      m_context(context),
      m_now(detail),
      m_moment(new QLineEdit(this)),
      m_banner(new widgets::Banner(this)),
      m_then(new QWidget(this)),
      m_merges(new QWidget(this)),
      m_actions(new QWidget(this)),
      m_origins(new QWidget(this)) {
    setWide(true);
    const theme::Tokens& tokens = theme::tokens(this);
    auto* line = new QHBoxLayout;
    line->setSpacing(tokens.space.s);
    line->addWidget(new Label(theme::TextStyle::Body, Ink::Muted, tr("As of"), this));
    m_moment->setPlaceholderText(tr("2026-11-19 14:00, yesterday, 3d ago"));
    m_moment->setAccessibleName(tr("As of which moment"));
    line->addWidget(m_moment, 1);
    auto* show = new widgets::Button(widgets::Button::Kind::Secondary, tr("Show"), this);
    line->addWidget(show);
    body()->addLayout(line);
    const auto look = [this] {
        const auto moment = text::parsePast(m_moment->text(), m_context.workspace.clock().now(),
                                            QTimeZone(QByteArray::fromStdString(m_context.workspace.zone())));
        if (moment)
            lookBack(*moment);
        else
            setError(tr("That is no moment that has passed. Write 2026-11-19, yesterday 14:00 or 3d ago."));
    };
    connect(show, &QAbstractButton::clicked, this, look);
    connect(m_moment, &QLineEdit::returnPressed, this, look);
    m_banner->hide();
    body()->addWidget(m_banner);
    for (QWidget* part : {m_then, m_merges, m_actions, m_origins}) {
        widgets::column(part, tokens.space.xs);
        body()->addWidget(part);
    }
    m_then->hide();
    m_merges->hide();
    addCancel(tr("Close"));
}

void LeadHistory::openHistory() {
    open(m_moment);
    readMerges();
    deliver(m_context.workspace.history().list({.lead = m_now.lead.id, .limit = actionsShown}), this,
            [this](Result<std::vector<HistoryEntry>> entries) {
                if (entries)
                    showActions(*entries);
                else
                    setError(text::sentence(entries.error()));
            });
    deliver(m_context.workspace.history().provenance(m_now.lead.id), this, [this](Result<std::vector<FieldOrigin>> origins) {
        if (origins)
            showOrigins(*origins);
        else
            setError(text::sentence(origins.error()));
    });
}

void LeadHistory::readMerges() {
    deliver(m_context.workspace.merges().ofLead(m_now.lead.id), this, [this](Result<std::vector<MergeRecord>> merges) {
        if (merges)
            showMerges(*merges);
    });
}

void LeadHistory::showMerges(const std::vector<MergeRecord>& merges) {
    clear(m_merges);
    m_merges->setVisible(!merges.empty());
    if (merges.empty())
        return;
    const text::Dates dates = m_context.dates();
    addLine(m_merges, tr("Merged leads"), Ink::Text)->setStyle(theme::TextStyle::BodyStrong);
    for (const MergeRecord& merge : merges) {
        auto* line = new QWidget(m_merges);
        auto* row = widgets::row(line, theme::tokens(this).space.s);
        auto* words = new Label(theme::TextStyle::Body, Ink::Muted,
                                tr("%1, %2 was taken into %3")
                                    .arg(dates.moment(merge.at), isolated(toQt(merge.goneName)), isolated(toQt(merge.keptName))),
                                line);
        words->setWordWrap(true);
        row->addWidget(words, 1);
        auto* button = new widgets::Button(widgets::Button::Kind::Secondary, tr("Split"), line);
        button->setAccessibleName(tr("Split off %1").arg(toQt(merge.goneName)));
        row->addWidget(button, 0, Qt::AlignTop);
        connect(button, &QAbstractButton::clicked, this, [this, merge] { split(merge); });
        m_merges->layout()->addWidget(line);
    }
}

void LeadHistory::split(const MergeRecord& merge) {
    deliver(m_context.workspace.merges().split(merge.id), this, [this](Result<SplitReport> report) {
        if (!report) {
            setError(report.error().code == ErrorCode::Conflict ? tr("This lead was itself merged since. Split that one first.")
                                                                : text::sentence(report.error()));
            return;
        }
        m_context.tell.done(text::splitText(*report), true, theme::Icon::Merge);
        QStringList kept;
        for (const UndoConflict& conflict : report->conflicts)
            kept << text::conflictText(conflict);
        if (!kept.isEmpty())
            m_banner->show(widgets::Banner::Tone::Warn, kept.join(QStringLiteral("; ")));
        readMerges();
    });
}

void LeadHistory::showActions(const std::vector<HistoryEntry>& entries) {
    const text::Dates dates = m_context.dates();
    addLine(m_actions, tr("What changed it"), Ink::Text)->setStyle(theme::TextStyle::BodyStrong);
    for (const HistoryEntry& entry : entries) {
        QString words = tr("%1, %2, by %3").arg(dates.moment(entry.at), text::historyText(entry), text::whoText(entry));
        if (entry.undone)
            words = tr("%1 (taken back)").arg(words);
        auto* link = new TextLink(theme::TextStyle::Body, words, m_actions);
        link->setAccessibleDescription(tr("Shows the lead as it was then"));
        m_actions->layout()->addWidget(link);
        connect(link, &QAbstractButton::clicked, this, [this, at = entry.at] { lookBack(at); });
    }
}

void LeadHistory::showOrigins(const std::vector<FieldOrigin>& origins) {
    const text::Dates dates = m_context.dates();
    addLine(m_origins, tr("Where its facts come from"), Ink::Text)->setStyle(theme::TextStyle::BodyStrong);
    for (const FieldOrigin& origin : origins) {
        const QString when = origin.entry.at == Instant{} ? QString() : tr(", %1").arg(dates.moment(origin.entry.at));
        addLine(
            m_origins,
            tr("%1: %2. %3%4").arg(text::columnText(origin.field), isolated(toQt(origin.value)), text::originText(origin), when),
            Ink::Muted);
    }
}

void LeadHistory::lookBack(Instant moment) {
    setError({});
    deliver(m_context.workspace.history().leadAsOf(m_now.lead.id, moment, entriesShown), this,
            [this, moment](Result<HistoryService::LeadThen> then) {
                if (then)
                    showThen(moment, *then);
                else if (then.error().code == ErrorCode::NotFound)
                    setError(tr("There was no such lead yet."));
                else if (then.error().code == ErrorCode::InvalidArgument)
                    setError(tr("The history does not reach back that far."));
                else
                    setError(text::sentence(then.error()));
            });
}

void LeadHistory::showThen(Instant moment, const HistoryService::LeadThen& then) {
    const text::Dates dates = m_context.dates();
    m_banner->show(widgets::Banner::Tone::Info, tr("As it was %1. Looking back changes nothing.").arg(dates.moment(moment)));
    clear(m_then);
    const std::vector<Fact> now = factsOf(m_now);
    for (const Fact& fact : factsOf(then.detail)) {
        const auto same = std::ranges::find(now, fact.name, &Fact::name);
        const QString today = same == now.end() ? QString() : same->value;
        if (fact.value.isEmpty() && today.isEmpty())
            continue;
        if (fact.value == today)
            addLine(m_then, tr("%1: %2").arg(fact.name, isolated(fact.value)), Ink::Muted);
        else
            addLine(m_then, tr("%1: %2, now %3").arg(fact.name, orNothing(fact.value), orNothing(today)), Ink::Text);
    }
    for (const TimelineEntry& entry : then.timeline)
        addLine(m_then, tr("%1, %2").arg(dates.moment(entry.activity.at), text::activityTitle(entry.activity)), Ink::Muted);
    m_then->show();
}

void LeadHistory::clear(QWidget* part) {
    while (QLayoutItem* item = part->layout()->takeAt(0)) {
        if (item->widget() != nullptr)
            item->widget()->deleteLater();
        delete item;
    }
}

Label* LeadHistory::addLine(QWidget* part, const QString& text, Ink ink) {
    auto* label = new Label(theme::TextStyle::Body, ink, text, part);
    label->setWordWrap(true);
    part->layout()->addWidget(label);
    return label;
}

} // namespace outrider::lead_view
