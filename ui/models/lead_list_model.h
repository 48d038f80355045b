// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/change_set.h"
#include "core/services/lead_service.h"
#include "core/services/workspace.h"
#include "ui/models/lead_cells.h"
#include "ui/models/page_cache.h"

#include <QAbstractTableModel>
#include <QTimer>

#include <functional>
#include <memory>
#include <set>

namespace outrider::models {

// A list of leads of any length for a table: pages of 128 rows, 64 of them kept, read when asked for.
// The cursor of every page is read in the background, so that any place is one seek away. A row not read
// yet has no cells and shows "…". When the workspace changes, the rows named are read again in place, and
// the whole list only when its length has changed; the longer counting takes, the more rarely it is done. Lives on the window's
// thread; never waits.
class LeadListModel : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr int pageSize = 128;
    static constexpr int pagesKept = 64;

    explicit LeadListModel(Workspace& workspace, QObject* parent = nullptr);
    ~LeadListModel() override;

    // Asks for another list (limit and cursor are not looked at). The one shown stays until the first page
    // of the new one is there.
    void show(LeadQuery query);
    const LeadQuery& query() const { return m_query; } // of the list shown
    // The same list once more, in place.
    void reload();
    // Hidden, it notes that something changed and reads when it is shown again.
    void setActive(bool active);
    // Words moments again: "3 d" ages.
    void retell();

    // How many leads the list has; -1 until counted.
    qint64 total() const { return m_total; }

    // nullptr: not read yet; reading begins. Valid until the event loop runs.
    const LeadCells* cells(int row) const;
    std::optional<LeadId> idAt(int row) const;
    // Among the rows that are read.
    std::optional<int> rowOf(LeadId id) const;
    // What is read before and after a row without a gap, `most` at most on either side.
    std::vector<LeadId> idsAround(int row, int most) const;
    // The ids of a range of rows, read where they are not; fn is called once, at once when they all
    // are; not at all when the model is gone before. Busy: the place of the rows is not known yet.
    void readIds(int first, int last, std::function<void(Result<std::vector<LeadId>>)> fn);

    // Whose boxes are ticked, for accessibility.
    void setTicked(std::function<bool(LeadId)> ticked) { m_ticked = std::move(ticked); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    // Few leads match the list asked for, so finding its first page takes a while; ends with shown or failed.
    // Asking for another list ends it at once.
    void searching();
    void shown(qint64 millis); // the first page of the list asked for; how long it took
    void counted(qint64 total);
    void rowsRead(int first, int last);
    void failed(const outrider::Error& error);

private:
    struct Page {
        std::vector<LeadCells> rows;
        ListCursor next;
        int telling = 0;
    };

    text::Dates dates() const;
    void onChanged(const ChangeSet& changes);
    void refresh();
    void refreshRows();
    void readStatuses();
    void begin(const LeadQuery& query, LeadPage page);
    // A whole page, in as many reads as it takes; not told of once wanted() says no.
    void readPage(const LeadQuery& query, std::function<bool()> wanted, std::function<void(Result<LeadPage>)> fn,
                  LeadPage found = {});
    void stopCounting();
    void readCount();
    void readAnchors();
    void anchorsNeeded();
    void takePage(int number, LeadPage page);
    void setRows(int rows);
    void setTotal(qint64 total);
    void want(int page) const;
    void fetchWanted();
    std::optional<ListCursor> cursorOf(int page) const;
    void collectIds(int from, int last, std::shared_ptr<std::vector<LeadId>> ids,
                    std::function<void(Result<std::vector<LeadId>>)> fn);

    Workspace& m_workspace;
    LeadQuery m_query;
    bool m_showing = false; // another list is being read
    int m_asked = 0;        // lists asked for; answers to an earlier question are dropped
    int m_epoch = 0;        // rereadings of the list shown
    std::vector<Status> m_statuses;
    std::vector<ListCursor> m_anchors; // of the pages whose place is known
    bool m_anchorsAsked = false;
    ProgressPtr m_counting; // of the list shown: its count and cursors
    mutable PageCache<Page> m_pages{pagesKept};
    int m_rows = 0;
    qint64 m_total = -1;
    int m_telling = 0;
    bool m_active = true;
    bool m_stale = false;
    bool m_everythingChanged = false;
    std::set<LeadId> m_changed;
    std::function<bool(LeadId)> m_ticked;
    mutable std::vector<int> m_wanted; // pages, the latest last
    std::set<int> m_reading;
    mutable QTimer m_fetch;
    QTimer m_refresh;
    QTimer m_idle; // then the cursors are read, though nobody needs them yet
};

} // namespace outrider::models
