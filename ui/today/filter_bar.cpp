// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/today/filter_bar.h"

#include "ui/paint/domain_looks.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/button.h"
#include "ui/widgets/popup.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QResizeEvent>

#include <map>

namespace outrider::today {

using text::toQt;
using theme::Icon;
using theme::TextStyle;
using widgets::Button;
using widgets::Ink;
using widgets::Label;
using widgets::Popup;
using Due = QueueFilter::Due;

namespace {

QString channelChoice(Channel channel) { return channel == Channel::Call ? FilterBar::tr("Calls") : text::channelName(channel); }

QString dueChoice(Due due) {
    switch (due) {
    case Due::UntilToday:
        return FilterBar::tr("Due: until today");
    case Due::Overdue:
        return FilterBar::tr("Due: overdue");
    case Due::Today:
        return FilterBar::tr("Due: today");
    case Due::Tomorrow:
        return FilterBar::tr("Due: tomorrow");
    }
    return {};
}

} // namespace

FilterBar::FilterBar(QWidget* parent)
    : Bar(Kind::Filter, parent),
      m_search(new widgets::SearchField(tr("Filter tasks"), tr("Filter tasks"))),
      m_due(new Button(Button::Kind::Secondary, {})),
      m_channel(new Button(Button::Kind::Secondary, {})),
      m_strategy(new Button(Button::Kind::Secondary, {})) {
    m_search->setKeyHint(QStringLiteral("/"));
    m_search->setClearButtonEnabled(true);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& words) {
        QueueFilter filter = m_filter;
        filter.words = words;
        choose(filter);
    });
    connect(m_search, &QLineEdit::returnPressed, this, &FilterBar::searchDone);
    m_due->setGlyph(Icon::Calendar);
    connect(m_due, &Button::clicked, this, &FilterBar::askDue);
    connect(m_channel, &Button::clicked, this, &FilterBar::askChannel);
    connect(m_strategy, &Button::clicked, this, &FilterBar::askStrategy);
    add(m_search);
    for (Button* button : {m_due, m_channel, m_strategy})
        add(button);
    addStretch();
    const theme::Tokens& t = theme::tokens(this);
    for (const Channel channel : channels) {
        Total& total = m_totals.at(std::size_t(channel));
        total.holder = new QWidget;
        auto* row = widgets::row(total.holder, t.space.iconGap);
        row->addWidget(new widgets::IconLabel(paint::channelIcon(channel)));
        total.number = new Label(TextStyle::Meta, Ink::Muted);
        row->addWidget(total.number);
        add(total.holder);
    }
    setFilter({});
}

QWidget* FilterBar::dueButton() const { return m_due; }

void FilterBar::setFilter(const QueueFilter& filter) {
    m_filter = filter;
    if (m_search->text() != m_filter.words) {
        const QSignalBlocker quiet(m_search);
        m_search->setText(m_filter.words);
    }
    m_due->setText(dueChoice(m_filter.due));
    m_channel->setText(m_filter.channel ? channelChoice(*m_filter.channel) : tr("Any channel"));
    QString strategy = m_filter.setByHand ? tr("Set by hand") : tr("Any strategy");
    for (const QueueItem& item : m_items) {
        if (m_filter.strategy && item.strategy == m_filter.strategy) {
            strategy = toQt(item.strategyName);
            break;
        }
    }
    m_strategy->setText(strategy);
    showTotals();
}

void FilterBar::setQueue(const Today& today, const std::vector<QueueItem>& shown) {
    m_counts = today.counts;
    m_tomorrow = today.tomorrow.total();
    m_items = shown;
    showTotals();
}

void FilterBar::choose(QueueFilter filter) {
    setFilter(filter);
    Q_EMIT changed();
}

void FilterBar::showTotals() {
    std::array<int, channels.size()> totals{};
    if (m_filter.isOn()) {
        for (const QueueItem& item : m_filter.applied(m_items))
            ++totals.at(std::size_t(item.channel));
    } else { // with what is overdue: those are the first to be read, so they are all here
        totals = m_counts.byChannel;
        for (const QueueItem& item : m_items)
            totals.at(std::size_t(item.channel)) += item.overdue ? 1 : 0;
    }
    for (const Channel channel : channels) {
        const Total& total = m_totals.at(std::size_t(channel));
        const int count = totals.at(std::size_t(channel));
        total.number->setText(QLocale().toString(count));
        total.number->setAccessibleName(text::channelPlural(channel, count));
        total.holder->setToolTip(text::channelPlural(channel, count));
        total.holder->setVisible(count > 0 || channel != Channel::Sms);
    }
}

void FilterBar::askDue() {
    QList<Popup::Entry> entries;
    const auto entry = [&](Due due, const QString& text, int count) {
        entries.append({.text = text,
                        .hint = QLocale().toString(count),
                        .icon = Icon::Calendar,
                        .key = {},
                        .checked = m_filter.due == due,
                        .run = [this, due] {
                            QueueFilter filter = m_filter;
                            filter.due = due;
                            choose(filter);
                        }});
    };
    entry(Due::UntilToday, tr("Until today"), m_counts.total());
    entry(Due::Overdue, tr("Overdue"), m_counts.overdue);
    entry(Due::Today, tr("Today only"), m_counts.total() - m_counts.overdue);
    entry(Due::Tomorrow, tr("Tomorrow"), m_tomorrow);
    Popup::open(m_due, tr("Due"), entries);
}

void FilterBar::askChannel() {
    QList<Popup::Entry> entries;
    const auto entry = [&](std::optional<Channel> channel, const QString& text, Icon icon) {
        entries.append(
            {.text = text, .hint = {}, .icon = icon, .key = {}, .checked = m_filter.channel == channel, .run = [this, channel] {
                 QueueFilter filter = m_filter;
                 filter.channel = channel;
                 choose(filter);
             }});
    };
    entry(std::nullopt, tr("Any channel"), Icon::None);
    for (const Channel channel : channels)
        entry(channel, channelChoice(channel), paint::channelIcon(channel));
    Popup::open(m_channel, tr("Channel"), entries);
}

void FilterBar::askStrategy() {
    std::map<StrategyId, std::pair<QString, int>> found; // in the order they were made
    int byHand = 0;
    for (const QueueItem& item : m_items) {
        if (item.strategy) {
            auto& [name, count] = found[item.strategy];
            name = toQt(item.strategyName);
            ++count;
        } else {
            ++byHand;
        }
    }
    QList<Popup::Entry> entries;
    const auto entry = [&](StrategyId strategy, bool setByHand, const QString& text, const QString& hint) {
        entries.append({.text = text,
                        .hint = hint,
                        .icon = strategy ? Icon::Route : Icon::None,
                        .key = {},
                        .checked = m_filter.strategy == strategy && m_filter.setByHand == setByHand,
                        .run = [this, strategy, setByHand] {
                            QueueFilter filter = m_filter;
                            filter.strategy = strategy;
                            filter.setByHand = setByHand;
                            choose(filter);
                        }});
    };
    entry({}, false, tr("Any strategy"), {});
    for (const auto& [strategy, its] : found)
        entry(strategy, false, its.first, QLocale().toString(its.second));
    if (byHand > 0)
        entry({}, true, tr("Set by hand"), QLocale().toString(byHand));
    Popup::open(m_strategy, tr("Strategy"), entries);
}

void FilterBar::resizeEvent(QResizeEvent* event) {
    Bar::resizeEvent(event);
    const theme::Tokens& t = theme::tokens(this);
    m_search->setMinimumWidth(event->size().width() >= t.size.paletteWidth + t.size.rail ? t.size.rail + 2 * t.space.l : 0);
}

} // namespace outrider::today
