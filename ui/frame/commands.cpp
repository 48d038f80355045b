// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/commands.h"

#include "ui/frame/preferences.h"
#include "ui/widgets/sheet.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QKeyEvent>
#include <QKeySequenceEdit>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>
#include <QWidget>

#include <algorithm>

namespace outrider::frame {

namespace {

constexpr const char* layerProperty = "outriderLayer";

QString preferenceKey(const QString& id) { return QStringLiteral("keys/") + id; }

QKeyCombination normalised(QKeyCombination combination) {
    const Qt::KeyboardModifiers modifiers = combination.keyboardModifiers() & ~(Qt::KeypadModifier | Qt::GroupSwitchModifier);
    const Qt::Key key = combination.key() == Qt::Key_Enter ? Qt::Key_Return : combination.key();
    return QKeyCombination(modifiers, key);
}

// With Ctrl, Alt or Meta, or a function key: never a letter one types.
bool isChord(QKeyCombination combination) {
    const auto modifiers = combination.keyboardModifiers();
    return (modifiers & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
           || (combination.key() >= Qt::Key_F1 && combination.key() <= Qt::Key_F35);
}

bool isPrintable(QKeyCombination combination) { return !isChord(combination) && combination.key() < Qt::Key_Escape; }

bool takesText(QWidget* widget) {
    if (const auto* line = qobject_cast<QLineEdit*>(widget))
        return !line->isReadOnly();
    if (const auto* plain = qobject_cast<QPlainTextEdit*>(widget))
        return !plain->isReadOnly();
    if (const auto* rich = qobject_cast<QTextEdit*>(widget))
        return !rich->isReadOnly();
    return qobject_cast<QAbstractSpinBox*>(widget) != nullptr;
}

bool canTakeBackTyping(QWidget* widget, bool again) {
    if (const auto* line = qobject_cast<QLineEdit*>(widget))
        return again ? line->isRedoAvailable() : line->isUndoAvailable();
    if (const auto* plain = qobject_cast<QPlainTextEdit*>(widget))
        return again ? plain->document()->isRedoAvailable() : plain->document()->isUndoAvailable();
    if (const auto* rich = qobject_cast<QTextEdit*>(widget))
        return again ? rich->document()->isRedoAvailable() : rich->document()->isUndoAvailable();
    return false;
}

// What a text field does with a chord by itself. Undo is the program's once there is no typing to take back.
bool isEditing(const QKeyEvent& event, QWidget* widget) {
    if (event.matches(QKeySequence::Undo))
        return canTakeBackTyping(widget, false);
    if (event.matches(QKeySequence::Redo))
        return canTakeBackTyping(widget, true);
    static constexpr QKeySequence::StandardKey keys[] = {QKeySequence::Copy,
                                                         QKeySequence::Cut,
                                                         QKeySequence::Paste,
                                                         QKeySequence::SelectAll,
                                                         QKeySequence::MoveToNextWord,
                                                         QKeySequence::MoveToPreviousWord,
                                                         QKeySequence::SelectNextWord,
                                                         QKeySequence::SelectPreviousWord,
                                                         QKeySequence::DeleteStartOfWord,
                                                         QKeySequence::DeleteEndOfWord,
                                                         QKeySequence::MoveToStartOfDocument,
                                                         QKeySequence::MoveToEndOfDocument,
                                                         QKeySequence::SelectStartOfDocument,
                                                         QKeySequence::SelectEndOfDocument};
    return std::ranges::any_of(keys, [&event](QKeySequence::StandardKey key) { return event.matches(key); });
}

QWidget* layerOf(QWidget* widget) {
    for (; widget; widget = widget->parentWidget()) {
        if (widget->property(layerProperty).toBool() || qobject_cast<widgets::Sheet*>(widget))
            return widget;
    }
    return nullptr;
}

// How far above `focus` the owner is; -1 when the focus is elsewhere.
int distance(const QWidget* owner, const QWidget* focus) {
    int steps = 0;
    for (const QWidget* widget = focus; widget; widget = widget->parentWidget(), ++steps) {
        if (widget == owner)
            return steps;
    }
    return -1;
}

// Whether what was typed begins the keys: -1 no, else how many keys are still to come.
int keysLeft(const QKeySequence& keys, const QList<QKeyCombination>& typed) {
    if (keys.isEmpty() || typed.size() > keys.count())
        return -1;
    for (int i = 0; i < typed.size(); ++i) {
        const QKeyCombination wanted = normalised(keys[uint(i)]);
        const QKeyCombination got = typed[i];
        // "?" is Shift and another key on most keyboards; a shifted letter is another letter.
        const QKeyCombination unshifted(got.keyboardModifiers() & ~Qt::ShiftModifier, got.key());
        const bool isLetter = got.key() >= Qt::Key_A && got.key() <= Qt::Key_Z;
        if (got != wanted && (isLetter || !isPrintable(got) || unshifted != wanted))
            return -1;
    }
    return keys.count() - int(typed.size());
}

} // namespace

Commands::Commands(QObject* parent) : QObject(parent) {
    if (qApp)
        qApp->installEventFilter(this);
}

void Commands::keepIn(Preferences& preferences) {
    m_preferences = &preferences;
    for (const Entry& entry : std::as_const(m_entries))
        applyKeys(entry);
}

QAction* Commands::add(QWidget* owner, const Command& command, std::function<void()> run) {
    auto* action = new QAction(command.text, owner);
    action->setObjectName(command.id);
    action->setAutoRepeat(false);
    connect(action, &QAction::triggered, owner, [run = std::move(run)]() { run(); });
    m_entries.erase(std::remove_if(m_entries.begin(), m_entries.end(), [](const Entry& entry) { return !entry.action; }),
                    m_entries.end());
    m_entries.append({command, owner, action});
    applyKeys(m_entries.last());
    Q_EMIT changed();
    return action;
}

QList<Commands::Entry> Commands::available() const {
    QList<Entry> entries;
    for (const Entry& entry : m_entries) {
        if (entry.owner && entry.action && entry.action->isEnabled() && entry.owner->isVisible())
            entries.append(entry);
    }
    // The owner of what acts everywhere holds all others.
    const auto belongsHere = [&entries](const Entry& entry) {
        return std::ranges::any_of(entries, [&entry](const Entry& other) { return other.owner->isAncestorOf(entry.owner); });
    };
    std::stable_partition(entries.begin(), entries.end(), belongsHere);
    return entries;
}

QList<Commands::Entry> Commands::all() const {
    QList<Entry> entries;
    for (const Entry& entry : m_entries) {
        if (entry.owner && entry.action)
            entries.append(entry);
    }
    return entries;
}

void Commands::setKeys(const QString& id, const QList<QKeySequence>& keys) {
    if (m_preferences)
        m_preferences->setText(preferenceKey(id), keys.isEmpty() ? QStringLiteral("none") : QKeySequence::listToString(keys));
    else
        m_own.insert(id, keys);
    for (const Entry& entry : std::as_const(m_entries)) {
        if (entry.command.id == id)
            applyKeys(entry);
    }
    Q_EMIT changed();
}

void Commands::resetKeys(const QString& id) {
    if (m_preferences)
        m_preferences->setText(preferenceKey(id), {});
    m_own.remove(id);
    for (const Entry& entry : std::as_const(m_entries)) {
        if (entry.command.id == id)
            applyKeys(entry);
    }
    Q_EMIT changed();
}

void Commands::setLayer(QWidget* widget) { widget->setProperty(layerProperty, true); }

std::optional<QList<QKeySequence>> Commands::ownKeys(const QString& id) const {
    if (const auto own = m_own.constFind(id); own != m_own.constEnd())
        return *own;
    const QString stored = m_preferences ? m_preferences->text(preferenceKey(id)) : QString();
    if (stored.isEmpty())
        return std::nullopt;
    return stored == QLatin1String("none") ? QList<QKeySequence>() : QKeySequence::listFromString(stored);
}

void Commands::applyKeys(const Entry& entry) {
    if (entry.action)
        entry.action->setShortcuts(ownKeys(entry.command.id).value_or(entry.command.keys));
}

Commands::Found Commands::find(const QKeyEvent& event, QWidget* focus, const QList<QKeyCombination>& typed) const {
    const bool inText = takesText(focus);
    const bool editing = inText && isEditing(event, focus);
    const bool letters = !m_preferences || m_preferences->singleKeys();
    const bool chord = isChord(typed.first());
    QWidget* const layer = layerOf(focus);
    Found best;
    int bestDistance = 0;
    for (const Entry& entry : m_entries) {
        if (!entry.owner || !entry.action || !entry.action->isEnabled() || !entry.owner->isVisible()
            || entry.owner->window() != focus->window())
            continue;
        if (layer && entry.owner != layer && !layer->isAncestorOf(entry.owner))
            continue;
        int away = distance(entry.owner, focus);
        if (away < 0 && focus->isWindow())
            away = 0; // nothing in particular has the focus
        if (!chord && (away < 0 || (isPrintable(typed.first()) && !letters)))
            continue;
        if (inText && entry.owner != focus && (!chord || editing))
            continue;
        if (away < 0)
            away = 1000;
        for (const QKeySequence& keys : entry.action->shortcuts()) {
            const int left = keysLeft(keys, typed);
            if (left < 0)
                continue;
            const Outcome outcome = left == 0 ? Outcome::Run : Outcome::Partial;
            if (best.outcome == Outcome::None || away < bestDistance || (away == bestDistance && outcome > best.outcome)) {
                best = {outcome, entry.action};
                bestDistance = away;
            }
        }
    }
    return best;
}

bool Commands::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn)
        m_pending.clear();
    if ((event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride) || !watched->isWidgetType())
        return false;
    auto* focus = static_cast<QWidget*>(watched);
    // What a widget leaves alone is offered to those it lies in; it was looked up at the first.
    if (QApplication::focusWidget() && QApplication::focusWidget() != focus)
        return false;
    if (qobject_cast<QKeySequenceEdit*>(focus)) // it records keys
        return false;
    const auto& key = *static_cast<QKeyEvent*>(event);
    if (key.key() == 0 || key.key() == Qt::Key_unknown || (key.key() >= Qt::Key_Shift && key.key() <= Qt::Key_ScrollLock)
        || key.key() == Qt::Key_AltGr)
        return false;
    const QKeyCombination combination = normalised(key.keyCombination());
    QList<QKeyCombination> typed = m_pending;
    typed.append(combination);
    Found found = find(key, focus, typed);
    if (found.outcome == Outcome::None && !m_pending.isEmpty()) {
        typed = {combination};
        found = find(key, focus, typed);
    }
    if (event->type() == QEvent::ShortcutOverride) {
        if (found.outcome == Outcome::None)
            return false;
        event->accept();
        return true;
    }
    m_pending = found.outcome == Outcome::Partial ? typed : QList<QKeyCombination>();
    if (found.outcome == Outcome::None)
        return false;
    event->accept();
    // A held Enter must not send fifty messages.
    if (found.outcome == Outcome::Run && found.action && (!key.isAutoRepeat() || found.action->autoRepeat()))
        found.action->trigger();
    return true;
}

QString keyText(const QKeySequence& keys) {
    QString text = keys.toString(QKeySequence::NativeText);
    text.replace(QStringLiteral("Return"), QStringLiteral("Enter"));
    return text.replace(QStringLiteral(", "), QStringLiteral(" "));
}

QString keyText(const QAction* action) {
    return action && !action->shortcuts().isEmpty() ? keyText(action->shortcuts().first()) : QString();
}

} // namespace outrider::frame
