// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/lead_page.h"

#include "core/base/deliver.h"
#include "ui/lead_view/ask_bar.h"
#include "ui/lead_view/composer.h"
#include "ui/lead_view/duplicates_banner.h"
#include "ui/lead_view/enrolments_panel.h"
#include "ui/lead_view/facts_panel.h"
#include "ui/lead_view/lead_actions.h"
#include "ui/lead_view/lead_choices.h"
#include "ui/lead_view/lead_feed.h"
#include "ui/lead_view/lead_header.h"
#include "ui/lead_view/lead_history.h"
#include "ui/lead_view/lead_timeline.h"
#include "ui/lead_view/lead_words.h"
#include "ui/lead_view/mail_view.h"
#include "ui/lead_view/side_panel.h"
#include "ui/text/error_text.h"
#include "ui/text/tr.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"
#include "ui/widgets/popup.h"

#include <QAction>
#include <QApplication>
#include <QDate>
#include <QDesktopServices>
#include <QStackedWidget>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace outrider::lead_view {

using text::isolated;
using text::toQt;
using widgets::Button;
using widgets::Popup;

namespace {

constexpr int clockEveryMs = 20'000;

} // namespace

// The page's parts and its commands.
class LeadPage::Content : public QObject {
public:
    Content(const frame::Context& context, LeadPage* page)
        : QObject(page),
          m_page(page),
          m_context(context),
          m_feed(new LeadFeed(context, page)),
          m_actions(context, page) {
        addCommands();
        build();
        connect(m_feed, &LeadFeed::detailRead, this, [this] { showDetail(); });
        connect(m_feed, &LeadFeed::timelineRead, this, [this] { showTimeline(); });
        connect(m_feed, &LeadFeed::timelineGrew, this, [this](int from) { m_timeline->grew(*m_feed, from); });
        connect(m_feed, &LeadFeed::gone, this, [this](const Error& error) { showGone(error); });
        auto* minute = new QTimer(this);
        minute->setInterval(clockEveryMs);
        connect(minute, &QTimer::timeout, this, [this] {
            if (!m_page->isVisible())
                return;
            m_header->refreshClock();
            const QDate today = m_context.dates().local(m_context.workspace.clock().now()).date();
            if (std::exchange(m_day, today) != today) // "tomorrow" is today by now
                m_feed->readAgain();
        });
        minute->start();
    }

    LeadFeed& feed() { return *m_feed; }
    Composer& composer() { return *m_composer; }

    void open(LeadId lead, std::vector<LeadId> neighbours, const QString& fromTitle) {
        m_neighbours = std::move(neighbours);
        if (!fromTitle.isEmpty()) // none: opened from this very page, which leads back as before
            m_toolbar->setBack(fromTitle);
        go(lead);
    }

    QString title() const {
        const LeadDetail* detail = m_feed->detail();
        return detail != nullptr ? toQt(displayName(detail->lead)) : LeadPage::tr("Lead");
    }

    void focusWork() { m_timeline->focus(); }

    bool stepBack() {
        if (m_ask->isAsking()) {
            m_ask->finish();
            return true;
        }
        if (m_side->facts()->cancelEditing())
            return true;
        if (m_middle->currentWidget() == m_mail) {
            closeSource();
            return true;
        }
        if (m_composer->isAncestorOf(QApplication::focusWidget())) {
            focusWork(); // what is typed stays where it is
            return true;
        }
        return false;
    }

private:
    // ── Making ────────────────────────────────────────────────────────────────────────────────

    void build() {
        auto* column = widgets::column(m_page, 0);
        column->addWidget(makeToolbar());
        m_banner = new widgets::Banner(m_page);
        connect(m_banner, &widgets::Banner::verbClicked, this, [this] { restore(); });
        column->addWidget(m_banner);
        m_twice = new DuplicatesBanner(m_context, m_page);
        column->addWidget(m_twice);
        m_ask = new AskBar(m_context, m_page);
        m_choices = new LeadChoices(m_context, m_actions, m_feed, m_ask, this);
        column->addWidget(m_ask);
        m_stack = new QStackedWidget(m_page);
        column->addWidget(m_stack, 1);
        m_stack->addWidget(makeBody());
        m_empty = new widgets::EmptyState(m_stack);
        m_stack->addWidget(m_empty);
    }

    QWidget* makeToolbar() {
        m_toolbar = new widgets::Toolbar(m_page);
        m_toolbar->setBack(LeadPage::tr("Back"));
        connect(m_toolbar, &widgets::Toolbar::backClicked, this, [this] { m_context.go.back(); });
        m_position = new widgets::Label(theme::TextStyle::Body, widgets::Ink::Muted, {}, m_toolbar);
        m_previous = new Button(theme::Icon::ChevronUp, m_previousAct->text(), m_toolbar);
        m_previous->bind(m_previousAct);
        m_next = new Button(theme::Icon::ChevronDown, m_nextAct->text(), m_toolbar);
        m_next->bind(m_nextAct);
        m_snooze = new Button(Button::Kind::Secondary, {}, m_toolbar);
        m_snooze->setGlyph(theme::Icon::Clock);
        m_snooze->bind(m_snoozeAct);
        m_stage = new Button(Button::Kind::Secondary, {}, m_toolbar);
        m_stage->setGlyph(theme::Icon::CircleDot);
        m_stage->bind(m_stageAct);
        m_primary = new Button(Button::Kind::Primary, {}, m_toolbar);
        m_primary->bind(m_primaryAct);
        m_more = new Button(theme::Icon::More, LeadPage::tr("More for this lead"), m_toolbar);
        m_more->bind(m_moreAct);
        for (QWidget* widget : {static_cast<QWidget*>(m_position), static_cast<QWidget*>(m_previous),
                                static_cast<QWidget*>(m_next), static_cast<QWidget*>(m_snooze), static_cast<QWidget*>(m_stage),
                                static_cast<QWidget*>(m_primary), static_cast<QWidget*>(m_more)})
            m_toolbar->addRight(widget);
        return m_toolbar;
    }

    QWidget* makeBody() {
        const theme::Tokens& tokens = theme::tokens(m_page);
        auto* body = new QWidget(m_stack);
        auto* row = widgets::row(body, 0);
        auto* work = new widgets::Area(widgets::Area::Ground::Surface, {}, body);
        auto* column = widgets::column(work, 0);
        m_header = new LeadHeader(m_context, m_actions, work);
        connect(m_header, &LeadHeader::companyClicked, this, [this] {
            const LeadDetail* detail = m_feed->detail();
            if (detail != nullptr && detail->company)
                m_context.go.openCompany(detail->company->id);
            else if (detail != nullptr) // known by name alone
                m_context.go.openLeads(companyFilter(*detail));
        });
        column->addWidget(m_header);
        column->addWidget(new widgets::Line(Qt::Horizontal, work));
        m_enrolments = new EnrolmentsPanel(m_context, work);
        connect(m_enrolments, &EnrolmentsPanel::pauseRequested, this,
                [this](EnrolmentId id, QWidget* anchor) { m_choices->pause(id, anchor); });
        connect(m_enrolments, &EnrolmentsPanel::resumeRequested, this, [this](EnrolmentId id) { m_choices->resume(id); });
        connect(m_enrolments, &EnrolmentsPanel::removeRequested, this, [this](EnrolmentId id) { m_choices->takeOut(id); });
        column->addWidget(m_enrolments);

        m_middle = new QStackedWidget(work);
        m_timeline = new LeadTimeline(m_context, m_middle);
        connect(m_timeline, &LeadTimeline::moreWanted, m_feed, &LeadFeed::readMore);
        connect(m_timeline, &LeadTimeline::sourceWanted, this, [this](MessageId id, const QString& subject) {
            m_middle->setCurrentWidget(m_mail);
            m_mail->show(id, subject);
        });
        m_mail = new MailView(m_context, m_middle);
        connect(m_mail, &MailView::closed, this, [this] { closeSource(); });
        m_middle->addWidget(m_timeline);
        m_middle->addWidget(m_mail);
        column->addWidget(m_middle, 1);

        auto* foot = new QWidget(work);
        auto* footColumn = widgets::column(foot, 0, QMargins(tokens.space.xl, tokens.space.s, tokens.space.xl, tokens.space.l));
        m_composer = new Composer(m_context, foot);
        connect(m_composer, &Composer::left, this, [this] { focusWork(); });
        connect(m_composer, &Composer::worked, this, [this](LeadId lead) {
            if (lead == m_feed->lead()) {
                m_feed->readAgain();
                focusWork();
            }
        });
        footColumn->addWidget(m_composer);
        column->addWidget(foot);
        row->addWidget(work, 1);

        m_side = new SidePanel(m_context, m_actions, body);
        m_side->setFixedWidth(tokens.size.detailPane);
        row->addWidget(m_side);
        body->installEventFilter(this);
        return body;
    }

    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Resize) { // a narrow window keeps room for the work
            const theme::Tokens& tokens = theme::tokens(m_page);
            constexpr int share = 3;
            const int width = static_cast<QWidget*>(watched)->width();
            m_side->setFixedWidth(std::clamp(width / share, tokens.size.detailPaneMin, tokens.size.detailPane));
        }
        return QObject::eventFilter(watched, event);
    }

    QAction* add(const QString& id, const QString& text, theme::Icon icon, const QStringList& keys, std::function<void()> run) {
        QList<QKeySequence> sequences;
        for (const QString& key : keys)
            sequences.append(QKeySequence(key));
        return m_context.commands.add(
            m_page,
            {.id = QStringLiteral("lead.") + id, .text = text, .group = LeadPage::tr("Lead"), .icon = icon, .keys = sequences},
            std::move(run));
    }

    void addCommands() {
        using theme::Icon;
        const auto tr = [](const char* text) { return LeadPage::tr(text); };
        m_previousAct = add(QStringLiteral("previous"), tr("Previous lead"), Icon::ChevronUp,
                            {QStringLiteral("Alt+Up"), QStringLiteral("K")}, [this] { step(-1); });
        m_nextAct = add(QStringLiteral("next"), tr("Next lead"), Icon::ChevronDown,
                        {QStringLiteral("Alt+Down"), QStringLiteral("J")}, [this] { step(1); });
        m_primaryAct = add(QStringLiteral("act"), tr("Do the next step"), Icon::Play, {QStringLiteral("R")}, [this] { act(); });
        m_snoozeAct = add(QStringLiteral("snooze"), tr("Snooze"), Icon::Clock, {QStringLiteral("S")},
                          [this] { m_choices->snooze(snoozable(), m_snooze); });
        m_stageAct = add(QStringLiteral("stage"), tr("Stage"), Icon::CircleDot, {QStringLiteral("G")},
                         [this] { m_choices->stage(m_stage); });
        m_moreAct = add(QStringLiteral("more"), tr("More for this lead"), Icon::More, {}, [this] { showMore(); });
        add(QStringLiteral("note"), tr("Write a note"), Icon::StickyNote, {QStringLiteral("N")},
            [this] { m_composer->writeNote(); });
        add(QStringLiteral("mail"), tr("Write an e-mail"), Icon::Mail, {QStringLiteral("M")},
            [this] { m_composer->writeMail(); });
        add(QStringLiteral("call"), tr("Log a call"), Icon::Phone, {QStringLiteral("C")}, [this] { m_composer->logCall(); });
        add(QStringLiteral("todo"), tr("Add a to-do"), Icon::SquareCheck, {QStringLiteral("A")},
            [this] { m_composer->addTodo(); });
        add(QStringLiteral("tag"), tr("Add a tag"), Icon::Tag, {QStringLiteral("T")}, [this] { m_choices->tag(); });
        add(QStringLiteral("edit"), tr("Edit facts"), Icon::Pencil, {QStringLiteral("E"), QStringLiteral("F2")},
            [this] { m_side->facts()->editFirst(); });
        add(QStringLiteral("history"), tr("History, and as it was…"), Icon::History, {QStringLiteral("H")},
            [this] { showHistory(); });
        add(QStringLiteral("duplicates"), tr("Possible duplicates…"), Icon::Merge, {QStringLiteral("P")},
            [this] { m_twice->openSheet(); });
        add(QStringLiteral("enrol"), tr("Enrol in a strategy…"), Icon::Route, {}, [this] { m_choices->strategy(m_more); });
        add(QStringLiteral("archive"), tr("Archive"), Icon::Archive, {}, [this] {
            if (const LeadDetail* detail = m_feed->detail())
                m_actions.setArchived(detail->lead, !detail->lead.archivedAt);
        });
        add(QStringLiteral("trash"), tr("Move to trash"), Icon::Trash, {QStringLiteral("Del")}, [this] {
            if (const LeadDetail* detail = m_feed->detail())
                m_actions.setTrashed(detail->lead, !detail->lead.trashedAt);
        });
        add(QStringLiteral("doNotContact"), tr("Do not contact"), Icon::Ban, {QStringLiteral("D")}, [this] {
            if (const LeadDetail* detail = m_feed->detail())
                m_actions.doNotContact(*detail);
        });
    }

    // ── Showing ───────────────────────────────────────────────────────────────────────────────

    void go(LeadId lead) {
        if (lead != m_feed->lead()) {
            m_composer->close();
            m_ask->finish();
            closeSource();
        }
        m_feed->follow(lead);
        showPosition();
    }

    void showPosition() {
        const auto here = std::find(m_neighbours.begin(), m_neighbours.end(), m_feed->lead());
        const bool known = here != m_neighbours.end() && m_neighbours.size() > 1;
        for (QWidget* widget :
             {static_cast<QWidget*>(m_position), static_cast<QWidget*>(m_previous), static_cast<QWidget*>(m_next)})
            widget->setVisible(known);
        m_previousAct->setEnabled(known && here != m_neighbours.begin());
        m_nextAct->setEnabled(known && here + 1 != m_neighbours.end());
        if (known)
            m_position->setText(LeadPage::tr("%1 of %2").arg(here - m_neighbours.begin() + 1).arg(m_neighbours.size()));
    }

    void step(int by) {
        const auto here = std::find(m_neighbours.begin(), m_neighbours.end(), m_feed->lead());
        if (here == m_neighbours.end())
            return;
        const auto target = (here - m_neighbours.begin()) + by;
        if (target >= 0 && target < std::ptrdiff_t(m_neighbours.size()))
            go(m_neighbours[std::size_t(target)]);
    }

    void showDetail() {
        const LeadDetail& detail = *m_feed->detail();
        m_stack->setCurrentIndex(0);
        m_toolbar->setTitle(title());
        Q_EMIT m_page->titleChanged();
        m_header->show(detail, m_feed->status());
        m_enrolments->show(detail, m_feed->timeline());
        m_composer->open(detail);
        m_twice->show(detail);
        showNextStep();
        if (detail.lead.trashedAt)
            m_banner->show(widgets::Banner::Tone::Bad, LeadPage::tr("%1 is in the trash.").arg(isolated(title())),
                           LeadPage::tr("Take out"));
        else if (detail.lead.archivedAt)
            m_banner->show(widgets::Banner::Tone::Warn, LeadPage::tr("%1 is archived.").arg(isolated(title())),
                           LeadPage::tr("Take out"));
        else
            m_banner->hide();
    }

    void showTimeline() {
        m_timeline->show(*m_feed);
        if (m_feed->detail() != nullptr) {
            m_enrolments->show(*m_feed->detail(), m_feed->timeline());
            showNextStep();
        }
    }

    void showGone(const Error& error) {
        m_empty->setText(LeadPage::tr("This lead cannot be shown"), text::sentence(error));
        m_stack->setCurrentWidget(m_empty);
        m_banner->hide();
    }

    void showNextStep() {
        const LeadDetail& detail = *m_feed->detail();
        m_step = nextStepOf(detail, m_feed->unansweredReply(), nullptr, m_context.dates());
        m_side->show(detail, m_step);
        m_snoozeAct->setEnabled(bool(snoozable()));
        m_snoozeAct->setStatusTip(m_snoozeAct->isEnabled() ? QString() : LeadPage::tr("No task is open"));
        const auto [text, icon] = primaryWords();
        m_primaryAct->setEnabled(!text.isEmpty());
        m_primaryAct->setText(text.isEmpty() ? LeadPage::tr("Do the next step") : text);
        m_primary->setGlyph(icon);
        m_primary->setVisible(!text.isEmpty());
    }

    void closeSource() {
        if (m_middle->currentWidget() != m_mail)
            return;
        m_middle->setCurrentWidget(m_timeline);
        focusWork();
    }

    // ── Doing ─────────────────────────────────────────────────────────────────────────────────

    struct Words {
        QString text;
        theme::Icon icon;
    };
    Words primaryWords() const {
        switch (m_step.kind) {
        case NextStep::Kind::Reply:
            return {LeadPage::tr("Answer"), theme::Icon::Reply};
        case NextStep::Kind::Task:
            switch (m_step.channel) {
            case Channel::Email:
                return {LeadPage::tr("Write e-mail"), theme::Icon::Mail};
            case Channel::Call:
                return {LeadPage::tr("Call"), theme::Icon::Phone};
            case Channel::LinkedIn:
                return {LeadPage::tr("Process"), theme::Icon::LinkedIn};
            case Channel::Sms:
                return {LeadPage::tr("Process"), theme::Icon::Sms};
            case Channel::Task:
                return {LeadPage::tr("Mark done"), theme::Icon::Check};
            }
            break;
        case NextStep::Kind::None:
            return {LeadPage::tr("Add next step"), theme::Icon::Plus};
        case NextStep::Kind::Leaving:
        case NextStep::Kind::Waits:
            break;
        }
        return {};
    }

    void act() {
        const LeadDetail* detail = m_feed->detail();
        if (detail == nullptr)
            return;
        if (m_step.kind == NextStep::Kind::Reply) {
            m_composer->answer(m_step.message);
        } else if (m_step.kind == NextStep::Kind::None) {
            m_composer->addTodo();
        } else if (m_step.kind == NextStep::Kind::Task) {
            switch (m_step.channel) {
            case Channel::Email:
                if (m_step.enrolment)
                    m_composer->sendStep(m_step.task);
                else
                    m_composer->writeMail();
                break;
            case Channel::Call:
                call(*detail);
                break;
            case Channel::LinkedIn:
            case Channel::Sms:
                m_context.go.process(m_step.task);
                break;
            case Channel::Task:
                complete(m_step.task);
                break;
            }
        }
    }

    void call(const LeadDetail& detail) {
        const Permission allowed = callPermission(detail, m_context.dates());
        if (!allowed.allowed) {
            m_context.tell.info(allowed.sentence);
            return;
        }
        QUrl number;
        number.setScheme(QStringLiteral("tel"));
        number.setPath(toQt(detail.lead.phoneKey.empty() ? detail.lead.phone : detail.lead.phoneKey));
        QDesktopServices::openUrl(number);
        m_composer->logCall(m_step.task, true);
    }

    void complete(TaskId task) {
        const QString name = title();
        deliver(m_context.workspace.queue().complete(task, {}), this, [this, name](Result<TaskOutcome> outcome) {
            if (!outcome)
                m_context.tell.failed(outcome.error(), LeadPage::tr("The task was not marked done"));
            else
                m_context.tell.done(outcomeSentence(name, *outcome, m_context.dates()), true, theme::Icon::Check);
        });
    }

    // The task a snooze is about: also while a reply comes first.
    TaskId snoozable() const {
        if (m_step.task)
            return m_step.task;
        const LeadDetail* detail = m_feed->detail();
        return detail != nullptr && !detail->openTasks.empty() ? detail->openTasks.front().id : TaskId{};
    }

    void showMore() {
        const LeadDetail* detail = m_feed->detail();
        if (detail == nullptr)
            return;
        QList<Popup::Entry> entries;
        if (const TaskId task = snoozable(); task && m_step.channel != Channel::Task)
            entries.append({.text = LeadPage::tr("Work the task in the queue"), .icon = theme::Icon::Play, .run = [this, task] {
                                m_context.go.process(task);
                            }});
        entries.append({.text = LeadPage::tr("Enrol in a strategy…"), .icon = theme::Icon::Route, .run = [this] {
                            m_choices->strategy(m_more);
                        }});
        entries.append(
            {.text = LeadPage::tr("Add a to-do"), .hint = QStringLiteral("A"), .icon = theme::Icon::SquareCheck, .run = [this] {
                 m_composer->addTodo();
             }});
        entries.append({.text = LeadPage::tr("Add a tag"), .hint = QStringLiteral("T"), .icon = theme::Icon::Tag, .run = [this] {
                            m_choices->tag();
                        }});
        entries.append({.text = LeadPage::tr("Possible duplicates…"),
                        .hint = QStringLiteral("P"),
                        .icon = theme::Icon::Merge,
                        .run = [this] { m_twice->openSheet(); }});
        entries.append({.text = LeadPage::tr("History, and as it was…"),
                        .hint = QStringLiteral("H"),
                        .icon = theme::Icon::History,
                        .run = [this] { showHistory(); }});
        entries += m_actions.moreEntries(*detail);
        Popup::open(m_more, LeadPage::tr("More for this lead"), entries);
    }

    void showHistory() {
        if (const LeadDetail* detail = m_feed->detail())
            (new LeadHistory(m_context, m_page, *detail))->openHistory();
    }

    void restore() {
        const LeadDetail* detail = m_feed->detail();
        if (detail == nullptr)
            return;
        if (detail->lead.trashedAt)
            m_actions.setTrashed(detail->lead, false);
        else
            m_actions.setArchived(detail->lead, false);
    }

    LeadPage* m_page;
    const frame::Context m_context;
    LeadFeed* m_feed;
    const LeadActions m_actions;
    std::vector<LeadId> m_neighbours;
    NextStep m_step;
    QDate m_day;

    QAction* m_previousAct = nullptr;
    QAction* m_nextAct = nullptr;
    QAction* m_primaryAct = nullptr;
    QAction* m_snoozeAct = nullptr;
    QAction* m_stageAct = nullptr;
    QAction* m_moreAct = nullptr;
    widgets::Toolbar* m_toolbar = nullptr;
    widgets::Label* m_position = nullptr;
    Button* m_previous = nullptr;
    Button* m_next = nullptr;
    Button* m_snooze = nullptr;
    Button* m_stage = nullptr;
    Button* m_primary = nullptr;
    Button* m_more = nullptr;
    widgets::Banner* m_banner = nullptr;
    DuplicatesBanner* m_twice = nullptr;
    AskBar* m_ask = nullptr;
    LeadChoices* m_choices = nullptr;
    QStackedWidget* m_stack = nullptr;
    widgets::EmptyState* m_empty = nullptr;
    LeadHeader* m_header = nullptr;
    EnrolmentsPanel* m_enrolments = nullptr;
    QStackedWidget* m_middle = nullptr;
    LeadTimeline* m_timeline = nullptr;
    MailView* m_mail = nullptr;
    Composer* m_composer = nullptr;
    SidePanel* m_side = nullptr;
};

LeadPage::LeadPage(const frame::Context& context, QWidget* parent) : Page(parent), m_content(new Content(context, this)) {
    setAccessibleName(tr("Lead"));
}

void LeadPage::open(LeadId lead, std::vector<LeadId> neighbours, const QString& fromTitle) {
    m_content->open(lead, std::move(neighbours), fromTitle);
}

LeadId LeadPage::lead() const { return m_content->feed().lead(); }

void LeadPage::writeNote() { m_content->composer().writeNote(); }

bool LeadPage::hasUnsaved() const { return m_content->composer().hasUnsaved(); }

QString LeadPage::pageTitle() const { return m_content->title(); }

void LeadPage::enter() { m_content->focusWork(); }

bool LeadPage::stepBack() { return m_content->stepBack(); }

} // namespace outrider::lead_view
