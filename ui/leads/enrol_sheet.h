// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/enrol_report.h"
#include "ui/widgets/sheet.h"

namespace outrider::leads {

// Before leads go into a strategy: how many can, who cannot, and why; then the button that does it.
class EnrolSheet : public widgets::Sheet {
    Q_OBJECT

public:
    EnrolSheet(QWidget* over, const QString& title);

    void showReport(const EnrolReport& report);
    void showError(const Error& error);

Q_SIGNALS:
    void confirmed();

private:
    widgets::Label* m_summary;
    widgets::Button* m_enrol;
};

} // namespace outrider::leads
