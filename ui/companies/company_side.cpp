// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/companies/company_side.h"

#include "ui/companies/company_list_model.h"
#include "ui/text/names.h"
#include "ui/text/tr.h"
#include "ui/widgets/basics.h"

#include <QBoxLayout>
#include <QGridLayout>
#include <QLocale>

namespace outrider::companies {

using theme::TextStyle;
using widgets::Ink;
using widgets::Label;

namespace {

QString capitalised(QString text) {
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

} // namespace

CompanySide::CompanySide(QWidget* parent) : QScrollArea(parent) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Facts of the company"));
    auto* body = new widgets::Area(widgets::Area::Ground::Surface, Qt::LeftEdge);
    auto* column = widgets::column(body, 0, QMargins(theme::tokens(this).size.hairline, 0, 0, 0));
    m_work = addSection(tr("Where it stands"), body);
    column->addWidget(m_work.section);
    column->addWidget(new widgets::Line(Qt::Horizontal));
    m_facts = addSection(tr("Facts"), body);
    column->addWidget(m_facts.section);
    column->addStretch(1);
    setWidget(body);
}

CompanySide::Facts CompanySide::addSection(const QString& title, QWidget* parent) {
    const theme::Tokens& t = theme::tokens(this);
    Facts facts{new widgets::Section(title, parent), new QGridLayout};
    facts.grid->setHorizontalSpacing(t.space.m);
    facts.grid->setVerticalSpacing(t.space.xs);
    facts.grid->setColumnStretch(1, 1);
    facts.section->body()->addLayout(facts.grid);
    return facts;
}

void CompanySide::clear(const Facts& facts) {
    while (QLayoutItem* item = facts.grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

void CompanySide::add(const Facts& facts, const QString& label, const QString& value, bool middle, bool late) {
    if (value.isEmpty())
        return;
    const int row = facts.grid->rowCount();
    auto* shown = new Label(TextStyle::Body, late ? Ink::Danger : Ink::Text, value);
    shown->setEliding(true, middle ? Qt::ElideMiddle : Qt::ElideRight);
    facts.grid->addWidget(new Label(TextStyle::Body, Ink::Muted, label), row, 0);
    facts.grid->addWidget(shown, row, 1);
}

void CompanySide::show(const CompanyDetail& detail, const text::Dates& dates) {
    clear(m_work);
    clear(m_facts);
    const CompanyPeople& people = detail.people;
    add(m_work, tr("People"), peopleText(people));
    add(m_work, tr("Open tasks"), people.openTasks == 0 ? tr("None") : QLocale().toString(people.openTasks));
    if (people.nextTaskAt) {
        const QString late = dates.late(*people.nextTaskAt);
        add(m_work, tr("Next"), late.isEmpty() ? capitalised(dates.day(*people.nextTaskAt)) : late, false, !late.isEmpty());
    }
    add(m_work, tr("Last touch"), people.lastTouchAt ? capitalised(dates.day(*people.lastTouchAt)) : tr("Never"));

    const Company& company = detail.company;
    add(m_facts, tr("Domain"), text::toQt(company.domain), true);
    add(m_facts, tr("Website"), text::toQt(company.website), true);
    add(m_facts, tr("Phone"), text::toQt(company.phone));
    add(m_facts, tr("LinkedIn"), text::toQt(company.linkedinUrl), true);
    add(m_facts, tr("Industry"), text::toQt(company.industry));
    add(m_facts, tr("Employees"), company.employees ? QLocale().toString(qlonglong(*company.employees)) : QString());
    add(m_facts, tr("Revenue"), text::toQt(company.revenue));
    add(m_facts, tr("City"), text::toQt(company.city));
    add(m_facts, tr("Region"), text::toQt(company.region));
    add(m_facts, tr("Country"), text::toQt(company.country));
    add(m_facts, tr("Short name"), text::toQt(company.shortName));
    add(m_facts, tr("External id"), text::toQt(company.externalId), true);
}

} // namespace outrider::companies
