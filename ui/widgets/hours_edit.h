// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/strategy.h"

#include <QList>
#include <QWidget>

class QAbstractButton;
class QTimeEdit;

namespace outrider::widgets {

// A window of days and hours: seven day switches and two times. 00:00 as the end is the end of the day.
class HoursEdit : public QWidget {
    Q_OBJECT

public:
    explicit HoursEdit(const QString& accessibleName, QWidget* parent = nullptr);

    void setWindow(const Window& window); // without a signal
    Window hours() const;

Q_SIGNALS:
    void edited();

private:
    QList<QAbstractButton*> m_days; // Monday first
    QTimeEdit* m_from;
    QTimeEdit* m_to;
};

// "Mon to Fri, 08:00 to 17:00"; in a sentence: "Mon, Wed, 09:30 to 12:00".
QString hoursText(const Window& window);

} // namespace outrider::widgets
