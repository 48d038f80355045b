// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/frame/context.h"
#include "ui/frame/page.h"

#include <optional>

class QStackedWidget;

namespace outrider::widgets {
class SearchField;
}

namespace outrider::settings {

class MailboxesPanel;
class NavList;
class Panel;

// Settings: the parts at the left, the one chosen beside them; "/" finds one.
class SettingsPage : public frame::Page {
    Q_OBJECT

public:
    explicit SettingsPage(const frame::Context& context, QWidget* parent = nullptr);

    // None: a new one.
    void openMailbox(std::optional<MailboxId> id);
    void openCalendarFile(const QString& path);
    // By its class; for tests and pictures.
    template <typename T>
    T* open() {
        for (int i = 0; i < m_panels.size(); ++i) {
            if (auto* panel = qobject_cast<T*>(panelAt(i))) {
                show(i);
                return panel;
            }
        }
        return nullptr;
    }

    QString pageTitle() const override { return tr("Settings"); }
    void enter() override;
    bool mayLeave() override;
    bool hasUnsaved() const override;
    bool stepBack() override;

private:
    void add(Panel* panel);
    QWidget* panelAt(int index) const;
    void show(int index);
    void find(const QString& words);

    const frame::Context& m_context;
    NavList* m_nav;
    QStackedWidget* m_stack;
    widgets::SearchField* m_search;
    MailboxesPanel* m_mailboxes;
    QList<Panel*> m_panels;
    QSet<int> m_stale;
    bool m_choosing = false;
};

} // namespace outrider::settings
