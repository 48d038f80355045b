// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/settings_service.h"
#include "ui/settings/panel.h"

#include <QPointer>

namespace outrider::widgets {
class Button;
class Combo;
class Sheet;
} // namespace outrider::widgets

namespace outrider::settings {

// Where the file is, how it is encrypted, what opens it, and whether it is sound.
class SecurityPanel : public Panel {
    Q_OBJECT

public:
    explicit SecurityPanel(const frame::Context& context, QWidget* parent = nullptr);
    void read() override;

    // The sheet asking for the old passphrase and the new one twice.
    void changePassphrase();
    void renewRecoveryCode();
    void toggleKeychain();
    void examine();

private:
    void showIdle();
    void showSlots(const Result<WorkspaceFiles>& files);
    // Asks for the passphrase, then runs with it; `run` ends the sheet or shows the error in it.
    void askForProof(const QString& title, const QString& text, const QString& verb,
                     const std::function<void(widgets::Sheet*, widgets::Button*, UnlockWith)>& run);
    void showCode(SecureBytes code);

    widgets::Label* m_path;
    widgets::Label* m_size;
    widgets::Label* m_cipher;
    widgets::Label* m_found;
    widgets::IconLabel* m_foundIcon;
    widgets::Button* m_examine;
    widgets::Label* m_slotsText;
    QWidget* m_slots;
    widgets::Label* m_passphrase;
    widgets::Label* m_recovery;
    widgets::Label* m_keychain;
    widgets::Button* m_keychainButton;
    widgets::Combo* m_idle;
    bool m_hasKeychain = false;
    QPointer<widgets::Sheet> m_sheet;
};

} // namespace outrider::settings
