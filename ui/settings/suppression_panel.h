// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/suppression_service.h"
#include "ui/settings/panel.h"

#include <QPointer>

class QStackedWidget;
class QTableWidget;
class QTimer;

namespace outrider::widgets {
class Button;
class Combo;
class EmptyState;
class Sheet;
class TextArea;
} // namespace outrider::widgets

namespace outrider::settings {

// What nothing is sent to: addresses, domains, numbers. Pasted lists and files go in, after it was shown what is understood
// of them; entries are found and taken out again.
class SuppressionPanel : public Panel {
    Q_OBJECT

public:
    explicit SuppressionPanel(const frame::Context& context, QWidget* parent = nullptr);
    void read() override;
    bool hasUnsaved() const override;
    bool concerns(const ChangeSet& changes) const override { return changes.touches(EntityKind::Suppression); }
    // Shows what a file holds, and asks.
    void importFile(const QString& path);

private:
    using Preview = SuppressionService::Preview;

    void buildAdding(QVBoxLayout* column);
    void buildTable(QVBoxLayout* column);
    void preview(); // of what was pasted, while it is typed
    void add();
    void chooseFile();
    void confirmFile(const QString& name, const std::string& text, const Preview& preview);
    void remove();
    void showEntries(std::vector<Suppression> entries, qint64 total);

    widgets::TextArea* m_lines;
    widgets::Field* m_linesField;
    widgets::Label* m_understood;
    widgets::Combo* m_reason;
    widgets::Button* m_add;
    widgets::Button* m_import;
    widgets::SearchField* m_search;
    widgets::Label* m_count;
    QStackedWidget* m_stack;
    QTableWidget* m_table;
    widgets::EmptyState* m_empty;
    widgets::Button* m_remove;
    QTimer* m_searching; // after the last key
    QTimer* m_previewing;
    QPointer<widgets::Sheet> m_sheet;
    std::vector<Suppression> m_shown; // rows of the table
    int m_generation = 0;
    int m_previewGeneration = 0;
};

// "2 addresses, 1 domain, 3 there already, 1 not understood"
QString previewText(const SuppressionService::Preview& preview);

} // namespace outrider::settings
