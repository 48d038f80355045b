// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/conversation_service.h"
#include "ui/widgets/sheet.h"

#include <optional>

namespace outrider::inbox {

// Somebody says they are the wrong person and names another: asks whether that one is added as a lead. Enter adds, Esc
// judges nothing.
class RightPersonSheet : public widgets::Sheet {
    Q_OBJECT

public:
    // `name`: who wrote, isolated.
    RightPersonSheet(QWidget* over, const QString& name, const QString& company, const NamedPerson& named);

    void ask();

Q_SIGNALS:
    void answered(std::optional<outrider::NamedPerson> right); // none: nobody is added

private:
    QLineEdit* m_name;
    QLineEdit* m_email;
};

} // namespace outrider::inbox
