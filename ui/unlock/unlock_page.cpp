// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/unlock/unlock_page.h"

#include "core/base/deliver.h"
#include "ui/frame/link_button.h"
#include "ui/frame/restore_sheet.h"
#include "ui/text/dates.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/secret_field.h"

#include <QAccessible>
#include <QBoxLayout>
#include <QFileInfo>
#include <QPainter>
#include <QTimeZone>

#include <algorithm>

namespace outrider::unlock {

using namespace widgets;
using Method = UnlockWith::Method;

namespace {

constexpr int patienceMs = 2000;
constexpr int closingPatienceMs = 1000;

// The mark, over the name.
class Mark : public QWidget {
public:
    Mark() {
        const theme::Tokens& tokens = theme::tokens(this);
        setFixedSize(tokens.space.xxl, tokens.space.xxl);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const theme::Tokens& tokens = theme::tokens(this);
        QPainter painter(this);
        theme::paintMark(&painter, rect(), tokens.color.text, tokens.color.chart1, tokens.color.chart2);
    }
};

// What a backup is for.
bool isLost(ErrorCode code) {
    return code == ErrorCode::StoreNotFound || code == ErrorCode::StoreDamaged || code == ErrorCode::StoreNotOurs
           || code == ErrorCode::KeyFileMissing || code == ErrorCode::KeyFileDamaged || code == ErrorCode::WrongKey;
}

} // namespace

UnlockPage::UnlockPage(Environment& environment, std::string path, About about, QWidget* parent)
    : QWidget(parent),
      m_environment(environment),
      m_path(std::move(path)),
      m_about(std::move(about)),
      m_title(new Label(theme::TextStyle::Display)),
      m_subtitle(new Label(theme::TextStyle::Body, Ink::Muted)),
      m_field(new SecretField(tr("Passphrase"))),
      m_errorIcon(new IconLabel(theme::Icon::CircleAlert, Ink::Danger, theme::tokens(this).size.iconSmall)),
      m_error(new Label(theme::TextStyle::Meta, Ink::Danger)),
      m_unlock(new Button(Button::Kind::Primary, tr("Unlock"))),
      m_keychain(new Button(Button::Kind::Ghost, tr("Use the keychain"))),
      m_other(new Button(Button::Kind::Ghost, tr("Recovery code"))),
      m_readOnly(new Button(Button::Kind::Secondary, tr("Open to read only"))),
      m_restore(new Button(Button::Kind::Secondary, tr("Restore from a backup…"))) {
    const theme::Tokens& tokens = theme::tokens(this);
    auto files = inspectWorkspace(m_path);
    if (files)
        m_files = *files;
    else
        m_fileError = files.error();

    auto* rows = column(this, 0, QMargins(tokens.space.xl, tokens.space.xl, tokens.space.xl, tokens.space.m));
    rows->addStretch(2);
    auto* middle = new QWidget;
    middle->setFixedWidth(tokens.size.detailPane * 15 / 16);
    auto* inner = column(middle, 0);
    auto* across = new QHBoxLayout; // an alignment would lose the height for the width
    across->addStretch(1);
    across->addWidget(middle);
    across->addStretch(1);
    rows->addLayout(across);
    rows->addStretch(3);

    inner->addWidget(new Mark, 0, Qt::AlignHCenter);
    inner->addSpacing(tokens.space.xl);
    for (Label* label : {m_title, m_subtitle}) {
        label->setAlignment(Qt::AlignHCenter);
        label->setWordWrap(true);
        inner->addWidget(label);
    }
    inner->addSpacing(tokens.space.xl);
    m_field->setLarge(true);
    inner->addWidget(m_field);

    // The error's place is kept: nothing moves when it comes.
    auto* errorLine = new QWidget;
    auto* errorRow = row(errorLine, tokens.space.iconGap, QMargins(0, tokens.space.s, 0, tokens.space.s));
    errorRow->addWidget(m_errorIcon, 0, Qt::AlignTop);
    m_error->setWordWrap(true);
    errorRow->addWidget(m_error, 1, Qt::AlignTop);
    errorLine->setMinimumHeight(tokens.lineHeight(theme::TextStyle::Meta) + 2 * tokens.space.s);
    inner->addWidget(errorLine);

    m_unlock->setSize(Button::Size::Large);
    m_unlock->setKeyHint(tr("Enter"));
    m_unlock->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    inner->addWidget(m_unlock);
    inner->addSpacing(tokens.space.s);
    for (Button* button : {m_readOnly, m_restore}) {
        button->setSize(Button::Size::Large);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->hide();
        inner->addWidget(button);
    }
    inner->addSpacing(tokens.space.s);
    auto* ways = new QWidget;
    auto* wayRow = row(ways, tokens.space.l);
    m_keychain->setGlyph(theme::Icon::Key);
    m_other->setGlyph(theme::Icon::StickyNote);
    wayRow->addStretch(1);
    wayRow->addWidget(m_keychain);
    wayRow->addWidget(m_other);
    wayRow->addStretch(1);
    inner->addWidget(ways);
    inner->addSpacing(tokens.space.xl);
    QWidget* standing = nullptr;
    if (m_about.kept)
        standing = notice(theme::Icon::Pencil, tr("What you wrote is kept: the file stays open, and messages go on leaving."));
    else if (m_about.waiting > 0)
        standing =
            notice(theme::Icon::Send,
                   tr("%1 wait. None leaves while locked.").arg(text::counted(m_about.waiting, tr("message"), tr("messages"))));
    if (standing)
        inner->addWidget(standing);
    if (isClosing()) {
        QWidget* closing = notice(theme::Icon::Clock, tr("What is under way is being finished first. You can unlock already."));
        inner->addWidget(closing);
        sayClosing(closing, standing);
    }

    auto* foot = new QWidget;
    auto* footRow = row(foot, tokens.space.l);
    footRow->addStretch(1);
    const QString file = QFileInfo(QString::fromStdString(m_path)).fileName();
    auto* fileLabel = new Label(theme::TextStyle::Meta, Ink::Muted,
                                m_files.exists ? tr("%1, %2").arg(file, text::fileSize(m_files.bytes)) : file);
    fileLabel->setToolTip(QString::fromStdString(m_path));
    footRow->addWidget(fileLabel);
    auto* another = new frame::LinkButton(tr("Another workspace"));
    auto* quit = new frame::LinkButton(tr("Quit"));
    footRow->addWidget(another);
    footRow->addWidget(quit);
    footRow->addStretch(1);
    rows->addWidget(foot);

    another->setVisible(!m_about.kept);
    quit->setVisible(!m_about.kept);

    m_title->setText(m_about.name.isEmpty() ? QStringLiteral("Outrider") : m_about.name);
    connect(m_unlock, &QAbstractButton::clicked, this, &UnlockPage::tryTyped);
    connect(m_field, &QLineEdit::returnPressed, this, &UnlockPage::tryTyped);
    connect(m_field, &QLineEdit::textEdited, this, [this]() { showError({}); });
    connect(m_field, &SecretField::capsLockChanged, this, [this](bool on) {
        if (m_error->text().isEmpty() || !on)
            showError(on ? tr("Caps Lock is on.") : QString());
    });
    connect(m_keychain, &QAbstractButton::clicked, this, &UnlockPage::tryKeychain);
    connect(m_other, &QAbstractButton::clicked, this,
            [this]() { setMethod(m_method == Method::Passphrase ? Method::RecoveryCode : Method::Passphrase); });
    connect(m_readOnly, &QAbstractButton::clicked, this, [this]() { attempt(m_last, true); });
    connect(m_restore, &QAbstractButton::clicked, this, &UnlockPage::restore);
    connect(another, &QAbstractButton::clicked, this, &UnlockPage::otherWanted);
    connect(quit, &QAbstractButton::clicked, this, &UnlockPage::quitWanted);
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMs);
    connect(&m_patience, &QTimer::timeout, this, [this]() {
        // It goes on asking; whichever way opens first wins.
        setMethod(m_files.hasPassphrase ? Method::Passphrase : Method::RecoveryCode);
        m_subtitle->setText(tr("The keychain has not answered yet. Use a passphrase instead, or go on waiting."));
        setBusy(false);
    });
    showError({});
    setMethod(m_files.hasPassphrase || !m_files.hasRecoveryCode ? Method::Passphrase : Method::RecoveryCode);
    m_subtitle->setText(m_about.locked);
    if (m_fileError || !m_files.exists) {
        refused(m_fileError.value_or(Error(ErrorCode::StoreNotFound, m_path)));
        for (QWidget* widget : {static_cast<QWidget*>(m_field), static_cast<QWidget*>(m_unlock),
                                static_cast<QWidget*>(m_keychain), static_cast<QWidget*>(m_other)})
            widget->hide();
    } else if (m_files.hasKeychain && m_about.keychain) {
        tryKeychain();
    }
}

QWidget* UnlockPage::notice(theme::Icon icon, const QString& sentence) {
    const theme::Tokens& tokens = theme::tokens(this);
    auto* card = new Card;
    auto* cells = row(card, tokens.space.s, QMargins(tokens.space.m, tokens.space.s, tokens.space.m, tokens.space.s));
    cells->addWidget(new IconLabel(icon), 0, Qt::AlignTop);
    auto* label = new Label(theme::TextStyle::Body, Ink::Muted, sentence);
    label->setWordWrap(true);
    cells->addWidget(label, 1);
    return card;
}

// Said only when it takes long enough to be wondered about; in the place of the other notice: large type has room
// for one.
void UnlockPage::sayClosing(QWidget* notice, QWidget* insteadOf) {
    notice->hide();
    auto* patience = new QTimer(notice);
    patience->setSingleShot(true);
    const auto show = [notice, insteadOf](bool closing) {
        notice->setVisible(closing);
        if (insteadOf)
            insteadOf->setVisible(!closing);
    };
    connect(patience, &QTimer::timeout, notice, [show] { show(true); });
    patience->start(closingPatienceMs);
    deliver(m_about.after, notice, [patience, show](const Result<>&) {
        patience->stop();
        show(false);
    });
}

void UnlockPage::tryPassphrase(std::shared_ptr<SecureBytes> passphrase) {
    attempt({.method = Method::Passphrase, .secret = std::move(passphrase)}, false);
}

void UnlockPage::tryKeychain() {
    showError({});
    m_subtitle->setText(tr("Asking the keychain…"));
    m_patience.start();
    attempt({.method = Method::Keychain, .secret = {}}, false);
}

void UnlockPage::tryTyped() {
    if (m_field->isEmpty()) {
        m_field->setFocus();
        return;
    }
    attempt({.method = m_method, .secret = m_field->copy()}, false);
}

void UnlockPage::attempt(UnlockWith with, bool readOnly) {
    if (m_done || (m_underWay > 0 && with.method == Method::Keychain))
        return;
    m_readOnly->hide();
    m_last = with;
    ++m_underWay;
    setBusy(true);
    if (isClosing()) {
        m_subtitle->setText(tr("What was under way is being finished…"));
        deliver(m_about.after, this, [this, readOnly](Result<>) {
            --m_underWay;
            m_subtitle->setText(m_about.locked);
            attempt(m_last, readOnly);
        });
        return;
    }
    const Method method = with.method;
    deliver(openWorkspace(m_environment, m_path, std::move(with), readOnly || m_about.kept), this,
            [this, method](Result<std::shared_ptr<Workspace>> result) { answered(method, std::move(result)); });
}

void UnlockPage::answered(Method method, Result<std::shared_ptr<Workspace>> result) {
    --m_underWay;
    if (m_done)
        return;
    m_patience.stop();
    if (result) {
        m_done = true;
        m_field->forget();
        Q_EMIT opened(std::move(*result));
        return;
    }
    setBusy(m_underWay > 0 && method != Method::Keychain);
    m_subtitle->setText(m_about.locked);
    refused(result.error());
}

void UnlockPage::refused(const Error& error) {
    QString sentence = text::sentence(error);
    if (error.code == ErrorCode::WrongPassphrase || error.code == ErrorCode::WrongRecoveryCode) {
        // The field keeps what was typed, for mending it.
        if (m_field->capsLockIsOn())
            sentence += QLatin1Char(' ') + tr("Caps Lock is on.");
        m_field->selectAll();
    } else if (const QString hint = text::hint(error); !hint.isEmpty()) {
        sentence += QLatin1Char(' ') + hint;
    }
    m_readOnly->setVisible(error.code == ErrorCode::StoreLocked || error.code == ErrorCode::StoreReadOnly);
    m_restore->setVisible(!m_about.kept && isLost(error.code));
    showError(sentence);
    m_field->setFocus();
}

void UnlockPage::restore() {
    auto* sheet = new frame::RestoreSheet(
        this,
        {.backups = backupsBeside(m_path),
         .workspace = m_path,
         .dates = text::Dates(m_environment.clock.now(), QTimeZone(QByteArray::fromStdString(m_environment.timeZone))),
         .asksPassphrase = true},
        [this](const frame::RestoreSheet::Wish& wish, ProgressPtr progress) {
            return restoreWorkspace(m_environment, wish.backup, wish.target, wish.with.value_or(UnlockWith()),
                                    std::move(progress));
        });
    connect(sheet, &frame::RestoreSheet::openWanted, this, &UnlockPage::restored);
    sheet->open();
}

void UnlockPage::setBusy(bool busy) {
    m_unlock->setEnabled(!busy);
    m_unlock->setText(busy ? tr("Opening…") : tr("Unlock"));
    m_field->setReadOnly(busy);
    m_keychain->setEnabled(m_underWay == 0);
}

void UnlockPage::setMethod(Method method) {
    m_method = method;
    const bool code = method == Method::RecoveryCode;
    m_field->forget();
    m_field->setShown(code);
    m_field->setPlaceholderText(code ? tr("Recovery code, 32 letters and digits") : tr("Passphrase"));
    m_field->setAccessibleName(code ? tr("Recovery code") : tr("Passphrase"));
    m_other->setText(code ? tr("Passphrase") : tr("Recovery code"));
    m_other->setVisible(code ? m_files.hasPassphrase : m_files.hasRecoveryCode);
    m_keychain->setVisible(m_files.hasKeychain);
    showError({});
    m_field->setFocus();
}

void UnlockPage::showError(const QString& sentence) {
    m_error->setText(sentence);
    m_error->setVisible(!sentence.isEmpty());
    m_errorIcon->setVisible(!sentence.isEmpty());
    if (!sentence.isEmpty()) {
        QAccessibleEvent alert(m_error, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void UnlockPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_field->setFocus();
}

void UnlockPage::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), theme::tokens(this).color.surface);
}

} // namespace outrider::unlock
