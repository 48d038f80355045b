// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/you_panel.h"

#include "core/base/deliver.h"
#include "ui/text/error_text.h"
#include "ui/text/tr.h"
#include "ui/widgets/button.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QCompleter>
#include <QLineEdit>
#include <QTimeZone>

namespace outrider::settings {

YouPanel::YouPanel(const frame::Context& context, QWidget* parent)
    : Panel(context, tr("You"), theme::Icon::User, tr("name e-mail time zone profile"), parent),
      m_name(new QLineEdit),
      m_email(new QLineEdit),
      m_zone(new QComboBox),
      m_nameField(new widgets::Field(tr("Name"), m_name)),
      m_emailField(new widgets::Field(tr("E-mail"), m_email)),
      m_zoneField(new widgets::Field(tr("Time zone"), m_zone)),
      m_save(new widgets::Button(widgets::Button::Kind::Primary, tr("Save"))) {
    auto* column =
        page(tr("Your name stands in what you did, and in messages as {{my.name}} when the mailbox has none of its own."));
    m_zone->setEditable(true);
    m_zone->setInsertPolicy(QComboBox::NoInsert);
    m_zone->setAccessibleName(tr("Time zone"));
    if (m_zone->lineEdit() != nullptr)
        m_zone->lineEdit()->setAccessibleName(tr("Time zone"));
    for (const QByteArray& id : QTimeZone::availableTimeZoneIds()) {
        if (id.contains('/') || id == "UTC")
            m_zone->addItem(QString::fromLatin1(id));
    }
    m_zone->completer()->setFilterMode(Qt::MatchContains);
    m_zone->completer()->setCompletionMode(QCompleter::PopupCompletion);
    column->addWidget(m_nameField);
    column->addWidget(m_emailField);
    column->addWidget(m_zoneField);
    column->addWidget(m_save);
    column->addStretch(1);
    connect(m_save, &QAbstractButton::clicked, this, &YouPanel::save);
    connect(m_zone, &QComboBox::editTextChanged, this, &YouPanel::updateTime);
    for (QLineEdit* edit : {m_name, m_email})
        connect(edit, &QLineEdit::returnPressed, this, &YouPanel::save);
}

bool YouPanel::hasUnsaved() const {
    if (!m_me.id) // not read yet
        return false;
    return m_name->text() != text::toQt(m_me.name) || m_email->text() != text::toQt(m_me.email)
           || m_zone->currentText() != m_storedZone;
}

void YouPanel::read() {
    deliver(context().workspace.settings().info(), this, [this](Result<WorkspaceInfo> info) {
        if (!info)
            return;
        m_me = info->me;
        m_storedZone = text::toQt(info->zone);
        m_name->setText(text::toQt(m_me.name));
        m_email->setText(text::toQt(m_me.email));
        m_zone->setEditText(m_storedZone);
    });
}

void YouPanel::updateTime() {
    const QTimeZone zone(m_zone->currentText().toLatin1());
    m_zoneField->setError({});
    m_zoneField->setHelp(
        zone.isValid() ? tr("It is %1 there now.")
                             .arg(text::Dates(context().workspace.clock().now(), zone).time(context().workspace.clock().now()))
                       : QString());
}

void YouPanel::save() {
    const QString name = m_name->text().simplified();
    const QString zone = m_zone->currentText().trimmed();
    m_nameField->setError(name.isEmpty() ? tr("A name is needed.") : QString());
    const bool zoneKnown = zone.isEmpty() || QTimeZone(zone.toLatin1()).isValid();
    m_zoneField->setError(zoneKnown ? QString() : tr("There is no such time zone."));
    const QString email = m_email->text().trimmed();
    const bool emailFine = email.isEmpty() || (email.indexOf(QLatin1Char('@')) > 0 && !email.endsWith(QLatin1Char('@')));
    m_emailField->setError(emailFine ? QString() : tr("No domain after the @."));
    if (name.isEmpty() || !zoneKnown || !emailFine)
        return;
    Member me = m_me;
    me.name = name.toStdString();
    me.email = email.toStdString();
    deliver(context().workspace.settings().setMe(me), this, [this, zone, me](Result<> saved) {
        if (saved) {
            m_me = me;
            m_name->setText(text::toQt(me.name));
            m_email->setText(text::toQt(me.email));
        }
        if (!saved || zone == m_storedZone) {
            told(saved, tr("Profile saved."), tr("Your profile is as it was."));
            return;
        }
        deliver(context().workspace.settings().setZone(zone.toStdString()), this, [this, zone](Result<> set) {
            if (set)
                m_storedZone = zone;
            told(set, tr("Profile saved. The new time zone is shown everywhere once the workspace is opened again."),
                 tr("The time zone is as it was."));
        });
    });
}

} // namespace outrider::settings
