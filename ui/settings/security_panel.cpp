// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/security_panel.h"

#include "core/base/deliver.h"
#include "ui/text/error_text.h"
#include "ui/text/tr.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"
#include "ui/widgets/secret_field.h"
#include "ui/widgets/sheet.h"

#include <QBoxLayout>
#include <QGridLayout>

namespace outrider::settings {

using widgets::Button;
using widgets::Field;
using widgets::Ink;
using widgets::Label;
using widgets::SecretField;

namespace {

QString wrongProof(const Error& error) {
    return error.code == ErrorCode::WrongPassphrase ? SecurityPanel::tr("That passphrase did not open the file.")
                                                    : text::sentence(error);
}

} // namespace

SecurityPanel::SecurityPanel(const frame::Context& context, QWidget* parent)
    : Panel(context, tr("Security"), theme::Icon::Shield,
            tr("encryption passphrase recovery code keychain file cipher damage doctor lock idle minutes"), parent),
      m_path(new Label),
      m_size(new Label(theme::TextStyle::Body, Ink::Muted)),
      m_cipher(new Label(theme::TextStyle::Mono)),
      m_found(new Label(theme::TextStyle::Body, Ink::Muted)),
      m_foundIcon(new widgets::IconLabel(theme::Icon::CircleInfo)),
      m_examine(new Button(Button::Kind::Secondary, tr("Examine the file"))),
      m_slotsText(explanation({})),
      m_slots(new QWidget),
      m_passphrase(new Label),
      m_recovery(new Label),
      m_keychain(new Label),
      m_keychainButton(new Button(Button::Kind::Secondary, tr("Turn on"))),
      m_idle(new widgets::Combo(tr("Lock without use"))) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = page({});
    column->addWidget(new Label(theme::TextStyle::Section, Ink::Text, tr("The workspace's file")));
    m_path->setWordWrap(true);
    m_path->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    column->addWidget(m_path);
    column->addWidget(m_size);
    column->addWidget(m_cipher);
    auto* examining = new QHBoxLayout;
    examining->setSpacing(t.space.s);
    m_found->setWordWrap(true);
    examining->addWidget(m_examine, 0, Qt::AlignTop);
    examining->addWidget(m_foundIcon, 0, Qt::AlignTop);
    examining->addWidget(m_found, 1);
    m_foundIcon->hide();
    column->addLayout(examining);

    column->addWidget(new widgets::Line);
    column->addWidget(new Label(theme::TextStyle::Section, Ink::Text, tr("What opens it")));
    column->addWidget(m_slotsText);
    auto* grid = new QGridLayout(m_slots);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(t.space.m);
    grid->setVerticalSpacing(t.space.s);
    int row = 0;
    const auto slot = [&](theme::Icon icon, const QString& name, Label* state, Button* button) {
        grid->addWidget(new widgets::IconLabel(icon), row, 0);
        grid->addWidget(new Label(theme::TextStyle::BodyStrong, Ink::Text, name), row, 1);
        state->setInk(Ink::Muted);
        state->setWordWrap(true);
        grid->addWidget(state, row, 2);
        grid->addWidget(button, row, 3);
        ++row;
    };
    auto* change = new Button(Button::Kind::Secondary, tr("Change…"));
    change->setAccessibleName(tr("Change the passphrase"));
    auto* renew = new Button(Button::Kind::Secondary, tr("New code…"));
    renew->setAccessibleName(tr("New recovery code"));
    slot(theme::Icon::Key, tr("Passphrase"), m_passphrase, change);
    slot(theme::Icon::File, tr("Recovery code"), m_recovery, renew);
    slot(theme::Icon::Unlock, tr("Keychain"), m_keychain, m_keychainButton);
    grid->setColumnStretch(2, 1);
    column->addWidget(m_slots);

    column->addWidget(new widgets::Line);
    column->addWidget(new Label(theme::TextStyle::Section, Ink::Text, tr("Lock without use")));
    m_idle->addChoice(tr("Never"), 0);
    for (const int minutes : {5, 15, 30, 60})
        m_idle->addChoice(tr("After %1 minutes").arg(minutes), minutes);
    column->addWidget(m_idle, 0, Qt::AlignLeft);
    column->addWidget(
        explanation(tr("The file is closed and its key forgotten; Ctrl+L does it at once. When something you wrote is not "
                       "saved, the file stays open behind the lock and nothing you wrote is lost.")));
    column->addStretch(1);

    connect(m_examine, &QAbstractButton::clicked, this, &SecurityPanel::examine);
    connect(change, &QAbstractButton::clicked, this, &SecurityPanel::changePassphrase);
    connect(renew, &QAbstractButton::clicked, this, &SecurityPanel::renewRecoveryCode);
    connect(m_keychainButton, &QAbstractButton::clicked, this, &SecurityPanel::toggleKeychain);
    connect(m_idle, &widgets::Combo::picked, this,
            [&preferences = context.preferences](const QVariant& minutes) { preferences.setIdleMinutes(minutes.toInt()); });
    showIdle();
}

void SecurityPanel::showIdle() {
    const int minutes = context().preferences.idleMinutes();
    if (m_idle->findData(minutes) < 0) // set by hand in the file
        m_idle->addChoice(tr("After %1 minutes").arg(minutes), minutes);
    m_idle->setValue(minutes);
}

void SecurityPanel::read() {
    showIdle();
    deliver(context().workspace.settings().info(), this, [this](Result<WorkspaceInfo> info) {
        if (!info)
            return;
        m_path->setText(text::toQt(info->path));
        m_size->setText(tr("%1, made on %2").arg(text::fileSize(info->bytes), context().dates().shortDay(info->createdAt)));
        m_cipher->setText(text::toQt(info->cipher));
    });
    deliver(context().workspace.settings().keySlots(), this, [this](Result<WorkspaceFiles> files) { showSlots(files); });
}

void SecurityPanel::showSlots(const Result<WorkspaceFiles>& files) {
    m_slots->setVisible(files.has_value());
    if (!files) {
        m_slotsText->setText(files.error().code == ErrorCode::Unsupported
                                 ? tr("The practice workspace opens by itself: its key is no secret, and nothing in it is yours.")
                                 : text::sentence(files.error()));
        return;
    }
    m_slotsText->setText(
        tr("The file is encrypted with one random key; each of these holds it. Changing one encrypts nothing anew."));
    m_passphrase->setText(files->hasPassphrase ? tr("Set") : tr("None"));
    m_recovery->setText(files->hasRecoveryCode ? tr("Printed when it was made; kept nowhere") : tr("None"));
    m_hasKeychain = files->hasKeychain;
    m_keychain->setText(m_hasKeychain ? tr("Opens without asking on this computer") : tr("Off: the passphrase is asked for"));
    m_keychainButton->setText(m_hasKeychain ? tr("Turn off") : tr("Turn on…"));
    m_keychainButton->setAccessibleName(m_hasKeychain ? tr("Turn the keychain off") : tr("Turn the keychain on"));
}

void SecurityPanel::examine() {
    m_examine->setEnabled(false);
    m_found->setText(tr("Reading the whole file…"));
    deliver(context().workspace.settings().doctor(), this, [this](Result<std::vector<std::string>> found) {
        m_examine->setEnabled(true);
        m_foundIcon->show();
        if (!found) {
            m_foundIcon->setIcon(theme::Icon::CircleAlert, Ink::Danger);
            m_found->setText(text::sentence(found.error()));
            return;
        }
        m_foundIcon->setIcon(found->empty() ? theme::Icon::CircleCheck : theme::Icon::CircleAlert,
                             found->empty() ? Ink::Ok : Ink::Danger);
        QStringList lines;
        for (const std::string& line : *found)
            lines.append(text::toQt(line));
        m_found->setText(found->empty() ? tr("The file is sound: encryption, integrity, links and search index.")
                                        : lines.join(QLatin1Char('\n')));
    });
}

void SecurityPanel::askForProof(const QString& title, const QString& text, const QString& verb,
                                const std::function<void(widgets::Sheet*, Button*, UnlockWith)>& run) {
    if (m_sheet)
        return;
    auto* sheet = new widgets::Sheet(this, title);
    m_sheet = sheet;
    sheet->body()->addWidget(explanation(text));
    auto* secret = new SecretField(tr("Current passphrase"));
    sheet->body()->addWidget(new Field(tr("Current passphrase"), secret));
    sheet->addCancel(tr("Cancel"));
    auto* go = sheet->addButton(Button::Kind::Primary, verb);
    connect(go, &QAbstractButton::clicked, sheet, [sheet, go, secret, run] {
        if (secret->isEmpty()) {
            sheet->setError(tr("The passphrase is missing."));
            return;
        }
        go->setEnabled(false);
        run(sheet, go, {.method = UnlockWith::Method::Passphrase, .secret = secret->take()});
    });
    sheet->open(secret);
}

void SecurityPanel::changePassphrase() {
    if (m_sheet)
        return;
    auto* sheet = new widgets::Sheet(this, tr("Change the passphrase"));
    m_sheet = sheet;
    auto* current = new SecretField(tr("Current passphrase"));
    auto* fresh = new SecretField(tr("New passphrase"));
    auto* again = new SecretField(tr("New passphrase again"));
    auto* freshField = new Field(tr("New passphrase"), fresh);
    auto* againField = new Field(tr("New passphrase again"), again);
    freshField->setHelp(tr("At least 8 characters; four words or more work best."));
    sheet->body()->addWidget(new Field(tr("Current passphrase"), current));
    sheet->body()->addWidget(freshField);
    sheet->body()->addWidget(againField);
    sheet->addCancel(tr("Cancel"));
    auto* go = sheet->addButton(Button::Kind::Primary, tr("Change"));
    connect(go, &QAbstractButton::clicked, sheet, [this, sheet, go, current, fresh, again, freshField, againField] {
        freshField->setError(fresh->isEmpty() ? tr("A new passphrase is needed.") : QString());
        againField->setError(fresh->text() == again->text() ? QString() : tr("The two differ."));
        if (fresh->isEmpty() || fresh->text() != again->text())
            return;
        go->setEnabled(false);
        auto passphrase = fresh->copy();
        deliver(context().workspace.settings().changePassphrase(
                    {.method = UnlockWith::Method::Passphrase, .secret = current->copy()}, passphrase),
                sheet, [this, sheet, go, current, fresh, again, freshField](Result<> changed) {
                    go->setEnabled(true);
                    if (!changed) {
                        if (changed.error().code == ErrorCode::WeakPassphrase)
                            freshField->setError(text::sentence(changed.error()));
                        else
                            sheet->setError(wrongProof(changed.error()));
                        return;
                    }
                    for (SecretField* field : {current, fresh, again})
                        field->forget();
                    context().tell.done(tr("The passphrase is changed. The recovery code is as before."), false,
                                        theme::Icon::Key);
                    sheet->finish();
                    read();
                });
    });
    sheet->open(current);
}

void SecurityPanel::renewRecoveryCode() {
    askForProof(tr("New recovery code"),
                tr("The code you have stops working. The new one is shown once: print it and keep it away from the computer."),
                tr("Make a new code"), [this](widgets::Sheet* sheet, Button* go, const UnlockWith& proof) {
                    deliver(context().workspace.settings().renewRecoveryCode(proof), sheet,
                            [this, sheet, go](Result<SecureBytes> code) {
                                go->setEnabled(true);
                                if (!code) {
                                    sheet->setError(wrongProof(code.error()));
                                    return;
                                }
                                sheet->finish();
                                m_sheet = nullptr;
                                showCode(std::move(*code));
                                read();
                            });
                });
}

void SecurityPanel::showCode(SecureBytes code) {
    auto* sheet = new widgets::Sheet(this, tr("Your new recovery code"));
    sheet->setShownOnce();
    m_sheet = sheet;
    auto* shown =
        new Label(theme::TextStyle::Display, Ink::Text, QString::fromUtf8(code.view().data(), qsizetype(code.view().size())));
    shown->setWordWrap(true);
    shown->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    sheet->body()->addWidget(shown);
    sheet->body()->addWidget(
        explanation(tr("It is shown this once and stored nowhere. With it the workspace opens when the passphrase is lost.")));
    auto* done = sheet->addButton(Button::Kind::Primary, tr("I have kept it"));
    connect(done, &QAbstractButton::clicked, sheet, &widgets::Sheet::finish);
    sheet->open(done);
}

void SecurityPanel::toggleKeychain() {
    if (m_hasKeychain) {
        deliver(context().workspace.settings().removeFromKeychain(), this, [this](Result<> removed) {
            if (removed)
                context().tell.done(tr("The keychain no longer opens the workspace."), false, theme::Icon::Key);
            else
                context().tell.failed(removed.error(), tr("The keychain is as it was."));
            read();
        });
        return;
    }
    askForProof(tr("Open without asking"),
                tr("This computer's keychain keeps the key; whoever is signed in to it can open the workspace."), tr("Turn on"),
                [this](widgets::Sheet* sheet, Button* go, const UnlockWith& proof) {
                    deliver(context().workspace.settings().keepInKeychain(proof), sheet, [this, sheet, go](Result<> kept) {
                        go->setEnabled(true);
                        if (!kept) {
                            sheet->setError(wrongProof(kept.error()));
                            return;
                        }
                        context().tell.done(tr("The workspace opens without asking on this computer."), false, theme::Icon::Key);
                        sheet->finish();
                        read();
                    });
                });
}

} // namespace outrider::settings
