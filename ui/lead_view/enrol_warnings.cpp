// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/enrol_warnings.h"

#include "core/base/deliver.h"
#include "core/services/writing_service.h"
#include "ui/text/lint_text.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/form.h"

#include <QBoxLayout>
#include <QCheckBox>

namespace outrider::lead_view {

using widgets::Ink;
using widgets::Label;

EnrolWarnings::EnrolWarnings(const frame::Context& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_lines(new QWidget(this)),
      m_confirmed(new widgets::CheckRow(tr("Enrol all the same"), {}, this)) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = widgets::column(this, t.space.s);
    widgets::column(m_lines, t.space.xs);
    column->addWidget(m_lines);
    column->addWidget(m_confirmed);
    connect(m_confirmed->box(), &QCheckBox::toggled, this,
            &EnrolWarnings::changed); // a screen reader toggles, and clicks nothing
    hide();
}

bool EnrolWarnings::mayGoOn() const { return m_known && (!m_some || m_confirmed->isChecked()); }

void EnrolWarnings::ask(StrategyId strategy, LeadSelection leads) {
    m_known = false;
    deliver(m_context.workspace.writing().lint({.strategy = strategy, .version = {}, .leads = std::move(leads)}), this,
            [this, generation = ++m_generation](Result<std::vector<LintFinding>> findings) {
                if (generation != m_generation)
                    return;
                auto* column = m_lines->layout();
                while (QLayoutItem* item = column->takeAt(0)) {
                    if (item->widget() != nullptr) {
                        item->widget()->hide();
                        item->widget()->deleteLater();
                    }
                    delete item;
                }
                m_known = true;
                m_some = false;
                if (findings) { // what stops it altogether is told by the enrolling itself
                    const theme::Tokens& t = theme::tokens(this);
                    for (const LintFinding& one : *findings) {
                        if (one.severity != LintFinding::Severity::Warning)
                            continue;
                        m_some = true;
                        auto* line = new QWidget;
                        auto* row = widgets::row(line, t.space.s);
                        row->addWidget(new widgets::IconLabel(theme::Icon::TriangleAlert, Ink::Warn), 0, Qt::AlignTop);
                        auto* words = new Label(theme::TextStyle::Body, Ink::Text,
                                                tr("%1: %2.").arg(text::lintPlace(one), text::lintSentence(one)));
                        words->setWordWrap(true);
                        row->addWidget(words, 1);
                        column->addWidget(line);
                    }
                }
                setVisible(m_some);
                Q_EMIT changed();
            });
}

} // namespace outrider::lead_view
