// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace outrider::lead_view {

// One of two values of a field: chosen, not chosen, or the only one there is. Arrow keys go to its neighbours, Space and a
// click choose it.
class ChoiceCell : public QAbstractButton {
    Q_OBJECT

public:
    explicit ChoiceCell(const QString& value, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void moved(int right, int down);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
};

} // namespace outrider::lead_view
