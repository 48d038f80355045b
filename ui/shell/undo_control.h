// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"

#include <QObject>

namespace outrider::shell {

// Ctrl+Z and Ctrl+Shift+Z. What was changed since is shown before anything is taken back, with the offer
// to take back the rest.
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
    void askAboutConflict(const Error& error);

    const frame::Context& m_context;
    QWidget* m_window;
    bool m_busy = false; // one at a time: a held Ctrl+Z counts once an answer
};

} // namespace outrider::shell
