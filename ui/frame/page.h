// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

namespace outrider::frame {

// One screen in the main window. Pages are made once, when first shown, and kept; they listen to
// Workspace::changed and read again only what a change touched, and only while they are visible
// (a hidden page notes that it is stale).
class Page : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    // For the breadcrumb and the window's title.
    virtual QString pageTitle() const = 0;
    // The page was brought to the front: read what is stale, set the focus where work starts.
    virtual void enter() {}
    // Whether leaving would lose something not saved; the page then asks by itself and returns false.
    virtual bool mayLeave() { return true; }
    // Whether something typed would be lost when the program ended now; asked of every page, also of hidden ones.
    virtual bool hasUnsaved() const { return false; }
    // Whom the page's commands are about now, for the palette: "Amina Diallo". Empty: nobody in particular.
    virtual QString subject() const { return {}; }
    // Esc: one step back inside the page (close a popup, clear a filter). False: leave the page.
    virtual bool stepBack() { return false; }

Q_SIGNALS:
    void titleChanged();
};

} // namespace outrider::frame
