// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/leads/filter_chips.h"
#include "ui/leads/filter_completion.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <optional>
#include <vector>

class QLineEdit;

namespace outrider::widgets {
class Button;
}

namespace outrider::leads {

class CompletionPopup;

// The filter of a list as one writes it: what is understood becomes chips, the rest is text with
// suggestions. Tab takes one, Enter applies, Esc closes; Left and Right walk the chips, Backspace takes
// the last. What cannot be read is said below, and the filter stays what it was.
class FilterField : public QWidget {
    Q_OBJECT

public:
    explicit FilterField(QWidget* parent = nullptr);

    void setVocabulary(Vocabulary words);
    // Shows another filter, without a signal.
    void setFilter(const Filter& filter);
    // The chips, and the text beside them when it can be read.
    Filter filter() const;
    const std::vector<FilterNode>& parts() const { return m_parts; }
    const Vocabulary& vocabulary() const { return m_words; }
    // How long the list took; shown at the right.
    void setTook(std::optional<qint64> millis);
    void focusText();
    // Esc: closes the suggestions, else empties the text. False when there was nothing to do.
    bool stepBack();

    QLineEdit* edit() const;
    QStringList chips() const; // as they read

    QSize sizeHint() const override;

Q_SIGNALS:
    void changed(); // the filter is another one
    void left();    // Esc with nothing to close, or Down without suggestions: on to the list

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    class Edit;

    bool onKey(class QKeyEvent* key);
    bool onChipKey(class QKeyEvent* key);
    void onText();
    void suggest();
    void take(int index);
    bool commitFinishedTerm();
    void apply();
    void tryPending();
    void insertParts(std::vector<FilterNode> parts);
    void removePart(int index);
    void editPart(int index);
    void walkTo(int index);
    void clearAll();
    void tell();
    void arrange();
    void showError(const Error& error);

    Vocabulary m_words;
    std::vector<FilterNode> m_parts;
    std::optional<FilterNode> m_pending; // what the text means, once it is surely no field's beginning
    int m_at = 0;                        // the text stands before this part
    int m_walk = -1;                     // the part the keys are on
    bool m_moved = false;                // a suggestion was chosen by hand
    bool m_wrong = false;
    Completion m_completion;
    Edit* m_edit;
    widgets::Button* m_clear;
    QPointer<CompletionPopup> m_popup;
    QTimer m_pause;
    QString m_took;
    std::string m_told; // the filter last signalled
    FilterChips m_chips;
};

} // namespace outrider::leads
