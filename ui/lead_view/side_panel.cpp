// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lead_view/side_panel.h"

#include "ui/lead_view/facts_panel.h"
#include "ui/lead_view/text_link.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/basics.h"

#include <QGridLayout>
#include <QVBoxLayout>

namespace outrider::lead_view {

using text::toQt;
using theme::TextStyle;
using widgets::Ink;
using widgets::Label;

SidePanel::SidePanel(const frame::Context& context, const LeadActions& actions, QWidget* parent)
    : QScrollArea(parent),
      m_context(context) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Facts and permissions"));
    auto* body = new widgets::Area(widgets::Area::Ground::Surface, Qt::LeftEdge, this);
    auto* column = widgets::column(body, 0, QMargins(theme::tokens(this).size.hairline, 0, 0, 0));
    m_facts = new FactsPanel(context, actions, body);
    column->addWidget(makeNextStep(body));
    column->addWidget(new widgets::Line(Qt::Horizontal, body));
    column->addWidget(m_facts);
    column->addWidget(new widgets::Line(Qt::Horizontal, body));
    column->addWidget(makeCompany(body));
    m_companyLine = new widgets::Line(Qt::Horizontal, body);
    column->addWidget(m_companyLine);
    column->addWidget(makePermissions(body));
    column->addStretch(1);
    setWidget(body);
}

QWidget* SidePanel::makeNextStep(QWidget* parent) {
    const theme::Tokens& tokens = theme::tokens(this);
    auto* section = new widgets::Section(tr("Next step"), parent);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(tokens.space.s);
    grid->setVerticalSpacing(0);
    grid->setColumnStretch(1, 1);
    m_nextIcon = new widgets::IconLabel(theme::Icon::None, Ink::Muted, 0, section);
    m_nextTitle = new Label(TextStyle::BodyStrong, Ink::Text, {}, section);
    m_nextTitle->setEliding(true);
    m_nextWhen = new Label(TextStyle::Body, Ink::Muted, {}, section);
    m_nextWhy = new Label(TextStyle::Body, Ink::Muted, {}, section);
    m_nextWhy->setWordWrap(true);
    grid->addWidget(m_nextIcon, 0, 0);
    grid->addWidget(m_nextTitle, 0, 1);
    grid->addWidget(m_nextWhen, 0, 2);
    grid->addWidget(m_nextWhy, 1, 1, 1, 2);
    section->body()->addLayout(grid);
    return section;
}

QWidget* SidePanel::makeCompany(QWidget* parent) {
    m_company = new widgets::Section(tr("Company"), parent);
    m_companyLeads = new TextLink(TextStyle::MetaStrong, {}, m_company);
    m_company->setTrailing(m_companyLeads);
    m_companyName = new Label(TextStyle::BodyStrong, Ink::Text, {}, m_company);
    m_companyName->setEliding(true);
    m_companyFacts = new Label(TextStyle::Body, Ink::Muted, {}, m_company);
    m_companyFacts->setWordWrap(true);
    m_company->body()->addWidget(m_companyName);
    m_company->body()->addWidget(m_companyFacts);
    connect(m_companyLeads, &TextLink::clicked, this, [this] {
        if (m_detail)
            m_context.go.openLeads(companyFilter(*m_detail));
    });
    return m_company;
}

SidePanel::CheckLine SidePanel::addCheckLine(widgets::Section* section) {
    auto* line = new QWidget(section);
    auto* row = widgets::row(line, theme::tokens(this).space.s);
    CheckLine made{new widgets::IconLabel(theme::Icon::CircleCheck, Ink::Ok, 0, line),
                   new Label(TextStyle::Body, Ink::Text, {}, line)};
    made.text->setWordWrap(true);
    made.icon->setFixedHeight(theme::tokens(this).lineHeight(TextStyle::Body)); // beside the first line
    row->addWidget(made.icon, 0, Qt::AlignTop);
    row->addWidget(made.text, 1);
    section->body()->addWidget(line);
    return made;
}

QWidget* SidePanel::makePermissions(QWidget* parent) {
    auto* section = new widgets::Section(tr("Permissions"), parent);
    m_mail = addCheckLine(section);
    m_call = addCheckLine(section);
    m_list = addCheckLine(section);
    return section;
}

void SidePanel::say(const CheckLine& line, bool allowed, const QString& sentence) {
    line.icon->setIcon(allowed ? theme::Icon::CircleCheck : theme::Icon::Ban, allowed ? Ink::Ok : Ink::Muted);
    line.text->setInk(allowed ? Ink::Text : Ink::Muted);
    line.text->setText(sentence);
}

void SidePanel::show(const LeadDetail& detail, const NextStep& next) {
    m_detail = detail;
    m_nextIcon->setIcon(next.icon, next.kind == NextStep::Kind::Reply ? Ink::Accent : Ink::Muted);
    m_nextTitle->setText(next.title);
    m_nextWhen->setText(next.when);
    m_nextWhen->setInk(next.late ? Ink::Danger : Ink::Muted);
    constexpr int mostWords = 240; // of a reply: the whole is in the timeline
    m_nextWhy->setText(next.why.size() > mostWords ? next.why.left(mostWords) + QChar(0x2026) : next.why);
    m_nextWhy->setVisible(!next.why.isEmpty());

    m_facts->show(detail);

    const QString company =
        detail.company && !detail.company->name.empty() ? toQt(detail.company->name) : toQt(detail.lead.companyName);
    m_company->setVisible(!company.isEmpty());
    m_companyLine->setVisible(!company.isEmpty());
    m_companyName->setText(company);
    const QString facts = detail.company ? companyFacts(*detail.company) : QString();
    m_companyFacts->setText(facts);
    m_companyFacts->setVisible(!facts.isEmpty());
    m_companyLeads->setLinkText(detail.companyLeads > 0 ? text::counted(detail.companyLeads, tr("lead"), tr("leads"))
                                                        : QString());

    const auto dates = m_context.dates();
    const Permission mail = mailPermission(detail, dates);
    const Permission call = callPermission(detail, dates);
    say(m_mail, mail.allowed, mail.sentence);
    say(m_call, call.allowed, call.sentence);
    const bool listed = detail.emailSuppression || detail.phoneSuppression;
    say(m_list, false,
        !listed ? tr("Not on the suppression list")
        : detail.emailSuppression && !detail.emailSuppression->source.empty()
            ? tr("On the suppression list: %1").arg(text::isolated(toQt(detail.emailSuppression->source)))
            : tr("On the suppression list"));
}

} // namespace outrider::lead_view
