// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/leads/filter_completion.h"

#include <QWidget>

namespace outrider::leads {

// What the filter field offers, or what is wrong with what is written, below the field. A child of the
// window that never has the focus: the field keeps it, and tells the popup where the choice is.
class CompletionPopup : public QWidget {
    Q_OBJECT

public:
    explicit CompletionPopup(QWidget* field);

    // `x`: where the text being completed begins, in the field's coordinates.
    void showSuggestions(const QList<Suggestion>& suggestions, int x);
    void showError(const QString& sentence, int x);
    bool isOffering() const { return isVisible() && !m_suggestions.isEmpty(); }
    int current() const { return m_current; }
    void move(int by);

Q_SIGNALS:
    void taken(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place(int x);
    QRect panel() const; // without the shadow
    int headHeight() const;
    int rowAt(QPoint position) const;
    template <typename Fn>
    void forEachRow(Fn fn) const; // fn(index, rect of the heading or empty, rect of the row)

    QWidget* m_field;
    QList<Suggestion> m_suggestions;
    QString m_error;
    int m_current = 0;
    int m_x = 0;
};

} // namespace outrider::leads
