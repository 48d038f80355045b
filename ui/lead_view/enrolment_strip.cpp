// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/enrolment_strip.h"

#include "ui/paint/domain_looks.h"
#include "ui/paint/text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QEvent>
#include <QLocale>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace outrider::lead_view {

using text::isolated;
using text::toQt;
using State = StripStep::State;

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(LeadView)
};

// What the timeline tells of a step: how the call ended, beside that it was made.
QString outcomeOf(const Step& step, EnrolmentId enrolment, const std::vector<TimelineEntry>& timeline) {
    for (const TimelineEntry& entry : timeline) {
        const Activity& activity = entry.activity;
        if (activity.step != step.id || activity.enrolment != enrolment)
            continue;
        if (activity.kind == ActivityKind::Call || activity.disposition != Disposition::None)
            return text::activityTitle(activity);
        if (activity.kind == ActivityKind::SendFailed || activity.kind == ActivityKind::SendUnknown)
            return text::activityTitle(activity);
    }
    return step.channel == Channel::Email || step.channel == Channel::Sms ? Tr::tr("Sent") : Tr::tr("Done");
}

QString titleOf(const Step& step) {
    if (step.channel == Channel::Email && step.thread == Thread::Reply)
        return Tr::tr("E-mail, in thread");
    return text::channelName(step.channel);
}

StripStep endOf(const Enrolment& enrolment, const text::Dates& dates) {
    StripStep end{.state = State::Ended, .reason = Tr::tr("Stopped the strategy")};
    switch (enrolment.stopReason) {
    case StopReason::Reply:
        end.icon = theme::Icon::Reply;
        end.title = Tr::tr("Reply");
        break;
    case StopReason::Bounce:
        end.icon = theme::Icon::MailX;
        end.title = Tr::tr("Bounce");
        break;
    case StopReason::OptOut:
        end.icon = theme::Icon::Ban;
        end.title = Tr::tr("Opted out");
        break;
    case StopReason::DoNotContact:
        end.icon = theme::Icon::Ban;
        end.title = Tr::tr("Do not contact");
        break;
    case StopReason::Colleague:
        end.icon = theme::Icon::Reply;
        end.title = Tr::tr("Colleague answered");
        break;
    case StopReason::CallOutcome:
        end.icon = theme::Icon::Phone;
        end.title = Tr::tr("Spoken to");
        break;
    case StopReason::Meeting:
        end.icon = theme::Icon::Calendar;
        end.title = Tr::tr("Meeting");
        break;
    case StopReason::Status:
        end.icon = theme::Icon::CircleDot;
        end.title = Tr::tr("Status");
        break;
    case StopReason::TerminalStatus:
        end.icon = theme::Icon::CircleDot;
        end.title = Tr::tr("Final status");
        break;
    case StopReason::Trashed:
        end.icon = theme::Icon::Trash;
        end.title = Tr::tr("In the trash");
        break;
    case StopReason::Removed:
    case StopReason::None:
        end.icon = theme::Icon::Stop;
        end.title = Tr::tr("Taken out");
        break;
    }
    if (enrolment.endedAt)
        end.date = dates.moment(*enrolment.endedAt);
    return end;
}

StripStep columnOf(const LeadDetail& lead, const EnrolmentDetail& detail, std::size_t i,
                   const std::vector<TimelineEntry>& timeline, const text::Dates& dates) {
    using Kind = EnrolmentDetail::StepState::Kind;
    const Step& step = detail.version.steps[i];
    const auto state = i < detail.steps.size() ? detail.steps[i] : EnrolmentDetail::StepState{};
    StripStep column{.icon = paint::channelIcon(step.channel), .number = int(i) + 1, .title = titleOf(step)};
    const QString day = state.at ? dates.day(*state.at) : QString();
    switch (state.kind) {
    case Kind::Done:
        column.state = State::Done;
        column.reason = outcomeOf(step, detail.enrolment.id, timeline);
        column.date = day;
        break;
    case Kind::Skipped:
        column.state = State::Skipped;
        column.reason = Tr::tr("Skipped");
        column.date = day;
        break;
    case Kind::Current: {
        column.state = State::Current;
        const bool open = std::any_of(lead.openTasks.begin(), lead.openTasks.end(), [&](const Task& task) {
            return task.enrolment == detail.enrolment.id && task.step == step.id;
        });
        if (!open && step.channel == Channel::Email && lead.outboxAt) {
            column.reason = Tr::tr("On its way");
            column.date = dates.moment(*lead.outboxAt);
        } else {
            const QString late = state.at ? dates.late(*state.at) : QString();
            column.reason = late.isEmpty() ? Tr::tr("Next") : late;
            column.date = state.at ? dates.moment(*state.at) : QString();
        }
        break;
    }
    case Kind::Coming:
        column.state = State::Coming;
        column.reason = state.at ? Tr::tr("Planned") : Tr::tr("Waits");
        column.date = day;
        break;
    case Kind::Removed: {
        column.state = State::Removed;
        const QString reason = text::stopReasonText(detail.enrolment.stopReason);
        column.reason = reason.isEmpty() ? Tr::tr("Removed") : Tr::tr("Removed: %1").arg(reason);
        if (state.at) // the date itself: "was tomorrow" is no English
            column.date = Tr::tr("was %1").arg(QLocale().toString(dates.local(*state.at).date(), QStringLiteral("ddd d MMM")));
        break;
    }
    }
    return column;
}

void describeStanding(StripModel& model, const EnrolmentDetail& detail, const text::Dates& dates) {
    const Enrolment& enrolment = detail.enrolment;
    switch (enrolment.state) {
    case EnrolmentState::Active:
        model.standing = Tr::tr("Step %1 of %2")
                             .arg(std::min<std::size_t>(std::size_t(enrolment.nextStep) + 1, detail.version.steps.size()))
                             .arg(detail.version.steps.size());
        model.tone = paint::Tone::Accent;
        break;
    case EnrolmentState::Paused:
        model.standing =
            enrolment.pausedUntil ? Tr::tr("Paused until %1").arg(dates.day(*enrolment.pausedUntil)) : Tr::tr("Paused");
        model.tone = paint::Tone::Warn;
        break;
    case EnrolmentState::Finished:
        model.standing = enrolment.endedAt ? Tr::tr("Finished, %1").arg(dates.brief(*enrolment.endedAt)) : Tr::tr("Finished");
        break;
    case EnrolmentState::Stopped: {
        const QString reason = text::stopReasonText(enrolment.stopReason);
        model.standing = Tr::tr("Stopped: %1").arg(reason);
        if (enrolment.endedAt)
            model.standing += QStringLiteral(", ") + dates.brief(*enrolment.endedAt);
        const bool bad = enrolment.stopReason == StopReason::Bounce || enrolment.stopReason == StopReason::OptOut
                         || enrolment.stopReason == StopReason::DoNotContact;
        model.tone = enrolment.stopReason == StopReason::Reply ? paint::Tone::Accent
                     : bad                                     ? paint::Tone::Bad
                                                               : paint::Tone::Neutral;
        break;
    }
    }
}

} // namespace

StripModel stripOf(const LeadDetail& lead, const EnrolmentDetail& detail, const std::vector<TimelineEntry>& timeline,
                   const text::Dates& dates) {
    const Enrolment& enrolment = detail.enrolment;
    StripModel model{.enrolment = enrolment.id, .strategy = enrolment.strategy, .name = toQt(detail.strategyName)};
    model.running = enrolment.isRunning();
    model.paused = enrolment.state == EnrolmentState::Paused;
    model.about = detail.source.empty()
                      ? Tr::tr("version %1, enrolled %2").arg(detail.version.number).arg(dates.shortDay(enrolment.enrolledAt))
                      : Tr::tr("version %1, enrolled %2 from “%3”")
                            .arg(detail.version.number)
                            .arg(dates.shortDay(enrolment.enrolledAt), isolated(toQt(detail.source)));
    describeStanding(model, detail, dates);
    bool ended = enrolment.state != EnrolmentState::Stopped;
    for (std::size_t i = 0; i < detail.version.steps.size(); ++i) {
        StripStep column = columnOf(lead, detail, i, timeline, dates);
        if (!ended && column.state == State::Removed) { // what ended it stands before what it took away
            model.steps.push_back(endOf(enrolment, dates));
            ended = true;
        }
        model.steps.push_back(std::move(column));
    }
    if (!ended)
        model.steps.push_back(endOf(enrolment, dates));
    return model;
}

// ── The widget ────────────────────────────────────────────────────────────────────────────────

class EnrolmentStrip::Cell : public QWidget {
public:
    Cell(StripStep step, bool last, QWidget* parent) : QWidget(parent), m_step(std::move(step)), m_last(last) {
        const QString position = m_step.number > 0 ? Tr::tr("Step %1, ").arg(m_step.number) : QString();
        QStringList parts{position + m_step.title};
        for (const QString& part : {m_step.reason, m_step.date}) {
            if (!part.isEmpty())
                parts.append(part);
        }
        setAccessibleName(parts.join(QStringLiteral(", ")));
        setToolTip(accessibleName());
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const theme::Tokens& tokens = theme::tokens(this);
        QPainter painter(this);
        const int dot = tokens.size.chip;
        paintDot(painter, tokens, mirrored(QRect(0, 0, dot, dot)));
        if (!m_last) {
            painter.setPen(tokens.color.line);
            const QRect joint =
                mirrored(QRect(dot + tokens.space.xs, dot / 2, width() - dot - 2 * tokens.space.xs, tokens.size.hairline));
            painter.fillRect(joint, tokens.color.line);
        }
        const bool removed = m_step.state == State::Removed;
        const int gap = tokens.space.s;
        int y = dot + tokens.space.xs;
        const int line = tokens.lineHeight(theme::TextStyle::Body);
        const int icon = tokens.size.iconSmall;
        theme::paintIcon(&painter, mirrored(QRect(0, y + (line - icon) / 2, icon, icon)), m_step.icon,
                         removed ? tokens.color.muted : tokens.color.text);
        const int indent = icon + tokens.space.iconGap;
        paint::drawText(&painter, tokens, mirrored(QRect(indent, y, width() - indent - gap, line)),
                        {.text = m_step.title,
                         .style = m_step.state == State::Current ? theme::TextStyle::BodyStrong : theme::TextStyle::Body,
                         .color = removed ? tokens.color.muted : tokens.color.text,
                         .strikeOut = removed});
        y += line;
        const int meta = tokens.lineHeight(theme::TextStyle::Meta);
        const bool loud = m_step.state == State::Ended || m_step.state == State::Current;
        paint::drawText(
            &painter, tokens, mirrored(QRect(0, y, width() - gap, meta)),
            {.text = m_step.reason, .style = theme::TextStyle::Meta, .color = loud ? tokens.color.text : tokens.color.muted});
        paint::drawText(&painter, tokens, mirrored(QRect(0, y + meta, width() - gap, meta)),
                        {.text = m_step.date, .style = theme::TextStyle::Meta, .color = tokens.color.muted});
    }

private:
    QRect mirrored(const QRect& rectangle) const { return QStyle::visualRect(layoutDirection(), rect(), rectangle); }

    void paintDot(QPainter& painter, const theme::Tokens& tokens, const QRect& place) const {
        const auto& color = tokens.color;
        switch (m_step.state) {
        case State::Done:
            paint::drawDot(&painter, tokens, place, theme::Icon::Check, color.accentSoft, color.accent);
            return;
        case State::Skipped:
            paint::drawDot(&painter, tokens, place, theme::Icon::Skip, color.raised, color.muted);
            return;
        case State::Removed:
            paint::drawDot(&painter, tokens, place, theme::Icon::Cross, color.raised, color.muted);
            return;
        case State::Ended: {
            const bool reply = m_step.icon == theme::Icon::Reply;
            paint::drawDot(&painter, tokens, place, m_step.icon, reply ? color.accent : color.raised,
                           reply ? color.onAccent : color.muted);
            return;
        }
        case State::Current:
        case State::Coming: {
            const bool now = m_step.state == State::Current;
            paint::drawDot(&painter, tokens, place, theme::Icon::None, now ? color.accent : color.raised, color.muted);
            paint::drawText(&painter, tokens, place,
                            {.text = QString::number(m_step.number),
                             .style = theme::TextStyle::MetaStrong,
                             .color = now ? color.onAccent : color.muted,
                             .alignment = Qt::AlignHCenter});
            return;
        }
        }
    }

    const StripStep m_step;
    const bool m_last;
};

EnrolmentStrip::EnrolmentStrip(std::vector<StripStep> steps, QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Steps"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    for (std::size_t i = 0; i < steps.size(); ++i)
        m_cells.append(new Cell(std::move(steps[i]), i + 1 == steps.size(), this));
}

int EnrolmentStrip::columnsIn(int width) const {
    const theme::Tokens& tokens = theme::tokens(this);
    // Wide enough for a moment; a longer title elides.
    const int least = tokens.space.s + paint::textWidth(tokens, theme::TextStyle::Meta, QStringLiteral("Wed 30 Nov 00:00"));
    const int fitting = std::max(1, width / std::max(1, least));
    const int count = std::max(1, int(m_cells.size()));
    if (fitting >= count)
        return count;
    const int rows = (count + fitting - 1) / fitting;
    return (count + rows - 1) / rows; // rows of about the same length
}

int EnrolmentStrip::cellHeight() const {
    const theme::Tokens& tokens = theme::tokens(this);
    return tokens.size.chip + tokens.space.xs + tokens.lineHeight(theme::TextStyle::Body)
           + 2 * tokens.lineHeight(theme::TextStyle::Meta);
}

int EnrolmentStrip::heightForWidth(int width) const {
    const int columns = columnsIn(width);
    const int rows = (std::max(1, int(m_cells.size())) + columns - 1) / columns;
    return rows * cellHeight() + (rows - 1) * theme::tokens(this).space.m;
}

// One row; how many it really takes is a matter of the width.
QSize EnrolmentStrip::sizeHint() const { return {minimumSizeHint().width() * 2, cellHeight()}; }

QSize EnrolmentStrip::minimumSizeHint() const { return {theme::tokens(this).size.detailPaneMin, cellHeight()}; }

void EnrolmentStrip::resizeEvent(QResizeEvent*) { arrange(); }

void EnrolmentStrip::changeEvent(QEvent* event) {
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::LayoutDirectionChange) {
        updateGeometry();
        arrange();
    }
    QWidget::changeEvent(event);
}

void EnrolmentStrip::arrange() {
    const int columns = columnsIn(width());
    const int height = cellHeight();
    const int gap = theme::tokens(this).space.m;
    for (int i = 0; i < m_cells.size(); ++i) {
        const int column = i % columns;
        const int left = width() * column / columns;
        const int right = width() * (column + 1) / columns;
        const QRect place(left, (i / columns) * (height + gap), right - left, height);
        m_cells[i]->setGeometry(QStyle::visualRect(layoutDirection(), rect(), place));
    }
}

} // namespace outrider::lead_view
