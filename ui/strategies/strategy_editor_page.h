// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/frame/page.h"
#include "ui/strategies/strategy_draft.h"

#include <QPointer>

class QSplitter;
class QStackedWidget;

namespace outrider::widgets {
class Area;
class Button;
class ChipLabel;
class IconLabel;
class Label;
class Sheet;
class Toolbar;
} // namespace outrider::widgets

namespace outrider::strategies {

class MessageBar;
class PreviewPane;
class RulesForm;
class ScheduleForm;
class StepForm;
class StepList;

// One strategy: its steps, the step being written, and how it reads to a real lead. Edits are a draft in
// memory until they are published as the next version; leaving with unpublished edits asks first.
class StrategyEditorPage : public frame::Page {
    Q_OBJECT

public:
    explicit StrategyEditorPage(const frame::Context& context, QWidget* parent = nullptr);

    void openStrategy(StrategyId id);
    void openNew();

    QString pageTitle() const override;
    void enter() override;
    bool mayLeave() override;
    bool hasUnsaved() const override;
    bool stepBack() override;

    StrategyDraft& draft() { return m_draft; }
    StepList* steps() const { return m_steps; }
    StepForm* stepForm() const { return m_form; }
    PreviewPane* preview() const { return m_preview; }
    bool showsUnsaved() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();
    void togglePreview();
    void buildToolbar();
    QWidget* buildSteps();
    void addCommands();
    void workspaceChanged(const ChangeSet& changes);
    void read();
    void showDetail(StrategyDetail detail, bool keepDraft);
    void readChoices();
    void updateHead();
    void updateSchedule();
    void showStep(int position);
    void showSchedule(bool show);
    void showRules(bool show);
    void updateRules();
    void saveContactRules();
    void simulate();
    void readOutcome();
    void release();
    void chooseChannel();
    void addStep(Channel channel);
    void publish();
    void enrol();
    void togglePaused();
    void chooseLead();
    void rename();
    void saveMailbox(MailboxId mailbox);
    void discard();
    // `then`: where to, once the edits are dropped.
    void askToLeave(const std::function<void()>& then);

    const frame::Context& m_context;
    StrategyDraft m_draft;
    StrategySummary m_summary; // of the strategy as it is stored; no id: a new one
    int m_generation = 0;
    std::int64_t m_held = 0; // leads the canary holds back
    bool m_stale = false;
    QPointer<widgets::Sheet> m_sheet;

    widgets::Toolbar* m_toolbar;
    widgets::ChipLabel* m_state;
    widgets::Label* m_numbers;
    QWidget* m_unsaved;
    widgets::Label* m_unsavedText;
    QAction* m_publishAction = nullptr;
    QAction* m_enrolAction = nullptr;
    QAction* m_pauseAction = nullptr;
    QAction* m_simulateAction = nullptr;
    QAction* m_releaseAction = nullptr;
    QAction* m_undoAction = nullptr;
    QAction* m_redoAction = nullptr;
    widgets::Button* m_publish;
    widgets::Button* m_enrol;
    widgets::Button* m_simulate;
    widgets::Button* m_release;
    widgets::Button* m_addStep;
    widgets::Button* m_scheduleButton;
    widgets::Button* m_rulesButton;
    StepList* m_steps;
    widgets::Label* m_scheduleText;
    StepForm* m_form;
    MessageBar* m_messages;
    ScheduleForm* m_schedule;
    RulesForm* m_rules;
    widgets::Label* m_stopChips;
    widgets::Label* m_rulesText;
    QStackedWidget* m_centre;
    PreviewPane* m_preview;
    QSplitter* m_panes;
    QWidget* m_stops = nullptr;
    QWidget* m_centrePane = nullptr;
    QWidget* m_previewPane = nullptr;
    bool m_narrow = false;        // form and preview do not fit side by side
    bool m_previewWanted = false; // narrow: in place of the form
    bool m_previewHidden = false; // wide: put away
};

} // namespace outrider::strategies
