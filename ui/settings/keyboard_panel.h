// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/panel.h"

class QKeySequenceEdit;
class QTreeWidget;
class QTreeWidgetItem;

namespace outrider::widgets {
class Button;
class CheckRow;
} // namespace outrider::widgets

namespace outrider::settings {

// Every command with its keys, and other keys for it. A key that another command of the same place has is
// warned of before it is set.
class KeyboardPanel : public Panel {
    Q_OBJECT

public:
    explicit KeyboardPanel(const frame::Context& context, QWidget* parent = nullptr);
    void read() override;
    void takeFocus() override;

    // Other commands that would act on the same keys where this one does.
    QStringList clashes(const QString& id, const QKeySequence& keys) const;

private:
    void filter();
    void showCurrent();
    void showClash();
    QString currentId() const;

    widgets::CheckRow* m_singleKeys;
    widgets::SearchField* m_search;
    QTreeWidget* m_tree;
    widgets::Label* m_command;
    QKeySequenceEdit* m_keys;
    widgets::Button* m_set;
    widgets::Button* m_none;
    widgets::Button* m_reset;
    widgets::Label* m_clash;
    bool m_reading = false;
};

} // namespace outrider::settings
