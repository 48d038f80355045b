// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/icons.h"

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QPointer>

#include <functional>

namespace outrider::frame {

// Every act of the program by name: the palette lists them, the key sheet shows them, buttons bind to
// them. A page adds its own with itself as owner: its keys act only while it has the focus, and single
// letters only while no text field has (WCAG 2.1.4); they can be changed or switched off in settings.
struct Command {
    QString id;    // "today.skip": stable, for remapping
    QString text;  // "Skip step"
    QString group; // "Task": heading in palette and key sheet
    theme::Icon icon = theme::Icon::None;
    QList<QKeySequence> keys; // the first is shown
    QString keywords;         // more words it is found by
};

class Commands : public QObject {
    Q_OBJECT

public:
    explicit Commands(QObject* parent = nullptr);

    // `owner`: the widget whose focus makes the keys act (with its children); the window for global ones.
    QAction* add(QWidget* owner, const Command& command, std::function<void()> run);

    struct Entry {
        Command command;
        QPointer<QWidget> owner;
        QPointer<QAction> action;
    };
    // Those that can be run now: enabled, and their owner visible.
    QList<Entry> available() const;
    QList<Entry> all() const;

    // The person's own keys, by command id; an empty list switches its keys off.
    void setKeys(const QString& id, const QList<QKeySequence>& keys);

Q_SIGNALS:
    void changed();

private:
    QList<Entry> m_entries;
};

} // namespace outrider::frame
