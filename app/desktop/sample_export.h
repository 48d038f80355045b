// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace outrider::desktop {

// A small HubSpot contacts export with everything the import wizard shows: new leads, some of the practice
// workspace's with changed fields, a duplicate, refusals, rows to review. For pictures. Empty when it
// cannot be written.
QString writeSampleExport(const QString& folder);

} // namespace outrider::desktop
