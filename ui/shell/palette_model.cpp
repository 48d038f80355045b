// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/palette_model.h"

#include "ui/shell/match.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"

#include <QSet>

#include <algorithm>

namespace outrider::shell {

namespace {

using Row = PaletteModel::Row;

constexpr int mostRecent = 6;
constexpr int mostTags = 12;

Row heading(const QString& text) { return {.kind = Row::Kind::Heading, .text = text}; }

Row commandRow(const frame::Commands::Entry& entry, const QList<int>& strong) {
    return {.kind = Row::Kind::Command,
            .text = entry.command.text,
            .icon = entry.command.icon == theme::Icon::None ? theme::Icon::ChevronRight : entry.command.icon,
            .keys = frame::keyText(entry.action),
            .strong = strong,
            .action = entry.action,
            .id = entry.command.id};
}

// Commands by group; the group with the best match first, the best first within it.
void addCommands(std::vector<Row>& rows, const QString& words, const PaletteModel::Input& input) {
    struct Found {
        int score;
        int order;
        Row row;
    };
    struct Group {
        QString name;
        int best = 0;
        std::vector<Found> found;
    };
    std::vector<Group> groups;
    QSet<QString> shown;
    int order = 0;
    for (const auto& entry : input.commands) {
        const auto fit = match(words, entry.command.text);
        const auto byKeyword =
            fit ? std::nullopt : matchStarts(words, entry.command.text + QLatin1Char(' ') + entry.command.keywords);
        if (!fit && !byKeyword)
            continue;
        if (shown.contains(entry.command.id))
            continue;
        shown.insert(entry.command.id);
        const int score = fit ? fit->score : byKeyword->score / 2;
        auto group = std::ranges::find(groups, entry.command.group, &Group::name);
        if (group == groups.end())
            group = groups.insert(groups.end(), Group{entry.command.group, 0, {}});
        group->best = std::max(group->best, score);
        group->found.push_back({score, order++, commandRow(entry, fit ? fit->positions : QList<int>())});
    }
    if (!words.isEmpty())
        std::ranges::stable_sort(groups, std::greater(), &Group::best);
    for (Group& group : groups) {
        if (!words.isEmpty())
            std::ranges::stable_sort(group.found, std::greater(), &Found::score);
        rows.push_back(heading(group.name));
        for (Found& found : group.found)
            rows.push_back(std::move(found.row));
    }
}

void addRecent(std::vector<Row>& rows, const PaletteModel::Input& input, bool commands, bool people) {
    std::vector<Row> recent;
    if (commands) {
        for (const QString& id : input.recent) {
            const auto entry = std::ranges::find_if(input.commands, [&id](const auto& e) { return e.command.id == id; });
            if (entry != input.commands.end() && int(recent.size()) < mostRecent)
                recent.push_back(commandRow(*entry, {}));
        }
    }
    if (people) {
        for (const SearchHit& hit : input.recentLeads)
            recent.push_back({.kind = Row::Kind::Lead,
                              .text = text::toQt(hit.title),
                              .detail = text::toQt(hit.detail),
                              .icon = theme::Icon::User,
                              .hit = hit});
    }
    if (recent.empty())
        return;
    rows.push_back(heading(PaletteModel::tr("Recent")));
    rows.insert(rows.end(), recent.begin(), recent.end());
}

QList<int> strongIn(const QString& words, const QString& text) {
    const auto fit = match(words, text);
    return fit ? fit->positions : QList<int>();
}

QString leadCount(int count) {
    const QString leads = text::counted(count, PaletteModel::tr("lead"), PaletteModel::tr("leads"));
    return count < SearchHit::mostCounted ? leads : PaletteModel::tr("%1 or more").arg(leads);
}

void addHits(std::vector<Row>& rows, const QString& words, const PaletteModel::Input& input, SearchHit::Kind kind,
             const QString& title) {
    std::vector<Row> found;
    for (const SearchHit& hit : input.hits) {
        if (hit.kind != kind)
            continue;
        Row row{.text = text::toQt(hit.title), .detail = text::toQt(hit.detail), .hit = hit};
        switch (kind) {
        case SearchHit::Kind::Lead:
            row.kind = Row::Kind::Lead;
            row.icon = theme::Icon::User;
            if (input.statusChip)
                row.chip = input.statusChip(hit.status);
            break;
        case SearchHit::Kind::Company:
            row.kind = Row::Kind::Company;
            row.icon = theme::Icon::Building;
            row.detail = leadCount(hit.count);
            break;
        case SearchHit::Kind::Strategy:
            row.kind = Row::Kind::Strategy;
            row.icon = theme::Icon::Route;
            row.detail = PaletteModel::tr("%1 in it").arg(leadCount(hit.count));
            break;
        case SearchHit::Kind::Text:
            row.kind = Row::Kind::Text;
            row.icon = theme::Icon::StickyNote;
            row.text = row.text.simplified();
            if (input.dates)
                row.detail = PaletteModel::tr("%1, %2").arg(text::isolated(row.detail), input.dates->shortDay(hit.at));
            break;
        }
        row.strong = strongIn(words, row.text);
        found.push_back(std::move(row));
    }
    if (found.empty())
        return;
    // Found by what is shown first, better fits before others; then by address, company and the like.
    const auto fit = [&words](const Row& row) {
        const auto by = match(words, row.text);
        return by ? by->score : 0;
    };
    std::ranges::stable_sort(found, std::greater(), fit);
    rows.push_back(heading(title));
    std::ranges::move(found, std::back_inserter(rows));
}

void addTags(std::vector<Row>& rows, const QString& words, const PaletteModel::Input& input) {
    int count = 0;
    for (const QString& tag : input.tags) {
        const auto fit = match(words, tag);
        if (!fit || count == mostTags)
            continue;
        if (count++ == 0)
            rows.push_back(heading(PaletteModel::tr("Leads with the tag")));
        rows.push_back({.kind = Row::Kind::Tag, .text = tag, .icon = theme::Icon::Tag, .strong = fit->positions, .id = tag});
    }
}

} // namespace

PaletteModel::Query PaletteModel::parse(const QString& typed) {
    const QString text = typed.trimmed();
    if (text.startsWith(QLatin1Char('>')))
        return {Scope::Commands, text.mid(1).trimmed()};
    if (text.startsWith(QLatin1Char('@')))
        return {Scope::People, text.mid(1).trimmed()};
    if (text.startsWith(QLatin1Char('#')))
        return {Scope::Tags, text.mid(1).trimmed()};
    return {Scope::Everything, text};
}

std::vector<PaletteModel::Row> PaletteModel::rowsFor(const Query& query, const Input& input) {
    std::vector<Row> rows;
    const bool commands = query.scope == Scope::Everything || query.scope == Scope::Commands;
    const bool people = query.scope == Scope::Everything || query.scope == Scope::People;
    if (query.words.isEmpty())
        addRecent(rows, input, commands, people);
    if (commands)
        addCommands(rows, query.words, input);
    if (people && !query.words.isEmpty())
        addHits(rows, query.words, input, SearchHit::Kind::Lead, tr("Leads"));
    if (query.scope == Scope::Everything && !query.words.isEmpty()) {
        addHits(rows, query.words, input, SearchHit::Kind::Company, tr("Companies"));
        addHits(rows, query.words, input, SearchHit::Kind::Strategy, tr("Strategies"));
        addHits(rows, query.words, input, SearchHit::Kind::Text, tr("In notes and e-mails"));
    }
    if (query.scope == Scope::Tags)
        addTags(rows, query.words, input);
    return rows;
}

void PaletteModel::setRows(std::vector<Row> rows) {
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

const PaletteModel::Row* PaletteModel::row(int index) const {
    return index >= 0 && index < int(m_rows.size()) ? &m_rows[std::size_t(index)] : nullptr;
}

int PaletteModel::nextChoice(int from, int step) const {
    for (int at = from; at >= 0 && at < int(m_rows.size()); at += step) {
        if (m_rows[std::size_t(at)].kind != Row::Kind::Heading)
            return at;
    }
    return -1;
}

int PaletteModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }

QVariant PaletteModel::data(const QModelIndex& index, int role) const {
    const Row* at = row(index.row());
    if (!at)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return at->text;
    case Qt::AccessibleTextRole: {
        QStringList parts{at->text};
        for (const QString& part : {at->detail, at->chip.text, at->keys}) {
            if (!part.isEmpty())
                parts.append(part);
        }
        return parts.join(QStringLiteral(", "));
    }
    default:
        return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex& index) const {
    const Row* at = row(index.row());
    return !at || at->kind == Row::Kind::Heading ? Qt::NoItemFlags : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

} // namespace outrider::shell
