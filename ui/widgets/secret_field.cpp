// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/secret_field.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/button.h"

#include <QKeyEvent>
#include <QStyle>

namespace outrider::widgets {

SecretField::SecretField(const QString& accessibleName, QWidget* parent)
    : QLineEdit(parent),
      m_eye(new Button(theme::Icon::Eye, tr("Show what is typed"), this)) {
    setAccessibleName(accessibleName);
    setEchoMode(Password);
    setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    m_eye->setCheckable(true);
    m_eye->setSize(Button::Size::Small);
    m_eye->setCursor(Qt::ArrowCursor);
    connect(m_eye, &QAbstractButton::toggled, this, [this](bool shown) {
        setEchoMode(shown ? Normal : Password);
        m_eye->setAccessibleName(shown ? tr("Hide what is typed") : tr("Show what is typed"));
    });
    place();
}

std::shared_ptr<SecureBytes> SecretField::copy() const {
    if (text().isEmpty())
        return nullptr;
    QByteArray bytes = text().toUtf8();
    auto secret = std::make_shared<SecureBytes>(std::string_view(bytes.constData(), std::size_t(bytes.size())));
    bytes.fill('\0');
    return secret;
}

std::shared_ptr<SecureBytes> SecretField::take() {
    auto secret = copy();
    forget();
    return secret;
}

// Not clear(): that would leave what was typed in the field's undo.
void SecretField::forget() { setText({}); }

void SecretField::setShown(bool shown) {
    m_eye->setVisible(!shown);
    setEchoMode(shown || m_eye->isChecked() ? Normal : Password);
    place();
}

void SecretField::setLarge(bool large) {
    m_large = large;
    place();
}

void SecretField::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_CapsLock) {
        setCapsLock(!m_capsLock);
    } else if (const QString text = event->text();
               text.size() == 1 && text[0].isLetter() && text[0].toLower() != text[0].toUpper()) {
        // There is no portable way to ask; a capital without Shift tells.
        setCapsLock(text[0].isUpper() != event->modifiers().testFlag(Qt::ShiftModifier));
    }
    QLineEdit::keyPressEvent(event);
}

void SecretField::setCapsLock(bool on) {
    if (m_capsLock == on)
        return;
    m_capsLock = on;
    Q_EMIT capsLockChanged(on);
}

void SecretField::place() {
    const theme::Tokens& tokens = theme::tokens(this);
    setMinimumHeight(m_large ? tokens.size.controlLarge : tokens.size.control);
    const QSize eye = m_eye->sizeHint();
    const QRect spot = QStyle::alignedRect(layoutDirection(), Qt::AlignRight | Qt::AlignVCenter, eye,
                                           rect().adjusted(tokens.space.xs, 0, -tokens.space.xs, 0));
    m_eye->setGeometry(spot);
    const int room = m_eye->isHidden() ? 0 : eye.width() + tokens.space.xs;
    const bool rtl = layoutDirection() == Qt::RightToLeft;
    setTextMargins(rtl ? room : 0, 0, rtl ? 0 : room, 0);
}

void SecretField::resizeEvent(QResizeEvent* event) {
    QLineEdit::resizeEvent(event);
    place();
}

void SecretField::changeEvent(QEvent* event) {
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        place();
}

} // namespace outrider::widgets
