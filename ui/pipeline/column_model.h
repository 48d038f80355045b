// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pipeline/card_words.h"

#include <QAbstractListModel>

#include <optional>
#include <set>
#include <vector>

namespace outrider::pipeline {

// One stage of the board: its cards as far as they are read, in their order. A card that was moved here stands on
// top when its own place is further down than that.
class ColumnModel : public QAbstractListModel {
    Q_OBJECT

public:
    explicit ColumnModel(Status status, QObject* parent = nullptr);

    const Status& status() const { return m_status; }
    void setStatus(Status status) { m_status = std::move(status); }

    // How many the column has; none: being counted.
    std::optional<qint64> count() const { return m_count; }
    void setCount(std::optional<qint64> count) { m_count = count; }

    const Card* at(int row) const;
    int rowOf(LeadId id) const; // -1: not among those read
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

    // Replaces the cards by what was read now, moving, adding and taking away only what differs; `next`: where more
    // follow.
    void setCards(std::vector<Card> cards, ListCursor next);
    void append(std::vector<Card> cards, ListCursor next);
    void update(Card card); // one that is shown
    void clear();
    // As read for once: nothing was found yet, or nothing at all.
    bool isRead() const { return m_read; }
    const ListCursor& next() const { return m_next; }
    std::vector<LeadId> ids() const;

    // Takes a card in, and away; in() returns its row.
    int in(Card card, BoardSort sort);
    std::optional<Card> out(LeadId id);
    // Those on top that are not where they belong; they stay until unpinned.
    const std::set<LeadId>& pinned() const { return m_pinned; }
    void unpin() { m_pinned.clear(); }

private:
    Status m_status;
    std::optional<qint64> m_count;
    std::vector<Card> m_cards;
    std::set<LeadId> m_pinned;
    ListCursor m_next;
    bool m_read = false;
};

} // namespace outrider::pipeline
