// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/domain/filter.h"
#include "core/domain/status.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <vector>

namespace outrider::leads {

// What filters can speak of in this workspace, for completing them and wording them.
struct Vocabulary {
    std::vector<Status> statuses;
    struct Strategy {
        QString name;
        qint64 running = 0;
    };
    QList<Strategy> strategies;
    QStringList tags;
    QStringList owners;
    QStringList customFields; // their keys
};

// One part of a filter as a chip says it: "country any of" muted, "DE, AT, CH" after it.
struct ChipText {
    QString lead;
    QString value;
    QString whole() const { return lead.isEmpty() ? value : lead + QLatin1Char(' ') + value; }
};
ChipText chipText(const FilterNode& node, const Vocabulary& words);

// A part in the filter language, to be edited again.
QString nodeText(const FilterNode& node);

// The parts a filter is made of: all of them have to hold.
std::vector<FilterNode> partsOf(const Filter& filter);
Filter filterOf(std::vector<FilterNode> parts);

// Where an error of parseFilter is, in characters of `text` (it counts bytes), and its sentence.
struct FilterError {
    qsizetype position = 0;
    QString sentence;
};
FilterError filterError(const Error& error, const QString& text);

// A value as the language needs it written: in quotation marks when it has to be.
QString quotedValue(const QString& value);

} // namespace outrider::leads
