// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/basics.h"

namespace outrider::widgets {

// The bars a page is made of.

// 48 px: back arrow, title, subtitle; stretch; widgets, the primary button last.
class Toolbar : public Area {
    Q_OBJECT

public:
    explicit Toolbar(QWidget* parent = nullptr);
    void setTitle(const QString& title);
    void setSubtitle(const QString& subtitle);
    // Breadcrumb: "Today / Tobias Rühl", the first part goes back.
    void setBack(const QString& fromTitle); // empty: no arrow
    void addRight(QWidget* widget);
    void addLeft(QWidget* widget); // after the subtitle

Q_SIGNALS:
    void backClicked();

private:
    QHBoxLayout* m_left;
    QHBoxLayout* m_right;
    QWidget* m_back;
    QWidget* m_from;
    Label* m_slash;
    Label* m_title;
    Label* m_subtitle;
};

// 44 px row of filters; 52 px action bar; 44 px selection bar: a padded row with a line.
class Bar : public Area {
    Q_OBJECT

public:
    enum class Kind { Filter, Action, Selection };
    explicit Bar(Kind kind, QWidget* parent = nullptr);
    void add(QWidget* widget);
    void addStretch();
    void addSpacing(int pixels);

private:
    QHBoxLayout* m_row;
};

// 36 px under the toolbar: icon, one sentence, one verb. Hidden until shown.
class Banner : public Area {
    Q_OBJECT

public:
    enum class Tone { Info, Warn, Bad };
    explicit Banner(QWidget* parent = nullptr);
    void show(Tone tone, const QString& sentence, const QString& verb = {});

Q_SIGNALS:
    void verbClicked();

private:
    IconLabel* m_icon;
    Label* m_text;
    class Button* m_verb;
};

// What a view says when it has nothing: title, one sentence, at most three buttons; centred.
class EmptyState : public QWidget {
    Q_OBJECT

public:
    explicit EmptyState(QWidget* parent = nullptr);
    void setText(const QString& title, const QString& sentence);
    void setMark(bool on); // the pennant
    class Button* addButton(const QString& text, bool primary);
    void clearButtons();
    QVBoxLayout* extra() const { return m_extra; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    bool m_mark = false;
    QWidget* m_markSpace;
    Label* m_title;
    Label* m_sentence;
    QHBoxLayout* m_buttons;
    QVBoxLayout* m_extra;
};

} // namespace outrider::widgets
