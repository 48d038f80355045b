// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/hours_edit.h"

#include "ui/paint/pieces.h"
#include "ui/paint/text.h"
#include "ui/text/dates.h"
#include "ui/theme/tokens.h"

#include <QAbstractButton>
#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QSignalBlocker>
#include <QTimeEdit>

namespace outrider::widgets {

namespace {

QString shortDay(int isoDay) { return QLocale().standaloneDayName(isoDay, QLocale::ShortFormat); }

// One day: a small square that is on or off.
class DaySwitch final : public QAbstractButton {
public:
    DaySwitch(int isoDay, QWidget* parent) : QAbstractButton(parent) {
        setCheckable(true);
        setFocusPolicy(Qt::StrongFocus);
        setText(shortDay(isoDay));
        setAccessibleName(QLocale().standaloneDayName(isoDay, QLocale::LongFormat));
        setToolTip(accessibleName());
    }

    QSize sizeHint() const override {
        const theme::Tokens& t = theme::tokens(this);
        return {paint::textWidth(t, theme::TextStyle::MetaStrong, text()) + 2 * t.space.s, t.size.control};
    }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override {
        const theme::Tokens& t = theme::tokens(this);
        QPainter painter(this);
        const QColor fill = isDown() ? t.color.pressed : isChecked() ? t.color.accentSoft : t.color.surface;
        paint::drawCard(&painter, rect(), t.size.radius, fill, isChecked() ? t.color.accent : t.color.line);
        paint::drawText(&painter, t, rect(),
                        {.text = text(),
                         .style = theme::TextStyle::MetaStrong,
                         .color = !isEnabled()  ? t.color.disabled
                                  : isChecked() ? t.color.accent
                                                : t.color.muted,
                         .alignment = Qt::AlignHCenter});
    }
    void changeEvent(QEvent* event) override {
        if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
            updateGeometry();
        QAbstractButton::changeEvent(event);
    }
};

} // namespace

HoursEdit::HoursEdit(const QString& accessibleName, QWidget* parent)
    : QWidget(parent),
      m_from(new QTimeEdit(this)),
      m_to(new QTimeEdit(this)) {
    const theme::Tokens& t = theme::tokens(this);
    setAccessibleName(accessibleName);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(t.space.s);
    auto* days = new QHBoxLayout;
    days->setSpacing(t.space.xs);
    column->addLayout(days);
    auto* times = new QHBoxLayout;
    times->setSpacing(t.space.s);
    column->addLayout(times);
    for (int day = 1; day <= 7; ++day) {
        auto* button = new DaySwitch(day, this);
        connect(button, &QAbstractButton::toggled, this, &HoursEdit::edited);
        days->addWidget(button);
        m_days.append(button);
    }
    days->addStretch(1);
    m_from->setAccessibleName(tr("%1, from").arg(accessibleName));
    m_to->setAccessibleName(tr("%1, to").arg(accessibleName));
    for (QTimeEdit* edit : {m_from, m_to}) {
        edit->setDisplayFormat(QStringLiteral("HH:mm"));
        connect(edit, &QTimeEdit::timeChanged, this, &HoursEdit::edited);
    }
    times->addWidget(m_from);
    times->addWidget(new QLabel(tr("to")));
    times->addWidget(m_to);
    times->addStretch(1);
    setWindow({});
}

void HoursEdit::setWindow(const Window& window) {
    const QSignalBlocker quiet(this);
    for (int day = 1; day <= 7; ++day)
        m_days[day - 1]->setChecked(window.days.contains(unsigned(day)));
    m_from->setTime(QTime(0, 0).addSecs(window.startMinute * 60));
    m_to->setTime(QTime(0, 0).addSecs(window.endMinute % (24 * 60) * 60));
}

Window HoursEdit::hours() const {
    std::uint8_t bits = 0;
    for (int day = 0; day < 7; ++day)
        bits = std::uint8_t(bits | (m_days[day]->isChecked() ? 1U << unsigned(day) : 0U));
    const int end = QTime(0, 0).secsTo(m_to->time()) / 60;
    return {
        .days = Weekdays(bits), .startMinute = QTime(0, 0).secsTo(m_from->time()) / 60, .endMinute = end == 0 ? 24 * 60 : end};
}

QString hoursText(const Window& window) {
    // Runs of at least three days read as "Mon to Fri".
    QStringList days;
    for (int day = 1; day <= 7; ++day) {
        if (!window.days.contains(unsigned(day)))
            continue;
        int last = day;
        while (last < 7 && window.days.contains(unsigned(last + 1)))
            ++last;
        if (last - day >= 2) {
            days.append(HoursEdit::tr("%1 to %2").arg(shortDay(day), shortDay(last)));
            day = last;
        } else {
            days.append(shortDay(day));
        }
    }
    return HoursEdit::tr("%1, %2 to %3")
        .arg(days.join(QStringLiteral(", ")), text::clockTime(window.startMinute), text::clockTime(window.endMinute));
}

} // namespace outrider::widgets
