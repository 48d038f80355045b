// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/account_service.h"
#include "ui/frame/context.h"
#include "ui/widgets/basics.h"

#include <QPointer>

#include <functional>

class QUrl;

namespace outrider::widgets {
class Button;
class ProgressLine;
class Sheet;
} // namespace outrider::widgets

namespace outrider::settings {

// Signing in to a mailbox's account in the browser: the button, and while the browser is waited for, a way to open its
// address by hand and to give up. A new mailbox is saved first: asked for by saveFirst().
class AccountSignIn : public widgets::Card {
    Q_OBJECT

public:
    explicit AccountSignIn(const frame::Context& context, QWidget* parent = nullptr);
    ~AccountSignIn() override;

    // Shown for accounts that are signed in to in the browser only.
    void setMailbox(const Mailbox& mailbox, bool isNew);
    // Begins; asks for a client id first when there is none for the provider.
    void start();
    bool isWaiting() const { return m_progress != nullptr; }
    void cancel();

    using Opener = std::function<bool(const QUrl&)>;
    void setOpener(Opener opener) { m_open = std::move(opener); } // another than the system's browser

Q_SIGNALS:
    void saveFirst();

private:
    void begin();
    void follow(const std::shared_ptr<SignIn>& signIn);
    void ended(const Result<>& result);
    void askForClient(const ProviderSettings& settings);
    void refresh();

    const frame::Context& m_context;
    Opener m_open;
    Mailbox m_mailbox;
    bool m_new = true;
    int m_generation = 0; // of the sign-in under way
    ProgressPtr m_progress;
    QString m_url;
    widgets::Label* m_text;
    widgets::ProgressLine* m_line;
    widgets::Button* m_sign;
    widgets::Button* m_copy;
    widgets::Button* m_cancel;
    QPointer<widgets::Sheet> m_sheet;
};

} // namespace outrider::settings
