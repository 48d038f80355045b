// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/button.h"

#include "ui/paint/pieces.h"
#include "ui/paint/text.h"
#include "ui/theme/outrider_style.h"

#include <QAction>
#include <QPainter>
#include <QPointer>
#include <QStyleOptionButton>

namespace outrider::widgets {

using theme::TextStyle;
using theme::Tokens;

namespace {

QString kindName(Button::Kind kind) {
    switch (kind) {
    case Button::Kind::Primary:
        return QStringLiteral("primary");
    case Button::Kind::Secondary:
        return QStringLiteral("secondary");
    case Button::Kind::Ghost:
        return QStringLiteral("ghost");
    case Button::Kind::Danger:
        return QStringLiteral("danger");
    }
    return {};
}

// 10 and the frame.
int padding(const Tokens& t, bool quiet) { return quiet ? t.space.xs : t.space.s + 2 + t.size.hairline; }

QString withoutMnemonic(QString text) { return text.remove(QLatin1Char('&')); }

} // namespace

Button::Button(Kind kind, const QString& text, QWidget* parent) : QPushButton(text, parent) {
    setKind(kind);
    setAccessibleName(withoutMnemonic(text));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAutoDefault(false);
    setAttribute(Qt::WA_Hover);
}

Button::Button(theme::Icon icon, const QString& name, QWidget* parent) : Button(Kind::Ghost, QString(), parent) {
    m_iconOnly = true;
    m_glyph = icon;
    setAccessibleName(name);
    setToolTip(name);
}

void Button::setKind(Kind kind) {
    m_kind = kind;
    setProperty(theme::property::kind, kindName(kind));
    update();
}

void Button::setGlyph(theme::Icon icon) {
    m_glyph = icon;
    updateGeometry();
    update();
}

void Button::setKeyHint(const QString& keys) {
    m_keys = keys;
    setAccessibleDescription(keys);
    updateGeometry();
    update();
}

void Button::setSize(Size size) {
    m_size = size;
    setProperty(theme::property::controlSize, size == Size::Small   ? QStringLiteral("small")
                                              : size == Size::Large ? QStringLiteral("large")
                                                                    : QString());
    updateGeometry();
    update();
}

void Button::setMenuArrow(bool on) {
    m_menuArrow = on;
    updateGeometry();
    update();
}

void Button::setQuiet(bool on) {
    m_quiet = on;
    updateGeometry();
    update();
}

void Button::bind(QAction* action) {
    const auto take = [this, action] {
        const QString text = withoutMnemonic(action->text());
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        if (m_iconOnly) {
            setToolTip(keys.isEmpty() ? text : text + QStringLiteral("  ") + keys);
            setAccessibleDescription(keys);
        } else {
            setText(text);
            setKeyHint(keys);
        }
        setAccessibleName(text);
        setEnabled(action->isEnabled());
        if (!action->isEnabled() && !action->statusTip().isEmpty())
            setToolTip(action->statusTip()); // the reason
    };
    take();
    connect(action, &QAction::changed, this, take);
    connect(this, &QPushButton::clicked, action, [action] { action->trigger(); });
}

QSize Button::sizeHint() const {
    const Tokens& t = theme::tokens(this);
    const int height = m_size == Size::Small ? t.size.controlSmall : m_size == Size::Large ? t.size.controlLarge : t.size.control;
    if (m_iconOnly)
        return {height, height};
    int width = 2 * padding(t, m_quiet);
    if (m_glyph != theme::Icon::None)
        width += t.size.icon + t.space.iconGap;
    width += paint::textWidth(t, m_quiet ? TextStyle::Body : TextStyle::BodyStrong, withoutMnemonic(text()));
    if (!m_keys.isEmpty())
        width += t.space.iconGap + paint::keyCapsSize(t, m_keys).width();
    if (m_menuArrow)
        width += t.space.iconGap + t.size.iconSmall;
    return {width, height};
}

void Button::paintEvent(QPaintEvent*) {
    const Tokens& t = theme::tokens(this);
    QPainter painter(this);
    painter.setLayoutDirection(layoutDirection());
    QStyleOptionButton option;
    initStyleOption(&option);
    style()->drawControl(QStyle::CE_PushButtonBevel, &option, &painter, this);

    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const QColor ink = !enabled                  ? t.color.disabled
                       : m_quiet                 ? t.color.muted
                       : m_kind == Kind::Primary ? t.color.onAccent
                       : m_kind == Kind::Danger  ? t.color.danger
                                                 : t.color.text;
    const QColor quiet = m_iconOnly && enabled && m_kind == Kind::Ghost ? t.color.muted : ink;
    const auto visual = [&](const QRect& place) { return QStyle::visualRect(layoutDirection(), rect(), place); };
    const auto centred = [&](int x, int side) { return visual(QRect(x, (height() - side) / 2, side, side)); };
    if (m_iconOnly) {
        theme::paintIcon(&painter, centred((width() - t.size.icon) / 2, t.size.icon), m_glyph, quiet);
        return;
    }
    // What is wider than its contents keeps them in the middle.
    int x = padding(t, m_quiet) + std::max(0, (width() - sizeHint().width()) / 2);
    const int end = width() - x;
    if (m_glyph != theme::Icon::None) {
        theme::paintIcon(&painter, centred(x, t.size.icon), m_glyph, ink);
        x += t.size.icon + t.space.iconGap;
    }
    int after = 0;
    const QSize caps = m_keys.isEmpty() ? QSize() : paint::keyCapsSize(t, m_keys);
    if (!m_keys.isEmpty())
        after += t.space.iconGap + caps.width();
    if (m_menuArrow)
        after += t.space.iconGap + t.size.iconSmall;
    const QRect label = visual(QRect(x, 0, std::max(0, end - after - x), height()));
    paint::drawText(&painter, t, label, {withoutMnemonic(text()), m_quiet ? TextStyle::Body : TextStyle::BodyStrong, ink});
    x = end - after;
    if (!m_keys.isEmpty()) {
        const auto ground = !enabled                  ? paint::CapGround::Disabled
                            : m_kind == Kind::Primary ? paint::CapGround::Primary
                                                      : paint::CapGround::Normal;
        x += t.space.iconGap;
        paint::drawKeyCaps(&painter, t, visual(QRect(x, 0, caps.width(), height())), m_keys, ground);
        x += caps.width();
    }
    if (m_menuArrow)
        theme::paintIcon(&painter, centred(x + t.space.iconGap, t.size.iconSmall), theme::Icon::ChevronDown, ink);
}

} // namespace outrider::widgets
