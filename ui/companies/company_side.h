// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/company_service.h"
#include "ui/text/dates.h"

#include <QScrollArea>

class QGridLayout;

namespace outrider::widgets {
class Section;
}

namespace outrider::companies {

// The company page's right column: what is known of the company, and how far one is with it.
class CompanySide : public QScrollArea {
    Q_OBJECT

public:
    explicit CompanySide(QWidget* parent = nullptr);

    void show(const CompanyDetail& detail, const text::Dates& dates);

private:
    struct Facts {
        widgets::Section* section = nullptr;
        QGridLayout* grid = nullptr;
    };
    Facts addSection(const QString& title, QWidget* parent);
    static void clear(const Facts& facts);
    void add(const Facts& facts, const QString& label, const QString& value, bool middle = false, bool late = false);

    Facts m_work;
    Facts m_facts;
};

} // namespace outrider::companies
