// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/strategies/check_list.h"

#include "ui/frame/link_button.h"

#include <QBoxLayout>

namespace outrider::strategies {

CheckList::CheckList(QWidget* parent) : QWidget(parent), m_column(widgets::column(this, 0)) {}

void CheckList::setLines(const QList<Line>& lines) {
    const auto same = [](const Line& a, const Line& b) { return a.text == b.text && a.icon == b.icon && a.link == b.link; };
    if (std::equal(lines.begin(), lines.end(), m_lines.begin(), m_lines.end(), same)) {
        m_lines = lines; // the links may lead elsewhere now
        return;
    }
    m_lines = lines;
    while (QLayoutItem* item = m_column->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    const theme::Tokens& t = theme::tokens(this);
    for (int i = 0; i < m_lines.size(); ++i) {
        const Line& line = m_lines[i];
        auto* row = new QWidget;
        auto* layout = widgets::row(row, t.space.s);
        row->setMinimumHeight(t.size.row);
        layout->addWidget(new widgets::IconLabel(line.icon, line.ink));
        auto* label = new widgets::Label(theme::TextStyle::Body, widgets::Ink::Text, line.text);
        label->setWordWrap(true);
        layout->addWidget(label, 1);
        if (!line.link.isEmpty()) {
            auto* link = new frame::LinkButton(line.link);
            link->setAccessibleName(QStringLiteral("%1: %2").arg(line.link, line.text));
            connect(link, &QAbstractButton::clicked, this, [this, i] {
                if (i < m_lines.size() && m_lines[i].run) {
                    const auto run = m_lines[i].run; // running may set other lines
                    run();
                }
            });
            layout->addWidget(link);
        }
        m_column->addWidget(row);
    }
}

QStringList CheckList::texts() const {
    QStringList texts;
    for (const Line& line : m_lines)
        texts.append(line.text);
    return texts;
}

} // namespace outrider::strategies
