// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

namespace outrider::imports {

// Where one is among a few steps: numbered dots with their names; those behind are ticked. Not clickable.
class StepLine : public QWidget {
    Q_OBJECT

public:
    explicit StepLine(const QStringList& names, QWidget* parent = nullptr);
    void setCurrent(int step); // 0-based
    void setCompact(bool on);  // only the current one has its name
    int fullWidth() const;     // with all names
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    bool isNamed(int step) const { return !m_compact || step == m_current; }
    int nameWidth(int step) const;
    int widthOf(bool compact) const;

    QStringList m_names;
    int m_current = 0;
    bool m_compact = false;
};

} // namespace outrider::imports
