// SPDX-License-Identifier: GPL-3.0-or-later
// What the keys and the palette do in the editor; and the acts that are about planning.
#include "core/base/deliver.h"
#include "ui/strategies/preview_pane.h"
#include "ui/strategies/rules_form.h"
#include "ui/strategies/rules_words.h"
#include "ui/strategies/schedule_form.h"
#include "ui/strategies/simulate_sheet.h"
#include "ui/strategies/step_form.h"
#include "ui/strategies/step_list.h"
#include "ui/strategies/strategy_editor_page.h"
#include "ui/strategies/variant_bar.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/button.h"

#include <QStackedWidget>

namespace outrider::strategies {

namespace {

QString group() { return StrategyEditorPage::tr("Strategy editor"); }

} // namespace

void StrategyEditorPage::addCommands() {
    frame::Commands& commands = m_context.commands;
    const auto add = [&](QWidget* owner, const char* id, const QString& text, theme::Icon icon, const QList<QKeySequence>& keys,
                         std::function<void()> run) {
        return commands.add(
            owner,
            {.id = QLatin1String("strategy.") + QLatin1String(id), .text = text, .group = group(), .icon = icon, .keys = keys},
            std::move(run));
    };
    using theme::Icon;
    m_publishAction = add(this, "publish", tr("Publish…"), Icon::Check, {QKeySequence(tr("Ctrl+S"))}, [this] { publish(); });
    m_publish->bind(m_publishAction);
    m_enrolAction = add(this, "enrol", tr("Enrol leads…"), Icon::Users, {QKeySequence(tr("Ctrl+E"))}, [this] { enrol(); });
    m_enrol->bind(m_enrolAction);
    m_pauseAction = add(this, "pause", tr("Pause the strategy"), Icon::Pause, {}, [this] { togglePaused(); });
    m_addStep->bind(add(this, "add_step", tr("Add step"), Icon::Plus, {QKeySequence(tr("A"))}, [this] { chooseChannel(); }));
    m_scheduleButton->bind(add(this, "schedule", tr("Days and hours"), Icon::Clock, {QKeySequence(tr("H"))},
                               [this] { showSchedule(m_centre->currentWidget() != m_schedule); }));
    m_rulesButton->bind(add(this, "rules", tr("Rules"), Icon::Sliders, {QKeySequence(tr("R"))},
                            [this] { showRules(m_centre->currentWidget() != m_rules); }));
    m_simulateAction = add(this, "simulate", tr("Simulate"), Icon::Play, {QKeySequence(tr("Ctrl+R"))}, [this] { simulate(); });
    m_simulate->bind(m_simulateAction);
    m_releaseAction = add(this, "release", tr("Let all begin"), Icon::Play, {QKeySequence(tr("G"))}, [this] { release(); });
    m_release->bind(m_releaseAction);
    add(m_form, "add_text", tr("Add a text to compare"), Icon::Plus, {QKeySequence(tr("Ctrl+T"))},
        [this] { m_form->variants()->add(); });
    add(m_form, "next_text", tr("Show the next text"), Icon::ChevronRight, {QKeySequence(tr("Ctrl+Shift+T"))}, [this] {
        VariantBar* texts = m_form->variants();
        const int count = m_form->position() < 0 ? 1 : textCount(m_draft.step(m_form->position()));
        texts->setCurrent((texts->current() + 1) % count);
    });
    auto* insert = add(m_form, "insert_field", tr("Insert"), Icon::Plus,
                       {QKeySequence(tr("Ctrl+I")), QKeySequence(tr("Ctrl+Space"))}, [this] { m_form->insertVariable(); });
    m_form->insertButton()->bind(insert);
    add(m_steps, "write", tr("Write the text"), Icon::Pencil, {QKeySequence(Qt::Key_Return)}, [this] {
        showStep(m_steps->current());
        m_form->focusText();
    });
    add(m_steps, "duplicate_step", tr("Duplicate step"), Icon::Copy, {QKeySequence(tr("Ctrl+D"))},
        [this] { m_steps->setCurrent(m_draft.duplicate(m_steps->current())); });
    add(m_steps, "remove_step", tr("Remove step"), Icon::Trash, {QKeySequence(Qt::Key_Delete)},
        [this] { m_steps->setCurrent(m_draft.remove(m_steps->current())); });
    add(m_steps, "step_up", tr("Move step up"), Icon::ChevronUp, {QKeySequence(tr("Alt+Up"))},
        [this] { m_steps->setCurrent(m_draft.move(m_steps->current(), -1)); });
    add(m_steps, "step_down", tr("Move step down"), Icon::ChevronDown, {QKeySequence(tr("Alt+Down"))},
        [this] { m_steps->setCurrent(m_draft.move(m_steps->current(), 1)); });
    add(this, "previous_lead", tr("Preview the lead before"), Icon::ChevronLeft, {QKeySequence(tr("Ctrl+PgUp"))},
        [this] { m_preview->stepLead(-1); });
    add(this, "next_lead", tr("Preview the next lead"), Icon::ChevronRight, {QKeySequence(tr("Ctrl+PgDown"))},
        [this] { m_preview->stepLead(1); });
    add(this, "choose_lead", tr("Preview for…"), Icon::User, {QKeySequence(tr("Ctrl+Shift+L"))}, [this] { chooseLead(); });
    add(this, "preview", tr("Preview"), Icon::Panel, {QKeySequence(Qt::Key_F4)}, [this] { togglePreview(); });
    add(this, "rename_here", tr("Rename the strategy"), Icon::Pencil, {QKeySequence(Qt::Key_F2)}, [this] {
        showSchedule(true);
        m_schedule->focusName();
    });
    // Without an edit to take back the same keys take back the last act in the workspace.
    m_undoAction =
        add(this, "undo_edit", tr("Undo the edit"), Icon::Undo, {QKeySequence(QKeySequence::Undo)}, [this] { m_draft.undo(); });
    m_redoAction =
        add(this, "redo_edit", tr("Redo the edit"), Icon::Redo, {QKeySequence(QKeySequence::Redo)}, [this] { m_draft.redo(); });
    m_undoAction->setEnabled(false);
    m_redoAction->setEnabled(false);
}

void StrategyEditorPage::showRules(bool show) {
    m_centre->setCurrentWidget(show ? static_cast<QWidget*>(m_rules) : m_form);
    if (!show)
        return;
    if (m_previewWanted) {
        m_previewWanted = false;
        arrange();
    }
    m_rules->setFocus(Qt::OtherFocusReason);
}

// They hold for every strategy and are saved at once.
void StrategyEditorPage::saveContactRules() {
    deliver(m_context.workspace.settings().setOutreachRules(m_rules->contactRules()), this, [this](Result<> saved) {
        if (!saved)
            m_context.tell.failed(saved.error());
        else
            m_context.tell.done(tr("Rules of contact saved."));
    });
}

void StrategyEditorPage::updateRules() {
    const StrategyRules& rules = m_draft.version().rules;
    m_stopChips->setText(stopWords(rules).join(QStringLiteral(" · ")));
    m_rulesText->setText(rulesText(rules));
}

void StrategyEditorPage::simulate() {
    auto* sheet = new SimulateSheet(this, m_context, m_summary.strategy.id, m_summary.strategy.id ? pageTitle() : QString());
    m_sheet = sheet;
    sheet->open();
}

// What became of the texts, who waits for the person to look; the rules of contact.
void StrategyEditorPage::readOutcome() {
    m_held = 0;
    deliver(m_context.workspace.settings().outreachRules(), this, [this](Result<OutreachRules> rules) {
        if (rules)
            m_rules->setContactRules(*rules);
    });
    if (!m_summary.strategy.id) {
        m_form->variants()->setResults({});
        updateHead();
        return;
    }
    const int generation = m_generation;
    StrategyService& strategies = m_context.workspace.strategies();
    deliver(strategies.variantResults(m_summary.strategy.id), this,
            [this, generation](Result<std::vector<std::vector<VariantResult>>> results) {
                if (generation == m_generation && results)
                    m_form->variants()->setResults(*std::move(results));
            });
    deliver(strategies.canary(m_summary.strategy.id), this, [this, generation](Result<CanaryState> canary) {
        if (generation != m_generation || !canary)
            return;
        m_held = canary->held;
        updateHead();
    });
}

void StrategyEditorPage::release() {
    if (m_held == 0)
        return;
    deliver(m_context.workspace.strategies().release(m_summary.strategy.id), this, [this](Result<std::int64_t> released) {
        if (!released) {
            m_context.tell.failed(released.error());
            return;
        }
        m_context.tell.done(tr("%1 begin.").arg(text::counted(*released, tr("lead"), tr("leads"))));
        readOutcome();
    });
}

} // namespace outrider::strategies
