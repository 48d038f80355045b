// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/lead_service.h"
#include "ui/frame/context.h"
#include "ui/lead_view/fact_row.h"
#include "ui/widgets/basics.h"

#include <QList>

#include <map>

namespace outrider::lead_view {

class LeadActions;
class TextLink;

// The facts of a lead, each changed in place (FactRow), and where it came from when that is known. What
// is empty and rarely used is behind "All fields". Custom fields stand at the end.
class FactsPanel : public widgets::Section {
    Q_OBJECT

public:
    FactsPanel(const frame::Context& context, const LeadActions& actions, QWidget* parent = nullptr);

    void show(const LeadDetail& detail);
    // The row of a field; nullptr: there is none.
    FactRow* row(const QString& key) const { return m_rows.value(key); }
    void editFirst();
    bool cancelEditing(); // whether there was an open input

private:
    FactRow* add(const QString& key, const QString& label);
    void save(const QString& key, const QString& value);
    void chooseOwner();
    void showCustomFields();
    void readSources();
    void arrange();

    const frame::Context m_context;
    const LeadActions& m_actions;
    std::optional<LeadDetail> m_detail;
    std::map<std::string, std::string> m_customNames;
    QHash<QString, FactRow*> m_rows;
    QList<QString> m_order;
    bool m_all = false;
    TextLink* m_allLink;
};

} // namespace outrider::lead_view
