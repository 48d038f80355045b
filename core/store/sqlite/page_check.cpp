// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sqlite/page_check.h"

#include <charconv>

namespace outrider::store {

bool isSaidOfPageBeyondReach(std::string_view finding, std::int64_t pageSize) {
    constexpr std::string_view wrong = "HMAC verification failed for page ";
    constexpr std::int64_t reach = std::int64_t(1) << 32; // bytes
    if (!finding.starts_with(wrong) || pageSize <= 0)
        return false;
    const std::string_view number = finding.substr(wrong.size());
    std::int64_t page = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), page);
    return error == std::errc() && end == number.data() + number.size() && page > reach / pageSize;
}

std::vector<std::string> damagedPages(Connection& db, std::size_t most) {
    const std::int64_t pageSize = db.integer("PRAGMA page_size");
    std::vector<std::string> found;
    Statement rows = db.prepare("PRAGMA cipher_integrity_check");
    while (found.size() < most && rows.step()) {
        std::string finding = rows.text(0);
        if (!isSaidOfPageBeyondReach(finding, pageSize))
            found.push_back(std::move(finding));
    }
    return found;
}

} // namespace outrider::store
