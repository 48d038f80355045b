// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secure_bytes.h"

#include <QLineEdit>

#include <memory>

namespace outrider::widgets {
class Button;
}

namespace outrider::unlock {

// A field for a passphrase: hidden until its eye is pressed, and it notices Caps Lock from what is typed.
class SecretField : public QLineEdit {
    Q_OBJECT

public:
    explicit SecretField(const QString& accessibleName, QWidget* parent = nullptr);

    // What is in it, as bytes that are wiped. The field itself keeps its copy until it is cleared.
    std::shared_ptr<SecureBytes> secret() const;
    bool capsLockIsOn() const { return m_capsLock; }
    void setShown(bool shown); // a recovery code is read off paper: nothing to hide
    void setLarge(bool large);

Q_SIGNALS:
    void capsLockChanged(bool on);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void setCapsLock(bool on);
    void place();
    widgets::Button* m_eye;
    bool m_capsLock = false;
    bool m_large = false;
};

} // namespace outrider::unlock
