// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/member.h"
#include "ui/settings/panel.h"

class QComboBox;
class QLineEdit;

namespace outrider::widgets {
class Button;
}

namespace outrider::settings {

// Who works here, and in which time zone: what "today" means, and what {{my.name}} says.
class YouPanel : public Panel {
    Q_OBJECT

public:
    explicit YouPanel(const frame::Context& context, QWidget* parent = nullptr);
    void read() override;
    bool hasUnsaved() const override;
    bool concerns(const ChangeSet& changes) const override { return changes.touches(EntityKind::Setting); }

private:
    void save();
    void updateTime();

    Member m_me;
    QString m_storedZone;
    QLineEdit* m_name;
    QLineEdit* m_email;
    QComboBox* m_zone;
    widgets::Field* m_nameField;
    widgets::Field* m_emailField;
    widgets::Field* m_zoneField;
    widgets::Button* m_save;
};

} // namespace outrider::settings
