// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/lead_row.h"

#include "core/contact/domain_name.h"
#include "core/contact/phone_number.h"
#include "core/domain/custom_field.h"
#include "core/domain/enum_names.h"
#include "core/domain/field.h"
#include "core/exchange/cell_text.h"
#include "core/exchange/cell_values.h"
#include "core/exchange/row_builder.h"

#include <algorithm>
#include <array>
#include <map>

namespace outrider::exchange {

namespace {

constexpr auto problemNames = enumNames<RowProblem>({
    {RowProblem::None, "none"},
    {RowProblem::BrokenEmail, "invalid_email"},
    {RowProblem::BrokenPhone, "invalid_phone"},
    {RowProblem::NoIdentity, "no_identity"},
    {RowProblem::TooManyCells, "too_many_cells"},
    {RowProblem::OpenQuote, "open_quote"},
});

constexpr std::array plainFields{
    PlainLeadField{"salutation", &Lead::salutation},
    PlainLeadField{"first_name", &Lead::firstName},
    PlainLeadField{"middle_name", &Lead::middleName},
    PlainLeadField{"last_name", &Lead::lastName},
    PlainLeadField{"job_title", &Lead::jobTitle},
    PlainLeadField{"department", &Lead::department},
    PlainLeadField{"language", &Lead::language},
    PlainLeadField{"street", &Lead::street},
    PlainLeadField{"city", &Lead::city},
    PlainLeadField{"region", &Lead::region},
    PlainLeadField{"postal_code", &Lead::postalCode},
    PlainLeadField{"source", &Lead::source},
    PlainLeadField{"external_id", &Lead::externalId},
    PlainLeadField{"consent_source", &Lead::consentSource},
    PlainLeadField{"consent_on", &Lead::consentOn},
};

struct PlainCompanyField {
    std::string_view field;
    std::string Company::*member;
};

constexpr std::array companyFields{
    PlainCompanyField{"company_short", &Company::shortName},
    PlainCompanyField{"company_industry", &Company::industry},
    PlainCompanyField{"company_revenue", &Company::revenue},
    PlainCompanyField{"company_website", &Company::website},
    PlainCompanyField{"company_linkedin_url", &Company::linkedinUrl},
    PlainCompanyField{"company_city", &Company::city},
    PlainCompanyField{"company_region", &Company::region},
    PlainCompanyField{"company_external_id", &Company::externalId},
};

} // namespace

std::string_view name(RowProblem problem) { return problemNames.name(problem); }

std::span<const PlainLeadField> plainLeadFields() { return plainFields; }

// In the order they are read: what others are read by comes first.
enum class LeadRowReader::Target {
    Country,
    CompanyCountry,
    Plain,
    Name,
    FullName,
    CompanyName,
    CompanyPlain,
    Domain,
    CompanyIds,
    Employees,
    Email,
    Phone,
    CompanyPhone,
    Profile,
    SalesNavigator,
    Location,
    TimeZone,
    Score,
    Owner,
    Tags,
    Notes,
    Custom, // also what of the source is worth keeping
    Status,
    OwnStatus, // one of ours
    Consent,   // its day
    NoContact,
    Date,
    RefusalCell,
    BouncedCell,
    RepliedCell,
    Deleted,
};

struct LeadRowReader::Column {
    std::size_t index = 0;
    Target target = Target::Custom;
    std::string header;
    std::string key; // of the custom value
    std::string Lead::*plain = nullptr;
    std::string Company::*company = nullptr;
    std::string label;  // of a second address or number
    int preference = 0; // among numbers: the lowest becomes the primary one
    std::optional<std::size_t> labels;
    bool several = false; // other columns are notes, too
    RefusalScope scope = RefusalScope::Email;
    RefusalReading reading = RefusalReading::Plain;
    DateOrder dateOrder = DateOrder::Unknown;
};

LeadRowReader::Target LeadRowReader::targetOf(const ColumnMapping& column) {
    static const std::map<std::string_view, Target> targets{
        {"country", Target::Country},
        {"company_country", Target::CompanyCountry},
        {"first_name", Target::Name},
        {"middle_name", Target::Name},
        {"last_name", Target::Name},
        {"full_name", Target::FullName},
        {"company", Target::CompanyName},
        {"company_domain", Target::Domain},
        {"company_external_ids", Target::CompanyIds},
        {"company_employees", Target::Employees},
        {"company_phone", Target::CompanyPhone},
        {"linkedin_url", Target::Profile},
        {"sales_nav_url", Target::SalesNavigator},
        {"location", Target::Location},
        {"time_zone", Target::TimeZone},
        {"score", Target::Score},
        {"owner", Target::Owner},
        {"tags", Target::Tags},
        {"notes", Target::Notes},
        {"phone", Target::Phone},
        {"status", Target::OwnStatus},
        {"consent_on", Target::Consent},
        {"no_contact", Target::NoContact},
        {"source_status", Target::Status},
        {"source_stage", Target::Status},
        {"source_consent_status", Target::Status},
        {"email_verification", Target::Status},
        {"source_created_at", Target::Date},
        {"linkedin_connected_on", Target::Date},
        {"suppress_email", Target::RefusalCell},
        {"suppress_phone", Target::RefusalCell},
        {"history_bounced", Target::BouncedCell},
        {"history_replied", Target::RepliedCell},
    };
    if (column.reason == MappingReason::DeletedFlag)
        return Target::Deleted;
    if (const auto found = targets.find(column.field); found != targets.end())
        return found->second;
    if (column.field.starts_with("email"))
        return Target::Email;
    if (column.field.starts_with("phone_"))
        return Target::Phone;
    if (column.field.starts_with("company_"))
        return Target::CompanyPlain;
    return customFieldKey(column.field) ? Target::Custom : Target::Plain;
}

LeadRowReader::LeadRowReader(const TableMapping& mapping, const std::vector<std::vector<std::string>>& sample)
    : m_numbers(std::make_unique<contact::PhoneNumberReader>()) {
    bool company = false;
    std::size_t notes = 0;
    for (const ColumnMapping& mapped : mapping.columns) {
        if (!mapped.mapped() && mapped.reason != MappingReason::DeletedFlag)
            continue;
        Column column{.index = mapped.index,
                      .target = targetOf(mapped),
                      .header = mapped.header,
                      .key = mapped.field,
                      .labels = mapped.labels,
                      .scope = mapped.scope,
                      .reading = mapped.reading,
                      .dateOrder = mapped.dateOrder};
        if (const auto custom = customFieldKey(mapped.field))
            column.key = *custom;
        for (const PlainLeadField& plain : plainFields) {
            if (plain.field == mapped.field)
                column.plain = plain.member;
        }
        for (const PlainCompanyField& plain : companyFields) {
            if (plain.field == mapped.field)
                column.company = plain.member;
        }
        if (column.target == Target::Email) {
            column.label = mapped.field == "email" ? "other" : mapped.field.substr(6); // as LeadService names them
            column.preference = mapped.field == "email" ? 0 : mapped.field.back() - '0';
        } else if (column.target == Target::Phone && mapped.field == "phone") {
            column.label = "other";
            column.preference = -1; // whatever other numbers there are
        } else if (column.target == Target::Phone && mapped.field != "phone_by_label") {
            constexpr std::array<std::string_view, 4> byPreference{"work", "mobile", "other", "home"};
            column.label = mapped.field.substr(6);
            column.preference = int(std::find(byPreference.begin(), byPreference.end(), column.label) - byPreference.begin());
        }
        notes += column.target == Target::Notes ? 1 : 0;
        m_persons |= column.target == Target::Name || column.target == Target::FullName || column.target == Target::Email
                     || column.target == Target::Phone || column.target == Target::Profile;
        company |= column.target == Target::CompanyName || column.target == Target::Domain || column.company == &Company::website;
        m_columns.push_back(std::move(column));
    }
    for (Column& column : m_columns)
        column.several = notes > 1;
    m_companies = company && (mapping.object == RowObject::Company || !m_persons);
    std::stable_sort(m_columns.begin(), m_columns.end(), [](const Column& a, const Column& b) {
        return std::pair(a.target, a.preference) < std::pair(b.target, b.preference);
    });
    const auto longer =
        std::count_if(sample.begin(), sample.end(), [&](const auto& row) { return row.size() > mapping.columns.size(); });
    m_wide = longer * 2 > std::ptrdiff_t(sample.size());
}

LeadRowReader::~LeadRowReader() = default;

LeadRow LeadRowReader::read(const TableRow& table) {
    LeadRow row{.number = table.number};
    if (table.suspicious || (table.cells.size() > table.columns && !m_wide)) {
        row.problem = table.suspicious ? RowProblem::OpenQuote : RowProblem::TooManyCells;
        row.problemDetail = std::to_string(table.cells.size());
        return row;
    }
    RowBuilder builder(row, *m_numbers);
    for (const Column& column : m_columns) {
        const auto cell = column.index < table.cells.size() ? table.cells[column.index] : std::string_view();
        if (cell.empty())
            continue;
        switch (column.target) {
        case Target::Country:
            builder.country(cell, row.lead.country);
            break;
        case Target::CompanyCountry:
            builder.country(cell, row.company.country);
            break;
        case Target::Plain:
            if (column.plain != nullptr)
                row.lead.*column.plain = oneLine(cell);
            break;
        case Target::Name:
            row.lead.*column.plain = nameLine(cell);
            break;
        case Target::FullName:
            builder.fullName(cell);
            break;
        case Target::CompanyName:
            if (row.company.name.empty()) // a product may share the field among two columns
                row.company.name = oneLine(cell);
            break;
        case Target::CompanyPlain:
            if (column.company != nullptr)
                row.company.*column.company = oneLine(cell);
            break;
        case Target::Domain:
            row.company.domain = contact::companyDomainOf(oneLine(cell));
            break;
        case Target::CompanyIds:
            if (const auto ids = splitList(cell, true); row.company.externalId.empty() && !ids.empty())
                row.company.externalId = oneLine(ids.front());
            break;
        case Target::Employees:
            row.company.employees = parseCount(cell);
            break;
        case Target::Email:
            builder.email(cell, column.label);
            break;
        case Target::Phone: {
            const bool told = column.labels && *column.labels < table.cells.size();
            builder.phone(cell, column.label.empty() ? phoneLabel(told ? table.cells[*column.labels] : std::string_view())
                                                     : std::string_view(column.label));
            break;
        }
        case Target::CompanyPhone:
            builder.companyPhone(cell);
            break;
        case Target::Profile:
            builder.profile(cell);
            break;
        case Target::SalesNavigator:
            builder.salesNavigator(cell);
            break;
        case Target::Location:
            builder.location(cell);
            break;
        case Target::TimeZone:
            builder.timeZone(cell);
            break;
        case Target::Score:
            builder.score(cell);
            break;
        case Target::Owner:
            row.owner = oneLine(cell);
            break;
        case Target::Tags:
            builder.tags(cell);
            for (const auto tag : splitList(cell, true))
                builder.verdict(tag, column.header);
            break;
        case Target::Notes:
            builder.note(cell, column.header, column.several);
            break;
        case Target::Custom:
            builder.custom(cell, column.key);
            break;
        case Target::Status:
            builder.custom(cell, column.key);
            builder.verdict(cell, column.header);
            if (column.key == "source_status")
                row.status = oneLine(cell);
            break;
        case Target::OwnStatus:
            row.status = oneLine(cell);
            break;
        case Target::Consent:
            if (auto day = readCustomValue({.type = CustomFieldType::Date}, cell))
                row.lead.consentOn = *std::move(day);
            break;
        case Target::NoContact:
            if (const auto channels = parseChannels(cell))
                row.lead.noContact = *channels;
            break;
        case Target::Date:
            builder.date(cell, column.key, column.dateOrder);
            break;
        case Target::RefusalCell:
            builder.refusal(cell, column.header, column.scope, column.reading);
            break;
        case Target::BouncedCell:
            row.bounced |= parseBounce(cell) == Bounce::Hard;
            break;
        case Target::RepliedCell:
            row.replied |= parseReplied(cell);
            break;
        case Target::Deleted:
            row.deletedThere = parseYesNo(cell).value_or(false);
            break;
        }
    }
    builder.finish(m_companies);
    return row;
}

} // namespace outrider::exchange
