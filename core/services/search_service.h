// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/search_hit.h"

#include <QFuture>

#include <string>
#include <vector>

namespace outrider {

class ServiceContext;

// Everything that can be found by typing, a few of each kind. Thread-safe; returns at once.
class SearchService {
public:
    explicit SearchService(ServiceContext& context) : m_context(context) {}

    struct Limits {
        int leads = 8;
        int companies = 4;
        int strategies = 4;
        int texts = 6;
    };
    QFuture<Result<std::vector<SearchHit>>> search(std::string words, Limits limits);
    QFuture<Result<std::vector<SearchHit>>> search(std::string words) { return search(std::move(words), Limits()); }

private:
    ServiceContext& m_context;
};

} // namespace outrider
