// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>
#include <QTimer>
#include <QWidget>

namespace outrider::today {

// The note of the task at hand: one line that grows while it is written, saved while one types. Esc
// leaves it, Ctrl+Enter does the task's act; every other key is text.
class TaskNote : public QWidget {
    Q_OBJECT

public:
    explicit TaskNote(QWidget* parent = nullptr);

    void setKeyHint(const QString& keys);
    // Another task's: without a signal.
    void setText(const QString& text);
    QString text() const; // trimmed
    bool isWriting() const;
    void write(); // takes the focus

Q_SIGNALS:
    void paused(const QString& text); // typing stopped for a moment: time to save it
    void left();
    void submitted();

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    QSize sizeHint() const override;

private:
    void fit();
    QPlainTextEdit* m_edit;
    class QHBoxLayout* m_row;
    QTimer m_pause;
    QString m_keys;
};

} // namespace outrider::today
