// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/basics.h"

namespace outrider::widgets {

// The colour of an ink; a disabled widget's is always the disabled one.
inline QColor inkColor(const theme::Tokens& tokens, Ink ink, bool enabled = true) {
    if (!enabled)
        return tokens.color.disabled;
    switch (ink) {
    case Ink::Text:
        return tokens.color.text;
    case Ink::Muted:
        return tokens.color.muted;
    case Ink::Accent:
        return tokens.color.accent;
    case Ink::Ok:
        return tokens.color.ok;
    case Ink::Warn:
        return tokens.color.warn;
    case Ink::Danger:
        return tokens.color.danger;
    case Ink::Disabled:
        return tokens.color.disabled;
    }
    return tokens.color.text;
}

} // namespace outrider::widgets
