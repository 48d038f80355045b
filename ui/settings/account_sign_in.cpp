// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/account_sign_in.h"

#include "core/base/deliver.h"
#include "ui/text/account_text.h"
#include "ui/text/error_text.h"
#include "ui/text/tr.h"
#include "ui/widgets/button.h"
#include "ui/widgets/secret_field.h"
#include "ui/widgets/sheet.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QUrl>

namespace outrider::settings {

using widgets::Button;
using widgets::Ink;
using widgets::Label;

AccountSignIn::AccountSignIn(const frame::Context& context, QWidget* parent)
    : Card(parent),
      m_context(context),
      m_open([](const QUrl& url) { return QDesktopServices::openUrl(url); }),
      m_text(new Label(theme::TextStyle::Body, Ink::Text)),
      m_line(new widgets::ProgressLine),
      m_sign(new Button(Button::Kind::Primary, {})),
      m_copy(new Button(Button::Kind::Secondary, tr("Copy the address"))),
      m_cancel(new Button(Button::Kind::Secondary, tr("Cancel"))) {
    const theme::Tokens& t = theme::tokens(this);
    setAccessibleName(tr("Sign in with the provider"));
    auto* column = widgets::column(this, t.space.s, {t.space.l, t.space.m, t.space.l, t.space.m});
    m_text->setWordWrap(true);
    column->addWidget(m_text);
    m_line->setFraction(-1);
    m_line->setAccessibleName(tr("Waiting for the browser"));
    column->addWidget(m_line);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(t.space.s);
    buttons->addWidget(m_sign);
    buttons->addWidget(m_copy);
    buttons->addWidget(m_cancel);
    buttons->addStretch(1);
    column->addLayout(buttons);
    m_cancel->setAccessibleName(tr("Cancel signing in"));
    connect(m_sign, &QAbstractButton::clicked, this, &AccountSignIn::start);
    connect(m_cancel, &QAbstractButton::clicked, this, &AccountSignIn::cancel);
    connect(m_copy, &QAbstractButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_url);
        m_context.tell.info(tr("The address is copied. Open it in the browser you sign in with."));
    });
    refresh();
}

AccountSignIn::~AccountSignIn() {
    if (m_progress)
        m_progress->cancel();
}

void AccountSignIn::setMailbox(const Mailbox& mailbox, bool isNew) {
    if (mailbox.id != m_mailbox.id || isNew != m_new)
        cancel();
    m_mailbox = mailbox;
    m_new = isNew;
    refresh();
}

void AccountSignIn::refresh() {
    const bool browser = m_mailbox.kind == MailboxKind::Mail && signsInByBrowser(m_mailbox.account);
    setVisible(browser);
    if (!browser)
        return;
    const QString provider = text::providerTitle(providerOf(m_mailbox.account));
    const QString reason = text::reconnectReason(m_mailbox);
    const bool signedIn = !m_new && reason.isEmpty();
    const bool waiting = isWaiting();
    m_sign->setVisible(!waiting);
    m_sign->setKind(signedIn ? Button::Kind::Secondary : Button::Kind::Primary);
    m_sign->setText(m_mailbox.stateReason == name(ErrorCode::AuthFailed) && !signedIn ? tr("Reconnect with %1").arg(provider)
                    : signedIn                                                        ? tr("Sign in again")
                                                                                      : tr("Sign in with %1").arg(provider));
    m_sign->setAccessibleName(m_sign->text());
    m_line->setVisible(waiting);
    m_cancel->setVisible(waiting);
    m_copy->setVisible(waiting && !m_url.isEmpty());
    if (waiting)
        m_text->setText(tr("Go on in your browser and allow Outrider to use the mailbox. This page follows by itself."));
    else if (m_new)
        m_text->setText(tr("The mailbox is added, and your browser opens for signing in with %1.").arg(provider));
    else
        m_text->setText(signedIn ? tr("Signed in with %1. The tokens are in the vault.").arg(provider) : reason);
}

void AccountSignIn::start() {
    if (isWaiting())
        return;
    if (m_new) {
        Q_EMIT saveFirst();
        return;
    }
    const int generation = ++m_generation;
    deliver(m_context.workspace.accounts().provider(providerOf(m_mailbox.account)), this,
            [this, generation](Result<ProviderSettings> settings) {
                if (generation != m_generation)
                    return;
                if (!settings)
                    m_context.tell.failed(settings.error(), tr("The sign-in could not begin."));
                else if (settings->clientId.empty())
                    askForClient(*settings);
                else
                    begin();
            });
}

void AccountSignIn::begin() {
    const int generation = ++m_generation;
    m_progress = std::make_shared<Progress>();
    m_url.clear();
    refresh();
    deliver(m_context.workspace.accounts().begin(m_mailbox.id), this, [this, generation](Result<std::shared_ptr<SignIn>> begun) {
        if (generation != m_generation)
            return;
        if (!begun) {
            ended(fail(begun.error()));
            return;
        }
        follow(*begun);
    });
}

void AccountSignIn::follow(const std::shared_ptr<SignIn>& signIn) {
    const int generation = m_generation;
    m_url = QString::fromStdString(signIn->url());
    refresh();
    const Provider provider = providerOf(m_mailbox.account);
    deliver(m_context.workspace.accounts().finish(
                m_mailbox.id, signIn, {.done = text::signInPage(provider, true), .failed = text::signInPage(provider, false)},
                m_progress),
            this, [this, generation](Result<> result) {
                if (generation == m_generation)
                    ended(result);
            });
    if (!m_open(QUrl(m_url)))
        m_context.tell.info(tr("No browser could be opened. Copy the address and open it yourself."));
}

void AccountSignIn::ended(const Result<>& result) {
    m_progress.reset();
    m_url.clear();
    refresh();
    const QString address = text::isolated(text::toQt(m_mailbox.address));
    if (result)
        m_context.tell.done(tr("Signed in: %1.").arg(address), false);
    else if (result.error().code == ErrorCode::Conflict)
        m_context.tell.info(tr("You signed in as %1, but this mailbox is %2. Nothing was kept; sign in with the other account.")
                                .arg(text::isolated(text::toQt(result.error().detail)), address));
    else if (result.error().code != ErrorCode::Cancelled)
        m_context.tell.failed(result.error(), tr("Not signed in: %1.").arg(address));
}

void AccountSignIn::cancel() {
    ++m_generation;
    if (m_progress)
        m_progress->cancel();
    m_progress.reset();
    m_url.clear();
    refresh();
}

void AccountSignIn::askForClient(const ProviderSettings& settings) {
    if (m_sheet)
        return;
    const Provider provider = providerOf(m_mailbox.account);
    const QString title = text::providerTitle(provider);
    auto* sheet = new widgets::Sheet(this, tr("Client id for %1").arg(title));
    m_sheet = sheet;
    auto* why = new Label(theme::TextStyle::Body, Ink::Text,
                          tr("%1 wants to know which program asks. Register one with %1, of the kind for desktop programs, and "
                             "enter its client id. The manual says how, step by step.")
                              .arg(title));
    why->setWordWrap(true);
    sheet->body()->addWidget(why);
    auto* clientId = new QLineEdit;
    clientId->setAccessibleName(tr("Client id"));
    sheet->body()->addWidget(new widgets::Field(tr("Client id"), clientId));
    auto* secret = new widgets::SecretField(tr("Client secret"));
    if (provider == Provider::Google) {
        auto* field = new widgets::Field(tr("Client secret"), secret);
        field->setHelp(tr("Google gives one with the id and wants it back. It is kept in the vault."));
        sheet->body()->addWidget(field);
    } else {
        secret->setParent(sheet);
        secret->hide();
    }
    sheet->addCancel(tr("Cancel"));
    auto* go = sheet->addButton(Button::Kind::Primary, tr("Save and sign in"));
    connect(go, &QAbstractButton::clicked, this, [this, sheet, clientId, secret, settings, provider] {
        ProviderSettings changed = settings;
        changed.clientId = clientId->text().trimmed().toStdString();
        if (changed.clientId.empty()) {
            sheet->setError(tr("The client id is missing."));
            clientId->setFocus(Qt::OtherFocusReason);
            return;
        }
        deliver(m_context.workspace.accounts().setProvider(provider, changed, secret->take()), sheet,
                [this, sheet](Result<> saved) {
                    if (!saved) {
                        sheet->setError(text::sentence(saved.error()));
                        return;
                    }
                    sheet->finish();
                    begin();
                });
    });
    sheet->open(clientId);
}

} // namespace outrider::settings
