// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

namespace outrider::frame {

// The ring around the button that has the focus: 2 px of accent with 1 px of ground between, so it can
// lie outside the widget. One per top-level window; made once, it follows the focus by itself. Inputs,
// lists and cards show their focus themselves.
class FocusRing : public QWidget {
    Q_OBJECT

public:
    explicit FocusRing(QWidget* window);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void follow(QWidget* widget);
    void place();
    QPointer<QWidget> m_widget;
    QList<QPointer<QWidget>> m_watched; // the widget and what it lies in: any of them may move
};

} // namespace outrider::frame
