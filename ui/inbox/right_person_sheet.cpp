// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/inbox/right_person_sheet.h"

#include "ui/text/tr.h"

#include <QBoxLayout>
#include <QLineEdit>

namespace outrider::inbox {

using widgets::Button;

RightPersonSheet::RightPersonSheet(QWidget* over, const QString& name, const QString& company, const NamedPerson& named)
    : Sheet(over, tr("Who is the right person?")),
      m_name(new QLineEdit(text::toQt(named.name))),
      m_email(new QLineEdit(text::toQt(named.email))) {
    auto* words = new widgets::Label(
        theme::TextStyle::Body, widgets::Ink::Muted,
        company.isEmpty() ? tr("%1 names somebody. Added, they are a new lead.").arg(name)
                          : tr("%1 names somebody. Added, they are a new lead of %2.").arg(name, text::isolated(company)));
    words->setWordWrap(true);
    body()->addWidget(words);
    body()->addWidget(new widgets::Field(tr("Name"), m_name));
    body()->addWidget(new widgets::Field(tr("E-mail"), m_email));
    addCancel(tr("Cancel"));
    auto* alone = addButton(Button::Kind::Secondary, tr("Add nobody"));
    auto* add = addButton(Button::Kind::Primary, tr("Add as lead"));
    connect(alone, &QAbstractButton::clicked, this, [this] {
        Q_EMIT answered(std::nullopt);
        finish();
    });
    connect(add, &QAbstractButton::clicked, this, [this] {
        NamedPerson right{.name = m_name->text().trimmed().toStdString(), .email = m_email->text().trimmed().toStdString()};
        if (right.name.empty() && right.email.empty()) {
            setError(tr("A name or an e-mail is needed."));
            return;
        }
        Q_EMIT answered(std::move(right));
        finish();
    });
}

void RightPersonSheet::ask() {
    open(m_name);
    m_name->selectAll();
}

} // namespace outrider::inbox
