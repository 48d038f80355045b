// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settings_page.h"

#include "ui/settings/about_panel.h"
#include "ui/settings/appearance_panel.h"
#include "ui/settings/backups_panel.h"
#include "ui/settings/calendars_panel.h"
#include "ui/settings/history_panel.h"
#include "ui/settings/hours_panel.h"
#include "ui/settings/keyboard_panel.h"
#include "ui/settings/mailboxes_panel.h"
#include "ui/settings/messages_panel.h"
#include "ui/settings/nav_list.h"
#include "ui/settings/security_panel.h"
#include "ui/settings/statuses_panel.h"
#include "ui/settings/suppression_panel.h"
#include "ui/settings/you_panel.h"
#include "ui/widgets/bars.h"

#include <QBoxLayout>
#include <QScopedValueRollback>
#include <QStackedWidget>

#include <algorithm>

namespace outrider::settings {

SettingsPage::SettingsPage(const frame::Context& context, QWidget* parent)
    : Page(parent),
      m_context(context),
      m_nav(new NavList),
      m_stack(new QStackedWidget),
      m_search(new widgets::SearchField(tr("Find a setting"), tr("Find a setting"))),
      m_mailboxes(new MailboxesPanel(context)) {
    const theme::Tokens& t = theme::tokens(this);
    auto* column = widgets::column(this, 0);
    auto* toolbar = new widgets::Toolbar;
    toolbar->setTitle(tr("Settings"));
    m_search->setMinimumWidth(t.size.rail);
    toolbar->addRight(m_search);
    column->addWidget(toolbar);

    auto* body = new QHBoxLayout;
    body->setSpacing(0);
    auto* side = new widgets::Area(widgets::Area::Ground::Surface, Qt::RightEdge);
    widgets::column(side, 0, {t.space.s, t.space.s, t.space.s, t.space.s})->addWidget(m_nav);
    body->addWidget(side);
    auto* ground = new widgets::Area(widgets::Area::Ground::Surface);
    widgets::column(ground, 0)->addWidget(m_stack);
    body->addWidget(ground, 1);
    column->addLayout(body, 1);

    add(m_mailboxes);
    add(new CalendarsPanel(context));
    add(new MessagesPanel(context));
    add(new YouPanel(context));
    add(new HoursPanel(context));
    add(new StatusesPanel(context));
    add(new SuppressionPanel(context));
    add(new AppearancePanel(context));
    add(new KeyboardPanel(context));
    add(new SecurityPanel(context));
    add(new BackupsPanel(context));
    add(new HistoryPanel(context));
    add(new AboutPanel(context));

    connect(m_nav, &NavList::chosen, this, [this](int row) {
        if (!m_choosing)
            show(row);
    });
    connect(m_search, &QLineEdit::textChanged, this, &SettingsPage::find);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { m_panels[m_stack->currentIndex()]->takeFocus(); });
    auto* find = context.commands.add(this,
                                      {.id = QStringLiteral("settings.find"),
                                       .text = tr("Find a setting"),
                                       .group = tr("Settings"),
                                       .icon = theme::Icon::Search,
                                       .keys = {QKeySequence(Qt::Key_Slash)}},
                                      [this] { m_search->setFocus(Qt::ShortcutFocusReason); });
    m_search->setKeyHint(frame::keyText(find));
    connect(&context.workspace, &Workspace::changed, this, [this](const ChangeSet& changes) {
        for (int i = 0; i < m_panels.size(); ++i) {
            if (!m_panels[i]->concerns(changes))
                continue;
            if (m_panels[i]->isVisible())
                m_panels[i]->read();
            else
                m_stale.insert(i);
        }
    });
    m_nav->setCurrent(0);
}

void SettingsPage::add(Panel* panel) {
    m_stale.insert(int(m_panels.size()));
    m_panels.append(panel);
    m_stack->addWidget(panel);
    m_nav->add(panel->icon(), panel->title());
}

QWidget* SettingsPage::panelAt(int index) const { return m_panels[index]; }

void SettingsPage::openMailbox(std::optional<MailboxId> id) {
    show(0);
    m_mailboxes->openMailbox(id);
}

void SettingsPage::openCalendarFile(const QString& path) {
    if (auto* panel = open<CalendarsPanel>())
        panel->openFile(path);
}

void SettingsPage::enter() {
    show(m_stack->currentIndex());
    if (m_stack->currentWidget() == m_mailboxes && m_mailboxes->isAdding())
        m_mailboxes->takeFocus();
    else
        m_nav->setFocus(Qt::OtherFocusReason);
}

bool SettingsPage::hasUnsaved() const {
    return std::any_of(m_panels.begin(), m_panels.end(), [](const Panel* panel) { return panel->hasUnsaved(); });
}

bool SettingsPage::mayLeave() { return m_panels[m_stack->currentIndex()]->mayLeave(); }

bool SettingsPage::stepBack() {
    if (!m_search->text().isEmpty()) {
        m_search->clear();
        m_nav->setFocus(Qt::OtherFocusReason);
        return true;
    }
    if (!m_nav->hasFocus()) {
        m_nav->setFocus(Qt::OtherFocusReason);
        return true;
    }
    return !mayLeave();
}

void SettingsPage::show(int index) {
    const int before = m_stack->currentIndex();
    const QScopedValueRollback choosing(m_choosing, true);
    if (index != before && !m_panels[before]->mayLeave()) {
        m_nav->setCurrent(before);
        return;
    }
    m_stack->setCurrentIndex(index);
    m_nav->setCurrent(index);
    if (m_stale.remove(index) || qobject_cast<KeyboardPanel*>(m_panels[index]) != nullptr)
        m_panels[index]->read();
}

void SettingsPage::find(const QString& words) {
    int first = -1;
    for (int i = 0; i < m_panels.size(); ++i) {
        const bool fits = words.trimmed().isEmpty() || m_panels[i]->matches(words);
        m_nav->setShown(i, fits);
        if (fits && first < 0)
            first = i;
    }
    if (first >= 0 && !words.trimmed().isEmpty() && !m_panels[m_stack->currentIndex()]->matches(words))
        show(first);
}

} // namespace outrider::settings
