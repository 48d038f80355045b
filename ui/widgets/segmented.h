// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/icons.h"

#include <QList>
#include <QWidget>

class QButtonGroup;
class QHBoxLayout;

namespace outrider::widgets {

// A switch between a few views: one frame, arrow keys move.
class Segmented : public QWidget {
    Q_OBJECT

public:
    Segmented(const QString& accessibleName, const QStringList& labels, QWidget* parent = nullptr);
    void setCurrent(int index); // without a signal
    int current() const { return m_current; }
    void setSegmentEnabled(int index, bool enabled, const QString& reason = {});

Q_SIGNALS:
    void chosen(int index);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QButtonGroup* m_group;
    int m_current = 0;
};

// Tabs: labels with an optional count; the current one underlined.
class TabBar : public QWidget {
    Q_OBJECT

public:
    struct Tab {
        QString id;
        QString label;
        QString count;        // may be empty
        bool changed = false; // amber dot
        theme::Icon icon = theme::Icon::None;
    };
    explicit TabBar(const QString& accessibleName, QWidget* parent = nullptr);
    void setTabs(const QList<Tab>& tabs);
    void setCurrent(const QString& id);
    QString current() const { return m_current; }
    // A widget at the right end.
    void addTrailing(QWidget* widget);

Q_SIGNALS:
    void chosen(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QHBoxLayout* m_tabs;
    QHBoxLayout* m_trailing;
    QList<Tab> m_items;
    QString m_current;
};

} // namespace outrider::widgets
