// SPDX-License-Identifier: GPL-3.0-or-later
// What is done with the task at hand, and how it is taken back.
#include "ui/today/process_page.h"

#include "core/base/deliver.h"
#include "ui/lead_view/moment_menu.h"
#include "ui/paint/domain_looks.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/today/call_card.h"
#include "ui/today/mail_card.h"
#include "ui/today/process_bar.h"
#include "ui/today/task_note.h"
#include "ui/today/task_reader.h"
#include "ui/today/task_words.h"
#include "ui/today/touch_card.h"
#include "ui/widgets/popup.h"

#include <algorithm>

namespace outrider::today {

using text::isolated;
using text::toQt;
using theme::Icon;
using widgets::Button;

void ProcessPage::primary() {
    const TaskDetail* task = detail();
    if (current() == nullptr || task == nullptr)
        return; // nothing is sent that was not shown
    const Problem& problem = card()->problem();
    const bool written = card() == m_mail && (m_mail->editedSubject() || m_mail->editedBody()) && task->draft
                         && task->draft->problem && task->draft->problem->code == ErrorCode::MissingVariable;
    if (!problem.sentence.isEmpty() && problem.blocks && !written) {
        card()->showWayOut();
        return;
    }
    if (card() == m_call && !m_call->isRunning()) {
        m_call->startCall();
        return;
    }
    if (card() == m_touch && m_touch->isToBeOpened()) {
        m_touch->openTarget();
        return;
    }
    complete(Disposition::None);
}

void ProcessPage::complete(Disposition disposition) {
    if (current() == nullptr || detail() == nullptr)
        return;
    const QueueItem item = *current();
    TaskCompletion completion{.disposition = disposition, .note = m_note->text().toStdString()};
    if (card() == m_call)
        completion.durationSeconds = m_call->seconds();
    if (card() == m_mail && disposition == Disposition::None) {
        completion.subject = m_mail->editedSubject();
        completion.body = m_mail->editedBody();
    }
    const Deed deed = take();
    deliver(m_context.workspace.queue().complete(item.task, std::move(completion)), this,
            [this, deed, item, disposition](Result<TaskOutcome> outcome) {
                if (!outcome) {
                    failed(deed, outcome.error(), tr("%1 is still to be done.").arg(isolated(toQt(item.leadName))));
                    return;
                }
                if (outcome->leavesAt)
                    m_context.tell.sending(toQt(item.leadName), *outcome->leavesAt);
                else
                    m_context.tell.done(doneText(item, disposition, *outcome, m_context.dates()), true,
                                        paint::channelIcon(item.channel));
                stored(deed, outcome->action);
            });
}

void ProcessPage::skip() {
    if (current() == nullptr)
        return;
    const QueueItem item = *current();
    const std::string note = m_note->text().toStdString();
    const Deed deed = take();
    deliver(m_context.workspace.queue().skip(item.task, note), this, [this, deed, item](Result<TaskOutcome> outcome) {
        if (!outcome) {
            failed(deed, outcome.error(), tr("The step was not skipped."));
            return;
        }
        m_context.tell.done(skippedText(item, *outcome, m_context.dates()), true, Icon::Skip);
        stored(deed, outcome->action);
    });
}

void ProcessPage::snooze() {
    if (current() == nullptr)
        return;
    QWidget* anchor = m_snooze->isVisible() ? m_snooze : m_actionBar->primary();
    lead_view::askMoment(anchor, m_context, tr("Snooze until"), lead_view::soonMoments(m_context),
                         [this, item = *current()](Instant until) { snoozeUntil(item, until); });
}

void ProcessPage::snoozeUntil(QueueItem item, Instant until) {
    if (current() == nullptr || current()->task != item.task)
        return;
    flushNote();
    const Deed deed = take();
    deliver(m_context.workspace.queue().snooze(item.task, until), this, [this, deed, item, until](Result<> result) {
        if (!result) {
            failed(deed, result.error(), tr("The task was not snoozed."));
            return;
        }
        m_context.tell.done(snoozedText(item, until, m_context.dates()), true, Icon::Clock);
        stored(deed, {});
    });
}

void ProcessPage::doNotContact() {
    if (current() == nullptr)
        return;
    const QueueItem item = *current();
    flushNote();
    const Deed deed = take();
    deliver(m_context.workspace.leads().doNotContact(item.lead), this, [this, deed, item](Result<> result) {
        if (!result) {
            failed(deed, result.error(), tr("Nothing was changed."));
            return;
        }
        m_context.tell.done(notContactedText(item), true, Icon::Ban);
        stored(deed, {});
    });
}

ProcessPage::Deed ProcessPage::take() {
    Deed deed{.task = m_shown, .action = {}, .note = m_note->text(), .subject = {}, .body = {}};
    if (card() == m_mail) {
        deed.subject = m_mail->editedSubject();
        deed.body = m_mail->editedBody();
    }
    ++m_writes;
    ++m_writeCount;
    ++m_doneHere;
    m_banner->hide();
    m_back.erase(deed.task);
    m_session.close(deed.task);
    next();
    return deed;
}

void ProcessPage::stored(const Deed& deed, ActionId action) {
    --m_writes;
    m_deeds.push_back(deed);
    if (action)
        m_deeds.back().action = action;
    m_soon.start();
    finishWhenStored();
}

void ProcessPage::failed(const Deed& deed, const Error& error, const QString& what) {
    --m_writes;
    bringBack(deed);
    m_banner->show(widgets::Banner::Tone::Bad, tr("%1 %2").arg(what, text::sentence(error)));
    m_soon.start();
}

void ProcessPage::bringBack(const Deed& deed) {
    if (current() != nullptr)
        flushNote(); // of the one that was being looked at
    m_doneHere = std::max(0, m_doneHere - 1);
    m_finishing = false;
    m_back[deed.task] = deed;
    m_reader->forget(deed.task); // it may have changed
    m_session.bringBack(deed.task);
    showCurrent();
}

void ProcessPage::next() {
    if (m_session.advance()) {
        showCurrent();
        return;
    }
    m_finishing = true;
    showProgress();
    m_note->setText({});
    finishWhenStored();
}

void ProcessPage::finishWhenStored() {
    if (m_finishing && m_writes == 0) {
        m_finishing = false;
        m_context.go.go(frame::Navigator::Place::Today);
    }
}

void ProcessPage::undo() {
    ++m_writes;
    ++m_writeCount;
    deliver(m_context.workspace.history().undo(), this, [this](Result<UndoReport> report) {
        --m_writes;
        if (!report && report.error().code == ErrorCode::UndoConflict) {
            for (const auto& entry : m_context.commands.all()) { // the window asks what to do about it
                if (entry.command.id == QLatin1String("app.undo"))
                    entry.action->trigger();
            }
            return;
        }
        if (!report) {
            m_context.tell.failed(report.error(), tr("Nothing was taken back"));
            finishWhenStored();
            return;
        }
        m_context.tell.info(tr("Taken back: %1").arg(text::actionText(report->undone.action)));
        auto deed =
            std::find_if(m_deeds.rbegin(), m_deeds.rend(), [&](const Deed& each) { return each.action == report->undone.id; });
        const std::string& name = report->undone.action.name;
        if (deed == m_deeds.rend() && !m_deeds.empty() && !m_deeds.back().action
            && (name == "task.snooze" || name == "lead.do_not_contact"))
            deed = m_deeds.rbegin();
        if (deed != m_deeds.rend()) {
            const Deed back = *deed;
            m_deeds.erase(std::next(deed).base());
            bringBack(back);
        }
        m_soon.start();
    });
}

void ProcessPage::edit() {
    if (card() == m_mail && detail() != nullptr)
        m_mail->setEditing(true);
}

void ProcessPage::move(int direction) {
    if (current() == nullptr)
        return;
    flushNote();
    if (m_session.step(direction))
        showCurrent();
}

void ProcessPage::flushNote() {
    const auto* entry = m_session.current();
    const QString note = m_note->text();
    if (note.isEmpty() || entry == nullptr || entry->item.task != m_shown)
        return;
    const LeadId lead = entry->item.lead;
    const TaskId task = m_shown;
    m_note->setText({});
    m_back.erase(task);
    ++m_writeCount;
    deliver(m_context.workspace.leads().addNote(lead, note.toStdString()), this, [this, task, note](Result<ActivityId> added) {
        if (!added) {
            m_back[task].note = note; // there again when one comes back to it
            m_context.tell.failed(added.error(), tr("The note was not saved; it is kept with its task"));
            return;
        }
        deliver(m_context.workspace.queue().keepNote(task, {}), this, [](Result<>) {});
    });
}

void ProcessPage::fillIn(const QString& field, const QString& value) {
    if (current() == nullptr)
        return;
    const TaskId task = m_shown;
    deliver(m_context.workspace.leads().edit(current()->lead, {{field.toStdString(), value.toStdString()}}), this,
            [this, task, field](Result<> result) {
                if (!result) {
                    m_context.tell.failed(result.error(), tr("%1 was not saved").arg(text::fieldName(field.toStdString())));
                    return;
                }
                if (task != m_shown)
                    return;
                card()->setFocus();
                m_reader->readAgain(task);
            });
}

void ProcessPage::takeWayOut(Problem::Way way) {
    switch (way) {
    case Problem::Way::None:
    case Problem::Way::FillIn:
        break;
    case Problem::Way::EditText:
        edit();
        break;
    case Problem::Way::AddMailbox:
        m_context.go.openMailbox();
        break;
    case Problem::Way::OpenStrategy:
        if (current() != nullptr)
            m_context.go.openStrategy(current()->strategy);
        break;
    }
}

void ProcessPage::askOutcome() {
    QList<widgets::Popup::Entry> entries;
    for (QAction* action : std::as_const(m_outcomes))
        entries.append({.text = action->text(), .hint = {}, .icon = Icon::None, .key = frame::keyText(action), .run = [action] {
                            action->trigger();
                        }});
    widgets::Popup::open(m_outcome, tr("Outcome"), entries);
}

} // namespace outrider::today
