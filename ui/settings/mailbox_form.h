// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/mailbox.h"
#include "ui/settings/mailbox_rules.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/secret_field.h"

class QBoxLayout;
class QLineEdit;
class QPlainTextEdit;

namespace outrider::widgets {
class Button;
class Combo;
} // namespace outrider::widgets

namespace outrider::settings {

class AccountChoice;
class LimitsForm;

// The fields of one mailbox. An address typed into a new one fills in the servers, until somebody has
// changed them. The secret is never shown: an empty field keeps the one in the vault.
class MailboxForm : public QWidget {
    Q_OBJECT

public:
    explicit MailboxForm(QWidget* parent = nullptr);

    void setMailbox(const Mailbox& mailbox, bool isNew);
    Mailbox mailbox() const; // as filled in
    bool isChanged() const;
    widgets::SecretField* secret() const { return m_secret; }
    // Of the server replies are read from, where it is another than what sends.
    widgets::SecretField* imapSecret() const { return m_imapSecret; }
    // Shows what is wrong where it is wrong; true when nothing is.
    bool validate();
    void showFaults(const MailboxFaults& faults);
    QString fault(MailboxField field) const { return m_faults.value(field); }
    void focusStart();
    // For which day the ramp is drawn.
    void setNow(Instant now);
    // Fields one below the other.
    void setNarrow(bool narrow);

    QLineEdit* addressEdit() const { return m_address; }
    QLineEdit* smtpHostEdit() const { return m_smtpHost; }
    QLineEdit* imapHostEdit() const { return m_imapHost; }
    QLineEdit* smtpPortEdit() const { return m_smtpPort; }

Q_SIGNALS:
    void edited();

private:
    QLineEdit* line(const QString& accessibleName);
    widgets::Field* field(MailboxField which, const QString& label, QWidget* input);
    widgets::Card* card(const QString& title);
    void buildAccount(QVBoxLayout* column);
    void buildServers(QVBoxLayout* column);
    void buildTexts(QVBoxLayout* column);
    void guessServers();
    void authChosen();
    void accountChosen();
    void changed();

    Mailbox m_stored;
    bool m_new = true;
    bool m_loading = false;
    bool m_serversTouched = false;
    MailboxFaults m_faults;
    QMap<MailboxField, widgets::Field*> m_fields;
    QList<QBoxLayout*> m_pairs; // fields beside each other while there is room
    QWidget* m_serverCard = nullptr;
    QWidget* m_signIn = nullptr; // user, method, secret: not for a practice mailbox, nor where the browser signs in
    QWidget* m_kindField = nullptr;
    QWidget* m_authField = nullptr;
    QWidget* m_imapSecretField = nullptr;
    widgets::Label* m_practice = nullptr;

    AccountChoice* m_kind;
    QLineEdit* m_address;
    QLineEdit* m_displayName;
    QLineEdit* m_userName;
    widgets::Combo* m_auth;
    widgets::SecretField* m_secret;
    widgets::SecretField* m_imapSecret;
    QLineEdit* m_smtpHost;
    QLineEdit* m_smtpPort;
    widgets::Combo* m_smtpTls;
    QLineEdit* m_imapHost;
    QLineEdit* m_imapPort;
    widgets::Combo* m_imapTls;
    QLineEdit* m_caFile;
    QLineEdit* m_inbox;
    QLineEdit* m_sent;
    LimitsForm* m_limits;
    QPlainTextEdit* m_signature;
    QLineEdit* m_optOut;
};

} // namespace outrider::settings
