// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/publish_sheet.h"

#include "core/base/deliver.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QRadioButton>

namespace outrider::strategies {

using widgets::Ink;
using widgets::Label;

namespace {

constexpr int namedLeads = 3;

Label* wrapped(theme::TextStyle style, Ink ink, const QString& text) {
    auto* label = new Label(style, ink, text);
    label->setWordWrap(true);
    return label;
}

} // namespace

QString changesText(const DraftChanges& changes) {
    QStringList parts;
    if (changes.added > 0)
        parts.append(
            PublishSheet::tr("%1 added").arg(text::counted(changes.added, PublishSheet::tr("step"), PublishSheet::tr("steps"))));
    if (changes.changed > 0)
        parts.append(PublishSheet::tr("%1 changed")
                         .arg(text::counted(changes.changed, PublishSheet::tr("step"), PublishSheet::tr("steps"))));
    if (changes.removed > 0)
        parts.append(PublishSheet::tr("%1 removed")
                         .arg(text::counted(changes.removed, PublishSheet::tr("step"), PublishSheet::tr("steps"))));
    if (changes.order)
        parts.append(PublishSheet::tr("another order"));
    if (changes.schedule)
        parts.append(PublishSheet::tr("other days or hours"));
    if (changes.rules)
        parts.append(PublishSheet::tr("other rules"));
    return parts.join(QStringLiteral(", "));
}

QString movingText(const PublishPreview& preview, const text::Dates& dates) {
    constexpr std::size_t named = 4;
    QStringList parts;
    const auto counted = [&](std::int64_t n, const QString& what) {
        if (n > 0)
            parts.append(what.arg(QLocale().toString(qlonglong(n))));
    };
    counted(preview.finish, PublishSheet::tr("%1 finished"));
    counted(preview.otherStep, PublishSheet::tr("%1 with another next step"));
    counted(preview.later, PublishSheet::tr("%1 due later"));
    counted(preview.earlier, PublishSheet::tr("%1 due earlier"));
    QString text = parts.isEmpty() ? PublishSheet::tr("Moving changes nothing for them.")
                                   : PublishSheet::tr("Moving: %1.").arg(parts.join(QStringLiteral(", ")));
    if (!preview.complete)
        text = PublishSheet::tr("Of the first 2,000. %1").arg(text);
    for (std::size_t i = 0; i < std::min(named, preview.affected.size()); ++i) {
        const PublishPreview::Affected& one = preview.affected[i];
        const QString who = text::isolated(text::toQt(one.name));
        if (one.otherStep && one.before == one.after)
            text += QLatin1Char('\n') + PublishSheet::tr("%1: another step %2").arg(who).arg(one.step + 1);
        else if (one.finishes)
            text += QLatin1Char('\n') + PublishSheet::tr("%1: finished").arg(who);
        else if (one.before && one.after)
            text += QLatin1Char('\n')
                    + PublishSheet::tr("%1: %2 instead of %3").arg(who, dates.moment(*one.after), dates.moment(*one.before));
    }
    if (preview.affected.size() > named)
        text += QLatin1Char('\n') + PublishSheet::tr("and %1 more").arg(preview.affected.size() - named);
    return text;
}

PublishSheet::PublishSheet(QWidget* over, const frame::Context& context, const StrategyDraft& draft,
                           const StrategySummary& summary)
    : Sheet(over, summary.strategy.id ? tr("Publish version %1").arg(summary.versionNumber + 1) : tr("Publish the strategy")),
      m_context(context),
      m_version(draft.version()),
      m_summary(summary),
      m_publish(nullptr) {
    const theme::Tokens& t = theme::tokens(this);
    const bool fresh = !summary.strategy.id;
    if (fresh) {
        m_name = new QLineEdit(text::toQt(summary.strategy.name));
        m_nameField = new widgets::Field(tr("Name"), m_name);
        body()->addWidget(m_nameField);
        body()->addWidget(wrapped(theme::TextStyle::Body, Ink::Muted, tr("Nobody is in it yet. Enrol leads once it is there.")));
    } else {
        const QString changes = changesText(draft.changes());
        body()->addWidget(wrapped(theme::TextStyle::Body, Ink::Text,
                                  changes.isEmpty() ? tr("The same as version %1.").arg(summary.versionNumber)
                                                    : tr("Against version %1: %2.").arg(summary.versionNumber).arg(changes)));
    }
    if (!fresh && summary.running > 0) {
        body()->addWidget(new Label(theme::TextStyle::Section, Ink::Text,
                                    summary.running == 1
                                        ? tr("The 1 lead in it")
                                        : tr("The %1 in it").arg(text::counted(summary.running, tr("lead"), tr("leads")))));
        const auto choice = [&](const QString& text, const QString& what) {
            auto* button = new QRadioButton(text);
            button->setAccessibleDescription(what);
            auto* label = wrapped(theme::TextStyle::Meta, Ink::Muted, what);
            label->setContentsMargins(t.size.checkbox + t.space.s, 0, 0, 0);
            auto* both = new QVBoxLayout;
            both->setSpacing(0);
            both->addWidget(button);
            both->addWidget(label);
            body()->addLayout(both);
            return button;
        };
        m_finish = choice(tr("Finish on the old version"),
                          tr("They get the steps they were enrolled for. Only new leads get this version."));
        m_move = choice(tr("Move to the new version"),
                        tr("Each goes on at the step number they are at, planned anew. Who is past the last step is finished."));
        m_finish->setChecked(true);
        auto* who = wrapped(theme::TextStyle::Meta, Ink::Muted, {});
        body()->addWidget(who);
        Filter filter;
        FilterNode in{.kind = FilterNode::Kind::Term};
        in.term.field = "strategy";
        in.term.op = FilterOp::Equals;
        in.term.values = {summary.strategy.name};
        filter.root.children.push_back(in);
        deliver(context.workspace.leads().page({.filter = filter, .limit = namedLeads}), this,
                [who, running = summary.running](Result<LeadPage> page) {
                    if (!page || page->rows.empty())
                        return;
                    QStringList names;
                    for (const LeadListRow& row : page->rows)
                        names.append(text::isolated(text::toQt(row.name)));
                    const auto more = running - std::int64_t(names.size());
                    who->setText(more > 0 ? tr("Affected: %1 and %2 more.").arg(names.join(QStringLiteral(", "))).arg(more)
                                          : tr("Affected: %1.").arg(names.join(QStringLiteral(", "))));
                });
    }
    if (m_move != nullptr) {
        auto* diff = wrapped(theme::TextStyle::Meta, Ink::Muted, tr("Trying what moving would change"));
        body()->addWidget(diff);
        deliver(context.workspace.strategies().publishPreview(summary.strategy.id, m_version), this,
                [diff, dates = context.dates()](Result<PublishPreview> preview) {
                    diff->setText(preview ? movingText(*preview, dates) : text::sentence(preview.error()));
                });
    }
    addCancel(tr("Cancel"));
    m_publish = addButton(widgets::Button::Kind::Primary,
                          fresh ? tr("Publish") : tr("Publish version %1").arg(summary.versionNumber + 1));
    m_publish->setKeyHint(tr("Enter"));
    connect(m_publish, &QAbstractButton::clicked, this, &PublishSheet::publish);
    if (m_name != nullptr)
        setFocusProxy(m_name);
}

bool PublishSheet::movesRunning() const { return m_move != nullptr && m_move->isChecked(); }

void PublishSheet::setMovesRunning(bool move) {
    if (m_move != nullptr)
        (move ? m_move : m_finish)->setChecked(true);
}

void PublishSheet::setName(const QString& name) {
    if (m_name != nullptr)
        m_name->setText(name);
}

void PublishSheet::publish() {
    StrategyService& strategies = m_context.workspace.strategies();
    if (m_name != nullptr) {
        const QString name = m_name->text().simplified();
        m_nameField->setError(name.isEmpty() ? tr("A strategy needs a name.") : QString());
        if (name.isEmpty())
            return;
        m_publish->setEnabled(false);
        deliver(strategies.create(name.toStdString(), m_version), this, [this](Result<StrategyId> created) {
            if (!created || !m_summary.strategy.mailbox) {
                ended(created);
                return;
            }
            deliver(m_context.workspace.strategies().setMailbox(*created, m_summary.strategy.mailbox), this,
                    [this, created](Result<> set) { ended(set ? created : Result<StrategyId>(fail(set.error()))); });
        });
        return;
    }
    m_publish->setEnabled(false);
    const StrategyId id = m_summary.strategy.id;
    const auto running = movesRunning() ? StrategyService::Running::MoveToNew : StrategyService::Running::FinishOnOld;
    deliver(strategies.publish(id, m_version, running), this, [this, id](Result<StrategyVersionId> published) {
        ended(published ? Result<StrategyId>(id) : Result<StrategyId>(fail(published.error())));
    });
}

void PublishSheet::ended(const Result<StrategyId>& result) {
    m_publish->setEnabled(true);
    if (!result) {
        setError(result.error().code == ErrorCode::AlreadyExists ? tr("There is a strategy of that name.")
                                                                 : text::sentence(result.error()));
        return;
    }
    Q_EMIT published(*result);
    finish();
}

} // namespace outrider::strategies
