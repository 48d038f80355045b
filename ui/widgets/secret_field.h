// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secure_bytes.h"

#include <QLineEdit>

#include <memory>

namespace outrider::widgets {

class Button;

// A field for a passphrase, password, token or code: hidden until its eye is pressed, and it notices Caps
// Lock from what is typed. What was typed leaves it only as SecureBytes. Qt's own copy of the text lives
// until take() or forget(); it cannot be wiped, which is why forms forget it as soon as it was used.
class SecretField : public QLineEdit {
    Q_OBJECT

public:
    explicit SecretField(const QString& accessibleName, QWidget* parent = nullptr);

    bool isEmpty() const { return text().isEmpty(); }
    // None when nothing was typed; the field keeps it, for a try that may fail.
    std::shared_ptr<SecureBytes> copy() const;
    std::shared_ptr<SecureBytes> take(); // and forgets it
    void forget();

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
    Button* m_eye;
    bool m_capsLock = false;
    bool m_large = false;
};

} // namespace outrider::widgets
