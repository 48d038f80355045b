// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/icons.h"

#include <QAction>
#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QPointer>

#include <functional>
#include <optional>

class QKeyEvent;

namespace outrider::frame {

class Preferences;

// Every act of the program by name: the palette lists them, the key sheet shows them, buttons bind to
// them. A page adds its own with itself as owner: its keys act only while it has the focus, and single
// letters only while no text field has (WCAG 2.1.4); they can be changed or switched off in settings.
// Keys with Ctrl, Alt or Meta, and function keys, act wherever the focus is while their owner is visible.
// Of several owners with the same key the one nearest to the focus wins.
struct Command {
    QString id;    // "today.skip": stable, for remapping
    QString text;  // "Skip step"
    QString group; // "Task": heading in palette and key sheet
    theme::Icon icon = theme::Icon::None;
    QList<QKeySequence> keys; // the first is shown
    QString keywords;         // more words it is found by
};

// Keys are looked up here and not by Qt's shortcut map, which knows neither of the rules above. An
// action's shortcuts are the keys in force, for showing them; it repeats with a held key only after
// setAutoRepeat(true).
class Commands : public QObject {
    Q_OBJECT

public:
    explicit Commands(QObject* parent = nullptr);

    // Where the person's own keys are kept, and whether single letters act; it outlives this.
    void keepIn(Preferences& preferences);

    // `owner`: the widget whose focus makes the keys act (with its children); the window for global ones.
    // The action lives as long as the owner.
    QAction* add(QWidget* owner, const Command& command, std::function<void()> run);

    struct Entry {
        Command command;
        QPointer<QWidget> owner;
        QPointer<QAction> action;
    };
    // Those that can be run now: enabled, and their owner visible. What belongs to the page in view comes
    // before what acts everywhere.
    QList<Entry> available() const;
    QList<Entry> all() const;

    // The person's own keys, by command id; an empty list switches its keys off. resetKeys: the usual ones.
    void setKeys(const QString& id, const QList<QKeySequence>& keys);
    void resetKeys(const QString& id);

    // While the focus is inside a layer (the palette; every widgets::Sheet is one), only commands owned
    // inside it act.
    static void setLayer(QWidget* widget);

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Outcome { None, Partial, Run };
    struct Found {
        Outcome outcome = Outcome::None;
        QPointer<QAction> action;
    };
    Found find(const QKeyEvent& event, QWidget* focus, const QList<QKeyCombination>& typed) const;
    void applyKeys(const Entry& entry);
    std::optional<QList<QKeySequence>> ownKeys(const QString& id) const;

    QList<Entry> m_entries;
    QHash<QString, QList<QKeySequence>> m_own; // without preferences
    QList<QKeyCombination> m_pending;          // the first keys of "S, 3"
    Preferences* m_preferences = nullptr;
};

// "Ctrl+P", "Enter", "S 3": as a key cap says it.
QString keyText(const QKeySequence& keys);
// Of the action's first key; empty without one.
QString keyText(const QAction* action);

} // namespace outrider::frame
