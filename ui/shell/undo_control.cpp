// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/undo_control.h"

#include "core/base/deliver.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/sheet.h"

#include <QBoxLayout>

namespace outrider::shell {

UndoControl::UndoControl(const frame::Context& context, QWidget* window)
    : QObject(window),
      m_context(context),
      m_window(window) {}

void UndoControl::undo() { undo(std::nullopt); }

void UndoControl::undo(std::optional<UndoPolicy> policy) {
    if (m_busy)
        return;
    m_busy = true;
    deliver(m_context.workspace.history().undo(policy), this, [this](Result<UndoReport> report) {
        m_busy = false;
        if (!report) {
            if (report.error().code == ErrorCode::UndoConflict)
                askAboutConflict(report.error());
            else if (report.error().code == ErrorCode::NothingToUndo)
                m_context.tell.info(text::sentence(report.error()));
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
    m_busy = true;
    deliver(m_context.workspace.history().redo(), this, [this](Result<UndoReport> report) {
        m_busy = false;
        if (report)
            Q_EMIT redone(tr("Done again: %1").arg(text::actionText(report->undone.action)));
        else if (report.error().code == ErrorCode::NothingToRedo)
            m_context.tell.info(text::sentence(report.error()));
        else
            m_context.tell.failed(report.error(), tr("Nothing was done again."));
    });
}

void UndoControl::askAboutConflict(const Error& error) {
    using namespace widgets;
    auto* sheet = new Sheet(m_window, tr("Some of this was changed since"));
    auto* words =
        new Label(theme::TextStyle::Body, Ink::Muted,
                  tr("%1 Nothing was taken back so far. What was changed since can stay as it is, and the rest be taken "
                     "back.")
                      .arg(text::sentence(error)));
    words->setWordWrap(true);
    sheet->body()->addWidget(words);
    sheet->addCancel(tr("Leave all as it is"));
    Button* rest = sheet->addButton(Button::Kind::Primary, tr("Take back the rest"));
    connect(rest, &QAbstractButton::clicked, this, [this, sheet]() {
        sheet->finish();
        undo(UndoPolicy::KeepChanged);
    });
    sheet->open(rest);
}

} // namespace outrider::shell
