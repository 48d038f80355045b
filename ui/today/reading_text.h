// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextEdit>

namespace outrider::today {

// A message as one reads it: 15/24, not wider than a reading column, what follows it muted. The same
// widget edits its body. While it is only read it never takes the focus, so that letters stay keys.
class ReadingText : public QTextEdit {
    Q_OBJECT

public:
    explicit ReadingText(QWidget* parent = nullptr);

    void setText(const QString& body, const QString& footer = {}, const QString& heading = {});
    void setEditing(bool editing); // the body alone is shown while editing
    bool isEditing() const { return m_editing; }
    QString body() const;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void escaped(); // while editing

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void fill();
    void fit();
    QString m_body;
    QString m_footer;
    QString m_heading;
    bool m_editing = false;
};

} // namespace outrider::today
