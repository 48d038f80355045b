// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/companies/company_page.h"

#include "core/base/deliver.h"
#include "ui/companies/company_list_model.h"
#include "ui/companies/company_side.h"
#include "ui/companies/list_table.h"
#include "ui/companies/people_model.h"
#include "ui/lead_view/lead_words.h"
#include "ui/lead_view/mail_view.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"
#include "ui/widgets/timeline_view.h"

#include <QBoxLayout>
#include <QScrollBar>
#include <QStackedWidget>

#include <algorithm>
#include <utility>

namespace outrider::companies {

using theme::TextStyle;
using widgets::Button;
using widgets::Ink;
using widgets::Label;

namespace {

constexpr int historyPage = 40;
constexpr int mostHistory = 200; // when all of it is read again
constexpr int rowsInView = 6;    // of people; the rest is scrolled to
constexpr int gatherChangesMs = 150;

} // namespace

CompanyPage::CompanyPage(const frame::Context& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_model(new PeopleModel(this)),
      m_toolbar(new widgets::Toolbar),
      m_leads(new Button(Button::Kind::Secondary, tr("As a table"))),
      m_stack(new QStackedWidget),
      m_middle(new QStackedWidget),
      m_gone(new widgets::EmptyState),
      m_side(new CompanySide) {
    auto* column = widgets::column(this, 0);
    m_toolbar->setBack(tr("Companies"));
    m_leads->setGlyph(theme::Icon::Users);
    m_toolbar->addRight(m_leads);
    column->addWidget(m_toolbar);
    column->addWidget(m_stack, 1);
    auto* body = new QWidget;
    auto* row = widgets::row(body, 0);
    row->addWidget(makeWork(), 1);
    row->addWidget(m_side);
    m_stack->addWidget(body);
    auto* ground = new widgets::Area(widgets::Area::Ground::Surface);
    widgets::column(ground, 0)->addWidget(m_gone);
    m_stack->addWidget(ground);
    m_gone->setText(tr("This company is no longer there"), tr("Undo brings it back, if it was the last thing done."));
    addCommands();

    connect(m_toolbar, &widgets::Toolbar::backClicked, this, [this] { m_context.go.back(); });
    connect(m_table, &ListTable::chosen, this, &CompanyPage::openPerson);
    connect(m_history, &widgets::TimelineView::endReached, this, &CompanyPage::readMoreHistory);
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(gatherChangesMs);
    connect(&m_refresh, &QTimer::timeout, this, &CompanyPage::read);
    connect(&context.workspace, &Workspace::changed, this, &CompanyPage::onChanged);
    placeSide();
}

QWidget* CompanyPage::makeWork() {
    const theme::Tokens& t = theme::tokens(this);
    auto* work = new widgets::Area(widgets::Area::Ground::Surface);
    auto* column = widgets::column(work, 0);

    auto* head = new QWidget;
    auto* lines = widgets::column(head, t.space.xs, QMargins(t.space.xl, t.space.l, t.space.xl, t.space.l));
    m_title = new Label(TextStyle::Display);
    m_title->setEliding(true);
    m_facts = new Label(TextStyle::Body, Ink::Muted);
    m_facts->setEliding(true);
    lines->addWidget(m_title);
    lines->addWidget(m_facts);
    column->addWidget(head);
    column->addWidget(new widgets::Line(Qt::Horizontal));

    const auto section = [&](const QString& title, Label*& count) {
        auto* bar = new QWidget;
        auto* row = widgets::row(bar, t.space.s, QMargins(t.space.l, t.space.m, t.space.l, t.space.xs));
        row->addWidget(new Label(TextStyle::Section, Ink::Text, title));
        count = new Label(TextStyle::Meta, Ink::Muted);
        row->addWidget(count);
        row->addStretch(1);
        return bar;
    };
    column->addWidget(section(tr("People"), m_peopleCount));
    m_table = new ListTable(m_model,
                            {{.share = 5},
                             {.share = 4, .first = false},
                             {.digits = 11},
                             {.share = 4},
                             {.digits = 5, .first = false},
                             {.digits = 3, .first = false}},
                            tr("People table"));
    m_table->setVisibleRows(rowsInView);
    column->addWidget(m_table);
    column->addWidget(new widgets::Line(Qt::Horizontal));

    column->addWidget(section(tr("History"), m_historyCount));
    m_nothing = new Label(TextStyle::Body, Ink::Muted, tr("Nothing has happened yet."));
    m_nothing->setContentsMargins(t.space.l, t.space.s, t.space.l, t.space.s);
    column->addWidget(m_nothing);
    m_nothing->hide();
    m_history = new widgets::TimelineView(widgets::TimelineView::Size::Full);
    m_history->setAccessibleName(tr("History"));
    m_history->setWho([this](LeadId id) { return m_people.value(id.value); });
    auto* holder = new QWidget;
    widgets::column(holder, 0, QMargins(t.space.l, t.space.s, t.space.s, 0))->addWidget(m_history);
    m_source = new lead_view::MailView(m_context);
    m_middle->addWidget(holder);
    m_middle->addWidget(m_source);
    column->addWidget(m_middle, 1);
    connect(m_history, &widgets::TimelineView::messageOpened, this, [this](MessageId id) {
        QString subject;
        for (int row = 0; row < m_entries; ++row) {
            const TimelineEntry* entry = m_history->entry(row);
            if (entry != nullptr && entry->message && entry->message->id == id)
                subject = text::toQt(entry->message->subject);
        }
        m_source->show(id, subject);
        m_middle->setCurrentWidget(m_source);
    });
    connect(m_source, &lead_view::MailView::closed, this, [this] {
        m_middle->setCurrentIndex(0);
        m_history->setFocus(Qt::OtherFocusReason);
    });
    return work;
}

void CompanyPage::addCommands() {
    const auto add = [this](QWidget* owner, const char* id, const QString& text, theme::Icon icon,
                            const QList<QKeySequence>& keys, std::function<void()> run) {
        return m_context.commands.add(owner,
                                      {.id = QStringLiteral("company.") + QLatin1String(id),
                                       .text = text,
                                       .group = tr("Company"),
                                       .icon = icon,
                                       .keys = keys},
                                      std::move(run));
    };
    add(m_table, "open", tr("Open the lead"), theme::Icon::User, {QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)},
        [this] { openPerson(m_table->currentIndex().row()); });
    m_leads->bind(
        add(this, "leads", tr("People as a table"), theme::Icon::Users, {QKeySequence(Qt::Key_T)}, [this] { openLeads(); }));
    add(this, "history", tr("Go to the history"), theme::Icon::History, {QKeySequence(Qt::Key_H)},
        [this] { m_history->setFocus(Qt::ShortcutFocusReason); });
}

// ── Coming and going ──────────────────────────────────────────────────────────────────────────────

void CompanyPage::open(CompanyId id, const QString& from) {
    m_toolbar->setBack(from.isEmpty() ? tr("Companies") : from);
    if (id == m_id)
        return;
    m_id = id;
    m_name.clear();
    m_people.clear();
    m_entries = 0;
    m_next.clear();
    m_middle->setCurrentIndex(0);
    m_stale = true;
    read();
}

void CompanyPage::enter() { m_table->setFocus(Qt::OtherFocusReason); }

void CompanyPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    if (m_stale && m_id)
        read();
}

QString CompanyPage::subject() const {
    const models::LeadCells* row = m_model->at(m_table->currentIndex().row());
    return row == nullptr ? m_name : text::toQt(row->row.name);
}

bool CompanyPage::stepBack() {
    if (m_middle->currentIndex() != 0) {
        Q_EMIT m_source->closed();
        return true;
    }
    return false;
}

// ── What is read ──────────────────────────────────────────────────────────────────────────────────

void CompanyPage::onChanged(const ChangeSet& changes) {
    bool touched = changes.touches(EntityKind::Company, m_id.value) || changes.touches(EntityKind::Status)
                   || changes.all(EntityKind::Lead) || changes.all(EntityKind::Timeline);
    // Somebody who comes to work here is not among the people yet.
    touched = touched || changes.touches(EntityKind::Lead);
    for (const LeadId id : touched ? std::vector<LeadId>() : m_model->ids())
        touched = touched || changes.touches(EntityKind::Timeline, id.value);
    if (!touched || !m_id)
        return;
    m_stale = true;
    if (isVisible() && !m_refresh.isActive())
        m_refresh.start();
}

void CompanyPage::read() {
    m_stale = false;
    const int asked = ++m_asked;
    deliver(m_context.workspace.leads().statuses(), this, [this, asked](Result<std::vector<Status>> statuses) {
        if (asked != m_asked || !statuses)
            return;
        m_statuses = std::move(*statuses);
        deliver(m_context.workspace.companies().detail(m_id), this, [this, asked](Result<CompanyDetail> detail) {
            if (asked != m_asked)
                return;
            if (!detail) {
                m_stack->setCurrentIndex(1);
                if (detail.error().code != ErrorCode::NotFound)
                    m_context.tell.failed(detail.error(), tr("The company cannot be shown."));
                return;
            }
            m_stack->setCurrentIndex(0);
            takeDetail(std::move(*detail));
        });
    });
    readHistory();
}

void CompanyPage::takeDetail(CompanyDetail detail) {
    m_detail = std::move(detail);
    const QString name = nameOf(m_detail.company);
    const bool renamed = name != m_name;
    m_name = name;
    m_title->setText(name);
    m_toolbar->setTitle(name);
    m_facts->setText(lead_view::companyFacts(m_detail.company));
    m_facts->setVisible(!m_facts->text().isEmpty());
    const auto shown = qint64(m_detail.leads.size());
    m_peopleCount->setText(shown < m_detail.people.count || m_detail.people.more
                               ? tr("the %1 touched last of %2").arg(shown).arg(peopleText(m_detail.people))
                               : text::counted(shown, tr("lead"), tr("leads")));
    const models::LeadCells* current = m_model->at(m_table->currentIndex().row());
    const LeadId id = current == nullptr ? LeadId{} : current->row.id;
    m_model->set(m_detail.leads, m_statuses, m_context.dates(), m_context.workspace.clock().now());
    if (m_model->rowCount() > 0 && !m_table->currentIndex().isValid())
        m_table->selectRow(std::max(0, m_model->rowOf(id)));
    m_side->show(m_detail, m_context.dates());
    if (renamed)
        Q_EMIT titleChanged();
}

std::vector<TimelineEntry> CompanyPage::entriesOf(CompanyTimelinePage& page) {
    std::vector<TimelineEntry> entries;
    for (CompanyTimelineEntry& one : page.entries) {
        m_people[one.entry.activity.lead.value] = text::toQt(one.leadName);
        entries.push_back(std::move(one.entry));
    }
    m_next = std::move(page.next);
    m_partial = page.partial;
    return entries;
}

void CompanyPage::readHistory() {
    m_readingHistory = false;
    const int limit = std::clamp(m_entries, historyPage, mostHistory);
    deliver(m_context.workspace.companies().timeline(m_id, {}, limit), this,
            [this, asked = m_asked](Result<CompanyTimelinePage> page) {
                if (asked != m_asked || !page) // what failed is told with the company
                    return;
                const int place = m_entries == 0 ? 0 : m_history->verticalScrollBar()->value();
                auto entries = entriesOf(*page);
                m_entries = int(entries.size());
                m_history->setEntries(std::move(entries), m_context.dates());
                m_history->verticalScrollBar()->setValue(place);
                countHistory();
            });
}

void CompanyPage::readMoreHistory() {
    if (m_readingHistory || m_next.empty())
        return;
    m_readingHistory = true;
    deliver(m_context.workspace.companies().timeline(m_id, m_next, historyPage), this,
            [this, asked = m_asked](Result<CompanyTimelinePage> page) {
                if (asked != m_asked)
                    return;
                m_readingHistory = false;
                if (!page)
                    return;
                auto entries = entriesOf(*page);
                m_entries += int(entries.size());
                m_history->append(std::move(entries));
                countHistory();
            });
}

void CompanyPage::countHistory() {
    QString said = text::counted(m_entries, tr("entry"), tr("entries"));
    if (!m_next.empty())
        said = tr("the latest %1").arg(said);
    if (m_partial)
        said = tr("%1 of the %2 people touched last").arg(said).arg(CompanyTimelinePage::merged);
    m_historyCount->setText(m_entries == 0 ? QString() : said);
    m_nothing->setVisible(m_entries == 0);
}

// ── Going on ──────────────────────────────────────────────────────────────────────────────────────

void CompanyPage::openPerson(int row) {
    if (const models::LeadCells* person = m_model->at(row))
        m_context.go.openLead(person->row.id, m_model->ids());
}

void CompanyPage::openLeads() {
    LeadDetail someone;
    someone.company = m_detail.company;
    someone.lead.companyName = m_detail.company.name;
    m_context.go.openLeads(lead_view::companyFilter(someone));
}

// A third of the page at most.
void CompanyPage::placeSide() {
    const theme::Tokens& t = theme::tokens(this);
    m_side->setFixedWidth(std::clamp(width() / 3, t.size.detailPaneMin * 3 / 4, t.size.detailPane));
}

void CompanyPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    placeSide();
}

void CompanyPage::changeEvent(QEvent* event) {
    Page::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        placeSide();
}

} // namespace outrider::companies
