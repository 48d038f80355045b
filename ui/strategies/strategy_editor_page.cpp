// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/strategy_editor_page.h"

#include "core/base/deliver.h"
#include "core/domain/field.h"
#include "core/services/writing_service.h"
#include "ui/paint/domain_looks.h"
#include "ui/strategies/enrol_sheet.h"
#include "ui/strategies/lead_chooser.h"
#include "ui/strategies/lint_list.h"
#include "ui/strategies/message_bar.h"
#include "ui/strategies/preview_pane.h"
#include "ui/strategies/publish_sheet.h"
#include "ui/strategies/rules_form.h"
#include "ui/strategies/schedule_form.h"
#include "ui/strategies/step_form.h"
#include "ui/strategies/step_list.h"
#include "ui/strategies/step_words.h"
#include "ui/strategies/strategy_list_model.h"
#include "ui/strategies/variant_bar.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"
#include "ui/widgets/popup.h"
#include "ui/widgets/sheet.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QSplitter>
#include <QStackedWidget>

namespace outrider::strategies {

using widgets::Button;
using widgets::Ink;
using widgets::Label;

namespace {

constexpr int roomyWidth = 1000; // beyond it the preview gets a larger share
constexpr int formLines = 23;    // the form's least width, in heights of a line: it grows with the font

} // namespace

StrategyEditorPage::StrategyEditorPage(const frame::Context& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_toolbar(new widgets::Toolbar),
      m_state(new widgets::ChipLabel),
      m_numbers(new Label(theme::TextStyle::Body, Ink::Muted)),
      m_unsaved(new QWidget),
      m_unsavedText(new Label(theme::TextStyle::Meta, Ink::Muted, tr("Not published yet"))),
      m_publish(new Button(Button::Kind::Primary, tr("Publish…"))),
      m_enrol(new Button(Button::Kind::Secondary, tr("Enrol leads…"))),
      m_simulate(new Button(Button::Kind::Secondary, tr("Simulate"))),
      m_release(new Button(Button::Kind::Secondary, tr("Let all begin"))),
      m_addStep(new Button(Button::Kind::Ghost, tr("Add step"))),
      m_scheduleButton(new Button(Button::Kind::Ghost, tr("Days and hours"))),
      m_rulesButton(new Button(Button::Kind::Ghost, tr("Rules"))),
      m_steps(new StepList(m_draft)),
      m_scheduleText(new Label(theme::TextStyle::Meta, Ink::Muted)),
      m_form(new StepForm(m_draft)),
      m_messages(new MessageBar(context)),
      m_schedule(new ScheduleForm(m_draft)),
      m_rules(new RulesForm(m_draft)),
      m_stopChips(new Label(theme::TextStyle::Body)),
      m_rulesText(new Label(theme::TextStyle::Meta, Ink::Muted)),
      m_centre(new QStackedWidget),
      m_preview(new PreviewPane(context, m_draft)),
      m_panes(new QSplitter) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = widgets::column(this, 0);
    column->addWidget(m_toolbar);
    column->addWidget(m_panes, 1);
    m_centre->addWidget(m_form);
    m_form->layout()->addWidget(m_messages);
    m_messages->takeDrops(m_form->body()->viewport());
    m_centre->addWidget(m_schedule);
    m_centre->addWidget(m_rules);

    auto* right = new widgets::Area(widgets::Area::Ground::Surface);
    widgets::column(right, 0)->addWidget(m_preview);
    auto* centre = new widgets::Area(widgets::Area::Ground::Surface);
    widgets::column(centre, 0)->addWidget(m_centre);
    m_panes->addWidget(buildSteps());
    m_panes->addWidget(centre);
    m_panes->addWidget(right);
    m_centrePane = centre;
    m_previewPane = right;
    m_panes->setHandleWidth(t.size.hairline);
    m_panes->setChildrenCollapsible(false);
    m_panes->setStretchFactor(1, 1);
    buildToolbar();
    addCommands();

    connect(m_steps, &StepList::currentChangedTo, this, &StrategyEditorPage::showStep);
    connect(m_preview, &PreviewPane::missingChanged, m_form, &StepForm::setMissing);
    connect(m_preview, &PreviewPane::checked, m_steps, &StepList::setWarnings);
    connect(m_preview, &PreviewPane::stepAsked, this, [this](int step) {
        m_steps->setCurrent(step);
        m_form->focusText();
    });
    connect(m_preview->lint(), &LintList::placeAsked, this, [this](int step, int variant, bool subject, int start, int length) {
        if (step < 0)
            return;
        m_steps->setCurrent(step);
        TemplateEdit* text = subject ? m_form->subject() : m_form->body();
        text->setFocus(Qt::ShortcutFocusReason);
        if (variant == 0)
            text->select(start, length);
    });
    connect(m_preview, &PreviewPane::chooseAsked, this, &StrategyEditorPage::chooseLead);
    connect(m_form->variants(), &VariantBar::chosen, m_preview, &PreviewPane::showText);
    connect(m_rules, &RulesForm::contactRulesEdited, this, &StrategyEditorPage::saveContactRules);
    connect(m_schedule, &ScheduleForm::nameEdited, this, &StrategyEditorPage::rename);
    connect(m_schedule, &ScheduleForm::mailboxChosen, this, &StrategyEditorPage::saveMailbox);
    connect(&m_draft, &StrategyDraft::changed, this, [this] {
        const int step = m_form->position();
        m_messages->showStep(step >= 0 && step < m_draft.stepCount() ? &m_draft.step(step) : nullptr);
        updateHead();
        updateSchedule();
        updateRules();
    });
    connect(&context.workspace, &Workspace::changed, this, &StrategyEditorPage::workspaceChanged);
    connect(m_toolbar, &widgets::Toolbar::backClicked, this, [this] {
        if (mayLeave())
            m_context.go.go(frame::Navigator::Place::Strategies);
    });
}

void StrategyEditorPage::buildToolbar() {
    const theme::Tokens& t = theme::tokens(this);
    m_toolbar->setBack(tr("Strategies"));
    m_toolbar->addLeft(m_state);
    m_numbers->setEliding(true);
    m_toolbar->addLeft(m_numbers);
    auto* row = widgets::row(m_unsaved, t.space.xs);
    row->addWidget(new widgets::IconLabel(theme::Icon::CircleDot, Ink::Warn, t.size.iconCheck));
    row->addWidget(m_unsavedText);
    m_unsaved->hide();
    m_toolbar->addRight(m_unsaved);
    m_toolbar->addRight(m_release);
    m_toolbar->addRight(m_simulate);
    m_toolbar->addRight(m_enrol);
    m_toolbar->addRight(m_publish);
}

QWidget* StrategyEditorPage::buildSteps() {
    const theme::Tokens& t = theme::tokens(this);
    auto* pane = new widgets::Area(widgets::Area::Ground::Surface);
    auto* column = widgets::column(pane, 0);
    auto* head = new QWidget;
    head->setMinimumHeight(t.size.toolbar);
    auto* row = widgets::row(head, t.space.s, {t.space.l, 0, t.space.s, 0});
    row->addWidget(new Label(theme::TextStyle::Section, Ink::Text, tr("Steps")));
    row->addStretch(1);
    m_addStep->setGlyph(theme::Icon::Plus);
    row->addWidget(m_addStep);
    column->addWidget(head);
    column->addWidget(m_steps, 1);

    column->addWidget(new widgets::Line);
    auto* schedule = new widgets::Section(tr("Schedule"));
    m_scheduleButton->setSize(Button::Size::Small);
    schedule->setTrailing(m_scheduleButton);
    m_scheduleText->setWordWrap(true);
    schedule->body()->addWidget(m_scheduleText);
    column->addWidget(schedule);

    m_stops = new QWidget;
    auto* below = widgets::column(m_stops, 0);
    below->addWidget(new widgets::Line);
    auto* stops = new widgets::Section(tr("Stops when"));
    m_rulesButton->setSize(Button::Size::Small);
    stops->setTrailing(m_rulesButton);
    for (Label* label : {m_stopChips, m_rulesText}) {
        label->setWordWrap(true);
        stops->body()->addWidget(label);
    }
    below->addWidget(stops);
    column->addWidget(m_stops);
    return pane;
}

void StrategyEditorPage::openStrategy(StrategyId id) {
    if (m_draft.isChanged()) {
        if (id != m_summary.strategy.id)
            askToLeave([this, id] { openStrategy(id); });
        return; // still being edited
    }
    m_summary = {};
    m_summary.strategy.id = id;
    m_draft.reset({}, true);
    showSchedule(false);
    read();
}

void StrategyEditorPage::openNew() {
    if (m_draft.isChanged()) {
        askToLeave([this] { openNew(); });
        return;
    }
    m_summary = {};
    ++m_generation;
    StrategyVersion version;
    version.steps.push_back({.channel = Channel::Email});
    m_draft.reset(version, false);
    m_steps->setCounts({});
    m_steps->setCurrent(0);
    showSchedule(false);
    updateHead();
    m_preview->setStrategy({}, false);
    m_preview->lint()->setStrategy({});
    m_messages->setStrategy({});
    readOutcome();
    readChoices();
    deliver(m_context.workspace.settings().hours(), this, [this, generation = m_generation](Result<Window> hours) {
        if (generation == m_generation && hours && !m_draft.isChanged()) {
            StrategyVersion usual = m_draft.version();
            usual.window = *hours;
            m_draft.reset(usual, false);
        }
    });
}

QString StrategyEditorPage::pageTitle() const {
    return m_summary.strategy.name.empty() ? tr("New strategy") : text::toQt(m_summary.strategy.name);
}

void StrategyEditorPage::enter() {
    if (m_stale && m_summary.strategy.id)
        read();
    m_preview->refresh();
    if (!m_summary.strategy.id)
        m_form->focusSubject();
    else
        m_steps->setFocus(Qt::OtherFocusReason);
}

bool StrategyEditorPage::mayLeave() {
    if (!m_draft.isChanged())
        return true;
    askToLeave([this] { m_context.go.go(frame::Navigator::Place::Strategies); });
    return false;
}

bool StrategyEditorPage::hasUnsaved() const { return m_draft.isChanged(); }

bool StrategyEditorPage::stepBack() {
    if (m_centre->currentWidget() == m_schedule) {
        showSchedule(false);
        m_steps->setFocus(Qt::OtherFocusReason);
        return true;
    }
    if (m_form->isAncestorOf(focusWidget()) && focusWidget() != nullptr) {
        m_steps->setFocus(Qt::OtherFocusReason);
        return true;
    }
    return !mayLeave();
}

bool StrategyEditorPage::showsUnsaved() const { return !m_unsaved->isHidden(); }

void StrategyEditorPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    arrange();
}

// What has no room gives way: what the strategy stops for, then the preview, which F4 brings in place of the form.
void StrategyEditorPage::arrange() {
    const theme::Tokens& t = theme::tokens(this);
    m_stops->setVisible(height() >= t.size.rail * 3);
    const int steps = std::clamp(width() * 23 / 100, t.size.rail + t.space.xl, t.size.detailPaneMin);
    const int share = width() * 29 / 100 + std::max(0, width() - roomyWidth) / 8;
    const int preview = std::clamp(share, t.size.rail + t.space.xxl, t.size.detailPane);
    m_narrow = width() - steps - preview < formLines * t.lineHeight(theme::TextStyle::Body);
    m_centrePane->setVisible(!m_narrow || !m_previewWanted);
    m_previewPane->setVisible(m_narrow ? m_previewWanted : !m_previewHidden);
    if (m_narrow)
        m_panes->setSizes({steps, width() - steps, width() - steps});
    else
        m_panes->setSizes({steps, width() - steps - preview, preview});
}

void StrategyEditorPage::togglePreview() {
    (m_narrow ? m_previewWanted : m_previewHidden) ^= true;
    arrange();
    m_preview->refresh();
}

void StrategyEditorPage::workspaceChanged(const ChangeSet& changes) {
    const bool ours =
        changes.touches(EntityKind::Strategy, m_summary.strategy.id.value) || changes.touches(EntityKind::Enrolment);
    if (isVisible() && changes.touches(EntityKind::Action)) { // an undo brings files and form back
        m_messages->refresh();
        m_preview->lint()->refresh();
    }
    if (!m_summary.strategy.id || !ours) {
        if (isVisible() && (changes.touches(EntityKind::Lead) || changes.touches(EntityKind::Mailbox)))
            m_preview->refresh();
        return;
    }
    if (isVisible())
        read();
    else
        m_stale = true;
}

void StrategyEditorPage::read() {
    m_stale = false;
    const int generation = ++m_generation;
    deliver(m_context.workspace.strategies().detail(m_summary.strategy.id), this,
            [this, generation](Result<StrategyDetail> detail) {
                if (generation != m_generation)
                    return;
                if (!detail) {
                    m_context.tell.failed(detail.error(), tr("The strategy cannot be shown."));
                    return;
                }
                showDetail(std::move(*detail), m_draft.isChanged());
            });
    readChoices();
}

void StrategyEditorPage::showDetail(StrategyDetail detail, bool keepDraft) {
    const bool another = m_summary.strategy.name != detail.summary.strategy.name || m_summary.versionNumber == 0
                         || (m_summary.running > 0) != (detail.summary.running > 0);
    m_summary = detail.summary;
    if (!keepDraft && detail.version != m_draft.original()) {
        const int before = m_steps->current();
        m_draft.reset(std::move(detail.version), true);
        m_steps->setCurrent(std::clamp(before, 0, std::max(0, m_draft.stepCount() - 1)));
        showStep(m_steps->current());
    }
    m_steps->setCounts(std::move(detail.steps));
    m_schedule->setName(pageTitle());
    updateHead();
    updateSchedule();
    if (another)
        m_preview->setStrategy(text::toQt(m_summary.strategy.name), m_summary.running > 0);
    m_preview->lint()->setStrategy(m_summary.strategy.id);
    m_messages->setStrategy(m_summary.strategy.id);
    updateRules();
    readOutcome();
    Q_EMIT titleChanged();
}

void StrategyEditorPage::readChoices() {
    deliver(m_context.workspace.leads().statuses(), this, [this](Result<std::vector<Status>> statuses) {
        QList<std::pair<StatusId, QString>> open;
        for (const Status& one : statuses.value_or(std::vector<Status>())) {
            if (!one.isTerminal() && one.id != statuses::newLead)
                open.append({one.id, text::statusName(one)});
        }
        m_rules->setStatuses(open);
    });
    deliver(m_context.workspace.leads().customFields(), this, [this](Result<std::vector<LeadService::CustomField>> fields) {
        QList<Variable> custom;
        if (fields) {
            for (const auto& field : *fields)
                custom.append({text::toQt(std::string(customFieldPrefix) + field.key), text::toQt(field.name)});
        }
        deliver(m_context.workspace.writing().snippets(), this, [this, custom](Result<std::vector<Snippet>> snippets) {
            QList<Variable> variables = templateVariables(custom);
            if (snippets) {
                for (const Snippet& one : *snippets)
                    variables.append({QStringLiteral("> ") + text::toQt(one.name), tr("Snippet %1").arg(text::toQt(one.name))});
            }
            m_form->setVariables(variables);
        });
    });
    deliver(m_context.workspace.mailboxes().list(), this, [this](Result<std::vector<Mailbox>> mailboxes) {
        if (mailboxes)
            std::erase_if(*mailboxes, [](const Mailbox& one) { return isPhoneLine(one.account); });
        if (mailboxes)
            m_schedule->setMailboxes(*mailboxes, m_summary.strategy.mailbox);
    });
}

void StrategyEditorPage::updateHead() {
    const bool stored = bool(m_summary.strategy.id);
    m_toolbar->setTitle(pageTitle());
    m_state->setVisible(stored && m_summary.versionNumber > 0);
    m_state->setChip(stateChip(m_summary.strategy.state,
                               tr("%1, version %2").arg(stateName(m_summary.strategy.state)).arg(m_summary.versionNumber)));
    m_numbers->setText(stored
                           ? tr("%1 enrolled, %2").arg(QLocale().toString(qlonglong(m_summary.enrolled)), repliesText(m_summary))
                           : QString());
    m_unsaved->setVisible(m_draft.isChanged());
    m_undoAction->setEnabled(m_draft.canUndo());
    m_redoAction->setEnabled(m_draft.canRedo());
    m_publishAction->setText(stored ? tr("Publish version %1…").arg(m_summary.versionNumber + 1) : tr("Publish…"));
    m_publishAction->setEnabled((m_draft.isChanged() || !stored) && m_draft.stepCount() > 0);
    m_enrolAction->setEnabled(stored && m_summary.strategy.state == StrategyState::Active);
    m_pauseAction->setEnabled(stored);
    m_release->setVisible(m_held > 0);
    m_releaseAction->setEnabled(m_held > 0);
    m_releaseAction->setText(tr("Let %1 begin").arg(QLocale().toString(qlonglong(m_held))));
    m_pauseAction->setText(m_summary.strategy.state == StrategyState::Active ? tr("Pause the strategy")
                                                                             : tr("Resume the strategy"));
}

void StrategyEditorPage::updateSchedule() {
    const StrategyVersion& version = m_draft.version();
    const QString base =
        version.offsetBase == OffsetBase::Completion ? tr("Days count from the step before") : tr("Days count from the start");
    const QString days = version.businessDays ? tr("Monday to Friday") : tr("every day");
    m_scheduleText->setText(tr("%1, %2. %3, their time.").arg(base, days, widgets::hoursText(version.window)));
}

void StrategyEditorPage::showStep(int position) {
    m_form->showStep(position);
    m_preview->showStep(position);
    m_messages->showStep(position >= 0 && position < m_draft.stepCount() ? &m_draft.step(position) : nullptr);
    showSchedule(false);
}

void StrategyEditorPage::showSchedule(bool show) {
    m_centre->setCurrentWidget(show ? static_cast<QWidget*>(m_schedule) : m_form);
    if (show && m_previewWanted) {
        m_previewWanted = false;
        arrange();
    }
    if (show) {
        m_schedule->setName(m_summary.strategy.name.empty() ? QString() : pageTitle());
        m_schedule->setFocus(Qt::OtherFocusReason);
    }
}

void StrategyEditorPage::chooseChannel() {
    QList<widgets::Popup::Entry> entries;
    int number = 1;
    for (const Channel channel : channels)
        entries.append({.text = text::channelName(channel),
                        .icon = paint::channelIcon(channel),
                        .key = QString::number(number++),
                        .run = [this, channel] { addStep(channel); }});
    widgets::Popup::open(m_addStep, tr("Add step"), entries);
}

void StrategyEditorPage::addStep(Channel channel) {
    m_steps->setCurrent(m_draft.add(m_steps->current(), channel));
    showStep(m_steps->current());
    if (m_form->subject()->placeholderText().isEmpty())
        m_form->focusSubject();
    else
        m_form->focusText();
}

void StrategyEditorPage::publish() {
    if (m_sheet)
        return;
    auto* sheet = new PublishSheet(this, m_context, m_draft, m_summary);
    m_sheet = sheet;
    connect(sheet, &PublishSheet::published, this, [this](StrategyId id) {
        m_context.tell.done(
            m_summary.strategy.id
                ? tr("%1: version %2 is in force.").arg(text::isolated(pageTitle())).arg(m_summary.versionNumber + 1)
                : tr("The strategy is published."));
        m_summary.strategy.id = id;
        m_draft.reset(m_draft.version(), true); // nothing is unsaved from here on; the ids come with the answer
        read();
    });
    sheet->open(sheet->focusProxy());
}

void StrategyEditorPage::enrol() {
    if (m_sheet || !m_summary.strategy.id)
        return;
    auto* sheet = new EnrolSheet(this, m_context, m_summary.strategy.id, pageTitle());
    m_sheet = sheet;
    sheet->open(sheet->filterEdit());
}

void StrategyEditorPage::togglePaused() {
    StrategyService& strategies = m_context.workspace.strategies();
    const bool active = m_summary.strategy.state == StrategyState::Active;
    const QString name = text::isolated(pageTitle());
    deliver(active ? strategies.pause(m_summary.strategy.id) : strategies.resume(m_summary.strategy.id), this,
            [this, active, name](Result<> done) {
                if (done)
                    m_context.tell.done(active ? tr("%1 is paused.").arg(name) : tr("%1 goes on.").arg(name));
                else
                    m_context.tell.failed(done.error());
            });
}

void StrategyEditorPage::chooseLead() {
    if (m_sheet)
        return;
    auto* sheet = new LeadChooser(this, m_context);
    m_sheet = sheet;
    connect(sheet, &LeadChooser::chosen, m_preview, &PreviewPane::setLead);
    sheet->open(sheet->focusProxy());
}

void StrategyEditorPage::rename() {
    const QString name = m_schedule->name();
    if (name.isEmpty() || name == text::toQt(m_summary.strategy.name))
        return;
    if (!m_summary.strategy.id) {
        m_summary.strategy.name = name.toStdString();
        updateHead();
        Q_EMIT titleChanged();
        return;
    }
    deliver(m_context.workspace.strategies().rename(m_summary.strategy.id, name.toStdString()), this,
            [this, name](Result<> renamed) {
                if (renamed) {
                    m_context.tell.done(tr("The strategy is now called %1.").arg(text::isolated(name)));
                } else {
                    m_context.tell.failed(renamed.error(), tr("The strategy keeps its name."));
                    m_schedule->setName(pageTitle());
                }
            });
}

void StrategyEditorPage::saveMailbox(MailboxId mailbox) {
    m_summary.strategy.mailbox = mailbox;
    if (!m_summary.strategy.id)
        return;
    deliver(m_context.workspace.strategies().setMailbox(m_summary.strategy.id, mailbox), this, [this](Result<> set) {
        if (set)
            m_context.tell.done(tr("Another mailbox for %1.").arg(text::isolated(pageTitle())));
        else
            m_context.tell.failed(set.error());
    });
}

void StrategyEditorPage::discard() { m_draft.reset(m_draft.original(), true); }

void StrategyEditorPage::askToLeave(const std::function<void()>& then) {
    if (m_sheet)
        return;
    auto* sheet = new widgets::Sheet(this, tr("Edits not published"));
    m_sheet = sheet;
    auto* what = new Label(theme::TextStyle::Body, Ink::Text,
                           tr("%1 has edits that are in no version yet. Leaving drops them.").arg(text::isolated(pageTitle())));
    what->setWordWrap(true);
    sheet->body()->addWidget(what);
    auto* drop = sheet->addButton(Button::Kind::Danger, tr("Drop the edits"));
    sheet->addCancel(tr("Stay"));
    auto* publishNow = sheet->addButton(Button::Kind::Primary, tr("Publish…"));
    publishNow->setEnabled(m_draft.stepCount() > 0);
    connect(drop, &QAbstractButton::clicked, this, [this, sheet, then] {
        sheet->finish();
        m_sheet = nullptr;
        discard();
        then();
    });
    connect(publishNow, &QAbstractButton::clicked, this, [this, sheet] {
        sheet->finish();
        m_sheet = nullptr;
        publish();
    });
    sheet->open(publishNow);
}

} // namespace outrider::strategies
