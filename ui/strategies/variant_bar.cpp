// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/variant_bar.h"

#include "ui/text/tr.h"
#include "ui/widgets/combo.h"
#include "ui/widgets/segmented.h"

#include <QBoxLayout>
#include <QLocale>
#include <QScopedValueRollback>
#include <QSpinBox>

namespace outrider::strategies {

using widgets::Ink;
using widgets::Label;

namespace {

constexpr int mostWeight = 100;
constexpr int mostTexts = 5;

QString letterOf(int variant) { return QString(QChar('A' + variant)); }

QString percent(double share) { return QLocale().toString(share * 100, 'f', 1); }

} // namespace

VariantBar::VariantBar(StrategyDraft& draft, QWidget* parent)
    : QWidget(parent),
      m_draft(draft),
      m_tabs(new widgets::TabBar(tr("Texts"))),
      m_weight(new widgets::NumberField(tr("Weight of this text"), 0, mostWeight)),
      m_add(new widgets::Button(theme::Icon::Plus, tr("Add a text"))),
      m_remove(new widgets::Button(theme::Icon::Trash, tr("Remove this text"))),
      m_result(new Label(theme::TextStyle::Meta, Ink::Muted)) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = widgets::column(this, t.space.xs);
    auto* row = new QHBoxLayout;
    row->setSpacing(t.space.s);
    row->addWidget(m_tabs, 1);
    row->addWidget(m_weight);
    row->addWidget(m_remove);
    row->addWidget(m_add);
    column->addLayout(row);
    m_result->setEliding(true);
    column->addWidget(m_result);
    connect(m_tabs, &widgets::TabBar::chosen, this, [this](const QString& id) { setCurrent(id.toInt()); });
    connect(m_add, &QAbstractButton::clicked, this, &VariantBar::add);
    connect(m_remove, &QAbstractButton::clicked, this, &VariantBar::removeCurrent);
    connect(m_weight, &QSpinBox::valueChanged, this, [this](int weight) {
        if (m_loading || m_position < 0)
            return;
        Step step = m_draft.step(m_position);
        (m_current == 0 ? step.weight : step.variants[std::size_t(m_current - 1)].weight) = weight;
        m_draft.edit(m_position, std::move(step), QStringLiteral("weight%1").arg(m_current));
    });
    connect(&draft, &StrategyDraft::changed, this, &VariantBar::refresh);
    refresh();
}

void VariantBar::showStep(int position) {
    m_position = position;
    m_current = 0;
    refresh();
}

void VariantBar::setCurrent(int variant) {
    if (variant == m_current || m_position < 0 || variant >= textCount(m_draft.step(m_position)))
        return;
    m_current = variant;
    m_draft.seal();
    refresh();
    Q_EMIT chosen(variant);
}

void VariantBar::add() {
    if (m_position < 0 || textCount(m_draft.step(m_position)) >= mostTexts)
        return;
    Step step = m_draft.step(m_position);
    if (step.channel != Channel::Email)
        return;
    // Begins as the one that is shown: what is compared should differ in little.
    step.variants.push_back({.weight = std::max(1, step.weight),
                             .subject = std::string(subjectOf(step, m_current)),
                             .body = std::string(bodyOf(step, m_current))});
    const int added = int(step.variants.size());
    m_draft.edit(m_position, std::move(step), QStringLiteral("variants"));
    m_draft.seal();
    setCurrent(added);
}

void VariantBar::removeCurrent() {
    if (m_position < 0 || textCount(m_draft.step(m_position)) < 2)
        return;
    Step step = m_draft.step(m_position);
    if (m_current == 0) { // B takes its place
        step.subject = step.variants.front().subject;
        step.body = step.variants.front().body;
        step.weight = step.variants.front().weight;
    }
    step.variants.erase(step.variants.begin() + std::max(0, m_current - 1));
    m_current = std::max(0, m_current - 1);
    m_draft.edit(m_position, std::move(step), QStringLiteral("variants"));
    m_draft.seal();
    refresh();
    Q_EMIT chosen(m_current);
}

void VariantBar::setResults(std::vector<std::vector<VariantResult>> results) {
    m_results = std::move(results);
    refresh();
}

QString VariantBar::resultText(const std::vector<VariantResult>& results) {
    if (results.size() < 2)
        return {};
    QStringList parts;
    std::int64_t sent = 0;
    for (std::size_t i = 0; i < results.size(); ++i) {
        const VariantResult& one = results[i];
        sent += one.sent;
        const Interval interval = one.interval();
        parts.append(one.sent == 0
                         ? tr("%1 none sent").arg(letterOf(int(i)))
                         : tr("%1 %2 % of %3 (%4 to %5)")
                               .arg(letterOf(int(i)), percent(double(one.replied) / double(one.sent)),
                                    QLocale().toString(qlonglong(one.sent)), percent(interval.low), percent(interval.high)));
    }
    if (sent == 0)
        return {};
    const auto winner = winnerOf(results);
    const QString all = parts.join(QStringLiteral(", "));
    return winner ? tr("Replies: %1. %2 does best.").arg(all, letterOf(*winner)) : tr("Replies: %1. Too early to call.").arg(all);
}

void VariantBar::refresh() {
    const bool some = m_position >= 0 && m_position < m_draft.stepCount() && m_draft.step(m_position).channel == Channel::Email;
    setVisible(some);
    if (!some)
        return;
    const QScopedValueRollback loading(m_loading, true);
    const Step& step = m_draft.step(m_position);
    const int texts = textCount(step);
    m_current = std::clamp(m_current, 0, texts - 1);
    int sum = 0;
    for (int i = 0; i < texts; ++i)
        sum += weightOf(step, i);
    QList<widgets::TabBar::Tab> tabs;
    for (int i = 0; i < texts; ++i)
        tabs.append({.id = QString::number(i),
                     .label = texts == 1 ? tr("One text") : tr("Text %1").arg(letterOf(i)),
                     .count = texts == 1 || sum == 0 ? QString() : tr("%1 %").arg((weightOf(step, i) * 100 + sum / 2) / sum)});
    m_tabs->setTabs(tabs);
    m_tabs->setCurrent(QString::number(m_current));
    m_weight->setVisible(texts > 1);
    m_remove->setVisible(texts > 1);
    m_add->setEnabled(texts < mostTexts);
    m_weight->setValue(weightOf(step, m_current));
    const auto place = std::size_t(m_position);
    const QString result =
        place < m_results.size() && int(m_results[place].size()) == texts ? resultText(m_results[place]) : QString();
    m_result->setText(result);
    m_result->setVisible(!result.isEmpty());
}

} // namespace outrider::strategies
