// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/ids.h"

#include <string>

namespace outrider {

// A filter of the leads list with a name, a sorting and a place among its like.
struct SavedView {
    SavedViewId id;
    std::string name;   // unique
    std::string filter; // core/domain/filter.h
    std::string sort;   // a sortable field; "-" in front: descending
    int position = 0;
    std::string columns = {}; // as the table writes them; empty: the usual ones
    std::string density = {}; // "compact", "cosy", "roomy"; empty: as everywhere

    bool operator==(const SavedView&) const = default;
};

} // namespace outrider
