// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/secret_field.h"

namespace outrider::settings {

SecretField::SecretField(const QString& accessibleName, QWidget* parent) : QLineEdit(parent) {
    setEchoMode(Password);
    setAccessibleName(accessibleName);
    setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
}

std::shared_ptr<SecureBytes> SecretField::take() {
    auto secret = copy();
    forget();
    return secret;
}

std::shared_ptr<SecureBytes> SecretField::copy() const {
    if (text().isEmpty())
        return nullptr;
    QByteArray bytes = text().toUtf8();
    auto secret = std::make_shared<SecureBytes>(std::string_view(bytes.constData(), std::size_t(bytes.size())));
    bytes.fill('\0');
    return secret;
}

// Not clear(): that would leave what was typed in the field's undo.
void SecretField::forget() { setText({}); }

} // namespace outrider::settings
