// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>

namespace outrider::text {

// What importing tells a person, from the machine names of core/exchange and core/services.

// Why a row is to be looked at: "That is not an e-mail address: foo@." An unknown name stays as it is.
QString importProblem(std::string_view code, std::string_view detail);

// Why a column is matched as it is, short: "signature:apollo_full" -> "the product's own".
QString mappingReasonText(std::string_view reason);

// "," -> "comma".
QString delimiterName(std::string_view delimiter);

// "xlsx" and its sheet -> "sheet Kunden".
QString containerName(std::string_view container, std::string_view sheet);

} // namespace outrider::text
