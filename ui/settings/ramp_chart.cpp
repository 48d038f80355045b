// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/ramp_chart.h"

#include "ui/paint/text.h"
#include "ui/text/tr.h"

#include <QPainter>
#include <QStyle>

#include <algorithm>
#include <chrono>

namespace outrider::settings {

namespace {
constexpr std::size_t longest = 60; // days drawn
}

Ramp rampOf(const Mailbox& mailbox, Instant now) {
    Ramp ramp;
    const SendLimits& limits = mailbox.limits;
    if (limits.rampStart <= 0 || limits.rampStep <= 0 || limits.rampStart >= mailbox.dailyLimit)
        return ramp;
    for (int most = limits.rampStart; most < mailbox.dailyLimit && ramp.days.size() < longest - 1; most += limits.rampStep)
        ramp.days.push_back(most);
    ramp.days.push_back(mailbox.dailyLimit);
    if (limits.rampBegan)
        ramp.today = int(std::max<std::int64_t>(0, (now - *limits.rampBegan) / std::chrono::hours(24)));
    return ramp;
}

RampChart::RampChart(QWidget* parent) : QWidget(parent) { setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed); }

void RampChart::setRamp(const Ramp& ramp) {
    m_ramp = ramp;
    const auto& days = ramp.days;
    setAccessibleName(days.empty() ? tr("No ramp")
                      : ramp.today < 0 || ramp.today >= int(days.size())
                          ? tr("Ramp from %1 to %2 in %3 days").arg(days.front()).arg(days.back()).arg(days.size())
                          : tr("Ramp from %1 to %2 in %3 days; day %4, %5 today")
                                .arg(days.front())
                                .arg(days.back())
                                .arg(days.size())
                                .arg(ramp.today + 1)
                                .arg(days[std::size_t(ramp.today)]));
    update();
}

QSize RampChart::sizeHint() const {
    const theme::Tokens& t = theme::tokens(this);
    return {t.size.rail, t.size.row * 3};
}

QSize RampChart::minimumSizeHint() const {
    const theme::Tokens& t = theme::tokens(this);
    return {t.size.rail / 2, t.size.row * 3};
}

void RampChart::paintEvent(QPaintEvent*) {
    if (m_ramp.days.empty())
        return;
    const theme::Tokens& t = theme::tokens(this);
    QPainter painter(this);
    const int line = t.lineHeight(theme::TextStyle::Meta);
    const int most = m_ramp.days.back();
    const QString top = QString::number(most);
    const int axis = paint::textWidth(t, theme::TextStyle::Meta, top) + t.space.s;
    const QRect plot(axis, line / 2, width() - axis, height() - line / 2 - line - t.space.xs);
    const auto mirrored = [&](const QRect& rect) { return QStyle::visualRect(layoutDirection(), this->rect(), rect); };
    const auto label = [&](const QRect& rect, const QString& text, Qt::Alignment alignment) {
        paint::drawText(&painter, t, mirrored(rect),
                        {.text = text, .style = theme::TextStyle::Meta, .color = t.color.muted, .alignment = alignment});
    };
    label(QRect(0, plot.top() - line / 2, axis - t.space.s, line), top, Qt::AlignTrailing);
    label(QRect(0, plot.bottom() - line / 2, axis - t.space.s, line), QStringLiteral("0"), Qt::AlignTrailing);
    painter.setPen(QPen(t.color.muted, t.size.hairline, Qt::DashLine));
    painter.drawLine(mirrored(plot).left(), plot.top(), mirrored(plot).right(), plot.top());
    painter.setPen(QPen(t.color.line, t.size.hairline));
    painter.drawLine(mirrored(plot).left(), plot.bottom() + 1, mirrored(plot).right(), plot.bottom() + 1);

    const int count = int(m_ramp.days.size());
    const double step = double(plot.width()) / count;
    const int bar = std::clamp(int(step) - t.space.xs / 2, 1, t.space.l);
    const int today = std::min(m_ramp.today, count - 1);
    for (int i = 0; i < count; ++i) {
        const int high = std::max(1, int(double(plot.height()) * m_ramp.days[std::size_t(i)] / std::max(1, most)));
        const QRect column(plot.left() + int(i * step), plot.bottom() - high + 1, bar, high);
        painter.fillRect(mirrored(column), i == today ? t.color.accent : t.color.chart2);
    }
    const int foot = plot.bottom() + t.space.xs;
    const int wide = paint::textWidth(t, theme::TextStyle::Meta, QStringLiteral("000"));
    const auto day = [&](int i) {
        label(QRect(plot.left() + int(i * step) + bar / 2 - wide, foot, 2 * wide, line), QString::number(i + 1),
              Qt::AlignHCenter);
    };
    day(0);
    if (count > 6 && (today < 0 || (today > count / 6 && today < count - count / 6)))
        day(today < 0 ? count / 2 : today);
    if (count > 1)
        label(QRect(plot.left() + int((count - 1) * step) + bar - 2 * wide, foot, 2 * wide, line), QString::number(count),
              Qt::AlignTrailing);
}

} // namespace outrider::settings
