// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/icons.h"

#include <QPushButton>

class QAction;

namespace outrider::widgets {

// A push button of the design. Primary: at most one a screen. The key cap inside is a hint; the key
// itself belongs to a command (ui/frame/commands.h).
class Button : public QPushButton {
    Q_OBJECT

public:
    enum class Kind { Primary, Secondary, Ghost, Danger };
    enum class Size { Normal, Small, Large };

    Button(Kind kind, const QString& text, QWidget* parent = nullptr);
    // Icon alone: `name` is the accessible name and tooltip, verb and object ("Close pane").
    Button(theme::Icon icon, const QString& name, QWidget* parent = nullptr);

    void setKind(Kind kind);
    void setGlyph(theme::Icon icon);
    void setKeyHint(const QString& keys); // "Ctrl+P", "Enter", "S"
    void setSize(Size size);
    void setMenuArrow(bool on);
    // Muted and of plain weight, closer to its text: the first part of a breadcrumb.
    void setQuiet(bool on);
    // Text, key hint, enabled state and triggering from the action.
    void bind(QAction* action);

    Kind kind() const { return m_kind; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Kind m_kind = Kind::Secondary;
    theme::Icon m_glyph = theme::Icon::None;
    QString m_keys;
    Size m_size = Size::Normal;
    bool m_iconOnly = false;
    bool m_menuArrow = false;
    bool m_quiet = false;
};

} // namespace outrider::widgets
