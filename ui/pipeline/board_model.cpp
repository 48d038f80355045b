// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pipeline/board_model.h"

#include "core/base/deliver.h"
#include "core/services/lead_service.h"

#include <QTimeZone>

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

namespace outrider::pipeline {

namespace {

constexpr int gatherChangesMs = 120;  // a run of commits is one reading
constexpr int countingShare = 5;      // at most a fifth of the time goes into counting again what is written on
constexpr std::size_t mostRead = 600; // of a column, when all of it is read again; the rest when it is scrolled to

} // namespace

BoardModel::BoardModel(Workspace& workspace, QObject* parent) : QObject(parent), m_workspace(workspace) {
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(gatherChangesMs);
    connect(&m_refresh, &QTimer::timeout, this, &BoardModel::reload);
    m_recount.setSingleShot(true);
    connect(&m_recount, &QTimer::timeout, this, &BoardModel::readCounts);
    connect(&m_workspace, &Workspace::changed, this, &BoardModel::onChanged);
}

BoardModel::~BoardModel() { stopCounting(); }

void BoardModel::stopCounting() {
    if (m_counting)
        m_counting->cancel();
    m_counting.reset();
    m_countAgain = false;
    m_recount.stop();
}

std::vector<Card> BoardModel::cards(const ColumnModel& column, std::vector<LeadListRow> rows) const {
    const Instant now = m_workspace.clock().now();
    const text::Dates dates(now, QTimeZone(QByteArray::fromStdString(m_workspace.zone())));
    std::vector<Card> cards;
    cards.reserve(rows.size());
    for (LeadListRow& row : rows)
        cards.push_back(makeCard(std::move(row), column.status(), dates, now));
    return cards;
}

void BoardModel::show(BoardQuery query) {
    m_query = std::move(query);
    unpin();
    stopCounting();
    read(true);
}

void BoardModel::reload() {
    if (!m_active || m_moving > 0) {
        m_stale = true;
        return;
    }
    read(false);
}

void BoardModel::setActive(bool active) {
    m_active = active;
    if (active && m_stale && m_asked > 0)
        reload();
}

void BoardModel::retell() {
    for (ColumnModel* column : m_columns) {
        std::vector<LeadListRow> rows;
        for (int row = 0; row < column->rowCount(); ++row)
            rows.push_back(column->at(row)->row);
        for (Card& card : cards(*column, std::move(rows)))
            column->update(std::move(card));
    }
}

void BoardModel::unpin() {
    for (ColumnModel* column : m_columns)
        column->unpin();
}

int BoardModel::columnOf(LeadId id) const {
    for (int i = 0; i < columns(); ++i) {
        if (m_columns[std::size_t(i)]->rowOf(id) >= 0)
            return i;
    }
    return -1;
}

std::optional<qint64> BoardModel::total() const {
    qint64 total = 0;
    for (const ColumnModel* column : m_columns) {
        if (!column->count())
            return std::nullopt;
        total += *column->count();
    }
    return total;
}

void BoardModel::onChanged(const ChangeSet& changes) {
    if (!changes.touches(EntityKind::Lead) && !changes.touches(EntityKind::Status) && !changes.touches(EntityKind::Task)
        && !changes.touches(EntityKind::Enrolment) && !changes.touches(EntityKind::Setting))
        return;
    m_stale = true;
    if (m_active && !m_refresh.isActive())
        m_refresh.start();
}

// `anew`: another board, from the beginning; else the same as far as it was read.
void BoardModel::read(bool anew) {
    m_stale = false;
    const int asked = ++m_asked;
    m_readingMore.clear();
    std::map<StatusId, int> read;
    for (const ColumnModel* column : m_columns) {
        const auto rows = std::min(std::size_t(column->rowCount()), mostRead);
        read[column->status().id] = anew ? pageSize : std::max(pageSize, int(rows));
    }
    deliver(m_workspace.board().open(m_query, pageSize, read), this, [this, asked, anew, read](Result<Board> board) {
        if (asked != m_asked)
            return;
        if (!board) {
            Q_EMIT failed(board.error());
            return;
        }
        takeColumns(*board);
        for (int i = 0; i < columns(); ++i) {
            ColumnModel* column = m_columns[std::size_t(i)];
            BoardColumn& found = board->columns[std::size_t(i)];
            if (found.count || anew)
                column->setCount(found.count);
            if (m_query.isWhole()) {
                column->setCards(cards(*column, std::move(found.cards.rows)), std::move(found.cards.next));
                continue;
            }
            const auto wanted = read.find(column->status().id);
            readColumn(
                i, std::make_shared<Reading>(Reading{asked, std::size_t(wanted == read.end() ? pageSize : wanted->second), {}}),
                {});
        }
        readPinned();
        if (!m_query.filter.matchesEverything())
            readCounts();
        Q_EMIT counted();
        Q_EMIT shown();
    });
}

void BoardModel::takeColumns(const Board& board) {
    bool same = board.columns.size() == m_columns.size();
    for (std::size_t i = 0; same && i < m_columns.size(); ++i)
        same = m_columns[i]->status() == board.columns[i].status;
    if (same)
        return;
    for (ColumnModel* column : std::exchange(m_columns, {}))
        column->deleteLater();
    for (const BoardColumn& column : board.columns)
        m_columns.push_back(new ColumnModel(column.status, this));
    Q_EMIT columnsChanged();
}

void BoardModel::readColumn(int index, const std::shared_ptr<Reading>& reading, ListCursor after) {
    ColumnModel* column = m_columns[std::size_t(index)];
    const int rest = int(reading->cards - reading->found.size());
    deliver(m_workspace.board().page(m_query, column->status(), rest, std::move(after)), this,
            [this, index, column, reading](Result<LeadPage> page) {
                if (reading->asked != m_asked)
                    return;
                if (!page) {
                    Q_EMIT failed(page.error());
                    return;
                }
                std::move(page->rows.begin(), page->rows.end(), std::back_inserter(reading->found));
                // Few match: what is found so far is shown, and looking goes on.
                column->setCards(cards(*column, reading->found), page->next);
                Q_EMIT counted();
                if (page->searching && m_active && reading->found.size() < reading->cards)
                    readColumn(index, reading, page->next);
            });
}

void BoardModel::more(int index) {
    ColumnModel* column = m_columns[std::size_t(index)];
    if (column->next().empty() || m_readingMore.contains(index))
        return;
    m_readingMore.insert(index);
    const ListCursor after = column->next();
    deliver(m_workspace.board().page(m_query, column->status(), 2 * pageSize, after), this,
            [this, index, column, after, asked = m_asked](Result<LeadPage> page) {
                if (asked != m_asked)
                    return;
                m_readingMore.erase(index);
                if (!page) {
                    Q_EMIT failed(page.error());
                    return;
                }
                if (column->next() != after)
                    return;
                const bool goesOn = page->searching && page->rows.empty();
                column->append(cards(*column, std::move(page->rows)), std::move(page->next));
                if (goesOn)
                    more(index);
            });
}

// What stands on top is told anew as well; who has left the column meanwhile goes.
void BoardModel::readPinned() {
    std::vector<LeadId> ids;
    for (const ColumnModel* column : m_columns)
        ids.insert(ids.end(), column->pinned().begin(), column->pinned().end());
    if (ids.empty())
        return;
    deliver(m_workspace.leads().rows(ids), this, [this, ids, asked = m_asked](Result<std::vector<LeadListRow>> rows) {
        if (!rows || asked != m_asked)
            return;
        for (const LeadId id : ids) {
            const auto found = std::find_if(rows->begin(), rows->end(), [id](const LeadListRow& row) { return row.id == id; });
            for (ColumnModel* column : m_columns) {
                if (!column->pinned().contains(id))
                    continue;
                if (found == rows->end() || found->status != column->status().id) {
                    const auto count = column->count();
                    column->out(id);
                    column->setCount(count); // counted without it already
                } else {
                    column->update(std::move(cards(*column, {*found}).front()));
                }
            }
        }
    });
}

// What is being counted is counted to its end, whatever is written meanwhile: else it would never be known.
void BoardModel::readCounts() {
    if (m_counting || m_recount.isActive()) {
        m_countAgain = m_counting != nullptr;
        return;
    }
    m_counting = std::make_shared<Progress>();
    deliver(m_workspace.board().counts(m_query, m_counting), this,
            [this, counting = m_counting, watch = Stopwatch()](Result<std::map<StatusId, std::int64_t>> counts) {
                if (counting != m_counting)
                    return;
                m_counting.reset();
                if (std::exchange(m_countAgain, false))
                    m_recount.start(int(watch.milliseconds() * countingShare));
                if (!counts)
                    return;
                for (ColumnModel* column : m_columns) {
                    const auto known = counts->find(column->status().id);
                    column->setCount(known == counts->end() ? 0 : known->second);
                }
                Q_EMIT counted();
            });
}

void BoardModel::move(LeadId id, int to, std::function<void(Result<std::int64_t>)> fn) {
    const int from = columnOf(id);
    if (from < 0 || from == to)
        return;
    ColumnModel* target = m_columns[std::size_t(to)];
    auto card = m_columns[std::size_t(from)]->out(id);
    card->row.status = target->status().id;
    target->in(std::move(cards(*target, {card->row}).front()), m_query.sort);
    Q_EMIT counted();
    ++m_moving;
    ++m_asked; // what is being read was so before
    m_readingMore.clear();
    m_stale = true;
    deliver(m_workspace.leads().setStatus(LeadSelection::one(id), target->status().id), this,
            [this, fn = std::move(fn)](Result<std::int64_t> moved) {
                if (--m_moving == 0 && m_stale && !m_refresh.isActive())
                    m_refresh.start();
                fn(std::move(moved));
            });
}

} // namespace outrider::pipeline
