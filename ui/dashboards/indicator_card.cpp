// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboards/indicator_card.h"

#include "ui/paint/pieces.h"

#include <QBoxLayout>
#include <QPainter>
#include <QStyle>

namespace outrider::dashboards {

using theme::TextStyle;
using widgets::Ink;
using widgets::Label;

// The place is kept while there is no goal, so that the cards stay in line.
class IndicatorCard::Bar : public QWidget {
public:
    using QWidget::QWidget;

    void show(bool hasGoal, double reached, double pace) {
        m_hasGoal = hasGoal;
        m_reached = reached;
        m_pace = pace;
        update();
    }
    QSize sizeHint() const override { return {0, theme::tokens(this).space.s}; }

protected:
    void paintEvent(QPaintEvent*) override {
        if (!m_hasGoal)
            return;
        const theme::Tokens& t = theme::tokens(this);
        QPainter painter(this);
        const QRect track(0, (height() - t.size.progress) / 2, width(), t.size.progress);
        paint::drawProgress(&painter, t, track, m_reached);
        const QRect tick(int(double(width() - t.size.focus) * m_pace), 0, t.size.focus, height());
        painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), tick), t.color.text);
    }

private:
    bool m_hasGoal = false;
    double m_reached = 0;
    double m_pace = 0;
};

IndicatorCard::IndicatorCard(QWidget* parent)
    : Card(parent),
      m_name(new Label(TextStyle::Body, Ink::Muted)),
      m_change(new Label(TextStyle::Meta)),
      m_value(new Label(TextStyle::Display)),
      m_goal(new Label(TextStyle::Body, Ink::Muted)),
      m_bar(new Bar) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = widgets::column(this, t.space.xs, {t.space.l, t.space.m, t.space.l, t.space.m});
    auto* head = new QHBoxLayout;
    head->setSpacing(t.space.s);
    m_name->setEliding(true);
    head->addWidget(m_name, 1);
    head->addWidget(m_change);
    column->addLayout(head);
    auto* numbers = new QHBoxLayout;
    numbers->setSpacing(t.space.s);
    numbers->addWidget(m_value, 0, Qt::AlignBottom);
    numbers->addWidget(m_goal, 0, Qt::AlignBottom);
    numbers->addStretch(1);
    column->addLayout(numbers);
    column->addWidget(m_bar);
}

void IndicatorCard::show(const text::Indicator& indicator) {
    m_name->setText(indicator.name);
    m_change->setText(indicator.change);
    m_change->setInk(indicator.tone == text::Indicator::Tone::Good  ? Ink::Ok
                     : indicator.tone == text::Indicator::Tone::Bad ? Ink::Danger
                                                                    : Ink::Muted);
    m_value->setText(indicator.value);
    m_goal->setText(indicator.goal);
    m_bar->show(!indicator.goal.isEmpty(), indicator.reached, indicator.pace);
    setAccessibleName(indicator.sentence);
    setToolTip(indicator.sentence);
}

} // namespace outrider::dashboards
