// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/message_parts.h"

#include <QString>
#include <QStringList>

namespace outrider::text {

// What one remark on a strategy's message says, without a full stop at its end; where it is, "Step 2, subject"; and
// what to do about it, empty when the remark says it. Every rule has its words (a test walks them).
QString lintSentence(const LintFinding& finding);
QString lintPlace(const LintFinding& finding);
QString lintAdvice(const LintFinding& finding);

// The machine names of all rules.
QStringList lintRules();

} // namespace outrider::text
