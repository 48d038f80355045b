// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/enrol_report.h"
#include "ui/frame/context.h"
#include "ui/widgets/sheet.h"

namespace outrider::lead_view {
class EnrolWarnings;
}

namespace outrider::leads {

// Before leads go into a strategy: how many can, who cannot, and why; then the button that does it.
class EnrolSheet : public widgets::Sheet {
    Q_OBJECT

public:
    EnrolSheet(QWidget* over, const frame::Context& context, const QString& title);

    // What the checks warn of has to be confirmed first.
    lead_view::EnrolWarnings* warnings() const { return m_warnings; }

    void showReport(const EnrolReport& report);
    void showError(const Error& error);

Q_SIGNALS:
    void confirmed();

private:
    void updateButton();
    widgets::Label* m_summary;
    lead_view::EnrolWarnings* m_warnings;
    widgets::Button* m_enrol;
    bool m_some = false; // can be enrolled
};

} // namespace outrider::leads
