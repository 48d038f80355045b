// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pipeline/pipeline_page.h"

#include "core/base/deliver.h"
#include "ui/paint/text.h"
#include "ui/pipeline/board_view.h"
#include "ui/pipeline/column_view.h"
#include "ui/text/error_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"
#include "ui/widgets/popup.h"
#include "ui/widgets/segmented.h"

#include <QBoxLayout>
#include <QLocale>

#include <algorithm>

namespace outrider::pipeline {

using widgets::Button;
using widgets::Popup;

namespace {

constexpr int typingMs = 150;
constexpr int minuteMs = 60 * 1000;
constexpr int keyedMost = 9;

QString digitKey(int index) { return index < keyedMost ? QString::number(index + 1) : QString(); }

FilterNode termOf(const char* field, const std::string& value, FilterOp op = FilterOp::Contains) {
    FilterNode node{.kind = FilterNode::Kind::Term, .negated = false, .term = {}, .children = {}};
    node.term.field = field;
    node.term.op = op;
    node.term.none = value == "none";
    if (!node.term.none)
        node.term.values = {value};
    return node;
}

} // namespace

PipelinePage::PipelinePage(const frame::Context& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_board(new BoardModel(context.workspace, this)),
      m_toolbar(new widgets::Toolbar),
      m_banner(new widgets::Banner),
      m_views(new widgets::Segmented(tr("Pipeline view"), {tr("Board"), tr("Table")})),
      m_search(new widgets::SearchField(tr("Filter cards"), tr("Filter cards"))),
      m_strategyButton(new Button(Button::Kind::Secondary, tr("Any strategy"))),
      m_sortButton(new Button(Button::Kind::Secondary, {})),
      m_ownerButton(new Button(Button::Kind::Secondary, {})),
      m_add(new Button(Button::Kind::Primary, tr("New lead"))),
      m_hints(new QWidget),
      m_view(new BoardView(m_board)) {
    auto* column = widgets::column(this, 0);
    column->addWidget(m_toolbar);
    column->addWidget(m_banner);
    m_banner->hide();
    buildBars();
    column->addWidget(m_view, 1);
    addCommands();

    m_sort =
        BoardSort(std::clamp(m_context.preferences.text(QStringLiteral("pipeline.sort")).toInt(), 0, int(boardSorts.size()) - 1));
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingMs);
    connect(&m_typing, &QTimer::timeout, this, &PipelinePage::applyText);
    connect(m_search, &QLineEdit::textEdited, this, [this] { m_typing.start(); });
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        applyText();
        m_view->focusBoard();
    });
    m_minute.setInterval(minuteMs);
    connect(&m_minute, &QTimer::timeout, m_board, &BoardModel::retell);
    connect(m_board, &BoardModel::counted, this, &PipelinePage::updateCounts);
    connect(m_board, &BoardModel::failed, this,
            [this](const Error& error) { m_banner->show(widgets::Banner::Tone::Bad, text::sentence(error), tr("Read again")); });
    connect(m_board, &BoardModel::shown, this, [this] {
        m_banner->hide();
        if (m_following)
            m_view->select(std::exchange(m_following, {}));
        else if (isVisible() && focusWidget() == nullptr)
            m_view->focusBoard();
    });
    connect(m_banner, &widgets::Banner::verbClicked, this, [this] {
        m_banner->hide();
        m_board->reload();
    });
    connect(m_view, &BoardView::openRequested, this, &PipelinePage::open);
    connect(m_view, &BoardView::moveRequested, this, &PipelinePage::move);
    updateButtons();
}

void PipelinePage::buildBars() {
    const theme::Tokens& t = theme::tokens(this);
    m_toolbar->setTitle(tr("Pipeline"));
    connect(m_views, &widgets::Segmented::chosen, this, [this](int index) {
        m_views->setCurrent(0); // as one finds it when one comes back
        if (index == 1)
            openTable();
    });
    m_ownerButton->setGlyph(theme::Icon::User);
    connect(m_ownerButton, &QAbstractButton::clicked, this, &PipelinePage::offerOwners);
    m_add->setGlyph(theme::Icon::Plus);
    m_add->setKeyHint(QStringLiteral("Ctrl+N"));
    connect(m_add, &QAbstractButton::clicked, this, [this] { m_context.go.newLead(); });
    for (QWidget* widget : std::initializer_list<QWidget*>{m_views, m_ownerButton, m_add})
        m_toolbar->addRight(widget);

    auto* bar = new widgets::Bar(widgets::Bar::Kind::Filter);
    m_search->setKeyHint(QStringLiteral("/"));
    bar->add(m_search);
    bar->add(m_strategyButton);
    bar->add(m_sortButton);
    bar->addStretch();
    auto* hints = widgets::row(m_hints, t.space.s);
    const auto hint = [&](const QString& keys, const QString& what) {
        hints->addWidget(new widgets::KeyCaps(keys));
        hints->addWidget(new widgets::Label(theme::TextStyle::Meta, widgets::Ink::Muted, what));
    };
    hint(isRightToLeft() ? QStringLiteral("Alt+←") : QStringLiteral("Alt+→"), tr("next stage"));
    hints->addSpacing(t.space.xs);
    hint(QStringLiteral("G"), tr("any stage"));
    bar->add(m_hints);
    layout()->addWidget(bar);
    connect(m_strategyButton, &QAbstractButton::clicked, this, &PipelinePage::offerStrategies);
    connect(m_sortButton, &QAbstractButton::clicked, this, &PipelinePage::offerSorts);
}

void PipelinePage::addCommands() {
    using theme::Icon;
    const auto add = [this](QWidget* owner, const char* id, const QString& text, Icon icon, const QList<QKeySequence>& keys,
                            std::function<void()> run) {
        return m_context.commands.add(owner,
                                      {.id = QStringLiteral("pipeline.") + QLatin1String(id),
                                       .text = text,
                                       .group = tr("Pipeline"),
                                       .icon = icon,
                                       .keys = keys},
                                      std::move(run));
    };
    const auto key = [](int k) { return QList<QKeySequence>{QKeySequence(k)}; };
    add(this, "filter", tr("Filter cards"), Icon::Filter, key(Qt::Key_Slash), [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    add(m_view, "open", tr("Open the lead"), Icon::User, {QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)}, [this] {
        if (const auto current = m_view->current())
            open(current->card->row.id);
    });
    // As one sees it: to the right is to the left where one reads from there.
    add(m_view, "next", tr("Move to the next stage"), Icon::ArrowRight, {QKeySequence(Qt::ALT | Qt::Key_Right)},
        [this] { step(isRightToLeft() ? -1 : 1); });
    add(m_view, "previous", tr("Move to the stage before"), Icon::ArrowLeft, {QKeySequence(Qt::ALT | Qt::Key_Left)},
        [this] { step(isRightToLeft() ? 1 : -1); });
    add(m_view, "stage", tr("Move to any stage"), Icon::CircleDot, key(Qt::Key_G), [this] { offerStages(); });
    add(this, "sort", tr("Sort cards"), Icon::Rows, {}, [this] { offerSorts(); });
    add(this, "strategy", tr("Cards of one strategy"), Icon::Route, {}, [this] { offerStrategies(); });
    add(this, "owner", tr("Cards of one owner"), Icon::User, {}, [this] { offerOwners(); });
    add(this, "table", tr("The same leads as a table"), Icon::Rows, {}, [this] { openTable(); });
}

// ── Coming and going ──────────────────────────────────────────────────────────────────────────────

void PipelinePage::enter() {
    if (!std::exchange(m_started, true))
        ask();
    m_view->focusBoard();
}

void PipelinePage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    m_board->setActive(true);
    if (m_started)
        m_board->retell();
    m_minute.start();
}

void PipelinePage::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    m_board->unpin();
    m_board->setActive(false);
    m_minute.stop();
}

void PipelinePage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    // Hints give way before what can be pressed does.
    const int needed = m_search->sizeHint().width() + m_strategyButton->sizeHint().width() + m_sortButton->sizeHint().width()
                       + m_hints->sizeHint().width() + 5 * theme::tokens(this).space.l;
    m_hints->setVisible(needed <= width());
    updateCounts();
}

QString PipelinePage::subject() const {
    const auto current = m_view->current();
    return current ? current->card->name : QString();
}

bool PipelinePage::stepBack() {
    if (m_search->hasFocus()) {
        if (!m_search->text().isEmpty()) {
            m_search->clear();
            applyText();
        } else {
            m_view->focusBoard();
        }
        return true;
    }
    if (!m_search->text().isEmpty() || !m_strategy.isEmpty() || m_owner) {
        m_search->clear();
        m_typed = {};
        m_strategy.clear();
        m_owner.reset();
        ask();
        return true;
    }
    return false;
}

// ── What is shown ─────────────────────────────────────────────────────────────────────────────────

void PipelinePage::ask() {
    BoardQuery query{.filter = m_typed, .owner = m_owner, .sort = m_sort};
    if (!m_strategy.isEmpty()) {
        FilterNode strategy = termOf("strategy", m_strategy.toStdString(), FilterOp::Equals);
        if (query.filter.matchesEverything()) {
            query.filter.root.children = {std::move(strategy)};
        } else {
            Filter both;
            both.root.children = {std::move(strategy), query.filter.root};
            query.filter = std::move(both);
        }
    }
    updateButtons();
    if (const auto current = m_view->current(); current && m_view->isAncestorOf(focusWidget()))
        m_following = current->card->row.id;
    m_board->show(std::move(query));
}

void PipelinePage::applyText() {
    m_typing.stop();
    auto parsed = parseFilter(m_search->text().trimmed().toStdString());
    if (!parsed) {
        m_banner->show(widgets::Banner::Tone::Warn, text::sentence(parsed.error()));
        return;
    }
    m_banner->hide();
    if (*parsed == m_typed)
        return;
    m_typed = std::move(*parsed);
    ask();
}

QString PipelinePage::filterText() const {
    Filter filter = m_board->query().filter;
    if (m_owner) {
        const std::string name = !*m_owner ? "none" : m_ownerName.toStdString();
        Filter both;
        both.root.children.push_back(termOf("owner", name));
        if (!filter.matchesEverything())
            both.root.children.push_back(filter.root);
        filter = std::move(both);
    }
    return text::toQt(toText(filter));
}

void PipelinePage::openTable() { m_context.go.openLeads(filterText()); }

void PipelinePage::updateCounts() {
    const auto total = m_board->total();
    if (m_board->columns() == 0)
        return; // not read yet
    const QString said = total ? text::counted(*total, tr("lead"), tr("leads")) : tr("Counting…");
    // The title is told whole before anything is said beside it.
    const theme::Tokens& t = theme::tokens(this);
    const int needed = paint::textWidth(t, theme::TextStyle::Title, pageTitle())
                       + paint::textWidth(t, theme::TextStyle::Body, said) + m_views->sizeHint().width()
                       + m_ownerButton->sizeHint().width() + m_add->sizeHint().width() + 6 * t.space.l;
    m_toolbar->setSubtitle(needed <= width() ? said : QString());
}

void PipelinePage::updateButtons() {
    m_strategyButton->setText(m_strategy.isEmpty() ? tr("Any strategy") : m_strategy);
    m_sortButton->setText(tr("Sort: %1").arg(sortName(m_sort)));
    m_ownerButton->setText(!m_owner ? tr("Any owner") : tr("Owner: %1").arg(m_ownerName));
    m_strategyButton->setAccessibleName(tr("Choose a strategy"));
    m_sortButton->setAccessibleName(tr("Choose the order"));
    m_ownerButton->setAccessibleName(tr("Choose an owner"));
    m_strategyButton->setAccessibleDescription(m_strategyButton->text());
    m_sortButton->setAccessibleDescription(m_sortButton->text());
    m_ownerButton->setAccessibleDescription(m_ownerButton->text());
}

void PipelinePage::offerSorts() {
    QList<Popup::Entry> entries{{.text = tr("Sort each column by"), .heading = true}};
    const std::pair<BoardSort, QString> sorts[] = {{BoardSort::Score, tr("Score")},
                                                   {BoardSort::Due, tr("Next step, the earliest first")},
                                                   {BoardSort::LastTouch, tr("Last touch, the latest first")},
                                                   {BoardSort::Created, tr("Newest first")}};
    for (const auto& [sort, name] : sorts)
        entries.append(
            {.text = name, .key = digitKey(int(entries.size()) - 1), .checked = sort == m_sort, .run = [this, s = sort] {
                 m_sort = s;
                 m_context.preferences.setText(QStringLiteral("pipeline.sort"), QString::number(int(s)));
                 ask();
             }});
    Popup::open(m_sortButton, tr("Order"), entries);
}

void PipelinePage::offerStrategies() {
    deliver(m_context.workspace.strategies().list(), this, [this](Result<std::vector<StrategySummary>> strategies) {
        if (!strategies) {
            m_context.tell.failed(strategies.error());
            return;
        }
        QList<Popup::Entry> entries;
        entries.append({.text = tr("Any strategy"), .key = QStringLiteral("0"), .checked = m_strategy.isEmpty(), .run = [this] {
                            m_strategy.clear();
                            ask();
                        }});
        entries.append({.text = tr("Who is in"), .heading = true});
        for (const StrategySummary& summary : *strategies) {
            if (summary.strategy.state == StrategyState::Archived)
                continue;
            const QString name = text::toQt(summary.strategy.name);
            entries.append({.text = name,
                            .hint = QLocale().toString(qlonglong(summary.running)),
                            .icon = theme::Icon::Route,
                            .key = digitKey(int(entries.size()) - 2),
                            .checked = name == m_strategy,
                            .run = [this, name] {
                                m_strategy = name;
                                ask();
                            }});
        }
        Popup::open(m_strategyButton, tr("Strategy"), entries);
    });
}

void PipelinePage::offerOwners() {
    deliver(m_context.workspace.leads().owners(), this, [this](Result<std::vector<Member>> owners) {
        if (!owners) {
            m_context.tell.failed(owners.error());
            return;
        }
        QList<Popup::Entry> entries;
        const auto add = [&](const QString& name, std::optional<MemberId> id, const QString& said, const QString& hint = {}) {
            entries.append({.text = name,
                            .hint = hint,
                            .icon = theme::Icon::User,
                            .key = digitKey(int(entries.size())),
                            .checked = m_owner == id,
                            .run = [this, id, said] {
                                m_owner = id;
                                m_ownerName = said;
                                ask();
                            }});
        };
        add(tr("Any owner"), std::nullopt, {});
        for (const Member& member : *owners) {
            const QString name = text::toQt(member.name.empty() ? member.email : member.name);
            add(name, member.id, name, &member == &owners->front() ? tr("you") : QString());
        }
        add(tr("Nobody"), MemberId{}, tr("nobody"));
        Popup::open(m_ownerButton, tr("Owner"), entries);
    });
}

// ── Moving ────────────────────────────────────────────────────────────────────────────────────────

void PipelinePage::step(int by) {
    const auto current = m_view->current();
    if (!current)
        return;
    const int to = current->column + by;
    if (to >= 0 && to < m_board->columns())
        move(current->card->row.id, to);
}

void PipelinePage::offerStages() {
    const auto current = m_view->current();
    if (!current)
        return;
    QList<Popup::Entry> entries{{.text = tr("Move to"), .heading = true}};
    const LeadId id = current->card->row.id;
    for (int i = 0; i < m_board->columns(); ++i) {
        const Status& status = m_board->column(i)->status();
        entries.append({.text = text::statusName(status),
                        .hint = consequence(current->card->row, m_board->column(current->column)->status(), status),
                        .icon = theme::Icon::CircleDot,
                        .key = digitKey(i),
                        .checked = i == current->column,
                        .run = [this, id, to = status.id] {
                            for (int column = 0; column < m_board->columns(); ++column) {
                                if (m_board->column(column)->status().id == to)
                                    move(id, column);
                            }
                        }});
    }
    Popup::open(m_view->anchor(), tr("Stage"), entries);
}

void PipelinePage::move(LeadId id, int column) {
    const int from = m_board->columnOf(id);
    if (from < 0 || from == column)
        return;
    const ColumnModel* source = m_board->column(from);
    const Card card = *source->at(source->rowOf(id));
    const Status to = m_board->column(column)->status();
    const QString effect = consequence(card.row, source->status(), to);
    QString said = tr("%1 moved to %2.").arg(text::isolated(card.name), text::isolated(text::statusName(to)));
    if (to.isTerminal() && !effect.isEmpty())
        said += QLatin1Char(' ') + tr("%1.", "a sentence: Stops Cold chain Q4").arg(effect);
    m_board->move(id, column, [this, said, id](Result<std::int64_t> moved) {
        if (!moved) {
            m_context.tell.failed(moved.error(), tr("The lead was not moved."));
            return;
        }
        if (*moved > 0)
            m_context.tell.done(said);
    });
    m_view->select(id);
}

void PipelinePage::open(LeadId id) {
    const int column = m_board->columnOf(id);
    m_context.go.openLead(id, column < 0 ? std::vector<LeadId>() : m_board->column(column)->ids());
}

} // namespace outrider::pipeline
