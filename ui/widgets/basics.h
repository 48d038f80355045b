// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/paint/pieces.h"
#include "ui/theme/tokens.h"

#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QList>
#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace outrider::widgets {

enum class Ink { Text, Muted, Accent, Ok, Warn, Danger, Disabled };

// A label in a text style of the design. Plain text only; elides when too narrow (setEliding) and then
// shows the whole in its tooltip; its accessible name is its text.
class Label : public QLabel {
    Q_OBJECT

public:
    explicit Label(theme::TextStyle style = theme::TextStyle::Body, Ink ink = Ink::Text, const QString& text = {},
                   QWidget* parent = nullptr);

    void setInk(Ink ink);
    void setStyle(theme::TextStyle style);
    void setEliding(bool on, Qt::TextElideMode mode = Qt::ElideRight);
    void setText(const QString& text); // hides QLabel's: keeps the accessible name true
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return wordWrap(); }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    theme::TextStyle m_style;
    Ink m_ink;
    bool m_eliding = false;
    Qt::TextElideMode m_elideMode = Qt::ElideRight;
};

// One chip, one row of key caps, one icon: as widgets.
class ChipLabel : public QWidget {
    Q_OBJECT

public:
    explicit ChipLabel(const paint::Chip& chip = {}, QWidget* parent = nullptr);
    void setChip(const paint::Chip& chip);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    paint::Chip m_chip;
};

class KeyCaps : public QWidget {
    Q_OBJECT

public:
    explicit KeyCaps(const QString& keys, QWidget* parent = nullptr);
    void setKeys(const QString& keys);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_keys;
};

class IconLabel : public QWidget {
    Q_OBJECT

public:
    explicit IconLabel(theme::Icon icon, Ink ink = Ink::Muted, int size = 0, QWidget* parent = nullptr);
    void setIcon(theme::Icon icon, Ink ink);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    theme::Icon m_icon;
    Ink m_ink;
    int m_size;
};

// A 1 px line.
class Line : public QWidget {
    Q_OBJECT

public:
    explicit Line(Qt::Orientation orientation = Qt::Horizontal, QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Qt::Orientation m_orientation;
};

// A plain area in one of the three grounds, with a line on chosen sides.
class Area : public QWidget {
    Q_OBJECT

public:
    enum class Ground { Bg, Surface, Raised, AccentSoft, WarnSoft, DangerSoft };
    explicit Area(Ground ground = Ground::Surface, Qt::Edges lines = {}, QWidget* parent = nullptr);
    void setGround(Ground ground);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Ground m_ground;
    Qt::Edges m_lines;
};

// An object of its own: message, check list. Radius 8, framed. Focus is drawn as an accent frame.
class Card : public QFrame {
    Q_OBJECT

public:
    explicit Card(QWidget* parent = nullptr);
    void setHighlighted(bool on); // 2 px accent frame

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    bool m_highlighted = false;
};

// A titled part of a pane: title, optional widget at its right, then content; padded, no line.
class Section : public QWidget {
    Q_OBJECT

public:
    explicit Section(const QString& title, QWidget* parent = nullptr);
    void setTitle(const QString& title);
    void setTrailing(QWidget* widget);
    QVBoxLayout* body() const { return m_body; }

private:
    Label* m_title;
    QHBoxLayout* m_head;
    QVBoxLayout* m_body;
};

// Label over input with a line for the error, whose place is reserved.
class Field : public QWidget {
    Q_OBJECT

public:
    Field(const QString& label, QWidget* input, QWidget* parent = nullptr);
    void setError(const QString& sentence); // empty: none
    void setHelp(const QString& text);
    QWidget* input() const { return m_input; }

private:
    QWidget* m_input;
    Label* m_message;
    IconLabel* m_mark;
    QString m_help;
};

// 28 px line edit with a leading icon and a key cap; "/" style search fields.
class SearchField : public QLineEdit {
    Q_OBJECT

public:
    explicit SearchField(const QString& placeholder, const QString& accessibleName, QWidget* parent = nullptr);
    void setLeadingIcon(theme::Icon icon);
    void setKeyHint(const QString& keys);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void setMargins();
    theme::Icon m_icon = theme::Icon::Search;
    QString m_keys;
};

// Progress of something long; 4 px.
class ProgressLine : public QWidget {
    Q_OBJECT

public:
    explicit ProgressLine(QWidget* parent = nullptr);
    void setFraction(double fraction); // below 0: not known
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_fraction = 0;
};

// Layouts from the spacing tokens, margins and spacing given in token pixels.
QHBoxLayout* row(QWidget* owner, int spacing, QMargins margins = {});
QVBoxLayout* column(QWidget* owner, int spacing, QMargins margins = {});

} // namespace outrider::widgets
