// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/day_done.h"

#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/button.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

namespace outrider::today {

using theme::TextStyle;
using widgets::Button;
using widgets::Ink;
using widgets::Label;

namespace {

// The pennant, set down: the mark on a line of ground.
class Pennant : public QWidget {
public:
    Pennant() {
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        setAttribute(Qt::WA_TransparentForMouseEvents);
    }
    QSize sizeHint() const override { return {theme::tokens(this).space.xxl * 2, theme::tokens(this).space.xxl * 2}; }

protected:
    void paintEvent(QPaintEvent*) override {
        const theme::Tokens& t = theme::tokens(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const qreal ground = height() - t.space.s;
        painter.setPen(QPen(t.color.line, t.size.focus, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(QPointF(t.space.s, ground), QPointF(width() - t.space.s, ground));
        QPainterPath hill(QPointF(width() * 0.2, ground));
        hill.cubicTo(width() * 0.45, ground - t.space.l, width() * 0.6, ground + t.space.s, width() * 0.9, ground - t.space.m);
        painter.drawPath(hill);
        const int side = (height() - t.space.s) * 3 / 4;
        theme::paintMark(&painter, QRect((width() - side) / 2, int(ground) - side, side, side), t.color.text, t.color.accent,
                         t.color.chart2);
    }
};

// Figures beside each other in one frame, split by lines.
class Figures : public QWidget {
public:
    explicit Figures(QWidget* parent = nullptr) : QWidget(parent) {
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        m_row = widgets::row(this, 0);
    }
    Label* add(const QString& name) {
        const theme::Tokens& t = theme::tokens(this);
        auto* cell = new QWidget;
        auto* column = widgets::column(cell, 0, {t.space.l, t.space.m, t.space.l, t.space.m});
        auto* number = new Label(TextStyle::Display);
        column->addWidget(number);
        column->addWidget(new Label(TextStyle::Meta, Ink::Muted, name));
        cell->setMinimumWidth(qRound(t.size.railCollapsed * 2 * t.scale) + t.space.l);
        m_row->addWidget(cell);
        m_cells << cell;
        return number;
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const theme::Tokens& t = theme::tokens(this);
        QPainter painter(this);
        paint::drawCard(&painter, rect(), t.size.radiusCard, t.color.surface, t.color.line);
        for (qsizetype i = 1; i < m_cells.size(); ++i)
            painter.fillRect(QRect(m_cells[i]->x(), 0, t.size.hairline, height()), t.color.line);
    }

private:
    QHBoxLayout* m_row;
    QList<QWidget*> m_cells;
};

QString minutesText(Instant from, Instant to) {
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(to - from).count();
    if (minutes < 1)
        return DayDone::tr("a minute");
    if (minutes < 120)
        return text::counted(minutes, DayDone::tr("minute"), DayDone::tr("minutes"));
    return text::duration(int(minutes * 60));
}

} // namespace

DayDone::DayDone(QWidget* parent)
    : Area(Ground::Surface, {}, parent),
      m_sentence(new Label(TextStyle::Body, Ink::Muted)),
      m_ahead(new Button(Button::Kind::Primary, {})),
      m_replies(new Button(Button::Kind::Secondary, {})),
      m_nextSteps(new Button(Button::Kind::Secondary, {})),
      m_tomorrow(new Label(TextStyle::Meta, Ink::Muted)) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = widgets::column(this, 0, {t.space.l, t.space.l, t.space.l, t.space.l});
    column->addStretch(1);
    column->addWidget(new Pennant, 0, Qt::AlignHCenter);
    column->addSpacing(t.space.xl);
    column->addWidget(new Label(TextStyle::Display, Ink::Text, tr("All done for today")), 0, Qt::AlignHCenter);
    column->addSpacing(t.space.xs);
    column->addWidget(m_sentence, 0, Qt::AlignHCenter);
    column->addSpacing(t.space.xl);
    auto* figures = new Figures;
    for (const QString& name : {tr("E-mails"), tr("Calls"), tr("Talked"), tr("Meetings"), tr("Skipped")})
        m_figures << figures->add(name);
    column->addWidget(figures, 0, Qt::AlignHCenter);
    column->addSpacing(t.space.xl);
    auto* buttons = new QWidget;
    auto* row = widgets::row(buttons, t.space.s);
    m_replies->setGlyph(theme::Icon::Inbox);
    m_nextSteps->setGlyph(theme::Icon::Bookmark);
    row->addWidget(m_ahead);
    row->addWidget(m_replies);
    row->addWidget(m_nextSteps);
    column->addWidget(buttons, 0, Qt::AlignHCenter);
    column->addSpacing(t.space.l);
    column->addWidget(m_tomorrow, 0, Qt::AlignHCenter);
    column->addStretch(1);
    m_replies->hide();
    connect(m_ahead, &Button::clicked, this, &DayDone::workAhead);
    connect(m_replies, &Button::clicked, this, &DayDone::answerReplies);
    connect(m_nextSteps, &Button::clicked, this, &DayDone::giveNextSteps);
}

void DayDone::showDay(const Today& today, const text::Dates& dates, Instant now) {
    const DaySummary& day = today.summary;
    const QString tasks = text::counted(day.done, tr("task"), tr("tasks"));
    m_work = day.firstAt && day.lastAt && day.done > 1 ? tr("%1 in %2.").arg(tasks, minutesText(*day.firstAt, *day.lastAt))
                                                       : tasks + QLatin1Char('.');
    const QLocale locale;
    const std::array<int, 5> values{day.doneByChannel[std::size_t(Channel::Email)], day.doneByChannel[std::size_t(Channel::Call)],
                                    day.talked, day.meetings, day.skipped};
    for (qsizetype i = 0; i < m_figures.size(); ++i)
        m_figures[i]->setText(locale.toString(values.at(std::size_t(i))));

    const int due = today.tomorrow.total();
    m_ahead->setText(tr("Work ahead: %1 due tomorrow").arg(locale.toString(due)));
    m_ahead->setVisible(due > 0);
    m_nextSteps->setText(today.noNextStep < Today::manyWithoutNextStep
                             ? tr("Give %1 a next step").arg(text::counted(today.noNextStep, tr("lead"), tr("leads")))
                             : tr("Give %1 leads or more a next step").arg(locale.toString(today.noNextStep)));
    m_nextSteps->setVisible(today.noNextStep > 0);
    QStringList parts;
    for (const Channel channel : channels) {
        if (const int count = today.tomorrow.byChannel.at(std::size_t(channel)); count > 0)
            parts << text::channelPlural(channel, count);
    }
    const QString tomorrow = dates.longDate(now + std::chrono::days(1));
    m_tomorrow->setText(parts.isEmpty() ? tr("Tomorrow, %1: nothing is due yet.").arg(tomorrow)
                                        : tr("Tomorrow, %1: %2.").arg(tomorrow, parts.join(QStringLiteral(", "))));
    say();
}

void DayDone::setOutbox(const OutboxCounts& counts, const text::Dates& dates) {
    m_leaves.clear();
    if (counts.waiting > 0) {
        const QString mails = text::channelPlural(Channel::Email, counts.waiting);
        m_leaves = counts.waiting == 1 ? tr("%1 leaves as its window opens").arg(mails)
                                       : tr("%1 leave as their windows open").arg(mails);
        m_leaves += !counts.lastAt                  ? QStringLiteral(".")
                    : dates.isToday(*counts.lastAt) ? tr(", the last at %1.").arg(dates.time(*counts.lastAt))
                                                    : tr(", the last %1.").arg(dates.moment(*counts.lastAt));
    }
    say();
}

void DayDone::setReplies(int replies) {
    m_replies->setText(tr("Answer %1").arg(text::counted(replies, tr("reply"), tr("replies"))));
    m_replies->setVisible(replies > 0);
}

void DayDone::setAheadKey(const QString& keys) { m_ahead->setKeyHint(keys); }

void DayDone::takeFocus() {
    for (Button* button : {m_ahead, m_replies, m_nextSteps}) {
        if (!button->isHidden()) {
            button->setFocus();
            return;
        }
    }
    setFocus();
}

void DayDone::say() { m_sentence->setText(m_leaves.isEmpty() ? m_work : m_work + QLatin1Char(' ') + m_leaves); }

} // namespace outrider::today
