// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/segmented.h"

#include "ui/paint/pieces.h"
#include "ui/paint/text.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QStyle>

#include <algorithm>

namespace outrider::widgets {

using theme::TextStyle;

namespace {

// A choice among several of which one holds the place in the Tab order; arrow keys go on to the next.
class Choice : public QAbstractButton {
public:
    explicit Choice(const QString& text, QWidget* parent) : QAbstractButton(parent) {
        setText(text);
        setAccessibleName(text);
        setCheckable(true);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }

protected:
    void keyPressEvent(QKeyEvent* event) override {
        const bool mirrored = layoutDirection() == Qt::RightToLeft;
        int step = 0;
        if (event->key() == Qt::Key_Right || event->key() == Qt::Key_Down)
            step = mirrored && event->key() == Qt::Key_Right ? -1 : 1;
        else if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Up)
            step = mirrored && event->key() == Qt::Key_Left ? 1 : -1;
        if (step == 0 || !group()) {
            QAbstractButton::keyPressEvent(event);
            return;
        }
        const QList<QAbstractButton*> all = group()->buttons();
        for (auto i = all.indexOf(this) + step; i >= 0 && i < all.size(); i += step) {
            if (all[i]->isEnabled()) {
                all[i]->setFocus(Qt::OtherFocusReason);
                all[i]->click();
                return;
            }
        }
    }

    void checkStateSet() override { followCheck(); }
    void nextCheckState() override {
        QAbstractButton::nextCheckState(); // the group unchecks the one before by this too
        followCheck();
    }

private:
    void followCheck() { setFocusPolicy(isChecked() ? Qt::StrongFocus : Qt::ClickFocus); }
};

class Segment : public Choice {
public:
    using Choice::Choice;

    QSize sizeHint() const override {
        const theme::Tokens& t = theme::tokens(this);
        return {paint::textWidth(t, TextStyle::BodyStrong, text()) + 2 * (t.space.m - 1), t.size.control - 2 * 2};
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const theme::Tokens& t = theme::tokens(this);
        QPainter painter(this);
        if (isChecked())
            paint::drawCard(&painter, rect(), t.size.radiusCheck, t.color.surface,
                            t.isHighContrast() ? t.color.accent : t.color.line,
                            t.isHighContrast() ? t.size.focus : t.size.hairline);
        const bool lively = isChecked() || underMouse();
        const QColor ink = !isEnabled() ? t.color.disabled : lively ? t.color.text : t.color.muted;
        paint::drawText(&painter, t, rect(), {text(), TextStyle::BodyStrong, ink, Qt::AlignHCenter});
    }
};

class TabButton : public Choice {
public:
    TabButton(const TabBar::Tab& tab, QWidget* parent)
        : Choice(tab.label, parent),
          m_count(tab.count),
          m_changed(tab.changed),
          m_icon(tab.icon) {
        if (!tab.count.isEmpty())
            setAccessibleName(tab.label + QStringLiteral(", ") + tab.count);
    }

    QSize sizeHint() const override {
        const theme::Tokens& t = theme::tokens(this);
        int width = iconWidth(t) + paint::textWidth(t, TextStyle::BodyStrong, text());
        if (!m_count.isEmpty())
            width += t.space.iconGap + paint::textWidth(t, TextStyle::Meta, m_count);
        if (m_changed)
            width += t.space.iconGap + t.space.iconGap;
        return {width, t.size.tabBar};
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const theme::Tokens& t = theme::tokens(this);
        QPainter painter(this);
        painter.setLayoutDirection(layoutDirection());
        const auto visual = [&](const QRect& place) { return QStyle::visualRect(layoutDirection(), rect(), place); };
        const bool lively = isChecked() || underMouse();
        const QColor ink = !isEnabled() ? t.color.disabled : lively ? t.color.text : t.color.muted;
        if (m_icon != theme::Icon::None)
            theme::paintIcon(&painter, visual(QRect(0, (height() - t.size.icon) / 2, t.size.icon, t.size.icon)), m_icon, ink);
        int x = iconWidth(t);
        int label = paint::textWidth(t, TextStyle::BodyStrong, text());
        label -= std::clamp(sizeHint().width() - width(), 0, label); // squeezed, it is elided; the count stays
        paint::drawText(&painter, t, visual(QRect(x, 0, label, height())), {text(), TextStyle::BodyStrong, ink});
        x += label;
        if (!m_count.isEmpty()) {
            x += t.space.iconGap;
            const int width = paint::textWidth(t, TextStyle::Meta, m_count);
            paint::drawText(&painter, t, visual(QRect(x, 0, width, height())), {m_count, TextStyle::Meta, t.color.muted});
            x += width;
        }
        if (m_changed) {
            const int side = t.space.iconGap;
            paint::drawCard(&painter, visual(QRect(x + t.space.iconGap, (height() - side) / 2, side, side)), side / 2,
                            t.color.warn, {});
        }
        if (isChecked())
            painter.fillRect(0, height() - t.size.focus, width(), t.size.focus, t.color.accent);
    }

private:
    int iconWidth(const theme::Tokens& t) const { return m_icon == theme::Icon::None ? 0 : t.size.icon + t.space.iconGap; }

    QString m_count;
    bool m_changed;
    theme::Icon m_icon;
};

} // namespace

// ── Segmented ────────────────────────────────────────────────────────────────────────────────────

Segmented::Segmented(const QString& accessibleName, const QStringList& labels, QWidget* parent)
    : QWidget(parent),
      m_group(new QButtonGroup(this)) {
    setAccessibleName(accessibleName);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(2, 2, 2, 2);
    layout->setSpacing(0);
    for (int i = 0; i < labels.size(); ++i) {
        auto* segment = new Segment(labels[i], this);
        segment->setChecked(i == 0);
        segment->setFocusPolicy(i == 0 ? Qt::StrongFocus : Qt::ClickFocus);
        m_group->addButton(segment, i);
        layout->addWidget(segment);
    }
    connect(m_group, &QButtonGroup::idClicked, this, [this](int index) {
        for (QAbstractButton* button : m_group->buttons())
            button->setFocusPolicy(button->isChecked() ? Qt::StrongFocus : Qt::ClickFocus);
        if (index == m_current)
            return;
        m_current = index;
        Q_EMIT chosen(index);
    });
}

void Segmented::setCurrent(int index) {
    QAbstractButton* button = m_group->button(index);
    if (!button)
        return;
    m_current = index;
    button->setChecked(true);
    for (QAbstractButton* each : m_group->buttons())
        each->setFocusPolicy(each->isChecked() ? Qt::StrongFocus : Qt::ClickFocus);
}

void Segmented::setSegmentEnabled(int index, bool enabled, const QString& reason) {
    if (QAbstractButton* button = m_group->button(index)) {
        button->setEnabled(enabled);
        button->setToolTip(reason);
        button->setAccessibleDescription(reason);
    }
}

void Segmented::paintEvent(QPaintEvent*) {
    const theme::Tokens& t = theme::tokens(this);
    QPainter painter(this);
    paint::drawCard(&painter, rect(), t.size.radius, t.color.raised, t.isHighContrast() ? t.color.line : QColor());
}

// ── TabBar ───────────────────────────────────────────────────────────────────────────────────────

TabBar::TabBar(const QString& accessibleName, QWidget* parent) : QWidget(parent) {
    setAccessibleName(accessibleName);
    const theme::Spacing& space = theme::tokens(this).space;
    auto* all = new QHBoxLayout(this);
    all->setContentsMargins(space.l, 0, space.l, 0);
    all->setSpacing(space.l);
    m_tabs = new QHBoxLayout;
    m_tabs->setSpacing(space.l);
    all->addLayout(m_tabs);
    all->addStretch(1);
    m_trailing = new QHBoxLayout;
    m_trailing->setSpacing(space.s);
    all->addLayout(m_trailing);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void TabBar::setTabs(const QList<Tab>& tabs) {
    bool hadFocus = false;
    while (QLayoutItem* item = m_tabs->takeAt(0)) {
        if (QWidget* old = item->widget()) {
            hadFocus = hadFocus || old->hasFocus();
            old->hide();
            old->deleteLater();
        }
        delete item;
    }
    delete findChild<QButtonGroup*>();
    m_items = tabs;
    auto* group = new QButtonGroup(this);
    bool found = false;
    for (const Tab& tab : tabs)
        found = found || tab.id == m_current;
    if (!found && !tabs.isEmpty())
        m_current = tabs.first().id;
    for (int i = 0; i < tabs.size(); ++i) {
        auto* button = new TabButton(tabs[i], this);
        button->setChecked(tabs[i].id == m_current);
        button->setFocusPolicy(button->isChecked() ? Qt::StrongFocus : Qt::ClickFocus);
        group->addButton(button, i);
        m_tabs->addWidget(button);
        button->show(); // at once: what is not shown yet cannot keep the focus
        if (hadFocus && button->isChecked())
            button->setFocus();
    }
    connect(group, &QButtonGroup::idClicked, this, [this, group](int index) {
        for (QAbstractButton* button : group->buttons())
            button->setFocusPolicy(button->isChecked() ? Qt::StrongFocus : Qt::ClickFocus);
        if (index < 0 || index >= m_items.size() || m_items[index].id == m_current)
            return;
        m_current = m_items[index].id;
        Q_EMIT chosen(m_current);
    });
}

void TabBar::setCurrent(const QString& id) {
    m_current = id;
    const auto* group = findChild<QButtonGroup*>();
    if (!group)
        return;
    for (int i = 0; i < m_items.size(); ++i) {
        if (QAbstractButton* button = group->button(i); button && m_items[i].id == id)
            button->setChecked(true);
    }
    for (QAbstractButton* button : group->buttons())
        button->setFocusPolicy(button->isChecked() ? Qt::StrongFocus : Qt::ClickFocus);
}

void TabBar::addTrailing(QWidget* widget) { m_trailing->addWidget(widget, 0, Qt::AlignVCenter); }

void TabBar::paintEvent(QPaintEvent*) {
    const theme::Tokens& t = theme::tokens(this);
    QPainter painter(this);
    painter.fillRect(0, height() - t.size.hairline, width(), t.size.hairline, t.color.line);
}

} // namespace outrider::widgets
