// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/today/queue_model.h"

#include <QTreeView>

#include <optional>

namespace outrider::today {

// The list of today's tasks: groups that collapse, whose header stays at the top while its rows scroll.
// Rows are painted straight from the model's texts on the grid of the header's columns.
class QueueView : public QTreeView {
    Q_OBJECT

public:
    explicit QueueView(QWidget* parent = nullptr);

    void setQueueModel(QueueModel* model);

    std::optional<TaskId> currentTask() const; // none: a group, or nothing
    void setCurrentTask(TaskId task);
    // To the next or previous task, over group headers; opens no closed group.
    void moveBy(int direction);

    // Ids of the groups that are closed, to be remembered: "-1,4".
    QString closedGroups() const;
    void setClosedGroups(const QString& ids);

    // Of lead and company, at 100 %, as the person dragged them: to be remembered.
    QString columnWidths() const;
    void setColumnWidths(const QString& widths);

    // Paints a group's header; the sticky one uses it too.
    void paintGroup(QPainter* painter, const QRect& rect, const QModelIndex& group) const;
    // A click at `x` of a header `width` wide: toggles it, or is its link.
    void clickGroup(const QModelIndex& group, int x);

    int groupHeight() const;

Q_SIGNALS:
    void currentTaskChanged();
    void taskActivated(); // double click
    void catchUpClicked();
    void closedGroupsChanged();
    void columnWidthsChanged();

protected:
    void drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void rowsInserted(const QModelIndex& parent, int start, int end) override;
    void scrollContentsBy(int dx, int dy) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void updateGeometries() override;
    void keyboardSearch(const QString& search) override; // letters are keys of the page
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;

private:
    class Sticky;
    QRect cell(int column, const QRect& row) const;
    QRect linkRect(const QRect& row, const QModelIndex& group) const;
    QModelIndex nextTask(QModelIndex from, int direction) const;
    void applySizes();
    void makeRoom();
    void dragged(int column, int size);
    void openGroups();
    void placeSticky();

    QueueModel* m_model = nullptr;
    Sticky* m_sticky;
    QPersistentModelIndex m_hover;
    QStringList m_closed;
    bool m_restoring = false;
    int m_leadWidth = 176;
    int m_companyWidth = 192;
    bool m_applying = false; // columns are sized by us
};

} // namespace outrider::today
