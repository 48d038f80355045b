// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/backups_panel.h"

#include "core/base/deliver.h"
#include "ui/frame/restore_sheet.h"
#include "ui/text/dates.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/button.h"

#include <QBoxLayout>

namespace outrider::settings {

using widgets::Button;
using widgets::Ink;
using widgets::Label;

BackupsPanel::BackupsPanel(const frame::Context& context, QWidget* parent)
    : Panel(context, tr("Backups"), theme::Icon::File, tr("backup copy restore safety security disk automatic"), parent),
      m_last(new Label(theme::TextStyle::BodyStrong)),
      m_folder(new Label),
      m_all(new Label(theme::TextStyle::Body, Ink::Muted)),
      m_said(new Label(theme::TextStyle::Body, Ink::Muted)),
      m_saidIcon(new widgets::IconLabel(theme::Icon::CircleInfo)),
      m_make(new Button(Button::Kind::Secondary, tr("Back up now"))),
      m_verify(new Button(Button::Kind::Secondary, tr("Verify"))),
      m_automatic(new Button(Button::Kind::Secondary, tr("Turn off"))),
      m_restore(new Button(Button::Kind::Secondary, tr("Restore…"))) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column =
        page(tr("A backup is encrypted like the workspace and opens with what opened it on that day. It is made while you "
                "work, every hour in which something changed, and read again before it counts."));
    column->addWidget(m_last);
    m_folder->setWordWrap(true);
    m_folder->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    column->addWidget(m_folder);
    column->addWidget(m_all);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(t.space.s);
    m_verify->setAccessibleName(tr("Verify the last backup"));
    m_automatic->setAccessibleName(tr("Automatic backups"));
    buttons->addWidget(m_make);
    buttons->addWidget(m_verify);
    buttons->addWidget(m_automatic);
    buttons->addStretch(1);
    column->addLayout(buttons);
    auto* said = new QHBoxLayout;
    said->setSpacing(t.space.s);
    m_said->setWordWrap(true);
    m_saidIcon->hide();
    said->addWidget(m_saidIcon, 0, Qt::AlignTop);
    said->addWidget(m_said, 1);
    column->addLayout(said);
    column->addWidget(new widgets::Line);
    m_restore->setAccessibleName(tr("Restore a backup"));
    auto* back = new QHBoxLayout;
    back->setSpacing(t.space.m);
    back->addWidget(m_restore, 0, Qt::AlignTop);
    back->addWidget(
        explanation(tr("Makes a new workspace of one. The one you have stays as it is, and nothing leaves the new one "
                       "until you have looked through its outbox.")),
        1);
    column->addLayout(back);
    column->addStretch(1);

    connect(m_make, &QAbstractButton::clicked, this, &BackupsPanel::backUpNow);
    connect(m_verify, &QAbstractButton::clicked, this, &BackupsPanel::verifyLast);
    connect(m_automatic, &QAbstractButton::clicked, this, [this] { setAutomatic(!m_isAutomatic); });
    connect(m_restore, &QAbstractButton::clicked, this, &BackupsPanel::restore);
}

void BackupsPanel::read() {
    deliver(context().workspace.backups().status(), this, [this](Result<BackupService::Status> status) { showStatus(status); });
}

void BackupsPanel::showStatus(const Result<BackupService::Status>& status) {
    const bool possible = status.has_value();
    for (QWidget* widget : std::initializer_list<QWidget*>{m_make, m_verify, m_automatic, m_folder, m_all, m_restore})
        widget->setVisible(possible);
    if (!possible) {
        m_lastFile.reset();
        m_last->setText(status.error().code == ErrorCode::Unsupported
                            ? tr("The practice workspace has no backups: nothing in it is yours.")
                            : text::sentence(status.error()));
        return;
    }
    m_lastFile = status->last;
    m_isAutomatic = status->automatic;
    const text::Dates dates = context().dates();
    m_last->setText(status->last ? tr("Last: %1, %2").arg(dates.moment(status->last->at), text::fileSize(status->last->bytes))
                                 : tr("There is no backup yet."));
    m_folder->setText(text::toQt(status->folder));
    m_all->setText(tr("%1, %2 together. Automatic ones: %3")
                       .arg(text::counted(status->count, tr("backup"), tr("backups")), text::fileSize(status->bytes),
                            status->automatic ? tr("on") : tr("off")));
    m_automatic->setText(m_isAutomatic ? tr("Turn automatic off") : tr("Turn automatic on"));
    setBusy(m_isBusy);
    if (status->error)
        say(false, tr("The last backup was not made. %1").arg(text::sentence(*status->error)));
}

void BackupsPanel::setBusy(bool busy) {
    m_isBusy = busy;
    m_make->setEnabled(!busy);
    m_verify->setEnabled(!busy && m_lastFile.has_value());
}

void BackupsPanel::say(bool good, const QString& sentence) {
    m_saidIcon->setIcon(good ? theme::Icon::CircleCheck : theme::Icon::CircleAlert, good ? Ink::Ok : Ink::Danger);
    m_saidIcon->show();
    m_said->setText(sentence);
}

void BackupsPanel::backUpNow() {
    if (m_isBusy)
        return;
    setBusy(true);
    m_saidIcon->hide();
    m_said->setText(tr("Copying and checking…"));
    deliver(context().workspace.backups().create(), this, [this](Result<BackupFacts> made) {
        setBusy(false);
        if (made)
            say(true, tr("Made and checked."));
        else
            say(false, text::sentence(made.error()));
        read();
    });
}

void BackupsPanel::verifyLast() {
    if (m_isBusy || !m_lastFile)
        return;
    setBusy(true);
    m_saidIcon->hide();
    m_said->setText(tr("Reading all of it…"));
    deliver(context().workspace.backups().verify(m_lastFile->path), this, [this](Result<BackupFacts> checked) {
        setBusy(false);
        if (checked)
            say(true, tr("The last backup is sound: it opens and holds what was backed up."));
        else
            say(false, text::sentence(checked.error()));
    });
}

void BackupsPanel::setAutomatic(bool on) {
    deliver(context().workspace.backups().policy(), this, [this, on](Result<BackupPolicy> policy) {
        if (!policy) {
            say(false, text::sentence(policy.error()));
            return;
        }
        policy->automatic = on;
        deliver(context().workspace.backups().setPolicy(*policy), this, [this, on](Result<> set) {
            told(set, on ? tr("Backups are made by themselves") : tr("Backups are made by hand only"));
            read();
        });
    });
}

void BackupsPanel::restore() {
    deliver(context().workspace.backups().list(), this, [this](Result<std::vector<BackupFile>> files) {
        auto* sheet = new frame::RestoreSheet(this,
                                              {.backups = files.value_or(std::vector<BackupFile>()),
                                               .workspace = context().workspace.path(),
                                               .dates = context().dates()},
                                              [this](const frame::RestoreSheet::Wish& wish, ProgressPtr progress) {
                                                  return context().workspace.backups().restore(wish.backup, wish.target,
                                                                                               wish.with, std::move(progress));
                                              });
        connect(sheet, &frame::RestoreSheet::openWanted, this, [this](const QString& path) { context().go.openWorkspace(path); });
        sheet->open();
    });
}

} // namespace outrider::settings
