// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/suppression.h"

#include <QFuture>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace outrider {

class ServiceContext;

// Whom nothing is sent to: addresses, domains, numbers. Thread-safe; every call returns at once.
class SuppressionService {
public:
    explicit SuppressionService(ServiceContext& context) : m_context(context) {}

    // What a pasted list or a file is understood as, before anything is added.
    struct Line {
        std::string text;                    // as it stands there
        std::optional<SuppressionKind> kind; // none: nothing that could be suppressed
        std::string key;                     // normalised
        SuppressionReason reason = SuppressionReason::Manual;
        enum class State { New, Known, Twice, Unreadable } state = State::New;
    };
    struct Preview {
        std::vector<Line> lines;
        std::int64_t added = 0;
        std::int64_t known = 0; // there already, with the reason they have
        std::int64_t twice = 0; // further up in the same text
        std::int64_t unreadable = 0;
    };
    // Lines, or a table with a header whose columns say email, domain, phone and reason. The country is for
    // numbers without one ("DE").
    QFuture<Result<Preview>> preview(std::string text, SuppressionReason reason, std::string country = {});
    // Adds what preview() would, as one act; what cannot be read is left out when `skipUnreadable`, else
    // refused with InvalidArgument.
    QFuture<Result<Preview>> add(std::string text, SuppressionReason reason, std::string source, bool skipUnreadable,
                                 std::string country = {});

    struct Entry {
        SuppressionKind kind = SuppressionKind::Email;
        std::string key;
    };
    // How many were there; one act, which can be undone.
    QFuture<Result<int>> remove(std::vector<Entry> entries);
    // What one line names, as add() reads it.
    static std::optional<Entry> understand(std::string_view line, std::string_view country = {});

    struct Page {
        std::vector<Suppression> entries;
        std::int64_t total = 0; // matching, on all pages
    };
    // Newest first; `words` are looked for in what is suppressed and where it came from; an address is also
    // found when only its fingerprint is kept.
    QFuture<Result<Page>> list(std::string words, int limit, SuppressionId before = {});

    // Keeps nothing of an address or number but its fingerprint, and keeps it suppressed: what is left of a
    // person who is erased.
    QFuture<Result<>> seal(Entry entry, SuppressionReason reason);

private:
    ServiceContext& m_context;
};

} // namespace outrider
