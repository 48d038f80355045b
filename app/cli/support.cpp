// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/support.h"

#include "core/services/lead_service.h"

#include <QDateTime>
#include <QString>
#include <QTimeZone>

#include <charconv>

namespace outrider::cli {

Result<std::int64_t> parseId(std::string_view text) {
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (error != std::errc() || end != text.data() + text.size() || id <= 0)
        return fail(ErrorCode::InvalidArgument, "not an id: " + std::string(text));
    return id;
}

Result<Instant> parseMoment(Session&, Workspace& workspace, std::string_view text) {
    const Instant now = workspace.clock().now();
    const QTimeZone zone(QByteArray::fromStdString(workspace.zone()));
    const QDate today = QDateTime::fromMSecsSinceEpoch(toEpochMillis(now), zone).date();
    const auto at = [&zone](const QDate& day) { return fromEpochMillis(QDateTime(day, QTime(9, 0), zone).toMSecsSinceEpoch()); };
    if (text == "today")
        return at(today);
    if (text == "tomorrow")
        return at(today.addDays(1));
    const bool relative = text.starts_with('+') || text.starts_with("in ");
    if (relative) {
        const auto rest = text.substr(text.starts_with('+') ? 1 : 3);
        int number = 0;
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
        const std::string_view unit(end, static_cast<std::size_t>(rest.data() + rest.size() - end));
        if (error == std::errc() && number > 0) {
            if (unit == "d")
                return at(today.addDays(number));
            if (unit == "w")
                return at(today.addDays(7 * number));
            if (unit == "h")
                return now + std::chrono::hours(number);
            if (unit == "m")
                return now + std::chrono::minutes(number);
        }
    }
    return parseIso8601(text);
}

std::string plain(QString text) { return text.remove(QChar(0x2068)).remove(QChar(0x2069)).toStdString(); }

Result<StatusKeys> statusKeys(Session& session, Workspace& workspace) {
    OUTRIDER_ASSIGN(const std::vector<Status> all, session.wait(workspace.leads().statuses()));
    StatusKeys keys;
    for (const Status& status : all)
        keys.emplace(status.id, status.key);
    return keys;
}

Result<LeadSelection> selection(const std::vector<std::string>& ids, const std::string& filter) {
    LeadSelection leads;
    if (!filter.empty()) {
        OUTRIDER_ASSIGN(leads.filter, parseFilter(filter));
        return leads;
    }
    for (const std::string& text : ids) {
        OUTRIDER_ASSIGN(const std::int64_t id, parseId(text));
        leads.ids.push_back(LeadId{id});
    }
    if (leads.ids.empty())
        return fail(ErrorCode::InvalidArgument, "which leads: ids, or --filter");
    return leads;
}

std::string table(const std::vector<std::vector<std::string>>& rows) {
    constexpr qsizetype widest = 40;
    std::vector<qsizetype> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], std::min(widest, QString::fromStdString(row[i]).size()));
    }
    std::string out;
    for (const auto& row : rows) {
        QString line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            QString cell = QString::fromStdString(row[i]);
            if (cell.size() > widest)
                cell = cell.left(widest - 1) + QChar(0x2026);
            line += i + 1 == row.size() ? cell : cell.leftJustified(widths[i] + 2);
        }
        out += line.trimmed().isEmpty() ? "" : line.toStdString();
        out += '\n';
    }
    return out;
}

} // namespace outrider::cli
