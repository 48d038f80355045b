// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/combo.h"

#include <QSignalBlocker>
#include <QWheelEvent>

namespace outrider::widgets {

Combo::Combo(const QString& accessibleName, QWidget* parent) : QComboBox(parent) {
    setAccessibleName(accessibleName);
    setFocusPolicy(Qt::StrongFocus); // not by the wheel
    setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(this, &QComboBox::activated, this, [this](int index) { Q_EMIT picked(itemData(index)); });
}

void Combo::addChoice(const QString& text, const QVariant& value) { addItem(text, value); }

void Combo::setValue(const QVariant& value) {
    const QSignalBlocker quiet(this);
    setCurrentIndex(findData(value));
}

void Combo::setFlat(bool flat) {
    setFrame(!flat);
    update();
}

void Combo::wheelEvent(QWheelEvent* event) {
    if (hasFocus())
        QComboBox::wheelEvent(event);
    else
        event->ignore();
}

NumberField::NumberField(const QString& accessibleName, int least, int most, QWidget* parent) : QSpinBox(parent) {
    setAccessibleName(accessibleName);
    setRange(least, most);
    setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    setFocusPolicy(Qt::StrongFocus);
}

void NumberField::wheelEvent(QWheelEvent* event) {
    if (hasFocus())
        QSpinBox::wheelEvent(event);
    else
        event->ignore();
}

} // namespace outrider::widgets
