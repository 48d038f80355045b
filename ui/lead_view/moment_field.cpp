// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/moment_field.h"

#include "ui/text/quick_date.h"
#include "ui/widgets/basics.h"

#include <QHBoxLayout>
#include <QTimeZone>

namespace outrider::lead_view {

using widgets::Ink;

MomentField::MomentField(const frame::Context& context, const QString& accessibleName, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_input(new QLineEdit(this)),
      m_understood(new widgets::Label(theme::TextStyle::Meta, Ink::Muted, {}, this)) {
    const theme::Tokens& tokens = theme::tokens(this);
    auto* line = widgets::row(this, tokens.space.s);
    m_input->setAccessibleName(accessibleName);
    m_input->setPlaceholderText(tr("tue 14:00, +3d, 23 nov"));
    m_understood->setEliding(true);
    line->addWidget(m_input, 1);
    line->addWidget(m_understood, 1);
    connect(m_input, &QLineEdit::textChanged, this, [this] {
        read();
        Q_EMIT edited();
    });
    connect(m_input, &QLineEdit::returnPressed, this, &MomentField::submitted);
    read();
}

void MomentField::setText(const QString& text) {
    if (m_input->text() != text)
        m_input->setText(text);
    read(); // "tomorrow" is another day by now
}

QString MomentField::text() const { return m_input->text(); }

std::optional<Instant> MomentField::moment() const {
    return text::parseMoment(m_input->text(), m_context.workspace.clock().now(),
                             QTimeZone(QByteArray::fromStdString(m_context.workspace.zone())));
}

void MomentField::read() {
    const auto at = moment();
    const bool said = !m_input->text().trimmed().isEmpty();
    m_understood->setInk(said && !at ? Ink::Danger : Ink::Muted);
    m_understood->setText(at ? m_context.dates().moment(*at) : said ? tr("A moment to come, such as tue 14:00") : QString());
}

} // namespace outrider::lead_view
