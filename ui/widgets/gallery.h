// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QGridLayout;
class QVBoxLayout;

namespace outrider::widgets {

// Every component in every state on one page: for looking at the theme, never part of the program.
// States that need a pointer or a focus are set by hand, so that they can be photographed.
class Gallery : public QWidget {
    Q_OBJECT

public:
    explicit Gallery(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace outrider::widgets
