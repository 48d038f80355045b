// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/lead_service.h"
#include "ui/frame/context.h"
#include "ui/lead_view/lead_words.h"

#include <QScrollArea>

namespace outrider::widgets {
class IconLabel;
class Label;
class Section;
} // namespace outrider::widgets

namespace outrider::lead_view {

class FactsPanel;
class LeadActions;
class TextLink;

// The page's right column: next step, facts, company, permissions.
class SidePanel : public QScrollArea {
    Q_OBJECT

public:
    SidePanel(const frame::Context& context, const LeadActions& actions, QWidget* parent = nullptr);

    void show(const LeadDetail& detail, const NextStep& next);
    FactsPanel* facts() const { return m_facts; }

private:
    QWidget* makeNextStep(QWidget* parent);
    QWidget* makeCompany(QWidget* parent);
    QWidget* makePermissions(QWidget* parent);
    struct CheckLine {
        widgets::IconLabel* icon = nullptr;
        widgets::Label* text = nullptr;
    };
    CheckLine addCheckLine(widgets::Section* section);
    static void say(const CheckLine& line, bool allowed, const QString& sentence);

    const frame::Context m_context;
    std::optional<LeadDetail> m_detail;
    FactsPanel* m_facts;
    widgets::IconLabel* m_nextIcon = nullptr;
    widgets::Label* m_nextTitle = nullptr;
    widgets::Label* m_nextWhen = nullptr;
    widgets::Label* m_nextWhy = nullptr;
    widgets::Section* m_company = nullptr;
    QWidget* m_companyLine = nullptr;
    TextLink* m_companyLeads = nullptr;
    widgets::Label* m_companyName = nullptr;
    widgets::Label* m_companyFacts = nullptr;
    CheckLine m_mail;
    CheckLine m_call;
    CheckLine m_list;
};

} // namespace outrider::lead_view
