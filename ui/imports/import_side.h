// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/import_service.h"
#include "ui/widgets/basics.h"

#include <array>

class QButtonGroup;
class QStackedLayout;

namespace outrider::widgets {
class Combo;
class Button;
} // namespace outrider::widgets

namespace outrider::imports {

// What will happen, beside the columns: counts, one row as an example, what to do with known leads.
class ImportSide : public QWidget {
    Q_OBJECT

public:
    explicit ImportSide(QWidget* parent = nullptr);

    void show(const ImportPreview& preview);
    void setCounting(bool on); // the counts are being made anew
    void setOptions(const ImportOptions& options);

Q_SIGNALS:
    void policyChosen(int policy);
    void keyChosen(int key);
    void reviewAsked();

private:
    class Shares;
    void showExample();

    struct Count {
        widgets::Label* number;
        widgets::Label* caption;
    };
    std::array<Count, 4> m_counts{};
    Shares* m_shares;
    widgets::Section* m_example;
    widgets::Label* m_exampleName;
    widgets::Button* m_next;
    QWidget* m_changes;
    QButtonGroup* m_policies;
    widgets::Combo* m_key;
    widgets::Section* m_needs;
    std::vector<ImportPreview::Row> m_rows;
    std::size_t m_at = 0;
};

} // namespace outrider::imports
