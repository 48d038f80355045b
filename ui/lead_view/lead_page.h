// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/frame/page.h"

#include <vector>

namespace outrider::lead_view {

// A lead's whole page: who it is, where it stands in its strategies, everything that happened, where one
// writes, and the facts. Alt+Up and Alt+Down (or K and J) go through the list it was opened from.
class LeadPage : public frame::Page {
    Q_OBJECT

public:
    explicit LeadPage(const frame::Context& context, QWidget* parent = nullptr);

    // `neighbours`: the list it was opened from, in order; `fromTitle`: what the breadcrumb goes back to.
    void open(LeadId lead, std::vector<LeadId> neighbours = {}, const QString& fromTitle = {});
    LeadId lead() const;
    void writeNote();
    // Something typed, on any lead, is not saved: asked before the program ends.
    bool hasUnsaved() const override;

    QString pageTitle() const override;
    void enter() override;
    bool stepBack() override;

private:
    class Content;
    Content* m_content;
};

} // namespace outrider::lead_view
