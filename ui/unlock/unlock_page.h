// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/workspace_opening.h"
#include "ui/theme/icons.h"

#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>

namespace outrider::widgets {
class Button;
class Card;
class IconLabel;
class Label;
class SecretField;
} // namespace outrider::widgets

namespace outrider::frame {
class LinkButton;
}

namespace outrider::unlock {

// Opening a workspace that is there: by the keychain first, where it has the key, else by passphrase or
// recovery code. Everything that can keep it from opening is said here, with what to do about it.
class UnlockPage : public QWidget {
    Q_OBJECT

public:
    struct About {
        QString name;            // as far as it is known before opening
        QString locked;          // "Locked at 12:40"; empty: it is the start
        int waiting = 0;         // messages in the outbox when it was locked
        bool keychain = true;    // try it by itself
        QFuture<Result<>> after; // opening waits for it: the file may be closing still
        bool kept = false;       // the workspace stays open behind: only the key is to be proven
    };
    UnlockPage(Environment& environment, std::string path, About about, QWidget* parent = nullptr);

    // As if it had been typed: --passphrase-file.
    void tryPassphrase(std::shared_ptr<SecureBytes> passphrase);
    // Where errors are said.
    void say(const QString& sentence) { showError(sentence); }

Q_SIGNALS:
    // With About::kept, a second, read-only one: the proof.
    void opened(std::shared_ptr<outrider::Workspace> workspace);
    void otherWanted();
    void restored(const QString& path); // a workspace made of a backup is to be opened instead
    void quitWanted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void tryKeychain();
    void tryTyped();
    void attempt(UnlockWith with, bool readOnly);
    bool isClosing() const { return m_about.after.isStarted() && !m_about.after.isFinished(); }
    void answered(UnlockWith::Method method, Result<std::shared_ptr<Workspace>> result);
    void refused(const Error& error);
    void setBusy(bool busy);
    void setMethod(UnlockWith::Method method);
    void showError(const QString& sentence);
    void restore();
    QWidget* notice(theme::Icon icon, const QString& sentence);
    void sayClosing(QWidget* notice, QWidget* insteadOf);

    Environment& m_environment;
    const std::string m_path;
    const About m_about;
    WorkspaceFiles m_files;
    std::optional<Error> m_fileError; // why nothing can be opened at all
    UnlockWith::Method m_method = UnlockWith::Method::Passphrase;
    UnlockWith m_last; // for opening read-only with the same
    int m_underWay = 0;
    bool m_done = false;

    widgets::Label* m_title;
    widgets::Label* m_subtitle;
    widgets::SecretField* m_field;
    widgets::IconLabel* m_errorIcon;
    widgets::Label* m_error;
    widgets::Button* m_unlock;
    widgets::Button* m_keychain;
    widgets::Button* m_other; // recovery code, or back to the passphrase
    widgets::Button* m_readOnly;
    widgets::Button* m_restore; // shown when the file is lost or damaged
    QTimer m_patience;          // a keychain may ask the person for as long as they like
};

} // namespace outrider::unlock
