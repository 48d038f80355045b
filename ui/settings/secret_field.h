// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secure_bytes.h"

#include <QLineEdit>

#include <memory>

namespace outrider::settings {

// A field for a password, token or passphrase. What was typed leaves it only as SecureBytes; take() also
// empties the field, so that nothing is shown or kept afterwards.
class SecretField : public QLineEdit {
    Q_OBJECT

public:
    explicit SecretField(const QString& accessibleName, QWidget* parent = nullptr);

    bool isEmpty() const { return text().isEmpty(); }
    std::shared_ptr<SecureBytes> take();
    // For a try before saving: the field keeps it. None when nothing was typed.
    std::shared_ptr<SecureBytes> copy() const;
    void forget();
};

} // namespace outrider::settings
