// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/filter.h"

#include "few_leads.h"
#include "fuzz.h"

#include <algorithm>

using namespace outrider;

namespace {

// Where a term stood is not part of what it says.
FilterNode withoutPlaces(FilterNode node) {
    node.term.position = 0;
    for (FilterNode& child : node.children)
        child = withoutPlaces(std::move(child));
    return node;
}

// Every way to ask finds the same leads.
void ask(const Filter& filter) {
    const FilterContext context = fuzz::contextOfLeads();
    const auto asked = wait(fuzz::fewLeads()->read([&](store::ReadContext& read) -> Result<> {
        store::LeadListRepository list(read.db);
        const std::vector<LeadId> ids = list.ids(filter, context);
        FUZZ_REQUIRE(list.count(filter, context) == std::int64_t(ids.size()));
        LeadQuery query{.filter = filter, .sort = "created", .limit = 2};
        std::vector<LeadId> listed;
        do {
            OUTRIDER_ASSIGN(const LeadPage page, list.page(query, context));
            for (const LeadListRow& row : page.rows)
                listed.push_back(row.id);
            query.after = page.next;
        } while (!query.after.empty() && listed.size() <= ids.size());
        FUZZ_REQUIRE(listed == ids);
        return {};
    }));
    if (!asked)
        std::fprintf(stderr, "%s %s\n", std::string(name(asked.error().code)).c_str(), asked.error().detail.c_str());
    FUZZ_REQUIRE(asked.has_value());
}

} // namespace

// Making a workspace takes longer than any question.
extern "C" int LLVMFuzzerInitialize(int*, char***) {
    fuzz::fewLeads();
    return 0;
}

// A filter somebody typed: an error that says where, or one that is written down, read again and asked.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::textOf(data, size);
    const auto filter = parseFilter(text);
    if (!filter) {
        FUZZ_REQUIRE(filter.error().code == ErrorCode::FilterSyntax);
        const std::string& detail = filter.error().detail;
        FUZZ_REQUIRE(detail.find(": ") != std::string::npos);
        FUZZ_REQUIRE(std::size_t(std::atoi(detail.c_str())) <= text.size());
        return 0;
    }
    const std::string written = toText(*filter);
    const auto again = parseFilter(written);
    FUZZ_REQUIRE(again.has_value());
    FUZZ_REQUIRE(withoutPlaces(again->root) == withoutPlaces(filter->root));
    FUZZ_REQUIRE(toText(*again) == written);
    ask(*filter);
    return 0;
}
