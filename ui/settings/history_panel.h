// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/settings_service.h"
#include "ui/settings/panel.h"

#include <QPointer>

namespace outrider::widgets {
class Combo;
class Sheet;
} // namespace outrider::widgets

namespace outrider::settings {

// How long it is kept what each act changed, and what room that takes. A shorter time is asked about first: what is
// forgotten does not come back.
class HistoryPanel : public Panel {
    Q_OBJECT

public:
    explicit HistoryPanel(const frame::Context& context, QWidget* parent = nullptr);
    void read() override;
    bool concerns(const ChangeSet& changes) const override { return changes.touches(EntityKind::Setting); }

private:
    void showKept(int days);
    void pick(int days);
    void ask(int days, const SettingsService::JournalRoom& room);
    void keep(int days);

    int m_days = 0; // 0: for ever
    widgets::Combo* m_keep;
    widgets::Label* m_meaning;
    widgets::Label* m_room;
    QPointer<widgets::Sheet> m_sheet;
};

} // namespace outrider::settings
