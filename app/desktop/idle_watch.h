// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QObject>
#include <QTimer>

namespace outrider::desktop {

// How long nobody has used the program, by the clock on the wall: hours asleep count, which a timer alone
// would not see.
class IdleWatch : public QObject {
    Q_OBJECT

public:
    IdleWatch(const Clock& clock, QObject* parent);

    void start(int minutes); // 0: never over
    void stop() { start(0); }
    // The person did something.
    void used();
    bool isOver() const;
    int minutes() const { return m_minutes; }
    // What its timer does, every few seconds.
    void look();

Q_SIGNALS:
    void over(); // again with every look, until used() or stop()

private:
    const Clock& m_clock;
    QTimer m_timer;
    Instant m_lastUse{};
    int m_minutes = 0;
};

} // namespace outrider::desktop
