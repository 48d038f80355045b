// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/link_button.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"

#include <QList>

namespace outrider::leads {

// Below the table while leads are chosen: how many, and what can be done with them. What has no room
// goes into one button more.
class SelectionBar : public widgets::Bar {
    Q_OBJECT

public:
    explicit SelectionBar(QWidget* parent = nullptr);

    // In the order they are shown; `important` ones stay longest.
    void addAction(QAction* action, theme::Icon icon, bool important);
    void setDelete(QAction* action);
    void setCount(qint64 chosen, qint64 total, bool all);

    QWidget* buttonOf(const QAction* action) const; // for popups; the bar itself when it has none

Q_SIGNALS:
    void allClicked();
    void clearClicked();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    struct Item {
        QAction* action;
        theme::Icon icon;
        widgets::Button* button;
        bool important;
    };
    void makeRoom();
    void openMore();

    widgets::Label* m_count;
    frame::LinkButton* m_all;
    QWidget* m_line;
    widgets::Button* m_more;
    widgets::Button* m_clear;
    QWidget* m_items;
    QList<Item> m_list;
};

} // namespace outrider::leads
