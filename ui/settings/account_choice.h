// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/account.h"
#include "ui/widgets/basics.h"

namespace outrider::widgets {
class Combo;
}

namespace outrider::settings {

// The kind of a mailbox's account, with what choosing it means. Chosen once: a mailbox keeps its kind.
class AccountChoice : public QWidget {
    Q_OBJECT

public:
    explicit AccountChoice(QWidget* parent = nullptr);

    void setKind(AccountKind kind, bool mayChoose); // without picked()
    AccountKind kind() const;

Q_SIGNALS:
    void picked(); // by the person

private:
    void explain();
    widgets::Combo* m_kind;
    widgets::Label* m_detail;
};

} // namespace outrider::settings
