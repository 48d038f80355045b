// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/status.h"
#include "ui/settings/panel.h"

class QGridLayout;
class QLineEdit;

namespace outrider::widgets {
class Button;
class Combo;
} // namespace outrider::widgets

namespace outrider::settings {

// Where a lead can stand: the built-in statuses, and the person's own.
class StatusesPanel : public Panel {
    Q_OBJECT

public:
    explicit StatusesPanel(const frame::Context& context, QWidget* parent = nullptr);
    void read() override;
    bool hasUnsaved() const override;
    bool concerns(const ChangeSet& changes) const override { return changes.touches(EntityKind::Status); }

private:
    void add();
    void showStatuses(const std::vector<Status>& statuses);

    QWidget* m_list;
    QLineEdit* m_name;
    widgets::Field* m_nameField;
    widgets::Combo* m_kind;
    widgets::Button* m_add;
};

} // namespace outrider::settings
