// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QSpinBox>
#include <QVariant>

namespace outrider::widgets {

// A choice of one among a few, each with a value of its own. The wheel turns it only while it has the
// focus, so that scrolling a form changes nothing.
class Combo : public QComboBox {
    Q_OBJECT

public:
    explicit Combo(const QString& accessibleName, QWidget* parent = nullptr);

    void addChoice(const QString& text, const QVariant& value);
    void setValue(const QVariant& value); // without picked()
    QVariant value() const { return currentData(); }
    // Plain text and a chevron; the frame only under the pointer or the focus: in tables.
    void setFlat(bool flat);

Q_SIGNALS:
    void picked(const QVariant& value); // by the person

protected:
    void wheelEvent(QWheelEvent* event) override;
};

// A number, right aligned; its unit stands outside.
class NumberField : public QSpinBox {
    Q_OBJECT

public:
    NumberField(const QString& accessibleName, int least, int most, QWidget* parent = nullptr);

protected:
    void wheelEvent(QWheelEvent* event) override;
};

} // namespace outrider::widgets
