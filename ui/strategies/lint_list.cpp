// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/lint_list.h"

#include "core/base/deliver.h"
#include "core/services/writing_service.h"
#include "ui/strategies/check_list.h"
#include "ui/text/lint_text.h"
#include "ui/text/tr.h"
#include "ui/widgets/basics.h"

#include <QBoxLayout>

#include <algorithm>

namespace outrider::strategies {

using Severity = LintFinding::Severity;
using Place = LintFinding::Place;

namespace {

constexpr int idleMs = 400;

// The checks before publishing say it, or the count of leads without a field, with a link to them.
bool isSaidElsewhere(const LintFinding& finding) {
    const bool ownField = !finding.words.empty() && finding.words.front().starts_with("custom:");
    return finding.rule == "merge_syntax" || finding.rule == "choice_syntax" || finding.rule == "field_missing"
           || finding.rule == "many_links" || (finding.rule == "unknown_field" && !ownField);
}

std::string* textOf(Step& step, const LintFinding& finding) {
    const bool subject = finding.place == Place::Subject;
    if (finding.place != Place::Subject && finding.place != Place::Body)
        return nullptr;
    if (finding.variant == 0)
        return subject ? &step.subject : &step.body;
    if (finding.variant > int(step.variants.size()))
        return nullptr;
    Variant& variant = step.variants[std::size_t(finding.variant) - 1];
    return subject ? &variant.subject : &variant.body;
}

} // namespace

LintList::LintList(const frame::Context& context, StrategyDraft& draft, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_draft(draft),
      m_list(new CheckList) {
    widgets::column(this, 0)->addWidget(m_list);
    m_delay.setSingleShot(true);
    m_delay.setInterval(idleMs);
    connect(&m_delay, &QTimer::timeout, this, &LintList::read);
    connect(&draft, &StrategyDraft::changed, this, &LintList::refresh);
}

void LintList::setStrategy(StrategyId id) {
    m_strategy = id;
    refresh();
}

void LintList::showStep(int position) {
    m_position = position;
    showFindings();
    refresh();
}

void LintList::refresh() { m_delay.start(); }

QStringList LintList::texts() const { return m_list->texts(); }

void LintList::read() {
    m_delay.stop();
    if (!isVisible())
        return;
    const int generation = ++m_generation;
    deliver(m_context.workspace.writing().lint({.strategy = m_strategy, .version = m_draft.version(), .leads = {}}), this,
            [this, generation, about = m_draft.version()](Result<std::vector<LintFinding>> findings) {
                if (generation != m_generation || !findings)
                    return;
                m_findings = std::move(*findings);
                m_read = about;
                showFindings();
            });
}

void LintList::showFindings() {
    QList<CheckList::Line> lines;
    for (const LintFinding& finding : m_findings) {
        if (isSaidElsewhere(finding))
            continue;
        const bool here = finding.step < 0 || finding.step == m_position;
        if (!here && finding.severity == Severity::Hint)
            continue;
        CheckList::Line line{.icon = theme::Icon::CircleInfo, .ink = widgets::Ink::Muted};
        if (finding.severity == Severity::Error) {
            line.icon = theme::Icon::CircleAlert;
            line.ink = widgets::Ink::Danger;
        } else if (finding.severity == Severity::Warning) {
            line.icon = theme::Icon::TriangleAlert;
            line.ink = widgets::Ink::Warn;
        }
        line.text = text::lintSentence(finding);
        if (!here || finding.variant > 0)
            line.text = tr("%1: %2").arg(text::lintPlace(finding), line.text);
        const QString advice = text::lintAdvice(finding);
        if (!advice.isEmpty() && (here || finding.severity == Severity::Error))
            line.text = tr("%1. %2").arg(line.text, advice);
        if (!finding.replacement.empty() && here) {
            line.link = tr("Fix");
            line.run = [this, finding] { fix(finding); };
        } else if (finding.length > 0 || !here) {
            line.link = tr("Show");
            line.run = [this, finding] {
                const QByteArray whole = textOf(finding).toUtf8();
                const int start = int(QString::fromUtf8(whole.left(qsizetype(finding.position))).size());
                const int end = int(QString::fromUtf8(whole.left(qsizetype(finding.position + finding.length))).size());
                Q_EMIT placeAsked(finding.step, finding.variant, finding.place == Place::Subject, start, end - start);
            };
        }
        lines.append(line);
    }
    m_list->setLines(lines);
}

QString LintList::textOf(const LintFinding& finding) const {
    if (finding.step < 0 || finding.step >= m_draft.stepCount())
        return {};
    Step step = m_draft.step(finding.step);
    const std::string* text = strategies::textOf(step, finding);
    return text == nullptr ? QString() : text::toQt(*text);
}

// Only in the text the remark is about: what was typed since moves everything.
void LintList::fix(const LintFinding& finding) {
    if (finding.step < 0 || finding.step >= m_draft.stepCount() || m_draft.version() != m_read)
        return;
    Step step = m_draft.step(finding.step);
    std::string* text = strategies::textOf(step, finding);
    if (text == nullptr || finding.position + finding.length > text->size())
        return;
    text->replace(finding.position, finding.length, finding.replacement);
    m_draft.seal();
    m_draft.edit(finding.step, std::move(step), QStringLiteral("fix"));
    m_draft.seal();
}

} // namespace outrider::strategies
