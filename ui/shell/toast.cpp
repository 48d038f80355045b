// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/toast.h"

#include "ui/frame/commands.h"
#include "ui/paint/pieces.h"
#include "ui/paint/text.h"
#include "ui/text/tr.h"
#include "ui/theme/tokens.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace outrider::shell {

namespace {

constexpr int tickMs = 100;

} // namespace

// The sentence, the last part of which may be strong: "Zoë Brandt: sends in" "8 s".
class ToastText : public QLabel {
public:
    explicit ToastText(QWidget* parent) : QLabel(parent) { setTextFormat(Qt::PlainText); }

    void setParts(const QString& plain, const QString& strong) {
        m_plain = plain;
        m_strong = strong;
        setText(strong.isEmpty() ? plain : plain + QLatin1Char(' ') + strong);
        setAccessibleName(text());
        setToolTip(text());
        updateGeometry();
        update();
    }

    QSize sizeHint() const override {
        const theme::Tokens& tokens = theme::tokens(this);
        return {paint::textWidth(tokens, theme::TextStyle::Body, m_plain) + strongWidth(tokens),
                tokens.lineHeight(theme::TextStyle::Body)};
    }
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent*) override {
        const theme::Tokens& tokens = theme::tokens(this);
        QPainter painter(this);
        if (height() >= 2 * tokens.lineHeight(theme::TextStyle::Body)) {
            painter.setFont(tokens.font(theme::TextStyle::Body));
            painter.setPen(tokens.color.onInverse);
            painter.drawText(rect(), int(Qt::AlignVCenter | Qt::AlignLeading | Qt::TextWordWrap), text());
            return;
        }
        const int strong = strongWidth(tokens);
        const QRect first = rect().adjusted(0, 0, -strong, 0);
        const int used = paint::drawText(&painter, tokens, QStyle::visualRect(layoutDirection(), rect(), first),
                                         {.text = m_plain, .color = tokens.color.onInverse});
        if (strong > 0)
            paint::drawText(&painter, tokens,
                            QStyle::visualRect(layoutDirection(), rect(), rect().adjusted(used + tokens.space.xs, 0, 0, 0)),
                            {.text = m_strong, .style = theme::TextStyle::BodyStrong, .color = tokens.color.onInverse});
    }

private:
    int strongWidth(const theme::Tokens& tokens) const {
        return m_strong.isEmpty() ? 0 : tokens.space.xs + paint::textWidth(tokens, theme::TextStyle::BodyStrong, m_strong);
    }
    QString m_plain;
    QString m_strong;
};

// A verb on the inverse ground, its key before it: "U Undo".
class ToastButton : public QAbstractButton {
public:
    explicit ToastButton(QWidget* parent) : QAbstractButton(parent) { setAttribute(Qt::WA_Hover); }

    void setVerb(const QString& text, const QString& keys) {
        setText(text);
        m_keys = keys;
        updateGeometry();
        update();
    }

    QSize sizeHint() const override {
        const theme::Tokens& tokens = theme::tokens(this);
        return {capsWidth(tokens) + paint::textWidth(tokens, theme::TextStyle::Body, text()),
                std::max(tokens.size.keycap, tokens.lineHeight(theme::TextStyle::Body))};
    }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override {
        const theme::Tokens& tokens = theme::tokens(this);
        QPainter painter(this);
        const int caps = capsWidth(tokens);
        if (caps > 0) {
            const QSize size = paint::keyCapsSize(tokens, m_keys);
            paint::drawKeyCaps(&painter, tokens,
                               QStyle::alignedRect(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter, size, rect()), m_keys,
                               paint::CapGround::Inverse);
        }
        paint::drawText(
            &painter, tokens, QStyle::visualRect(layoutDirection(), rect(), rect().adjusted(caps, 0, 0, 0)),
            {.text = text(), .color = underMouse() || hasFocus() ? tokens.color.inverseAccent : tokens.color.onInverse});
    }

private:
    int capsWidth(const theme::Tokens& tokens) const {
        return m_keys.isEmpty() ? 0 : paint::keyCapsSize(tokens, m_keys).width() + tokens.space.s;
    }
    QString m_keys;
};

Toast::Toast(const Clock& clock, QAction* undo, QWidget* parent)
    : QWidget(parent),
      m_clock(clock),
      m_undo(undo),
      m_text(new ToastText(this)),
      m_button(new ToastButton(this)) {
    setAccessibleName(tr("Status"));
    auto* row = new QHBoxLayout(this);
    row->addWidget(m_text, 1);
    row->addWidget(m_button);
    connect(m_button, &QAbstractButton::clicked, this, [this]() {
        if (m_action)
            m_action->trigger();
        else
            dismiss();
    });
    m_tick.setInterval(tickMs);
    connect(&m_tick, &QTimer::timeout, this, &Toast::tick);
    applySizes();
    hide();
}

QString Toast::text() const { return isVisible() ? m_text->text() : QString(); }

void Toast::showText(theme::Icon icon, const QString& text, bool undoable) {
    m_leavesAt.reset();
    m_failure = false;
    present(icon, text, {}, undoable ? m_undo : nullptr, false);
}

void Toast::showSending(const QString& who, Instant leavesAt) {
    m_leavesAt = leavesAt;
    m_who = who;
    m_failure = false;
    m_hold = std::max(Millis(0), std::chrono::duration_cast<Millis>(leavesAt - m_clock.now()));
    present(theme::Icon::Send, tr("%1: sends in").arg(text::isolated(who)), tr("%1 s").arg((m_hold.count() + 999) / 1000), m_undo,
            false);
    tick();
}

void Toast::showFailure(const QString& text) {
    m_leavesAt.reset();
    m_failure = true;
    present(theme::Icon::CircleAlert, text, {}, nullptr, true);
}

void Toast::showRedo(const QString& text, QAction* redo) {
    m_leavesAt.reset();
    m_failure = false;
    present(theme::Icon::Undo, text, {}, redo, false);
}

void Toast::present(theme::Icon icon, const QString& plain, const QString& strong, QAction* action, bool stays) {
    m_icon = icon;
    m_action = action;
    m_left = 1;
    m_shown.restart();
    m_text->setParts(plain, strong);
    m_button->setVisible(action || stays);
    if (action)
        m_button->setVerb(action == m_undo ? tr("Undo") : tr("Redo"),
                          action == m_undo ? QStringLiteral("U") : frame::keyText(action));
    else
        m_button->setVerb(tr("Close"), {});
    m_button->setAccessibleName(action == m_undo ? tr("Undo: %1").arg(plain) : m_button->text());
    show();
    raise();
    m_tick.start();
    QAccessibleEvent alert(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    update();
    Q_EMIT changed();
}

void Toast::dismiss() {
    if (isHidden())
        return;
    m_tick.stop();
    hide();
    Q_EMIT changed();
}

void Toast::tick() {
    if (m_leavesAt) {
        const auto left = std::chrono::duration_cast<Millis>(*m_leavesAt - m_clock.now());
        if (left.count() <= 0) {
            // Past its window it is on its way: nothing here could take it back.
            m_leavesAt.reset();
            dismiss();
            return;
        }
        const QString seconds = tr("%1 s").arg((left.count() + 999) / 1000);
        m_text->setParts(tr("%1: sends in").arg(text::isolated(m_who)), seconds);
        m_left = m_hold.count() > 0 ? double(left.count()) / double(m_hold.count()) : 0;
        update();
        return;
    }
    if (m_failure)
        return;
    const int hold = theme::tokens(this).motion.toastHoldMs;
    if (underMouse() || m_button->hasFocus())
        m_shown.restart();
    if (m_shown.milliseconds() >= hold)
        dismiss();
}

QSize Toast::sizeWithin(int least, int most) const {
    const theme::Tokens& tokens = theme::tokens(this);
    const int wanted = std::max(least, sizeHint().width());
    return {std::min(wanted, most), tokens.size.toast + (wanted > most ? tokens.lineHeight(theme::TextStyle::Body) : 0)};
}

void Toast::applySizes() {
    const theme::Tokens& tokens = theme::tokens(this);
    layout()->setContentsMargins(tokens.space.m + tokens.size.icon + tokens.space.s, 0, tokens.space.m, 0);
    layout()->setSpacing(tokens.space.l);
}

void Toast::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        applySizes();
}

void Toast::mousePressEvent(QMouseEvent* event) { event->accept(); }

void Toast::paintEvent(QPaintEvent*) {
    const theme::Tokens& tokens = theme::tokens(this);
    QPainter painter(this);
    paint::drawCard(&painter, rect(), tokens.size.radiusCard, tokens.color.inverse, tokens.color.inverse);
    const QSize side(tokens.size.icon, tokens.size.icon);
    const QRect inner = rect().adjusted(tokens.space.m, 0, -tokens.space.m, 0);
    theme::paintIcon(&painter, QStyle::alignedRect(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter, side, inner), m_icon,
                     m_leavesAt ? tokens.color.inverseAccent : tokens.color.onInverse);
    if (m_leavesAt) {
        const int room = width() - 2 * tokens.size.radiusCard;
        const QRect line(tokens.size.radiusCard, height() - tokens.size.focus, int(room * m_left), tokens.size.focus);
        painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), line), tokens.color.inverseAccent);
    }
}

} // namespace outrider::shell
