// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/services/export_service.h"

#include "core/exchange/csv_writer.h"
#include "core/exchange/vcard_writer.h"
#include "core/exchange/xlsx_writer.h"
#include "core/services/lead_values.h"
#include "core/services/service_context.h"
#include "core/store/repositories/company_repository.h"
#include "core/store/repositories/custom_field_repository.h"
#include "core/store/repositories/lead_list_repository.h"
#include "core/store/repositories/lead_repository.h"
#include "core/store/repositories/member_repository.h"
#include "core/store/repositories/status_repository.h"
#include "core/store/repositories/strategy_repository.h"
#include "core/store/repositories/suppression_repository.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <unordered_set>

namespace outrider {

using namespace outrider::store;
using exchange::ByteSink;

namespace {

constexpr int leadsTogether = 200; // of one read, so that nobody waits for a long one

// One kind of file.
class LeadFile {
public:
    virtual ~LeadFile() = default;
    virtual Result<> add(const LeadRecord& record) = 0;
    virtual Result<> finish() = 0;
};

std::vector<std::string> valuesOf(const LeadRecord& record, const std::vector<std::string>& columns) {
    std::vector<std::string> values;
    values.reserve(columns.size());
    for (const std::string& column : columns)
        values.push_back(leadValue(record, column));
    return values;
}

class CsvFile final : public LeadFile {
public:
    CsvFile(exchange::CsvWriter writer, std::vector<std::string> columns)
        : m_writer(std::move(writer)),
          m_columns(std::move(columns)) {}
    Result<> begin() { return m_writer.write(m_columns); }
    Result<> add(const LeadRecord& record) override { return m_writer.write(valuesOf(record, m_columns)); }
    Result<> finish() override { return m_writer.finish(); }

private:
    exchange::CsvWriter m_writer;
    std::vector<std::string> m_columns;
};

class XlsxFile final : public LeadFile {
public:
    XlsxFile(exchange::XlsxWriter writer, std::vector<std::string> columns)
        : m_writer(std::move(writer)),
          m_columns(std::move(columns)) {}
    Result<> begin(const std::vector<CustomField>& fields) {
        const auto numbers = std::make_unique<bool[]>(m_columns.size());
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            const Field* known = findField(m_columns[i]);
            numbers[i] = known != nullptr && known->type == FieldType::Number;
            for (const CustomField& field : fields)
                numbers[i] |= field.type == CustomFieldType::Number && m_columns[i] == std::string(customFieldPrefix) + field.key;
        }
        m_writer.setNumbers({numbers.get(), m_columns.size()});
        return m_writer.write(m_columns);
    }
    Result<> add(const LeadRecord& record) override { return m_writer.write(valuesOf(record, m_columns)); }
    Result<> finish() override { return m_writer.finish(); }

private:
    exchange::XlsxWriter m_writer;
    std::vector<std::string> m_columns;
};

// Files that are one text after another.
class TextFile : public LeadFile {
public:
    explicit TextFile(std::unique_ptr<ByteSink> sink) : m_sink(std::move(sink)) {}
    Result<> finish() override {
        OUTRIDER_TRY(flush());
        return m_sink->commit();
    }

protected:
    Result<> write(const std::string& text) {
        constexpr std::size_t bufferBytes = 256 * 1024;
        m_buffer += text;
        return m_buffer.size() < bufferBytes ? Result<>() : flush();
    }

private:
    Result<> flush() {
        const std::string bytes = std::move(m_buffer);
        m_buffer.clear();
        return m_sink->write(bytes);
    }
    std::unique_ptr<ByteSink> m_sink;
    std::string m_buffer;
};

class CardFile final : public TextFile {
public:
    using TextFile::TextFile;
    Result<> add(const LeadRecord& record) override {
        Lead lead = record.lead;
        if (lead.reach == Reach::Ok && record.emailSuppressed) // by a list, which the card knows nothing of
            lead.reach = Reach::OptedOut;
        return write(exchange::toVCard(lead, record.company ? &*record.company : nullptr));
    }
};

class JsonlFile final : public TextFile {
public:
    JsonlFile(std::unique_ptr<ByteSink> sink, std::vector<std::string> columns)
        : TextFile(std::move(sink)),
          m_columns(std::move(columns)) {}
    Result<> add(const LeadRecord& record) override {
        nlohmann::ordered_json row = nlohmann::ordered_json::object();
        for (const std::string& column : m_columns) {
            if (std::string value = leadValue(record, column); !value.empty())
                row[column] = std::move(value);
        }
        return write(row.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
    }

private:
    std::vector<std::string> m_columns;
};

Result<std::unique_ptr<LeadFile>> openFile(const ExportService::Request& request, const std::vector<std::string>& columns,
                                           const std::vector<CustomField>& fields) {
    switch (request.format) {
    case ExportFormat::Csv: {
        OUTRIDER_ASSIGN(auto writer, exchange::CsvWriter::create(request.path));
        auto file = std::make_unique<CsvFile>(std::move(writer), columns);
        OUTRIDER_TRY(file->begin());
        return file;
    }
    case ExportFormat::Xlsx: {
        OUTRIDER_ASSIGN(auto writer, exchange::XlsxWriter::create(request.path));
        auto file = std::make_unique<XlsxFile>(std::move(writer), columns);
        OUTRIDER_TRY(file->begin(fields));
        return file;
    }
    case ExportFormat::VCard: {
        OUTRIDER_ASSIGN(auto sink, exchange::replaceFile(request.path));
        return std::make_unique<CardFile>(std::move(sink));
    }
    case ExportFormat::Jsonl: {
        OUTRIDER_ASSIGN(auto sink, exchange::replaceFile(request.path));
        return std::make_unique<JsonlFile>(std::move(sink), columns);
    }
    }
    return fail(ErrorCode::Unsupported, "format");
}

// Reads leads with what the columns ask about beside them.
class RecordReader {
public:
    RecordReader(Connection& db, const std::vector<std::string>& columns)
        : m_db(db),
          m_wantsStrategy(std::find(columns.begin(), columns.end(), "strategy") != columns.end()) {
        for (const Status& status : StatusRepository(db).all())
            m_statuses.emplace(status.id, status.key);
        for (const Member& member : MemberRepository(db).all())
            m_owners.emplace(member.id, member.name);
    }

    std::optional<LeadRecord> read(LeadId id) {
        auto lead = LeadRepository(m_db).find(id);
        if (!lead)
            return std::nullopt;
        LeadRecord record{.lead = *std::move(lead)};
        if (record.lead.company) {
            auto known = m_companies.find(record.lead.company);
            if (known == m_companies.end())
                known = m_companies.emplace(record.lead.company, CompanyRepository(m_db).find(record.lead.company)).first;
            record.company = known->second;
        }
        if (const auto owner = m_owners.find(record.lead.owner); owner != m_owners.end())
            record.owner = owner->second;
        if (const auto status = m_statuses.find(record.lead.status); status != m_statuses.end())
            record.status = status->second;
        SuppressionRepository suppressions(m_db);
        record.emailSuppressed = suppressions.forEmail(record.lead.emailKey).has_value();
        record.phoneSuppressed = suppressions.forPhone(record.lead.phoneKey).has_value();
        if (m_wantsStrategy) {
            if (const auto row = LeadListRepository(m_db).row(id))
                record.strategy = row->strategyName;
        }
        return record;
    }

private:
    Connection& m_db;
    const bool m_wantsStrategy;
    std::map<StatusId, std::string> m_statuses;
    std::map<MemberId, std::string> m_owners;
    std::map<CompanyId, std::optional<Company>> m_companies;
};

} // namespace

QFuture<Result<std::vector<std::string>>> ExportService::columns() {
    return m_context.store().read(
        [](ReadContext& r) -> Result<std::vector<std::string>> { return exportColumns(CustomFieldRepository(r.db).fields()); });
}

QFuture<Result<ExportService::Done>> ExportService::run(Request request, ProgressPtr progress) {
    if (!progress)
        progress = std::make_shared<Progress>();
    return m_context.background().run(
        [this, request = std::move(request), progress]() -> Result<Done> { return write(request, *progress); });
}

Result<ExportService::Done> ExportService::write(const Request& request, Progress& progress) {
    Store& store = m_context.store();
    OUTRIDER_ASSIGN(const std::vector<CustomField> fields,
                    wait(store.read([](ReadContext& r) -> Result<std::vector<CustomField>> {
                        return CustomFieldRepository(r.db).fields(true);
                    })));
    std::vector<std::string> columns = request.columns.empty() ? exportColumns(fields) : request.columns;
    for (const std::string& column : columns) {
        const auto key = customFieldKey(column);
        const bool known = key ? std::any_of(fields.begin(), fields.end(), [&](const CustomField& f) { return f.key == *key; })
                               : isExportColumn(column);
        if (!known)
            return fail(ErrorCode::InvalidField, column);
    }
    progress.setPhase(Progress::Phase::Reading);
    OUTRIDER_ASSIGN(std::unique_ptr<LeadFile> file, openFile(request, columns, fields));
    Done done{.path = request.path};

    const auto stopped = [&] { return progress.cancelled() || m_context.isStopping(); };
    // Writing is no work of a reader's: the leads are read first, then written.
    const auto writeLeads = [&](const std::vector<LeadId>& ids) -> Result<> {
        OUTRIDER_ASSIGN(const std::vector<LeadRecord> records,
                        wait(store.read([&](ReadContext& r) -> Result<std::vector<LeadRecord>> {
                            RecordReader reader(r.db, columns);
                            std::vector<LeadRecord> read;
                            for (const LeadId id : ids) {
                                if (auto record = reader.read(id))
                                    read.push_back(*std::move(record));
                            }
                            return read;
                        })));
        for (const LeadRecord& record : records) {
            OUTRIDER_TRY(file->add(record));
            progress.setDone(++done.leads);
        }
        return {};
    };

    if (!request.leads.filter) {
        progress.setTotal(std::int64_t(request.leads.ids.size()));
        progress.setPhase(Progress::Phase::Writing);
        for (std::size_t i = 0; i < request.leads.ids.size(); i += leadsTogether) {
            if (stopped())
                return fail(ErrorCode::Cancelled);
            const auto begin = request.leads.ids.begin() + std::ptrdiff_t(i);
            const auto end = begin + std::ptrdiff_t(std::min<std::size_t>(leadsTogether, request.leads.ids.size() - i));
            OUTRIDER_TRY(writeLeads({begin, end}));
        }
    } else {
        LeadListRepository::CountStep count;
        while (!count.done) {
            if (stopped())
                return fail(ErrorCode::Cancelled);
            OUTRIDER_TRY(wait(store.read([&](ReadContext& r) -> Result<> {
                LeadListRepository(r).countMore(count, *request.leads.filter, m_context.filterContext());
                return {};
            })));
        }
        progress.setTotal(count.count - std::int64_t(request.leads.except.size()));
        progress.setPhase(Progress::Phase::Writing);
        const std::unordered_set<LeadId> except(request.leads.except.begin(), request.leads.except.end());
        LeadQuery query{.filter = *request.leads.filter,
                        .sort = request.sort.empty() ? "name" : request.sort,
                        .descending = request.descending,
                        .limit = leadsTogether};
        do {
            if (stopped())
                return fail(ErrorCode::Cancelled);
            OUTRIDER_ASSIGN(const LeadPage page, wait(store.read([&](ReadContext& r) {
                                return LeadListRepository(r).page(query, m_context.filterContext());
                            })));
            std::vector<LeadId> ids;
            for (const LeadListRow& row : page.rows) {
                if (!except.contains(row.id))
                    ids.push_back(row.id);
            }
            OUTRIDER_TRY(writeLeads(ids));
            query.after = page.next;
        } while (!query.after.empty());
    }
    progress.setPhase(Progress::Phase::Finishing);
    OUTRIDER_TRY(file->finish());
    std::error_code error;
    const auto bytes =
        std::filesystem::file_size(std::filesystem::path(std::u8string(request.path.begin(), request.path.end())), error);
    done.bytes = error ? 0 : std::int64_t(bytes);
    return done;
}

} // namespace outrider
