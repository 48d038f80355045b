// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/suppression.h"
#include "ui/settings/panel.h"

class QTableWidget;

namespace outrider::widgets {
class Button;
class Combo;
class TextArea;
} // namespace outrider::widgets

namespace outrider::settings {

// What nothing is sent to: addresses, domains, numbers. Pasted lists go in, single ones come out.
class SuppressionPanel : public Panel {
    Q_OBJECT

public:
    explicit SuppressionPanel(const frame::Context& context, QWidget* parent = nullptr);
    void read() override;
    bool hasUnsaved() const override;
    bool concerns(const ChangeSet& changes) const override { return changes.touches(EntityKind::Suppression); }

private:
    void add();
    void remove();
    void showAll();

    widgets::TextArea* m_lines;
    widgets::Field* m_linesField;
    widgets::Combo* m_reason;
    widgets::Button* m_add;
    widgets::SearchField* m_search;
    widgets::Label* m_count;
    QTableWidget* m_table;
    widgets::Button* m_remove;
    std::vector<Suppression> m_all;
    std::vector<std::size_t> m_shown; // rows of the table, into m_all
};

} // namespace outrider::settings
