// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/mailbox_form.h"

#include "core/services/mailbox_service.h"
#include "ui/settings/account_choice.h"
#include "ui/settings/limits_form.h"
#include "ui/text/tr.h"
#include "ui/widgets/button.h"
#include "ui/widgets/combo.h"
#include "ui/widgets/text_area.h"

#include <QBoxLayout>
#include <QFileDialog>
#include <QGridLayout>
#include <QLineEdit>
#include <QScopedValueRollback>

namespace outrider::settings {

using text::toQt;
using widgets::Combo;
using widgets::Field;
using widgets::Ink;
using widgets::Label;
using widgets::SecretField;

namespace {

Combo* tlsCombo(const QString& name) {
    auto* combo = new Combo(name);
    combo->addChoice(MailboxForm::tr("TLS"), int(TlsMode::Implicit));
    combo->addChoice(MailboxForm::tr("STARTTLS"), int(TlsMode::StartTls));
    combo->addChoice(MailboxForm::tr("None"), int(TlsMode::None));
    return combo;
}

std::string trimmed(const QLineEdit* edit) { return edit->text().trimmed().toStdString(); }

// What is not a number is 0, which no port is.
int portOf(const QLineEdit* edit) {
    bool ok = false;
    const int port = edit->text().trimmed().toInt(&ok);
    return ok ? port : 0;
}

} // namespace

MailboxForm::MailboxForm(QWidget* parent)
    : QWidget(parent),
      m_kind(new AccountChoice),
      m_address(line(tr("Address"))),
      m_displayName(line(tr("From name"))),
      m_userName(line(tr("User name"))),
      m_auth(new Combo(tr("Sign-in method"))),
      m_secret(new SecretField(tr("Password of the mailbox"))),
      m_imapSecret(new SecretField(tr("Password to read with"))),
      m_smtpHost(line(tr("SMTP server"))),
      m_smtpPort(line(tr("SMTP port"))),
      m_smtpTls(tlsCombo(tr("SMTP encryption"))),
      m_imapHost(line(tr("IMAP server"))),
      m_imapPort(line(tr("IMAP port"))),
      m_imapTls(tlsCombo(tr("IMAP encryption"))),
      m_caFile(line(tr("Certificate authority file"))),
      m_inbox(line(tr("Folder read"))),
      m_sent(line(tr("Folder for copies"))),
      m_limits(new LimitsForm),
      m_signature(new widgets::TextArea({}, tr("Signature"))),
      m_optOut(line(tr("Opt-out line"))) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = widgets::column(this, t.space.m);
    buildAccount(column);
    buildServers(column);
    column->addWidget(m_limits);
    buildTexts(column);

    connect(m_kind, &AccountChoice::picked, this, [this] {
        accountChosen();
        changed();
    });
    connect(m_secret, &QLineEdit::textEdited, this, &MailboxForm::changed);
    connect(m_imapSecret, &QLineEdit::textEdited, this, &MailboxForm::changed);
    connect(m_signature, &QPlainTextEdit::textChanged, this, &MailboxForm::changed);
    for (Combo* combo : {m_smtpTls, m_imapTls})
        connect(combo, &Combo::picked, this, [this] {
            m_serversTouched = true;
            changed();
        });
    connect(m_auth, &Combo::picked, this, [this] {
        authChosen();
        changed();
    });
    connect(m_limits, &LimitsForm::edited, this, &MailboxForm::changed);
    for (QLineEdit* edit : {m_smtpHost, m_smtpPort, m_imapHost, m_imapPort})
        connect(edit, &QLineEdit::textEdited, this, [this] { m_serversTouched = true; });
    connect(m_address, &QLineEdit::editingFinished, this, &MailboxForm::guessServers);
    setMailbox({}, true);
}

QLineEdit* MailboxForm::line(const QString& accessibleName) {
    auto* edit = new QLineEdit;
    edit->setAccessibleName(accessibleName);
    connect(edit, &QLineEdit::textEdited, this, &MailboxForm::changed);
    return edit;
}

Field* MailboxForm::field(MailboxField which, const QString& label, QWidget* input) {
    auto* made = new Field(label, input);
    m_fields.insert(which, made);
    return made;
}

widgets::Card* MailboxForm::card(const QString& title) {
    const theme::Tokens& t = theme::tokens(this);
    auto* made = new widgets::Card;
    made->setAccessibleName(title);
    auto* column = widgets::column(made, t.space.s, {t.space.l, t.space.m, t.space.l, t.space.m});
    column->addWidget(new Label(theme::TextStyle::Section, Ink::Text, title));
    return made;
}

void MailboxForm::buildAccount(QVBoxLayout* column) {
    const theme::Tokens& t = theme::tokens(this);
    auto* account = card(tr("Account"));
    m_kindField = new Field(tr("Kind"), m_kind);
    account->layout()->addWidget(m_kindField);
    auto* names = new QBoxLayout(QBoxLayout::LeftToRight);
    m_pairs.append(names);
    names->setSpacing(t.space.l);
    names->addWidget(field(MailboxField::Address, tr("Address"), m_address), 1);
    names->addWidget(new Field(tr("From name"), m_displayName), 1);
    static_cast<QVBoxLayout*>(account->layout())->addLayout(names);

    m_signIn = new QWidget;
    auto* signIn = new QBoxLayout(QBoxLayout::LeftToRight, m_signIn);
    signIn->setContentsMargins(0, 0, 0, 0);
    signIn->setSpacing(t.space.l);
    m_pairs.append(signIn);
    for (const auto& [text, method] :
         {std::pair(tr("Password"), AuthMethod::Plain), std::pair(tr("Password (LOGIN)"), AuthMethod::Login),
          std::pair(tr("Access token (XOAUTH2)"), AuthMethod::XOAuth2), std::pair(tr("None"), AuthMethod::None)})
        m_auth->addChoice(text, int(method));
    signIn->addWidget(field(MailboxField::UserName, tr("User name"), m_userName), 1);
    m_authField = new Field(tr("Sign in with"), m_auth);
    signIn->addWidget(m_authField);
    signIn->addWidget(field(MailboxField::Secret, tr("Password, token or API key"), m_secret), 1);
    account->layout()->addWidget(m_signIn);
    m_practice = new Label(
        theme::TextStyle::Body, Ink::Muted,
        tr("This mailbox is inside the program. The people in the practice workspace answer it; nothing leaves this computer."));
    m_practice->setWordWrap(true);
    account->layout()->addWidget(m_practice);
    column->addWidget(account);
}

void MailboxForm::buildServers(QVBoxLayout* column) {
    const theme::Tokens& t = theme::tokens(this);
    auto* servers = card(tr("Servers"));
    m_serverCard = servers;
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(t.space.s);
    grid->setVerticalSpacing(t.space.xs);
    const int portWidth =
        QFontMetrics(t.font(theme::TextStyle::Body)).horizontalAdvance(QStringLiteral("000000")) + 2 * t.space.m;
    int row = 0;
    const auto server = [&](const QString& label, QLineEdit* host, QLineEdit* port, Combo* tls, MailboxField hostField,
                            MailboxField portField, MailboxField tlsField) {
        port->setAlignment(Qt::AlignRight);
        port->setMinimumWidth(portWidth);
        port->setMaximumWidth(portWidth * 2);
        port->setMaxLength(5);
        grid->addWidget(field(hostField, label, host), row, 0);
        grid->addWidget(field(portField, tr("Port"), port), row, 1);
        grid->addWidget(field(tlsField, tr("Encryption"), tls), row, 2);
        ++row;
    };
    server(tr("Sending, SMTP"), m_smtpHost, m_smtpPort, m_smtpTls, MailboxField::SmtpHost, MailboxField::SmtpPort,
           MailboxField::SmtpTls);
    server(tr("Reading, IMAP"), m_imapHost, m_imapPort, m_imapTls, MailboxField::ImapHost, MailboxField::ImapPort,
           MailboxField::ImapTls);
    grid->setColumnStretch(0, 1);
    static_cast<QVBoxLayout*>(servers->layout())->addLayout(grid);
    m_imapSecretField = new Field(tr("Password to read with"), m_imapSecret);
    servers->layout()->addWidget(m_imapSecretField);

    auto* folders = new QBoxLayout(QBoxLayout::LeftToRight);
    m_pairs.append(folders);
    folders->setSpacing(t.space.l);
    m_sent->setPlaceholderText(tr("Found by itself"));
    folders->addWidget(new Field(tr("Replies are read from"), m_inbox), 1);
    folders->addWidget(new Field(tr("Copies go to"), m_sent), 1);
    static_cast<QVBoxLayout*>(servers->layout())->addLayout(folders);

    auto* authority = new QWidget;
    auto* file = widgets::row(authority, t.space.s);
    authority->setFocusProxy(m_caFile);
    m_caFile->setPlaceholderText(tr("The system's"));
    auto* choose = new widgets::Button(widgets::Button::Kind::Secondary, tr("Choose…"));
    choose->setAccessibleName(tr("Choose the certificate authority file"));
    file->addWidget(m_caFile, 1);
    file->addWidget(choose);
    auto* authorityField = field(MailboxField::CaFile, tr("Certificate authority, for servers of your own"), authority);
    servers->layout()->addWidget(authorityField);
    connect(choose, &QAbstractButton::clicked, this, [this] {
        auto* dialog =
            new QFileDialog(this, tr("Certificate authority"), {}, tr("Certificates (*.pem *.crt *.cer);;All files (*)"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
            m_caFile->setText(path);
            changed();
        });
        dialog->open();
    });
    column->addWidget(servers);
}

void MailboxForm::buildTexts(QVBoxLayout* column) {
    auto* texts = card(tr("Opt-out and signature"));
    m_optOut->setPlaceholderText(tr("Not for you? Reply \"no\" and I will not write again."));
    auto* optOut = new Field(tr("Last line of every strategy e-mail"), m_optOut);
    optOut->setHelp(tr("A reply with such a word stops every strategy for that lead."));
    texts->layout()->addWidget(optOut);
    static_cast<widgets::TextArea*>(m_signature)->setVisibleLines(3);
    texts->layout()->addWidget(new Field(tr("Signature, plain text"), m_signature));
    column->addWidget(texts);
}

void MailboxForm::setMailbox(const Mailbox& mailbox, bool isNew) {
    const QScopedValueRollback loading(m_loading, true);
    m_stored = mailbox;
    m_new = isNew;
    m_serversTouched = !isNew;
    m_address->setText(toQt(mailbox.address));
    m_displayName->setText(toQt(mailbox.displayName));
    m_userName->setText(toQt(mailbox.userName));
    m_auth->setValue(int(mailbox.auth));
    m_secret->forget();
    m_imapSecret->forget();
    const auto port = [](int number) { return number > 0 ? QString::number(number) : QString(); };
    m_smtpHost->setText(toQt(mailbox.smtp.host));
    m_smtpPort->setText(port(mailbox.smtp.port));
    m_smtpTls->setValue(int(mailbox.smtp.tls));
    m_imapHost->setText(toQt(mailbox.imap.host));
    m_imapPort->setText(port(mailbox.imap.port));
    m_imapTls->setValue(int(mailbox.imap.tls));
    m_caFile->setText(toQt(mailbox.caFile));
    m_inbox->setText(toQt(mailbox.inboxFolder));
    m_sent->setText(toQt(mailbox.sentFolder));
    m_limits->setMailbox(mailbox);
    m_signature->setPlainText(toQt(mailbox.signature));
    m_optOut->setText(toQt(mailbox.optOutLine));
    const bool practice = mailbox.kind == MailboxKind::Practice;
    m_practice->setVisible(practice);
    m_kindField->setVisible(!practice);
    m_kind->setKind(mailbox.account, isNew);
    accountChosen();
    showFaults({});
}

Mailbox MailboxForm::mailbox() const {
    Mailbox mailbox = m_stored;
    mailbox.address = trimmed(m_address);
    mailbox.account = m_kind->kind();
    mailbox.displayName = trimmed(m_displayName);
    mailbox.userName = trimmed(m_userName);
    mailbox.auth = AuthMethod(m_auth->value().toInt());
    mailbox.smtp = {trimmed(m_smtpHost), portOf(m_smtpPort), TlsMode(m_smtpTls->value().toInt())};
    mailbox.imap = {trimmed(m_imapHost), portOf(m_imapPort), TlsMode(m_imapTls->value().toInt())};
    if (m_new && mailbox.account != AccountKind::Servers) { // the service knows them
        mailbox.auth = m_stored.auth;
        mailbox.smtp = m_stored.smtp;
        if (mailbox.account != AccountKind::Resend)
            mailbox.imap = m_stored.imap;
        mailbox.userName.clear();
    }
    mailbox.caFile = trimmed(m_caFile);
    mailbox.inboxFolder = m_inbox->text().trimmed().isEmpty() ? "INBOX" : trimmed(m_inbox);
    mailbox.sentFolder = trimmed(m_sent);
    m_limits->apply(mailbox);
    mailbox.signature = m_signature->toPlainText().toStdString();
    mailbox.optOutLine = trimmed(m_optOut);
    return mailbox;
}

bool MailboxForm::isChanged() const { return !m_secret->isEmpty() || !m_imapSecret->isEmpty() || mailbox() != m_stored; }

bool MailboxForm::validate() {
    showFaults(mailboxFaults(mailbox(), m_new && m_secret->isEmpty()));
    for (auto fault = m_faults.cbegin(); fault != m_faults.cend(); ++fault) {
        m_fields.value(fault.key())->input()->setFocus(Qt::OtherFocusReason);
        break;
    }
    return m_faults.isEmpty();
}

void MailboxForm::showFaults(const MailboxFaults& faults) {
    m_faults = faults;
    for (auto field = m_fields.cbegin(); field != m_fields.cend(); ++field)
        field.value()->setError(faults.value(field.key()));
}

void MailboxForm::focusStart() {
    if (m_kindField->isVisibleTo(this))
        m_kind->setFocus(Qt::OtherFocusReason);
    else
        m_address->setFocus(Qt::OtherFocusReason);
}

void MailboxForm::setNow(Instant now) { m_limits->setNow(now); }

void MailboxForm::setNarrow(bool narrow) {
    m_limits->setNarrow(narrow);
    for (QBoxLayout* pair : m_pairs)
        pair->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void MailboxForm::guessServers() {
    if (!m_new || m_serversTouched || m_stored.kind == MailboxKind::Practice || m_kind->kind() != AccountKind::Servers
        || !m_address->text().contains(QLatin1Char('@')))
        return;
    const Mailbox guess = MailboxService::guess(trimmed(m_address));
    if (guess.smtp.host.empty())
        return;
    if (m_userName->text().isEmpty() || m_userName->text().contains(QLatin1Char('@')))
        m_userName->setText(toQt(guess.userName));
    m_smtpHost->setText(toQt(guess.smtp.host));
    m_smtpPort->setText(QString::number(guess.smtp.port));
    m_smtpTls->setValue(int(guess.smtp.tls));
    m_imapHost->setText(toQt(guess.imap.host));
    m_imapPort->setText(QString::number(guess.imap.port));
    m_imapTls->setValue(int(guess.imap.tls));
    changed();
}

// What the account's provider knows by itself is not asked for.
void MailboxForm::accountChosen() {
    const bool practice = m_stored.kind == MailboxKind::Practice;
    const AccountKind account = m_kind->kind();
    const bool servers = account == AccountKind::Servers;
    const bool key = account == AccountKind::Resend; // sends with it, and reads as any other
    m_serverCard->setVisible(!practice && (servers || key));
    for (const MailboxField smtp : {MailboxField::SmtpHost, MailboxField::SmtpPort, MailboxField::SmtpTls})
        m_fields.value(smtp)->setVisible(servers);
    m_imapSecretField->setVisible(key);
    m_imapSecret->setPlaceholderText(m_new ? QString() : tr("In the vault; type to replace it"));
    m_signIn->setVisible(!practice && !signsInByBrowser(account));
    m_fields.value(MailboxField::UserName)->setVisible(servers);
    m_authField->setVisible(servers);
    authChosen();
    if (!m_faults.isEmpty())
        showFaults({});
}

void MailboxForm::authChosen() {
    const bool key = m_kind->kind() == AccountKind::Resend;
    const auto method = key ? AuthMethod::Plain : AuthMethod(m_auth->value().toInt());
    m_secret->setEnabled(method != AuthMethod::None);
    m_secret->setAccessibleName(key                             ? tr("API key of the mailbox")
                                : method == AuthMethod::XOAuth2 ? tr("Access token of the mailbox")
                                                                : tr("Password of the mailbox"));
    m_secret->setPlaceholderText(m_new || method == AuthMethod::None ? QString() : tr("In the vault; type to replace it"));
}

void MailboxForm::changed() {
    if (m_loading)
        return;
    if (!m_faults.isEmpty())
        showFaults(mailboxFaults(mailbox(), m_new && m_secret->isEmpty()));
    Q_EMIT edited();
}

} // namespace outrider::settings
