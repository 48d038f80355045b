// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/process_side.h"

#include "ui/paint/domain_looks.h"
#include "ui/text/tr.h"
#include "ui/today/task_words.h"
#include "ui/widgets/timeline_view.h"

#include <QHBoxLayout>
#include <QResizeEvent>
#include <QVBoxLayout>

namespace outrider::today {

using text::toQt;
using theme::Icon;
using theme::TextStyle;
using widgets::IconLabel;
using widgets::Ink;
using widgets::Label;

namespace {

constexpr int timelineRows = 3; // at least seen before it scrolls

// As high as a line of text, so that it stands beside the first one.
QWidget* onFirstLine(QWidget* widget, const theme::Tokens& t) {
    widget->setMinimumHeight(t.lineHeight(TextStyle::Body));
    return widget;
}

// One line: icon, text, and where it is from at the right.
QWidget* fact(Icon icon, const QString& text, const QString& right, const theme::Tokens& t) {
    auto* line = new QWidget;
    auto* row = widgets::row(line, t.space.s);
    row->addWidget(onFirstLine(new IconLabel(icon), t), 0, Qt::AlignTop);
    auto* label = new Label(TextStyle::Body, Ink::Text, text);
    label->setWordWrap(true);
    row->addWidget(label, 1);
    if (!right.isEmpty())
        row->addWidget(onFirstLine(new Label(TextStyle::Meta, Ink::Muted, right), t), 0, Qt::AlignTop);
    return line;
}

void clear(QLayout* layout) {
    while (QLayoutItem* item = layout->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

} // namespace

ProcessSide::ProcessSide(QWidget* parent)
    : QScrollArea(parent),
      m_why(new widgets::Section(tr("Why now"))),
      m_skip(new QWidget),
      m_skipText(new Label(TextStyle::Body, Ink::Muted)),
      m_notes(new widgets::Section(tr("Notes"))),
      m_notesLine(new widgets::Line),
      m_history(new widgets::Section(tr("Timeline"))),
      m_timeline(new widgets::TimelineView(widgets::TimelineView::Size::Compact)),
      m_upcoming(new widgets::Section(tr("Next up"))),
      m_historyKey(new widgets::KeyCaps({})) {
    setAccessibleName(tr("About this task"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    const theme::Tokens& t = theme::tokens(this);

    auto* content = new widgets::Area(widgets::Area::Ground::Surface);
    auto* column = widgets::column(content, 0);
    column->addWidget(m_why);
    auto* skipRow = widgets::row(m_skip, t.space.s, {t.space.l, 0, t.space.l, t.space.m});
    skipRow->addWidget(onFirstLine(new IconLabel(Icon::Skip), t), 0, Qt::AlignTop);
    m_skipText->setWordWrap(true);
    skipRow->addWidget(m_skipText, 1);
    m_skip->hide();
    column->addWidget(m_skip);
    column->addWidget(new widgets::Line);
    column->addWidget(m_notes);
    column->addWidget(m_notesLine);
    m_history->setTrailing(m_historyKey);
    m_timeline->setAccessibleName(tr("Timeline"));
    m_timeline->setMinimumHeight(timelineRows * t.size.timelineDot + (timelineRows - 1) * t.space.m);
    m_history->body()->addWidget(m_timeline, 1);
    column->addWidget(m_history, 1);
    column->addWidget(new widgets::Line);
    column->addWidget(m_upcoming);
    setWidget(content);
}

QSize ProcessSide::sizeHint() const { return {theme::tokens(this).size.detailPane, 0}; }

void ProcessSide::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    if (widget() != nullptr)
        widget()->setMaximumWidth(viewport()->width());
}

QWidget* ProcessSide::timeline() const { return m_timeline; }
void ProcessSide::setHistoryKey(const QString& keys) { m_historyKey->setKeys(keys); }

void ProcessSide::showPending(const QueueItem& item, const text::Dates& dates) {
    const theme::Tokens& t = theme::tokens(this);
    clear(m_why->body());
    m_why->body()->addWidget(fact(Icon::CircleInfo, whyNow(item, dates), {}, t));
    clear(m_notes->body());
    m_notes->hide();
    m_notesLine->hide();
    m_timeline->setEntries({}, dates);
    setSkipPreview({});
}

void ProcessSide::showTask(const TaskDetail& task, const text::Dates& dates) {
    const theme::Tokens& t = theme::tokens(this);
    clear(m_why->body());
    const QueueItem& item = task.item;
    auto* why = m_why->body();
    if (item.overdue)
        why->addWidget(fact(Icon::TriangleAlert, tr("Due since %1").arg(dates.day(item.dueAt)), dates.late(item.dueAt), t));
    if (!item.note.empty())
        why->addWidget(fact(Icon::StickyNote, toQt(item.note), {}, t));
    else if (!item.title.empty())
        why->addWidget(fact(Icon::SquareCheck, toQt(item.title), {}, t));
    for (const QString& reason : planReasons(task, dates))
        why->addWidget(fact(Icon::Timer, reason, tr("rule"), t));
    if (item.previousStepAt)
        why->addWidget(fact(Icon::History, tr("Last step"), dates.shortDay(*item.previousStepAt), t));
    if (task.task.snoozed)
        why->addWidget(fact(Icon::Clock, tr("Snoozed by you"), {}, t));
    if (why->count() == 0)
        why->addWidget(fact(Icon::CircleInfo, tr("Set for %1").arg(dates.moment(item.dueAt)), {}, t));

    clear(m_notes->body());
    for (const Activity& note : task.notes) {
        auto* one = new QWidget;
        auto* column = widgets::column(one, 0);
        auto* words = new Label(TextStyle::Body, Ink::Text, tr("“%1”").arg(toQt(note.text)));
        words->setWordWrap(true);
        column->addWidget(words);
        column->addWidget(new Label(TextStyle::Meta, Ink::Muted, dates.shortDay(note.at)));
        m_notes->body()->addWidget(one);
    }
    m_notes->setVisible(!task.notes.empty());
    m_notesLine->setVisible(!task.notes.empty());
    m_timeline->setEntries(task.timeline, dates);
}

void ProcessSide::setSkipPreview(const QString& sentence) {
    m_skipText->setText(sentence);
    m_skip->setVisible(!sentence.isEmpty());
}

void ProcessSide::setUpcoming(const std::vector<QueueItem>& items, const text::Dates& dates) {
    const theme::Tokens& t = theme::tokens(this);
    clear(m_upcoming->body());
    for (const QueueItem& item : items) {
        auto* line = new QWidget;
        auto* row = widgets::row(line, t.space.s);
        row->addWidget(new IconLabel(paint::channelIcon(item.channel)));
        auto* name = new Label(TextStyle::BodyStrong, Ink::Text, toQt(item.leadName));
        name->setEliding(true);
        auto* company = new Label(TextStyle::Body, Ink::Muted, toQt(item.companyName));
        company->setEliding(true);
        row->addWidget(name);
        row->addWidget(company, 1);
        row->addWidget(new Label(TextStyle::Meta, item.overdue ? Ink::Danger : Ink::Muted, dates.brief(item.dueAt)));
        m_upcoming->body()->addWidget(line);
    }
    if (items.empty())
        m_upcoming->body()->addWidget(new Label(TextStyle::Body, Ink::Muted, tr("This is the last one.")));
}

} // namespace outrider::today
