// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/idle_watch.h"

namespace outrider::desktop {

namespace {
constexpr int lookMs = 5'000;
}

IdleWatch::IdleWatch(const Clock& clock, QObject* parent) : QObject(parent), m_clock(clock) {
    m_timer.setInterval(lookMs);
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &IdleWatch::look);
}

void IdleWatch::start(int minutes) {
    m_minutes = minutes;
    used();
    if (minutes > 0)
        m_timer.start();
    else
        m_timer.stop();
}

void IdleWatch::used() { m_lastUse = m_clock.now(); }

bool IdleWatch::isOver() const { return m_minutes > 0 && m_clock.now() - m_lastUse >= std::chrono::minutes(m_minutes); }

void IdleWatch::look() {
    if (m_clock.now() < m_lastUse) // the clock was set back: begin anew rather than never end
        used();
    if (isOver())
        Q_EMIT over();
}

} // namespace outrider::desktop
