// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/account_choice.h"

#include "ui/text/account_text.h"
#include "ui/widgets/combo.h"

#include <QVBoxLayout>

namespace outrider::settings {

using widgets::Ink;
using widgets::Label;

AccountChoice::AccountChoice(QWidget* parent)
    : QWidget(parent),
      m_kind(new widgets::Combo(tr("Kind of account"))),
      m_detail(new Label(theme::TextStyle::Body, Ink::Muted)) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = widgets::column(this, t.space.xs);
    for (const AccountKind kind : {AccountKind::Servers, AccountKind::Gmail, AccountKind::Microsoft, AccountKind::GmailApi,
                                   AccountKind::Graph, AccountKind::Resend})
        m_kind->addChoice(text::accountKindTitle(kind), int(kind));
    m_detail->setWordWrap(true);
    column->addWidget(m_kind, 0, Qt::AlignLeft);
    column->addWidget(m_detail);
    setFocusProxy(m_kind);
    connect(m_kind, &widgets::Combo::picked, this, [this] {
        explain();
        Q_EMIT picked();
    });
    explain();
}

void AccountChoice::setKind(AccountKind kind, bool mayChoose) {
    m_kind->setValue(int(kind));
    m_kind->setEnabled(mayChoose);
    explain();
}

AccountKind AccountChoice::kind() const { return AccountKind(m_kind->value().toInt()); }

void AccountChoice::explain() { m_detail->setText(text::accountKindDetail(kind())); }

} // namespace outrider::settings
