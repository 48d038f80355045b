// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/panel.h"

#include <QTimer>

#include <chrono>
#include <vector>

class QDateEdit;
class QListWidget;

namespace outrider::widgets {
class Button;
class HoursEdit;
} // namespace outrider::widgets

namespace outrider::settings {

// The usual hours of new strategies, and the days nothing leaves on. Saved a moment after a change.
class HoursPanel : public Panel {
    Q_OBJECT

public:
    explicit HoursPanel(const frame::Context& context, QWidget* parent = nullptr);
    void read() override;
    bool concerns(const ChangeSet& changes) const override { return changes.touches(EntityKind::Setting); }

private:
    void saveHours();
    void addDay();
    void removeDays();
    void saveDays(std::vector<std::chrono::sys_days> days, const QString& done);
    void showDays();

    widgets::HoursEdit* m_hours;
    widgets::Label* m_hoursError;
    QTimer m_delay;
    QDateEdit* m_day;
    widgets::Button* m_add;
    QListWidget* m_list;
    widgets::Button* m_remove;
    std::vector<std::chrono::sys_days> m_days;
};

} // namespace outrider::settings
