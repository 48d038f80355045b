// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/column_mapping.h"

#include "core/contact/text.h"
#include "core/domain/enum_names.h"
#include "core/domain/field.h"
#include "core/exchange/column_content.h"
#include "core/exchange/header_words.h"

#include <algorithm>
#include <map>

namespace outrider::exchange {

namespace {

constexpr auto reasonNames = enumNames<MappingReason>({
    {MappingReason::Signature, "signature"},
    {MappingReason::SharedBySignature, "shared_by_signature"},
    {MappingReason::Name, "name"},
    {MappingReason::NameAndContent, "name_and_content"},
    {MappingReason::Content, "content"},
    {MappingReason::Variable, "variable"},
    {MappingReason::Override, "override"},
    {MappingReason::Ignored, "ignored"},
    {MappingReason::NoField, "no_field"},
    {MappingReason::NotUnderstood, "not_understood"},
    {MappingReason::Empty, "empty"},
    {MappingReason::Contradicted, "contradicted"},
    {MappingReason::Taken, "taken"},
    {MappingReason::Label, "label"},
    {MappingReason::DeletedFlag, "deleted_flag"},
});

// So few cells may be odd by chance.
constexpr int enoughCells = 3;
constexpr int enoughCellsAgainstSignature = 5;

bool isRefusal(std::string_view field) { return field.starts_with("suppress_"); }

// Fields that several columns may have.
bool takesSeveral(std::string_view field) {
    constexpr std::array<std::string_view, 4> fields{"tags", "notes", "phone_by_label", "company_phone"};
    return isRefusal(field) || field.starts_with("history_") || std::find(fields.begin(), fields.end(), field) != fields.end();
}

struct Candidate {
    std::string field;
    double confidence = 0;
    int rank = 0;
    MappingReason reason = MappingReason::Name;
    std::string evidence;
    RefusalScope scope = RefusalScope::Email;
    RefusalReading reading = RefusalReading::Plain;
    bool shared = false;
};

struct Column {
    HeaderMeaning meaning;
    ColumnContent content;
    std::vector<Candidate> candidates; // best first
    ColumnMapping mapping;
};

std::string percent(std::string_view what, double share) {
    return std::string(what) + ' ' + std::to_string(static_cast<int>(share * 100 + 0.5)) + '%';
}

std::string words(std::string_view header) {
    std::string text;
    for (const std::string& word : headerWords(header))
        text += (text.empty() ? "" : "+") + word;
    return text;
}

// What most of the cells are, for saying why a header was not believed.
std::string contentEvidence(const ColumnContent& content) {
    struct Kind {
        std::string_view name;
        double share;
    };
    using enum CellShape;
    std::array kinds{Kind{"email", content.share(Email)},
                     Kind{"linkedin_person", content.share(LinkedInPerson)},
                     Kind{"linkedin_company", content.share(LinkedInCompany)},
                     Kind{"sales_navigator", content.share(SalesNavigator)},
                     Kind{"url", content.share(Url)},
                     Kind{"domain", content.share(Domain)},
                     Kind{"date", content.share(Date)},
                     Kind{"phone", content.share(content.phoneLike)},
                     Kind{"number", content.share(Number)},
                     Kind{"yes_no", content.share(content.yesNo)},
                     Kind{"label", content.share(content.labels)},
                     Kind{"salutation", content.share(content.salutations)},
                     Kind{"company", content.share(content.companies)},
                     Kind{"job", content.share(content.jobs)},
                     Kind{"country", content.share(content.countries)},
                     Kind{"text", content.share(Text)}};
    const auto most =
        std::max_element(kinds.begin(), kinds.end() - 1, [](const Kind& a, const Kind& b) { return a.share < b.share; });
    return most->share >= 0.3 ? percent(most->name, most->share) : percent("text", kinds.back().share);
}

Candidate candidateFrom(const FieldGuess& guess, std::string_view header) {
    return {.field = std::string(guess.field),
            .confidence = guess.confidence,
            .rank = guess.rank,
            .reason = MappingReason::Name,
            .evidence = words(header),
            .scope = guess.scope,
            .reading = guess.inverted ? RefusalReading::Inverted : RefusalReading::Plain};
}

// ── What a column may be ─────────────────────────────────────────────────────────────────────

void proposeBySignature(Column& column, const SourceFormat& format, const KnownColumn& known) {
    ColumnMapping& mapping = column.mapping;
    mapping.evidence = format.key;
    if (known.field == deletedFlag) {
        mapping.reason = MappingReason::DeletedFlag;
        return;
    }
    if (known.field.empty()) {
        mapping.reason = isLabelColumn(column.meaning) ? MappingReason::Label : MappingReason::NoField;
        return;
    }
    Candidate candidate{.field = std::string(known.field),
                        .confidence = 0.99,
                        .reason = MappingReason::Signature,
                        .evidence = std::string(format.key)};
    if (candidate.field.front() == '&') {
        candidate.field.erase(0, 1);
        candidate.shared = true;
        candidate.rank = 1;
    }
    for (const FieldGuess& guess : fieldsFor(column.meaning, {.object = format.object})) {
        if (isRefusal(candidate.field) && isRefusal(guess.field))
            candidate.scope = guess.scope;
    }
    if (candidate.field == "suppress_phone")
        candidate.scope = RefusalScope::Phone;
    column.candidates.push_back(std::move(candidate));
}

void proposeByName(Column& column, const HeaderContext& context) {
    const auto guesses = fieldsFor(column.meaning, context);
    for (const FieldGuess& guess : guesses)
        column.candidates.push_back(candidateFrom(guess, column.mapping.header));
    if (guesses.empty()) {
        Concepts deleted;
        deleted.set(static_cast<std::size_t>(Concept::Deleted));
        if (column.meaning.concepts == deleted)
            column.mapping.reason = MappingReason::DeletedFlag;
        else if (isLabelColumn(column.meaning))
            column.mapping.reason = MappingReason::Label;
        else if (column.meaning.concepts.any() && column.meaning.unknown == 0)
            column.mapping.reason = MappingReason::NoField;
        return;
    }
    Candidate& first = column.candidates.front();
    const ColumnContent& content = column.content;
    const auto prefer = [&](std::string_view field, double confidence, std::string_view what, double share) {
        Candidate better = first;
        better.field = field;
        better.confidence = confidence;
        better.reason = MappingReason::NameAndContent;
        better.evidence += ' ' + percent(what, share);
        column.candidates.insert(column.candidates.begin(), std::move(better));
    };
    // Headers whose cells say which of two things they are
    if (first.field == "full_name" && !column.meaning.has(Concept::FullName) && content.share(content.companies) >= 0.4)
        prefer("company", 0.75, "company", content.share(content.companies));
    else if (first.field == "region" && content.share(content.countryNames) >= 0.6)
        prefer("country", 0.75, "country", content.share(content.countryNames));
    else if (first.field == "source_consent_status" && content.refusals > 0) {
        // "Newsletter" with "unsubscribed" in it: only such words refuse, "no" does not.
        prefer("suppress_email", 0.85, "refusal", content.share(content.refusals));
        column.candidates.front().reading = RefusalReading::VerdictOnly;
    }
}

void proposeByContent(Column& column, double factor) {
    if (const auto guess = fieldByContent(column.content)) {
        Candidate candidate{.field = std::string(guess->field),
                            .confidence = guess->confidence * factor,
                            .rank = 100,
                            .reason = MappingReason::Content,
                            .evidence = contentEvidence(column.content)};
        column.candidates.push_back(candidate);
        const auto further = [&](std::string_view field) {
            candidate.field = field;
            column.candidates.push_back(candidate);
        };
        if (guess->field == "email") {
            further("email_2");
            further("email_3");
        } else if (guess->field == "phone_work") {
            further("phone_other");
        }
    }
}

// Takes away what the cells contradict; believes more what they confirm.
void weighByContent(Column& column) {
    const ColumnContent& content = column.content;
    std::vector<Candidate> left;
    std::string contradicted;
    for (Candidate& candidate : column.candidates) {
        const bool bySignature = candidate.reason == MappingReason::Signature;
        const ContentVerdict verdict = verdictFor(candidate.field, content);
        const bool enough = content.filled >= (bySignature ? enoughCellsAgainstSignature : enoughCells);
        if (verdict == ContentVerdict::Contradicts && enough) {
            if (contradicted.empty())
                contradicted = candidate.field;
            continue;
        }
        if (verdict == ContentVerdict::Contradicts) {
            candidate.confidence *= 0.6;
        } else if (verdict == ContentVerdict::Agrees && candidate.reason == MappingReason::Name) {
            candidate.confidence = std::min(0.99, candidate.confidence + 0.04);
            candidate.reason = MappingReason::NameAndContent;
            candidate.evidence += ' ' + contentEvidence(content);
        }
        left.push_back(std::move(candidate));
    }
    column.candidates = std::move(left);
    if (column.candidates.empty() && !contradicted.empty()) {
        column.mapping.reason = MappingReason::Contradicted;
        column.mapping.evidence = contradicted + " but " + contentEvidence(content);
    }
    // "URL" holding profiles, "Phone" holding addresses: what the cells are, if that is plain.
    if (!contradicted.empty() && !isRefusal(contradicted) && !contradicted.starts_with("history_")) {
        Column plain{.content = content};
        proposeByContent(plain, 0.85);
        const bool clear = !plain.candidates.empty() && content.shapes[std::size_t(CellShape::Text)] * 2 < content.filled;
        if (clear && column.candidates.empty())
            column.candidates = std::move(plain.candidates);
    }
}

// Our own export calls its columns by the names of our fields: nothing to guess, whatever the cells look like.
void proposeOwn(Column& column) {
    const std::string& header = column.mapping.header;
    const Field* field = findField(header);
    if (!customFieldKey(header) && (field == nullptr || !field->importable)) {
        column.mapping.reason = MappingReason::NoField;
        return;
    }
    column.candidates.push_back({.field = header,
                                 .confidence = 0.99,
                                 .reason = MappingReason::Signature,
                                 .evidence = std::string(outriderFormat),
                                 .scope = header == "suppress_phone" ? RefusalScope::Phone : RefusalScope::Email});
}

void propose(Column& column, const SourceFormat* format, const HeaderContext& context, bool hasHeader) {
    ColumnMapping& mapping = column.mapping;
    const bool named = hasHeader && !mapping.header.empty();
    if (!named && column.content.filled == 0) {
        mapping.reason = MappingReason::Empty;
        return;
    }
    if (named && format != nullptr && format->key == outriderFormat) {
        proposeOwn(column);
        return;
    }
    const KnownColumn* known = named && format != nullptr ? knownColumn(*format, mapping.header) : nullptr;
    if (known != nullptr)
        proposeBySignature(column, *format, *known);
    else if (named)
        proposeByName(column, context);
    weighByContent(column);
    if (column.candidates.empty() && mapping.reason == MappingReason::NotUnderstood) {
        const bool variable = format != nullptr && format->restIsCustom && named;
        if (variable)
            column.candidates.push_back({.field = "custom:" + toFieldKey(mapping.header),
                                         .confidence = 0.8,
                                         .reason = MappingReason::Variable,
                                         .evidence = std::string(format->key)});
        // A header with a word the lexicon knows and one it does not is another thing than either;
        // only cells that cannot be mistaken speak for themselves.
        else
            proposeByContent(column, named ? 0.9 : 1);
    }
}

// "Phone 1 - Label" belongs to "Phone 1 - Value".
void linkLabels(std::vector<Column>& columns) {
    for (Column& label : columns) {
        if (!isLabelColumn(label.meaning))
            continue;
        for (Column& value : columns) {
            const auto both = label.meaning.concepts & value.meaning.concepts;
            const auto has = [&](Concept c) { return both.test(static_cast<std::size_t>(c)); };
            if (&value == &label || isLabelColumn(value.meaning) || value.meaning.number != label.meaning.number
                || value.candidates.empty() || !(has(Concept::Email) || has(Concept::Phone)))
                continue;
            value.mapping.labels = label.mapping.index;
            label.mapping.reason = MappingReason::Label;
            label.mapping.evidence = value.mapping.header;
            if (value.candidates.front().field.starts_with("phone_"))
                value.candidates.front().field = "phone_by_label";
            break;
        }
    }
}

// ── Which column gets which field ────────────────────────────────────────────────────────────

class Assignment {
public:
    explicit Assignment(std::vector<Column>& columns) : m_columns(columns) {}

    bool take(Column& column, const Candidate& candidate) {
        const auto owner = m_owners.find(candidate.field);
        const bool free = owner == m_owners.end();
        if (!free && !takesSeveral(candidate.field) && !candidate.shared)
            return false;
        if (free)
            m_owners.emplace(candidate.field, column.mapping.index);
        ColumnMapping& mapping = column.mapping;
        mapping.field = candidate.field;
        mapping.confidence = candidate.confidence;
        mapping.reason = candidate.shared && !free ? MappingReason::SharedBySignature : candidate.reason;
        mapping.evidence = candidate.evidence;
        mapping.scope = candidate.scope;
        mapping.reading = candidate.reading;
        return true;
    }

    // First choices before second ones, the better claims first.
    void run() {
        std::vector<Column*> waiting;
        for (Column& column : m_columns) {
            if (!column.mapping.mapped() && !column.candidates.empty())
                waiting.push_back(&column);
        }
        const auto key = [](const Column* column) {
            const Candidate& first = column->candidates.front();
            // Of two columns for one field the one with cells in it
            const bool empty = column->content.rows > 0 && column->content.filled == 0;
            const bool signature = first.reason == MappingReason::Signature;
            return std::tuple(empty, !signature, first.rank, -first.confidence, column->mapping.index);
        };
        std::sort(waiting.begin(), waiting.end(), [&](const Column* a, const Column* b) { return key(a) < key(b); });
        const auto rest = std::stable_partition(waiting.begin(), waiting.end(),
                                                [&](Column* column) { return take(*column, column->candidates.front()); });
        for (auto column = rest; column != waiting.end(); ++column) {
            const auto& all = (*column)->candidates;
            const std::size_t winner = m_owners.at(all.front().field);
            const bool taken =
                std::any_of(all.begin() + 1, all.end(), [&](const Candidate& candidate) { return take(**column, candidate); });
            if (!taken) {
                (*column)->mapping.reason = MappingReason::Taken;
                (*column)->mapping.evidence = all.front().field + " by " + m_columns[winner].mapping.header;
            }
        }
    }

private:
    std::vector<Column>& m_columns;
    std::map<std::string, std::size_t, std::less<>> m_owners;
};

Result<std::size_t> findColumn(const std::vector<Column>& columns, std::string_view spec) {
    const auto wanted = contact::trimmed(spec);
    if (wanted.starts_with('#')) {
        std::size_t number = 0;
        for (const char c : wanted.substr(1))
            number = c >= '0' && c <= '9' && number < 100000 ? number * 10 + std::size_t(c - '0') : 1000000;
        if (number >= 1 && number <= columns.size())
            return number - 1;
    }
    const std::string folded = contact::folded(contact::collapsed(wanted));
    for (const Column& column : columns) {
        if (contact::folded(contact::collapsed(column.mapping.header)) == folded && !folded.empty())
            return column.mapping.index;
    }
    return fail(ErrorCode::NotFound, std::string(spec));
}

Result<> applyOverrides(std::vector<Column>& columns, Assignment& assignment, const MappingOptions& options) {
    for (const MappingOverride& wish : options.overrides) {
        OUTRIDER_ASSIGN(const std::size_t index, findColumn(columns, wish.column));
        Column& column = columns[index];
        if (wish.field == "ignore") {
            column.candidates.clear();
            column.mapping.reason = MappingReason::Ignored;
            column.mapping.evidence.clear();
            continue;
        }
        Candidate candidate{.field = wish.field, .confidence = 1, .reason = MappingReason::Override};
        if (const auto custom = customFieldKey(wish.field)) {
            candidate.field = std::string(customFieldPrefix) + toFieldKey(*custom);
            if (candidate.field.size() == customFieldPrefix.size())
                return fail(ErrorCode::InvalidField, wish.field);
        } else if (const Field* field = findField(wish.field); field == nullptr || !field->importable) {
            return fail(ErrorCode::InvalidField, wish.field);
        }
        if (isRefusal(candidate.field)) {
            candidate.scope = candidate.field == "suppress_phone" ? RefusalScope::Phone : RefusalScope::Email;
            for (const Candidate& found : column.candidates) {
                if (found.field == candidate.field) {
                    candidate.scope = found.scope;
                    candidate.reading = found.reading;
                }
            }
        }
        if (!assignment.take(column, candidate))
            return fail(ErrorCode::Conflict, wish.column + "=" + wish.field);
    }
    return {};
}

} // namespace

std::string_view name(MappingReason reason) { return reasonNames.name(reason); }

std::string reasonText(const ColumnMapping& column) {
    std::string text(name(column.reason));
    if (!column.evidence.empty())
        text += ':' + column.evidence;
    return text;
}

bool TableMapping::has(std::string_view field) const {
    return std::any_of(columns.begin(), columns.end(), [field](const ColumnMapping& c) { return c.field == field; });
}

Result<TableMapping> mapColumns(std::span<const std::string> header, const std::vector<std::vector<std::string>>& sample,
                                const MappingOptions& options) {
    FormatMatch match;
    if (!options.format.empty() && options.format != genericFormat) {
        match = {.format = findSourceFormat(options.format), .confidence = 1};
        if (match.format == nullptr)
            return fail(ErrorCode::NotFound, options.format);
    } else if (options.format.empty() && options.hasHeader
               && std::find(header.begin(), header.end(), outriderIdColumn) != header.end()) {
        match = {.format = findSourceFormat(outriderFormat), .confidence = 0.99};
    } else if (options.format.empty() && options.hasHeader) {
        match = recogniseFormat(header);
    }
    TableMapping result{.format = std::string(match.key()),
                        .formatConfidence = match.confidence,
                        .object = match.format == nullptr ? RowObject::Person : match.format->object};

    auto contents = contentOf(sample, header.size());
    std::vector<Column> columns(header.size());
    std::vector<HeaderMeaning> meanings;
    for (std::size_t i = 0; i < header.size(); ++i) {
        columns[i].mapping.index = i;
        columns[i].mapping.header = header[i];
        columns[i].content = std::move(contents[i]);
        columns[i].mapping.samples = columns[i].content.samples;
        if (options.hasHeader)
            columns[i].meaning = meaningOf(header[i]);
        meanings.push_back(columns[i].meaning);
    }
    const HeaderContext context = contextOf(meanings, result.object);
    for (Column& column : columns)
        propose(column, match.format, context, options.hasHeader);
    linkLabels(columns);
    Assignment assignment(columns);
    OUTRIDER_TRY(applyOverrides(columns, assignment, options));
    assignment.run();
    for (Column& column : columns) {
        const Field* field = findField(column.mapping.field);
        if (field != nullptr && field->type == FieldType::Date) {
            column.mapping.dateOrder = column.content.order.order();
            column.mapping.dateOrderUndecidable = column.content.order.undecidable();
        }
        result.columns.push_back(std::move(column.mapping));
    }
    return result;
}

} // namespace outrider::exchange
