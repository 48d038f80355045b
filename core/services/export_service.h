// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/domain/enum_names.h"
#include "core/services/lead_selection.h"

#include <QFuture>

#include <cstdint>
#include <string>
#include <vector>

namespace outrider {

class ServiceContext;

enum class ExportFormat { Csv, Xlsx, VCard, Jsonl };

inline constexpr auto exportFormatNames = enumNames<ExportFormat>({
    {ExportFormat::Csv, "csv"},
    {ExportFormat::Xlsx, "xlsx"},
    {ExportFormat::VCard, "vcf"},
    {ExportFormat::Jsonl, "jsonl"},
});

// Leads as a file for others: a table, cards, or a JSON document a line. Thread-safe; every call returns at once.
class ExportService {
public:
    explicit ExportService(ServiceContext& context) : m_context(context) {}

    struct Request {
        LeadSelection leads;
        ExportFormat format = ExportFormat::Csv;
        // Names of core/domain/field.h and "custom:…", in order; empty: all there are. Cards have fields of their own.
        std::vector<std::string> columns;
        std::string path; // replaced as a whole when it is complete, and only then
        std::string sort = "name";
        bool descending = false;
    };
    struct Done {
        std::int64_t leads = 0;
        std::int64_t bytes = 0;
        std::string path;
    };
    // FileUnwritable, DiskFull, InvalidField (a column), FileTooLarge (more rows than a sheet has), Cancelled: then there
    // is no file, and one that was there is as before.
    QFuture<Result<Done>> run(Request request, ProgressPtr progress = {});

    // Every column an export may have, in its usual order.
    QFuture<Result<std::vector<std::string>>> columns();

private:
    Result<Done> write(const Request& request, Progress& progress);

    ServiceContext& m_context;
};

} // namespace outrider
