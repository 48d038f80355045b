// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace outrider::exchange {

// How a spreadsheet shows a number, as far as it matters what the number is (ECMA-376 part 1, 18.8.30).
struct NumberFormat {
    bool date = false;
    bool time = false;
    bool elapsed = false; // "[h]:mm": a duration
    int digits = 0;       // "00000": leading zeros up to so many

    bool operator==(const NumberFormat&) const = default;
};

NumberFormat builtInFormat(int id);
NumberFormat parseNumberFormat(std::string_view code);

// What the cell says: "2024-03-12", "2024-03-12 14:30:00", "14:30:00", "01067", "15", "0.3". `raw` is the number as
// the file has it; what is none is returned as it is. `from1904`: the workbook counts days from 1904.
std::string numberText(std::string_view raw, const NumberFormat& format, bool from1904);

} // namespace outrider::exchange
