// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/insight.h"

#include <QFuture>

#include <string>

namespace outrider {

class ServiceContext;

namespace store {
class ReadContext;
}

// What came of the work: the numbers of the dashboards. Thread-safe; every call returns at once.
class InsightService {
public:
    explicit InsightService(ServiceContext& context) : m_context(context) {}

    // Days are those of the person's zone. ErrorCode::NotFound without that strategy; Unsupported for a workspace as it
    // was: its numbers are not kept.
    QFuture<Result<Dashboard>> dashboard(DashboardQuery query);
    // The same inside a read under way; for benches.
    Result<Dashboard> read(store::ReadContext& read, const DashboardQuery& query) const;

    QFuture<Result<Goals>> goals();
    QFuture<Result<>> setGoals(Goals goals); // one action; ErrorCode::InvalidArgument below 0

    // The same numbers as a table of part, row, measure and value, one value a line (UTF-8, RFC 4180), guarded against
    // being run as formulas. Replaces the file. ErrorCode::FileUnwritable, DiskFull.
    QFuture<Result<>> exportCsv(DashboardQuery query, std::string path);

private:
    ServiceContext& m_context;
};

} // namespace outrider
