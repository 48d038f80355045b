// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/health_card.h"

#include "ui/text/deliverability_text.h"

#include <QBoxLayout>
#include <QGridLayout>

namespace outrider::settings {

using widgets::Ink;
using widgets::Label;

HealthCard::HealthCard(QWidget* parent)
    : Card(parent),
      m_score(new Label(theme::TextStyle::Meta, Ink::Muted)),
      m_word(new widgets::ChipLabel) {
    const theme::Tokens& t = theme::tokens(this);
    setAccessibleName(tr("Health"));
    auto* column = widgets::column(this, t.space.xs, {t.space.l, t.space.m, t.space.l, t.space.m});
    auto* head = new QHBoxLayout;
    head->setSpacing(t.space.s);
    head->addWidget(new Label(theme::TextStyle::Section, Ink::Text, tr("Health")));
    head->addWidget(m_word);
    head->addStretch(1);
    head->addWidget(m_score);
    column->addLayout(head);
    setHealth({});
}

void HealthCard::setHealth(const MailboxHealth& health) {
    if (m_lines != nullptr && health == m_health)
        return;
    m_health = health;
    build();
}

void HealthCard::setNarrow(bool narrow) {
    if (narrow == m_narrow)
        return;
    m_narrow = narrow;
    build();
}

void HealthCard::build() {
    const theme::Tokens& t = theme::tokens(this);
    const auto tone = !m_health.score         ? paint::Tone::Neutral
                      : *m_health.score >= 80 ? paint::Tone::Ok
                      : *m_health.score >= 55 ? paint::Tone::Warn
                                              : paint::Tone::Bad;
    m_word->setChip({.text = text::healthWord(m_health), .tone = tone});
    m_word->setMinimumWidth(m_word->sizeHint().width());
    m_score->setText(m_health.score ? tr("%1 of 100").arg(*m_health.score) : tr("look at the DNS or send first"));
    if (m_lines != nullptr) {
        m_lines->hide();
        m_lines->deleteLater();
    }
    m_texts.clear();
    m_lines = new QWidget;
    auto* grid = new QGridLayout(m_lines);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(t.space.s);
    grid->setVerticalSpacing(0);
    const int count = int(m_health.lines.size());
    const int rows = m_narrow ? count : (count + 1) / 2;
    for (int i = 0; i < count; ++i) {
        const HealthLine& line = m_health.lines[std::size_t(i)];
        const int row = i % std::max(1, rows);
        const int column = i / std::max(1, rows) * 4;
        const Ink ink = line.most == 0                 ? Ink::Muted
                        : line.points == line.most     ? Ink::Ok
                        : line.points * 2 >= line.most ? Ink::Warn
                                                       : Ink::Danger;
        const auto icon = line.most == 0             ? theme::Icon::Minus
                          : line.points == line.most ? theme::Icon::CircleCheck
                                                     : theme::Icon::TriangleAlert;
        const QString points = line.most == 0 ? QStringLiteral("–") : tr("%1 of %2").arg(line.points).arg(line.most);
        const QString why = text::healthSentence(line);
        grid->setRowMinimumHeight(row, t.size.row);
        auto* mark = new widgets::IconLabel(icon, ink, t.size.iconSmall);
        grid->addWidget(mark, row, column, Qt::AlignTrailing | Qt::AlignVCenter);
        auto* title = new Label(theme::TextStyle::BodyStrong, Ink::Text, text::healthTitle(line.point));
        grid->addWidget(title, row, column + 1);
        auto* reason = new Label(theme::TextStyle::Body, Ink::Muted, why);
        reason->setEliding(true);
        reason->setToolTip(why);
        grid->addWidget(reason, row, column + 2);
        auto* of = new Label(theme::TextStyle::Meta, Ink::Muted, points);
        of->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
        grid->addWidget(of, row, column + 3);
        grid->setColumnStretch(column + 2, 1);
        m_texts.append(QStringLiteral("%1: %2, %3").arg(text::healthTitle(line.point), points, why));
    }
    if (!m_narrow && rows < count)
        grid->setColumnMinimumWidth(4, t.size.icon + t.space.l);
    static_cast<QVBoxLayout*>(layout())->addWidget(m_lines);
}

} // namespace outrider::settings
