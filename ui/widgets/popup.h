// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/icons.h"

#include <QList>
#include <QPointer>
#include <QWidget>

#include <functional>

class QListView;
class QStandardItemModel;

namespace outrider::widgets {

// A popup list inside the window (a child, not a top level: so it is one on Wayland too): headings,
// rows with icon, text and a hint at the right. Up, Down, Enter, Esc, and each row's own key.
class Popup : public QWidget {
    Q_OBJECT

public:
    struct Entry {
        QString text;
        QString hint; // muted, right: a time, a count, a key
        theme::Icon icon = theme::Icon::None;
        QString key; // a single key that chooses it: "1"
        bool heading = false;
        bool enabled = true;
        bool checked = false;
        std::function<void()> run;
    };

    // Shows below (or above) `anchor`; closes itself when something is chosen, on Esc, or when focus leaves.
    static Popup* open(QWidget* anchor, const QString& accessibleName, const QList<Entry>& entries, int width = 0);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    explicit Popup(QWidget* window, const QString& accessibleName, const QList<Entry>& entries);
    void choose(int row);
    void finish();
    QListView* m_list;
    QStandardItemModel* m_model;
    QList<Entry> m_entries;
    QPointer<QWidget> m_returnFocus;
};

} // namespace outrider::widgets
