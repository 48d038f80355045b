// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"

#include <QAction>

namespace outrider::today {

// The action bar of the processing page. What does not fit beside the toast's place is left out, the least
// important first; its key acts all the same.
class ProcessBar : public widgets::Bar {
    Q_OBJECT

public:
    explicit ProcessBar(QWidget* parent = nullptr);

    void setPrimary(QAction* action);
    widgets::Button* primary() const { return m_primary; }
    // In the order they stand; those of a low `rank` keep their place longest. `keys` instead of the action's
    // own, when there are several.
    widgets::Button* addAct(QAction* action, widgets::Button::Kind kind, int rank, const QString& keys = {});
    void addToastSlot();
    QWidget* toastSlot() const { return m_toastSlot; }

    void setShown(widgets::Button* button, bool shown); // whether it has a place at all
    void fit();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Act {
        widgets::Button* button = nullptr;
        int rank = 0;
        bool wanted = true;
    };
    widgets::Button* m_primary;
    QList<Act> m_acts; // by rank
    QWidget* m_toastSlot;
};

} // namespace outrider::today
