// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/icons.h"
#include "ui/widgets/basics.h"

#include <QList>
#include <QWidget>

#include <functional>

namespace outrider::strategies {

// Check lines under the preview: a state, one sentence, and where one can do something about it a link.
class CheckList : public QWidget {
    Q_OBJECT

public:
    struct Line {
        theme::Icon icon = theme::Icon::CircleCheck;
        widgets::Ink ink = widgets::Ink::Ok;
        QString text;
        QString link; // "Show"; may be empty
        std::function<void()> run;
    };
    explicit CheckList(QWidget* parent = nullptr);
    void setLines(const QList<Line>& lines);
    QStringList texts() const;

private:
    QVBoxLayout* m_column;
    QList<Line> m_lines;
};

} // namespace outrider::strategies
