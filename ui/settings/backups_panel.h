// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/backup_service.h"
#include "ui/settings/panel.h"

namespace outrider::widgets {
class Button;
} // namespace outrider::widgets

namespace outrider::settings {

// The copies of the workspace: when the last was made and where, one more at once, whether it is sound, and a new workspace
// of one.
class BackupsPanel : public Panel {
    Q_OBJECT

public:
    explicit BackupsPanel(const frame::Context& context, QWidget* parent = nullptr);
    void read() override;

    void backUpNow();
    void verifyLast();
    void setAutomatic(bool on);
    void restore();

private:
    void showStatus(const Result<BackupService::Status>& status);
    // What came of the last wish, in its own line.
    void say(bool good, const QString& sentence);
    void setBusy(bool busy);

    widgets::Label* m_last;
    widgets::Label* m_folder;
    widgets::Label* m_all;
    widgets::Label* m_said;
    widgets::IconLabel* m_saidIcon;
    widgets::Button* m_make;
    widgets::Button* m_verify;
    widgets::Button* m_automatic;
    widgets::Button* m_restore;
    std::optional<BackupFile> m_lastFile;
    bool m_isAutomatic = true;
    bool m_isBusy = false;
};

} // namespace outrider::settings
