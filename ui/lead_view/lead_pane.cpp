// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/lead_pane.h"

#include "ui/lead_view/flow_layout.h"
#include "ui/lead_view/lead_actions.h"
#include "ui/lead_view/lead_feed.h"
#include "ui/lead_view/lead_words.h"
#include "ui/lead_view/note_field.h"
#include "ui/text/error_text.h"
#include "ui/text/tr.h"
#include "ui/widgets/basics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/timeline_view.h"

#include <QApplication>
#include <QGridLayout>
#include <QPointer>
#include <QScrollArea>
#include <QStackedLayout>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <map>

namespace outrider::lead_view {

using text::toQt;
using theme::TextStyle;
using widgets::Button;
using widgets::Ink;
using widgets::Label;

namespace {

constexpr int clockEveryMs = 20'000; // the lead's local time is shown to the minute

// Label and value, one under the other; a fact that is not known takes no place.
class FactGrid : public QWidget {
public:
    explicit FactGrid(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this)) {
        const theme::Tokens& tokens = theme::tokens(this);
        m_grid->setContentsMargins(0, 0, 0, 0);
        m_grid->setHorizontalSpacing(tokens.space.l);
        m_grid->setVerticalSpacing(tokens.space.xs);
        m_grid->setColumnStretch(1, 1);
    }

    void set(const QString& label, const QString& value, Qt::TextElideMode elide = Qt::ElideRight) {
        Row& row = m_rows[label];
        if (row.value == nullptr) {
            const int at = int(m_rows.size());
            row.label = new Label(TextStyle::Body, Ink::Muted, label, this);
            row.value = new Label(TextStyle::Body, Ink::Text, {}, this);
            row.value->setEliding(true, elide);
            m_grid->addWidget(row.label, at, 0);
            m_grid->addWidget(row.value, at, 1);
        }
        row.value->setText(value);
        row.label->setVisible(!value.isEmpty());
        row.value->setVisible(!value.isEmpty());
    }

private:
    struct Row {
        Label* label = nullptr;
        Label* value = nullptr;
    };
    QGridLayout* m_grid;
    std::map<QString, Row> m_rows;
};

} // namespace

// The pane's parts, and which lead they show.
class LeadPane::Content : public QObject {
public:
    Content(const frame::Context& context, LeadPane* pane)
        : QObject(pane),
          m_pane(pane),
          m_context(context),
          m_feed(new LeadFeed(context, pane)),
          m_actions(context, pane) {
        build();
        connect(m_feed, &LeadFeed::detailRead, this, [this] { showDetail(); });
        connect(m_feed, &LeadFeed::timelineRead, this, [this] {
            m_timeline->setEntries(m_feed->timeline(), m_context.dates());
            m_timelineEmpty->setVisible(m_feed->timeline().empty());
            if (m_feed->detail() != nullptr)
                showNextStep();
        });
        connect(m_feed, &LeadFeed::timelineGrew, this, [this](int from) {
            const auto& all = m_feed->timeline();
            m_timeline->append({all.begin() + from, all.end()});
        });
        connect(m_feed, &LeadFeed::gone, this, [this](const Error& error) {
            m_feed->stop();
            m_emptyText->setText(text::sentence(error));
            m_stack->setCurrentWidget(m_empty);
        });
        auto* minute = new QTimer(this);
        minute->setInterval(clockEveryMs);
        connect(minute, &QTimer::timeout, this, [this] {
            if (m_feed->detail() != nullptr && m_pane->isVisible())
                showChips();
        });
        minute->start();
    }

    LeadFeed& feed() { return *m_feed; }

    void show(LeadId lead) {
        if (lead == m_feed->lead()) {
            m_chosen.reset();
            if (m_feed->detail() != nullptr)
                showNextStep();
            return;
        }
        keepNote();
        m_chosen.reset();
        m_feed->follow(lead);
        if (!lead)
            clear();
    }

    void show(const TaskDetail& task) {
        if (task.task.lead != m_feed->lead())
            keepNote();
        m_chosen = task.task;
        m_feed->adopt(task.lead, task.timeline);
    }

    void clear() {
        keepNote();
        m_chosen.reset();
        m_feed->stop();
        m_emptyText->setText(LeadPane::tr("Nobody is chosen."));
        m_stack->setCurrentWidget(m_empty);
    }

    void setActions(QWidget* bar) {
        if (m_bar == bar)
            return;
        delete m_bar;
        m_bar = bar;
        if (bar != nullptr)
            m_next->body()->addWidget(bar);
    }

    void writeNote() {
        if (!m_feed->lead())
            return;
        if (QWidget* focus = QApplication::focusWidget(); focus && !m_note->isAncestorOf(focus))
            m_beforeNote = focus;
        m_note->setVisible(true);
        m_note->begin();
    }

private:
    void build() {
        const theme::Tokens& tokens = theme::tokens(m_pane);
        m_stack = new QStackedLayout(m_pane);
        m_stack->setContentsMargins(0, 0, 0, 0);
        m_empty = new widgets::Area(widgets::Area::Ground::Surface, Qt::LeftEdge, m_pane);
        auto* emptyColumn =
            widgets::column(m_empty, tokens.space.s, QMargins(tokens.space.l, tokens.space.l, tokens.space.l, tokens.space.l));
        m_emptyText = new Label(TextStyle::Body, Ink::Muted, LeadPane::tr("Nobody is chosen."), m_empty);
        m_emptyText->setWordWrap(true);
        emptyColumn->addWidget(m_emptyText);
        emptyColumn->addStretch(1);
        m_stack->addWidget(m_empty);

        m_full = new widgets::Area(widgets::Area::Ground::Surface, Qt::LeftEdge, m_pane);
        auto* column = widgets::column(m_full, 0, QMargins(tokens.size.hairline, 0, 0, 0));
        m_stack->addWidget(m_full);
        column->addWidget(makeScroll(), 1);
        m_note = new NoteField(m_context, m_full);
        m_note->hide();
        connect(m_note, &NoteField::closed, this, [this] {
            const bool inNote = m_note->isAncestorOf(QApplication::focusWidget());
            m_note->hide();
            if (inNote && m_beforeNote) // back to the list, whose keys go on
                m_beforeNote->setFocus(Qt::OtherFocusReason);
        });
        connect(m_note, &NoteField::saved, this, [this](LeadId lead) { m_notes.erase(lead); });
        column->addWidget(new widgets::Line(Qt::Horizontal, m_full));
        column->addWidget(m_note);
        column->addWidget(makeFoot());
        m_stack->setCurrentWidget(m_empty);
    }

    QWidget* makeScroll() {
        auto* scroll = new QScrollArea(m_full);
        scroll->setWidgetResizable(true);
        scroll->setFrameShape(QFrame::NoFrame);
        scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        scroll->setFocusPolicy(Qt::NoFocus);
        auto* body = new widgets::Area(widgets::Area::Ground::Surface, {}, scroll);
        auto* column = widgets::column(body, 0);
        column->addWidget(makeHead(body));
        column->addWidget(new widgets::Line(Qt::Horizontal, body));
        column->addWidget(makeNextStep(body));
        column->addWidget(new widgets::Line(Qt::Horizontal, body));
        column->addWidget(makeFacts(body));
        column->addWidget(new widgets::Line(Qt::Horizontal, body));
        column->addWidget(makeTimeline(body), 1);
        scroll->setWidget(body);
        return scroll;
    }

    QWidget* makeHead(QWidget* parent) {
        const theme::Tokens& tokens = theme::tokens(m_pane);
        auto* head = new QWidget(parent);
        auto* column =
            widgets::column(head, tokens.space.xs, QMargins(tokens.space.l, tokens.space.m, tokens.space.l, tokens.space.m));
        auto* first = new QWidget(head);
        auto* line = widgets::row(first, tokens.space.s);
        m_name = new Label(TextStyle::Title, Ink::Text, {}, first);
        m_name->setEliding(true);
        auto* close = new Button(theme::Icon::Panel, LeadPane::tr("Close pane"), first);
        close->setKeyHint(QStringLiteral("F4"));
        connect(close, &Button::clicked, m_pane, &LeadPane::closeRequested);
        line->addWidget(m_name, 1);
        line->addWidget(close);
        column->addWidget(first);
        m_title = new Label(TextStyle::Body, Ink::Muted, {}, head);
        m_title->setEliding(true);
        column->addWidget(m_title);
        m_chips = new QWidget(head);
        m_chipFlow = new FlowLayout(m_chips, tokens.space.s);
        column->addSpacing(tokens.space.xs);
        column->addWidget(m_chips);
        return head;
    }

    QWidget* makeNextStep(QWidget* parent) {
        const theme::Tokens& tokens = theme::tokens(m_pane);
        m_next = new widgets::Section(LeadPane::tr("Next step"), parent);
        auto* grid = new QGridLayout;
        grid->setHorizontalSpacing(tokens.space.s);
        grid->setVerticalSpacing(0);
        grid->setColumnStretch(1, 1);
        m_nextIcon = new widgets::IconLabel(theme::Icon::None, Ink::Muted, 0, m_next);
        m_nextTitle = new Label(TextStyle::BodyStrong, Ink::Text, {}, m_next);
        m_nextTitle->setEliding(true);
        m_nextWhen = new Label(TextStyle::Body, Ink::Muted, {}, m_next);
        m_nextWhy = new Label(TextStyle::Body, Ink::Muted, {}, m_next);
        m_nextWhy->setWordWrap(true);
        grid->addWidget(m_nextIcon, 0, 0);
        grid->addWidget(m_nextTitle, 0, 1);
        grid->addWidget(m_nextWhen, 0, 2);
        grid->addWidget(m_nextWhy, 1, 1, 1, 2);
        m_next->body()->addLayout(grid);
        return m_next;
    }

    QWidget* makeFacts(QWidget* parent) {
        const theme::Tokens& tokens = theme::tokens(m_pane);
        auto* box = new QWidget(parent);
        auto* column = widgets::column(box, 0, QMargins(tokens.space.l, tokens.space.m, tokens.space.l, tokens.space.m));
        m_facts = new FactGrid(box);
        column->addWidget(m_facts);
        return box;
    }

    QWidget* makeTimeline(QWidget* parent) {
        const theme::Tokens& tokens = theme::tokens(m_pane);
        auto* section = new widgets::Section(LeadPane::tr("Timeline"), parent);
        m_timeline = new widgets::TimelineView(widgets::TimelineView::Size::Compact, section);
        m_timeline->setAccessibleName(LeadPane::tr("Timeline"));
        constexpr int leastEntries = 4;
        m_timeline->setMinimumHeight(leastEntries * (tokens.size.timelineDot + tokens.space.l));
        connect(m_timeline, &widgets::TimelineView::endReached, m_feed, &LeadFeed::readMore);
        m_timelineEmpty = new Label(TextStyle::Body, Ink::Muted, LeadPane::tr("Nothing has happened yet."), section);
        m_timelineEmpty->hide();
        section->body()->addWidget(m_timelineEmpty);
        section->body()->addWidget(m_timeline, 1);
        return section;
    }

    QWidget* makeFoot() {
        const theme::Tokens& tokens = theme::tokens(m_pane);
        auto* foot = new QWidget(m_full);
        foot->setFixedHeight(tokens.size.selectionBar);
        auto* line = widgets::row(foot, tokens.space.l, QMargins(tokens.space.s, 0, tokens.space.s, 0));
        auto* open = new Button(Button::Kind::Ghost, LeadPane::tr("Open lead"), foot);
        open->setKeyHint(QStringLiteral("O"));
        connect(open, &Button::clicked, this, [this] { Q_EMIT m_pane->openRequested(m_feed->lead()); });
        auto* note = new Button(Button::Kind::Ghost, LeadPane::tr("Note"), foot);
        note->setKeyHint(QStringLiteral("N"));
        connect(note, &Button::clicked, this, [this] {
            writeNote();
            Q_EMIT m_pane->noteRequested(m_feed->lead());
        });
        auto* more = new Button(theme::Icon::More, LeadPane::tr("More for this lead"), foot);
        connect(more, &Button::clicked, this, [this, more] {
            if (m_feed->detail() != nullptr)
                widgets::Popup::open(more, LeadPane::tr("More for this lead"), m_actions.moreEntries(*m_feed->detail()));
        });
        line->addWidget(open);
        line->addWidget(note);
        line->addStretch(1);
        line->addWidget(more);
        return foot;
    }

    void showDetail() {
        const LeadDetail& detail = *m_feed->detail();
        m_name->setText(toQt(displayName(detail.lead)));
        const QString title = titleAndCompany(detail.lead);
        m_title->setText(title);
        m_title->setVisible(!title.isEmpty());
        showChips();
        showNextStep();
        m_facts->set(LeadPane::tr("Phone"), toQt(detail.lead.phone));
        m_facts->set(LeadPane::tr("E-mail"), toQt(detail.lead.email), Qt::ElideMiddle);
        m_facts->set(LeadPane::tr("Owner"), toQt(detail.ownerName));
        m_facts->set(LeadPane::tr("Company"), detail.company ? companyFacts(*detail.company) : QString());
        m_facts->set(LeadPane::tr("Source"), toQt(detail.lead.source));
        if (m_noteLead != detail.lead.id)
            restoreNote();
        m_stack->setCurrentWidget(m_full);
    }

    void showChips() {
        auto chips = leadChips(*m_feed->detail(), m_feed->status());
        const LocalTime local = localTime(*m_feed->detail(), m_context.workspace.clock().now());
        const QString there = local.place.isEmpty() ? LeadPane::tr("%1 there").arg(local.time)
                                                    : text::isolated(local.place) + QLatin1Char(' ') + local.time;
        chips.insert(std::min<qsizetype>(2, chips.size()), {there});
        for (int i = 0; i < std::max(m_chipFlow->count(), int(chips.size())); ++i) {
            auto* label = i < m_chipFlow->count() ? static_cast<widgets::ChipLabel*>(m_chipFlow->itemAt(i)->widget()) : nullptr;
            if (label == nullptr) {
                label = new widgets::ChipLabel({}, m_chips);
                m_chipFlow->addWidget(label);
            }
            label->setVisible(i < chips.size());
            if (i < chips.size())
                label->setChip(chips[i]);
        }
    }

    void showNextStep() {
        const LeadDetail& detail = *m_feed->detail();
        // A chosen task that is done or moved meanwhile is read from the lead.
        const Task* chosen = nullptr;
        if (m_chosen) {
            const auto open = std::find_if(detail.openTasks.begin(), detail.openTasks.end(),
                                           [&](const Task& task) { return task.id == m_chosen->id; });
            chosen = open != detail.openTasks.end() ? &*open : nullptr;
        }
        const NextStep next = nextStepOf(detail, m_feed->unansweredReply(), chosen, m_context.dates());
        m_nextIcon->setIcon(next.icon, next.kind == NextStep::Kind::Reply ? Ink::Accent : Ink::Muted);
        m_nextTitle->setText(next.title);
        m_nextWhen->setText(next.when);
        m_nextWhen->setInk(next.late ? Ink::Danger : Ink::Muted);
        m_nextWhy->setText(next.why);
        m_nextWhy->setVisible(!next.why.isEmpty());
    }

    // What was typed belongs to the lead it was typed for.
    void keepNote() {
        if (!m_noteLead)
            return;
        const QString text = m_note->draft();
        if (text.isEmpty())
            m_notes.erase(m_noteLead);
        else
            m_notes[m_noteLead] = text;
        m_noteLead = {};
        m_note->hide();
    }

    void restoreNote() {
        m_noteLead = m_feed->lead();
        const auto kept = m_notes.find(m_noteLead);
        m_note->start(m_noteLead, kept == m_notes.end() ? QString() : kept->second);
        m_note->setVisible(kept != m_notes.end());
    }

    LeadPane* m_pane;
    const frame::Context m_context;
    LeadFeed* m_feed;
    const LeadActions m_actions;
    std::optional<Task> m_chosen;
    LeadId m_noteLead;
    std::map<LeadId, QString> m_notes;

    QStackedLayout* m_stack = nullptr;
    QWidget* m_empty = nullptr;
    QWidget* m_full = nullptr;
    Label* m_emptyText = nullptr;
    Label* m_name = nullptr;
    Label* m_title = nullptr;
    QWidget* m_chips = nullptr;
    FlowLayout* m_chipFlow = nullptr;
    widgets::Section* m_next = nullptr;
    widgets::IconLabel* m_nextIcon = nullptr;
    Label* m_nextTitle = nullptr;
    Label* m_nextWhen = nullptr;
    Label* m_nextWhy = nullptr;
    QPointer<QWidget> m_bar;
    FactGrid* m_facts = nullptr;
    widgets::TimelineView* m_timeline = nullptr;
    Label* m_timelineEmpty = nullptr;
    NoteField* m_note = nullptr;
    QPointer<QWidget> m_beforeNote; // had the focus
};

LeadPane::LeadPane(const frame::Context& context, QWidget* parent) : QWidget(parent) {
    const theme::Tokens& tokens = theme::tokens(this);
    setAccessibleName(tr("Lead details"));
    setMinimumWidth(tokens.size.detailPaneMin);
    setMaximumWidth(tokens.size.detailPaneMax);
    m_content = new Content(context, this);
}

LeadPane::~LeadPane() = default;

void LeadPane::showLead(LeadId lead) { m_content->show(lead); }

void LeadPane::showTask(const TaskDetail& task) { m_content->show(task); }

void LeadPane::clear() { m_content->clear(); }

LeadId LeadPane::lead() const { return m_content->feed().lead(); }

void LeadPane::setActions(QWidget* bar) { m_content->setActions(bar); }

void LeadPane::writeNote() { m_content->writeNote(); }

QSize LeadPane::sizeHint() const {
    const theme::Tokens& tokens = theme::tokens(this);
    return {tokens.size.detailPane, tokens.size.detailPane};
}

QSize LeadPane::minimumSizeHint() const {
    return {theme::tokens(this).size.detailPaneMin, theme::tokens(this).size.selectionBar};
}

} // namespace outrider::lead_view
