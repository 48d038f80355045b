// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace outrider::exchange {

// What a cell looks like by itself. The order is that of the questions: a date is no number.
enum class CellShape {
    Empty,
    Email,
    LinkedInPerson,
    LinkedInCompany,
    SalesNavigator,
    Url,    // with a scheme or "www."
    Domain, // "nordwind.example"
    Date,
    Number,
    Phone,
    Text,
};

CellShape shapeOf(std::string_view cell);

// What a header never is.
inline bool isData(CellShape shape) { return shape != CellShape::Empty && shape != CellShape::Text; }

} // namespace outrider::exchange
