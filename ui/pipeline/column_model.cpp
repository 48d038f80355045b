// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pipeline/column_model.h"

#include <algorithm>
#include <iterator>

namespace outrider::pipeline {

ColumnModel::ColumnModel(Status status, QObject* parent) : QAbstractListModel(parent), m_status(std::move(status)) {}

const Card* ColumnModel::at(int row) const {
    return row >= 0 && row < int(m_cards.size()) ? &m_cards[std::size_t(row)] : nullptr;
}

int ColumnModel::rowOf(LeadId id) const {
    const auto found = std::find_if(m_cards.begin(), m_cards.end(), [id](const Card& card) { return card.row.id == id; });
    return found == m_cards.end() ? -1 : int(found - m_cards.begin());
}

int ColumnModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_cards.size()); }

QVariant ColumnModel::data(const QModelIndex& index, int role) const {
    const Card* card = index.isValid() ? at(index.row()) : nullptr;
    if (card == nullptr)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return card->name;
    case Qt::AccessibleTextRole:
        return card->spoken;
    default:
        return {};
    }
}

std::vector<LeadId> ColumnModel::ids() const {
    std::vector<LeadId> ids;
    for (const Card& card : m_cards)
        ids.push_back(card.row.id);
    return ids;
}

void ColumnModel::setCards(std::vector<Card> cards, ListCursor next) {
    m_next = std::move(next);
    m_read = true;
    std::set<LeadId> wanted;
    for (const Card& card : cards) {
        wanted.insert(card.row.id);
        m_pinned.erase(card.row.id); // where it belongs
    }
    // What was put on top stays there.
    std::vector<Card> all;
    for (const Card& card : m_cards) {
        if (m_pinned.contains(card.row.id)) {
            all.push_back(card);
            wanted.insert(card.row.id);
        }
    }
    std::move(cards.begin(), cards.end(), std::back_inserter(all));

    for (int row = int(m_cards.size()) - 1; row >= 0; --row) {
        if (wanted.contains(m_cards[std::size_t(row)].row.id))
            continue;
        beginRemoveRows({}, row, row);
        m_cards.erase(m_cards.begin() + row);
        endRemoveRows();
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        const int row = int(i);
        const LeadId id = all[i].row.id;
        if (i < m_cards.size() && m_cards[i].row.id == id) {
            m_cards[i] = std::move(all[i]);
            continue;
        }
        if (const int from = rowOf(id); from >= 0) {
            beginMoveRows({}, from, from, {}, row);
            m_cards.erase(m_cards.begin() + from);
            m_cards.insert(m_cards.begin() + row, std::move(all[i]));
            endMoveRows();
            continue;
        }
        // As many as follow each other at once.
        std::size_t last = i;
        while (last + 1 < all.size() && rowOf(all[last + 1].row.id) < 0)
            ++last;
        beginInsertRows({}, row, int(last));
        m_cards.insert(m_cards.begin() + row, std::make_move_iterator(all.begin() + row),
                       std::make_move_iterator(all.begin() + int(last) + 1));
        endInsertRows();
        i = last;
    }
    if (!m_cards.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void ColumnModel::append(std::vector<Card> cards, ListCursor next) {
    m_next = std::move(next);
    m_read = true;
    std::erase_if(cards, [this](const Card& card) {
        if (!m_pinned.contains(card.row.id))
            return false;
        return rowOf(card.row.id) >= 0; // on top already
    });
    if (cards.empty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + int(cards.size()) - 1);
    std::move(cards.begin(), cards.end(), std::back_inserter(m_cards));
    endInsertRows();
}

void ColumnModel::update(Card card) {
    const int row = rowOf(card.row.id);
    if (row < 0)
        return;
    m_cards[std::size_t(row)] = std::move(card);
    Q_EMIT dataChanged(index(row), index(row));
}

void ColumnModel::clear() {
    beginResetModel();
    m_cards.clear();
    m_pinned.clear();
    m_next.clear();
    m_read = false;
    endResetModel();
}

int ColumnModel::in(Card card, BoardSort sort) {
    const auto firstOwn =
        std::find_if(m_cards.begin(), m_cards.end(), [this](const Card& one) { return !m_pinned.contains(one.row.id); });
    const auto place =
        std::find_if(firstOwn, m_cards.end(), [&](const Card& one) { return standsBefore(card.row, one.row, sort); });
    int row = int(place - m_cards.begin());
    if (place == m_cards.end() && !m_next.empty()) {
        row = 0;
        m_pinned.insert(card.row.id);
    }
    beginInsertRows({}, row, row);
    m_cards.insert(m_cards.begin() + row, std::move(card));
    endInsertRows();
    if (m_count)
        ++*m_count;
    return row;
}

std::optional<Card> ColumnModel::out(LeadId id) {
    const int row = rowOf(id);
    if (row < 0)
        return std::nullopt;
    beginRemoveRows({}, row, row);
    Card card = std::move(m_cards[std::size_t(row)]);
    m_cards.erase(m_cards.begin() + row);
    m_pinned.erase(id);
    endRemoveRows();
    if (m_count)
        --*m_count;
    return card;
}

} // namespace outrider::pipeline
