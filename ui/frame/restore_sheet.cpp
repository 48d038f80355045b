// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/restore_sheet.h"

#include "core/base/deliver.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/combo.h"
#include "ui/widgets/secret_field.h"

#include <QBoxLayout>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>

namespace outrider::frame {

using namespace widgets;
using Method = UnlockWith::Method;

namespace {

constexpr int lookMs = 200;

QString kindText(BackupKind kind) {
    switch (kind) {
    case BackupKind::Manual:
        return RestoreSheet::tr("made by hand");
    case BackupKind::Hourly:
        return RestoreSheet::tr("hourly");
    case BackupKind::Daily:
        return RestoreSheet::tr("daily");
    case BackupKind::Weekly:
        return RestoreSheet::tr("weekly");
    case BackupKind::BeforeImport:
        return RestoreSheet::tr("before an import");
    case BackupKind::BeforeMigration:
        return RestoreSheet::tr("before an update");
    }
    return {};
}

QString phaseText(Progress::Phase phase) {
    switch (phase) {
    case Progress::Phase::Reading:
    case Progress::Phase::Writing:
        return RestoreSheet::tr("Copying…");
    case Progress::Phase::Finishing:
        return RestoreSheet::tr("Finishing…");
    default:
        return RestoreSheet::tr("Checking all of it…");
    }
}

Label* wrapped(const QString& text) {
    auto* label = new Label(theme::TextStyle::Body, Ink::Muted, text);
    label->setWordWrap(true);
    return label;
}

} // namespace

RestoreSheet::RestoreSheet(QWidget* over, Offer offer, Restore restore)
    : Sheet(over, tr("Restore a backup")),
      m_offer(std::move(offer)),
      m_restore(std::move(restore)),
      m_form(new QWidget),
      m_backup(new Combo(tr("Backup"))),
      m_file(new Button(Button::Kind::Secondary, tr("A file…"))),
      m_target(new QLineEdit),
      m_place(new Button(Button::Kind::Secondary, tr("Choose…"))),
      m_proof(new QWidget),
      m_secret(new SecretField(tr("Passphrase of the backup"))),
      m_other(new Button(Button::Kind::Ghost, tr("Recovery code"))),
      m_state(wrapped({})),
      m_line(new ProgressLine) {
    const theme::Tokens& t = theme::tokens(this);
    setWide(true);
    body()->addWidget(
        wrapped(tr("A new workspace is made of it; the one you have stays as it is. Nothing leaves the new one by itself: what "
                   "waited in its outbox may have left since. You look through it first, then release it.")));
    auto* fields = column(m_form, t.space.m);
    const auto line = [&](QWidget* input, Button* button) {
        auto* widget = new QWidget;
        auto* cells = row(widget, t.space.s);
        cells->addWidget(input, 1);
        cells->addWidget(button);
        widget->setFocusProxy(input);
        return widget;
    };
    for (auto file = m_offer.backups.rbegin(); file != m_offer.backups.rend(); ++file)
        m_backup->addChoice(
            tr("%1, %2, %3").arg(m_offer.dates.moment(file->at), kindText(file->kind), text::fileSize(file->bytes)),
            text::toQt(file->path));
    m_file->setAccessibleName(tr("Choose a backup file"));
    fields->addWidget(new Field(tr("Backup"), line(m_backup, m_file)));
    m_target->setAccessibleName(tr("New workspace"));
    m_target->setText(QDir::toNativeSeparators(text::toQt(restoredPath(m_offer.workspace))));
    m_place->setAccessibleName(tr("Choose where the new workspace goes"));
    fields->addWidget(new Field(tr("New workspace"), line(m_target, m_place)));
    auto* proof = column(m_proof, t.space.xs);
    proof->addWidget(new Field(tr("What opened the workspace on that day"), m_secret));
    proof->addWidget(m_other, 0, Qt::AlignLeft);
    fields->addWidget(m_proof);
    body()->addWidget(m_form);
    body()->addWidget(m_state);
    body()->addWidget(m_line);
    m_state->hide();
    m_line->hide();
    m_proof->setVisible(m_offer.asksPassphrase);
    m_cancel = addCancel(tr("Cancel"));
    m_go = addButton(Button::Kind::Primary, tr("Restore"));
    m_go->setEnabled(m_backup->count() > 0);

    connect(m_file, &QAbstractButton::clicked, this, &RestoreSheet::chooseFile);
    connect(m_place, &QAbstractButton::clicked, this, &RestoreSheet::chooseTarget);
    connect(m_other, &QAbstractButton::clicked, this,
            [this] { setMethod(m_method == Method::Passphrase ? Method::RecoveryCode : Method::Passphrase); });
    connect(m_go, &QAbstractButton::clicked, this, [this] {
        if (m_isDone) {
            const QString path = m_restored;
            finish();
            Q_EMIT openWanted(path);
        } else {
            start();
        }
    });
    m_look.setInterval(lookMs);
    connect(&m_look, &QTimer::timeout, this, &RestoreSheet::showProgress);
    setMethod(Method::Passphrase);
    if (m_backup->count() == 0)
        setError(tr("No backup was found beside the workspace. Choose its file."));
}

RestoreSheet::~RestoreSheet() {
    if (m_progress)
        m_progress->cancel();
}

void RestoreSheet::chooseFile() {
    auto* dialog = new QFileDialog(this, tr("Choose a backup"), QFileInfo(text::toQt(m_offer.workspace)).absolutePath(),
                                   tr("Outrider workspaces (*.outrider);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        if (m_backup->findData(path) < 0)
            m_backup->addChoice(QFileInfo(path).fileName(), path);
        m_backup->setValue(path);
        m_go->setEnabled(true);
        setError({});
    });
    dialog->open();
}

void RestoreSheet::chooseTarget() {
    auto* dialog = new QFileDialog(this, tr("The new workspace"), m_target->text(), tr("Outrider workspaces (*.outrider)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("outrider"));
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // nothing is ever replaced
    connect(dialog, &QFileDialog::fileSelected, this,
            [this](const QString& path) { m_target->setText(QDir::toNativeSeparators(path)); });
    dialog->open();
}

void RestoreSheet::setMethod(Method method) {
    m_method = method;
    const bool code = method == Method::RecoveryCode;
    m_secret->forget();
    m_secret->setShown(code);
    m_secret->setPlaceholderText(code ? tr("Recovery code, 32 letters and digits") : tr("Passphrase"));
    m_secret->setAccessibleName(code ? tr("Recovery code of the backup") : tr("Passphrase of the backup"));
    m_other->setText(code ? tr("Passphrase") : tr("Recovery code"));
}

void RestoreSheet::askPassphrase() {
    m_proof->show();
    m_secret->setFocus(Qt::OtherFocusReason);
}

void RestoreSheet::start() {
    if (m_progress)
        return;
    setError({});
    Wish wish{.backup = m_backup->value().toString().toStdString(),
              .target = QDir::fromNativeSeparators(m_target->text().trimmed()).toStdString(),
              .with = {}};
    if (wish.target.empty()) {
        setError(tr("Say where the new workspace goes."));
        m_target->setFocus(Qt::OtherFocusReason);
        return;
    }
    if (!m_proof->isHidden()) {
        if (m_secret->isEmpty()) {
            setError(tr("The passphrase of the backup is missing."));
            askPassphrase();
            return;
        }
        wish.with = UnlockWith{.method = m_method, .secret = m_secret->copy()};
    }
    m_progress = std::make_shared<Progress>();
    setBusy(true);
    deliver(m_restore(std::move(wish), m_progress), this, [this](const Result<BackupFacts>& restored) { answered(restored); });
}

void RestoreSheet::answered(const Result<BackupFacts>& restored) {
    m_progress.reset();
    setBusy(false);
    if (!restored) {
        refused(restored.error());
        return;
    }
    m_isDone = true;
    m_secret->forget();
    m_restored = text::toQt(restored->path);
    m_form->hide();
    m_state->setText(tr("Restored to %1, and checked. It opens with what opened the workspace on the day of the backup. Its "
                        "messages wait in the outbox until you release them.")
                         .arg(text::isolated(QDir::toNativeSeparators(m_restored))));
    m_state->show();
    m_cancel->setText(tr("Close"));
    m_go->setText(tr("Open it"));
    m_go->setFocus(Qt::OtherFocusReason);
}

void RestoreSheet::refused(const Error& error) {
    if (error.code == ErrorCode::WrongKey) {
        setError(tr("This backup has another key. Type the passphrase that opened its workspace on that day."));
        askPassphrase();
        return;
    }
    if (error.code == ErrorCode::StoreDamaged) {
        setError(tr("This backup is damaged, and nothing was made of it. Choose an older one."));
        m_backup->setFocus(Qt::OtherFocusReason);
        return;
    }
    QString sentence = text::sentence(error);
    if (error.code == ErrorCode::WrongPassphrase || error.code == ErrorCode::WrongRecoveryCode) {
        m_secret->selectAll();
        askPassphrase();
    } else if (const QString hint = text::hint(error); !hint.isEmpty()) {
        sentence += QLatin1Char(' ') + hint;
    }
    setError(sentence);
}

void RestoreSheet::showProgress() {
    if (!m_progress)
        return;
    m_state->setText(phaseText(m_progress->phase()));
    const auto total = m_progress->total();
    m_line->setFraction(total > 0 ? double(m_progress->done()) / double(total) : -1);
}

void RestoreSheet::setBusy(bool busy) {
    m_form->setEnabled(!busy);
    m_go->setEnabled(!busy);
    m_state->setVisible(busy);
    m_line->setVisible(busy);
    if (busy) {
        showProgress();
        m_look.start();
        m_cancel->setFocus(Qt::OtherFocusReason);
    } else {
        m_look.stop();
    }
}

} // namespace outrider::frame
