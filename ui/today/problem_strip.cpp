// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/problem_strip.h"

#include "ui/text/tr.h"
#include "ui/widgets/button.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>

namespace outrider::today {

using widgets::Button;

ProblemStrip::ProblemStrip(QWidget* parent)
    : Area(Ground::WarnSoft, {}, parent),
      m_sentence(new widgets::Label),
      m_input(new QLineEdit),
      m_verb(new Button(Button::Kind::Secondary, {})) {
    const theme::Tokens& t = theme::tokens(this);
    auto* row = widgets::row(this, t.space.s, {t.space.l, t.space.xs, t.space.l, t.space.xs});
    row->addWidget(new widgets::IconLabel(theme::Icon::TriangleAlert, widgets::Ink::Warn));
    m_sentence->setEliding(true);
    row->addWidget(m_sentence, 1);
    row->addWidget(m_input);
    m_verb->setSize(Button::Size::Small);
    row->addWidget(m_verb);
    m_input->installEventFilter(this);
    connect(m_verb, &Button::clicked, this, &ProblemStrip::submit);
    hide();
}

void ProblemStrip::showMissing(const QString& sentence, const QString& field) {
    m_field = field;
    m_shown = true;
    m_sentence->setText(sentence);
    m_input->clear();
    m_input->setPlaceholderText(text::fieldName(field.toStdString()));
    m_input->setAccessibleName(text::fieldName(field.toStdString()));
    m_input->show();
    m_verb->setText(tr("Fill in"));
    m_verb->show();
    show();
}

void ProblemStrip::showVerb(const QString& sentence, const QString& verb) {
    m_field.clear();
    m_shown = true;
    m_sentence->setText(sentence);
    m_input->hide();
    m_verb->setText(verb);
    m_verb->setVisible(!verb.isEmpty());
    show();
}

void ProblemStrip::clear() {
    m_shown = false;
    hide();
}

void ProblemStrip::takeFocus() {
    if (!m_field.isEmpty())
        m_input->setFocus(Qt::ShortcutFocusReason);
    else if (!m_verb->isHidden())
        m_verb->setFocus(Qt::ShortcutFocusReason);
}

void ProblemStrip::submit() {
    if (m_field.isEmpty())
        Q_EMIT verbClicked();
    else if (const QString value = m_input->text().trimmed(); value.isEmpty())
        m_input->setFocus();
    else
        Q_EMIT filled(m_field, value);
}

bool ProblemStrip::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            submit();
            return true;
        }
        if (key == Qt::Key_Escape && m_input->text().isEmpty()) {
            if (auto* card = parentWidget())
                card->setFocus();
            return true;
        }
        if (key == Qt::Key_Escape) {
            m_input->clear();
            return true;
        }
    }
    return Area::eventFilter(watched, event);
}

} // namespace outrider::today
