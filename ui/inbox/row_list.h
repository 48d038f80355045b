// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/paint/pieces.h"

#include <QAbstractListModel>
#include <QListView>

#include <cstdint>
#include <vector>

namespace outrider::inbox {

// One line of the inbox's or the outbox's list, as it is painted.
struct ListRow {
    enum class Kind { Heading, Message, Conversation, Send };
    Kind kind = Kind::Message;
    std::int64_t id = 0; // of the message, the outbox item or, of a conversation, the lead; a heading's is its place
    bool unread = false;
    bool warn = false; // needs the person's word
    QString title;
    QString company;
    QString when;
    QString line; // subject and first words, or the reason
    paint::Chip chip;
    // Of a message on its way out, where there is room for a line of columns:
    QString why; // without: the line
    QString step;
    QString from;
    paint::Tone tone = paint::Tone::Neutral; // of its reason

    bool isSame(const ListRow& other) const { return kind == other.kind && id == other.id; }
};

class RowListModel : public QAbstractListModel {
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void setRows(std::vector<ListRow> rows);
    void addRows(std::vector<ListRow> rows);
    void removeAt(int row);
    const ListRow* at(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    std::vector<ListRow> m_rows;
};

class RowList;

// What stands above the columns of messages on their way out; gone where they have two lines.
class RowHeader : public QWidget {
    Q_OBJECT

public:
    explicit RowHeader(RowList* list);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    RowList* m_list;
};

// Rows of two lines, or of one with columns, under headings. What was current stays current when the rows are set anew; when it
// is gone, what has come to its place is.
class RowList : public QListView {
    Q_OBJECT

public:
    explicit RowList(const QString& accessibleName, QWidget* parent = nullptr);

    void setRows(std::vector<ListRow> rows);
    void removeCurrent();
    const ListRow* currentRow() const; // none: an empty list
    const ListRow* row(int row) const { return m_model->at(row); }
    int count() const; // without headings
    void moveBy(int direction);
    void chooseRow(ListRow::Kind kind, std::int64_t id);
    bool hasColumns() const;                 // wide enough for them
    void addRows(std::vector<ListRow> rows); // below the others

Q_SIGNALS:
    void currentRowChanged();
    void rowActivated(); // double click
    void nearEnd();      // few rows follow what is in sight or current: there may be more to read

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void changeEvent(QEvent* event) override;
    void keyboardSearch(const QString&) override {} // letters are keys of the page

private:
    int nearest(int row) const;
    void tellNearEnd();
    RowListModel* m_model;
    bool m_setting = false;
};

} // namespace outrider::inbox
