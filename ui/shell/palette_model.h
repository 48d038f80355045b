// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/search_hit.h"
#include "ui/frame/commands.h"
#include "ui/paint/pieces.h"
#include "ui/text/dates.h"

#include <QAbstractListModel>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace outrider::shell {

// The rows of the palette: headings, commands, and what the search found, in the order they are shown.
// Pure of services: given the commands, the hits and what was typed, the same rows come out.
class PaletteModel : public QAbstractListModel {
    Q_OBJECT

public:
    struct Row {
        enum class Kind { Heading, Command, Lead, Company, Strategy, Text, Tag };
        Kind kind = Kind::Heading;
        QString text;
        QString detail;
        theme::Icon icon = theme::Icon::None;
        QString keys;
        paint::Chip chip;
        QList<int> strong; // positions of matched letters in the text
        QPointer<QAction> action;
        QString id; // of a command, or a tag
        SearchHit hit;
    };

    // What is typed after ">" finds only commands, after "@" only people, after "#" only tags.
    enum class Scope { Everything, Commands, People, Tags };
    struct Query {
        Scope scope = Scope::Everything;
        QString words;
    };
    static Query parse(const QString& typed);

    struct Input {
        QList<frame::Commands::Entry> commands;
        QStringList recent; // ids of commands, the latest first
        QString subject;    // whom the page's commands are about
        std::vector<SearchHit> hits;
        std::vector<SearchHit> recentLeads;
        QStringList tags;
        std::function<paint::Chip(StatusId)> statusChip;
        const text::Dates* dates = nullptr;
    };
    static std::vector<Row> rowsFor(const Query& query, const Input& input);

    explicit PaletteModel(QObject* parent = nullptr) : QAbstractListModel(parent) {}
    void setRows(std::vector<Row> rows);
    const Row* row(int index) const;
    // The nearest row that can be chosen, from `from` on in the direction; -1: none.
    int nextChoice(int from, int step) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    std::vector<Row> m_rows;
};

} // namespace outrider::shell
