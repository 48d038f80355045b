// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/change_set.h"
#include "core/services/board_service.h"
#include "core/services/workspace.h"
#include "ui/pipeline/column_model.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <map>
#include <set>
#include <vector>

namespace outrider::pipeline {

// The board: a column for each status, read by the page and read again when the workspace changes. Lives on the
// window's thread; never waits. Answers to an earlier question are dropped.
class BoardModel : public QObject {
    Q_OBJECT

public:
    static constexpr int pageSize = 24; // cards of a column read at once: what a tall window shows and some

    explicit BoardModel(Workspace& workspace, QObject* parent = nullptr);
    ~BoardModel() override;

    // Asks for another board; the one shown stays until the first cards of the new one are there.
    void show(BoardQuery query);
    const BoardQuery& query() const { return m_query; }
    void reload();
    // Hidden, it notes that something changed and reads when it is shown again.
    void setActive(bool active);
    // Words moments again.
    void retell();
    // Cards that were moved and stand on top go where they belong.
    void unpin();

    int columns() const { return int(m_columns.size()); }
    ColumnModel* column(int index) const { return m_columns[std::size_t(index)]; }
    int columnOf(LeadId id) const; // -1: not among the cards read
    // All of them; none: being counted.
    std::optional<qint64> total() const;

    // The next cards of a column, when there are and they are not being read already.
    void more(int column);

    // Puts a card into another column at once and the lead into its status; the board is as it was when that fails.
    // fn: how it ended.
    void move(LeadId id, int to, std::function<void(Result<std::int64_t>)> fn);

Q_SIGNALS:
    void columnsChanged(); // there are others
    void counted();
    void shown(); // the board asked for is there
    void failed(const outrider::Error& error);

private:
    struct Reading {
        int asked = 0;
        std::size_t cards = 0; // wanted
        std::vector<LeadListRow> found;
    };

    std::vector<Card> cards(const ColumnModel& column, std::vector<LeadListRow> rows) const;
    void onChanged(const ChangeSet& changes);
    void read(bool anew);
    void takeColumns(const Board& board);
    // A column from its beginning, in as many reads as it takes.
    void readColumn(int column, const std::shared_ptr<Reading>& reading, ListCursor after);
    void readPinned();
    void readCounts();
    void stopCounting();

    Workspace& m_workspace;
    BoardQuery m_query;
    std::vector<ColumnModel*> m_columns;
    int m_asked = 0;
    int m_moving = 0; // moves not yet written
    bool m_active = true;
    bool m_stale = true;
    std::set<int> m_readingMore;
    ProgressPtr m_counting; // under way
    bool m_countAgain = false;
    QTimer m_recount;
    QTimer m_refresh;
};

} // namespace outrider::pipeline
