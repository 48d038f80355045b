// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dashboards/dashboards_page.h"

#include "core/base/deliver.h"
#include "ui/dashboards/bar_chart.h"
#include "ui/dashboards/goals_sheet.h"
#include "ui/dashboards/heat_map.h"
#include "ui/dashboards/indicator_card.h"
#include "ui/dashboards/number_table.h"
#include "ui/frame/link_button.h"
#include "ui/paint/text.h"
#include "ui/text/insight_text.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/button.h"
#include "ui/widgets/popup.h"
#include "ui/widgets/segmented.h"

#include <QAction>
#include <QBoxLayout>
#include <QDate>
#include <QEvent>
#include <QFileDialog>
#include <QLocale>
#include <QPainter>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTimer>

#include <algorithm>

namespace outrider::dashboards {

using text::isolated;
using text::number;
using text::toQt;
using theme::Colors;
using theme::Icon;
using theme::TextStyle;
using widgets::Button;
using widgets::Ink;
using widgets::Label;

namespace {

constexpr int pauseMs = 400; // of many changes in a row, the last is read
constexpr auto periodKey = "dashboards/period";

// A word of the chart's colours.
class Swatch : public QWidget {
public:
    explicit Swatch(QColor Colors::*color) : m_color(color) {}
    QSize sizeHint() const override {
        const int side = theme::tokens(this).space.s;
        return {side, side};
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const theme::Tokens& t = theme::tokens(this);
        QPainter painter(this);
        const QRect square(0, (height() - t.space.s) / 2, t.space.s, t.space.s);
        paint::drawCard(&painter, square, t.size.hairline, t.color.*m_color, t.color.*m_color);
    }

private:
    QColor Colors::*m_color;
};

// A card with its title; `head` takes what stands beside it.
QVBoxLayout* titled(widgets::Card* card, const QString& title, QHBoxLayout** head) {
    const theme::Tokens& t = theme::tokens(card);
    auto* column = widgets::column(card, t.space.s, {t.space.l, t.space.m, t.space.l, t.space.m});
    *head = new QHBoxLayout;
    (*head)->setSpacing(t.space.s);
    (*head)->addWidget(new Label(TextStyle::BodyStrong, Ink::Text, title));
    column->addLayout(*head);
    return column;
}

NumberTable::Cell percentCell(std::int64_t part, std::int64_t whole) {
    return {.text = text::percentText(part, whole), .detail = {}, .bar = {}, .spoken = {}};
}

// "811" with a bar of its share of those enrolled, and the share in words.
NumberTable::Cell stage(const QString& what, std::int64_t n, std::int64_t all, QColor Colors::*ink, bool withShare) {
    const QString share = text::percentText(n, all);
    return {.text = number(n),
            .detail = withShare ? share : QString(),
            .bar = all > 0 ? double(n) / double(all) : 0,
            .ink = ink,
            .spoken = withShare ? DashboardsPage::tr("%1 %2, %3").arg(number(n), what, share)
                                : DashboardsPage::tr("%1 %2").arg(number(n), what)};
}

NumberTable::Cell rate(bool canTell, std::int64_t part, std::int64_t whole, const Interval& interval) {
    if (!canTell)
        return {.text = text::tooEarly(), .detail = {}, .bar = {}, .ink = &Colors::muted, .spoken = {}};
    return {
        .text = text::percentText(part, whole),
        .detail = text::intervalText(interval),
        .bar = {},
        .spoken =
            DashboardsPage::tr("Reply rate %1, between %2 %").arg(text::percentText(part, whole), text::intervalText(interval))};
}

} // namespace

DashboardsPage::DashboardsPage(const frame::Context& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_readSoon(new QTimer(this)),
      m_toolbar(new widgets::Toolbar),
      m_period(new widgets::Segmented(tr("Period"), {tr("Week"), tr("4 weeks"), tr("Quarter")})),
      m_strategy(new Button(Button::Kind::Secondary, tr("All strategies"))),
      m_stack(new QStackedWidget),
      m_empty(new widgets::EmptyState),
      m_scroll(new QScrollArea),
      m_cards(new QGridLayout),
      m_charts(new QGridLayout) {
    const theme::Tokens& t = theme::tokens(this);
    m_query.period = insightPeriodNames.value(context.preferences.text(QLatin1String(periodKey)).toStdString())
                         .value_or(InsightPeriod::FourWeeks);
    m_period->setCurrent(int(m_query.period));
    auto* column = widgets::column(this, 0);
    m_toolbar->setTitle(tr("Dashboards"));
    m_toolbar->addRight(m_period);
    m_toolbar->addRight(m_strategy);
    column->addWidget(m_toolbar);
    column->addWidget(m_stack, 1);

    auto* ground = new widgets::Area(widgets::Area::Ground::Bg);
    auto* all = widgets::column(ground, t.space.m, {t.space.l, t.space.l, t.space.l, t.space.l});
    for (QGridLayout* grid : {m_cards, m_charts}) {
        grid->setSpacing(t.space.m);
        all->addLayout(grid);
    }
    for (IndicatorCard*& card : m_indicators)
        card = new IndicatorCard;
    m_volume = makeVolume();
    m_hours = makeHours();
    all->addWidget(makeStrategies());
    all->addWidget(m_stepsCard = makeSteps());
    all->addWidget(makeMailboxes());
    all->addStretch(1);
    m_scroll->setWidget(ground);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_stack->addWidget(m_scroll);
    auto* nothing = new widgets::Area(widgets::Area::Ground::Bg);
    widgets::column(nothing, 0)->addWidget(m_empty);
    m_stack->addWidget(nothing);

    addCommands();
    connect(m_period, &widgets::Segmented::chosen, this,
            [this](int index) { choose({.period = InsightPeriod(index), .strategy = m_query.strategy}); });
    connect(m_strategy, &Button::clicked, this, [this] { openStrategies(); });
    m_readSoon->setSingleShot(true);
    m_readSoon->setInterval(pauseMs);
    connect(m_readSoon, &QTimer::timeout, this, [this] {
        if (m_stale && isVisible())
            read();
    });
    connect(&m_context.workspace, &Workspace::changed, this, &DashboardsPage::onChanged);
    arrange();
}

QWidget* DashboardsPage::makeVolume() {
    auto* card = new widgets::Card;
    QHBoxLayout* head = nullptr;
    auto* column = titled(card, tr("Volume"), &head);
    const theme::Tokens& t = theme::tokens(this);
    const auto legend = [&](QColor Colors::*color, const QString& word) {
        head->addSpacing(t.space.s);
        head->addWidget(new Swatch(color));
        head->addWidget(new Label(TextStyle::Meta, Ink::Muted, word));
    };
    legend(&Colors::chart1, tr("E-mails"));
    legend(&Colors::chart2, tr("Calls"));
    m_dayRead = new Label(TextStyle::Meta, Ink::Muted);
    m_dayRead->setEliding(true);
    m_dayRead->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    head->addWidget(m_dayRead, 1);
    m_tableLink = new frame::LinkButton(tr("Table"));
    m_tableLink->setAccessibleName(tr("Volume as a table"));
    head->addWidget(m_tableLink);
    connect(m_tableLink, &QAbstractButton::clicked, this, [this] { showTable(m_volumeStack->currentWidget() == m_bars); });
    m_bars = new BarChart;
    connect(m_bars, &widgets::CellChart::currentChanged, this, [this](int day) { m_dayRead->setText(m_bars->sentence(day)); });
    m_days = new NumberTable(tr("Volume table"), {{tr("Day"), NumberTable::Kind::Name, 2},
                                                  {tr("E-mails"), NumberTable::Kind::Number, 1},
                                                  {tr("Calls"), NumberTable::Kind::Number, 1},
                                                  {tr("Replies"), NumberTable::Kind::Number, 1},
                                                  {tr("Meetings"), NumberTable::Kind::Number, 1}});
    m_days->setScrolling(true);
    m_volumeStack = new QStackedWidget;
    m_volumeStack->addWidget(m_bars);
    m_volumeStack->addWidget(m_days);
    column->addWidget(m_volumeStack, 1);
    return card;
}

QWidget* DashboardsPage::makeHours() {
    auto* card = new widgets::Card;
    QHBoxLayout* head = nullptr;
    auto* column = titled(card, tr("When people reply"), &head);
    auto* what = new Label(TextStyle::Meta, Ink::Muted, tr("% of e-mails sent in that hour, their time, ever"));
    what->setEliding(true);
    what->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    head->addWidget(what, 1);
    m_heat = new HeatMap;
    column->addWidget(m_heat, 1);
    m_best = new Label(TextStyle::Meta, Ink::Muted);
    m_best->setWordWrap(true);
    column->addWidget(m_best);
    connect(m_heat, &widgets::CellChart::currentChanged, this, [this](int cell) {
        m_best->setText(cell >= 0 ? m_heat->sentence(cell) : m_shown ? text::bestHourText(*m_shown) : QString());
    });
    return card;
}

QWidget* DashboardsPage::makeStrategies() {
    auto* card = new widgets::Card;
    QHBoxLayout* head = nullptr;
    auto* column = titled(card, tr("Strategies"), &head);
    auto* what = new Label(TextStyle::Meta, Ink::Muted, tr("Of those enrolled in this time. Interval is 95 %, Wilson"));
    what->setEliding(true);
    what->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    head->addWidget(what, 1);
    m_strategies = new NumberTable(tr("Strategies table"), {{tr("Strategy"), NumberTable::Kind::Name, 2},
                                                            {tr("Enrolled"), NumberTable::Kind::NumberAndBar, 1},
                                                            {tr("Reached"), NumberTable::Kind::NumberAndBar, 1},
                                                            {tr("Replied"), NumberTable::Kind::NumberAndBar, 1},
                                                            {tr("Meeting"), NumberTable::Kind::NumberAndBar, 1},
                                                            {tr("Reply rate"), NumberTable::Kind::Number, 1}});
    column->addWidget(m_strategies);
    m_nobody = new Label(TextStyle::Body, Ink::Muted, tr("Nobody was put into a strategy in this time."));
    m_nobody->setWordWrap(true);
    column->addWidget(m_nobody);
    connect(m_strategies, &NumberTable::chosen, this, [this](int row) {
        if (m_shown && row < int(m_shown->strategies.size()))
            choose({.period = m_query.period, .strategy = m_shown->strategies[std::size_t(row)].strategy});
    });
    return card;
}

QWidget* DashboardsPage::makeSteps() {
    auto* card = new widgets::Card;
    QHBoxLayout* head = nullptr;
    auto* column = titled(card, tr("Steps"), &head);
    head->addStretch(1);
    m_steps = new NumberTable(tr("Steps table"), {{tr("Step"), NumberTable::Kind::Name, 3},
                                                  {tr("Done"), NumberTable::Kind::Number, 1},
                                                  {tr("Replied"), NumberTable::Kind::Number, 1},
                                                  {tr("Reply rate"), NumberTable::Kind::Number, 1}});
    column->addWidget(m_steps);
    return card;
}

QWidget* DashboardsPage::makeMailboxes() {
    auto* card = new widgets::Card;
    QHBoxLayout* head = nullptr;
    auto* column = titled(card, tr("Mailboxes"), &head);
    head->addStretch(1);
    auto* settings = new frame::LinkButton(tr("Settings"));
    settings->setAccessibleName(tr("Open the settings of mailboxes"));
    connect(settings, &QAbstractButton::clicked, this, [this] { m_context.go.go(frame::Navigator::Place::Settings); });
    head->addWidget(settings);
    m_mailboxes = new NumberTable(tr("Mailboxes table"), {{tr("Address"), NumberTable::Kind::Name, 1},
                                                          {tr("Health"), NumberTable::Kind::Chip, 0},
                                                          {tr("24 hours"), NumberTable::Kind::NumberAndBar, 0},
                                                          {tr("Bounce"), NumberTable::Kind::Number, 0},
                                                          {tr("Reply"), NumberTable::Kind::Number, 0},
                                                          {tr("Why"), NumberTable::Kind::Sentence, 3}});
    column->addWidget(m_mailboxes);
    m_noMailbox = new Label(TextStyle::Body, Ink::Muted, tr("No mailbox yet: e-mails leave from one added in the settings."));
    m_noMailbox->setWordWrap(true);
    column->addWidget(m_noMailbox);
    connect(m_mailboxes, &NumberTable::chosen, this, [this](int row) {
        if (m_shown && row < int(m_shown->mailboxes.size()))
            m_context.go.openMailbox(m_shown->mailboxes[std::size_t(row)].mailbox);
    });
    return card;
}

void DashboardsPage::addCommands() {
    const QString group = tr("Dashboards");
    const auto add = [this, &group](const char* id, const QString& text, Icon icon, const char* key, std::function<void()> run) {
        return m_context.commands.add(this,
                                      {.id = QLatin1String(id),
                                       .text = text,
                                       .group = group,
                                       .icon = icon,
                                       .keys = {QKeySequence(QLatin1String(key))},
                                       .keywords = tr("numbers report statistics")},
                                      std::move(run));
    };
    const auto showing = [this](InsightPeriod period) {
        return [this, period] { choose({.period = period, .strategy = m_query.strategy}); };
    };
    add("dashboards.week", tr("Show the week"), Icon::ChartLine, "1", showing(InsightPeriod::Week));
    add("dashboards.four_weeks", tr("Show 4 weeks"), Icon::ChartLine, "2", showing(InsightPeriod::FourWeeks));
    add("dashboards.quarter", tr("Show the quarter"), Icon::ChartLine, "3", showing(InsightPeriod::Quarter));
    m_strategy->setMenuArrow(true);
    m_strategy->setKeyHint(QStringLiteral("S"));
    add("dashboards.strategy", tr("Choose a strategy"), Icon::Route, "S", [this] { openStrategies(); });
    add("dashboards.table", tr("Volume as a table"), Icon::Rows, "T",
        [this] { showTable(m_volumeStack->currentWidget() == m_bars); });
    auto* goals = new Button(Button::Kind::Ghost, {});
    goals->bind(add("dashboards.goals", tr("Goals…"), Icon::CircleDot, "G", [this] { setGoals(); }));
    m_toolbar->addRight(goals);
    auto* save = new Button(Button::Kind::Secondary, {});
    save->setGlyph(Icon::Export);
    save->bind(add("dashboards.export", tr("Export…"), Icon::Export, "E", [this] { exportCsv(); }));
    m_toolbar->addRight(save);
}

void DashboardsPage::enter() {
    if (m_stale)
        read();
    if (!isAncestorOf(focusWidget()))
        m_bars->setFocus();
}

bool DashboardsPage::stepBack() {
    if (!m_query.strategy)
        return false;
    choose({.period = m_query.period, .strategy = {}});
    return true;
}

void DashboardsPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    if (m_stale)
        read();
}

void DashboardsPage::resizeEvent(QResizeEvent* event) {
    Page::resizeEvent(event);
    arrange();
}

void DashboardsPage::changeEvent(QEvent* event) {
    Page::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        arrange();
}

void DashboardsPage::onChanged(const ChangeSet& changes) {
    using enum EntityKind;
    for (const EntityKind kind : {Timeline, Enrolment, Message, Mailbox, Outbox, Strategy, Setting}) {
        if (!changes.touches(kind))
            continue;
        m_stale = true;
        if (isVisible())
            m_readSoon->start();
        return;
    }
}

void DashboardsPage::choose(const DashboardQuery& query) {
    if (query == m_query)
        return;
    m_query = query;
    m_period->setCurrent(int(query.period));
    m_context.preferences.setText(QLatin1String(periodKey), toQt(insightPeriodNames.name(query.period)));
    m_stale = true;
    read();
}

void DashboardsPage::read() {
    m_stale = false;
    const int generation = ++m_generation;
    deliver(m_context.workspace.insights().dashboard(m_query), this, [this, generation](Result<Dashboard> found) {
        if (generation != m_generation)
            return;
        if (!found) {
            if (found.error().code == ErrorCode::NotFound) { // an undo took the strategy away
                choose({.period = m_query.period, .strategy = {}});
                return;
            }
            m_context.tell.failed(found.error());
            return;
        }
        m_shown = std::move(*found);
        fill();
    });
}

void DashboardsPage::fill() {
    const Dashboard& d = *m_shown;
    m_toolbar->setSubtitle(text::periodText(d));
    m_strategy->setText(d.strategyName.empty() ? tr("All strategies") : toQt(d.strategyName));
    m_strategy->setAccessibleName(tr("Strategy shown: %1").arg(m_strategy->text()));
    if (d.isEmpty()) {
        m_empty->setText(text::tooEarly(), tr("Charts start after the first %1 e-mails and calls. You have %2.")
                                               .arg(QString::number(leastToTell), QString::number(d.everSent)));
        m_stack->setCurrentIndex(1);
        return;
    }
    m_stack->setCurrentIndex(0);
    const auto indicators = text::indicators(d);
    for (std::size_t i = 0; i < m_indicators.size(); ++i)
        m_indicators[i]->show(indicators[i]);
    fillVolume();
    m_heat->setHours(d.hours);
    if (!m_heat->hasFocus())
        m_best->setText(text::bestHourText(d));
    fillStrategies();
    fillSteps();
    fillMailboxes();
}

void DashboardsPage::fillVolume() {
    m_bars->setDays(m_shown->days);
    if (m_bars->hasFocus())
        m_dayRead->setText(m_bars->sentence(m_bars->current()));
    std::vector<NumberTable::Row> rows;
    for (const DayTotals& day : m_bars->days()) {
        const QDate date = QDate(1970, 1, 1).addDays(day.day.time_since_epoch().count());
        const ActivityTotals& n = day.totals;
        rows.push_back(
            {{.text = QLocale().toString(date, QStringLiteral("ddd d MMM")), .detail = {}, .bar = {}, .spoken = {}},
             {.text = number(n.sent), .detail = {}, .bar = {}, .spoken = tr("%1 e-mails").arg(number(n.sent))},
             {.text = number(n.calls), .detail = {}, .bar = {}, .spoken = tr("%1 calls").arg(number(n.calls))},
             {.text = number(n.replies), .detail = {}, .bar = {}, .spoken = tr("%1 replies").arg(number(n.replies))},
             {.text = number(n.meetings), .detail = {}, .bar = {}, .spoken = tr("%1 meetings").arg(number(n.meetings))}});
    }
    m_days->setRows(std::move(rows));
}

void DashboardsPage::fillStrategies() {
    std::vector<NumberTable::Row> rows;
    for (const StrategyNumbers& s : m_shown->strategies)
        rows.push_back({{.text = toQt(s.name), .detail = {}, .bar = {}, .spoken = {}},
                        stage(tr("enrolled"), s.enrolled, s.enrolled, &Colors::chart3, false),
                        stage(tr("reached"), s.reached, s.enrolled, &Colors::chart2, true),
                        stage(tr("replied"), s.replied, s.enrolled, &Colors::chart1, true),
                        stage(tr("with a meeting"), s.met, s.enrolled, &Colors::ok, true),
                        rate(s.canTell(), s.replied, s.reached, s.interval())});
    m_strategies->setRows(std::move(rows));
    m_strategies->setVisible(m_strategies->rowCount() > 0);
    m_nobody->setVisible(m_strategies->rowCount() == 0);
}

void DashboardsPage::fillSteps() {
    std::vector<NumberTable::Row> rows;
    for (const StepNumbers& s : m_shown->steps) {
        QString title = tr("%1 %2").arg(QString::number(s.position + 1), text::channelName(s.channel));
        if (!s.subject.empty())
            title = tr("%1: %2").arg(title, isolated(toQt(s.subject)));
        rows.push_back({{.text = title, .detail = {}, .bar = {}, .spoken = {}},
                        {.text = number(s.touches), .detail = {}, .bar = {}, .spoken = tr("%1 done").arg(number(s.touches))},
                        {.text = number(s.replies), .detail = {}, .bar = {}, .spoken = tr("%1 replied").arg(number(s.replies))},
                        rate(s.canTell(), s.replies, s.touches, s.interval())});
    }
    m_stepsCard->setVisible(!rows.empty());
    m_steps->setRows(std::move(rows));
}

void DashboardsPage::fillMailboxes() {
    std::vector<NumberTable::Row> rows;
    for (const MailboxNumbers& m : m_shown->mailboxes) {
        const text::Health health = text::healthOf(m);
        const QString used = tr("%1 / %2").arg(number(m.usedToday), number(m.dailyLimit));
        NumberTable::Cell bounce = percentCell(m.bounces, m.sent);
        if (m.bouncesMuch())
            bounce.ink = &Colors::danger;
        bounce.spoken = tr("%1 bounced").arg(bounce.text);
        NumberTable::Cell reply = percentCell(m.replies, m.sent);
        reply.spoken = tr("%1 replied").arg(reply.text);
        rows.push_back({{.text = toQt(m.address), .detail = {}, .bar = {}, .spoken = {}},
                        {.text = text::healthName(m),
                         .detail = {},
                         .bar = {},
                         .tone = health == text::Health::Good   ? paint::Tone::Ok
                                 : health == text::Health::Warn ? paint::Tone::Warn
                                                                : paint::Tone::Bad,
                         .spoken = {}},
                        {.text = used,
                         .detail = {},
                         .bar = m.dailyLimit > 0 ? double(m.usedToday) / double(m.dailyLimit) : 0,
                         .hasTrack = true,
                         .spoken = tr("%1 of %2 in 24 hours").arg(number(m.usedToday), number(m.dailyLimit))},
                        bounce,
                        reply,
                        {.text = text::healthText(m), .detail = {}, .bar = {}, .spoken = {}}});
    }
    m_mailboxes->setRows(std::move(rows));
    m_mailboxes->setVisible(m_mailboxes->rowCount() > 0);
    m_noMailbox->setVisible(m_mailboxes->rowCount() == 0);
}

// As many cards in a line as have room for their words.
void DashboardsPage::arrange() {
    const theme::Tokens& t = theme::tokens(this);
    const int room = width() - 2 * t.space.l;
    const int least = paint::textWidth(t, TextStyle::Body, tr("New leads worked")) + 2 * t.space.l + t.space.xxl;
    const int fit = std::clamp(room / (least + t.space.m), 1, int(m_indicators.size()));
    const int columns = fit == 4 ? 3 : fit; // three and two stand better than four and one
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (IndicatorCard* card : m_indicators)
        m_cards->removeWidget(card);
    for (int i = 0; i < int(m_indicators.size()); ++i) {
        m_cards->addWidget(m_indicators[std::size_t(i)], i / columns, i % columns);
        m_cards->setColumnStretch(i, i < columns ? 1 : 0);
    }
    m_charts->removeWidget(m_volume);
    m_charts->removeWidget(m_hours);
    const bool beside = columns >= 3;
    m_charts->addWidget(m_volume, 0, 0);
    m_charts->addWidget(m_hours, beside ? 0 : 1, beside ? 1 : 0);
    constexpr int volumeShare = 6; // as the picture has it
    constexpr int hoursShare = 5;
    m_charts->setColumnStretch(0, volumeShare);
    m_charts->setColumnStretch(1, beside ? hoursShare : 0);
}

void DashboardsPage::openStrategies() {
    deliver(m_context.workspace.strategies().list(), this, [this](Result<std::vector<StrategySummary>> all) {
        if (!all) {
            m_context.tell.failed(all.error());
            return;
        }
        const auto entry = [this](const QString& name, StrategyId id) {
            return widgets::Popup::Entry{
                .text = name, .hint = {}, .key = {}, .checked = m_query.strategy == id, .run = [this, id] {
                    choose({.period = m_query.period, .strategy = id});
                }};
        };
        QList<widgets::Popup::Entry> entries{entry(tr("All strategies"), {})};
        for (const StrategySummary& one : *all)
            entries.append(entry(toQt(one.strategy.name), one.strategy.id));
        widgets::Popup::open(m_strategy, tr("Strategies to show"), entries);
    });
}

void DashboardsPage::setGoals() {
    deliver(m_context.workspace.insights().goals(), this, [this](Result<Goals> goals) {
        if (!goals) {
            m_context.tell.failed(goals.error());
            return;
        }
        auto* sheet = new GoalsSheet(this, *goals);
        connect(sheet, &GoalsSheet::accepted, this, [this](const Goals& wanted) {
            deliver(m_context.workspace.insights().setGoals(wanted), this, [this](Result<> done) {
                if (done)
                    m_context.tell.done(tr("Goals set."));
                else
                    m_context.tell.failed(done.error(), tr("The goals are as they were."));
            });
        });
        sheet->start();
    });
}

void DashboardsPage::exportCsv() {
    auto* dialog = new QFileDialog(this, tr("Save the numbers as a file"), {}, tr("Tables (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(QStringLiteral("outrider-%1.csv").arg(toQt(insightPeriodNames.name(m_query.period))));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        deliver(m_context.workspace.insights().exportCsv(m_query, path.toStdString()), this, [this, path](Result<> done) {
            if (done)
                m_context.tell.done(tr("Saved to %1.").arg(isolated(path)), false, Icon::Export);
            else
                m_context.tell.failed(done.error());
        });
    });
    dialog->open();
}

void DashboardsPage::showTable(bool on) {
    const bool hadFocus = m_volumeStack->currentWidget()->hasFocus();
    m_volumeStack->setCurrentWidget(on ? static_cast<QWidget*>(m_days) : m_bars);
    m_tableLink->setText(on ? tr("Chart") : tr("Table"));
    m_tableLink->setAccessibleName(on ? tr("Volume as a chart") : tr("Volume as a table"));
    m_tableLink->updateGeometry();
    if (hadFocus)
        m_volumeStack->currentWidget()->setFocus();
}

} // namespace outrider::dashboards
