// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/lead_list_model.h"

#include "core/base/deliver.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <algorithm>
#include <limits>

namespace outrider::models {

namespace {

constexpr int pagesInFlight = 2;
constexpr std::size_t pagesWanted = 4; // of a fast scroll only the last places are read
constexpr int rowsPerRangeRead = 2048;
constexpr int gatherChangesMs = 120; // a run of commits is one refresh
constexpr int countingShare = 5;     // at most a fifth of the time goes into counting
constexpr int idleMs = 400;          // someone who still types does not need the far end of the list

} // namespace

LeadListModel::LeadListModel(Workspace& workspace, QObject* parent)
    : QAbstractTableModel(parent),
      m_workspace(workspace),
      m_anchors{ListCursor()} {
    m_fetch.setSingleShot(true);
    m_fetch.setInterval(0);
    connect(&m_fetch, &QTimer::timeout, this, &LeadListModel::fetchWanted);
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(gatherChangesMs);
    connect(&m_refresh, &QTimer::timeout, this, &LeadListModel::refresh);
    m_idle.setSingleShot(true);
    m_idle.setInterval(idleMs);
    connect(&m_idle, &QTimer::timeout, this, &LeadListModel::anchorsNeeded);
    connect(&m_workspace, &Workspace::changed, this, &LeadListModel::onChanged);
    readStatuses();
}

LeadListModel::~LeadListModel() { stopCounting(); }

void LeadListModel::stopCounting() {
    if (m_counting)
        m_counting->cancel();
    m_counting = std::make_shared<Progress>();
}

text::Dates LeadListModel::dates() const {
    return {m_workspace.clock().now(), QTimeZone(QByteArray::fromStdString(m_workspace.zone()))};
}

void LeadListModel::readStatuses() {
    deliver(m_workspace.leads().statuses(), this, [this](Result<std::vector<Status>> statuses) {
        if (!statuses)
            return;
        m_statuses = std::move(*statuses);
        retell();
    });
}

void LeadListModel::show(LeadQuery query) {
    query.limit = pageSize;
    query.after.clear();
    const int asked = ++m_asked;
    const Instant started = m_workspace.clock().now();
    m_showing = true;
    readPage(
        query, [this, asked] { return asked == m_asked; },
        [this, query, started](Result<LeadPage> page) {
            m_showing = false;
            if (!page) {
                Q_EMIT failed(page.error());
                return;
            }
            begin(query, std::move(*page));
            Q_EMIT shown((m_workspace.clock().now() - started).count());
        });
}

void LeadListModel::readPage(const LeadQuery& query, std::function<bool()> wanted, std::function<void(Result<LeadPage>)> fn,
                             LeadPage found) {
    deliver(
        m_workspace.leads().page(query), this,
        [this, query, wanted = std::move(wanted), fn = std::move(fn), found = std::move(found)](Result<LeadPage> page) mutable {
            if (!wanted())
                return;
            if (!page) {
                fn(fail(page.error()));
                return;
            }
            LeadQuery rest = query;
            rest.limit -= int(page->rows.size());
            rest.after = page->next;
            found.rows.insert(found.rows.end(), std::make_move_iterator(page->rows.begin()),
                              std::make_move_iterator(page->rows.end()));
            found.next = std::move(page->next);
            if (!page->searching || rest.limit <= 0) {
                fn(std::move(found));
                return;
            }
            if (m_showing)
                Q_EMIT searching();
            readPage(rest, std::move(wanted), std::move(fn), std::move(found));
        });
}

void LeadListModel::begin(const LeadQuery& query, LeadPage page) {
    // Sorted otherwise it is as long as before.
    const qint64 known = query.filter == m_query.filter ? m_total : -1;
    beginResetModel();
    ++m_epoch;
    m_query = query;
    m_pages.clear();
    m_wanted.clear();
    m_reading.clear();
    m_changed.clear();
    m_anchors = {ListCursor()};
    m_anchorsAsked = false;
    stopCounting();
    m_idle.stop();
    m_total = -1;
    // Until it is counted, a longer list ends in one row that shows there is more.
    m_rows = int(page.rows.size()) + (page.next.empty() ? 0 : 1);
    const bool more = !page.next.empty();
    if (more && known > m_rows)
        m_rows = int(std::min<qint64>(known, std::numeric_limits<int>::max()));
    takePage(0, std::move(page));
    endResetModel();
    if (more && known != m_rows) {
        readCount();
        return;
    }
    setTotal(m_rows);
    if (more)
        m_idle.start();
}

void LeadListModel::reload() {
    ++m_epoch;
    m_pages.markAllStale();
    m_reading.clear();
    m_wanted.clear();
    m_anchors = {ListCursor()};
    m_anchorsAsked = false;
    stopCounting();
    readCount();
    want(0);
    if (m_rows > 0) // what is looked at asks for itself again
        Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, leadColumnCount - 1));
}

void LeadListModel::readCount() {
    const Instant started = m_workspace.clock().now();
    deliver(m_workspace.leads().count(m_query.filter, m_counting), this,
            [this, started, epoch = m_epoch](Result<std::int64_t> total) {
                if (epoch != m_epoch || !total)
                    return;
                const auto took = int((m_workspace.clock().now() - started).count());
                m_refresh.setInterval(std::max(gatherChangesMs, took * countingShare));
                setTotal(*total);
                if (m_total > pageSize)
                    m_idle.start();
            });
}

void LeadListModel::anchorsNeeded() {
    if (!std::exchange(m_anchorsAsked, true))
        readAnchors();
}

void LeadListModel::readAnchors() {
    deliver(m_workspace.leads().anchors(m_query, pageSize, m_counting), this,
            [this, epoch = m_epoch](Result<std::vector<ListCursor>> anchors) {
                if (epoch != m_epoch || !anchors)
                    return;
                m_anchors = std::move(*anchors);
                if (m_rows > 0) // what is looked at asks for itself again
                    Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, leadColumnCount - 1));
            });
}

void LeadListModel::setTotal(qint64 total) {
    m_total = total;
    setRows(int(std::min<qint64>(total, std::numeric_limits<int>::max())));
    Q_EMIT counted(total);
}

void LeadListModel::setRows(int rows) {
    if (rows > m_rows) {
        beginInsertRows({}, m_rows, rows - 1);
        m_rows = rows;
        endInsertRows();
    } else if (rows < m_rows) {
        beginRemoveRows({}, rows, m_rows - 1);
        m_rows = rows;
        m_pages.removeFrom((rows + pageSize - 1) / pageSize);
        endRemoveRows();
    }
}

void LeadListModel::takePage(int number, LeadPage page) {
    const text::Dates now = dates();
    const Instant moment = m_workspace.clock().now();
    Page kept{.next = std::move(page.next), .telling = m_telling};
    kept.rows.reserve(page.rows.size());
    for (LeadListRow& row : page.rows)
        kept.rows.push_back(makeCells(std::move(row), m_statuses, now, moment));
    if (!kept.next.empty() && int(m_anchors.size()) == number + 1)
        m_anchors.push_back(kept.next);
    m_pages.put(number, std::move(kept));
}

void LeadListModel::want(int page) const {
    if (std::find(m_wanted.begin(), m_wanted.end(), page) == m_wanted.end())
        m_wanted.push_back(page);
    if (!m_fetch.isActive())
        m_fetch.start();
}

std::optional<ListCursor> LeadListModel::cursorOf(int page) const {
    if (page < int(m_anchors.size()))
        return m_anchors[std::size_t(page)];
    return std::nullopt;
}

void LeadListModel::fetchWanted() {
    while (!m_wanted.empty() && int(m_reading.size()) < pagesInFlight) {
        if (m_wanted.size() > pagesWanted)
            m_wanted.erase(m_wanted.begin(), m_wanted.end() - pagesWanted);
        const int number = m_wanted.back();
        m_wanted.pop_back();
        const auto cursor = cursorOf(number);
        if (m_pages.isFresh(number) || m_reading.contains(number))
            continue;
        if (!cursor) { // the page is asked for again as soon as the cursors are there
            anchorsNeeded();
            continue;
        }
        LeadQuery query = m_query;
        query.after = *cursor;
        m_reading.insert(number);
        const auto taken = [this, number](Result<LeadPage> page) {
            m_reading.erase(number);
            if (page) {
                takePage(number, std::move(*page));
                const int first = number * pageSize;
                const int last = std::min(first + pageSize, m_rows) - 1;
                if (last >= first) {
                    Q_EMIT dataChanged(index(first, 0), index(last, leadColumnCount - 1));
                    Q_EMIT rowsRead(first, last);
                }
            } else if (page.error().code != ErrorCode::Cancelled) {
                Q_EMIT failed(page.error());
            }
            if (!m_wanted.empty())
                m_fetch.start();
        };
        readPage(
            query, [this, epoch = m_epoch] { return epoch == m_epoch; }, taken);
    }
}

const LeadCells* LeadListModel::cells(int row) const {
    if (row < 0 || row >= m_rows)
        return nullptr;
    const int number = row / pageSize;
    Page* page = m_pages.find(number);
    if (page == nullptr || !m_pages.isFresh(number))
        want(number);
    if (page == nullptr || row % pageSize >= int(page->rows.size()))
        return nullptr;
    if (page->telling != m_telling) {
        const text::Dates now = dates();
        const Instant moment = m_workspace.clock().now();
        for (LeadCells& cells : page->rows)
            cells = makeCells(std::move(cells.row), m_statuses, now, moment);
        page->telling = m_telling;
    }
    return &page->rows[std::size_t(row % pageSize)];
}

std::optional<LeadId> LeadListModel::idAt(int row) const {
    const LeadCells* found = cells(row);
    return found == nullptr ? std::nullopt : std::optional(found->row.id);
}

std::optional<int> LeadListModel::rowOf(LeadId id) const {
    std::optional<int> found;
    m_pages.forEach([&](int number, const Page& page) {
        for (std::size_t i = 0; i < page.rows.size() && !found; ++i) {
            if (page.rows[i].row.id == id)
                found = number * pageSize + int(i);
        }
    });
    return found && *found < m_rows ? found : std::nullopt;
}

std::vector<LeadId> LeadListModel::idsAround(int row, int most) const {
    const auto known = [this](int at) {
        Page* page = at < 0 || at >= m_rows ? nullptr : m_pages.find(at / pageSize);
        return page == nullptr || at % pageSize >= int(page->rows.size()) ? LeadId{}
                                                                          : page->rows[std::size_t(at % pageSize)].row.id;
    };
    std::vector<LeadId> ids;
    int first = row;
    while (first > row - most && known(first - 1))
        --first;
    for (int at = first; at <= row + most && known(at); ++at)
        ids.push_back(known(at));
    return ids;
}

void LeadListModel::readIds(int first, int last, std::function<void(Result<std::vector<LeadId>>)> fn) {
    first = std::max(first, 0);
    last = std::min(last, m_rows - 1);
    collectIds(first, last, std::make_shared<std::vector<LeadId>>(), std::move(fn));
}

// Takes what is kept; from the first page that is not, the rest is read in larger pieces.
void LeadListModel::collectIds(int from, int last, std::shared_ptr<std::vector<LeadId>> ids,
                               std::function<void(Result<std::vector<LeadId>>)> fn) {
    while (from <= last) {
        const int number = from / pageSize;
        const Page* page = m_pages.find(number);
        if (page == nullptr || from % pageSize >= int(page->rows.size()))
            break;
        ids->push_back(page->rows[std::size_t(from % pageSize)].row.id);
        ++from;
    }
    if (from > last) {
        fn(std::move(*ids));
        return;
    }
    const int number = from / pageSize;
    const auto cursor = cursorOf(number);
    if (!cursor) {
        anchorsNeeded();
        fn(fail(ErrorCode::Busy));
        return;
    }
    LeadQuery query = m_query;
    query.after = *cursor;
    query.limit = std::min(rowsPerRangeRead, last + 1 - number * pageSize);
    const auto taken = [this, number, from, last, ids, fn, epoch = m_epoch](Result<LeadPage> page) {
        if (epoch != m_epoch) {
            fn(fail(ErrorCode::Cancelled));
            return;
        }
        if (!page) {
            fn(fail(page.error()));
            return;
        }
        const int first = number * pageSize;
        const int end = std::min(first + int(page->rows.size()), last + 1);
        for (int row = from; row < end; ++row)
            ids->push_back(page->rows[std::size_t(row - first)].id);
        if (end <= from || end > last)
            fn(std::move(*ids));
        else
            collectIds(end, last, ids, fn);
    };
    readPage(
        query, [] { return true; }, taken);
}

void LeadListModel::setActive(bool active) {
    m_active = active;
    if (active && std::exchange(m_stale, false)) {
        readStatuses();
        reload();
    }
}

void LeadListModel::retell() {
    ++m_telling;
    if (m_rows > 0)
        Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, leadColumnCount - 1));
}

void LeadListModel::onChanged(const ChangeSet& changes) {
    const bool statuses = changes.touches(EntityKind::Status);
    // A lead's row also tells of its strategy; an enrolment's id does not say whose it is.
    const bool others = changes.touches(EntityKind::Enrolment) || changes.touches(EntityKind::Strategy);
    if (!statuses && !others && !changes.touches(EntityKind::Lead))
        return;
    if (!m_active) {
        m_stale = true;
        return;
    }
    if (statuses)
        readStatuses();
    m_everythingChanged |= others || changes.all(EntityKind::Lead);
    for (const std::int64_t id : changes.ids(EntityKind::Lead))
        m_changed.insert(LeadId{id});
    if (!m_refresh.isActive())
        m_refresh.start();
}

void LeadListModel::refresh() {
    if (std::exchange(m_everythingChanged, false)) {
        m_changed.clear();
        reload();
        return;
    }
    // Another length: rows came or went. The same: the rows named are where they were.
    deliver(m_workspace.leads().count(m_query.filter, m_counting), this, [this, epoch = m_epoch](Result<std::int64_t> total) {
        if (epoch == m_epoch && total && m_total >= 0 && *total != m_total)
            reload();
    });
    refreshRows();
}

void LeadListModel::refreshRows() {
    std::vector<LeadId> ids;
    m_pages.forEach([&](int, const Page& page) {
        for (const LeadCells& cells : page.rows) {
            if (m_changed.contains(cells.row.id))
                ids.push_back(cells.row.id);
        }
    });
    m_changed.clear();
    if (ids.empty())
        return;
    deliver(m_workspace.leads().rows(std::move(ids)), this, [this](Result<std::vector<LeadListRow>> rows) {
        if (!rows)
            return;
        const text::Dates now = dates();
        const Instant moment = m_workspace.clock().now();
        std::map<LeadId, LeadListRow*> byId;
        for (LeadListRow& row : *rows)
            byId[row.id] = &row;
        int first = m_rows;
        int last = -1;
        m_pages.forEach([&](int number, Page& page) {
            for (std::size_t i = 0; i < page.rows.size(); ++i) {
                const auto found = byId.find(page.rows[i].row.id);
                if (found == byId.end())
                    continue;
                page.rows[i] = makeCells(*found->second, m_statuses, now, moment);
                first = std::min(first, number * pageSize + int(i));
                last = std::max(last, number * pageSize + int(i));
            }
        });
        last = std::min(last, m_rows - 1);
        if (last >= first) {
            Q_EMIT dataChanged(index(first, 0), index(last, leadColumnCount - 1));
            Q_EMIT rowsRead(first, last);
        }
    });
}

int LeadListModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : m_rows; }

int LeadListModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : leadColumnCount; }

QVariant LeadListModel::data(const QModelIndex& index, int role) const {
    const bool tick = index.column() == int(LeadColumn::Tick);
    if (role == Qt::CheckStateRole && tick) {
        const auto id = idAt(index.row());
        return int(id && m_ticked && m_ticked(*id) ? Qt::Checked : Qt::Unchecked);
    }
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole)
        return {};
    const LeadCells* found = cells(index.row());
    if (tick) {
        if (role != Qt::AccessibleTextRole || found == nullptr)
            return {};
        return m_ticked && m_ticked(found->row.id) ? tr("Ticked") : tr("Not ticked");
    }
    if (found == nullptr)
        return role == Qt::ToolTipRole ? QString() : QStringLiteral("…");
    const QString& text = found->text[std::size_t(index.column())];
    if (role == Qt::ToolTipRole && index.column() == int(LeadColumn::Strategy) && found->row.strategy)
        return text::toQt(found->row.strategyName); // "Stopped: replied" does not say what
    return text;
}

QVariant LeadListModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= leadColumnCount)
        return {};
    const auto column = LeadColumn(section);
    if (role == Qt::DisplayRole)
        return columnTitle(column);
    if (role == Qt::AccessibleTextRole || role == Qt::ToolTipRole)
        return column == LeadColumn::Tick ? tr("Chosen") : text::fieldName(fieldOf(column));
    return {};
}

Qt::ItemFlags LeadListModel::flags(const QModelIndex& index) const {
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (index.column() == int(LeadColumn::Tick))
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

} // namespace outrider::models
