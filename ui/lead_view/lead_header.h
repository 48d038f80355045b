// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/lead_service.h"
#include "ui/frame/context.h"

#include <QWidget>

namespace outrider::widgets {
class Label;
}

namespace outrider::lead_view {

class FlowLayout;
class LeadActions;
class TextLink;

// Who it is: name, chips and tags, title, company, and what their clock shows. A tag goes with Delete or
// its cross.
class LeadHeader : public QWidget {
    Q_OBJECT

public:
    LeadHeader(const frame::Context& context, const LeadActions& actions, QWidget* parent = nullptr);

    void show(const LeadDetail& detail, const Status& status);
    void refreshClock(); // the time there goes on

Q_SIGNALS:
    void companyClicked();
    void tagRequested();

private:
    class TagChip;
    void showChips();
    void showTags();

    const frame::Context m_context;
    const LeadActions& m_actions;
    std::optional<LeadDetail> m_detail;
    Status m_status;
    std::vector<std::string> m_shownTags;
    QWidget* m_first;
    FlowLayout* m_flow;
    widgets::Label* m_name;
    QList<QWidget*> m_chips;
    QList<QWidget*> m_tags;
    widgets::Label* m_title;
    TextLink* m_company;
    widgets::Label* m_place;
};

} // namespace outrider::lead_view
