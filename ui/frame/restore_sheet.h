// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/services/backup_service.h"
#include "ui/text/dates.h"
#include "ui/widgets/sheet.h"

#include <QPointer>
#include <QTimer>

#include <functional>
#include <optional>
#include <string>
#include <vector>

class QLineEdit;

namespace outrider::widgets {
class Combo;
class ProgressLine;
class SecretField;
} // namespace outrider::widgets

namespace outrider::frame {

// Makes a new workspace of a backup: which one, where to, with what it opens; then how far it is, and to open
// it. The workspace there is stays as it is. Over the settings, and where a workspace does not open any more.
class RestoreSheet : public widgets::Sheet {
    Q_OBJECT

public:
    struct Wish {
        std::string backup;
        std::string target;
        std::optional<UnlockWith> with; // none: by the key of the workspace that is open
    };
    using Restore = std::function<QFuture<Result<BackupFacts>>(Wish wish, ProgressPtr progress)>;

    struct Offer {
        std::vector<BackupFile> backups; // oldest first
        std::string workspace;           // beside which the new one is made
        text::Dates dates;
        // Asked for from the start when no workspace is open; otherwise only for a backup of another key.
        bool asksPassphrase = false;
    };
    RestoreSheet(QWidget* over, Offer offer, Restore restore);
    ~RestoreSheet() override; // gives up what is under way

Q_SIGNALS:
    void openWanted(const QString& path);

private:
    void chooseFile();
    void chooseTarget();
    void askPassphrase();
    void setMethod(UnlockWith::Method method);
    void start();
    void answered(const Result<BackupFacts>& restored);
    void refused(const Error& error);
    void showProgress();
    void setBusy(bool busy);

    const Offer m_offer;
    const Restore m_restore;
    ProgressPtr m_progress; // of the one under way
    QTimer m_look;
    UnlockWith::Method m_method = UnlockWith::Method::Passphrase;
    bool m_isDone = false;
    QString m_restored; // where

    QWidget* m_form;
    widgets::Combo* m_backup;
    widgets::Button* m_file;
    QLineEdit* m_target;
    widgets::Button* m_place;
    QWidget* m_proof; // the passphrase and what else it may be
    widgets::SecretField* m_secret;
    widgets::Button* m_other;
    widgets::Label* m_state;
    widgets::ProgressLine* m_line;
    widgets::Button* m_cancel;
    widgets::Button* m_go;
};

} // namespace outrider::frame
