// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/suppression_service.h"

#include "core/services/service_context.h"
#include "core/services/suppression_lines.h"
#include "core/store/repositories/suppression_repository.h"

#include <set>
#include <utility>

namespace outrider {

using namespace outrider::store;

namespace {

using Line = SuppressionService::Line;
using Preview = SuppressionService::Preview;

Preview previewOf(Connection& db, std::vector<Line> lines) {
    SuppressionRepository suppressions(db);
    Preview preview;
    std::set<std::pair<SuppressionKind, std::string_view>> seen;
    for (Line& line : lines) {
        if (!line.kind) {
            ++preview.unreadable;
        } else if (!seen.emplace(*line.kind, line.key).second) {
            line.state = Line::State::Twice;
            ++preview.twice;
        } else if (suppressions.entry(*line.kind, line.key)) {
            line.state = Line::State::Known;
            ++preview.known;
        } else {
            ++preview.added;
        }
    }
    preview.lines = std::move(lines);
    return preview;
}

} // namespace

QFuture<Result<SuppressionService::Preview>> SuppressionService::preview(std::string text, SuppressionReason reason,
                                                                         std::string country) {
    return m_context.store().read(
        [text = std::move(text), reason, country = std::move(country)](ReadContext& r) -> Result<Preview> {
            return previewOf(r.db, suppressionLines(text, reason, country));
        });
}

QFuture<Result<SuppressionService::Preview>> SuppressionService::add(std::string text, SuppressionReason reason,
                                                                     std::string source, bool skipUnreadable,
                                                                     std::string country) {
    return m_context.store().write(m_context.action("suppress.add"),
                                   [text = std::move(text), reason, source = std::move(source), skipUnreadable,
                                    country = std::move(country)](WriteContext& write) -> Result<Preview> {
                                       Preview preview = previewOf(write.db, suppressionLines(text, reason, country));
                                       SuppressionRepository suppressions(write.db);
                                       for (const Line& line : preview.lines) {
                                           if (line.state == Line::State::Unreadable && !skipUnreadable)
                                               return fail(ErrorCode::InvalidArgument, line.text);
                                           if (line.state != Line::State::New)
                                               continue;
                                           suppressions.add(write, *line.kind, line.key, line.reason, source);
                                           if (preview.added == 1)
                                               write.describe(line.key);
                                       }
                                       if (preview.added != 1)
                                           write.describe(std::to_string(preview.added));
                                       return preview;
                                   });
}

QFuture<Result<int>> SuppressionService::remove(std::vector<Entry> entries) {
    auto action = m_context.action("suppress.remove", entries.size() == 1 ? entries.front().key : std::to_string(entries.size()));
    return m_context.store().write(std::move(action), [entries = std::move(entries)](WriteContext& write) -> Result<int> {
        SuppressionRepository suppressions(write.db);
        int removed = 0;
        for (const Entry& entry : entries) {
            const auto found = suppressions.entry(entry.kind, entry.key);
            removed += found && suppressions.remove(write, entry.kind, found->key) ? 1 : 0;
        }
        if (removed == 0)
            return fail(ErrorCode::NotFound, entries.empty() ? std::string() : entries.front().key);
        return removed;
    });
}

QFuture<Result<SuppressionService::Page>> SuppressionService::list(std::string words, int limit, SuppressionId before) {
    return m_context.store().read([words = std::move(words), limit, before](ReadContext& r) -> Result<Page> {
        SuppressionRepository suppressions(r.db);
        const auto entry = words.empty() ? std::nullopt : understand(words);
        const std::string print = entry ? suppressions.fingerprint(entry->kind, entry->key) : std::string();
        // An address is found as it is kept, however it is written.
        const std::string& wanted = entry && entry->kind != SuppressionKind::Domain ? entry->key : words;
        return Page{suppressions.find(wanted, print, limit, before), suppressions.count(wanted, print)};
    });
}

QFuture<Result<>> SuppressionService::seal(Entry entry, SuppressionReason reason) {
    return m_context.store().writeSilently([this, entry = std::move(entry), reason](WriteContext& write) -> Result<> {
        if (entry.key.empty() || entry.kind == SuppressionKind::Domain)
            return fail(ErrorCode::InvalidArgument, entry.key);
        SuppressionRepository(write.db).seal(write, entry.kind, entry.key, reason, m_context.random());
        write.touched(EntityKind::Suppression, 0);
        return {};
    });
}

} // namespace outrider
