// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/repositories/activity_repository.h"

#include "few_leads.h"
#include "fuzz.h"

#include <algorithm>
#include <array>

using namespace outrider;

namespace {

constexpr std::array sorts{"name", "last_name", "company", "status", "score", "created", "due", "last_touch", "email", "city"};
constexpr int everything = 1000;

void askLeads(store::ReadContext& read, unsigned choice, const std::string& cursor) {
    store::LeadListRepository list(read.db);
    LeadQuery query{
        .filter = {}, .sort = sorts[choice % sorts.size()], .descending = choice / sorts.size() % 2 == 1, .limit = everything};
    const FilterContext context = fuzz::contextOfLeads();
    const auto all = list.page(query, context);
    FUZZ_REQUIRE(all.has_value() && all->next.empty());
    query.after = cursor;
    const auto rest = list.page(query, context);
    if (!rest) {
        FUZZ_REQUIRE(rest.error().code == ErrorCode::InvalidArgument);
        return;
    }
    // What follows a place of the list is the end of the list.
    FUZZ_REQUIRE(rest->next.empty() && rest->rows.size() <= all->rows.size());
    FUZZ_REQUIRE(std::equal(rest->rows.begin(), rest->rows.end(), all->rows.end() - std::ptrdiff_t(rest->rows.size())));
    // The same list the other way round is another list.
    if (!cursor.empty()) {
        query.descending = !query.descending;
        FUZZ_REQUIRE(!list.page(query, context));
    }
}

void askTimeline(store::ReadContext& read, const std::string& cursor) {
    store::ActivityRepository activities(read.db);
    const auto page = activities.timeline(LeadId{read.db.integer("SELECT max(id) FROM lead")}, cursor, everything);
    FUZZ_REQUIRE(page.has_value() || page.error().code == ErrorCode::InvalidArgument);
    if (!page || cursor.empty())
        return;
    // Taken is only what could have been given: another spelling of the same place is not.
    for (const char* other : {" ", "0", "+", ","}) {
        FUZZ_REQUIRE(!activities.timeline(LeadId{1}, other + cursor, 1));
    }
}

} // namespace

// Making a workspace takes longer than any question.
extern "C" int LLVMFuzzerInitialize(int*, char***) {
    fuzz::fewLeads();
    return 0;
}

// Where to go on in a list, from outside: a place of this list, or an error; never some other page.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input = fuzz::textOf(data, size);
    const unsigned choice = fuzz::takeChoice(input);
    const std::string cursor(input);
    const auto asked = wait(fuzz::fewLeads()->read([&](store::ReadContext& read) -> Result<> {
        if (choice >= 2 * sorts.size())
            askTimeline(read, cursor);
        else
            askLeads(read, choice, cursor);
        return {};
    }));
    FUZZ_REQUIRE(asked.has_value());
    return 0;
}
