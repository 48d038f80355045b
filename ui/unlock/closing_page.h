// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace outrider::unlock {

// Shown while quitting waits for a workspace that is still closing. Empty at first, for that takes a moment as a
// rule; after a second it says what is waited for, and how to stay.
class ClosingPage : public QWidget {
    Q_OBJECT

public:
    explicit ClosingPage(const QString& workspace, QWidget* parent = nullptr);
    void say(); // before the second is over

Q_SIGNALS:
    void stayWanted();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* m_notice;
    QWidget* m_stay;
};

} // namespace outrider::unlock
