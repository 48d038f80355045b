// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/contact/email_address.h"
#include "core/contact/phone_number.h"
#include "core/exchange/lead_row.h"

#include <string>
#include <string_view>
#include <vector>

namespace outrider::exchange {

// Builds a row's lead of its cells, one after the other: countries before numbers, which are read by
// them. What is said twice counts once; what cannot be read is kept as it is written.
class RowBuilder {
public:
    RowBuilder(LeadRow& row, contact::PhoneNumberReader& numbers)
        : m_row(row),
          m_lead(row.lead),
          m_company(row.company),
          m_numbers(numbers) {}

    void country(std::string_view cell, std::string& country);
    void fullName(std::string_view cell); // unless its parts are known
    void email(std::string_view cell, const std::string& label);
    void phone(std::string_view cell,
               std::string_view label); // the first that can be dialled is the primary one
    void companyPhone(std::string_view cell);
    void profile(std::string_view cell);
    void salesNavigator(std::string_view cell);
    void location(std::string_view cell);
    void timeZone(std::string_view cell);
    void score(std::string_view cell);
    void tags(std::string_view cell);
    void note(std::string_view cell, const std::string& header, bool several);
    void custom(std::string_view cell, const std::string& key);
    void date(std::string_view cell, const std::string& key, DateOrder order);
    // What a status or a tag says about reaching the person.
    void verdict(std::string_view cell, const std::string& header);
    void refusal(std::string_view cell, const std::string& header, RefusalScope scope, RefusalReading reading);

    // What all cells together make of it. `companies`: a row without a person may be a company.
    void finish(bool companies);

private:
    void address(const contact::EmailAddress& parsed, const std::string& label, std::string displayName);
    void addOther(ContactPoint point);
    void evidence(std::string_view cell, const std::string& header);
    void judge(bool companies);

    LeadRow& m_row;
    Lead& m_lead;
    Company& m_company;
    contact::PhoneNumberReader& m_numbers;
    std::vector<ContactPoint> m_broken; // addresses that are none
    std::string m_displayName;          // in front of an address
    std::string m_primaryLabel;
};

// What a label of a number means: "* Mobile" -> "mobile", "Work Fax" -> "fax"; "work" when it says nothing.
std::string_view phoneLabel(std::string_view label);

} // namespace outrider::exchange
