// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"

#include <QObject>
#include <QTimer>

#include <vector>

namespace outrider::shell {

// Ctrl+Z and Ctrl+Shift+Z. What was changed since is shown before anything is taken back, with the offer
// to take back the rest. What takes longer than a moment is a job in the status bar, to be watched and stopped.
class UndoControl : public QObject {
    Q_OBJECT

public:
    // `window`: what the question is asked over.
    UndoControl(const frame::Context& context, QWidget* window);

    void undo();
    void redo();

Q_SIGNALS:
    void undone(const QString& sentence); // "Taken back: skipped Ada Lovelace"
    void redone(const QString& sentence);

private:
    void undo(std::optional<UndoPolicy> policy);
    ProgressPtr begin(const QString& what);
    void end();
    void readConflicts(const Error& error);
    void askAboutConflict(const Error& error, const std::vector<UndoConflict>& conflicts);

    const frame::Context& m_context;
    QWidget* m_window;
    bool m_busy = false; // one at a time: a held Ctrl+Z counts once an answer
    QTimer m_soon;       // until it is shown
    int m_job = -1;
};

} // namespace outrider::shell
