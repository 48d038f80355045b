// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/undo_control.h"

#include "core/base/deliver.h"
#include "ui/text/error_text.h"
#include "ui/text/history_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/sheet.h"

#include <QBoxLayout>

#include <algorithm>

namespace outrider::shell {

namespace {

constexpr std::chrono::milliseconds aMoment{400};

} // namespace

UndoControl::UndoControl(const frame::Context& context, QWidget* window) : QObject(window), m_context(context), m_window(window) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(aMoment);
}

ProgressPtr UndoControl::begin(const QString& what) {
    m_busy = true;
    auto progress = std::make_shared<Progress>();
    m_soon.disconnect();
    connect(&m_soon, &QTimer::timeout, this, [this, what, progress] { m_job = m_context.tell.startJob(what, progress); });
    m_soon.start();
    return progress;
}

void UndoControl::end() {
    m_busy = false;
    m_soon.stop();
    if (m_job >= 0)
        m_context.tell.endJob(m_job);
    m_job = -1;
}

void UndoControl::undo() { undo(std::nullopt); }

void UndoControl::undo(std::optional<UndoPolicy> policy) {
    if (m_busy)
        return;
    deliver(m_context.workspace.history().undo(policy, begin(tr("Taking back"))), this, [this](Result<UndoReport> report) {
        end();
        if (!report) {
            if (report.error().code == ErrorCode::UndoConflict)
                readConflicts(report.error());
            else if (report.error().code == ErrorCode::NothingToUndo)
                m_context.tell.info(text::sentence(report.error()));
            else if (report.error().code == ErrorCode::Cancelled)
                m_context.tell.info(
                    tr("Stopped half-way. Ctrl+Z goes on taking it back, Ctrl+Shift+Z brings back what was taken."));
            else
                m_context.tell.failed(report.error(), tr("Nothing was taken back."));
            return;
        }
        const QString act = text::actionText(report->undone.action);
        const auto kept = qint64(report->conflicts.size());
        Q_EMIT undone(
            kept == 0 ? tr("Taken back: %1").arg(act)
                      : tr("Taken back: %1. %2 changed since stay.").arg(act, text::counted(kept, tr("value"), tr("values"))));
    });
}

void UndoControl::redo() {
    if (m_busy)
        return;
    deliver(m_context.workspace.history().redo(std::nullopt, begin(tr("Doing again"))), this, [this](Result<UndoReport> report) {
        end();
        if (report)
            Q_EMIT redone(tr("Done again: %1").arg(text::actionText(report->undone.action)));
        else if (report.error().code == ErrorCode::NothingToRedo)
            m_context.tell.info(text::sentence(report.error()));
        else if (report.error().code == ErrorCode::Cancelled)
            m_context.tell.info(tr("Stopped half-way. Ctrl+Shift+Z goes on, Ctrl+Z takes back what was done."));
        else
            m_context.tell.failed(report.error(), tr("Nothing was done again."));
    });
}

// Nothing was taken back: what stands in the way is named before the question.
void UndoControl::readConflicts(const Error& error) {
    deliver(m_context.workspace.history().conflicts(), this, [this, error](Result<std::vector<UndoConflict>> conflicts) {
        askAboutConflict(error, conflicts.value_or(std::vector<UndoConflict>()));
    });
}

void UndoControl::askAboutConflict(const Error& error, const std::vector<UndoConflict>& conflicts) {
    using namespace widgets;
    auto* sheet = new Sheet(m_window, tr("Some of this was changed since"));
    auto* words =
        new Label(theme::TextStyle::Body, Ink::Muted,
                  tr("%1 Nothing was taken back so far. What was changed since can stay as it is, and the rest be taken "
                     "back.")
                      .arg(text::sentence(error)));
    words->setWordWrap(true);
    sheet->body()->addWidget(words);
    constexpr std::size_t shown = 6;
    const auto say = [sheet](const QString& line) {
        auto* label = new Label(theme::TextStyle::Body, Ink::Text, line);
        label->setWordWrap(true);
        sheet->body()->addWidget(label);
    };
    for (std::size_t i = 0; i < std::min(shown, conflicts.size()); ++i)
        say(text::conflictText(conflicts[i]));
    if (conflicts.size() > shown)
        say(tr("and %1").arg(text::counted(qint64(conflicts.size() - shown), tr("more"), tr("more"))));
    sheet->addCancel(tr("Leave all as it is"));
    Button* rest = sheet->addButton(Button::Kind::Primary, tr("Take back the rest"));
    connect(rest, &QAbstractButton::clicked, this, [this, sheet]() {
        sheet->finish();
        undo(UndoPolicy::KeepChanged);
    });
    sheet->open(rest);
}

} // namespace outrider::shell
